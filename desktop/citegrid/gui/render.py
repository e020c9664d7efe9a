"""Pages as images: drawn on a worker thread, kept in a bounded cache.

QImage only: a QPixmap must not be touched off the window's thread.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage

from citegrid.ports import PageSource, Pixels

#: Bytes of images kept; four bytes a pixel.
CACHE_BYTES = 192 * 1024 * 1024
#: No page is drawn with more pixels than this; beyond it the image is stretched.
MAX_PIXELS = 12_000_000

Wish = tuple[int, float]


def to_image(pixels: Pixels) -> QImage:
    """A QImage of its own memory; safe on any thread."""
    image = QImage(pixels.data, pixels.width, pixels.height, 3 * pixels.width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


class _Run(QRunnable):
    def __init__(self, renderer: Renderer) -> None:
        super().__init__()
        self._renderer = renderer

    def run(self) -> None:
        self._renderer._work()


class Renderer(QObject):
    """Draws the wished pages, nearest wish first; ``drawn(page)`` tells when one can be shown."""

    drawn = Signal(int)
    _done = Signal(object, int, float, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._lock = threading.Lock()
        self._wishes: list[Wish] = []
        self._busy = False
        self._in_work: set[Wish] = set()
        self._source: PageSource | None = None
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
        """The nearest image there is of a page, and whether it has just this scale."""
        exact = self._kept.get((page, scale))
        if exact is not None:
            self._kept.move_to_end((page, scale))
            return exact, True
        others = [key for key in self._kept if key[0] == page]
        if not others:
            return None, (page, scale) in self._failed
        nearest = min(others, key=lambda key: abs(key[1] - scale))
        return self._kept[nearest], (page, scale) in self._failed

    def wish(self, wishes: Sequence[Wish]) -> None:
        """Replace what is wanted, most wanted first; what is there already is skipped."""
        missing = [w for w in wishes if w not in self._kept and w not in self._failed]
        with self._lock:
            missing = [w for w in missing if w not in self._in_work]
            self._wishes = missing
            start = bool(missing) and not self._busy and self._source is not None
            self._busy = self._busy or start
        if start:
            self._pool.start(_Run(self))

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
                page, scale = self._wishes.pop(0)
                self._in_work.add((page, scale))
            try:
                image = to_image(source.render(page, scale))
            except Exception:
                image = QImage()
            self._done.emit(source, page, scale, image)

    @Slot(object, int, float, QImage)
    def _keep(self, source: object, page: int, scale: float, image: QImage) -> None:
        with self._lock:
            self._in_work.discard((page, scale))
        if source is not self._source:
            return
        if image.isNull():
            self._failed.add((page, scale))
        else:
            self._kept[(page, scale)] = image
            self._bytes += image.sizeInBytes()
            while self._bytes > CACHE_BYTES and len(self._kept) > 1:
                _, old = self._kept.popitem(last=False)
                self._bytes -= old.sizeInBytes()
        self.drawn.emit(page)
