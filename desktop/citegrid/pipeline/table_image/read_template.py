"""Columns: from the picture of a table to its columns in order and the rows already filled.

picture ─ read ─ straighten ─ (read again) ─ rules ─ grid │ aligned │ list ─ Template
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from citegrid.core.table import Column, Template
from citegrid.pipeline.table_image.answer_kinds import answer_type, has_no_header
from citegrid.pipeline.table_image.bordered import find_grids, trimmed
from citegrid.pipeline.table_image.borderless import read_aligned
from citegrid.pipeline.table_image.deskew import Straight, move, straighten
from citegrid.pipeline.table_image.enumerated import read_list
from citegrid.pipeline.table_image.glyph_gaps import find_stretches
from citegrid.pipeline.table_image.header import NOTHING, Found, read_grid
from citegrid.pipeline.table_image.key_value import read_form
from citegrid.pipeline.table_image.reread import look_again, read_blanks
from citegrid.pipeline.table_image.ruling_lines import find_rules
from citegrid.pipeline.table_image.text_boxes import Item, better_of, text_height
from citegrid.ports import NEVER, SILENT, Cancel, OcrEngine, OcrLine, Pixels, Progress
from citegrid.vision import Array, Floats, as_array, as_pixels, cv2

_WORKING_SIDE = 2400
"""Larger pictures are read at this size: letters of a table that fills the picture stay readable."""

_GLANCE_FROM, _GLANCE_SIDE, _GLANCE_LETTERS = 2000, 1280, 11.0
"""Pictures larger than the first are looked at in the second size first, which does if lines are higher than the third."""

NO_TEXT = "No text was found in the picture. Type the names of the columns, or choose another picture."
NO_HEADER = "The table has no row of names. Type the names of the columns, or choose another picture."
NO_TABLE = "No table was found in the picture. Type the names of the columns, or choose another picture."


def read_columns(picture: Pixels, ocr: OcrEngine, *, progress: Progress = SILENT, cancel: Cancel = NEVER) -> Template:
    """The columns of the table in the picture, with boxes in its pixels, and the rows that are filled already.

    A picture without a table gives a Template without columns and one sentence in ``warnings``.  Raises Cancelled.
    """
    progress.report("Reading the picture", 0, 3)
    scale = min(1.0, _WORKING_SIDE / max(1, picture.width, picture.height))
    image: Array = as_array(picture)
    if scale < 1.0:
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        image = cv2.resize(image, size, None, 0, 0, cv2.INTER_AREA)
    lines, glanced = _first_look(image, ocr, cancel)
    if not lines:
        return Template((), warnings=(NO_TEXT,))
    progress.report("Reading the picture", 1, 3)
    straight = straighten(image, lines)
    if straight.changed or glanced:
        again = ocr.read(as_pixels(straight.picture), cancel=cancel)
        items = better_of(_items(again, np.eye(3)), _items(lines, straight.matrix))
    else:
        items = _items(lines, straight.matrix)
    cancel.check()
    progress.report("Reading the picture", 2, 3)
    height = text_height(items)
    found = _find(straight.picture, items, height)
    missed = read_blanks(straight.picture, found.blanks, height, ocr, cancel)
    if missed:
        found = _find(straight.picture, [*items, *missed], height)
    found = look_again(straight.picture, found, height, ocr, cancel)
    progress.report("Reading the picture", 3, 3)
    if not found.headings:
        return Template((), rotation=straight.rotation, warnings=(NO_TABLE,))
    if has_no_header([heading.name for heading in found.headings]):
        return Template((), rotation=straight.rotation, warnings=(NO_HEADER,))
    return Template(_columns(found, straight, scale), found.rows, straight.rotation)


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


def _items(lines: Sequence[OcrLine], matrix: Floats) -> list[Item]:
    items = []
    for line in lines:
        points = move(np.array(line.corners), matrix)
        (x0, y0), (x1, y1) = points.min(0), points.max(0)
        along = points[1] - points[0]
        # Text that stands in an upright picture is read in pieces and in the wrong order: not to be relied on.
        sure = line.confidence * (0.5 if abs(along[1]) > abs(along[0]) and len(line.text) > 1 else 1.0)
        items.append(Item(line.text, float(x0), float(y0), float(x1), float(y1), sure))
    return items


def _find(picture: Array, items: Sequence[Item], height: float) -> Found:
    if not items:
        return NOTHING
    rules = find_rules(picture, items, height)
    stretches = find_stretches(picture, items)
    for grid in find_grids(rules, items, height, stretches):
        if not _encloses(grid.xs, grid.ys, items, height):
            continue
        table = trimmed(grid)
        found = read_form(grid) or (read_form(table) or read_grid(table, height) if table else NOTHING)
        if len(found.headings) >= 2:
            return found
    lines = read_list(items, height)
    return lines if lines.headings else read_aligned(items, rules, height, stretches)


def _encloses(xs: Sequence[float], ys: Sequence[float], items: Sequence[Item], height: float) -> bool:
    """Whether the rules go around the table: few texts stand beside them at the height of its rows.

    Numbers do, beside the rows of a spreadsheet and the lines of a manuscript.
    """
    outside = [i for i in items if ys[0] < i.cy < ys[-1] and (i.cx < xs[0] or i.cx > xs[-1])]
    beside = sum(not item.text.strip(".").isdecimal() for item in outside)
    inside = sum(1 for i in items if ys[0] < i.cy < ys[-1] and xs[0] <= i.cx <= xs[-1])
    return inside > 0 and beside <= 0.1 * inside


def _columns(found: Found, straight: Straight, scale: float) -> tuple[Column, ...]:
    back: Floats = np.asarray(np.linalg.inv(straight.matrix), np.float64)
    columns = []
    for place, heading in enumerate(found.headings):
        x0, y0, x1, y1 = heading.box
        points = move(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]), back) / scale
        (left, top), (right, bottom) = points.min(0), points.max(0)
        box = (float(left), float(top), float(right), float(bottom))
        form = answer_type([row[place] for row in found.rows if place < len(row)])
        columns.append(Column(heading.name, answer_type=form, box=box, confidence=heading.confidence))
    return tuple(columns)
