"""The menus of the table: of a cell, of a row and of a column."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from citegrid.core.table import Cell, Row
from citegrid.gui.i18n import tr
from citegrid.gui.items.table_items import CELL, ROW, TableFilter, TableItems
from citegrid.gui.items.table_view import TableView
from citegrid.gui.theme import icon
from citegrid.gui.widgets.elided_label import beginning


class TableMenus(QObject):
    """Opens the menus at a place of the view or of its headers; what is chosen in them are its signals."""

    judged = Signal(str)
    edit_requested = Signal(str, str, str)
    again_requested = Signal(object)
    pin_requested = Signal(object, bool)
    drop_requested = Signal(str)
    move_requested = Signal(str, int)
    sort_requested = Signal(int, object)
    status_sort_requested = Signal(int)
    hint_requested = Signal(object)
    value_requested = Signal(int, str)

    def __init__(self, view: TableView, items: TableItems, rows: TableFilter) -> None:
        super().__init__(view)
        self._view, self._items, self._rows = view, items, rows

    def for_cell(self, place: QPoint) -> None:
        """What can be done with a cell, its row and its column."""
        index = self._view.indexAt(place)
        if not index.isValid():
            return
        row, cell = index.data(ROW), index.data(CELL)
        menu = self._menu()
        menu.addAction(icon("accept"), tr("Accept") + "\tA", lambda: self.judged.emit("accept"))
        menu.addAction(icon("edit"), tr("Edit") + "\tE", lambda: self._view.begin_edit(index))
        menu.addAction(icon("reject"), tr("Reject") + "\tR", lambda: self.judged.emit("reject"))
        menu.addAction(icon("not-stated"), tr("Mark as not stated") + "\tN", lambda: self.judged.emit("not stated"))
        menu.addAction(icon("undo"), tr("Open again") + "\tO", lambda: self.judged.emit("open"))
        if cell.draft and cell.draft != cell.text:
            menu.addSeparator()
            words = tr("Take the other text: {text}", text=beginning(cell.draft, 50).replace("&", "&&"))
            menu.addAction(
                icon("refresh"), words, lambda: self.edit_requested.emit(row.work.id, cell.column, cell.draft)
            )
        menu.addSeparator()
        menu.addAction(icon("copy"), tr("Copy"), self._view.copy)
        chosen = [(i.data(ROW).work.id, i.data(CELL).column) for i in self._view.selectedIndexes()]
        menu.addAction(icon("refresh"), tr("Ask again"), lambda: self.again_requested.emit(chosen))
        menu.addAction(icon("edit"), tr("Ask again with a hint…"), lambda: self.hint_requested.emit(chosen))
        menu.addAction(icon("refresh"), tr("Ask the row again"), lambda: self._ask_row(row))
        menu.addSeparator()
        self._add_value(menu, cell, index.column())
        self._row_actions(menu, row)
        column = menu.addMenu(cell.column.replace("&", "&&"))
        self._column_actions(column, index.column())
        menu.popup(self._view.viewport().mapToGlobal(place))

    def for_row(self, place: QPoint) -> None:
        """What can be done with a row."""
        header = self._view.verticalHeader()
        section = header.logicalIndexAt(place)
        index = self._rows.index(section, 0)
        if not index.isValid():
            return
        row: Row = index.data(ROW)
        at = self._rows.mapToSource(index).row()
        menu = self._menu()
        up = menu.addAction(
            icon("up"), tr("Move up") + "\tAlt+↑", lambda: self.move_requested.emit(row.work.id, at - 1)
        )
        up.setEnabled(at > 0)
        down = menu.addAction(
            icon("down"), tr("Move down") + "\tAlt+↓", lambda: self.move_requested.emit(row.work.id, at + 1)
        )
        down.setEnabled(at < self._items.rowCount() - 1)
        menu.addAction(icon("refresh"), tr("Ask the row again"), lambda: self._ask_row(row))
        menu.addSeparator()
        self._row_actions(menu, row)
        menu.popup(header.viewport().mapToGlobal(place))

    def _add_value(self, menu: QMenu, cell: Cell, column: int) -> None:
        """Show only the rows that say the same here, or all of them again."""
        if self._rows.value:
            menu.addAction(icon("filter"), tr("Show all rows again"), lambda: self.value_requested.emit(-1, ""))
        elif cell.text:
            words = tr("Only rows that say “{text}” here", text=beginning(cell.text, 30).replace("&", "&&"))
            menu.addAction(icon("filter"), words, lambda: self.value_requested.emit(column, cell.text))

    def _ask_row(self, row: Row) -> None:
        self.again_requested.emit([(row.work.id, column.name) for column in self._items.table.columns])

    def _row_actions(self, menu: QMenu, row: Row) -> None:
        words = tr("Unpin the row") if row.pinned else tr("Pin the row")
        pin = lambda: self.pin_requested.emit((row.work.id,), not row.pinned)  # noqa: E731
        menu.addAction(icon("pin"), f"{words}\tP", pin)
        menu.addAction(icon("drop"), tr("Remove the row"), lambda: self.drop_requested.emit(row.work.id))

    def for_column(self, place: QPoint) -> None:
        """What can be done with a column."""
        header = self._view.horizontalHeader()
        section = header.logicalIndexAt(place)
        if section < 0:
            return
        menu = self._menu()
        self._column_actions(menu, section)
        menu.popup(header.viewport().mapToGlobal(place))

    def _column_actions(self, menu: QMenu, section: int) -> None:
        name = self._items.table.columns[section].name
        ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        menu.addAction(icon("down"), tr("Sort from A to Z"), lambda: self.sort_requested.emit(section, ascending))
        menu.addAction(icon("up"), tr("Sort from Z to A"), lambda: self.sort_requested.emit(section, descending))
        menu.addAction(icon("to-check"), tr("Sort by status"), lambda: self.status_sort_requested.emit(section))
        menu.addAction(icon("sort"), tr("Order of the table"), lambda: self.sort_requested.emit(-1, ascending))
        menu.addSeparator()
        names = [(row.work.id, name) for row in self._items.table.rows]
        menu.addAction(icon("refresh"), tr("Ask the column again"), lambda: self.again_requested.emit(names))
        menu.addAction(icon("fit-width"), tr("Spread the columns"), self._view.spread_columns)

    def _menu(self) -> QMenu:
        menu = QMenu(self._view)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu
