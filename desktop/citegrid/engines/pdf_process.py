"""Opens PDFs in a process of their own behind the port ``PageSource``.

MuPDF holds Python's lock while it draws a page or takes its words, so in the
window's own process each page would hold the window; and a PDF that crashes
MuPDF takes nothing with it here.  One process serves all open documents, one
question at a time, for MuPDF is not thread-safe anyway.  Messages over the pipe:

    to the child    ("open", number, path, password) · ("ask", number, method, arguments) · ("close", number);
                    a closed pipe ends it
    to the parent   ("opened", name, sha256, page_count, metadata, outline) · ("refused", error) · ("unknown",) · ("done", result) · ("pixels", width, height), which the bytes follow
"""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from citegrid.concurrency.child_process import Child, settle_in
from citegrid.core.document import Page
from citegrid.core.errors import CiteGridError, InputError
from citegrid.core.messages import Message
from citegrid.ports import Link, PageSource, Pixels

#: Seconds a child gets to end when its pipe closes.
_PATIENCE = 0.2
#: Seconds after which a child that does not answer has lost itself in a page.
_LONGEST = 60.0


class PdfProcess:
    """Is an ``OpenDocument``.  Safe to share between threads, which then take turns.

    A child that dies is started again by the next question.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._numbers = itertools.count(1)
        self._asking = 0
        self._to_close: list[int] = []

    def prepare(self) -> None:
        """Start the child, so that the first paper need not wait for it."""
        with self._lock:
            self._running()

    def __call__(self, path: Path, password: str = "") -> PageSource:
        """Open ``path``; raises ``PasswordNeeded`` or ``InputError`` with one sentence."""
        return RemotePdf(self, next(self._numbers), path, password)

    def close(self) -> None:
        """End the child, also in the middle of a page."""
        if not self._lock.acquire(timeout=_PATIENCE):
            if (child := self._child) is not None:
                child.kill()
            self._lock.acquire()
        try:
            self._end(_PATIENCE)
        finally:
            self._lock.release()

    @property
    def process_id(self) -> int | None:
        """The child that runs."""
        child = self._child
        return child.process.pid if child is not None and child.is_alive() else None

    def exchange(self, number: int, *message: object) -> tuple[object, ...]:
        """The child's answer to a question about a document; raises EOFError or OSError when it dies of it, TimeoutError when
        it loses itself in it."""
        with self._turn(number) as child:
            child.pipe.send(message)
            if not child.pipe.poll(_LONGEST):
                raise TimeoutError(message)
            answer: tuple[object, ...] = child.pipe.recv()
            return (*answer, child.pipe.recv_bytes()) if answer[0] == "pixels" else answer

    def forget(self, number: int) -> None:
        """Close a document, without waiting: a child that is busy with it is ended, whatever else it has open; one that is
        busy with another closes it before the next question."""
        self._to_close.append(number)
        if self._lock.acquire(blocking=False):
            try:
                self._close_some()
            finally:
                self._lock.release()
        elif self._asking == number and (child := self._child) is not None:
            child.kill()  # who waits for its answer hears of it

    def _close_some(self) -> None:
        try:
            while self._to_close:
                number = self._to_close.pop()
                if self._child is not None and self._child.is_alive():
                    self._child.pipe.send(("close", number))
        except OSError:
            self._end()  # and all it had open with it

    @contextlib.contextmanager
    def _turn(self, number: int) -> Iterator[Child]:
        with self._lock:
            self._close_some()
            self._asking = number
            try:
                yield self._running()
            except (EOFError, OSError):
                self._end()
                raise
            finally:
                self._asking = 0

    def _running(self) -> Child:
        if self._child is None or not self._child.is_alive():
            self._end()
            self._child = Child(_serve, name="citegrid-pdf")
        return self._child

    def _end(self, patience: float = 0.0) -> None:
        if self._child is not None:
            self._child.end(patience)
        self._child = None


class RemotePdf:
    """An open PDF, one process away; see ``ports.PageSource``.

    A page that the child dies of is empty and white, as any page that MuPDF cannot read.
    """

    def __init__(self, process: PdfProcess, number: int, path: Path, password: str) -> None:
        self._process, self._number, self._path, self._password = process, number, path, password
        self._closed = False
        self.sha256 = ""
        try:
            self._open()
        except (EOFError, OSError) as fault:
            raise InputError(
                Message("{name} cannot be opened: the PDF library ended over it.", name=path.name),
                "Download it again or print it to a new PDF.",
            ) from fault

    def _open(self) -> None:
        match self._process.exchange(self._number, "open", self._number, self._path, self._password):
            case ("opened", str() as name, str() as sha256, int() as count, dict() as metadata, list() as outline):
                if self.sha256 not in ("", sha256):
                    self._process.forget(self._number)
                    raise InputError(Message("{name} was changed while it was open.", name=name), "Open it again.")
                self.name, self.sha256, self.page_count = name, sha256, count
                self.metadata: dict[str, str] = metadata
                self._outline: list[tuple[int, str, int]] = outline
            case ("refused", CiteGridError() as error):
                raise error

    def page(self, number: int) -> Page:
        """See ``ports.PageSource``."""
        found = self._ask("page", number)
        return found if isinstance(found, Page) else Page(number, "", 612.0, 792.0, "")

    def render(self, number: int, scale: float, clip: tuple[float, float, float, float] | None = None) -> Pixels:
        """See ``ports.PageSource``."""
        found = self._ask("render", number, scale, clip)
        if isinstance(found, Pixels):
            return found
        x0, y0, x1, y1 = clip or (0.0, 0.0, 612.0, 792.0)
        wide, high = max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale))
        return Pixels(wide, high, b"\xff" * (3 * wide * high))

    def links(self) -> Sequence[Link]:
        """See ``ports.PageSource``."""
        found = self._ask("links")
        return found if isinstance(found, list) else []

    def outline(self) -> Sequence[tuple[int, str, int]]:
        """``(level, title, page)`` of each bookmark; known since the file was opened."""
        return self._outline

    def close(self) -> None:
        """Let go of the file, at once; may be called twice."""
        if not self._closed:
            self._closed = True
            self._process.forget(self._number)

    def _ask(self, method: str, *arguments: object) -> object:
        """The child's answer; None when two children died of the question, when there was none for long, or when the document
        is closed."""
        died = 0
        while not self._closed and died < 2:
            try:
                match self._process.exchange(self._number, "ask", self._number, method, arguments):
                    case ("pixels", int() as width, int() as height, bytes() as data):
                        return Pixels(width, height, data)
                    case ("done", result):
                        return result
                    case _:  # another child than the one that opened it
                        self._open()
            except TimeoutError:
                return None
            except (EOFError, OSError):  # the first may have died of another question
                died += 1
            except CiteGridError:  # its file has gone
                return None
        return None


# -- in the child ------------------------------------------------------------------------------------------------------


def _serve(pipe: Connection) -> None:
    settle_in(give_way=False)  # it draws what a person waits for
    from citegrid.engines.pdf import PdfSource, open_pdf

    sources: dict[int, PdfSource] = {}
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            message: tuple[Any, ...] = pipe.recv()
            kind, number = message[:2]
            if kind == "open":
                try:
                    source = sources[number] = open_pdf(*message[2:])
                except CiteGridError as fault:
                    pipe.send(("refused", fault))
                else:
                    about = (source.name, source.sha256, source.page_count, source.metadata, list(source.outline()))
                    pipe.send(("opened", *about))
            elif kind == "close":
                if number in sources:
                    sources.pop(number).close()
            elif number not in sources:
                pipe.send(("unknown",))
            else:
                result = getattr(sources[number], message[2])(*message[3])
                if isinstance(result, Pixels):
                    pipe.send(("pixels", result.width, result.height))
                    pipe.send_bytes(result.data)
                else:
                    pipe.send(("done", result))
