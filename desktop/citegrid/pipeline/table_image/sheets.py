"""Sheets: the window of a spreadsheet, whose columns are told by the letters above them and its rows by the numbers at their left.

Between two letters there is one edge of columns, drawn or not: fills, long texts and programs without gridlines hide it.  A letter
stands in the middle of its column, so the next edge is as far behind it as the last one is before it; a rule near there is it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from operator import attrgetter
from string import ascii_uppercase

from citegrid.pipeline.table_image.bordered import Grid, GridCell, slot
from citegrid.pipeline.table_image.ruling_lines import RulingLine, RulingLines
from citegrid.pipeline.table_image.text_boxes import TextBox, in_lines

Line = Sequence[TextBox]
#: The least letters over a sheet's columns, and the share of a line that they are at least, and of them those that are read right.
_LETTERS, _MOST_LETTERS = 3, 0.6
#: The least numbers beside a sheet's rows that show that one is seen in its program's window.
_NUMBERED = 2
#: In heights of a line: how far a rule may be from where a letter or number says that its column or row ends.
_NEAR = 0.8
#: In its heights: how much of a text's box may reach over an edge.
_RIM = 0.3
_LEFT, _MIDDLE, _LEVEL, _TEXT, _AT = map(attrgetter, ("x0", "cx", "cy", "text", "at"))


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """The letters over the columns of a spreadsheet and the numbers of its rows; without either where none is seen."""

    letters: Line = ()
    numbers: Line = ()

    @property
    def is_window(self) -> bool:
        """Whether both are seen: what stands above the letters is the program's."""
        return bool(self.letters) and len(self.numbers) >= _NUMBERED

    def without(self, items: Sequence[TextBox]) -> Sequence[TextBox]:
        """The texts without those of the frame, and without the program's menus, its tools and the cell that is written in."""
        top = min(map(_LEVEL, self.letters)) if self.is_window else 0.0
        return [item for item in items if item.cy >= top and item not in self.letters and item not in self.numbers]


def find_sheet_frame(items: Sequence[TextBox], height: float) -> SheetFrame:
    """The letters and numbers around a sheet."""
    letters = next(filter(None, map(_sheet_letters, in_lines(items))), [])
    return SheetFrame(letters, _sheet_numbers(items, min(map(_MIDDLE, letters), default=0.0), height))


def _sheet_numbers(items: Sequence[TextBox], first: float, height: float) -> list[TextBox]:
    """The numbers at the left of a sheet's rows: the leftmost of those before the ``first`` of its letters."""
    numbers = [item for item in items if item.cx < first and item.text.isdecimal()]
    right = min(map(_MIDDLE, numbers), default=0.0) + height
    return sorted((item for item in numbers if item.cx <= right), key=_LEVEL)


def _sheet_letters(line: Line) -> list[TextBox]:
    """The letters over the columns of a spreadsheet in a line that holds little else."""
    single = [item for item in line if len(item.text) == 1]
    said = list(filter(ascii_uppercase.__contains__, map(_TEXT, single)))
    many = len(single) >= max(_LETTERS, _MOST_LETTERS * len(line)) and len(said) >= _MOST_LETTERS * len(single)
    return single if many and said == sorted(set(said)) else []


def sheet_edges(frame: SheetFrame, rules: RulingLines, height: float) -> tuple[list[float], list[float]]:
    """The edges of the columns and of the rows of a sheet."""
    numbers = [item for item in frame.numbers if item.cy > max(map(_LEVEL, frame.letters))]
    left, top = max(item.x1 for item in frame.numbers), max(item.y1 for item in frame.letters)
    xs = _edges([left, *map(_MIDDLE, frame.letters)], rules.vertical, height)
    ys = _edges([top, *map(_LEVEL, numbers)], rules.horizontal, height)
    return xs, ys


def _edges(middles: Sequence[float], rules: Iterable[RulingLine], height: float) -> list[float]:
    """The edges around all of ``middles`` but the first, before which none is."""
    places = sorted(map(_AT, rules))
    between = [[place for place in places if one < place < other] for one, other in pairwise(middles)]
    edges = [min(between[0], default=middles[0] + 0.3 * height)]
    for middle, following, drawn in zip(middles[1:], middles[2:], between[1:], strict=False):
        expected = min(max(2 * middle - edges[-1], middle), following)
        near = min(drawn, key=lambda place: abs(place - expected), default=expected)
        edges.append(near if abs(near - expected) < _NEAR * height else expected)
    return [*edges, 2 * middles[-1] - edges[-1]]


def sheet_grid(items: Sequence[TextBox], xs: Sequence[float], ys: Sequence[float]) -> Grid:
    """The cells of a sheet; a text that runs over several columns has one over these, and none where it is alone in its row: a title."""
    cells: dict[tuple[int, int], GridCell] = {}
    rows = Counter(slot(ys, item.cy) for item in items)
    for item in sorted(items, key=_LEFT):
        row, first, last = slot(ys, item.cy), slot(xs, _inside(item, _RIM)), slot(xs, _inside(item, -_RIM))
        if row is not None and first is not None and last is not None and (first == last or rows[row] > 1):
            _add(cells, row, first, last + 1, item)
    for row, column in product(range(len(ys) - 1), range(len(xs) - 1)):
        cells.setdefault((row, column), GridCell(row, row + 1, column, column + 1, ()))
    return Grid(tuple(xs), tuple(ys), tuple(dict.fromkeys(cells.values())))


def _inside(item: TextBox, rim: float) -> float:
    """A place so many of its heights behind the left end of a text, or before its right one, its middle at most."""
    step = max(-item.width / 2, min(item.width / 2, rim * item.height))
    return item.x0 + step if step > 0 else item.x1 + step


def _add(cells: dict[tuple[int, int], GridCell], row: int, left: int, right: int, item: TextBox) -> None:
    """Put a text into the cell of its columns, together with what stands there."""
    there = [cell for n in range(left, right) if (cell := cells.get((row, n)))]
    left, right = min([left, *(cell.left for cell in there)]), max([right, *(cell.right for cell in there)])
    held = dict.fromkeys(one for cell in there for one in cell.items)
    cell = GridCell(row, row + 1, left, right, (*held, item))
    cells.update(dict.fromkeys(product([row], range(left, right)), cell))
