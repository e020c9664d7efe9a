"""Boxes to choose from, for numbers and for long lines, with what a style sheet takes away from them: the arrow, and the room for the digits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSpinBox, QStyle, QStyleOptionFrame

from citegrid.gui import theme

ARROW, EDGE = 14, 6
#: Pixels of the tallest field that is one line.
ONE_LINE = 36


class LevelForm(QFormLayout):
    """A QFormLayout whose names stand level with their fields: Qt sets them some pixels higher."""

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for row in range(self.rowCount()):
            name, field = (self.itemAt(row, role) for role in (self.ItemRole.LabelRole, self.ItemRole.FieldRole))
            label = name.widget() if name is not None else None
            if label is not None and field is not None:
                beside, height = field.geometry(), min(field.geometry().height(), ONE_LINE)
                label.setGeometry(QRect(label.x(), beside.top(), label.width(), height))


class Choice(QComboBox):
    """A QComboBox whose arrow is sharp at any pixel ratio and follows the colours of now."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, colours = QPainter(self), theme.current()
        sign = theme.tinted("next", colours.dim if self.isEnabled() else colours.line, ARROW, self.devicePixelRatioF())
        left = self.width() - ARROW - EDGE if self.isLeftToRight() else EDGE
        painter.drawPixmap(left, (self.height() - ARROW) // 2, sign)


class Number(QSpinBox):
    """A QSpinBox without buttons.  Under a style sheet Qt leaves its digits a field of one pixel then."""

    def __init__(self) -> None:
        super().__init__()
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.StyleChange, QEvent.Type.Polish):
            self.lineEdit().setGeometry(self.rect().adjusted(8, 1, -8, -1))
        return done


class QuietLine(QLineEdit):
    """A field whose text ends in “…” while nobody writes in it and it is too long to be seen whole."""

    def paintEvent(self, event: QPaintEvent) -> None:
        frame = QStyleOptionFrame()
        self.initStyleOption(frame)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, self).adjusted(2, 0, -2, 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        if self.hasFocus() or shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, frame, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
