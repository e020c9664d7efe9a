"""Sheets: the window of a spreadsheet, whose columns are told by the letters above them and its rows by the numbers at their left.

Between two letters there is one edge of columns, drawn or not: fills, long texts and programs without gridlines hide it.  A letter
stands in the middle of its column, so the next edge is as far behind it as the last one is before it; a rule near there is it.
A number may stand at the bottom of its row, so any rule before the next one is the row's end.  Where the OCR overlooked letters or
numbers, those beside them tell how many, and the edges around these must all be drawn.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise, product
from operator import attrgetter, sub
from string import ascii_uppercase

from citegrid.pipeline.table_image.bordered import Grid, GridCell
from citegrid.pipeline.table_image.header_names import HeaderLines, column_of
from citegrid.pipeline.table_image.ruling_lines import RulingLines, clusters
from citegrid.pipeline.table_image.text_boxes import TextBox, in_lines

Line = Sequence[TextBox]
#: The first and the last column that a text stands in or over.
Span = tuple[int, int]
#: The least letters over a sheet's columns, and the share of a line that they are at least, and of them those that are read right.
_LETTERS, _MOST_LETTERS = 3, 0.6
#: The least numbers beside a sheet's rows that show that one is seen in its program's window.
_NUMBERED = 2
#: In heights of a line: how far a rule may be from where a letter or number says that its column or row ends.
_NEAR = 0.8
#: So many letters further is the next one where one was overlooked.
_ONE_MISSED = 2
#: In heights of a line: how near each other two rules are one.
_ONE = 0.15
#: In its heights: how much of a text's box may reach over an edge.
_RIM = 0.5
_FIRST, _BEHIND, _ITEMS = map(attrgetter, ("left", "right", "items"))
_LEFT, _RIGHT, _LOW, _MIDDLE, _LEVEL, _HEIGHT, _TEXT, _AT = map(
    attrgetter, ("x0", "x1", "y1", "cx", "cy", "height", "text", "at")
)


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """The letters over the columns of a spreadsheet and the numbers of its rows; without either where none is seen."""

    letters: Line = ()
    numbers: Line = ()

    @property
    def is_window(self) -> bool:
        """Whether both are seen: what stands above the letters is the program's."""
        return len(self.numbers) >= _NUMBERED

    def without(self, items: Sequence[TextBox]) -> Sequence[TextBox]:
        """The texts without those of the frame, and without the program's menus, its tools and the cell that is written in."""
        top = min(map(_LEVEL, self.letters)) if self.is_window else 0.0
        kept = [item for item in items if item.cy >= top and item not in self.letters and item not in self.numbers]
        return [*map(self._without_number, kept)] if self.is_window else kept

    def _without_number(self, item: TextBox) -> TextBox:
        """A text without the number of its row, where the OCR took that for its first word."""
        number, _, rest = item.text.partition(" ")
        end = max(map(_RIGHT, self.numbers))
        is_one = all((rest, number.isdecimal(), item.x0 < end < item.x1))
        return replace(item, text=rest, x0=end) if is_one else item


def find_sheet_frame(items: Sequence[TextBox], height: float) -> SheetFrame:
    """The letters and numbers around a sheet."""
    letters = next(filter(None, map(_sheet_letters, in_lines(items))), [])
    return SheetFrame(letters, _sheet_numbers(items, letters, height))


def _sheet_numbers(items: Sequence[TextBox], letters: Line, height: float) -> list[TextBox]:
    """The numbers at the left of a sheet's rows: the leftmost of those below its letters and before the first of them."""
    first, level = min(map(_MIDDLE, letters), default=0.0), max(map(_LEVEL, letters), default=0.0)
    numbers = [item for item in items if item.cx < first and item.cy > level and item.text.isdecimal()]
    right = min(map(_MIDDLE, numbers), default=0.0) + height
    return sorted((item for item in numbers if item.cx <= right), key=_LEVEL)


def _sheet_letters(line: Line) -> list[TextBox]:
    """The letters over the columns of a spreadsheet in a line that holds little else."""
    single = [item for item in line if len(item.text) == 1]
    said = list(filter(ascii_uppercase.__contains__, map(_TEXT, single)))
    many = len(single) >= max(_LETTERS, _MOST_LETTERS * len(line)) and len(said) >= _MOST_LETTERS * len(single)
    return single if many and said == sorted(set(said)) else []


def sheet_edges(frame: SheetFrame, rules: RulingLines, height: float) -> tuple[list[float], list[float]]:
    """The edges of the columns and of the rows of a sheet; of no columns where letters were overlooked and edges there are not drawn."""
    left, top = max(map(_RIGHT, frame.numbers)), max(map(_LOW, frame.letters))
    standing = clusters(list(map(_AT, rules.vertical)), _ONE * height)
    lying = clusters(list(map(_AT, rules.horizontal)), _ONE * height)
    letters = _steps(map(ascii_uppercase.find, map(_TEXT, frame.letters)), -1)
    xs = _edges([left, *map(_MIDDLE, frame.letters)], standing, height, letters)
    # A number may stand at the bottom of a high row: what is drawn between two is their edge, wherever that is.
    levels, numbers = [top, *map(_LEVEL, frame.numbers)], _steps(map(int, map(_TEXT, frame.numbers)), 0)
    ys = _edges(levels, lying, height, numbers, math.inf) or _edges(levels, lying, height, [1] * len(numbers), math.inf)
    return xs, ys


def _steps(codes: Iterable[int], before: int) -> list[int]:
    """How many letters or numbers further than the one before it, the first than ``before``, each is; one that was misread is the next."""
    codes = [*accumulate(codes, lambda last, code: max(last + 1, code), initial=before)]
    return list(map(sub, codes[1:], codes))


def _edges(
    middles: Sequence[float], places: Sequence[float], height: float, steps: Sequence[int], reach: float = _NEAR
) -> list[float]:
    """The edges around all of ``middles`` but the first, before which none is: those of ``places`` that stand, ``reach`` heights of a line
    at most, where they are expected.

    ``steps`` say how many edges part each from the one before it; none at all where these are not drawn.
    """
    first, *between = [places[bisect_right(places, a) : bisect_left(places, b)] for a, b in pairwise(middles)]
    edges = first if len(first) == steps[0] else [min(first, default=middles[0] + 0.3 * height)]
    wanted = len(edges) + sum(steps[1:])
    for n, (drawn, step) in enumerate(zip(between, steps[1:], strict=True), 1):
        end = _edge(edges[-1], middles[n], middles[n + 1], drawn, reach * height)
        told = [end, *_before(end, middles[n + 1 :], places)] if step == _ONE_MISSED else drawn
        edges = [*edges, *([end] if step == 1 else drawn if len(drawn) == step else told)]
    return [*edges, 2 * middles[-1] - edges[-1]] if len(edges) == wanted else []


def _before(end: float, middles: Sequence[float], places: Sequence[float]) -> list[float]:
    """The edge before the first of ``middles`` and behind ``end``, as most of the edges that are drawn behind these tell; none where none does."""
    told = []
    for n, edge in product(range(len(middles)), places):
        if middles[n] < edge < [*middles, math.inf][n + 1]:
            for middle in reversed(middles[: n + 1]):
                edge = 2 * middle - edge
            told += [edge] * (end < edge < middles[0])
    return sorted(told)[len(told) // 2 :][:1]


def _edge(last: float, middle: float, following: float, drawn: Sequence[float], reach: float) -> float:
    """The edge between two places, of which the first is in the middle between the ``last`` edge and this one."""
    expected = min(max(2 * middle - last, middle), following)
    near = min(drawn, key=lambda place: abs(place - expected), default=expected)
    return near if abs(near - expected) < reach else expected


def to_the_edge(xs: Sequence[float], items: Sequence[TextBox], width: float, height: float) -> Sequence[float]:
    """The edges of columns, with the column behind them whose letter lies beyond the picture, which is ``width`` wide, where a text that
    begins it is seen whole."""
    begin = filter(lambda item: xs[-1] < item.x0 < xs[-1] + height, items)
    whole = filter((width - _NEAR * height).__gt__, map(_RIGHT, begin))
    return [*xs, *sorted(whole)[-1:]]


def sheet_grid(items: Sequence[TextBox], xs: Sequence[float], ys: Sequence[float], rules: RulingLines) -> Grid:
    """The cells of a sheet; a text that runs or stands over several columns has one over these, and none where it is alone in its row: a title."""
    rows: dict[int, list[TextBox]] = {row: [] for row in range(len(ys))}
    for item in sorted(items, key=_LEFT):
        if xs[0] < item.cx < xs[-1] and ys[0] < item.cy < ys[-1]:
            rows[_slot(ys, item.cy)].append(item)
    cells = dict[tuple[int, int], GridCell]()
    for (row, held), below in zip(rows.items(), [*rows.values()][1:], strict=False):
        groups = _groups(HeaderLines([held, below], xs, rules, max(map(_HEIGHT, held), default=0.0), 1))
        for item in held:
            first, last = groups.get(item) or _span(xs, item)
            if first == last or len(held) > 1:
                _add(cells, row, first, last + 1, item)
    for row, column in product(range(len(ys) - 1), range(len(xs) - 1)):
        cells.setdefault((row, column), GridCell(row, row + 1, column, column + 1, ()))
    return Grid(tuple(xs), tuple(ys), tuple(dict.fromkeys(cells.values())))


def _span(xs: Sequence[float], item: TextBox) -> Span:
    """The first and the last column that a text reaches into."""
    rim = _RIM * item.height
    return _slot(xs, min(item.x0 + rim, item.cx)), _slot(xs, max(item.x1 - rim, item.cx))


def _groups(header: HeaderLines) -> dict[TextBox, Span]:
    """The first and the last column of each text in the first line of a header, where that is a line of groups: each text stands in the
    middle over several columns with names below, or over none with one."""
    groups, names = header.lines
    spans = {item: header.span(item, 0) for item in groups}
    named = {(column_of(item, header.edges),) for item in names}
    are_groups = max(map(len, spans.values()), default=1) > 1 and named.isdisjoint(spans.values())
    return {item: (span[0], span[-1]) for item, span in spans.items()} if are_groups else {}


def _slot(edges: Sequence[float], place: float) -> int:
    """The number of the stretch between two edges that a place is in, the first or the last for one outside."""
    return max(0, min(len(edges) - 1, bisect_right(edges, place)) - 1)


def _add(cells: dict[tuple[int, int], GridCell], row: int, left: int, right: int, item: TextBox) -> None:
    """Put a text into the cell of its columns, together with what stands there."""
    there = list(filter(None, map(cells.get, product([row], range(left, right)))))
    left, right = min([left, *map(_FIRST, there)]), max([right, *map(_BEHIND, there)])
    held = dict.fromkeys(chain.from_iterable(map(_ITEMS, there)))
    cell = GridCell(row, row + 1, left, right, (*held, item))
    cells.update(dict.fromkeys(product([row], range(left, right)), cell))
