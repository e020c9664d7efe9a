"""Form: tables whose attributes stand down the left side, empty or filled."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.pipeline.table_image.attributes import is_attribute, share
from citegrid.pipeline.table_image.bordered import Grid, GridCell
from citegrid.pipeline.table_image.header import Found, Heading
from citegrid.pipeline.table_image.text_boxes import cell_text, confidence


def read_form(grid: Grid) -> Found | None:
    """The attributes of a form as columns; None when the table is not one."""
    return _blank_form(grid) or _filled_form(grid)


def _row_cells(grid: Grid, row: int) -> list[GridCell]:
    return [cell for cell in grid.cells if cell.top <= row < cell.bottom]


def _blank_form(grid: Grid) -> Found | None:
    """Every left cell has text and nothing else does; also label and blank several times in a row (name ▢ sex ▢)."""
    if grid.columns < 2:
        return None
    rows = [r for r in range(grid.rows) if len(_row_cells(grid, r)) > 1]
    if len(rows) < 2:
        return None
    labels: list[GridCell] = []
    blanks = 0
    for row in rows:
        cells = sorted(_row_cells(grid, row), key=lambda c: c.left)
        for place, cell in enumerate(cells):
            if cell in labels:
                continue
            if place % 2 == 0 and cell.items:
                labels.append(cell)
            elif place % 2 == 1 and not cell.items:
                blanks += 1
            elif cell.items or place == 0:
                return None
    if len(labels) < 2 or blanks < len(labels):
        return None
    if len(rows) == 1 or all(not grid.at(row, 0).items for row in rows[1:]):
        return None
    return Found(tuple(_heading(grid, cell) for cell in labels), ())


def _filled_form(grid: Grid) -> Found | None:
    """The left cells are names of attributes and the cells at the right are not; each column at the right is an example."""
    if grid.columns < 2 or grid.rows < 3:
        return None
    rows = [r for r in range(grid.rows) if len(_row_cells(grid, r)) > 1]
    if len(rows) < 3:
        return None
    top = [cell_text(grid.at(rows[0], c).items) for c in range(1, grid.columns)]
    corner = cell_text(grid.at(rows[0], 0).items)
    left = [grid.at(r, 0) for r in rows]
    if any(cell.right != 1 for cell in left) or not _are_names([cell_text(c.items) for c in left[1:]]):
        return None
    # A header over several columns of examples (“Paper 1”, “Paper 2”) has no attribute over the names.
    if share([t for t in top if t]) >= 0.5 and (grid.columns > 2 or is_attribute(corner)):
        return None
    if not is_attribute(corner) and not corner.endswith((":", "：")):
        rows, left = rows[1:], left[1:]
    distinct = [cell for i, cell in enumerate(left) if cell not in left[:i]]
    if len(distinct) < 3:
        return None
    values = [[cell_text(grid.at(cell.top, c).items) for cell in distinct] for c in range(1, grid.columns)]
    if share([v for column in values for v in column if v]) > 0.34:
        return None
    return Found(tuple(_heading(grid, c) for c in distinct), tuple(tuple(v) for v in values if any(v)))


def _are_names(texts: Sequence[str]) -> bool:
    colons = sum(text.endswith((":", "：")) for text in texts)
    return bool(texts) and all(texts) and (share(texts) >= 0.6 or colons >= 0.8 * len(texts))


def _heading(grid: Grid, cell: GridCell) -> Heading:
    return Heading(cell_text(cell.items).rstrip(":： "), grid.box(cell), confidence(cell.items))
