"""Where each page lies on the long sheet that the PDF pane scrolls over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

from citegrid.core.document import Box

#: Free space between and around pages, in logical pixels.
GAP = 14.0

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Page rectangles in logical pixels; ``zoom`` is pixels a point, ``rotation`` clockwise in degrees."""

    sizes: tuple[Size, ...]
    rects: tuple[QRectF, ...]
    tops: tuple[float, ...]
    width: float
    height: float
    zoom: float
    rotation: int
    two_pages: bool

    def page_at(self, y: float) -> int:
        """The page (from 1) that lies at or below height ``y``; 0 when there are no pages."""
        if not self.rects:
            return 0
        step = 2 if self.two_pages else 1
        row = bisect_left(self.tops[::step], y)
        for index in (max(0, (row - 1) * step), min(row * step, len(self.rects) - 1)):
            if self.rects[index].bottom() + GAP >= y:
                return index + 1
        return len(self.rects)

    def visible(self, top: float, bottom: float) -> list[int]:
        """The pages (from 1) between two heights."""
        first = self.page_at(top)
        found: list[int] = []
        for number in range(max(1, first), len(self.rects) + 1):
            rect = self.rects[number - 1]
            if rect.top() > bottom:
                break
            if rect.bottom() >= top:
                found.append(number)
        return found

    def to_view(self, page: int) -> QTransform:
        """From points on a page as shown in the file to pixels of the sheet."""
        rect, (width, height) = self.rects[page - 1], self.sizes[page - 1]
        made = QTransform()
        made.translate(rect.center().x(), rect.center().y())
        made.rotate(self.rotation)
        made.scale(self.zoom, self.zoom)
        made.translate(-width / 2, -height / 2)
        return made

    def box_rect(self, box: Box) -> QRectF:
        """A box in pixels of the sheet; empty for a page that is not there."""
        if not 1 <= box.page <= len(self.rects):
            return QRectF()
        return self.to_view(box.page).mapRect(QRectF(QPointF(box.x0, box.y0), QPointF(box.x1, box.y1)))

    def hit(self, x: float, y: float) -> tuple[int, float, float] | None:
        """The page under a place of the sheet, and the place on it in points."""
        for number in self.visible(y, y):
            if self.rects[number - 1].contains(x, y):
                inverse, _ = self.to_view(number).inverted()
                point = inverse.map(QPointF(x, y))
                return number, point.x(), point.y()
        return None


def lay_out(sizes: Sequence[Size], zoom: float, rotation: int, two_pages: bool, room: float) -> PageLayout:
    """Lay pages of ``sizes`` (points) one below the other, or in pairs, centred in ``room`` pixels."""
    turned = [(h, w) if rotation % 180 else (w, h) for w, h in sizes]
    step = 2 if two_pages else 1
    rows = [turned[i : i + step] for i in range(0, len(turned), step)]
    widest = max((sum(w for w, _ in row) * zoom + GAP * (step - 1) for row in rows), default=0.0)
    width = max(room, widest + 2 * GAP)
    rects: list[QRectF] = []
    y = GAP
    for row in rows:
        x = (width - sum(w for w, _ in row) * zoom - GAP * (len(row) - 1)) / 2
        for w, h in row:
            rects.append(QRectF(x, y, w * zoom, h * zoom))
            x += w * zoom + GAP
        y += max(h for _, h in row) * zoom + GAP
    tops = tuple(rect.top() for rect in rects)
    return PageLayout(tuple(sizes), tuple(rects), tops, width, y, zoom, rotation, two_pages)


def fit_zoom(sizes: Sequence[Size], rotation: int, two_pages: bool, room: Size, whole: bool) -> float:
    """The zoom at which the widest row of pages fits the room's width, or ``whole`` pages fit into it."""
    turned = [(h, w) if rotation % 180 else (w, h) for w, h in sizes] or [(595.0, 842.0)]
    columns = 2 if two_pages and len(turned) > 1 else 1
    zoom = (room[0] - GAP * (columns + 1)) / (max(w for w, _ in turned) * columns)
    if whole:
        zoom = min(zoom, (room[1] - 2 * GAP) / max(h for _, h in turned))
    return max(0.05, zoom)
