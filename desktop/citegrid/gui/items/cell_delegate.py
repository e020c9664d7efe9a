"""Paints a cell: its sign, its wrapped text, its citation chips; and finds the chip under the mouse."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QPlainTextEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from citegrid.core.table import Cell, Status, Verdict
from citegrid.gui import theme
from citegrid.gui.i18n import language
from citegrid.gui.items.cell_layout import LEFT, MAX_HEIGHT, PAD, SECOND_SIGN, SIGN, CellLayout, chip_font, lay_out
from citegrid.gui.items.table_items import CELL, passes
from citegrid.gui.status_style import BETWEEN, TO_CHECK, Mark, cell_mark

KEPT = 4000

Index = QModelIndex | QPersistentModelIndex


def fitted(label: str, width: float, metrics: QFontMetricsF) -> str:
    """A chip's label cut to ``width``: of the name of its source, in its middle, and never of the place."""
    name, between, place = label.rpartition(BETWEEN)
    room = width - metrics.horizontalAdvance(between + place)
    if not name:
        return metrics.elidedText(label, Qt.TextElideMode.ElideRight, width)
    return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room) + between + place


class CellEditor(QPlainTextEdit):
    """Edits a cell in place; Enter takes the text, Shift+Enter begins a new line, Esc gives up."""

    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.done.emit()
        else:
            super().keyPressEvent(event)


class CellDelegate(QStyledItemDelegate):
    """``chip_clicked(index, evidence)`` tells which citation of which cell was clicked."""

    chip_clicked = Signal(QModelIndex, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[tuple[int, int, str, str, int, bool, bool], CellLayout] = OrderedDict()
        #: The height that rows may have, so that several are seen at once; 0: as tall as their text.
        self.limit = 0
        #: Whether chips name their paper as well, because there are several.
        self.named = False
        self.filter_kind = "all"
        self.hovered: tuple[QPersistentModelIndex, int] | None = None
        self.active: tuple[Cell, int] | None = None

    def layout_of(self, cell: Cell, width: int, font: QFont) -> CellLayout:
        """The layout, kept while the cell is the same object."""
        key = (id(cell), width, font.key(), language(), self.limit, self.named, theme.current().dark)
        known = self._kept.get(key)
        if known is not None and known.cell is cell:
            self._kept.move_to_end(key)
            return known
        made = lay_out(cell, width, font, self.limit, self.named)
        self._kept[key] = made
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return made

    def height(self, cell: Cell, width: int, font: QFont) -> int:
        """How tall a cell wants to be."""
        return round(min(MAX_HEIGHT, self.layout_of(cell, width, font).height))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = index.data(CELL)
        width = option.rect.width() or 160
        return QSize(width, self.height(cell, width, option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.current()
        cell: Cell = index.data(CELL)
        laid = self.layout_of(cell, option.rect.width(), option.font)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corner = QPointF(option.rect.topLeft())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, QColor(colours.selection))
        elif cell.status in (Status.UNSUPPORTED, Status.FAILED) and cell.verdict is Verdict.OPEN:
            wash = QColor(colours.unsupported)
            wash.setAlpha(18)
            painter.fillRect(option.rect, wash)
        if not passes(cell, self.filter_kind):
            painter.setOpacity(0.5)
        self._paint_sign(painter, cell_mark(cell), corner + QPointF(PAD, PAD + 1), colours)
        if cell.to_be_checked:
            self._paint_sign(painter, TO_CHECK, corner + QPointF(PAD, PAD + 1 + SECOND_SIGN), colours)
        dim = not cell.text or cell.verdict is Verdict.REJECTED
        painter.setPen(QColor(colours.dim if dim else colours.text))
        laid.text.draw(painter, corner + QPointF(LEFT, PAD))
        if cell.verdict is Verdict.REJECTED:
            self._strike(painter, laid, corner)
        painter.setFont(chip_font(option.font))
        if laid.original is not None:
            painter.setPen(QColor(colours.dim))
            laid.original.draw(painter, corner + QPointF(LEFT, laid.original_top))
        for rect, label, number in laid.chips:
            self._paint_chip(painter, rect.translated(corner), label, cell, number, colours, selected)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setOpacity(1.0)
            painter.setPen(QPen(QColor(colours.accent), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1))
        painter.restore()

    @staticmethod
    def _paint_sign(painter: QPainter, mark: Mark, place: QPointF, colours: theme.Theme) -> None:
        pixmap = theme.tinted(mark.icon, mark.ink(colours), SIGN, painter.device().devicePixelRatioF())
        painter.drawPixmap(place, pixmap)

    def _strike(self, painter: QPainter, laid: CellLayout, corner: QPointF) -> None:
        for i in range(laid.text.lineCount()):
            line = laid.text.lineAt(i)
            start = corner + QPointF(LEFT, PAD + line.y() + line.height() * 0.55)
            painter.drawLine(start, start + QPointF(line.naturalTextWidth(), 0))

    def _paint_chip(
        self, painter: QPainter, rect: QRectF, label: str, cell: Cell, number: int, colours: theme.Theme, selected: bool
    ) -> None:
        active = self.active is not None and self.active[0] is cell and self.active[1] == number
        painter.setPen(QPen(QColor(colours.accent), 1.0) if selected or active else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent if active else colours.chip))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(colours.on_accent if active else colours.accent))
        inside = rect.adjusted(6, 0, -6, 0)
        text = fitted(label, inside.width() + 1, QFontMetricsF(painter.font()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def chip_at(self, cell: Cell, width: int, font: QFont, place: QPoint) -> int:
        """The evidence of the chip at a place in the cell; -1 without one."""
        for rect, _, number in self.layout_of(cell, width, font).chips:
            if rect.adjusted(-1, -1, 1, 1).contains(QPointF(place)):
                return number
        return -1

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            place = event.position().toPoint() - option.rect.topLeft()
            number = self.chip_at(index.data(CELL), option.rect.width(), option.font, place)
            if number >= 0:
                self.chip_clicked.emit(index, number)
                return True
        return super().editorEvent(event, model, option, index)

    # -- editing -------------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = CellEditor(parent)
        editor.setTabChangesFocus(True)
        editor.setFrameShape(QPlainTextEdit.Shape.Box)
        editor.done.connect(lambda: self._finish(editor))
        return editor

    def _finish(self, editor: CellEditor) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QPlainTextEdit):
            model.setData(index, editor.toPlainText())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        parent = editor.parentWidget()
        room = parent.height() if parent is not None else 200
        rect.setHeight(min(max(rect.height(), 96), max(44, room - rect.top())))
        editor.setGeometry(rect)
