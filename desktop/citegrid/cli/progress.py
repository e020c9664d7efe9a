"""The terminal's side of jobs: an event loop for one job at a time, a progress line, Ctrl-C."""

from __future__ import annotations

import queue
import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO, TypeVar

from citegrid.cli.terminal import said
from citegrid.concurrency.jobs import Job, JobStep
from citegrid.core.errors import Cancelled
from citegrid.core.messages import Message

T = TypeVar("T")

#: A terminal line is redrawn this often; a log gets a line this often (seconds).
REDRAW, LOG = 0.1, 5.0
#: After Ctrl-C a job gets this long to end before the program gives up waiting for it (seconds).
GRACE = 0.4


class Loop:
    """Runs what jobs post on the calling thread, while it waits for them."""

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def post(self, call: Callable[[], None]) -> None:
        """Have ``call`` run on the waiting thread; any thread may call this."""
        self._calls.put(call)

    def wait(self, job: Job[T], line: ProgressLine) -> T:
        """The job's result.  Ctrl-C cancels it; raises the error it ended with."""
        give_up = None
        while not job.future.done() and (give_up is None or time.monotonic() < give_up):
            try:
                self._run_one(0.1)
                line.show(job.step)
            except KeyboardInterrupt:
                job.cancel()
                give_up = give_up or time.monotonic() + GRACE
        self.drain()
        line.end()
        if not job.future.done():
            raise Cancelled()
        return job.result(0)

    def drain(self) -> None:
        """Run everything posted so far."""
        while self._run_one(0):
            pass

    def _run_one(self, timeout: float) -> bool:
        try:
            call = self._calls.get(timeout=timeout) if timeout else self._calls.get_nowait()
        except queue.Empty:
            return False
        call()
        return True


class ProgressLine:
    """One line on stderr that is redrawn on a terminal, and written now and then to a log."""

    def __init__(self, stream: TextIO | None = None, quiet: bool = False) -> None:
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._quiet = quiet
        self._shown = 0.0
        self._phase = ""
        self._drawn = False

    def show(self, step: JobStep) -> None:
        """Show ``step`` when it is time to."""
        now = time.monotonic()
        fresh = step.phase != self._phase
        if self._quiet or not step.phase or (not fresh and now - self._shown < (REDRAW if self._terminal else LOG)):
            return
        self._shown, self._phase = now, step.phase
        text = " · ".join(said(part) for part in _parts(step))
        if self._terminal:
            self._stream.write(f"\r\x1b[2K{text}")
            self._drawn = True
        else:
            self._stream.write(text + "\n")
        self._stream.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._drawn:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
            self._drawn = False
        self._phase = ""

    def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
        """As a ``Progress`` for work that is done without a job."""
        self.show(JobStep(phase, done, total, detail))


def _parts(step: JobStep) -> Iterator[str]:
    """What is said of a step: what is done, how far it is, how long it will take, and with what."""
    yield step.phase
    if step.total:
        yield Message("{done} of {total}", done=step.done, total=step.total)
    if step.seconds > 5 and 0 < step.done < step.total:
        left = step.seconds / step.done * (step.total - step.done)
        yield Message("about {time} left", time=_span(left))
    if step.detail:
        yield said(step.detail)[:60]


def _span(seconds: float) -> Message:
    minutes, rest = divmod(int(seconds), 60)
    return (
        Message("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
        if minutes
        else Message("{seconds} s", seconds=rest)
    )
