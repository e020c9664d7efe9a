"""Work in a process of its own: what computes for seconds would hold Python's lock, and the window with it.

Each piece of work gets a new process, so what it took of memory is given back; one is kept ready, because starting it
and loading what reads a paper takes a second.  Messages are tuples over a pipe:

    to the child    (work, arguments), once; a closed pipe ends it
    to the parent   ("step", phase, done, total, detail) · ("part", value) · ("done",) · ("failed", error) ·
                    ("fault", what, traceback)
"""

from __future__ import annotations

import atexit
import os
import threading
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

from citegrid.concurrency.child_process import Child, settle_in
from citegrid.core.errors import CiteGridError, InternalError
from citegrid.core.messages import Message
from citegrid.ports import NEVER, SILENT, Cancel, Progress

#: A function of a module that yields what it finds, part by part: ``work(*arguments, progress=…, cancel=…)``.
Work = Callable[..., Iterator[object]]
#: Seconds between two looks at the person's cancel.
_LOOK = 0.05


class RemoteFault(Exception):
    """The traceback of a fault in the child, as text."""


class RemoteWork:
    """Runs work in processes of their own; safe to share between threads.  ``load`` imports, in the child, what it needs."""

    def __init__(self, load: Callable[[], None]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._spare: Child | None = None
        self._at_work: set[Child] = set()

    def prepare(self) -> None:
        """Have a process ready for the next piece of work."""
        with self._lock:
            if self._spare is None or not self._spare.is_alive():
                self._spare = self._start()

    def run(
        self, work: Work, *arguments: object, progress: Progress = SILENT, cancel: Cancel = NEVER
    ) -> Iterator[object]:
        """The parts that ``work`` yields, as they come.

        Arguments and parts are pickled, so ``work`` stands in a module.  Raises the ``CiteGridError`` that it raised,
        ``Cancelled`` within a moment of the cancel, and InternalError when it failed otherwise or its process died.
        """
        with self._lock:
            spare, self._spare = self._spare, None
            child = spare if spare is not None and spare.is_alive() else self._start()
            self._at_work.add(child)
        try:
            child.pipe.send((work, arguments))
            yield from _heard(child.pipe, progress, cancel)
        except (EOFError, OSError) as fault:
            raise InternalError(
                Message("The process that reads ended unexpectedly (code {code}).", code=child.exit_code(1.0)),
                "Try again; close other programs if it happens again.",
            ) from fault
        finally:
            with self._lock:
                self._at_work.discard(child)
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
        child = Child(_serve, self._load, name="citegrid-work", has_children=True)
        atexit.unregister(self.close)
        atexit.register(self.close)  # before multiprocessing waits for a child that waits for work
        return child


def _heard(pipe: Connection, progress: Progress, cancel: Cancel) -> Iterator[object]:
    while True:
        cancel.check()
        if not pipe.poll(_LOOK):
            continue
        match pipe.recv():
            case ("step", str() as phase, int() as done, int() as total, str() as detail):
                progress.report(phase, done, total, detail)
            case ("part", value):
                yield value
            case ("done",):
                return
            case ("failed", CiteGridError() as error):  # its class, keys and values: the window says it in its language
                raise error
            case ("fault", str() as what, str() as where):
                raise InternalError(
                    Message("CiteGrid itself failed ({fault}).", fault=what), "Please report this."
                ) from RemoteFault(where)


# -- in the child ------------------------------------------------------------------------------------------------------


class _Steps:
    """Progress that the parent hears."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
        _tell(self._pipe, "step", phase, done, total, detail)


def _serve(pipe: Connection, load: Callable[[], None]) -> None:
    settle_in(give_way=True)
    load()
    try:
        work, arguments = pipe.recv()
    except (EOFError, OSError):
        return
    try:
        for part in work(*arguments, progress=_Steps(pipe), cancel=NEVER):  # a cancel ends the process
            _tell(pipe, "part", part)
        _tell(pipe, "done")
    except CiteGridError as fault:
        _tell(pipe, "failed", fault)
    except Exception as fault:  # whatever it was, the parent has to hear of it
        _tell(pipe, "fault", f"{type(fault).__name__}: {fault}", traceback.format_exc())


def _tell(pipe: Connection, *message: object) -> None:
    try:
        pipe.send(message)
    except OSError:
        os._exit(0)  # the parent has gone: nobody waits for what is left
