"""The PDF canvas: continuous pages, sharp at any zoom, with highlights in two strengths."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from citegrid.core.document import Box, Document
from citegrid.gui import theme
from citegrid.gui.canvas_text import TextSelection
from citegrid.gui.focus import Focus
from citegrid.gui.page_layout import GAP, PageLayout, Size, fit_zoom, lay_out
from citegrid.gui.render import MAX_PIXELS, Renderer, Wish
from citegrid.ports import PageSource

MIN_ZOOM, MAX_ZOOM = 0.1, 8.0
A4 = (595.0, 842.0)
HISTORY = 100


class PdfCanvas(QAbstractScrollArea):
    """Shows one document.  Pages count from 1; boxes are points on the page as the file shows it."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)
    history_changed = Signal()
    selection_changed = Signal()
    place_clicked = Signal(int, float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.renderer = Renderer(self)
        self.renderer.drawn.connect(self._drawn)
        self.selection = TextSelection()
        self._sizes: list[Size] = []
        self._known: set[int] = set()
        self._layout: PageLayout = lay_out((), 1.0, 0, False, 100.0)
        self._fit = "width"
        self._zoom = 1.0
        self._rotation = 0
        self._two_pages = False
        self._page = 0
        self._strong: tuple[Box, ...] = ()
        self._pale: tuple[Box, ...] = ()
        self._hits: tuple[Box, ...] = ()
        self._past: list[QPointF] = []
        self._future: list[QPointF] = []
        self._pressed: QPointF | None = None
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    # -- what is shown -------------------------------------------------------------------------------------------------

    def set_source(self, source: PageSource | None) -> None:
        """Show another document, from its first page."""
        self.renderer.set_source(source)
        self.selection.set_document(None)
        self._sizes = [A4] * (source.page_count if source is not None else 0)
        self._known.clear()
        self._strong = self._pale = self._hits = ()
        self._past.clear()
        self._future.clear()
        self._page = 0
        self._relayout()
        self.verticalScrollBar().setValue(0)
        self._scrolled()
        self.history_changed.emit()

    def set_document(self, document: Document | None) -> None:
        """Take the words and exact page sizes of the document that is shown."""
        self.selection.set_document(document)
        if document is not None and len(document.pages) == len(self._sizes):
            sizes = [(page.width, page.height) for page in document.pages]
            self._known = set(range(1, len(sizes) + 1))
            if sizes != self._sizes:
                self._sizes = sizes
                self._relayout(keep=True)
        self.viewport().update()

    @property
    def page_count(self) -> int:
        """Pages of the document; 0 without one."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page under the upper third of the view, from 1."""
        return self._page

    @property
    def zoom(self) -> float:
        """Logical pixels a point."""
        return self._layout.zoom

    def show_focus(self, focus: Focus) -> None:
        """Highlight the places of ``focus`` and bring its first one into view."""
        self._strong, self._pale = focus.strong, focus.pale
        on_page = [box for box in focus.strong if box.page == focus.page]
        if on_page:
            area = self._layout.box_rect(on_page[0])
            for box in on_page[1:]:
                area = area.united(self._layout.box_rect(box))
            if not self._in_view(area):
                self._remember()
                self._centre(area)
        elif focus.page != self._page:
            self.go_to(focus.page)
        self.viewport().update()

    def set_hits(self, hits: Sequence[Box]) -> None:
        """Mark the places that a search found."""
        self._hits = tuple(hits)
        self.viewport().update()

    def clear_marks(self) -> None:
        """Take all highlights away."""
        self._strong = self._pale = self._hits = ()
        self.viewport().update()

    @property
    def marks(self) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
        """The strong and the pale highlights."""
        return self._strong, self._pale

    def mark_in_view(self) -> bool:
        """Whether some strong highlight is inside the view."""
        view = QRectF(self._offset(), self.viewport().size().toSizeF())
        return any(view.intersects(self._layout.box_rect(box)) for box in self._strong)

    # -- moving --------------------------------------------------------------------------------------------------------

    def go_to(self, page: int, x: float = 0.0, y: float = 0.0) -> None:
        """Jump to a place on a page (points); it can be taken back with ``back``."""
        if not 1 <= page <= len(self._sizes):
            return
        self._remember()
        place = self._layout.to_view(page).map(QPointF(x, y)) if y else self._layout.rects[page - 1].topLeft()
        self._move_to(QPointF(self._offset().x(), place.y() - GAP / 2))

    def back(self) -> None:
        """Return to where the last jump began."""
        self._travel(self._past, self._future)

    def forward(self) -> None:
        """Undo ``back``."""
        self._travel(self._future, self._past)

    def can_back(self) -> bool:
        return bool(self._past)

    def can_forward(self) -> bool:
        return bool(self._future)

    def _travel(self, take: list[QPointF], give: list[QPointF]) -> None:
        if take:
            give.append(self._offset() / self._layout.zoom)
            self._move_to(take.pop() * self._layout.zoom)
            self.history_changed.emit()

    def _remember(self) -> None:
        self._past.append(self._offset() / self._layout.zoom)
        del self._past[:-HISTORY]
        self._future.clear()
        self.history_changed.emit()

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _move_to(self, place: QPointF) -> None:
        self.horizontalScrollBar().setValue(round(place.x()))
        self.verticalScrollBar().setValue(round(place.y()))

    def _in_view(self, area: QRectF) -> bool:
        view = QRectF(self._offset(), self.viewport().size().toSizeF()).adjusted(0, 24, 0, -24)
        return view.contains(area)

    def _centre(self, area: QRectF) -> None:
        size = self.viewport().size()
        x = self._offset().x()
        if area.left() < x or area.right() > x + size.width():
            x = area.center().x() - size.width() / 2
        self._move_to(QPointF(x, area.top() - size.height() * 0.33))

    # -- zoom and turning ----------------------------------------------------------------------------------------------

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the place under ``anchor`` (viewport pixels; default: the centre) stays."""
        self._fit = ""
        self._rezoom(min(MAX_ZOOM, max(MIN_ZOOM, zoom)), anchor)

    def fit(self, kind: str) -> None:
        """Keep fitting the ``width`` or the whole ``page`` when the pane is resized."""
        self._fit = kind
        self._relayout(keep=True)

    def turn(self) -> None:
        """Turn all pages by 90° clockwise."""
        page = self._page
        self._rotation = (self._rotation + 90) % 360
        self._relayout()
        self._jump_silently(page)

    def set_two_pages(self, on: bool) -> None:
        """Show pages in pairs."""
        page = self._page
        self._two_pages = on
        self._relayout()
        self._jump_silently(page)

    def _jump_silently(self, page: int) -> None:
        if 1 <= page <= len(self._sizes):
            self.verticalScrollBar().setValue(round(self._layout.rects[page - 1].top() - GAP / 2))
        self._scrolled()

    def _rezoom(self, zoom: float, anchor: QPointF | None) -> None:
        size = self.viewport().size()
        anchor = anchor or QPointF(size.width() / 2, size.height() / 2)
        place = self._offset() + anchor
        hit = self._layout.hit(place.x(), place.y())
        share = place.y() / max(1.0, self._layout.height)
        self._zoom = zoom
        self._relayout()
        if hit is not None:
            self._move_to(self._layout.to_view(hit[0]).map(QPointF(hit[1], hit[2])) - anchor)
        else:
            self._move_to(QPointF(self._offset().x(), share * self._layout.height - anchor.y()))
        self._scrolled()

    def _relayout(self, keep: bool = False) -> None:
        size = self.viewport().size()
        top = self._offset().y()
        number = self._layout.page_at(top)
        inside = (top - self._layout.rects[number - 1].top()) / self._layout.zoom if number else 0.0
        if self._fit:
            room = (float(size.width()), float(size.height()))
            self._zoom = fit_zoom(self._sizes, self._rotation, self._two_pages, room, self._fit == "page")
        self._layout = lay_out(self._sizes, self._zoom, self._rotation, self._two_pages, float(size.width()))
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, round(self._layout.height - size.height())))
        vertical.setPageStep(size.height())
        vertical.setSingleStep(48)
        horizontal.setRange(0, max(0, round(self._layout.width - size.width())))
        horizontal.setPageStep(size.width())
        horizontal.setSingleStep(48)
        if keep and 1 <= number <= len(self._layout.rects):
            vertical.setValue(round(self._layout.rects[number - 1].top() + inside * self._layout.zoom))
        self.zoom_changed.emit(self._zoom)
        self.viewport().update()

    # -- drawing -------------------------------------------------------------------------------------------------------

    def _scale(self, page: int) -> float:
        """Device pixels a point at which a page is drawn, bounded by MAX_PIXELS."""
        width, height = self._sizes[page - 1]
        limit = (MAX_PIXELS / max(1.0, width * height)) ** 0.5
        return round(min(float(self._layout.zoom * self.devicePixelRatioF()), float(limit)), 4)

    def _drawn(self, page: int) -> None:
        if page not in self._known and 1 <= page <= len(self._sizes):
            scale = self._scale(page)
            image, exact = self.renderer.best(page, scale)
            if image is not None and exact:
                self._learn_size(page, (image.width() / scale, image.height() / scale))
        self.viewport().update()

    def _learn_size(self, page: int, size: Size) -> None:
        """Until the document is read, sizes come from drawn pages; the first one stands for all unseen ones."""
        first = not self._known
        self._known.add(page)
        old = list(self._sizes)
        if first:
            self._sizes = [size] * len(self._sizes)
        self._sizes[page - 1] = size
        if any(abs(a[0] - b[0]) > 1.5 or abs(a[1] - b[1]) > 1.5 for a, b in zip(old, self._sizes, strict=True)):
            self._relayout(keep=True)
        else:
            self._sizes = old

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(colours.desk))
        offset, size = self._offset(), self.viewport().size()
        visible = self._layout.visible(offset.y(), offset.y() + size.height())
        painter.translate(-offset)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in visible:
            self._paint_page(painter, number, colours)
        painter.end()
        self.renderer.wish(self._wishes(visible))

    def _wishes(self, visible: list[int]) -> list[Wish]:
        if not visible:
            return []
        around = [visible[-1] + 1, visible[0] - 1, visible[-1] + 2]
        return [(n, self._scale(n)) for n in (*visible, *around) if 1 <= n <= len(self._sizes)]

    def _paint_page(self, painter: QPainter, number: int, colours: theme.Theme) -> None:
        rect = self._layout.rects[number - 1]
        painter.fillRect(rect.translated(0, 1.5).adjusted(-0.5, 0, 0.5, 0.5), QColor(0, 0, 0, 46))
        painter.fillRect(rect, QColor("#ffffff"))
        image, _ = self.renderer.best(number, self._scale(number))
        width, height = self._sizes[number - 1]
        if image is not None:
            ratio = self.devicePixelRatioF()
            flush = self._rotation == 0 and abs(image.width() / ratio - rect.width()) < 1.5
            if flush:
                # drawn pixel on pixel: the page's corner is moved to the nearest device pixel
                corner = (rect.topLeft() - self._offset()) * ratio
                snapped = QPointF(round(corner.x()), round(corner.y())) / ratio + self._offset()
                image.setDevicePixelRatio(ratio)
                painter.drawImage(snapped, image)
            else:
                painter.save()
                painter.setTransform(self._layout.to_view(number), True)
                painter.drawImage(QRectF(0, 0, width, height), image, QRectF(image.rect()))
                painter.restore()
        else:
            painter.setPen(QColor("#b8b2a4"))
            painter.setFont(QFont(painter.font().family(), 24))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.save()
        # highlighter ink: paper takes the colour, print stays black
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for boxes, colour in (
            (self._hits, "#cfe6c8"),
            (self._pale, colours.pale_mark),
            (self._strong, colours.strong_mark),
        ):
            self._paint_marks(painter, number, boxes, QColor(colour))
        self._paint_marks(painter, number, self.selection.boxes(number), QColor("#b7d3e8"))
        painter.restore()
        for box in self._strong:
            if box.page == number:
                line = self._layout.box_rect(box)
                painter.setPen(QPen(QColor("#c8791a"), 1.4))
                painter.drawLine(line.bottomLeft(), line.bottomRight())

    def _paint_marks(self, painter: QPainter, number: int, boxes: Sequence[Box], colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for box in boxes:
            if box.page == number:
                painter.drawRoundedRect(self._layout.box_rect(box).adjusted(-1.5, -1, 1.5, 1), 2, 2)

    def _scrolled(self) -> None:
        top = self._offset().y() + self.viewport().height() * 0.33
        page = self._layout.page_at(top)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self.viewport().update()

    # -- events --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._relayout(keep=True)
        self._scrolled()

    def sizeHint(self) -> QSize:
        return QSize(560, 480)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._layout.zoom * 1.0015 ** event.angleDelta().y(), event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            hit = self._hit(event.position())
            self.selection.begin(*hit) if hit else self.selection.clear()
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        hit = self._hit(event.position())
        if hit and (event.position() - self._pressed).manhattanLength() > 3:
            self.selection.extend(*hit)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        moved = (event.position() - self._pressed).manhattanLength()
        self._pressed = None
        hit = self._hit(event.position())
        if moved <= 3 and hit:
            self.selection.clear()
            self.place_clicked.emit(*hit)
        self.selection_changed.emit()
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        if hit:
            self.selection.take_word(*hit)
            self.selection_changed.emit()
            self.viewport().update()

    def _hit(self, position: QPointF) -> tuple[int, float, float] | None:
        place = position + self._offset()
        return self._layout.hit(place.x(), place.y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            bar.setValue(bar.value() + round(bar.pageStep() * 0.9))
        elif key == Qt.Key.Key_PageUp:
            bar.setValue(bar.value() - round(bar.pageStep() * 0.9))
        elif key == Qt.Key.Key_Home:
            self.go_to(1)
        elif key == Qt.Key.Key_End:
            self.go_to(self.page_count)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar.setValue(bar.value() + (48 if key == Qt.Key.Key_Down else -48))
        else:
            super().keyPressEvent(event)
