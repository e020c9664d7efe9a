"""Bordered: the cells of a table that has vertical and horizontal rules, and the text in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, combinations, pairwise, product, starmap
from operator import attrgetter
from statistics import median

from citegrid.pipeline.table_image.glyph_gaps import GlyphRuns, part_at
from citegrid.pipeline.table_image.ruling_lines import Connected, RulingLine, RulingLines, clusters, coverage
from citegrid.pipeline.table_image.text_boxes import TextBox, cell_text, in_lines, overlap, top_of

#: The share of a side of a place that a ruling line must cover to part it from its neighbour.
_WALL = 0.5
#: As many columns in which no text begins are those of a sheet that longer texts run over.
_OVERRUN = 3
#: In heights of a line: how far above a table a line of names may stand.
_OVER = 3.0
#: Half of a table's lying rules reach to its sides, and a quarter of so many, which texts hide in part.
_MANY = 8
#: Top and bottom row, left and right column (the second of each exclusive).
Region = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: rows ``top`` to ``bottom`` and columns ``left`` to ``right`` (exclusive) of the grid, and its text."""

    top: int
    bottom: int
    left: int
    right: int
    items: tuple[TextBox, ...]

    @property
    def text(self) -> str:
        """Its text on one line."""
        return cell_text(self.items)

    @property
    def columns(self) -> int:
        """How many columns it is over."""
        return self.right - self.left

    def is_over(self, other: GridCell) -> bool:
        """Whether the two have a column in common."""
        return self.left < other.right and other.left < self.right


_PLACE = attrgetter("top", "bottom", "left", "right", "items")
_TOP, _BOTTOM, _LEFT, _RIGHT = map(attrgetter, ("top", "bottom", "left", "right"))
_ITEMS, _COLUMNS, _START, _END = map(attrgetter, ("items", "columns", "start", "end"))


@dataclass(frozen=True)
class Grid:
    """The positions of the rules and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def at(self, row: int, column: int) -> GridCell:
        """The cell that covers a place of the grid."""
        return self._places[row, column]

    @cached_property
    def _places(self) -> dict[tuple[int, int], GridCell]:
        """The cell at each place, the first where they overlap."""
        found: dict[tuple[int, int], GridCell] = {}
        for cell in self.cells:
            for place in product(range(cell.top, cell.bottom), range(cell.left, cell.right)):
                found.setdefault(place, cell)
        return found

    def row(self, row: int) -> list[GridCell]:
        """The cells that cover a row, from left to right."""
        return sorted((cell for cell in self.cells if cell.top <= row < cell.bottom), key=lambda cell: cell.left)

    def part(self, top: int, bottom: int, left: int, right: int) -> Grid:
        """The rows ``top`` to ``bottom`` and the columns ``left`` to ``right`` (exclusive) as a grid of its own."""
        cells = tuple(
            GridCell(
                max(c.top, top) - top,
                min(c.bottom, bottom) - top,
                max(c.left, left) - left,
                min(c.right, right) - left,
                c.items,
            )
            for c in self.cells
            if c.top < bottom and c.bottom > top and c.left < right and c.right > left
        )
        return Grid(self.xs[left : right + 1], self.ys[top : bottom + 1], cells)

    def box(self, cell: GridCell) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a cell in pixels."""
        return self.xs[cell.left], self.ys[cell.top], self.xs[cell.right], self.ys[cell.bottom]


@dataclass(frozen=True, slots=True)
class _NumberedLine:
    """A ruling line with its direction and number."""

    is_lying: bool
    number: int
    rule: RulingLine


@dataclass(frozen=True, slots=True)
class _Table:
    """The ruling lines of one table, and how high a line of text of the picture is."""

    horizontal: Sequence[RulingLine]
    vertical: Sequence[RulingLine]
    height: float


def find_grids(rules: RulingLines, items: Sequence[TextBox], height: float, runs: GlyphRuns) -> list[Grid]:
    """The ruled tables of a picture, the one with most text first; those without an inner rule are left out."""
    found = (_grid(table, items, runs) for table in _connected(rules, height))
    return sorted((grid for grid in found if grid), key=lambda g: -sum(len(cell.items) for cell in g.cells))


def _connected(rules: RulingLines, height: float) -> list[_Table]:
    """Ruling lines that touch each other belong to one table."""
    lying = [_NumberedLine(True, i, rule) for i, rule in enumerate(rules.horizontal)]
    standing = [_NumberedLine(False, i, rule) for i, rule in enumerate(rules.vertical)]
    connected = Connected([*lying, *standing])
    for one, other in product(lying, standing):
        if _touches(one.rule, other.rule, 0.6 * height):
            connected.connect(one, other)
    # A header or a row that is only a fill has no vertical rules: its edges end where the others end.
    for other, one in combinations(lying, 2):
        if _ends_together(one.rule, other.rule, height):
            connected.connect(one, other)
    tables = (_table(group, height) for group in connected.groups())
    return [table for table in tables if len(table.horizontal) >= 2 and len(table.vertical) >= 2]


def _table(lines: Sequence[_NumberedLine], height: float) -> _Table:
    lying = [line.rule for line in lines if line.is_lying]
    return _Table(lying, [line.rule for line in lines if not line.is_lying], height)


def _touches(lying: RulingLine, standing: RulingLine, reach: float) -> bool:
    return (
        lying.start - reach <= standing.at <= lying.end + reach
        and standing.start - reach <= lying.at <= standing.end + reach
    )


def _ends_together(a: RulingLine, b: RulingLine, height: float) -> bool:
    """Whether two lying lines near each other begin and end at the same places."""
    return abs(a.start - b.start) < height and abs(a.end - b.end) < height and abs(a.at - b.at) < 12 * height


def _separators(rules: Sequence[RulingLine], crossing: Sequence[RulingLine], height: float) -> list[float]:
    """Where rules separate cells: near ones are one; they end at crossing rules, or are long: strokes do neither."""
    ends = clusters([rule.at for rule in crossing], 0.5 * height)

    def meets(value: float) -> bool:
        return any(abs(value - end) <= 0.8 * height for end in ends)

    real = [r.at for r in rules if (meets(r.start) and meets(r.end)) or r.length > 6 * height]
    return clusters(real, 0.5 * height)


def _grid(table: _Table, items: Sequence[TextBox], runs: GlyphRuns) -> Grid | None:
    """The cells of a table and the texts in them; None where it has no inner rule or no text."""
    xs = _separators(table.vertical, table.horizontal, table.height)
    ys = _separators(table.horizontal, table.vertical, table.height)
    if not xs or len(ys) < 2:
        return None
    xs, ys = (
        _with_open_sides(xs, ys, table.horizontal, table.height),
        _with_open_ends(xs, ys, table.vertical, table.height),
    )
    if len(xs) < 3:
        return None
    placed: dict[tuple[int, int], list[TextBox]] = {}
    for item in _parted(items, table.vertical, runs, table.height):
        row, column = _slot(ys, item.cy), _slot(xs, item.cx)
        if row is not None and column is not None:
            placed.setdefault((row, column), []).append(item)
    if not placed:
        return None
    cells = tuple(_cell(region, placed) for region in _regions(table, xs, ys))
    return Grid(tuple(xs), tuple(ys), cells)


def _cell(region: Region, placed: dict[tuple[int, int], list[TextBox]]) -> GridCell:
    top, bottom, left, right = region
    inside = [i for (r, c), found in placed.items() if top <= r < bottom and left <= c < right for i in found]
    return GridCell(*region, tuple(inside))


def _parted(items: Sequence[TextBox], vertical: Sequence[RulingLine], runs: GlyphRuns, height: float) -> list[TextBox]:
    """The items, cut where a rule goes through them: the reader takes neighbours in two cells for one text."""
    parted: list[TextBox] = []
    for item in items:
        through = [rule.at for rule in vertical if _goes_through(rule, item, height)]
        parted.extend(part_at([item], runs, through, height) if through else [item])
    return parted


def _goes_through(rule: RulingLine, item: TextBox, height: float) -> bool:
    inside = item.x0 + 0.4 * height < rule.at < item.x1 - 0.4 * height
    return inside and overlap(rule.start, rule.end, item.y0, item.y1) > 0.8 * item.height


def settled(grid: Grid, height: float) -> Grid | None:
    """The grid as one table: only lines at which one of its cells ends, no columns at its sides without any text (frames around a
    table), and cells parted that only seem merged; None of one column or none."""
    table = _trimmed(_at_ends_of_cells(grid))
    return _at_begun_columns(_undo_false_merges(table, height)) if table else None


def _at_ends_of_cells(grid: Grid) -> Grid:
    """The grid without the lines that no cell of it ends at: those of other rows, a program's bars above the table."""
    columns = sorted({0, grid.columns, *map(_LEFT, grid.cells), *map(_RIGHT, grid.cells)})
    rows = sorted({0, grid.rows, *map(_TOP, grid.cells), *map(_BOTTOM, grid.cells)})
    return _at(grid, rows, columns)


def _at(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> Grid:
    """The grid with only these of its lines; a cell goes on to the next of them."""
    cells = starmap(partial(_cell_at, rows, columns), map(_PLACE, grid.cells))
    xs, ys = map(grid.xs.__getitem__, columns), map(grid.ys.__getitem__, rows)
    return Grid(tuple(xs), tuple(ys), tuple(filter(_COLUMNS, cells)))


def _cell_at(
    rows: Sequence[int],
    columns: Sequence[int],
    top: int,
    bottom: int,
    left: int,
    right: int,
    items: tuple[TextBox, ...],
) -> GridCell:
    return GridCell(
        bisect_left(rows, top),
        bisect_left(rows, bottom),
        bisect_left(columns, left),
        bisect_left(columns, right),
        items,
    )


def _at_begun_columns(grid: Grid) -> Grid:
    """A sheet whose texts run over several columns at their right: without the lines at which no text begins, if these are several.

    Where none does, cells without text are those that the reader of text missed, or none knows to fill.
    """
    begun = _begun_columns(grid)
    over = max((cell.columns for cell in grid.cells if cell.items and cell.columns < grid.columns), default=0)
    return grid if min(over, grid.columns + 1 - len(begun)) < _OVERRUN else _at(grid, range(grid.rows + 1), begun)


def _begun_columns(grid: Grid) -> list[int]:
    """The columns in which a text or a cell with one begins, the first, and the one behind the last."""
    said = list(filter(_ITEMS, grid.cells))
    places = {bisect_right(grid.xs, item.x0) - 1 for item in chain.from_iterable(map(_ITEMS, said))}
    return sorted({0, grid.columns, *map(_LEFT, said), *places} & {*range(grid.columns + 1)})


def headed(grid: Grid, items: Sequence[TextBox], height: float) -> list[Grid]:
    """The grid with the line of text right above it as its first row, if that has a text over each column: a header without a frame."""
    near = [item for item in items if grid.ys[0] - _OVER * height < item.cy < grid.ys[0]]
    line = next(reversed(in_lines([item for item in near if _slot(grid.xs, item.cx) is not None])), [])
    if not _names_each_column(line, grid, height):
        return []
    names = [GridCell(0, 1, n, n + 1, (item,)) for n, item in enumerate(line)]
    below = [GridCell(c.top + 1, c.bottom + 1, c.left, c.right, c.items) for c in grid.cells]
    return [Grid(grid.xs, (top_of(line), *grid.ys), (*names, *below))]


def _names_each_column(line: Sequence[TextBox], grid: Grid, height: float) -> bool:
    """Whether a line has one text within each column."""
    columns = [_slot(grid.xs, item.cx) for item in line]
    return columns == [*range(grid.columns)] and all(_fits(item, grid, n, height) for n, item in enumerate(line))


def _trimmed(grid: Grid) -> Grid | None:
    used = [any(c.items and c.left <= column < c.right for c in grid.cells) for column in range(grid.columns)]
    if True not in used:
        return None
    first, end = used.index(True), grid.columns - used[::-1].index(True)
    return grid.part(0, grid.rows, first, end) if end - first >= 2 else None


def _with_open_sides(xs: list[float], ys: list[float], horizontal: Sequence[RulingLine], height: float) -> list[float]:
    """A table open at its left or right ends where its horizontal rules end, as the picture does that was cut out of a sheet."""
    near = [[rule for rule in horizontal if abs(rule.at - y) <= 0.5 * height] for y in ys]
    inner = [(min(map(_START, rules)), max(map(_END, rules))) for rules in filter(None, near)]
    if len(inner) < 2:
        return xs
    starts, ends = map(sorted, zip(*inner, strict=True))
    reaching = len(inner) // (4 if len(inner) >= _MANY else 2)
    left, right = min(starts[reaching], xs[0]), max(ends[-1 - reaching], xs[-1])
    return [*_beyond(xs[0], [left], 2 * height), *xs, *_beyond(xs[-1], [right], 2 * height)]


def _with_open_ends(xs: list[float], ys: list[float], vertical: Sequence[RulingLine], height: float) -> list[float]:
    """A table that is cut off at its top or bottom ends where its vertical rules end."""
    inner = [rule for rule in vertical if min(abs(rule.at - x) for x in xs) <= 0.5 * height]
    tops = filter((ys[0] + 0.5 * height).__ge__, map(_START, inner))
    bottoms = filter((ys[-1] - 0.5 * height).__le__, map(_END, inner))
    return [*_beyond(ys[0], [*tops], 0.7 * height), *ys, *_beyond(ys[-1], [*bottoms], 0.7 * height)]


def _beyond(edge: float, ends: Sequence[float], least: float) -> list[float]:
    """Where rules end, if that is well beyond the edge."""
    end = median(ends or [edge])
    return [end] if abs(end - edge) > least else []


def split_column(grid: Grid, column: int, at: float) -> Grid:
    """The grid with one more vertical line through ``column`` at ``at``; cells over several columns stay whole."""
    cells = []
    for cell in grid.cells:
        if cell.left == column and cell.right == column + 1:
            left = tuple(item for item in cell.items if item.cx < at)
            right = tuple(item for item in cell.items if item.cx >= at)
            cells.append(GridCell(cell.top, cell.bottom, column, column + 1, left))
            cells.append(GridCell(cell.top, cell.bottom, column + 1, column + 2, right))
        else:
            shift_left, shift_right = int(cell.left > column), int(cell.right > column)
            cells.append(GridCell(cell.top, cell.bottom, cell.left + shift_left, cell.right + shift_right, cell.items))
    xs = (*grid.xs[: column + 1], at, *grid.xs[column + 1 :])
    return Grid(xs, grid.ys, tuple(sorted(cells, key=lambda c: (c.top, c.left))))


def _slot(edges: Sequence[float], value: float) -> int | None:
    """The number of the stretch between two edges that a place is in; None where it is outside."""
    return next((i for i, (start, end) in enumerate(pairwise(edges)) if start <= value < end), None)


def _regions(table: _Table, xs: Sequence[float], ys: Sequence[float]) -> list[Region]:
    """Rectangles of places without a wall between them; what would not be a rectangle stays apart."""
    rows, columns, tolerance = len(ys) - 1, len(xs) - 1, 0.5 * table.height
    places = Connected(product(range(rows), range(columns)))
    for r, c in product(range(rows), range(columns)):
        if c + 1 < columns and coverage(table.vertical, xs[c + 1], ys[r], ys[r + 1], tolerance) < _WALL:
            places.connect((r, c + 1), (r, c))
        if r + 1 < rows and coverage(table.horizontal, ys[r + 1], xs[c], xs[c + 1], tolerance) < _WALL:
            places.connect((r + 1, c), (r, c))
    return sorted(region for group in places.groups() for region in _rectangles(group))


def _rectangles(places: Sequence[tuple[int, int]]) -> list[Region]:
    """The places as one region where they are a rectangle, else each as its own."""
    rows, columns = zip(*places, strict=True)
    top, bottom, left, right = min(rows), max(rows) + 1, min(columns), max(columns) + 1
    if len(places) == (bottom - top) * (right - left):
        return [(top, bottom, left, right)]
    return [(r, r + 1, c, c + 1) for r, c in places]


def _undo_false_merges(grid: Grid, height: float) -> Grid:
    """A coloured or pale header often lacks rules that the body has: a cell with a text in most of the columns it covers
    is many cells."""
    cells = [part for cell in grid.cells for part in (_falsely_merged(grid, cell, height) or [cell])]
    return Grid(grid.xs, grid.ys, tuple(sorted(cells, key=lambda c: (c.top, c.left))))


def _falsely_merged(grid: Grid, cell: GridCell, height: float) -> list[GridCell]:
    """The cells that a merged one is; nothing where it is one.  Letters of one word set wide apart are one."""
    columns = range(cell.left, cell.right)
    held = {column: [i for i in cell.items if grid.xs[column] <= i.cx < grid.xs[column + 1]] for column in columns}
    filled = sum(map(bool, held.values()))
    if len(columns) == 1 or filled < max(2, round(0.6 * len(columns))) or all(len(i.text) <= 1 for i in cell.items):
        return []
    if not all(_fits(item, grid, column, height) for column in columns for item in held[column]):
        return []
    return [GridCell(cell.top, cell.bottom, column, column + 1, tuple(held[column])) for column in columns]


def _fits(item: TextBox, grid: Grid, column: int, height: float) -> bool:
    """Whether a text stands within a column."""
    return overlap(item.x0, item.x1, grid.xs[column], grid.xs[column + 1]) >= item.width - 0.6 * height
