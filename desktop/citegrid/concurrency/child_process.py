"""A process of one's own: started with ``spawn``, in a cage, a pipe to it, and an end that is certain."""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import pickle
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

import psutil

from citegrid.concurrency.fence.cage import Cage
from citegrid.concurrency.fence.enter import enter

_NICENESS = 5
#: Seconds within which an end of the pipe moves once a message has begun: a child that stops in the middle of one is broken,
#: one that takes nothing has not come up.
_STALLED, _NOT_UP = 10, 60
#: Seconds that the program's end waits for a start that has begun, which takes milliseconds.
_HALF_DONE = 0.4


class Child:
    """Runs ``target(pipe, *args)`` in a new process, fenced in by ``cage``; ``pipe`` is the other end of ``self.pipe``.

    ``spawn`` is alike on every system and in a frozen program, and a forked child would inherit the window's threads and
    locks.  A child ends with its parent, however that one ends: its pipe closes, and on Linux the kernel kills it.  The fence
    stands before anything of ``target`` or ``args`` is loaded.  Raises OSError when it cannot be started.
    """

    def __init__(self, target: Callable[..., None], *args: object, name: str, cage: Cage) -> None:
        #: Pieces of work that it has done.
        self.works = 0
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        _never_for_ever(self.pipe)
        given = (theirs, cage, os.getpid(), pickle.dumps((target, args)))
        # a daemon may not have children of its own
        self.process: Any = context.Process(target=_fenced, args=given, name=name, daemon=not cage.programs)
        try:
            _STARTER.start(self.process.start)
        except BaseException:  # Ctrl-C too: who waits for it has gone
            self.pipe.close()
            if self.process.pid is not None:
                self.process.kill()
            raise
        finally:
            theirs.close()  # ours must not keep the pipe open when the child dies

    def is_alive(self) -> bool:
        """Whether it runs; False once it has been ended."""
        try:
            return not self.pipe.closed and bool(self.process.is_alive())
        except ValueError:  # another thread has just ended it
            return False

    def exit_code(self, patience: float) -> int | None:
        """With which code it ended by itself, after ``patience`` seconds at most; None while it runs."""
        self.process.join(patience)
        code: int | None = self.process.exitcode
        return code

    def kill(self) -> None:
        """Have it ended, at once and without waiting; whoever waits for its answer hears EOFError, and then calls ``end``."""
        with contextlib.suppress(ValueError):  # it has been ended
            self.process.kill()

    def end(self, patience: float = 0.0) -> None:
        """End it, after ``patience`` seconds to end by itself, and forget it; may be called twice."""
        if self.pipe.closed:
            return
        self.pipe.close()
        if patience:
            self.process.join(patience)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.process.close()


class _Starter:
    """The thread that starts all children.  The kernel kills a child with the *thread* that started it, so that must be one
    that lives as long as the program does.

    No start is left half done, not by Ctrl-C and not by the program's end: a child that hears but half of what it shall be
    prints what it misses, at length."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at_work = threading.Lock()
        self._waiting: SimpleQueue[tuple[Callable[[], None], Future[None]]] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def start(self, call: Callable[[], None]) -> None:
        """Call ``call`` on that thread; returns, or raises, with it."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="process-starter", daemon=True)
                self._thread.start()
                atexit.register(self._at_work.acquire, timeout=_HALF_DONE)
        done: Future[None] = Future()
        self._waiting.put((call, done))
        try:
            done.result()
        finally:
            wait([done], _HALF_DONE)

    def _serve(self) -> None:
        while True:
            call, done = self._waiting.get()
            try:
                with self._at_work:
                    _leave_ctrl_c_to_the_parent()
                    call()
            except BaseException as fault:
                done.set_exception(fault)
            else:
                done.set_result(None)
            del call, done  # the process, until the next one


def _leave_ctrl_c_to_the_parent() -> None:
    """What this thread starts never hears of it, not even while it comes up: a signal that is blocked stays so in a child."""
    if sys.platform != "win32":
        resource_tracker.ensure_running()  # which unblocks it again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


_STARTER = _Starter()


def _never_for_ever(pipe: Connection) -> None:
    """Let an end of the pipe fail that stands still in the middle of a message; where it is a socket."""
    if sys.platform == "win32":
        return
    with socket.socket(fileno=os.dup(pipe.fileno())) as end:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", _STALLED, 0))
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _NOT_UP, 0))


# -- in the child ------------------------------------------------------------------------------------------------------


def _fenced(pipe: Connection, cage: Cage, parent: int, work: bytes) -> None:
    enter(cage, parent)
    target, args = pickle.loads(work)
    target(pipe, *args)


def settle_in(*, give_way: bool) -> None:
    """In the child: leave Ctrl-C to the parent, which then cancels; ``give_way`` lets the window have the processor first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if give_way:
        with contextlib.suppress(psutil.Error, OSError):
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else _NICENESS)
