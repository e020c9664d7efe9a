"""Text that gives way: the beginning of a long one, and a line that ends in “…” without room; its tooltip says it whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


def beginning(text: str, most: int) -> str:
    """The first words of ``text``, ``most`` characters at most, and “…” where there are more; ideographs end anywhere."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    words = line[:most].rpartition(" ")[0]
    return f"{words if 2 * len(words) > most else line[:most]}…"


class Elided(QLabel):
    """A plain QLabel of one line of which ``least`` letters are always seen; it never makes its window wider."""

    def __init__(self, least: int = 8) -> None:
        super().__init__()
        self._least = least

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), self.fontMetrics().averageCharWidth() * self._least), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), shown)
