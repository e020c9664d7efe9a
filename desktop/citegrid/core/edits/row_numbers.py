"""Columns that count the rows of a table ("序号", "No."): 1, 2, 3 … in the order of the table, whatever is done to its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from citegrid.core.language import lexicon
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict


def counts_rows(column: Column) -> bool:
    """Whether ``column`` is the number of its row."""
    return lexicon.compiled("columns", "field_number").fullmatch(column.name.strip()) is not None


def numbered(table: Table) -> Table:
    """``table`` with each row's number in the columns that count rows; what a person wrote there stays.  The same table
    where nothing is to be counted or all is right."""
    counting = frozenset(column.name for column in table.columns if counts_rows(column))
    if not counting:
        return table
    rows = tuple(_numbered(row, str(number), counting) for number, row in enumerate(table.rows, 1))
    return table if rows == table.rows else replace(table, rows=rows)


def _numbered(row: Row, number: str, counting: Iterable[str]) -> Row:
    """A row with its number in the cells of ``counting``."""
    return replace(row, cells=tuple(_counted(cell, number) if cell.column in counting else cell for cell in row.cells))


def _counted(cell: Cell, number: str) -> Cell:
    """A cell that says ``number``, unless a person wrote something else there."""
    if cell.verdict is not Verdict.OPEN:
        return cell
    return Cell(cell.column, number, Status.LINK)
