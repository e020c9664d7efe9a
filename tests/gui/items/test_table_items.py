"""What the headers of the table say, and the way from cell to cell."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt

from citegrid.core.messages import Message
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.gui.i18n import set_language
from citegrid.gui.items.table_items import TableFilter, TableItems


def table(rows: int = 2, status: Status = Status.SUPPORTED) -> Table:
    made = []
    for r in range(rows):
        work = Work(WorkKind.REFERENCE, f"r{r}", f"Title {r}", ("Gao, T.",), 2023, 1.0, (Message("not stated"),))
        made.append(Row(work, tuple(Cell(name, f"{name}{r}", status) for name in "ab")))
    return Table((Column("a"), Column("b")), tuple(made))


@pytest.fixture
def items(qapp: object) -> TableItems:
    made = TableItems()
    made.set_table(table())
    return made


def test_the_tip_of_a_row_is_in_the_language_of_the_window(items: TableItems) -> None:
    set_language("zh")
    tip = str(items.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole))
    assert tip.splitlines() == ["Title 0", "Gao, T.", "未提及"]


def test_cells_are_gone_through_round_the_end(items: TableItems) -> None:
    rows = TableFilter()
    rows.setSourceModel(items)
    places = [(i.row(), i.column()) for i in rows.cells_from(rows.index(0, 1), 1)]
    assert places == [(1, 0), (1, 1), (0, 0), (0, 1)]
    assert [(i.row(), i.column()) for i in rows.cells_from(rows.index(0, 1), -1)][:2] == [(0, 0), (1, 1)]
    assert next((i.row(), i.column()) for i in rows.cells_from(QModelIndex(), -1)) == (1, 1)


def test_a_table_without_cells_or_with_waiting_ones_is_not_checked(items: TableItems) -> None:
    items.set_table(table(0))
    assert not items.is_checked()
    items.set_table(table(2, Status.WAITING))
    assert not items.is_checked()
