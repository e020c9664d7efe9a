"""Paints one page of the PDF canvas: its image, and the marks over it in two strengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from citegrid.core.document import Box
from citegrid.gui.pdf_view.page_cache import BASE_PIXELS, MAX_PIXELS, TILE, Renderer, Wish, tile_area
from citegrid.gui.pdf_view.page_layout import PageLayout
from citegrid.gui.theme import Theme

#: Inks that paper takes (multiplied, so print stays black); the paper is white in both themes.
HIT, THIS_HIT, SELECTED = "#d4ead0", "#8fce84", "#b7d3e8"
STRONG_LINE, PALE_LINE = "#c8791a", "#d9b64a"

#: How much of a box's height the letters hang below their line.
BELOW = 0.22


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked: the words of the chosen quote (``strong``), the sentence around them (``around``), the other
    quotes of the same cell (``pale``), all ``hits`` of a search and the one it stands at."""

    strong: tuple[Box, ...] = ()
    around: tuple[Box, ...] = ()
    pale: tuple[Box, ...] = ()
    hits: tuple[Box, ...] = ()
    hit: tuple[Box, ...] = ()

    @property
    def pages(self) -> frozenset[int]:
        """The pages with evidence or a hit."""
        return frozenset(box.page for boxes in (self.strong, self.pale, self.hits) for box in boxes)


def scales(size: tuple[float, float], wanted: float) -> tuple[float, bool]:
    """Device pixels a point at which a page of ``size`` points is drawn whole, and whether tiles go over it."""
    area = max(1.0, size[0] * size[1])
    if area * wanted * wanted <= MAX_PIXELS:
        return round(wanted, 4), False
    return round((BASE_PIXELS / area) ** 0.5, 4), True


def tiles(layout: PageLayout, number: int, view: QRectF, wanted: float) -> list[Wish]:
    """The tiles of a page that lie in ``view`` (pixels of the sheet)."""
    inverse, _ = layout.to_view(number).inverted()
    width, height = layout.sizes[number - 1]
    seen = inverse.mapRect(view.intersected(layout.rects[number - 1])).intersected(QRectF(0, 0, width, height))
    if seen.isEmpty():
        return []
    scale, side = round(wanted, 4), TILE / round(wanted, 4)
    columns = range(int(seen.left() / side), int((seen.right() - 0.01) / side) + 1)
    rows = range(int(seen.top() / side), int((seen.bottom() - 0.01) / side) + 1)
    return [Wish(number, scale, (column, row)) for row in rows for column in columns]


class PagePainter:
    """Paints pages of ``layout`` with what ``renderer`` has by now."""

    def __init__(self, painter: QPainter, layout: PageLayout, renderer: Renderer, view: QRectF, ratio: float) -> None:
        self._painter, self._layout, self._renderer = painter, layout, renderer
        self._view, self._ratio = view, ratio

    def paint(self, number: int, marks: Marks, selected: Sequence[Box], colours: Theme) -> None:
        """One page; ``painter`` stands in pixels of the sheet."""
        painter, rect = self._painter, self._layout.rects[number - 1]
        painter.fillRect(rect.translated(0, 1.5).adjusted(-0.5, 0, 0.5, 0.5), QColor(0, 0, 0, 46))
        painter.fillRect(rect, QColor("#ffffff"))
        self._image(number, rect)
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        strong = self._outline(number, marks.strong)
        for outline, colour in (
            (self._outline(number, marks.hits), HIT),
            (self._outline(number, marks.hit), THIS_HIT),
            (self._outline(number, (*marks.around, *marks.pale)).subtracted(strong), colours.pale_mark),
            (strong, colours.strong_mark),
            (self._outline(number, selected), SELECTED),
        ):
            painter.fillPath(outline, QColor(colour))
        painter.restore()
        self._underline(number, marks.pale, PALE_LINE, 1.0)
        self._underline(number, marks.strong, STRONG_LINE, 1.6)

    def _image(self, number: int, rect: QRectF) -> None:
        painter, layout = self._painter, self._layout
        wanted = layout.zoom * self._ratio
        scale, tiled = scales(layout.sizes[number - 1], wanted)
        image, _ = self._renderer.best(number, scale)
        if image is None:
            painter.setPen(QColor("#b8b2a4"))
            painter.setFont(QFont(painter.font().family(), 24))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(number))
            return
        if layout.rotation == 0 and not tiled and abs(image.width() / self._ratio - rect.width()) < 1.5:
            # drawn pixel on pixel: the page's corner is moved to the nearest device pixel
            corner = (rect.topLeft() - self._view.topLeft()) * self._ratio
            snapped = QPointF(round(corner.x()), round(corner.y())) / self._ratio + self._view.topLeft()
            image.setDevicePixelRatio(self._ratio)
            painter.drawImage(snapped, image)
            return
        width, height = layout.sizes[number - 1]
        painter.save()
        painter.setTransform(layout.to_view(number), True)
        painter.drawImage(QRectF(0, 0, width, height), image, QRectF(image.rect()))
        if tiled:
            for wish in tiles(layout, number, self._view, wanted):
                part = self._renderer.tile(wish)
                if part is not None:
                    x0, y0, _, _ = tile_area(wish, (width, height))
                    place = QRectF(x0, y0, part.width() / wish.scale, part.height() / wish.scale)
                    painter.drawImage(place, part, QRectF(part.rect()))
        painter.restore()

    def _outline(self, number: int, boxes: Sequence[Box]) -> QPainterPath:
        """What a pen would go over once, however often boxes overlap."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for box in boxes:
            if box.page == number:
                path.addRoundedRect(self._layout.box_rect(_inked(box)).adjusted(-1.5, -1, 1.5, 1), 2, 2)
        return path

    def _underline(self, number: int, boxes: Sequence[Box], colour: str, width: float) -> None:
        self._painter.setPen(QPen(QColor(colour), width))
        turn = self._layout.to_view(number)
        for box in boxes:
            if box.page == number:
                line = _inked(box).y1
                self._painter.drawLine(turn.map(QPointF(box.x0, line)), turn.map(QPointF(box.x1, line)))


def _inked(box: Box) -> Box:
    """A box of words with what hangs below their line, so that no letter is cut or struck through."""
    return replace(box, y1=box.y1 + BELOW * (box.y1 - box.y0))
