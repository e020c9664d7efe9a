"""What a parent sees to itself, whatever its child says: that it computes, is silent and takes memory only for so long, and so much."""

from __future__ import annotations

import contextlib
import math
import time

import psutil

from citegrid.concurrency.child_process import Child
from citegrid.concurrency.fence.cage import Cage

#: Seconds between two looks.
_EVERY = 0.5
#: Seconds of the processor, and of the clock, without a word: a list of works of a book of 5,000 pages takes one minute.
MOST_COMPUTED, MOST_SILENT = 120.0, 600.0
#: What a process takes beyond what it counts as its own: its libraries, mapped.
_LIBRARIES = 512 << 20


class Overrun(Exception):
    """A child took more time, or memory, than it may."""

    def __init__(self, *, memory: bool) -> None:
        super().__init__("memory" if memory else "time")
        self.memory = memory


def computed(child: Child) -> float:
    """Seconds of the processor that a child has used so far; endless where nobody knows."""
    try:
        times = psutil.Process(child.process.pid).cpu_times()
    except (psutil.Error, ValueError):
        return math.inf
    return float(times.user + times.system)


class Watch:
    """Looks after a child while it is waited for."""

    def __init__(self, child: Child, cage: Cage) -> None:
        self._cage, self._looked = cage, time.monotonic()
        self._process: psutil.Process | None = None
        with contextlib.suppress(psutil.Error):
            self._process = psutil.Process(child.process.pid)
        self.heard()

    def heard(self) -> None:
        """It said something, or has to wait for us: its time begins anew."""
        self._since, self._computed = time.monotonic(), -1.0

    def look(self) -> None:
        """Raises Overrun, when it is time to look, for a child that took too much; one without limits may."""
        now = time.monotonic()
        if now - self._looked < _EVERY or not self._cage.seconds or self._process is None:
            return
        self._looked = now
        with contextlib.suppress(psutil.Error):  # it has just ended, which the pipe tells
            self._judge(self._process, now)

    def _judge(self, process: psutil.Process, now: float) -> None:
        times = process.cpu_times()
        computed = times.user + times.system
        if self._computed < 0:
            self._computed = computed
        if computed - self._computed > MOST_COMPUTED or now - self._since > MOST_SILENT:
            raise Overrun(memory=False)
        if self._cage.memory and process.memory_info().rss > self._cage.memory + _LIBRARIES:
            raise Overrun(memory=True)
