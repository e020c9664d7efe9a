"""A process of one's own: started with ``spawn``, a pipe to it, and an end that is certain."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
from collections.abc import Callable
from typing import Any

import psutil

_NICENESS = 5


class Child:
    """Runs ``target(pipe, *args)`` in a new process; ``pipe`` is the other end of ``self.pipe``.

    ``spawn`` is alike on every system and in a frozen program, and a forked child would inherit the window's threads and
    locks.  A child ends with its parent, however that one ends: its pipe closes.  Raises OSError when it cannot be started.
    """

    def __init__(self, target: Callable[..., None], *args: object, name: str, has_children: bool = False) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        # a daemon may not have children of its own
        self.process: Any = context.Process(target=target, args=(theirs, *args), name=name, daemon=not has_children)
        try:
            self.process.start()
        except OSError:
            self.pipe.close()
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


def settle_in(*, give_way: bool) -> None:
    """In the child: leave Ctrl-C to the parent, which then cancels; ``give_way`` lets the window have the processor first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if give_way:
        with contextlib.suppress(psutil.Error, OSError):
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else _NICENESS)
