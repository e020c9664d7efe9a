"""The table pane: the table as an editor, with its filter and the count of what is checked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from citegrid.core.table import Cell, Row, Table
from citegrid.gui.i18n import tr
from citegrid.gui.items.table_items import CELL, FILTERS, ROW, TableFilter, TableItems, passes
from citegrid.gui.items.table_menus import TableMenus
from citegrid.gui.items.table_view import TableView
from citegrid.gui.status_style import checked_words, needs_check
from citegrid.gui.widgets.inputs import Choice
from citegrid.gui.widgets.pane import Pane

FILTER_WORDS = {
    "all": "All cells",
    "to check": "To be checked",
    "doubtful": "Doubtful",
    "translation": "Translations to be checked",
    "supported": "Supported",
    "not stated": "Not stated",
    "waiting": "Not filled yet",
    "decided": "Decided by you",
}
#: Shown at the foot while the table has the keyboard.
KEYS = (
    "A accept · R reject · N not stated · E edit · J K next, previous · D next doubt · [ ] quotes · + more · W all text"
)


class TablePane(Pane):
    """Wishes: evidence of a cell shown, a verdict, an edit, a row pinned, dropped or moved, cells asked again."""

    cell_chosen = Signal(object, object, int)
    verdict_requested = Signal(str, str, str)
    edit_requested = Signal(str, str, str)
    pin_requested = Signal(object, bool)
    drop_requested = Signal(str)
    move_requested = Signal(str, int)
    again_requested = Signal(object)
    hint_requested = Signal(object)
    passage_requested = Signal(str, str, object)
    wide_requested = Signal()
    all_checked = Signal(int)
    keys_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__("Table")
        self.items = TableItems(self)
        self.rows = TableFilter(self)
        self.rows.setSourceModel(self.items)
        self.view = TableView(self.items, self.rows)
        self.menus = TableMenus(self.view, self.items, self.rows)
        self._evidence = -1
        self._ready = self._has_paper = False
        self._make_bar()
        self._make_body()
        self._connect_view()
        self._connect_headers()
        self._connect_menus()
        self.items.edit_requested.connect(self.edit_requested)
        self.setEnabledTools(False)

    def _make_bar(self) -> None:
        """Counts at the left, then the tools for checking, how cells are shown, and the filter."""
        row = self.bar.row
        self.shape = QLabel()
        self.shape.setObjectName("dim")
        self.checked = QLabel()
        row.addWidget(self.shape)
        row.addStretch(1)
        row.addWidget(self.checked)
        self.bar.gap(4)
        self._add_check_tools()
        self.bar.gap()
        self.whole = self.tool("whole-text", "Show the whole text of every cell (W)", checkable=True)
        self.whole.toggled.connect(self.view.show_whole)
        row.addWidget(self.whole)
        self.bar.gap(4)
        self.filter = Choice()
        for kind in FILTERS:
            self.filter.addItem("", kind)
        self.filter.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.filter.currentIndexChanged.connect(self._filter)
        row.addWidget(self.filter)
        self.bar.may_fold(self.shape, self.checked, self.whole, *reversed(self._decide))

    def _add_check_tools(self) -> None:
        row = self.bar.row
        row.addWidget(self.tool("previous", "Previous cell to check (K)", lambda: self.step(-1)))
        row.addWidget(self.tool("next", "Next cell to check (J)", lambda: self.step(1)))
        self.accept_button = self.tool("accept", "Accept the cell (A)", lambda: self.judge("accept"))
        self.edit_button = self.tool(
            "edit", "Edit the cell (Enter)", lambda: self.view.begin_edit(self.view.currentIndex())
        )
        self.reject_button = self.tool("reject", "Reject the cell (R)", lambda: self.judge("reject"))
        self.nothing_button = self.tool(
            "not-stated", "Say that the paper does not state it (N)", lambda: self.judge("not stated")
        )
        self._decide = (self.accept_button, self.edit_button, self.reject_button, self.nothing_button)
        for button in self._decide:
            row.addWidget(button)

    def _make_body(self) -> None:
        """The table, or a sentence where it is empty."""
        self.empty = QLabel()
        self.empty.setObjectName("dim")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setMargin(24)
        stack = QWidget()
        self.stack = QStackedLayout(stack)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.view)
        self.body.addWidget(stack, 1)

    def _connect_view(self) -> None:
        view = self.view
        view.chip_clicked.connect(self._chip)
        view.passage_dropped.connect(
            lambda index, passage: self.passage_requested.emit(
                index.data(ROW).work.id, index.data(CELL).column, passage
            )
        )
        view.verdict_requested.connect(self.judge)
        view.next_requested.connect(self.step)
        view.evidence_stepped.connect(self.step_evidence)
        view.wide_requested.connect(self.wide_requested)
        view.whole_requested.connect(self.whole.toggle)
        view.pin_requested.connect(self._pin_chosen)
        view.move_requested.connect(self._move_current)
        view.doubt_requested.connect(lambda: self.step(1, doubtful=True))
        view.focused.connect(lambda on: self.keys_changed.emit(tr(KEYS) if on and self.items.rowCount() else ""))
        view.selectionModel().currentChanged.connect(lambda index: self._choose(index, -1))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self.menus.for_cell)

    def _connect_menus(self) -> None:
        menus = self.menus
        menus.judged.connect(self.judge)
        menus.sort_requested.connect(self.sort)
        menus.status_sort_requested.connect(lambda at: self.sort(at, Qt.SortOrder.AscendingOrder, status=True))
        menus.value_requested.connect(self._only_value)
        menus.hint_requested.connect(self.hint_requested)
        for wish, mine in (
            (menus.edit_requested, self.edit_requested),
            (menus.again_requested, self.again_requested),
            (menus.pin_requested, self.pin_requested),
            (menus.drop_requested, self.drop_requested),
            (menus.move_requested, self.move_requested),
        ):
            wish.connect(mine)

    def _connect_headers(self) -> None:
        """Rows can be dragged; rows and columns have menus."""
        side, top = self.view.verticalHeader(), self.view.horizontalHeader()
        for header, menu in ((side, self.menus.for_row), (top, self.menus.for_column)):
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            header.customContextMenuRequested.connect(menu)
        side.setSectionsMovable(True)
        side.sectionMoved.connect(self._row_dragged)
        top.setSectionsClickable(True)

    def forget(self) -> None:
        self._evidence = -1
        self.view.delegate.active = None
        self.filter.setCurrentIndex(0)
        self.rows.set_value(-1, "")
        self.sort(-1, Qt.SortOrder.AscendingOrder)
        self.view.clearSelection()
        self.view.setCurrentIndex(QModelIndex())

    # -- what is shown -------------------------------------------------------------------------------------------------

    def set_table(self, table: Table, changed: Iterable[tuple[str, str]] | None = None) -> None:
        """Show a table; with ``changed`` only those cells are refreshed and nothing moves."""
        if changed is not None and self._same_shape(table):
            self.items.set_cells(table, changed)
        else:
            here = self.current()
            self.items.set_table(table)
            if here is not None:
                self.choose(here[0].work.id, here[1].column)
        self.stack.setCurrentIndex(1 if table.columns else 0)
        self._count()
        here = self.current()
        if here is not None and changed is not None and (here[0].work.id, here[1].column) in set(changed):
            self._choose(self.view.currentIndex(), self._evidence)

    def _same_shape(self, table: Table) -> bool:
        mine = self.items.table
        return [c.name for c in mine.columns] == [c.name for c in table.columns] and [r.work.id for r in mine.rows] == [
            r.work.id for r in table.rows
        ]

    def _count(self) -> None:
        table = self.items.table
        words = tr("{rows} rows × {columns} columns", rows=len(table.rows), columns=len(table.columns))
        if self.rows.value:
            words = tr("{shown} of {rows} rows shown", shown=self.rows.rowCount(), rows=len(table.rows))
        self.shape.setText(words if table.columns else "")
        self.checked.setText(checked_words([cell for row in table.rows for cell in row.cells]))
        self._say_next()

    def set_ready(self, ready: bool, has_paper: bool = False) -> None:
        """Whether the table could be filled now, or there is a paper that is still read; an empty table names the next step."""
        self._ready, self._has_paper = ready, has_paper
        self._say_next()

    def _say_next(self) -> None:
        if self.items.rowCount():
            hint = tr("No row has such a cell. Choose “All cells” to see every row.")
        elif self._ready:
            hint = tr("The columns are here. Press “Fill” (Ctrl+Return): the rows and their proofs appear one by one.")
        elif self._has_paper:
            hint = tr("The columns are here. The table can be filled when the paper has been read.")
        else:
            hint = tr("The columns are here. Open the paper next; then the table can be filled.")
        if hint != self.view.hint:
            self.view.hint = hint
            self.view.viewport().update()

    def place(self) -> tuple[str, str] | None:
        """The work and the column of the current cell."""
        here = self.current()
        return (here[0].work.id, here[1].column) if here is not None else None

    def current(self) -> tuple[Row, Cell] | None:
        """The row and the cell the person is at."""
        index = self.view.currentIndex()
        return (index.data(ROW), index.data(CELL)) if index.isValid() else None

    def choose(self, work_id: str, column: str) -> None:
        """Make a cell the current one, without telling that it was chosen again."""
        table = self.items.table
        for r, row in enumerate(table.rows):
            for c, one in enumerate(table.columns):
                if row.work.id == work_id and one.name == column:
                    index = self.rows.mapFromSource(self.items.index(r, c))
                    if index.isValid():
                        self.view.setCurrentIndex(index)
                    return

    def setEnabledTools(self, on: bool) -> None:
        """Tools that need a current cell."""
        for button in self._decide:
            button.setEnabled(on)

    # -- checking ------------------------------------------------------------------------------------------------------

    def step(self, by: int = 1, doubtful: bool = False) -> None:
        """Go to the next (or previous) cell that nobody has decided on, row by row, round the end; only to such as are
        in doubt with ``doubtful``."""
        chosen = self.view.selectionModel().hasSelection()  # a cell that merely got the keyboard was not looked at
        for candidate in self.rows.cells_from(self.view.currentIndex() if chosen else QModelIndex(), by):
            cell = candidate.data(CELL)
            if needs_check(cell) and (not doubtful or passes(cell, "doubtful")):
                self.view.setFocus()
                self.view.selectionModel().setCurrentIndex(candidate, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.view.scrollTo(candidate)
                return
        if self.items.is_checked():
            self.all_checked.emit(self.items.rowCount() * self.items.columnCount())

    def step_evidence(self, by: int) -> None:
        """Show the next or previous evidence of the current cell."""
        here = self.current()
        if here is not None and here[1].evidence:
            self._choose(self.view.currentIndex(), (max(0, self._evidence) + by) % len(here[1].evidence))

    def _choose(self, index: QModelIndex, evidence: int) -> None:
        self.setEnabledTools(index.isValid())
        if not index.isValid():
            return
        row, cell = index.data(ROW), index.data(CELL)
        self._evidence = evidence if evidence >= 0 else 0
        self.view.delegate.active = (cell, self._evidence) if cell.evidence else None
        self.view.viewport().update()
        self.cell_chosen.emit(row, cell, self._evidence)

    def _chip(self, index: QModelIndex, evidence: int) -> None:
        self.view.setCurrentIndex(index)
        self._choose(index, evidence)

    def judge(self, verdict: str) -> None:
        """A verdict on the chosen cells; one alone is followed by the next to check."""
        chosen = self.view.selectedIndexes() or [self.view.currentIndex()]
        wishes = [(i.data(ROW).work.id, i.data(CELL).column) for i in chosen if i.isValid()]
        for work_id, column in wishes:
            self.verdict_requested.emit(work_id, column, verdict)
        if verdict in ("accept", "reject", "not stated") and len(wishes) == 1:
            self.step(1)

    # -- rows ---------------------------------------------------------------------------------------------------------

    def _pin_chosen(self) -> None:
        """Pin the rows of the chosen cells; let them go when all of them are pinned."""
        chosen = self.view.selectedIndexes() or [self.view.currentIndex()]
        rows = {row.work.id: row for i in chosen if i.isValid() and isinstance(row := i.data(ROW), Row)}
        if rows:
            self.pin_requested.emit(tuple(rows), not all(row.pinned for row in rows.values()))

    def _move_current(self, by: int) -> None:
        """Move the current row up or down in the table; nothing while the rows are sorted or filtered otherwise."""
        index = self.view.currentIndex()
        if not index.isValid() or not self._in_order():
            return
        to = self.rows.mapToSource(index).row() + by
        if 0 <= to < self.items.rowCount():
            self.move_requested.emit(index.data(ROW).work.id, to)

    def _row_dragged(self, section: int, old: int, new: int) -> None:
        """A row was dragged by its header: the table itself is to change, so the header takes its own move back."""
        header, row = self.view.verticalHeader(), self.rows.index(section, 0).data(ROW)
        with QSignalBlocker(header):
            header.moveSection(new, old)
        if isinstance(row, Row):
            # behind the header's own handling of the mouse
            QTimer.singleShot(0, self, lambda: self.move_requested.emit(row.work.id, new))

    def sort(self, column: int, order: Qt.SortOrder, *, status: bool = False) -> None:
        """Show the rows by what stands in a column, or by its ``status``; -1: as they stand in the table."""
        self.rows.sort_by(column, order, status=status)
        self.view.horizontalHeader().setSortIndicatorShown(column >= 0)
        if column >= 0:
            self.view.horizontalHeader().setSortIndicator(column, order)
        self._allow_dragging()

    def _filter(self) -> None:
        kind = str(self.filter.currentData())
        self.view.delegate.filter_kind = kind
        self.rows.set_kind(kind)
        self._allow_dragging()
        self.view.viewport().update()

    def _only_value(self, column: int, text: str) -> None:
        self.rows.set_value(column, text)
        self._allow_dragging()
        self._count()

    def _in_order(self) -> bool:
        """Whether all rows are shown as they stand in the table."""
        return self.rows.sortColumn() < 0 and self.rows.kind == "all" and not self.rows.value

    def _allow_dragging(self) -> None:
        self.view.verticalHeader().setSectionsMovable(self._in_order())

    def retranslate(self) -> None:
        super().retranslate()
        for i, kind in enumerate(FILTERS):
            self.filter.setItemText(i, tr(FILTER_WORDS[kind]))
        self.filter.setToolTip(tr("Which rows to show"))
        self.filter.setAccessibleName(tr("Which rows to show"))
        self.empty.setText(tr("The table appears here: open a picture of it, or add columns in the picture pane."))
        self.view.retranslate()
        self._count()
