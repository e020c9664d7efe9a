"""OCR in child processes behind the port ``OcrEngine``: the window stays free, and a crash takes nothing with it.

A child is started (``spawn``, so alike on every system and in a frozen
program) when a picture waits and no child is idle, at most ``workers`` of
them.  It reads one picture at a time.  A child that dies makes its read fail
with ``OcrError``; the next read starts a new one.  A cancel kills the child.
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from multiprocessing.connection import Connection

from citegrid.concurrency.child_process import Child, settle_in
from citegrid.core.errors import OcrError
from citegrid.core.messages import Message
from citegrid.ports import NEVER, Cancel, OcrLine, Pixels

#: Part of the key of kept readings: raise it when ``ocr`` or ``ocr_words`` read pages differently.
VERSION = "ppocrv4-mobile-2"
_MOST_WORKERS = 2
_PATIENCE = 0.1


def serve(pipe: Connection, threads: int) -> None:
    """The child: reads pictures until the other end of ``pipe`` closes."""
    settle_in(give_way=False)
    from citegrid.engines.ocr import RapidOcr

    engine = RapidOcr(threads, pages=True)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            width, height = pipe.recv()
            picture = Pixels(width, height, pipe.recv_bytes())
            try:
                pipe.send(engine.read(picture))
            except Exception as fault:
                pipe.send(f"{type(fault).__name__}: {fault}")


class OcrPool:
    """Reads pictures of pages side by side; safe to share between threads, of which more than ``workers`` wait."""

    def __init__(self, workers: int | None = None) -> None:
        cores = os.cpu_count() or 1
        self._workers = workers or min(_MOST_WORKERS, cores)
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
            lines = child.read(picture, cancel)
        except BaseException:
            if child is not None:
                self._end(child)
            self._idle.put(None)
            raise
        self._idle.put(child)
        if isinstance(lines, str):
            raise OcrError(Message("the text recognition failed ({reason}).", reason=lines), "Read the document again.")
        return lines

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
        child = _Child(self._threads)
        with self._lock:
            self._children.add(child)
        return child

    def _end(self, child: _Child) -> None:
        with self._lock:
            self._children.discard(child)
        child.kill()


class _Child:
    """One process and the pipe to it."""

    def __init__(self, threads: int) -> None:
        try:
            self._child = Child(serve, threads, name="citegrid-ocr")
        except OSError as fault:
            raise OcrError("the text recognition cannot be started.", "Close other programs.") from fault

    @property
    def process_id(self) -> int | None:
        """None once it has ended."""
        return self._child.process.pid if self._child.is_alive() else None

    def read(self, picture: Pixels, cancel: Cancel) -> list[OcrLine] | str:
        """Its answer; a sentence when it failed but lives."""
        # A picture is larger than a pipe: sending waits for the child to be up, so it is done aside.
        sender = threading.Thread(target=self._send, args=(picture,), name="ocr-send", daemon=True)
        sender.start()
        try:
            while not self._child.pipe.poll(_PATIENCE):
                cancel.check()
            answer: list[OcrLine] | str = self._child.pipe.recv()
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
