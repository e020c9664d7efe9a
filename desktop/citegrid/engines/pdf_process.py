"""Opens PDFs in a process of their own behind the port ``PageSource``.

MuPDF holds Python's lock while it draws a page or takes its words, so in the
window's own process each page would hold the window; and a PDF that crashes
MuPDF takes nothing with it here.  One process serves all open documents, one
question at a time, for MuPDF is not thread-safe anyway.  Messages over the pipe:

    to the child    ("open", number, name, data, password) · ("ask", number, method, arguments) · ("close", number);
                    a closed pipe ends it
    to the parent   Opened · Failed · Unknown · Drawn, a page or the links · PictureDrawn, which the pixels follow (see ``wire``)

It is handed the bytes of a file and can open none itself; what comes back is data of these shapes.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Iterator, Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citegrid.concurrency import wire
from citegrid.concurrency.child_process import Child, settle_in
from citegrid.concurrency.fence.cage import SERVER
from citegrid.core.document import Page
from citegrid.core.errors import CiteGridError, InputError
from citegrid.core.messages import Message
from citegrid.engines.pdf_bytes import pdf_bytes
from citegrid.ports import Link, PageSource, Pixels

if TYPE_CHECKING:  # MuPDF itself is loaded in the child
    from citegrid.engines.pdf import PdfSource

#: Seconds a child gets to end when its pipe closes.
_PATIENCE = 0.2
#: Seconds after which a child that does not answer has lost itself in a page.
_LONGEST = 60.0


class Opened(wire.ChildMessage, frozen=True):
    """A document that was opened."""

    name: str
    sha256: str
    page_count: wire.Count
    metadata: dict[str, str]
    outline: list[tuple[int, str, int]]


class Unknown(wire.ChildMessage, frozen=True):
    """It has no such document open."""


class PageSeen(wire.ChildMessage, frozen=True):
    """The words of a page."""

    page: Page


class LinksSeen(wire.ChildMessage, frozen=True):
    """The links of a document."""

    links: list[Link]


_Answer = Opened | Unknown | PageSeen | LinksSeen | wire.PictureDrawn | wire.Failed | wire.Exhausted


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

    def exchange(self, number: int, *message: object) -> object:
        """The child's answer to a question about a document, a picture as Pixels; raises EOFError or OSError when it dies of it or
        says what it may not, TimeoutError when it loses itself in it."""
        with self._turn(number) as child:
            child.pipe.send(message)
            if not child.pipe.poll(_LONGEST):
                raise TimeoutError(message[:2])
            answer = wire.hear(child.pipe, _Answer)
            if isinstance(answer, wire.Exhausted):
                raise EOFError("no memory is left for it")  # a new one holds only what is asked for
            return wire.hear_pixels(child.pipe, answer) if isinstance(answer, wire.PictureDrawn) else answer

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
            self._child = Child(_serve, name="citegrid-pdf", cage=SERVER)
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
        data = pdf_bytes(self._path)
        match self._process.exchange(self._number, "open", self._number, self._path.name, data, self._password):
            case Opened(name, sha256, count, metadata, outline):
                if self.sha256 not in ("", sha256):
                    self._process.forget(self._number)
                    raise InputError(Message("{name} was changed while it was open.", name=name), "Open it again.")
                self.name, self.sha256, self.page_count = name, sha256, count
                self.metadata: dict[str, str] = metadata
                self._outline: list[tuple[int, str, int]] = outline
            case wire.Failed() as failed:
                raise wire.error_of(failed)
            case _:
                raise EOFError("no answer to a question for a document")

    def page(self, number: int) -> Page:
        """See ``ports.PageSource``."""
        found = self._ask("page", number)
        return (
            found.page
            if isinstance(found, PageSeen) and found.page.number == number
            else Page(number, "", 612.0, 792.0, "")
        )

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
        return found.links if isinstance(found, LinksSeen) else []

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
                found = self._process.exchange(self._number, "ask", self._number, method, arguments)
                if not isinstance(found, Unknown):
                    return found
                self._open()  # it is another child than the one that opened it
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
    import_module("citegrid.engines.pdf")
    sources: dict[int, PdfSource] = {}
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            message: tuple[Any, ...] = pipe.recv()
            kind, number, *rest = message
            try:
                if kind == "open":
                    wire.send(pipe, _opened(sources, number, *rest))
                elif kind == "close":
                    if number in sources:
                        sources.pop(number).close()
                elif number not in sources:
                    wire.send(pipe, Unknown())
                else:
                    _answer(pipe, sources[number], *rest)
            except MemoryError:
                wire.send(pipe, wire.Exhausted())


def _opened(sources: dict[int, PdfSource], number: int, name: str, data: bytes, password: str) -> wire.ChildMessage:
    from citegrid.engines.pdf import opened

    try:
        source = sources[number] = opened(data, name, password)
    except CiteGridError as fault:
        return wire.failure_of(fault)
    return Opened(source.name, source.sha256, source.page_count, source.metadata, list(source.outline()))


def _answer(pipe: Connection, source: PdfSource, method: str, arguments: tuple[Any, ...]) -> None:
    found = getattr(source, method)(*arguments)
    if isinstance(found, Pixels):
        wire.send_pixels(pipe, found)
    else:
        wire.send(pipe, PageSeen(found) if isinstance(found, Page) else LinksSeen(list(found)))
