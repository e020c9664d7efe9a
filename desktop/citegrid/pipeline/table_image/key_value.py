"""Key and value: tables whose attributes stand down the left side, empty or filled."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from citegrid.pipeline.table_image.bordered import Grid, GridCell
from citegrid.pipeline.table_image.names_and_answers import is_attribute, share
from citegrid.pipeline.table_image.readings import Heading, TableReading
from citegrid.pipeline.table_image.text_boxes import confidence

_COLONS = (":", "：")
#: The most of the values that may look like names of columns.
_MOST_NAMES = 0.34
_ITEMS, _TEXT = attrgetter("items"), attrgetter("text")
#: The fewest rows of a form that is filled.
_LEAST_ROWS = 3


def read_key_value(grid: Grid) -> TableReading | None:
    """The attributes of a form as columns; None when the table is not one."""
    rows = [row for row in range(grid.rows) if len(grid.row(row)) > 1]
    if grid.columns < 2 or len(rows) < 2:
        return None
    return _blank_form(grid, rows) or _paired_form(grid, rows) or _filled_form(grid, rows)


def _blank_form(grid: Grid, rows: Sequence[int]) -> TableReading | None:
    """Every left cell has text and nothing else does; also label and blank several times in a row (name ▢ sex ▢)."""
    labels: dict[GridCell, None] = {}
    blanks = 0
    for row in rows:
        cells = [(place, cell) for place, cell in enumerate(grid.row(row)) if cell not in labels]
        if not all(_fits_blank_form(place, cell) for place, cell in cells):
            return None
        labels |= {cell: None for _, cell in cells if cell.items}
        blanks += sum(place % 2 == 1 for place, _ in cells)
    goes_on = any(grid.at(row, 0).items for row in rows[1:])
    return _reading(grid, list(labels)) if goes_on and len(labels) >= 2 and blanks >= len(labels) else None


def _fits_blank_form(place: int, cell: GridCell) -> bool:
    """Whether a cell is a label at an even place or a blank at an odd one; the first of a row is a label."""
    if place % 2 == 1:
        return not cell.items
    return bool(cell.items) or place > 0


def _filled_form(grid: Grid, rows: Sequence[int]) -> TableReading | None:
    """The left cells are names of attributes and the cells at the right are not; each column at the right is an example."""
    left = [grid.at(row, 0) for row in rows]
    if len(rows) < _LEAST_ROWS or any(cell.columns != 1 for cell in left) or not _are_names(left[1:]):
        return None
    if _has_header(grid, rows[0], left[0].text):
        return None
    names = list(dict.fromkeys(left if _is_name(left[0]) else left[1:]))
    examples = _examples(grid, names)
    values = [value for example in examples for value in example if value]
    return _reading(grid, names, examples) if len(names) >= _LEAST_ROWS and share(values) <= _MOST_NAMES else None


def _paired_form(grid: Grid, rows: Sequence[int]) -> TableReading | None:
    """Names and values take turns, in some rows once and in others several times, as no table with a header has them."""
    cells = list(dict.fromkeys(map(tuple, map(grid.row, rows))))
    counts, taken = set(map(len, cells)), list(chain.from_iterable(cells))
    pairs = len(counts) > 1 and not any(count % 2 for count in counts)
    if not pairs or not all(map(_ITEMS, taken[::2])):
        return None
    return _reading(grid, taken[::2], [tuple(map(_TEXT, taken[1::2]))])


def _is_name(cell: GridCell) -> bool:
    return is_attribute(cell.text) or cell.text.endswith(_COLONS)


def _examples(grid: Grid, names: Sequence[GridCell]) -> list[tuple[str, ...]]:
    """The columns at the right of the names that hold any text."""
    columns = (tuple(grid.at(name.top, column).text for name in names) for column in range(1, grid.columns))
    return [column for column in columns if any(column)]


def _has_header(grid: Grid, row: int, corner: str) -> bool:
    """Whether the first row names columns.

    A header over several columns of examples (“Paper 1”, “Paper 2”) has no attribute over the names.
    """
    top = [grid.at(row, column).text for column in range(1, grid.columns)]
    return share([text for text in top if text]) >= 0.5 and (grid.columns > 2 or is_attribute(corner))


def _are_names(cells: Sequence[GridCell]) -> bool:
    texts = [cell.text for cell in cells]
    colons = sum(text.endswith(_COLONS) for text in texts)
    return bool(texts) and all(texts) and (share(texts) >= 0.6 or colons >= 0.8 * len(texts))


def _reading(grid: Grid, names: Sequence[GridCell], rows: Sequence[tuple[str, ...]] = ()) -> TableReading:
    headings = (Heading(cell.text.rstrip(":： "), grid.box(cell), confidence(cell.items)) for cell in names)
    return TableReading(tuple(headings), tuple(rows))
