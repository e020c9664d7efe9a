"""Columns that the papers of a table hardly answer: said once, instead of fillers in their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citegrid.core.messages import Message
from citegrid.core.table import Cell, Row, Status, Table, Verdict
from citegrid.pipeline.cells.columns.bibliographic import fields_of

#: Rows from which on a column that few of them answer says something, and the share of them that are few.
ENOUGH_ROWS, FEW = 4, 0.2


def hardly_answered(table: Table) -> tuple[Message, ...]:
    """A sentence for each column that was asked of all rows and that few or none of them answer, in the table's order."""
    return tuple(_hardly(table.rows)) if len(table.rows) >= ENOUGH_ROWS else ()


def _hardly(rows: Sequence[Row]) -> Iterator[Message]:
    """The sentences on the columns that few of ``rows`` answer."""
    for cells in zip(*(row.cells for row in rows), strict=True):
        answering = [number for number, cell in enumerate(cells, 1) if _answers(cell)]
        if _is_asked(cells) and len(answering) <= FEW * len(rows):
            yield _sentence(cells[0].column, answering)


def _is_asked(cells: Sequence[Cell]) -> bool:
    """Whether a column is of what papers say, and every row was asked."""
    return not fields_of(cells[0].column) and not any(c.status in (Status.WAITING, Status.FAILED) for c in cells)


def _answers(cell: Cell) -> bool:
    """Whether a cell says something that nobody rejected."""
    return bool(cell.text) and cell.status is not Status.NOT_STATED and cell.verdict is not Verdict.REJECTED


def _sentence(column: str, answering: Sequence[int]) -> Message:
    """What is said of a column that only the rows ``answering`` answer."""
    if not answering:
        return Message("“{column}” was found for no row: look in the papers, or leave the column out", column=column)
    rows = ", ".join(map(str, answering))
    return Message(
        "“{column}” was found for no other row than {rows}: look in the papers, or leave the column out",
        rows=rows,
        column=column,
    )
