"""OCR in child processes behind the port ``OcrEngine``: the window stays free, and a crash takes nothing with it.

A child is started (``spawn``, so alike on every system and in a frozen
program) when a picture waits and no child is idle, at most ``workers`` of
them.  It reads one picture at a time.  A child that dies makes its read fail
with ``OcrError``; the next read starts a new one.  A cancel kills the child.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from multiprocessing.connection import Connection

from citegrid.concurrency import wire
from citegrid.concurrency.child_process import Child, settle_in
from citegrid.concurrency.cores import usable_cores
from citegrid.concurrency.fence.cage import SERVER
from citegrid.core.errors import OcrError
from citegrid.core.messages import Message
from citegrid.ports import NEVER, Cancel, OcrLine, Pixels

#: Part of the key of kept readings: raise it when ``ocr`` or ``ocr_words`` read pages differently.
VERSION = "ppocrv4-mobile-2"
_MOST_WORKERS = 2
_PATIENCE = 0.1
#: Seconds for one picture; a page of small print takes ten.
_LONGEST = 180.0


class LinesSeen(wire.ChildMessage, frozen=True):
    """The lines of a picture."""

    lines: list[OcrLine]


_Read = LinesSeen | wire.Fault | wire.Exhausted


def serve(pipe: Connection, threads: int, pages: bool) -> None:
    """The child: reads pictures until the other end of ``pipe`` closes."""
    settle_in(give_way=False)
    from citegrid.engines.ocr import RapidOcr

    engine = RapidOcr(threads, pages=pages)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            width, height = pipe.recv()
            picture = Pixels(width, height, pipe.recv_bytes())
            try:
                wire.send(pipe, LinesSeen(engine.read(picture)))
            except MemoryError:
                wire.send(pipe, wire.Exhausted())
            except Exception as fault:
                wire.send(pipe, wire.fault_of(fault, ""))


class OcrPool:
    """Reads pictures side by side; safe to share between threads, of which more than ``workers`` wait.

    ``pages``: they are pictures of pages, and not of a table.
    """

    def __init__(self, workers: int | None = None, *, pages: bool = True) -> None:
        cores = usable_cores()
        self._workers, self._pages = workers or min(_MOST_WORKERS, cores), pages
        self._threads = max(1, min(4, cores // self._workers))
        self._idle: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(self._workers):
            self._idle.put(None)  # a seat whose child is started when it is needed
        self._lock = threading.Lock()
        self._children: set[_Child] = set()

    @property
    def workers(self) -> int:
        """Children at the most."""
        return self._workers

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The children that run."""
        with self._lock:
            return tuple(number for child in self._children if (number := child.process_id) is not None)

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        """The lines of text in ``picture``; raises ``Cancelled``, or ``OcrError`` when the child died or failed."""
        child = self._seat(cancel)
        try:
            if child is None or child.process_id is None:
                if child is not None:
                    self._end(child)
                    child = None
                child = self._start()
            read = child.read(picture, cancel)
        except BaseException:
            if child is not None:
                self._end(child)
            self._idle.put(None)
            raise
        self._idle.put(child)
        if isinstance(read, LinesSeen):
            return read.lines
        reason = read.what if isinstance(read, wire.Fault) else Message("it took too much memory")
        raise OcrError(Message("the text recognition failed ({reason}).", reason=reason), "Read the document again.")

    def close(self) -> None:
        """End the children; those at work fail with ``OcrError``.  Another read starts new ones."""
        with self._lock:
            children = list(self._children)
        for child in children:
            self._end(child)

    def _seat(self, cancel: Cancel) -> _Child | None:
        while True:
            cancel.check()
            with contextlib.suppress(queue.Empty):
                return self._idle.get(timeout=_PATIENCE)

    def _start(self) -> _Child:
        child = _Child(self._threads, self._pages)
        with self._lock:
            self._children.add(child)
        return child

    def _end(self, child: _Child) -> None:
        with self._lock:
            self._children.discard(child)
        child.kill()


class _Child:
    """One process and the pipe to it."""

    def __init__(self, threads: int, pages: bool) -> None:
        try:
            self._child = Child(serve, threads, pages, name="citegrid-ocr", cage=SERVER)
        except OSError as fault:
            raise OcrError("the text recognition cannot be started.", "Close other programs.") from fault

    @property
    def process_id(self) -> int | None:
        """None once it has ended."""
        return self._child.process.pid if self._child.is_alive() else None

    def read(self, picture: Pixels, cancel: Cancel) -> _Read:
        """Its answer; what went wrong when it failed but lives."""
        # A picture is larger than a pipe: sending waits for the child to be up, so it is done aside.
        sender = threading.Thread(target=self._send, args=(picture,), name="ocr-send", daemon=True)
        sender.start()
        end = time.monotonic() + _LONGEST
        try:
            while not self._child.pipe.poll(_PATIENCE):
                cancel.check()
                if time.monotonic() > end:
                    raise TimeoutError("no answer")
            answer: _Read = wire.hear(self._child.pipe, _Read)
        except (EOFError, OSError) as fault:
            raise OcrError("the text recognition stopped unexpectedly.", "Read the document again.") from fault
        finally:
            if sender.is_alive():
                self._child.kill()  # unblocks the sender
            sender.join(5)
        return answer

    def _send(self, picture: Pixels) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._child.pipe.send((picture.width, picture.height))
            self._child.pipe.send_bytes(picture.data)

    def kill(self) -> None:
        """End it at once."""
        self._child.end()
