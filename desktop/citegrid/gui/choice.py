"""A box to choose from, with the arrow that our style sheet takes away, drawn from our own icons."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

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
