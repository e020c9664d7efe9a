"""Jobs: work off the owner's thread, with progress and cancel, on concurrent.futures.

A ``Job`` runs once on a worker thread.  Everything its listeners hear is sent
through ``post``, which runs a callable on the owner's thread (the window posts
to Qt's event loop, the terminal calls at once).  No Qt here.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from citegrid.core.errors import Cancelled, CiteGridError, InternalError
from citegrid.core.messages import Message, as_message
from citegrid.ports import Cancel, Flag, Progress

T = TypeVar("T")
Post = Callable[[Callable[[], None]], None]

#: Listeners hear of progress at most this often, in seconds; the last report always arrives.
HEARTBEAT = 0.05
#: Seconds between two looks of a paused job at whether it may go on.
REST = 0.05


def at_once(call: Callable[[], None]) -> None:
    """The ``post`` of a program without an event loop."""
    call()


class JobState(Enum):
    """WAITING and RUNNING are under way; the others are ends."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class JobStep:
    """The newest progress of a job: ``done`` of ``total`` (0: unknown) of ``phase``, seconds since its start."""

    phase: str = ""
    done: int = 0
    total: int = 0
    detail: str = ""
    seconds: float = 0.0


class PausingFlag(Flag):
    """A cancel that can also hold the work at its next ``check``; setting either is atomic and cannot block."""

    def __init__(self) -> None:
        super().__init__()
        self.paused = False
        self.resting = False

    def check(self) -> None:
        while self.paused and not self.cancelled():
            self.resting = True
            time.sleep(REST)
        self.resting = False
        super().check()


class Job(Generic[T]):
    """One piece of work.  Read its fields on the owner's thread; ``cancel`` may be called on any.

    ``state`` changes there too, in turn with what the work posts: a job that has ended has had all its results taken.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.state = JobState.WAITING
        self.step = JobStep()
        self.error: CiteGridError | None = None
        self.flag = PausingFlag()
        self.future: Future[T] = Future()

    @property
    def running(self) -> bool:
        """True until the job has ended."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    def cancel(self) -> None:
        """Ask the job to stop; it ends as CANCELLED within a second and keeps what was done."""
        self.flag.set()

    def pause(self, on: bool = True) -> None:
        """Hold the job at its next step (``resting`` then), or let it go on; a cancel ends a pause."""
        self.flag.paused = on

    @property
    def paused(self) -> bool:
        """Whether a pause was asked for."""
        return self.flag.paused and not self.flag.cancelled()

    @property
    def resting(self) -> bool:
        """Whether the work stands still because of it."""
        return self.paused and self.flag.resting

    def result(self, timeout: float | None = None) -> T:
        """Wait for the job; raises the ``CiteGridError`` it failed with."""
        return self.future.result(timeout)


Work = Callable[[Progress, Cancel], T]


class _Reporter:
    """The progress given to a job's work: keeps the newest step and tells at most every HEARTBEAT."""

    def __init__(self, job: Job[T], tell: Callable[[], None]) -> None:
        self._job = job
        self._tell = tell
        self._began = self._told = time.monotonic()

    def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
        now = time.monotonic()
        fresh = phase != self._job.step.phase or done >= total > 0
        self._job.step = JobStep(phase, done, total, detail, now - self._began)
        if fresh or now - self._told >= HEARTBEAT:
            self._told = now
            self._tell()


def _let_go(fault: BaseException) -> None:
    """Empty the frames that an error came through: they hold what was in work, a paper half read, for as long as the error
    is known, and in a circle that only the collector would undo.  Its places stay for a report."""
    known: set[int] = set()
    at: BaseException | None = fault
    while at is not None and id(at) not in known:
        known.add(id(at))
        traceback.clear_frames(at.__traceback__)
        at = at.__cause__ or at.__context__


class JobQueue:
    """Runs jobs one after another on one worker thread: one queue for each scarce thing."""

    def __init__(self, name: str, post: Post = at_once) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=f"citegrid-{name}")
        self._post = post
        self._lock = threading.Lock()
        self._under_way: set[Job[object]] = set()

    def start(self, name: str, work: Work[T], listener: Callable[[Job[T]], None] | None = None) -> Job[T]:
        """Queue ``work(progress, cancel)``; ``listener(job)`` is posted at its start, progress and end."""
        job: Job[T] = Job(name)
        with self._lock:
            self._under_way.add(job)  # type: ignore[arg-type]

        def turn(state: JobState) -> None:
            self._post(lambda: setattr(job, "state", state))

        def tell() -> None:
            if listener is not None:
                self._post(lambda: listener(job))

        def run() -> None:
            turn(JobState.RUNNING)
            tell()
            try:
                job.flag.check()
                value = work(_Reporter(job, tell), job.flag)
            except BaseException as fault:
                error = self._error(job, fault)
                turn(JobState.CANCELLED if isinstance(error, Cancelled) else JobState.FAILED)
                self._forget(job)
                job.future.set_exception(error)
            else:
                turn(JobState.DONE)
                self._forget(job)
                job.future.set_result(value)
            tell()

        self._pool.submit(run)
        return job

    @staticmethod
    def _error(job: Job[T], fault: BaseException) -> CiteGridError:
        """What the job failed with, for a person."""
        if isinstance(fault, CiteGridError):
            error = fault
        else:
            error = InternalError(
                Message(
                    "CiteGrid itself failed while it was busy with “{name}” ({fault}).",
                    name=as_message(job.name),
                    fault=f"{type(fault).__name__}: {fault}",
                ),
                "What was done is kept; please report this.",
            )
            error.__cause__ = fault
        _let_go(fault)
        job.error = error
        return error

    def _forget(self, job: Job[T]) -> None:
        with self._lock:
            self._under_way.discard(job)

    @property
    def busy(self) -> bool:
        """Whether a job is under way or waits for its turn."""
        with self._lock:
            return bool(self._under_way)

    def cancel_all(self) -> None:
        """Ask every job of this queue to stop."""
        with self._lock:
            jobs = list(self._under_way)
        for job in jobs:
            job.cancel()

    def close(self, wait: bool = True) -> None:
        """Stop all jobs and end the thread; with ``wait`` it returns when the thread has ended."""
        self.cancel_all()
        self._pool.shutdown(wait=wait)
