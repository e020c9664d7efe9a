"""Reads pictures for a child that may not start processes itself."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

from citegrid.concurrency.wire import BadMessage
from citegrid.core.errors import Cancelled, CiteGridError
from citegrid.ports import Cancel, Flag, OcrEngine, OcrLine, Pixels


class _Either(Flag):
    """A cancel of its own, and the person's."""

    def __init__(self, other: Cancel) -> None:
        super().__init__()
        self._other = other

    def cancelled(self) -> bool:
        return super().cancelled() or self._other.cancelled()

    def check(self) -> None:
        super().check()
        self._other.check()


class OcrDesk:
    """Takes pictures that come by ``pipe``, numbered, has them read by ``ocr`` side by side, and sends back the lines, or why there
    are none."""

    def __init__(self, pipe: Connection, ocr: OcrEngine, cancel: Cancel) -> None:
        self._pipe, self._ocr, self._cancel = pipe, ocr, _Either(cancel)
        self.workers = max(1, ocr.workers)
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="ocr-desk")
        self._sending, self._at_work = threading.Lock(), 0

    @property
    def busy(self) -> bool:
        """Whether the child waits for a picture."""
        return self._at_work > 0

    def take(self, number: int, picture: Pixels) -> None:
        """Read one more; raises BadMessage when more of them come than the child has hands."""
        if self._at_work >= self.workers:
            raise BadMessage("more pictures than were agreed on")
        with self._sending:
            self._at_work += 1
        self._threads.submit(self._read, number, picture)

    def close(self) -> None:
        """Stop reading; returns when nothing is read any more."""
        self._cancel.set()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _read(self, number: int, picture: Pixels) -> None:
        answer: list[OcrLine] | CiteGridError
        try:
            answer = self._ocr.read(picture, cancel=self._cancel)
        except Cancelled:
            return
        except CiteGridError as error:
            answer = error
        with self._sending:
            self._at_work -= 1
            with contextlib.suppress(OSError, ValueError):  # the child has gone
                self._pipe.send((number, answer))
