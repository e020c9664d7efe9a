"""The table's view: rows as tall as their text, keys for checking, copying that Excel and Word understand."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from time import monotonic

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from citegrid.core.citation import cite_all
from citegrid.core.table import Cell
from citegrid.gui.i18n import language, tr
from citegrid.gui.items.cell_delegate import CellDelegate
from citegrid.gui.items.cell_layout import MIN_HEIGHT
from citegrid.gui.items.column_widths import needs_of, shared
from citegrid.gui.items.headers import ColumnHeader, WorkHeader
from citegrid.gui.items.table_items import CELL, TableFilter, TableItems
from citegrid.gui.status_style import rich_text
from citegrid.gui.widgets.hint import paint_hint
from citegrid.gui.widgets.passage_mime import from_mime

#: Rows that can be seen at once, and the height below which no row is cut for it (two lines).
ROWS_SEEN, LEAST_LIMIT = 4, 52
#: A change of the width that is more than that of a scroll bar, and the milliseconds until panes that are laid out anew lie still.
MUCH, LAID_OUT = 40, 200
#: The height from which a row is read, not glanced at (five lines).
TALL = 96
#: Excel then takes "3-5" for no date, "=x" for no formula, and leaves lines in their cell.
AS_TEXT, LINE_END = "style=\"mso-number-format:'\\@'\"", '<br style="mso-data-placement:same-cell">'
#: Milliseconds after the last new cell before the columns take its width.
SETTLE = 700
#: Milliseconds of measuring row heights before the window may breathe.
SLICE = 6
#: The wish that a key gives without Ctrl and Alt, and with Alt, with its values.
COMMANDS: dict[int, tuple[str, tuple[object, ...]]] = {
    Qt.Key.Key_A: ("verdict_requested", ("accept",)),
    Qt.Key.Key_R: ("verdict_requested", ("reject",)),
    Qt.Key.Key_Delete: ("verdict_requested", ("reject",)),
    Qt.Key.Key_N: ("verdict_requested", ("not stated",)),
    Qt.Key.Key_O: ("verdict_requested", ("open",)),
    Qt.Key.Key_J: ("next_requested", (1,)),
    Qt.Key.Key_Space: ("next_requested", (1,)),
    Qt.Key.Key_K: ("next_requested", (-1,)),
    Qt.Key.Key_Plus: ("wide_requested", ()),
    Qt.Key.Key_Equal: ("wide_requested", ()),
    Qt.Key.Key_D: ("doubt_requested", ()),
    Qt.Key.Key_P: ("pin_requested", ()),
    Qt.Key.Key_W: ("whole_requested", ()),
    Qt.Key.Key_BracketRight: ("evidence_stepped", (1,)),
    Qt.Key.Key_BracketLeft: ("evidence_stepped", (-1,)),
}
MOVES: dict[int, tuple[str, tuple[object, ...]]] = {
    Qt.Key.Key_Up: ("move_requested", (-1,)),
    Qt.Key.Key_Down: ("move_requested", (1,)),
}
EDIT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_E)


class TableView(QTableView):
    """The wishes of the keyboard: ``verdict_requested(name)``, ``next_requested``, ``evidence_stepped(by)``, and of the
    current row ``pin_requested`` and ``move_requested(by)``."""

    verdict_requested = Signal(str)
    next_requested = Signal(int)
    evidence_stepped = Signal(int)
    whole_requested = Signal()
    wide_requested = Signal()
    doubt_requested = Signal()
    pin_requested = Signal()
    move_requested = Signal(int)
    focused = Signal(bool)
    chip_clicked = Signal(QModelIndex, int)
    passage_dropped = Signal(QModelIndex, object)

    def __init__(self, items: TableItems, rows: TableFilter) -> None:
        super().__init__()
        self._items = items
        self.delegate = CellDelegate(self)
        self.setModel(rows)
        self.setItemDelegate(self.delegate)
        names = WorkHeader(self)
        self.setVerticalHeader(names)
        # They stay in view while their row does.
        self.verticalScrollBar().valueChanged.connect(lambda _: names.viewport().update())
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(28)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setCornerButtonEnabled(False)
        header = self._top = ColumnHeader(self)
        self.setHorizontalHeader(header)
        header.sectionResized.connect(lambda *_: self._dragged())
        header.sectionHandleDoubleClicked.connect(lambda _: self.spread_columns())
        self.whole = False
        self.hint = ""
        self._by_hand = self._spreading = False
        self._spread_over = 0
        self._names: list[str] = []
        self._queue: list[int] = []
        self._settle = QTimer(self)  # cells come one by one: the columns follow when they rest
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(lambda: None if self._by_hand else self.spread_columns())
        self._another_layout = QTimer(self)  # the cell that is worked on stays in view
        self._another_layout.setSingleShot(True)
        self._another_layout.setInterval(LAID_OUT)
        self._another_layout.timeout.connect(lambda: self.scrollTo(self.currentIndex()))
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._measure_some)
        rows.modelReset.connect(self._reset)
        rows.layoutChanged.connect(self._measure_soon)
        rows.rowsInserted.connect(lambda *_: self._measure_soon())
        rows.dataChanged.connect(self._cells_changed)
        self.delegate.chip_clicked.connect(self.chip_clicked)

    # -- sizes ---------------------------------------------------------------------------------------------------------

    def spread_columns(self) -> None:
        """Give each column the width of what stands in it, and share the room (see ``column_widths``); the table scrolls
        sideways where it is too narrow."""
        table, header = self._items.table, self._top
        count = len(table.columns)
        if not count:
            return
        self._spread_over = self.viewport().width()
        room = self._spread_over - 2
        names = [float(header.widest_word(i)) for i in range(count)]
        widths = shared(needs_of(table, names, QFontMetricsF(self.font())), room, self._is_read)
        self._spreading, self._by_hand = True, False
        for i, width in enumerate(widths):
            header.resizeSection(i, width)
        rest = room - sum(widths)
        if 0 < rest <= count:  # what rounding left over, so that the table ends where its view does
            header.resizeSection(count - 1, widths[-1] + rest)
        self._spreading = False
        self._top.fit()
        self._measure_soon()

    @property
    def _is_read(self) -> bool:
        """Whether rows are tall enough for more than a glance."""
        return self.whole or self.delegate.limit >= TALL

    @property
    def widths(self) -> dict[str, int]:
        """The widths that a person gave to columns, by their names; empty while they follow what stands in them."""
        names = [column.name for column in self._items.table.columns]
        return {name: self._top.sectionSize(i) for i, name in enumerate(names)} if self._by_hand else {}

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Give columns the widths that a person gave them before."""
        if not widths:
            return
        self._by_hand = True
        for i, column in enumerate(self._items.table.columns):
            self._top.resizeSection(i, widths.get(column.name, self._top.sectionSize(i)))

    def _reset(self) -> None:
        names = [column.name for column in self._items.table.columns]
        if names != self._names:  # widths that a person chose stay while the columns do
            self._names, self._by_hand = names, False
        self._limit_rows()
        if not self._by_hand:
            self.spread_columns()
        self._measure_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit_rows()
        # not the event's own widths: where spreading brings a scroll bar, the next event tells the same width twice
        grown = abs(self.viewport().width() - self._spread_over)
        if grown and not self._by_hand and not self._spreading:
            self.spread_columns()
            if grown > MUCH:
                self._another_layout.start()

    def show_whole(self, whole: bool) -> None:
        """Rows as tall as their text, or low enough that ROWS_SEEN of them are seen at once."""
        self.whole = whole
        self._limit_rows()
        self._another_layout.start()
        if not self._by_hand:
            self.spread_columns()

    def name_papers(self, on: bool) -> None:
        """Whether chips name their paper, because there are several."""
        if on != self.delegate.named:
            self.delegate.named = on
            self._measure_soon()
            self.viewport().update()

    def _limit_rows(self) -> None:
        seen = min(ROWS_SEEN, self.model().rowCount() or ROWS_SEEN)  # a few rows have the room of all
        limit = 0 if self.whole else max(LEAST_LIMIT, self.viewport().height() // seen - 1)
        if limit != self.delegate.limit:
            self.delegate.limit = limit
            self._measure_soon()

    def _dragged(self) -> None:
        """A column was made wider or narrower: by the mouse, unless we are at it."""
        if not self._spreading:
            self._by_hand = True
        self._measure_soon()

    def _measure_soon(self) -> None:
        first = max(0, self.rowAt(0))
        count = self.model().rowCount()
        self._queue = [*range(first, count), *range(first)]
        self._timer.start()

    def _cells_changed(self, top: QModelIndex, bottom: QModelIndex) -> None:
        if not self._by_hand:
            self._settle.start()
        self._queue[:0] = range(top.row(), bottom.row() + 1)
        self._timer.start()

    def _measure_some(self) -> None:
        """Measure rows for a few milliseconds, the visible ones first."""
        began = monotonic()
        model, font, header = self.model(), self.font(), self.horizontalHeader()
        widths = [header.sectionSize(i) - 1 for i in range(model.columnCount())]
        while self._queue:
            row = self._queue.pop(0)
            if row >= model.rowCount():
                continue
            cells = [model.index(row, i).data(CELL) for i in range(len(widths))]
            height = max(
                (self.delegate.height(c, w, font) for c, w in zip(cells, widths, strict=True)), default=int(MIN_HEIGHT)
            )
            if self.rowHeight(row) != height + 1:
                self.setRowHeight(row, height + 1)
            if (monotonic() - began) * 1000 > SLICE:
                return
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hint and not self.model().rowCount():
            paint_hint(self, self.hint)

    # -- keys and mouse ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif not (self._command(event) or self._edit_key(event)):
            super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> bool:
        """Give the wish of a key, if it is one of COMMANDS; arrows are only with Alt, letters only without Alt and Ctrl."""
        held = event.modifiers()
        alt = bool(held & Qt.KeyboardModifier.AltModifier)
        plain = not alt and not held & Qt.KeyboardModifier.ControlModifier
        commands = COMMANDS if plain else MOVES if alt else {}
        if event.key() not in commands:
            return False
        signal, values = commands[Qt.Key(event.key())]
        getattr(self, signal).emit(*values)
        return True

    def _edit_key(self, event: QKeyEvent) -> bool:
        """Open the editor of the current cell where the key asks for it."""
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if not plain or event.key() not in EDIT_KEYS or not self.currentIndex().isValid():
            return False
        self.begin_edit(self.currentIndex())
        return True

    def event(self, event: QEvent) -> bool:
        """The menu that is asked for by keyboard is that of the current cell; Qt takes the headers' room off its place."""
        keyboard = QContextMenuEvent.Reason.Keyboard
        if isinstance(event, QContextMenuEvent) and event.reason() is keyboard and self.currentIndex().isValid():
            self.customContextMenuRequested.emit(self.visualRect(self.currentIndex()).center())
            return True
        return super().event(event)

    def begin_edit(self, index: QModelIndex) -> None:
        """Open the editor of a cell, unless one is open."""
        if index.isValid() and self.state() != QAbstractItemView.State.EditingState:
            self.edit(index, QAbstractItemView.EditTrigger.AllEditTriggers, QEvent(QEvent.Type.None_))  # never warns

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if from_mime(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if from_mime(event.mimeData()) is not None and self.indexAt(event.position().toPoint()).isValid():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        index, passage = self.indexAt(event.position().toPoint()), from_mime(event.mimeData())
        if index.isValid() and passage is not None:
            event.acceptProposedAction()
            self.setCurrentIndex(index)
            self.passage_dropped.emit(index, passage)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        over = False
        if index.isValid():
            rect = self.visualRect(index)
            cell: Cell = index.data(CELL)
            over = (
                self.delegate.chip_at(cell, rect.width(), self.font(), event.position().toPoint() - rect.topLeft()) >= 0
            )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def copy(self) -> None:
        """Put the selected cells on the clipboard: as a table with its citations (HTML), and as bare text with tabs."""
        chosen = self.selectedIndexes()
        if not chosen:
            return
        rows, columns = sorted({i.row() for i in chosen}), sorted({i.column() for i in chosen})
        held = {(i.row(), i.column()): i for i in chosen}
        grid = [[held.get((row, column)) for column in columns] for row in rows]
        plain, rich = ([list(map(form, line)) for line in grid] for form in (_plain, _rich))
        if len(rows) > 1:
            names = [str(self.model().headerData(c, Qt.Orientation.Horizontal) or "") for c in columns]
            plain.insert(0, [" ".join(name.split()) for name in names])
            rich.insert(0, [f"<b>{html.escape(name)}</b>" for name in names])
        data = QMimeData()
        data.setText("\n".join(map("\t".join, plain)))
        data.setHtml(_html_table(rich))
        QApplication.clipboard().setMimeData(data)

    def retranslate(self) -> None:
        """Words inside cells and chips change with the language."""
        self.setAccessibleName(tr("The table"))
        self._measure_soon()
        self.viewport().update()


def _html_table(lines: Sequence[Sequence[str]]) -> str:
    """Rows of HTML as a table that Excel and Word paste as one."""
    rows = ("".join(f"<td {AS_TEXT}>{text}</td>" for text in line) for line in lines)
    return f'<meta charset="utf-8"><table border="1">{"".join(f"<tr>{row}</tr>" for row in rows)}</table>'


def _plain(index: QModelIndex | None) -> str:
    """The text of a cell on one line; empty for one that is not chosen."""
    return " ".join(str(index.data() or "").split()) if index is not None else ""


def _rich(index: QModelIndex | None) -> str:
    """The text of a cell with its citations, for Excel and Word."""
    cell: Cell | None = index.data(CELL) if index is not None else None
    text = str(index.data() or "") if index is not None else ""
    made = rich_text(text, cite_all(cell.evidence, language()) if cell is not None else "", " ")
    return made.replace("\n", LINE_END)
