"""From the picture of a table to its columns in order and the rows already filled."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from citegrid.core.table import Column, Template
from citegrid.pipeline.table_image.bordered import Grid, find_grids, headed, settled
from citegrid.pipeline.table_image.borderless import read_borderless
from citegrid.pipeline.table_image.deskew import UprightPicture, deskew, move, quarter_turn
from citegrid.pipeline.table_image.enumerated import read_enumerated
from citegrid.pipeline.table_image.glyph_gaps import cut_at, find_glyph_runs, parted
from citegrid.pipeline.table_image.header import read_bordered
from citegrid.pipeline.table_image.key_value import read_key_value
from citegrid.pipeline.table_image.look_alikes import without_specks
from citegrid.pipeline.table_image.names_and_answers import answer_type, has_no_header
from citegrid.pipeline.table_image.readings import (
    Heading,
    TableCandidate,
    TableReading,
    Way,
    choose,
    of_ruled_rows,
)
from citegrid.pipeline.table_image.reread import reread_blanks, reread_doubtful
from citegrid.pipeline.table_image.ruling_lines import RulingLines, coverage, find_ruling_lines
from citegrid.pipeline.table_image.sheets import find_sheet_frame, sheet_edges, sheet_grid, to_the_edge
from citegrid.pipeline.table_image.text_boxes import Box, TextBox, better_of, text_box, text_height
from citegrid.ports import NEVER, SILENT, Cancel, OcrEngine, OcrLine, Pixels, Progress
from citegrid.vision import Array, Floats, as_array, as_pixels, cv2

_WORKING_SIDE = 2400
"""Larger pictures are read at this size: letters of a table that fills the picture stay readable."""

_GLANCE_FROM, _GLANCE_SIDE, _GLANCE_LETTERS = 2000, 1280, 11.0
"""Pictures larger than the first are looked at in the second size first, which does if lines are higher than the third."""

#: How many rows of a ruled table may stand above its header, one more than that: titles, letters over columns, a program's bars.
_MOST_ABOVE = 9

#: The share of a table's side that a rule covers which closes it.
_CLOSED = 0.9

READING = "Reading the picture"
NO_TEXT = "No text was found in the picture. Type the names of the columns, or choose another picture."
NO_HEADER = "The table has no row of names. Type the names of the columns, or choose another picture."
NO_TABLE = "No table was found in the picture. Type the names of the columns, or choose another picture."


def read_columns(
    picture: Pixels,
    ocr: OcrEngine,
    *,
    frame: Box | None = None,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> Template:
    """The columns of the table in the picture, with boxes in its pixels, and the rows that are filled already.

    ``frame`` (left, top, right, bottom in pixels of the picture) bounds the table: what stands outside is not looked at.
    A picture without a table gives a Template without columns and one sentence in ``warnings``.  Raises Cancelled.
    """
    progress.report(READING, 0, 3)
    image, corner = _framed(as_array(picture), frame)
    image, scale = _working_copy(image)
    lines, glanced = _first_look(image, ocr, cancel)
    if not lines:
        return Template((), warnings=(NO_TEXT,))
    progress.report(READING, 1, 3)
    upright = deskew(image, lines)
    again = ocr.read(as_pixels(upright.picture), cancel=cancel) if upright.changed or glanced else []
    if quarter_turn(again):  # small print is easily taken for upside down
        upright = upright.then(deskew(upright.picture, again))
        again = ocr.read(as_pixels(upright.picture), cancel=cancel)
    first = _text_boxes(lines, upright.matrix)
    items = better_of(_text_boxes(again, np.eye(3)), first) if again else first
    cancel.check()
    progress.report(READING, 2, 3)
    found = _read_table(upright.picture, items, ocr, cancel)
    progress.report(READING, 3, 3)
    if not found.headings:
        return Template((), rotation=upright.rotation, warnings=(NO_TABLE,))
    if has_no_header([heading.name for heading in found.headings]):
        return Template((), rotation=upright.rotation, warnings=(NO_HEADER,))
    return Template(_columns(found, upright, scale, corner), found.rows, upright.rotation)


def _framed(image: Array, frame: Box | None) -> tuple[Array, tuple[int, int]]:
    """The part of the picture in ``frame``, and where it begins; the whole picture without one, or where they do not meet."""
    if frame is None:
        return image, (0, 0)
    left, top = max(0, math.floor(frame[0])), max(0, math.floor(frame[1]))
    part = image[top : max(top, math.ceil(frame[3])), left : max(left, math.ceil(frame[2]))]
    return (np.ascontiguousarray(part), (left, top)) if part.size else (image, (0, 0))


def _working_copy(image: Array) -> tuple[Array, float]:
    """The picture at the size that it is read at, and its scale."""
    tall, wide = image.shape[:2]
    scale = min(1.0, _WORKING_SIDE / max(1, wide, tall))
    if scale < 1.0:
        size = (max(1, round(wide * scale)), max(1, round(tall * scale)))
        image = cv2.resize(image, size, None, 0, 0, cv2.INTER_AREA)
    return image, scale


def _read_table(picture: Array, items: list[TextBox], ocr: OcrEngine, cancel: Cancel) -> TableReading:
    """The best reading of the upright picture, with what was missed or doubtful in its header read again."""
    height = text_height(items)
    found = choose(_candidates(picture, items, height))
    missed = reread_blanks(picture, found.blanks, height, ocr, cancel)
    if missed:
        found = choose(_candidates(picture, [*items, *missed], height))
    found = reread_doubtful(picture, found, height, ocr, cancel)
    return replace(found, headings=tuple(replace(one, name=without_specks(one.name)) for one in found.headings))


def _candidates(picture: Array, items: Sequence[TextBox], height: float) -> Iterator[TableCandidate]:
    """What each way of reading the picture finds."""
    frame = find_sheet_frame(items, height)
    items = frame.without(items)
    if not items:
        return
    rules = find_ruling_lines(picture, items, height)
    items = parted(picture, items)
    runs = find_glyph_runs(picture, items)
    for grid in find_grids(rules, items, height, runs):
        for table in [grid, *headed(grid, items, height)] if _encloses(grid, items, rules, height) else ():
            yield from _read_ruled(table, height, _share_within(table, items))
    xs, ys = sheet_edges(frame, rules, height) if frame.is_window else ([], [])
    if xs:
        cut = cut_at(picture, items, xs, height)
        sheet = sheet_grid(cut, to_the_edge(xs, cut, picture.shape[1], height), ys, rules)
        yield from _read_ruled(sheet, height, _share_within(sheet, cut))
    yield from read_enumerated(items, height)
    yield from read_borderless(items, rules, height, runs)


def _share_within(grid: Grid, items: Sequence[TextBox]) -> float:
    """The share of the texts that stand in the cells of a table."""
    return sum(len(cell.items) for cell in grid.cells) / len(items)


def _read_ruled(grid: Grid, height: float, text: float) -> Iterator[TableCandidate]:
    """A ruled table as names with their values, and as a header with its rows: at its top, or below what a program shows there."""
    table = settled(grid, height)
    form = read_key_value(grid) or (read_key_value(table) if table else None)
    if form is not None:
        yield TableCandidate(form, Way.KEY_VALUE, text)
    found: dict[tuple[Heading, ...], TableCandidate] = {}
    for above in range(min(_MOST_ABOVE, grid.rows - 1)):
        table = settled(grid.part(above, grid.rows, 0, grid.columns), height)
        for place, reading in enumerate(read_bordered(table, height) if table else ()):
            if len(reading.headings) >= 2 and reading.headings not in found:
                features = {**of_ruled_rows(reading), "ruled, rows above": float(len(found) > place)}
                found[reading.headings] = TableCandidate(reading, Way.BORDERED, text, features)
    yield from found.values()


def template_to_json(template: Template) -> dict[str, Any]:
    """The shape that ``citegrid columns --json`` prints."""
    return {
        "columns": [
            {
                "name": column.name,
                "box": [round(value, 1) for value in column.box] if column.box else None,
                "confidence": round(column.confidence, 3),
            }
            for column in template.columns
        ],
        "rows": [list(row) for row in template.rows],
        "rotation": template.rotation,
        "warnings": list(template.warnings),
    }


def _first_look(image: Array, ocr: OcrEngine, cancel: Cancel) -> tuple[list[OcrLine], bool]:
    """The lines of text, and whether only a small copy was read: enough to see how a photo lies, at a third of the time."""
    scale = _GLANCE_SIDE / max(image.shape[:2])
    if max(image.shape[:2]) > _GLANCE_FROM:
        small = cv2.resize(image, None, None, scale, scale, cv2.INTER_AREA)
        lines = ocr.read(as_pixels(small), cancel=cancel)
        heights = [
            abs(line.corners[3][1] - line.corners[0][1]) + abs(line.corners[3][0] - line.corners[0][0])
            for line in lines
        ]
        if len(lines) >= 4 and float(np.median(heights)) > _GLANCE_LETTERS:
            return [_grown(line, 1 / scale) for line in lines], True
    return ocr.read(as_pixels(image), cancel=cancel), False


def _grown(line: OcrLine, scale: float) -> OcrLine:
    a, b, c, d = ((x * scale, y * scale) for x, y in line.corners)
    return replace(line, corners=(a, b, c, d))


def _text_boxes(lines: Sequence[OcrLine], matrix: Floats) -> list[TextBox]:
    return [text_box(line.text, move(np.array(line.corners), matrix), line.confidence) for line in lines]


def _encloses(grid: Grid, items: Sequence[TextBox], rules: RulingLines, height: float) -> bool:
    """Whether the rules go around the table: few texts stand beside them at the height of its rows, but for those beyond a side that a
    rule closes: another column of the page.

    Numbers do, beside the rows of a spreadsheet and the lines of a manuscript.
    """
    level = [item for item in items if grid.ys[0] < item.cy < grid.ys[-1]]
    left, right = (_is_open(grid, side, rules, height) for side in (grid.xs[0], grid.xs[-1]))
    outside = [item for item in level if (item.cx < grid.xs[0]) * left or (item.cx > grid.xs[-1]) * right]
    beside = sum(not item.text.strip(".").isdecimal() for item in outside)
    inside = sum(grid.xs[0] <= item.cx <= grid.xs[-1] for item in level)
    return inside > 0 and beside <= 0.1 * inside


def _is_open(grid: Grid, side: float, rules: RulingLines, height: float) -> bool:
    """Whether a table may go on beyond a side: no rule closes it, or one runs across."""
    top, bottom = grid.ys[0], grid.ys[-1]
    across = (
        rule.start + height < side < rule.end - height
        for rule in rules.horizontal
        if top - height < rule.at < bottom + height
    )
    return any(across) or coverage(rules.vertical, side, top, bottom, 0.5 * height) < _CLOSED


def _columns(found: TableReading, upright: UprightPicture, scale: float, corner: tuple[int, int]) -> tuple[Column, ...]:
    back: Floats = np.asarray(np.linalg.inv(upright.matrix), np.float64)
    columns = []
    for place, heading in enumerate(found.headings):
        x0, y0, x1, y1 = heading.box
        points = move(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]), back) / scale + np.array(corner)
        (left, top), (right, bottom) = points.min(0), points.max(0)
        box = (float(left), float(top), float(right), float(bottom))
        form = answer_type([row[place] for row in found.rows if place < len(row)])
        columns.append(Column(heading.name, answer_type=form, box=box, confidence=heading.confidence))
    return tuple(columns)
