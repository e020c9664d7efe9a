"""Small pictures of the pages, drawn off the window's thread as they come into view."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from citegrid.core.document import Document
from citegrid.gui import theme
from citegrid.gui.i18n import tr
from citegrid.gui.pdf_view.page_cache import Renderer, Wish
from citegrid.ports import PageSource

#: Logical pixels: the longest side of a picture, and the room of its number below.
SIDE, NUMBER = 128, 22
PAGE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class PageModel(QAbstractListModel):
    """One item a page; its text is the printed label where there is one, its PAGE the number."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._document: Document | None = None

    def set_pages(self, count: int) -> None:
        self.beginResetModel()
        self._count, self._document = count, None
        self.endResetModel()

    def set_document(self, document: Document | None) -> None:
        """Take the printed labels and the sizes of the pages."""
        self._document = document
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        number = index.row() + 1
        if role == PAGE:
            return number
        if role == Qt.ItemDataRole.DisplayRole:
            label = self._document.page(number).label if self._document is not None else ""
            return f"{number} · {label}" if label and label != str(number) else str(number)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr("Page {page}", page=number)
        return None

    def size(self, number: int) -> tuple[float, float]:
        """Points; A4 until the document is read."""
        if self._document is None:
            return 595.0, 842.0
        page = self._document.page(number)
        return max(1.0, page.width), max(1.0, page.height)


class PageList(QListView):
    """``page_chosen(number)`` is a wish."""

    page_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = PageModel()
        self.setModel(self.pages)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_ThumbnailDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.verticalScrollBar().setSingleStep(32)
        self.renderer = Renderer(self)
        self.renderer.drawn.connect(lambda _: self.viewport().update())
        self.marked: frozenset[int] = frozenset()
        self.clicked.connect(lambda index: self.page_chosen.emit(index.data(PAGE)))
        self.activated.connect(lambda index: self.page_chosen.emit(index.data(PAGE)))

    def set_source(self, source: PageSource | None) -> None:
        """Show the pages of another document."""
        self.renderer.set_source(source)
        self.marked = frozenset()
        self.pages.set_pages(source.page_count if source is not None else 0)

    def set_marked(self, pages: frozenset[int]) -> None:
        """Tell which pages bear evidence or hits."""
        self.marked = pages
        self.viewport().update()

    def show_page(self, number: int) -> None:
        """Make a page the current one and bring it into view."""
        index = self.pages.index(number - 1)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def scale(self, number: int) -> float:
        """Device pixels a point."""
        return round(SIDE * self.devicePixelRatioF() / max(self.pages.size(number)), 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        first, last = self.indexAt(self.viewport().rect().topLeft()), self.indexAt(self.viewport().rect().bottomLeft())
        begin = first.row() + 1 if first.isValid() else 1
        end = last.row() + 1 if last.isValid() else self.pages.rowCount()
        self.renderer.wish([Wish(n, self.scale(n)) for n in range(begin, min(end, begin + 40) + 1) if n])


class _ThumbnailDelegate(QStyledItemDelegate):
    def __init__(self, view: PageList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(SIDE, SIDE + NUMBER + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, number = theme.current(), int(index.data(PAGE))
        rect = QRectF(option.rect)
        here = index == self._view.currentIndex()
        width, height = self._view.pages.size(number)
        scale = SIDE / max(width, height)
        sheet = QRectF(0, 0, width * scale, height * scale)
        sheet.moveCenter(rect.center())
        sheet.moveTop(rect.top() + 8)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(sheet, QColor("#ffffff"))
        image, _ = self._view.renderer.best(number, self._view.scale(number))
        if image is not None:
            painter.drawImage(sheet, image, QRectF(image.rect()))
        painter.setPen(QPen(QColor(colours.accent if here else colours.line), 2 if here else 1))
        painter.drawRect(sheet)
        if number in self._view.marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.strong_mark))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(QRectF(sheet.right() - 14, sheet.top() - 3, 9, 13), 2, 2)
        painter.setPen(QColor(colours.text if here else colours.dim))
        below = QRectF(rect.left(), sheet.bottom() + 2, rect.width(), NUMBER)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, str(index.data()))
        painter.restore()
