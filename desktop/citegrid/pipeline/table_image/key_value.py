"""Key and value: tables whose attributes stand down the left side, empty or filled."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.pipeline.table_image.attributes import is_attribute, share
from citegrid.pipeline.table_image.bordered import Grid, GridCell
from citegrid.pipeline.table_image.readings import Heading, TableReading
from citegrid.pipeline.table_image.text_boxes import cell_text, confidence

_COLONS = (":", "：")
#: The most of the values that may look like names of columns.
_MOST_NAMES = 0.34


def read_key_value(grid: Grid) -> TableReading | None:
    """The attributes of a form as columns; None when the table is not one."""
    rows = [row for row in range(grid.rows) if len(grid.row(row)) > 1]
    if grid.columns < 2 or len(rows) < 2:
        return None
    return _blank_form(grid, rows) or _filled_form(grid, rows)


def _blank_form(grid: Grid, rows: Sequence[int]) -> TableReading | None:
    """Every left cell has text and nothing else does; also label and blank several times in a row (name ▢ sex ▢)."""
    labels: list[GridCell] = []
    blanks = 0
    for row in rows:
        cells = [(place, cell) for place, cell in enumerate(grid.row(row)) if cell not in labels]
        if not all(_fits_blank_form(place, cell) for place, cell in cells):
            return None
        labels += [cell for _, cell in cells if cell.items]
        blanks += sum(place % 2 == 1 for place, _ in cells)
    if len(labels) < 2 or blanks < len(labels):
        return None
    if all(not grid.at(row, 0).items for row in rows[1:]):
        return None
    return TableReading(tuple(_heading(grid, cell) for cell in labels))


def _fits_blank_form(place: int, cell: GridCell) -> bool:
    """Whether a cell is a label at an even place or a blank at an odd one; the first of a row is a label."""
    if place % 2 == 1:
        return not cell.items
    return bool(cell.items) or place > 0


def _filled_form(grid: Grid, rows: Sequence[int]) -> TableReading | None:
    """The left cells are names of attributes and the cells at the right are not; each column at the right is an example."""
    left = [grid.at(row, 0) for row in rows]
    if len(rows) < 3 or any(cell.right != 1 for cell in left) or not _are_names([_text(cell) for cell in left[1:]]):
        return None
    corner = _text(left[0])
    if _has_header(grid, rows[0], corner):
        return None
    if not is_attribute(corner) and not corner.endswith(_COLONS):
        left = left[1:]
    names = list(dict.fromkeys(left))
    if len(names) < 3:
        return None
    values = [[_text(grid.at(cell.top, column)) for cell in names] for column in range(1, grid.columns)]
    if share([value for column in values for value in column if value]) > _MOST_NAMES:
        return None
    return TableReading(tuple(_heading(grid, cell) for cell in names), tuple(tuple(v) for v in values if any(v)))


def _has_header(grid: Grid, row: int, corner: str) -> bool:
    """Whether the first row names columns.

    A header over several columns of examples (“Paper 1”, “Paper 2”) has no attribute over the names.
    """
    top = [_text(grid.at(row, column)) for column in range(1, grid.columns)]
    return share([text for text in top if text]) >= 0.5 and (grid.columns > 2 or is_attribute(corner))


def _are_names(texts: Sequence[str]) -> bool:
    colons = sum(text.endswith(_COLONS) for text in texts)
    return bool(texts) and all(texts) and (share(texts) >= 0.6 or colons >= 0.8 * len(texts))


def _text(cell: GridCell) -> str:
    return cell_text(cell.items)


def _heading(grid: Grid, cell: GridCell) -> Heading:
    return Heading(_text(cell).rstrip(":： "), grid.box(cell), confidence(cell.items))
