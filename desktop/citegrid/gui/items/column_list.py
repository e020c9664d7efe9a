"""The list of columns: number, name, and what is asked for; renamed in place, moved by dragging or Alt+arrows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QDropEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QWidget,
)
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from citegrid.core.table import AnswerType, Column
from citegrid.gui import theme
from citegrid.gui.i18n import tr
from citegrid.gui.widgets.picture_view import DOUBT

COLUMN = Qt.ItemDataRole.UserRole
PLACE = Qt.ItemDataRole.UserRole + 1
#: What the answer types are called.
TYPE_WORDS = {
    AnswerType.TEXT: "Text",
    AnswerType.NUMBER: "Number",
    AnswerType.YEAR: "Year",
    AnswerType.LIST: "List",
    AnswerType.YES_NO: "Yes or no",
}
BADGE = 34

Index = QModelIndex | QPersistentModelIndex


class _ColumnDelegate(QStyledItemDelegate):
    """Number and name; below them, where something was asked for, the answer type and the instruction."""

    def sizeHint(self, option: Option, index: Index) -> QSize:
        lines = 2 if _wishes(index.data(COLUMN)) else 1
        return QSize(120, option.fontMetrics.height() * lines + 12)

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        colours, column = theme.current(), index.data(COLUMN)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(colours.raised))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), QColor(colours.accent))
        area = option.rect.adjusted(8, 6, -8, -6)
        height = option.fontMetrics.height()
        painter.setPen(QColor(colours.dim))
        number = QRect(area.left(), area.top(), BADGE - 16, height)
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(index.row() + 1))
        room = QRect(area.left() + BADGE - 8, area.top(), area.width() - BADGE + 8, height)
        if column.confidence < DOUBT:
            side = min(16, height)
            pixmap = theme.tinted("warning", colours.fuzzy, side, painter.device().devicePixelRatioF())
            painter.drawPixmap(room.right() - side, room.top() + (height - side) // 2, pixmap)
            room.setRight(room.right() - side - 4)
        painter.setPen(QColor(colours.text))
        _elided(painter, room, column.name)
        if wishes := _wishes(column):
            small = QFont(option.font)
            small.setPointSizeF(small.pointSizeF() * 0.9)
            painter.setFont(small)
            painter.setPen(QColor(colours.accent))
            _elided(painter, QRect(room.left(), room.top() + height, area.right() - room.left(), height), wishes)
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: Option, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(BADGE - 8, 0, 0, 0))


#: Keys of the commands, with their modifiers.
KEYS = {
    (Qt.Key.Key_Delete, 0): "remove",
    (Qt.Key.Key_Insert, 0): "add",
    (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier.value): "up",
    (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier.value): "down",
    (Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier.value): "merge",
    (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier.value): "split",
    (Qt.Key.Key_Return, 0): "open",
    (Qt.Key.Key_Enter, 0): "open",
}


class ColumnList(QListWidget):
    """Wishes: ``renamed(place, name)``, ``reordered(places)``, and the keys of the commands by name (``key_pressed``)."""

    renamed = Signal(int, str)
    reordered = Signal(object)
    key_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setItemDelegate(_ColumnDelegate(self))
        self._filling = False
        self.itemChanged.connect(self._changed)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """List ``columns``; what was chosen stays chosen, by place."""
        chosen, current = self.chosen(), self.currentRow()
        self._filling = True
        self.clear()
        for place, column in enumerate(columns):
            item = QListWidgetItem(column.name)
            item.setFlags((item.flags() | Qt.ItemFlag.ItemIsEditable) & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setData(COLUMN, column)
            item.setData(PLACE, place)
            item.setToolTip(_tip(column))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{place + 1}: {column.name}. {_wishes(column)}".strip())
            self.addItem(item)
        self._filling = False
        self.choose([p for p in chosen if p < len(columns)], min(current, len(columns) - 1))

    def chosen(self) -> list[int]:
        """The places that are chosen, in order."""
        return sorted(index.row() for index in self.selectedIndexes())

    def choose(self, places: Collection[int], current: int | None = None) -> None:
        """Choose ``places``; ``current`` (the first of them otherwise) is the one whose details are shown."""
        current = current if current is not None else min(places, default=-1)
        self.setCurrentRow(current, QItemSelectionModel.SelectionFlag.Clear)
        for place in places:
            self.item(place).setSelected(True)

    def _changed(self, item: QListWidgetItem) -> None:
        if not self._filling:
            self.renamed.emit(self.row(item), item.text())

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.emit_order()

    def emit_order(self) -> None:
        """Wish for the order in which the entries lie now; later, for Qt is not done with the drop yet."""
        places = [self.item(i).data(PLACE) for i in range(self.count())]
        if places != sorted(places):
            QTimer.singleShot(0, self, lambda: self.reordered.emit(places))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = command_of(event)
        if name and self.state() != QAbstractItemView.State.EditingState:
            self.key_pressed.emit(name)
            return
        super().keyPressEvent(event)


def command_of(event: QKeyEvent) -> str:
    """The command that a key gives; empty for other keys."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return KEYS.get((Qt.Key(event.key()), modifiers.value), "")


def _wishes(column: Column) -> str:
    """The answer type and the instruction in a line; empty for plain text."""
    kind = tr(TYPE_WORDS[column.answer_type]) if column.answer_type is not AnswerType.TEXT else ""
    return " · ".join(filter(None, (kind, " ".join(column.instruction.split()))))


def _tip(column: Column) -> str:
    doubt = tr("Read with doubt; please compare it with the picture.") if column.confidence < DOUBT else ""
    return "\n".join(filter(None, (column.name, _wishes(column), doubt)))


def _elided(painter: QPainter, room: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
