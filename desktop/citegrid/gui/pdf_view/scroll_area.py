"""The sheet of pages that the PDF canvas scrolls over: where one is, how large it is drawn, and the drawing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from citegrid.core.document import Box
from citegrid.gui import theme
from citegrid.gui.pdf_view.history import History, Place
from citegrid.gui.pdf_view.page_cache import Renderer, Wish
from citegrid.gui.pdf_view.page_layout import GAP, PageLayout, Size, fit_zoom, lay_out
from citegrid.gui.pdf_view.page_painter import Marks, Own, PageInks, PagePainter, scales, tiles
from citegrid.ports import PageSource

MIN_ZOOM, MAX_ZOOM = 0.1, 8.0
A4 = (595.0, 842.0)
STEP = 48


class Sheet(QAbstractScrollArea):
    """Pages count from 1; boxes are points on the page as the file shows it."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)
    history_changed = Signal()
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.renderer = Renderer(self)
        self.renderer.drawn.connect(self._drawn)
        self.history = History()
        self._sizes: list[Size] = []
        self._known: set[int] = set()
        self._layout: PageLayout = lay_out((), 1.0, 0, False, 100.0)
        self._fit = "width"
        self._zoom = 1.0
        self._rotation = 0
        self._two_pages = False
        self._page = 0
        self._marks = Marks()
        self._own: Own = ()
        self._paper = PageInks()
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    def set_pages(self, source: PageSource | None) -> None:
        """Show another document, from its first page; sizes are learnt as pages are drawn."""
        self.renderer.set_source(source)
        self._sizes = [A4] * (source.page_count if source is not None else 0)
        self._known.clear()
        self.history.clear()
        self._page = 0
        self._relayout()
        self.verticalScrollBar().setValue(0)
        self._scrolled()
        self.history_changed.emit()

    def set_sizes(self, sizes: list[Size]) -> None:
        """Take the exact sizes of all pages, in points."""
        if len(sizes) == len(self._sizes):
            self._known = set(range(1, len(sizes) + 1))
            if sizes != self._sizes:
                self._sizes = sizes
                self._relayout(keep=True)

    def set_annotations(self, own: Own) -> None:
        """Show a person's own marks of the document."""
        self._own = own
        self.viewport().update()

    def set_dark(self, dark: bool) -> None:
        """Show the pages as light print on dark paper, or as they are."""
        self._paper = PageInks(dark)
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

    @property
    def fitting(self) -> str:
        """``width``, ``page`` or empty: what the zoom keeps to when the pane is resized."""
        return self._fit

    @property
    def place(self) -> Place:
        """What stands in the upper left corner: the page and a place on it."""
        return self._here()

    def settle(self, place: Place, zoom: float, fit: str) -> None:
        """Show a place as it was shown before, with its zoom; no jump, so there is nothing to take back."""
        if fit:
            self.fit(fit)
        else:
            self.set_zoom(zoom)
        self._settle(place)

    def place_of(self, box: Box) -> QRectF:
        """Where a box lies, in pixels of the viewport."""
        return self._layout.box_rect(box).translated(-self._offset())

    def selected_boxes(self, page: int) -> Sequence[Box]:
        """What is selected on a page; a sheet alone has nothing to select."""
        return ()

    # -- moving --------------------------------------------------------------------------------------------------------

    def go_to(self, page: int, x: float = 0.0, y: float = 0.0) -> None:
        """Jump to a place on a page (points); it can be taken back with ``back``."""
        if not 1 <= page <= len(self._sizes):
            return
        self._leave()
        place = self._layout.to_view(page).map(QPointF(x, y)) if y else self._layout.rects[page - 1].topLeft()
        self._move_to(QPointF(self._offset().x(), place.y() - GAP / 2))

    def turn_to(self, page: int) -> None:
        """Leaf to a page: no jump, so there is nothing to take back."""
        if 1 <= page <= len(self._sizes):
            self.verticalScrollBar().setValue(round(self._layout.rects[page - 1].top() - GAP / 2))

    def back(self) -> None:
        """Return to where the last jump began."""
        self._travel(self.history.back)

    def forward(self) -> None:
        """Undo ``back``."""
        self._travel(self.history.forward)

    def _travel(self, step: Callable[[Place], Place | None]) -> None:
        place = step(self._here())
        if place is not None:
            self._settle(place)
            self.history_changed.emit()

    def _here(self) -> Place:
        number = self._layout.page_at(self._offset().y())
        if not number:
            return 0, 0.0, 0.0
        inverse, _ = self._layout.to_view(number).inverted()
        point = inverse.map(self._offset())
        return number, point.x(), point.y()

    def _settle(self, place: Place) -> None:
        if 1 <= place[0] <= len(self._sizes):
            self._move_to(self._layout.to_view(place[0]).map(QPointF(place[1], place[2])))

    def _leave(self) -> None:
        self.history.leave(self._here())
        self.history_changed.emit()

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _view(self) -> QRectF:
        return QRectF(self._offset(), self.viewport().size().toSizeF())

    def _move_to(self, place: QPointF) -> None:
        self.horizontalScrollBar().setValue(round(place.x()))
        self.verticalScrollBar().setValue(round(place.y()))

    def reveal(self, page: int, boxes: Sequence[Box]) -> None:
        """Bring places of a page into view, or the page where there are none."""
        on_page = [box for box in boxes if box.page == page]
        if on_page:
            area = QRectF()
            for box in on_page:
                area = area.united(self._layout.box_rect(box))
            if not self._view().adjusted(0, 24, 0, -24).contains(area):
                self._leave()
                self._centre(area)
        elif page != self._page:
            self.go_to(page)

    def _centre(self, area: QRectF) -> None:
        size, x = self.viewport().size(), self._offset().x()
        if area.left() < x or area.right() > x + size.width():
            x = area.center().x() - size.width() / 2
            x = min(x, area.left() - GAP) if area.width() > size.width() - 2 * GAP else x
        self._move_to(QPointF(x, area.top() - size.height() * 0.33))

    # -- zoom and turning ----------------------------------------------------------------------------------------------

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the place under ``anchor`` (viewport pixels; default: the centre) stays."""
        self._fit = ""
        self._rezoom(min(MAX_ZOOM, max(MIN_ZOOM, zoom)), anchor)

    def fit(self, kind: str) -> None:
        """Keep fitting the ``width`` or the whole ``page`` when the pane is resized."""
        self._fit = kind
        page = self._page
        self._relayout(keep=True)
        if kind == "page":
            self.turn_to(page)

    def turn(self) -> None:
        """Turn all pages by 90° clockwise."""
        page = self._page
        self._rotation = (self._rotation + 90) % 360
        self._relayout()
        self.turn_to(page)
        self._scrolled()

    def set_two_pages(self, on: bool) -> None:
        """Show pages in pairs."""
        page = self._page
        self._two_pages = on
        self._relayout()
        self.turn_to(page)
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
        size, here = self.viewport().size(), self._here()
        if self._fit:
            room = (float(size.width()), float(size.height()))
            self._zoom = fit_zoom(self._sizes, self._rotation, self._two_pages, room, self._fit == "page")
        self._layout = lay_out(self._sizes, self._zoom, self._rotation, self._two_pages, float(size.width()))
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, round(self._layout.height - size.height())))
        vertical.setPageStep(size.height())
        vertical.setSingleStep(STEP)
        horizontal.setRange(0, max(0, round(self._layout.width - size.width())))
        horizontal.setPageStep(size.width())
        horizontal.setSingleStep(STEP)
        if keep:
            self._settle(here)
        self.zoom_changed.emit(self._zoom)
        self.moved.emit()
        self.viewport().update()

    # -- drawing -------------------------------------------------------------------------------------------------------

    def _scale(self, page: int) -> float:
        """Device pixels a point at which a page is drawn whole."""
        return scales(self._sizes[page - 1], self._layout.zoom * self.devicePixelRatioF())[0]

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
        colours, view, ratio = theme.current(), self._view(), self.devicePixelRatioF()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(colours.backdrop))
        visible = self._layout.visible(view.top(), view.bottom())
        painter.translate(-view.topLeft())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pages = PagePainter(painter, self._layout, self.renderer, view, ratio, self._paper)
        for number in visible:
            pages.paint(number, self._marks, self.selected_boxes(number), colours, self._own)
        painter.end()
        self.renderer.wish(self._wishes(visible, view, ratio), self._sizes)

    def _wishes(self, visible: list[int], view: QRectF, ratio: float) -> list[Wish]:
        """What is in view first, sharpest last; then the neighbours, unless pages are so large that tiles are cut."""
        if not visible:
            return []
        wanted = self._layout.zoom * ratio
        whole = [Wish(n, self._scale(n)) for n in visible]
        cut = [n for n in visible if scales(self._sizes[n - 1], wanted)[1]]
        parts = [tile for n in cut for tile in tiles(self._layout, n, view, wanted)]
        around = (visible[-1] + 1, visible[0] - 1, visible[-1] + 2)
        return [*whole, *parts, *(Wish(n, self._scale(n)) for n in around if 1 <= n <= len(self._sizes))]

    def _scrolled(self) -> None:
        page = self._layout.page_at(self._offset().y() + self.viewport().height() * 0.33)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self.moved.emit()
        self.viewport().update()

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
