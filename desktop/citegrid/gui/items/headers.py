"""The table's two headers: the columns, whose names wrap, and the works that the rows are about."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPolygonF, QTextLayout
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from citegrid.core.reference import WorkKind
from citegrid.core.table import Row
from citegrid.gui import theme
from citegrid.gui.items.cell_layout import MIN_HEIGHT
from citegrid.gui.items.reference_items import short_authors
from citegrid.gui.items.table_items import ROW

HEADER_WIDTH, WIDEST = 138, 220
#: Left and right of a column's name, above and below it; the arrow of the column that is sorted.
SIDE, EDGE, ARROW = 9, 8, 14
MOST_LINES = 3
#: The side of the sign of a pinned row.
PIN = 13
WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


def line_up(painter: QPainter, area: QRect, text: str) -> None:
    """Draw one line at the top of ``area``, its letters on the line that the painter's own font has: Qt sets a line that
    borrows ideographs from another font lower, onto the line below."""
    painter.drawText(area.left(), area.top() + painter.fontMetrics().ascent(), text)


def lines_of(text: str, font: QFont, width: int, most: int) -> list[str]:
    """``text`` wrapped at words into ``most`` lines of ``width`` pixels at most; where there is more, the last ends in “…”."""
    layout, coded = QTextLayout(text, font), text.encode("utf-16-le")  # as Qt counts
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, end = line.textStart(), line.textStart() + line.textLength()
        piece = coded[2 * start : 2 * end if len(lines) < most - 1 else None].decode("utf-16-le").rstrip()
        lines.append(QFontMetrics(font).elidedText(piece, Qt.TextElideMode.ElideRight, width))
    layout.endLayout()
    return lines


def draw_lines(painter: QPainter, area: QRect, text: str) -> None:
    """Draw ``text`` on as many lines as ``area`` is high."""
    step = painter.fontMetrics().lineSpacing()
    for number, line in enumerate(lines_of(text, painter.font(), area.width(), area.height() // step)):
        line_up(painter, area.translated(0, number * step), line)


class ColumnHeader(QHeaderView):
    """Names of columns on as many lines as the longest needs, at most MOST_LINES."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionsMovable(False)
        self.setMinimumSectionSize(72)
        self.sectionResized.connect(lambda *_: self.fit())
        self._height = 32

    def fit(self) -> None:
        """Grow or shrink to the names as they wrap now."""
        height = self._wanted()
        if height != self._height:
            self._height = height
            self.updateGeometry()
            self.geometriesChanged.emit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)

    def _name(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")

    def _room(self, section: int) -> int:
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        return max(20, self.sectionSize(section) - 2 * SIDE - (ARROW if sorted_by else 0))

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _wanted(self) -> int:
        metrics = QFontMetrics(self._bold())
        tallest = metrics.lineSpacing()
        for section in range(self.count()):
            rect = metrics.boundingRect(QRect(0, 0, self._room(section), 1000), WRAP, self._name(section))
            tallest = max(tallest, rect.height())
        return min(tallest, MOST_LINES * metrics.lineSpacing()) + 2 * EDGE

    def widest_word(self, section: int) -> int:
        """The width below which a word of the name would be broken."""
        metrics = QFontMetrics(self._bold())
        words = re.split(r"(?<=[\s/-])|(?=[\u3000-\u9fff])", self._name(section))
        return max((metrics.horizontalAdvance(word.strip()) for word in words), default=0) + 2 * SIDE + 2

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colours = theme.current()
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor(colours.raised))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        area = QRect(rect.left() + SIDE, rect.top() + 2, self._room(section), rect.height() - 4)
        painter.setFont(self._bold())
        current = self._view.currentIndex()
        here = current.isValid() and current.column() == section
        painter.setPen(QColor(colours.accent if here else colours.text))
        painter.drawText(area, WRAP, self._name(section))
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            self._paint_arrow(painter, rect, colours)
        painter.restore()

    def _paint_arrow(self, painter: QPainter, rect: QRect, colours: theme.Theme) -> None:
        way = 1 if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else -1
        x, y = rect.right() - SIDE - 4, rect.center().y()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.dim))
        painter.drawPolygon(
            QPolygonF([QPointF(x - 4, y + 2 * way), QPointF(x + 4, y + 2 * way), QPointF(x, y - 3 * way)])
        )


class WorkHeader(QHeaderView):
    """Row headers that name the work: who and when, then the title."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(int(MIN_HEIGHT))

    def sizeHint(self) -> QSize:
        # Qt's own answer asks hundreds of rows for their titles, each time the table moves; only the width matters here
        table = self.parentWidget()
        share = min(WIDEST, table.width() // 8) if table is not None else 0
        least = self.fontMetrics().horizontalAdvance("0" * 15)
        return QSize(max(HEADER_WIDTH, least, share), int(MIN_HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colours = theme.current()
        row = self.model().headerData(section, Qt.Orientation.Vertical, ROW)
        painter.save()
        painter.fillRect(rect, QColor(colours.raised))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if isinstance(row, Row):
            area = rect.adjusted(8, 6, -6, -4)
            lowest = area.bottom() - 3 * self.fontMetrics().height()
            area.setTop(max(area.top(), min(6, lowest)))  # a tall row keeps its name in view
            bold = QFont(self.font())
            bold.setWeight(QFont.Weight.DemiBold)
            painter.setFont(bold)
            painter.setPen(QColor(colours.accent if row.work.kind is WorkKind.PAPER else colours.text))
            who = short_authors(row.work.authors, row.work.year)
            who = who or (row.work.title if row.work.kind is WorkKind.LIBRARY else row.work.id)
            metrics = painter.fontMetrics()
            number = f"{section + 1}  "
            name, _, year = who.rpartition(" ") if who[-4:].isdigit() else (who, "", "")
            year = f" {year}" if year else ""
            pin = PIN + 3 if row.pinned else 0
            spare = area.width() - metrics.horizontalAdvance(number + year) - pin
            name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, spare)  # the year is never cut off
            line_up(painter, area, number + name + year)
            if row.pinned:
                sign = theme.tinted("pin", colours.accent, PIN, painter.device().devicePixelRatioF())
                painter.drawPixmap(area.right() - PIN + 2, area.top() + (metrics.height() - PIN) // 2, sign)
            painter.setFont(self.font())
            painter.setPen(QColor(colours.dim))
            below = area.adjusted(0, metrics.height() + 1, 0, 0)
            draw_lines(painter, below, row.work.title)
        painter.restore()
