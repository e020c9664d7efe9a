"""The grey words in an empty view that name the next step, on as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QTableView

from citegrid.gui import theme

SIDE, ABOVE = 24, 12
CENTRED = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


def paint_hint(view: QAbstractScrollArea, words: str) -> None:
    """Paint ``words`` into the middle of a view; to be called while its viewport is painted."""
    painter = QPainter(view.viewport())
    painter.setPen(QColor(theme.current().dim))
    painter.drawText(view.viewport().rect().adjusted(SIDE, ABOVE, -SIDE, -ABOVE), CENTRED, words)


class HintedTable(QTableView):
    """A table with a ``hint`` where it has no rows."""

    hint = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hint and not self.model().rowCount():
            paint_hint(self, self.hint)
