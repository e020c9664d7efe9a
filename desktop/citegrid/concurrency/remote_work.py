"""Work in a process of its own: what computes for seconds would hold Python's lock, and the window with it; and what reads
hostile files has to be fenced in.

Each piece of work gets a new process, so what it took of memory is given back, and no document reaches another; one is kept
ready, because starting it and loading what reads a paper takes a second.  Of many small documents some share one.  Over the pipe:

    to the child    (work, arguments, workers) for each piece of work; then (number, lines or error) for each picture that it asked to read;
                    a closed pipe ends it
    to the parent   Step · PartFound · PictureToRead and its pixels · Done · Failed · Fault · Exhausted (see ``wire``)
"""

from __future__ import annotations

import atexit
import itertools
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from citegrid.concurrency import wire
from citegrid.concurrency.child_process import Child, settle_in
from citegrid.concurrency.fence.cage import PARSER, Cage
from citegrid.concurrency.ocr_desk import OcrDesk
from citegrid.concurrency.watch import Overrun, Watch, computed
from citegrid.core.errors import CiteGridError, InputError, InternalError, OcrError
from citegrid.core.messages import Message
from citegrid.ports import NEVER, SILENT, Cancel, OcrEngine, OcrLine, Pixels, Progress

#: A function of a module that yields what it finds, part by part: ``work(*arguments, progress=…, cancel=…)``; with ``ocr=…``, too,
#: where ``run`` was given an engine.
Work = Callable[..., Iterator[object]]
#: Seconds between two looks at the person's cancel.
_LOOK = 0.05
#: Pieces of work of one process, where there are many small ones: starting it takes longer than they do.
_MOST_WORK = 20
#: Seconds of the processor after which it does no more: all of its work shares one limit.
_MOST_COMPUTED = 60.0
_Heard = wire.Step | wire.PartFound | wire.Done | wire.Failed | wire.Fault | wire.Exhausted | wire.PictureToRead


class RemoteFault(Exception):
    """The traceback of a fault in the child, as text."""


class RemoteWork:
    """Runs work in processes of their own, each in a ``cage``; safe to share between threads.

    ``load`` imports, in the child, what it needs.
    """

    def __init__(
        self, load: Callable[[], None], cage: Cage = PARSER, *, many: bool = False, aside: bool = False
    ) -> None:
        """``many``: there is a lot of small work, of which a process does up to _MOST_WORK, unless it fails.  ``aside``: a window
        has the processor first."""
        self._load, self._cage, self._most, self._aside = load, cage, _MOST_WORK if many else 1, aside
        self._lock = threading.Lock()
        self._spare: Child | None = None
        self._at_work: set[Child] = set()

    def prepare(self) -> None:
        """Have a process ready for the next piece of work."""
        with self._lock:
            if self._spare is None or not self._spare.is_alive():
                self._spare = self._start()

    def run(
        self,
        work: Work,
        *arguments: object,
        parts: tuple[Any, ...],
        name: str = "",
        ocr: OcrEngine | None = None,
        progress: Progress = SILENT,
        cancel: Cancel = NEVER,
    ) -> Iterator[Any]:
        """The parts that ``work`` yields, as they come, each of one of the classes ``parts`` (no two of one name).

        Arguments are pickled, so ``work`` stands in a module; parts come back as data (see ``wire``).  Pictures that the work wants
        to have read are read by ``ocr``, in this process.  Raises the ``CiteGridError`` that it raised, ``Cancelled`` within a moment
        of the cancel, InputError where reading ``name`` takes more time or memory than it may, and InternalError when it failed
        otherwise or its process died.
        """
        with self._lock:
            spare, self._spare = self._spare, None
            child = spare if spare is not None and spare.is_alive() else self._start()
            self._at_work.add(child)
        again = False
        desk = OcrDesk(child.pipe, ocr, cancel) if ocr is not None else None
        try:
            child.pipe.send((work, arguments, desk.workers if desk is not None else 0))
            yield from self._heard(child, parts, desk, progress, cancel)
            child.works += 1
            again = child.works < self._most and computed(child) < _MOST_COMPUTED
        except Overrun as fault:
            raise _too_much(name, self._cage, memory=fault.memory) from fault
        except (EOFError, OSError) as fault:
            code = child.exit_code(1.0)
            if code == -getattr(signal, "SIGXCPU", 0) != 0:
                raise _too_much(name, self._cage, memory=False) from fault
            raise InternalError(
                Message("The process that reads ended unexpectedly (code {code}).", code=code),
                "Try again; close other programs if it happens again.",
            ) from fault
        finally:
            if not again:
                child.kill()
            if desk is not None:
                desk.close()
            self._put_back(child, again=again)

    def _put_back(self, child: Child, *, again: bool) -> None:
        """Keep a process for the next piece of work, or end it."""
        with self._lock:
            self._at_work.discard(child)
            again = again and self._spare is None
            if again:
                self._spare = child
        if not again:
            child.end()

    def close(self) -> None:
        """End all processes; work that is under way fails."""
        with self._lock:
            spare, self._spare = self._spare, None
            for child in self._at_work:
                child.kill()
        if spare is not None:
            spare.end()
        atexit.unregister(self.close)

    def _start(self) -> Child:
        child = Child(_serve, self._load, self._aside, name="citegrid-work", cage=self._cage)
        atexit.unregister(self.close)
        atexit.register(self.close)  # before multiprocessing waits for a child that waits for work
        return child

    def _heard(
        self, child: Child, parts: tuple[Any, ...], desk: OcrDesk | None, progress: Progress, cancel: Cancel
    ) -> Iterator[Any]:
        watch = Watch(child, self._cage)
        while True:
            cancel.check()
            if not child.pipe.poll(_LOOK):
                if desk is not None and desk.busy:
                    watch.heard()  # it waits for us
                watch.look()
                continue
            told = wire.hear(child.pipe, _Heard)
            watch.heard()
            match told:
                case wire.Step(phase, done, total, detail):
                    progress.report(phase, done, total, detail)
                case wire.PartFound():
                    yield wire.value_of(told, parts)
                case wire.PictureToRead():
                    _asked(desk).take(told.number, wire.hear_pixels(child.pipe, told))
                case wire.Done():
                    return
                case _:
                    raise _error(told)


def _asked(desk: OcrDesk | None) -> OcrDesk:
    if desk is None:
        raise wire.BadMessage("nobody reads pictures for this work")
    return desk


def _error(told: object) -> Exception:
    """What a message says that is no result."""
    match told:
        case wire.Failed():  # its class, keys and values: the window says it in its language
            return wire.error_of(told)
        case wire.Fault(what, where):
            error = InternalError(Message("CiteGrid itself failed ({fault}).", fault=what), "Please report this.")
            error.__cause__ = RemoteFault(where)
            return error
    return Overrun(memory=True)


def _too_much(name: str, cage: Cage, *, memory: bool) -> InputError:
    hint = "Print it to a new file or split it, and use that."
    size = cage.memory >> 20
    if memory:
        return InputError(Message("Reading {name} takes more than {size} MB of memory.", name=name, size=size), hint)
    return InputError(Message("Reading {name} takes too long; it was given up.", name=name), hint)


# -- in the child ------------------------------------------------------------------------------------------------------


class _Line:
    """The child's end of the pipe: what it says is said by one thread at a time, and another one hears the answers."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe, self._lock = pipe, threading.Lock()
        self._asked: dict[int, Future[list[OcrLine] | CiteGridError]] = {}
        self._numbers = itertools.count(1)
        #: Whether what reads a paper is there.  Until then what comes is only taken, so that who sends it need not wait.
        self.loaded = threading.Event()
        #: The pieces of work that came.
        self.given: SimpleQueue[tuple[Work, tuple[Any, ...], int]] = SimpleQueue()

    def tell(self, message: wire.ChildMessage) -> None:
        try:
            with self._lock:
                wire.send(self._pipe, message)
        except OSError:
            os._exit(0)  # the parent has gone: nobody waits for what is left

    def ask(self, picture: Pixels) -> list[OcrLine] | CiteGridError:
        answer: Future[list[OcrLine] | CiteGridError] = Future()
        try:
            with self._lock:
                number = next(self._numbers)
                self._asked[number] = answer
                wire.send_pixels(self._pipe, picture, number)
        except OSError:
            os._exit(0)
        return answer.result()

    def listen(self) -> None:
        """Hear work and answers until the parent has gone; without it there is nothing left to do."""
        while True:
            try:
                data = self._pipe.recv_bytes()
            except (EOFError, OSError):
                os._exit(0)
            self.loaded.wait()
            told = pickle.loads(data)
            if isinstance(told[0], int):
                self._asked.pop(told[0]).set_result(told[1])
            else:
                self.given.put(told)


class _RemoteOcr:
    """Has pictures read by the parent; see ``ports.OcrEngine``."""

    def __init__(self, line: _Line, workers: int) -> None:
        self._line, self.workers = line, workers

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        answer = self._line.ask(picture)
        if isinstance(answer, CiteGridError):
            raise OcrError(answer.sentence, answer.hint) from answer
        return answer


class _Steps:
    """Progress that the parent hears."""

    def __init__(self, line: _Line) -> None:
        self._line = line

    def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
        self._line.tell(wire.step_of(phase, done, total, detail))


def _serve(pipe: Connection, load: Callable[[], None], aside: bool) -> None:
    settle_in(give_way=aside)
    line = _Line(pipe)
    threading.Thread(target=line.listen, name="listen", daemon=True).start()
    load()
    line.loaded.set()
    while True:
        work, arguments, workers = line.given.get()
        helpers = {"ocr": _RemoteOcr(line, workers)} if workers else {}
        line.tell(_outcome(line, work, arguments, helpers))


def _outcome(line: _Line, work: Work, arguments: tuple[Any, ...], helpers: dict[str, Any]) -> wire.ChildMessage:
    """Do a piece of work and tell what it finds; how it ended."""
    try:
        for part in work(*arguments, progress=_Steps(line), cancel=NEVER, **helpers):  # a cancel ends the process
            line.tell(wire.part_of(part))
    except CiteGridError as fault:
        return wire.failure_of(fault)
    except MemoryError:
        return wire.Exhausted()
    except Exception as fault:  # whatever it was, the parent has to hear of it
        return wire.fault_of(fault, traceback.format_exc())
    return wire.Done()
