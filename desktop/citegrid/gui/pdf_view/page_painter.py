"""Paints one page of the PDF canvas: its image, and the marks over it in two strengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from citegrid.core.annotation import Annotation, Ink
from citegrid.core.document import Box
from citegrid.gui.pdf_view.page_cache import BASE_PIXELS, MAX_PIXELS, TILE, Renderer, Wish, tile_area
from citegrid.gui.pdf_view.page_layout import PageLayout
from citegrid.gui.theme import Theme

#: The colours of a person's own highlights.
INKS = {Ink.YELLOW: "#fff2a8", Ink.GREEN: "#c8ecc0", Ink.BLUE: "#c3e0fb", Ink.PINK: "#fbcfdd"}
STRONG_LINE, PALE_LINE, NOTE_LINE = "#c8791a", "#d9b64a", "#8a8577"
#: Where a page is shown dark: its paper, and how much of a mark's ink is laid on it.
DARK_PAPER, DARKENED = "#1b1a17", 260


@dataclass(frozen=True, slots=True)
class PageInks:
    """How inks lie on pages.  On white paper they are multiplied, so that print stays black; on ``dark`` paper, whose print is
    light, they are darkened and laid on as light."""

    dark: bool = False
    hit: str = "#d4ead0"
    this_hit: str = "#8fce84"
    selected: str = "#b7d3e8"

    def ink(self, colour: str) -> QColor:
        """A mark's colour as this paper takes it."""
        return QColor(colour).darker(DARKENED) if self.dark else QColor(colour)

    @property
    def mode(self) -> QPainter.CompositionMode:
        """How a mark is laid over the page."""
        modes = QPainter.CompositionMode
        return modes.CompositionMode_Screen if self.dark else modes.CompositionMode_Multiply


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


#: A person's own marks, in the order they are laid on.
Own = Sequence[Annotation]


class PagePainter:
    """Paints pages of ``layout`` with what ``renderer`` has by now."""

    def __init__(
        self, painter: QPainter, layout: PageLayout, renderer: Renderer, view: QRectF, ratio: float, paper: PageInks
    ) -> None:
        self._painter, self._layout, self._renderer = painter, layout, renderer
        self._view, self._ratio, self._paper = view, ratio, paper

    def paint(self, number: int, marks: Marks, selected: Sequence[Box], colours: Theme, own: Own = ()) -> None:
        """One page with its marks and a person's ``own``; ``painter`` stands in pixels of the sheet."""
        painter, rect = self._painter, self._layout.rects[number - 1]
        painter.fillRect(rect.translated(0, 1.5).adjusted(-0.5, 0, 0.5, 0.5), QColor(0, 0, 0, 46))
        sheet = self._on_pixels(rect)
        painter.fillRect(sheet, QColor("#ffffff"))
        painter.save()
        # An image may be a pixel wider than its page: that pixel would not be darkened with it.
        painter.setClipRect(sheet)
        self._image(number, rect)
        painter.restore()
        painter.save()
        if self._paper.dark:
            self._darken(sheet)
        painter.setCompositionMode(self._paper.mode)
        strong = self._outline(number, marks.strong)
        for outline, colour in (
            *((self._outline(number, one.boxes), INKS[one.ink]) for one in own),
            (self._outline(number, marks.hits), self._paper.hit),
            (self._outline(number, marks.hit), self._paper.this_hit),
            (self._outline(number, (*marks.around, *marks.pale)).subtracted(strong), colours.pale_mark),
            (strong, colours.strong_mark),
            (self._outline(number, selected), self._paper.selected),
        ):
            painter.fillPath(outline, self._paper.ink(colour))
        painter.restore()
        for one in own:
            self._sign(number, one)
        self._underline(number, marks.pale, PALE_LINE, 1.0)
        self._underline(number, marks.strong, STRONG_LINE, 1.6)

    def _darken(self, rect: QRectF) -> None:
        """Turn the page that was painted into light print on dark paper."""
        modes = QPainter.CompositionMode
        for mode, colour in (
            (modes.CompositionMode_Difference, "#ffffff"),
            (modes.CompositionMode_Lighten, DARK_PAPER),
        ):
            self._painter.setCompositionMode(mode)
            self._painter.fillRect(rect, QColor(colour))

    def _on_pixels(self, rect: QRectF) -> QRectF:
        """The rectangle with its edges on the nearest pixels of the screen."""
        edges = rect.translated(-self._view.topLeft())
        first, last = (
            QPointF(round(corner.x() * self._ratio), round(corner.y() * self._ratio)) / self._ratio
            for corner in (edges.topLeft(), edges.bottomRight())
        )
        return QRectF(first, last).translated(self._view.topLeft())

    def _sign(self, number: int, one: Annotation) -> None:
        """A line under words that have a note, a ribbon on a page that is marked."""
        if one.is_bookmark and one.page == number:
            corner = self._layout.rects[number - 1].topRight() - QPointF(30, 0)
            shape = (QPointF(0, 0), QPointF(14, 0), QPointF(14, 24), QPointF(7, 17), QPointF(0, 24))
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(QColor(STRONG_LINE))
            self._painter.drawPolygon([corner + point for point in shape])
        elif one.note:
            self._underline(number, one.boxes, NOTE_LINE, 1.2)

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
            image.setDevicePixelRatio(self._ratio)
            painter.drawImage(self._on_pixels(rect).topLeft(), image)
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
