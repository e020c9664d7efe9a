"""Boxes to choose from and for numbers, with what a style sheet takes away from them: the arrow, and the room for the digits."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSpinBox

from citegrid.gui import theme

ARROW, EDGE = 14, 6


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
