"""Borderless: tables without vertical rules, read from how their texts stand over each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from citegrid.pipeline.table_image.glyph_gaps import GlyphRuns, part_at
from citegrid.pipeline.table_image.readings import Heading, TableCandidate, TableReading, Way
from citegrid.pipeline.table_image.ruling_lines import RulingLine, RulingLines
from citegrid.pipeline.table_image.text_boxes import (
    TextBox,
    bottom_of,
    box_of,
    cell_text,
    centre_of,
    confidence,
    covered_stretches,
    in_lines,
    overlap,
    top_of,
    width_of,
)

Line = list[TextBox]
Stretch = tuple[float, float]

#: In heights of a line: texts of one column stand closer than this, texts of two do not.
_LEAST_GUTTER = 0.35
#: The most lines of a header above a ruling line, and above white space.
_MOST_HEADER_LINES, _MOST_BLOCK_LINES = 6, 4


@dataclass(frozen=True, slots=True)
class _PictureFacts:
    """What is known of the picture: its ruling lines, the height of a line of text, where letters stand in each text."""

    rules: RulingLines
    height: float
    runs: GlyphRuns


def read_borderless(
    items: Sequence[TextBox], rules: RulingLines, height: float, runs: GlyphRuns
) -> Iterator[TableCandidate]:
    """The tables whose columns are told by white space; nothing for prose."""
    picture = _PictureFacts(rules, height, runs)
    for lines in _bands(in_lines(items), picture):
        reading = _read_band(lines, picture)
        if reading is not None and len(reading.headings) >= 2:
            yield TableCandidate(reading, Way.BORDERLESS)


# -- where a table is ------------------------------------------------------------------------------------------------------


def _bands(lines: Sequence[Line], picture: _PictureFacts) -> list[list[Line]]:
    """Lines below each other that begin with several texts side by side; a wide gap or a title ends them."""
    bands: list[list[Line]] = []
    band: list[Line] = []
    for n, line in enumerate(lines):
        if band and _ends_before(band, line, picture):
            bands.append(band)
            band = []
        if not band and len(line) >= 2:
            band = _begun_above(lines[:n], line, picture.height)
        if band or len(line) >= 2:
            band.append(line)
    return [*bands, band] if band else bands


def _ends_before(band: Sequence[Line], line: Line, picture: _PictureFacts) -> bool:
    """Whether a table ends before ``line``: behind a wide gap without a ruling line, or a narrow one between single texts."""
    top = top_of(line)
    gap = top - bottom_of(band[-1])
    if any(
        rule.length > 0.5 * width_of(chain.from_iterable(band)) and rule.at > top for rule in picture.rules.horizontal
    ):
        return False
    single = len(line) == 1 and len(band) >= 2 and len(band[-1]) == 1 and len(band[-2]) == 1
    return gap > (0.8 if single else 3) * picture.height


def _begun_above(above: Sequence[Line], line: Line, height: float) -> list[Line]:
    """The single short texts close above a line: first lines of header cells that need one more than the others."""
    begun: list[Line] = []
    top, width = top_of(line), line[-1].x1 - line[0].x0
    for earlier in reversed(above[-2:]):
        if len(earlier) > 1 or top - earlier[0].y1 > 0.25 * height or earlier[0].width > 0.4 * width:
            break
        begun.insert(0, earlier)
        top = earlier[0].y0
    return begun


def _without_tail(band: list[Line], wide: Sequence[RulingLine]) -> list[Line]:
    """The band without lines of prose at its end: single texts below the last rule, or over half the width."""
    last = max((rule.at for rule in wide), default=float("inf"))
    width = width_of(chain.from_iterable(band))

    def in_table(line: Line) -> bool:
        return line[0].cy < last and line[0].width < 0.5 * width

    end = len(band)
    while end > 1 and len(band[end - 1]) == 1 and not in_table(band[end - 1]):
        end -= 1
    # A short last line of a paragraph hides the longer ones above it.
    while end < len(band) and len(band[end]) == 1 and in_table(band[end]):
        end += 1
    return band[:end]


def _is_prose(band: Sequence[Line]) -> bool:
    """Lines of running text, also in two columns: mostly long texts, hardly any short ones."""
    texts = [i.text for line in band for i in line]
    return len(band) >= 4 and sum(len(text) > 24 for text in texts) > 0.75 * len(texts)


# -- columns and rows ------------------------------------------------------------------------------------------------------


def _read_band(band: list[Line], picture: _PictureFacts) -> TableReading | None:
    """The table in a band of lines; None where it is prose or has no columns."""
    wide = [rule for rule in picture.rules.horizontal if rule.length > 0.6 * width_of(chain.from_iterable(band))]
    band = _without_tail(band, wide)
    if _is_prose(band):
        return None
    depth = _header_depth(band, wide, picture.height)
    edges = _column_edges(band[:depth], band[depth:], picture)
    if len(edges) < 3:
        return None
    lines = [part_at(line, picture.runs, edges[1:-1], picture.height) for line in band]
    columns = _columns(lines[:depth], edges, picture)
    rows = _rows(lines[depth:], wide, picture.height)
    named = [number for number, column in enumerate(columns) if column.name]
    sure = len(named) > 2 or bool(rows) or bool(wide)
    if not sure or len(named) < 0.6 * len(columns):
        return None
    return _reading(columns, named, [_cells(row, edges) for row in rows])


def _reading(columns: Sequence[_Column], named: Sequence[int], rows: Sequence[Sequence[str]]) -> TableReading:
    """The columns that have a name, and what the rows say in them."""
    headings = tuple(columns[number].heading() for number in named)
    return TableReading(headings, tuple(tuple(row[number] for number in named) for row in rows))


def _cells(row: Sequence[TextBox], edges: Sequence[float]) -> list[str]:
    """The texts of a row's columns."""
    held: list[list[TextBox]] = [[] for _ in pairwise(edges)]
    for item in row:
        held[_column_of(item, edges)].append(item)
    return [cell_text(items) for items in held]


def _header_depth(band: list[Line], wide: Sequence[RulingLine], height: float) -> int:
    """How many lines the header has: down to the first rule below it, else the first row that white space parts."""
    above = _above_first_rule(band, wide, height)
    if 1 <= len(above) <= _MOST_HEADER_LINES and (len(above) < len(band) or len(above) <= 2):
        return _before_second_row(above, height)
    blocks = _blocks(band, height)
    return len(blocks[0]) if len(blocks) > 1 and len(blocks[0]) <= _MOST_BLOCK_LINES else 1


def _above_first_rule(band: list[Line], wide: Sequence[RulingLine], height: float) -> list[Line]:
    """The lines above the first rule below the first of them; none where there is no rule near it."""
    first = min(i.cy for i in band[0])
    rule = min((rule.at for rule in wide if rule.at >= first), default=float("inf"))
    return [line for line in band if centre_of(line) < rule] if rule - bottom_of(band[0]) < 8 * height else []


def _before_second_row(above: list[Line], height: float) -> int:
    """How many of the lines above a rule are the header: a row that has a text above each of the next row's, well apart,
    is all of it, since a faint rule below it was not seen.  Groups have fewer texts than what is below them."""
    depth = 0
    for block, below in pairwise(_blocks(above, height)):
        depth += len(block)
        gap = min(map(top_of, below)) - max(map(bottom_of, block))
        if _texts(block) >= max(3, _texts(below)) and gap > 0.5 * height:
            return depth
    return len(above)


def _texts(block: Sequence[Line]) -> int:
    """How many texts stand side by side."""
    return len(covered_stretches([(i.x0, i.x1) for line in block for i in line], 0.0))


def _blocks(lines: list[Line], height: float) -> list[list[Line]]:
    """Lines as rows of a table: lines of one cell stand closer than rows do, where the two differ at all."""
    if len(lines) < 2:
        return [lines] if lines else []
    gaps = []
    low = bottom_of(lines[0])
    for line in lines[1:]:
        gaps.append(top_of(line) - low)
        low = max(low, bottom_of(line))
    limit = _row_gap(gaps, height)
    blocks = [[lines[0]]]
    for line, gap in zip(lines[1:], gaps, strict=True):
        if gap > limit:
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _row_gap(gaps: Sequence[float], height: float) -> float:
    """The gap from which on two lines are two rows: in the widest jump between narrow and wide gaps.

    Without a clear jump each line is a row.
    """
    ordered = sorted(gaps)
    jump, narrow, wide = max(
        ((b - a, a, b) for a, b in pairwise(ordered)), key=lambda one: one[0], default=(0.0, 0.0, 0.0)
    )
    parted = jump > 0.22 * height and narrow < 0.45 * height
    return (narrow + wide) / 2 if parted else -0.35 * height


def _column_edges(header: Sequence[Line], body: Sequence[Line], picture: _PictureFacts) -> list[float]:
    """The edges of the columns: the outer ones and the middles of the white stretches between texts."""
    least = _LEAST_GUTTER * picture.height
    groups = list(header[0]) if len(header) > 1 else []
    leaves = _stretches([i for line in (header[1:] or header) for i in line], picture)
    stretches = leaves + _body_stretches(body, covered_stretches(leaves, least), picture)
    columns = covered_stretches(stretches, least)
    for item in groups:
        if not _is_group(item, columns, picture):
            stretches += _stretches([item], picture)
    columns = covered_stretches(stretches, least)
    if not columns:
        return []
    inner = [(a[1] + b[0]) / 2 for a, b in pairwise(columns)]
    return [columns[0][0] - picture.height, *inner, columns[-1][1] + picture.height]


def _stretches(items: Sequence[TextBox], picture: _PictureFacts) -> list[Stretch]:
    return [(run.x0, run.x1) for item in items for run in picture.runs[item]]


def _body_stretches(body: Sequence[Line], heads: Sequence[Stretch], picture: _PictureFacts) -> list[Stretch]:
    """The stretches of the body's texts without those that run on into the next column, as long as these are few."""
    all_of_them = _stretches([item for line in body if len(line) >= 2 for item in line], picture)
    across = [s for s in all_of_them if sum(overlap(*s, *head) > 0 for head in heads) > 1]
    return [s for s in all_of_them if s not in across] if len(across) <= 0.2 * len(body) else all_of_them


def _is_group(item: TextBox, columns: Sequence[Stretch], picture: _PictureFacts) -> bool:
    """Whether a text of the first header line stands over several columns, by itself or by the short rule below it."""
    over = sum(overlap(*column, item.x0, item.x1) > 0 for column in columns)
    reached = _reach(item, columns, picture)
    ruled = sum(overlap(a, b, *reached) > 0.5 * (b - a) for a, b in columns)
    return over > 1 or ruled > 1


def _reach(item: TextBox, columns: Sequence[Stretch], picture: _PictureFacts) -> Stretch:
    """From where to where a header text reaches: as far as the short rule below it, if there is one."""
    width = columns[-1][1] - columns[0][0] if columns else 0.0
    rule = next((rule for rule in picture.rules.horizontal if _is_below(rule, item, picture.height)), None)
    if rule is not None and rule.length < 0.85 * width:
        return min(item.x0, rule.start), max(item.x1, rule.end)
    return item.x0, item.x1


def _is_below(rule: RulingLine, item: TextBox, height: float) -> bool:
    return 0 < rule.at - item.cy < 1.5 * height and rule.start - height < item.cx < rule.end + height


def _column_of(item: TextBox, edges: Sequence[float]) -> int:
    shares = [overlap(item.x0, item.x1, a, b) for a, b in pairwise(edges)]
    if any(shares):
        return shares.index(max(shares))
    return 0 if item.cx < edges[0] else len(shares) - 1


@dataclass(frozen=True, slots=True)
class _Column:
    """The texts of a column's header: of the groups that it belongs to, and its own."""

    groups: list[TextBox]
    leaves: list[TextBox]

    @property
    def name(self) -> str:
        return " / ".join(filter(None, (cell_text(self.groups), cell_text(self.leaves))))

    def heading(self) -> Heading:
        parts = self.leaves or self.groups
        return Heading(self.name, box_of(parts), confidence(parts))


def _columns(header: Sequence[Line], edges: Sequence[float], picture: _PictureFacts) -> list[_Column]:
    """The texts of the header by columns."""
    columns = [_Column([], []) for _ in pairwise(edges)]
    for depth, line in enumerate(header):
        below = {_column_of(item, edges) for later in header[depth + 1 :] for item in later}
        for item in line:
            covered = _covered(item, edges, picture)
            if len(covered) > 1 and below >= set(covered):
                for number in covered:
                    columns[number].groups.append(item)
            else:
                columns[_column_of(item, edges)].leaves.append(item)
    return columns


def _covered(item: TextBox, edges: Sequence[float], picture: _PictureFacts) -> list[int]:
    """The columns under a group's text: those under the short rule below it, else those it reaches into."""
    reach = _reach(item, [(edges[0], edges[-1])], picture)
    return [
        column
        for column, (a, b) in enumerate(pairwise(edges))
        if overlap(*reach, a, b) > min(0.35 * (b - a), 2 * picture.height)
    ]


def _rows(body: list[Line], wide: Sequence[RulingLine], height: float) -> list[list[TextBox]]:
    """The body's lines as rows: between rules where there are rules between them, else as white space parts them."""

    def band(line: Line) -> int:
        return sum(rule.at < centre_of(line) for rule in wide)

    if len({band(line) for line in body}) > 2:
        blocks = [list(lines) for _, lines in groupby(body, band)]
    else:
        blocks = _blocks(body, height)
    return [[item for line in block for item in line] for block in blocks]
