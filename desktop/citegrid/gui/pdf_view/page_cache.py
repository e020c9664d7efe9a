"""Pages as images: drawn on a worker thread, kept in a bounded cache.

A page is drawn whole while that is cheap; magnified further, only the tiles in
view are drawn at full sharpness.  QImage only: a QPixmap must not be touched off
the window's thread.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage

from citegrid.ports import PageSource, Pixels

#: Bytes of images kept; four bytes a pixel.  What is in view stays, also where it alone is more.
CACHE_BYTES = 96 * 1024 * 1024
#: No page is drawn whole with more pixels than this; beyond it there are tiles over a stretched image of BASE_PIXELS.
MAX_PIXELS = 8_000_000
BASE_PIXELS = 2_000_000
#: The side of a tile in device pixels.
TILE = 1024


@dataclass(frozen=True, slots=True)
class Wish:
    """A page at ``scale`` device pixels a point: whole, or the tile in one column and row of its grid."""

    page: int
    scale: float
    tile: tuple[int, int] | None = None


def tile_area(wish: Wish, size: tuple[float, float]) -> tuple[float, float, float, float]:
    """The part of a page of ``size`` points that a tile shows, in points, cut off at the page's edge."""
    column, row = wish.tile or (0, 0)
    side = TILE / wish.scale
    return column * side, row * side, min(size[0], (column + 1) * side), min(size[1], (row + 1) * side)


def to_image(pixels: Pixels) -> QImage:
    """A QImage of its own memory; safe on any thread."""
    image = QImage(pixels.data, pixels.width, pixels.height, 3 * pixels.width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


class _RenderTask(QRunnable):
    def __init__(self, renderer: Renderer) -> None:
        super().__init__()
        self._renderer = renderer

    def run(self) -> None:
        self._renderer._work()


class Renderer(QObject):
    """Draws the wished pages, nearest wish first; ``drawn(page)`` tells when one can be shown."""

    drawn = Signal(int)
    _done = Signal(object, object, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._lock = threading.Lock()
        self._wishes: list[Wish] = []
        self._in_view: frozenset[Wish] = frozenset()
        self._busy = False
        self._in_work: set[Wish] = set()
        self._source: PageSource | None = None
        self._sizes: dict[int, tuple[float, float]] = {}
        self._kept: OrderedDict[Wish, QImage] = OrderedDict()
        self._bytes = 0
        self._failed: set[Wish] = set()
        self._done.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def set_source(self, source: PageSource | None) -> None:
        """Forget everything and draw from ``source`` from now on."""
        with self._lock:
            self._source = source
            self._wishes = []
        self._kept.clear()
        self._failed.clear()
        self._bytes = 0

    def bytes_kept(self) -> int:
        """The size of the cache."""
        return self._bytes

    def best(self, page: int, scale: float) -> tuple[QImage | None, bool]:
        """The nearest whole image there is of a page, and whether it has just this scale."""
        wish = Wish(page, scale)
        exact = self._kept.get(wish)
        if exact is not None:
            self._kept.move_to_end(wish)
            return exact, True
        others = [key for key in self._kept if key.page == page and key.tile is None]
        if not others:
            return None, wish in self._failed
        nearest = min(others, key=lambda key: abs(key.scale - scale))
        return self._kept[nearest], wish in self._failed

    def tile(self, wish: Wish) -> QImage | None:
        """A tile that has been drawn."""
        image = self._kept.get(wish)
        if image is not None:
            self._kept.move_to_end(wish)
        return image

    def wish(self, wishes: Sequence[Wish], sizes: Sequence[tuple[float, float]] = ()) -> None:
        """Replace what is wanted, most wanted first; what is there already is skipped.

        ``sizes`` are the pages' sizes in points, by which tiles are cut.
        """
        self._in_view = frozenset(wishes)
        done = self._kept.keys() | self._failed
        with self._lock:
            missing = [w for w in wishes if w not in done and w not in self._in_work]
            self._wishes = missing
            self._sizes = {w.page: sizes[w.page - 1] for w in missing if w.tile is not None}
            start = bool(missing) and not self._busy and self._source is not None
            self._busy = self._busy or start
        if start:
            self._pool.start(_RenderTask(self))

    def stop(self) -> None:
        """Want nothing more and wait until the worker has put down its page."""
        with self._lock:
            self._wishes = []
            self._source = None
        self._pool.waitForDone(3000)

    def _work(self) -> None:
        """On the worker thread: draw wishes until there are none."""
        while True:
            with self._lock:
                source = self._source
                if not self._wishes or source is None:
                    self._busy = False
                    return
                wish = self._wishes.pop(0)
                clip = tile_area(wish, self._sizes[wish.page]) if wish.tile is not None else None
                self._in_work.add(wish)
            try:
                image = to_image(source.render(wish.page, wish.scale, clip))
            except Exception:
                image = QImage()
            self._done.emit(source, wish, image)

    @Slot(object, object, QImage)
    def _keep(self, source: object, wish: Wish, image: QImage) -> None:
        with self._lock:
            self._in_work.discard(wish)
        if source is not self._source:
            return
        if image.isNull():
            self._failed.add(wish)
        else:
            self._kept[wish] = image
            self._bytes += image.sizeInBytes()
            for old in list(self._kept):
                if self._bytes <= CACHE_BYTES:
                    break
                if old not in self._in_view and old != wish:
                    self._bytes -= self._kept.pop(old).sizeInBytes()
        self.drawn.emit(wish.page)
