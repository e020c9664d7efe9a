"""Header: which cells of a ruled table name its columns, and what stands in the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from citegrid.pipeline.table_image.bordered import Grid, GridCell, split_column
from citegrid.pipeline.table_image.readings import BoxXY, Heading, TableReading, without_row_numbers
from citegrid.pipeline.table_image.text_boxes import (
    TextBox,
    cell_text,
    confidence,
    covered_stretches,
    is_wide,
    naming_rows,
)


def read_bordered(grid: Grid, height: float) -> Iterator[TableReading]:
    """The columns and rows of a ruled table: with its header as far as groups reach, and as far as one of its cells does."""
    top = _first_header_row(grid)
    if top is not None:
        bottoms = [_header_bottom(grid, top), max(cell.bottom for cell in grid.row(top) if cell.items)]
        yield from (_read_header(grid, top, bottom, height) for bottom in dict.fromkeys(bottoms))


def _read_header(grid: Grid, top: int, bottom: int, height: float) -> TableReading:
    """The columns that the rows from ``top`` to ``bottom`` (exclusive) name, and the rows below."""
    grid = _split_by_space(grid, bottom, height)
    headings: list[Heading] = []
    spans: list[tuple[int, int]] = []
    blanks: list[BoxXY] = []
    column = 0
    while column < grid.columns:
        leaf = grid.at(bottom - 1, column)
        name = " / ".join(_path(grid, top, bottom, column))
        if name:
            above = [cell for cell in _stack(grid, top, bottom, column) if cell.items]
            headings.append(Heading(name, grid.box(above[-1]), min(confidence(cell.items) for cell in above)))
            spans.append((column, leaf.right))
        else:
            blanks.append(grid.box(leaf))
        column = leaf.right
    rows = tuple(_row(grid, r, spans) for r in range(bottom, grid.rows))
    return without_row_numbers(TableReading(tuple(headings), rows, tuple(blanks)))


def _first_header_row(grid: Grid) -> int | None:
    """The first row that has text and is not one cell over the whole width (a title)."""
    for row in range(grid.rows):
        cells = grid.row(row)
        said = [cell for cell in cells if cell.items]
        if len(cells) > 1 and said and not (len(said) == 1 and _is_title(said[0], grid)):
            return row
    return None


def _is_title(cell: GridCell, grid: Grid) -> bool:
    """Whether a text of one line stands in the middle of the whole table, not in that of the several columns that its cell seems to be over."""
    item, (left, _, right, _) = cell.items[0], grid.box(cell)
    off, own = abs(item.cx - (grid.xs[0] + grid.xs[-1]) / 2), abs(item.cx - (left + right) / 2)
    return cell.columns > 1 and off < 0.5 * item.height and own > 2 * item.height


def _header_bottom(grid: Grid, top: int) -> int:
    """One below the last header row; the next one belongs to the header as long as the rows above it are groups."""
    bottom = max(cell.bottom for cell in grid.row(top) if cell.top == top and cell.columns < grid.columns)
    bottom = min(bottom, _shallow_bottom(grid, top, bottom))
    while bottom < grid.rows and _groups_over(grid, bottom):
        bottom += 1
    return bottom


def _groups_over(grid: Grid, row: int) -> bool:
    """Whether ``row`` goes on with the header above it.

    It does when every cell above it reaches into it, has a place of its own below that is blank, or is a group: a cell
    over several columns with more than one text below it; and when at least one is a group.
    """
    below = grid.row(row)
    if any(cell.columns == grid.columns for cell in below):
        return False
    ending = [cell for cell in grid.row(row - 1) if cell.items and cell.bottom <= row]
    return all(_fits_over(cell, below) for cell in ending) and any(_is_group(cell, below) for cell in ending)


def _is_group(cell: GridCell, below: Sequence[GridCell]) -> bool:
    return cell.columns > 1 and sum(cell.is_over(one) for one in below) > 1


def _fits_over(cell: GridCell, below: Sequence[GridCell]) -> bool:
    """Whether all the places below a group have a text, or the place below another cell is blank."""
    under = [bool(one.items) for one in below if cell.is_over(one)]
    return all(under) if _is_group(cell, below) else not any(under)


def _shallow_bottom(grid: Grid, top: int, bottom: int) -> int:
    """The least bottom of the cells with text in the first header row: deeper ones span further header rows."""
    return min((c.bottom for c in grid.row(top) if c.items), default=bottom)


def _split_by_space(grid: Grid, bottom: int, height: float) -> Grid:
    """A table ruled in part: where texts of one header cell stand far apart, white space goes on as the rule."""
    for column in range(grid.columns - 1, -1, -1):
        leaf = grid.at(bottom - 1, column)
        if leaf.left != column or leaf.right != column + 1 or len(naming_rows(leaf.items)) < len(leaf.items):
            continue
        body = [c.items for c in grid.cells if c.top >= bottom and c.left == column and c.right == column + 1]
        for at in reversed(_gaps(leaf.items, body, height)):
            grid = split_column(grid, column, at)
    return grid


def _gaps(header: Sequence[TextBox], body: Sequence[Sequence[TextBox]], height: float) -> list[float]:
    """The middles of the wide white stretches in a header cell that texts of the body do not run across.

    Chinese words of two letters set apart (姓　名) have such a stretch too; there the body must agree.
    """
    covered = covered_stretches([(item.x0, item.x1) for item in header], 1.5 * height)
    spaced = all(len(item.text) == 1 and is_wide(item.text) for item in header)
    filled = [items for items in body if items]
    gaps = [(a, b) for (_, a), (b, _) in pairwise(covered)]
    return [(a + b) / 2 for a, b in gaps if _parts_columns(a, b, filled, height, spaced)]


def _parts_columns(left: float, right: float, body: Sequence[Sequence[TextBox]], height: float, spaced: bool) -> bool:
    """Whether a white stretch of the header goes on through the body; in ``spaced`` headers texts must stand beside it."""
    crossed = sum(_crosses(items, (left + right) / 2, height) for items in body)
    return crossed <= 0.3 * len(body) and (not spaced or sum(_is_parted(items, left, right) for items in body) >= 2)


def _is_parted(items: Sequence[TextBox], left: float, right: float) -> bool:
    """Whether texts stand at both sides of a stretch."""
    return min(item.cx for item in items) < left and max(item.cx for item in items) > right


def _crosses(items: Sequence[TextBox], at: float, height: float) -> bool:
    """Whether one of the texts runs well across a place."""
    return any(item.x0 < at - height and item.x1 > at + height for item in items)


def _stack(grid: Grid, top: int, bottom: int, column: int) -> list[GridCell]:
    """The different cells over one column, from the top of the header down."""
    stack: list[GridCell] = []
    for row in range(top, bottom):
        cell = grid.at(row, column)
        if not stack or stack[-1] is not cell:
            stack.append(cell)
    return stack


def _path(grid: Grid, top: int, bottom: int, column: int) -> list[str]:
    names: list[str] = []
    for cell in _stack(grid, top, bottom, column):
        text = cell.text if column else cell_text(naming_rows(cell.items))
        if text and (not names or names[-1] != text):
            names.append(text)
    return names


def _row(grid: Grid, row: int, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(_joined(_cells_between(grid, row, left, right)) for left, right in spans)


def _cells_between(grid: Grid, row: int, left: int, right: int) -> list[GridCell]:
    """The cells of a row in some of its columns; one over several columns is told once, in its first column."""
    cells = dict.fromkeys(grid.at(row, column) for column in range(left, right))
    return [cell for cell in cells if cell.left >= left or left == 0]


def _joined(cells: Sequence[GridCell]) -> str:
    return " ".join(filter(None, (cell.text for cell in cells)))
