"""Header: which cells of a ruled table name its columns, and what stands in the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from citegrid.pipeline.table_image.bordered import Grid, GridCell, split_column
from citegrid.pipeline.table_image.text_boxes import Item, cell_text, confidence, is_wide

BoxXY = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name, the box of its lowest header cell in the straightened picture, and how sure its text is."""

    name: str
    box: BoxXY
    confidence: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a way of reading found: the columns, the text of the rows below them, and header cells without text.

    ``cells`` says that each heading's box holds its name and nothing else, so that it can be read again from a crop.
    """

    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    blanks: tuple[BoxXY, ...] = ()
    cells: bool = True


NOTHING = Found(())


def read_grid(grid: Grid, height: float) -> Found:
    """The columns and rows of a ruled table; nothing when its header holds no text."""
    grid = _without_sheet_margins(grid)
    top = _first_header_row(grid)
    if top is None:
        return NOTHING
    bottom = _header_bottom(grid, top)
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
    return Found(tuple(headings), rows, tuple(blanks))


def _without_sheet_margins(grid: Grid) -> Grid:
    """The grid without the letters over its columns and the numbers beside its rows that a spreadsheet shows."""

    across = [text for c in _row_cells(grid, 0) if (text := cell_text(c.items))]
    letters = "".join(across)
    if grid.rows < 3 or len(letters) < 2 or letters not in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" or max(map(len, across)) > 1:
        return grid
    grid = grid.part(1, grid.rows, 0, grid.columns)
    down = " ".join(cell_text(c.items) for c in grid.cells if c.left == 0 and c.right == 1).split()
    if grid.columns > 2 and all(t.isdecimal() and len(t) <= 4 for t in down):
        return grid.part(0, grid.rows, 1, grid.columns)
    return grid


def _row_cells(grid: Grid, row: int) -> list[GridCell]:
    return [cell for cell in grid.cells if cell.top <= row < cell.bottom]


def _first_header_row(grid: Grid) -> int | None:
    """The first row that has text and is not one cell over the whole width (a title)."""
    for row in range(grid.rows):
        cells = _row_cells(grid, row)
        if len(cells) > 1 and any(cell.items for cell in cells):
            return row
    return None


def _header_bottom(grid: Grid, top: int) -> int:
    """One below the last header row.

    The next row belongs to the header when every cell above it reaches into
    it, has a place of its own below that is blank, or is a group: a cell over
    several columns with more than one text below it.
    """
    bottom = max(c.bottom for c in _row_cells(grid, top) if c.top == top and c.right - c.left < grid.columns)
    bottom = min(bottom, _shallow_bottom(grid, top, bottom))
    while bottom < grid.rows:
        above = [cell for cell in _row_cells(grid, bottom - 1) if cell.items]
        below_all = _row_cells(grid, bottom)
        if any(cell.left == 0 and cell.right == grid.columns for cell in below_all):
            break
        grouped = False
        fits = True
        for cell in above:
            if cell.bottom > bottom:
                continue
            below = [c for c in below_all if c.left < cell.right and c.right > cell.left]
            filled = [c for c in below if c.items]
            if cell.right - cell.left > 1 and len(below) > 1:
                grouped |= len(filled) >= 2
                fits &= len(filled) == len(below)
            else:
                fits &= not filled
        if not (grouped and fits):
            break
        bottom += 1
    return bottom


def _shallow_bottom(grid: Grid, top: int, bottom: int) -> int:
    """The least bottom of the cells with text in the first header row: deeper ones span further header rows."""
    return min((c.bottom for c in _row_cells(grid, top) if c.items), default=bottom)


def _split_by_space(grid: Grid, bottom: int, height: float) -> Grid:
    """A table ruled in part: where texts of one header cell stand far apart, white space goes on as the rule."""
    for column in range(grid.columns - 1, -1, -1):
        leaf = grid.at(bottom - 1, column)
        if leaf.left != column or leaf.right != column + 1:
            continue
        body = [c.items for c in grid.cells if c.top >= bottom and c.left == column and c.right == column + 1]
        for at in reversed(_gaps(leaf.items, body, height)):
            grid = split_column(grid, column, at)
    return grid


def _gaps(header: Sequence[Item], body: Sequence[Sequence[Item]], height: float) -> list[float]:
    """The middles of the wide white stretches in a header cell that texts of the body do not run across.

    Chinese words of two letters set apart (姓　名) have such a stretch too; there the body must agree.
    """
    stretches: list[list[float]] = []
    for item in sorted(header, key=lambda i: i.x0):
        if stretches and item.x0 < stretches[-1][1] + 1.5 * height:
            stretches[-1][1] = max(stretches[-1][1], item.x1)
        else:
            stretches.append([item.x0, item.x1])
    spaced = all(len(item.text) == 1 and is_wide(item.text) for item in header)
    gaps = []
    for (_, a), (b, _) in pairwise(stretches):
        filled = [items for items in body if items]
        crossed = sum(
            any(i.x0 < (a + b) / 2 - height and i.x1 > (a + b) / 2 + height for i in items) for items in filled
        )
        both = sum(any(i.cx < a for i in items) and any(i.cx > b for i in items) for items in filled)
        if crossed <= 0.3 * len(filled) and (not spaced or both >= 2):
            gaps.append((a + b) / 2)
    return gaps


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
        text = cell_text(cell.items)
        if text and (not names or names[-1] != text):
            names.append(text)
    return names


def _row(grid: Grid, row: int, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    texts = []
    for left, right in spans:
        seen: list[GridCell] = []
        for column in range(left, right):
            cell = grid.at(row, column)
            # What stands in a cell over several columns is told once, in its first column.
            if cell not in seen and (cell.left >= left or left == 0):
                seen.append(cell)
        items: list[Item] = [item for cell in seen for item in cell.items]
        texts.append(
            " ".join(filter(None, (cell_text(cell.items) for cell in seen))) if len(seen) > 1 else cell_text(items)
        )
    return tuple(texts)
