"""The scheduler of this machine: a few processes, each of which fills the rows of some papers and then ends, so that what it took
of memory is given back.

A process that dies takes the paper it was at with it, and no other: the rest of its papers goes to the next one.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import psutil

from citegrid.batch.one_paper import MakeKit, rows_in_parts
from citegrid.batch.wishes import Begun, FoundPaper, PaperRow, Wishes
from citegrid.concurrency.cores import usable_cores
from citegrid.concurrency.fence.cage import Cage
from citegrid.concurrency.remote_work import RemoteWork
from citegrid.core.errors import Cancelled, CiteGridError, InternalError, ModelError
from citegrid.core.messages import from_text
from citegrid.ports import Cancel, Flag

#: Bytes that a process takes at most for papers of usual size; the model's weights are shared between processes.
MEMORY_EACH = 2_000_000_000
#: Bytes that it may take for data: OCR, a long paper, and the state of a model.
MOST_MEMORY = 4 << 30
#: Papers that one process fills before it ends: a new one takes a second or two to start.
FEWEST_PAPERS, MOST_PAPERS = 3, 8

_Heard = Begun | PaperRow | CiteGridError | None


def fitting_workers() -> int:
    """How many processes this machine has cores and free memory for; at least one."""
    return max(1, min(usable_cores(physical=True), int(psutil.virtual_memory().available) // MEMORY_EACH))


class ProcessPool:
    """At most ``workers`` processes at a time (0: as many as fit this machine), each fenced in: it may read the folders of the papers and
    the model, write nothing and start nothing."""

    def __init__(self, make_remote: Callable[[Cage], RemoteWork], make_kit: MakeKit, workers: int = 0) -> None:
        self._make_remote, self._make_kit = make_remote, make_kit
        self._workers = workers or fitting_workers()

    def rows(self, papers: tuple[FoundPaper, ...], wishes: Wishes, cancel: Cancel) -> Iterator[Begun | PaperRow]:
        """As ``Scheduler.rows``."""
        folders = sorted({str(paper.path.parent) for paper in papers})
        remote = self._make_remote(Cage(reads=(*folders, str(wishes.model)), memory=MOST_MEMORY))
        shift = _Shift(papers, self._workers, cancel)
        threads = [
            threading.Thread(target=self._serve, args=(remote, shift, wishes), name=f"citegrid-batch-{i}")
            for i in range(min(self._workers, len(papers)))
        ]
        for thread in threads:
            thread.start()
        try:
            yield from shift.heard(len(threads))
        finally:
            shift.stopped.set()
            for thread in threads:
                thread.join()
            remote.close()

    def _serve(self, remote: RemoteWork, shift: _Shift, wishes: Wishes) -> None:
        """Give one process after the other its papers, until none wait."""
        try:
            while papers := shift.take():
                self._fill(remote, papers, shift, wishes)
        except CiteGridError as fault:
            shift.out.put(fault)
        except Exception as fault:  # whoever listens has to hear of it
            shift.out.put(InternalError.of(fault))
        finally:
            shift.out.put(None)

    def _fill(self, remote: RemoteWork, papers: Sequence[FoundPaper], shift: _Shift, wishes: Wishes) -> None:
        left = {paper.sha256: paper for paper in papers}
        at = papers[0].sha256
        try:
            work = (rows_in_parts, papers, wishes, self._make_kit)
            for heard in remote.run(*work, parts=(Begun, PaperRow), cancel=shift):
                at = heard.sha256
                if isinstance(heard, PaperRow):
                    del left[at]
                shift.out.put(_with_sentences(heard))
        except (Cancelled, ModelError):
            raise
        except CiteGridError as fault:  # its process died
            lost = left.pop(at, None)
            if lost is not None:
                shift.out.put(PaperRow(lost.sha256, reason=fault.whole, again=True))
            shift.give_back(left.values())


def _with_sentences(heard: Begun | PaperRow) -> Begun | PaperRow:
    """What came from a process, its sentences with their keys and values again."""
    if not isinstance(heard, PaperRow):
        return heard
    row = heard.row
    if row is not None:
        work = replace(row.work, reasons=tuple(map(from_text, row.work.reasons)))
        cells = tuple(replace(c, reason=from_text(c.reason), note=from_text(c.note)) for c in row.cells)
        row = replace(row, work=work, cells=cells)
    return replace(heard, row=row, reason=from_text(heard.reason))


class _Shift:
    """One run of the pool: the papers that wait, what was heard, and a cancel that also the pool itself can give."""

    def __init__(self, papers: Sequence[FoundPaper], workers: int, cancel: Cancel) -> None:
        self.out: queue.SimpleQueue[_Heard] = queue.SimpleQueue()
        self.stopped = Flag()
        self._waiting, self._lock = deque(papers), threading.Lock()
        self._workers, self._cancel = workers, cancel

    def take(self) -> list[FoundPaper]:
        """The next papers for one process: fewer towards the end, so that all processes end at about the same time."""
        with self._lock:
            fair = len(self._waiting) // (2 * self._workers)
            share = min(len(self._waiting), max(FEWEST_PAPERS, min(MOST_PAPERS, fair)))
            return [self._waiting.popleft() for _ in range(share)]

    def give_back(self, papers: Iterable[FoundPaper]) -> None:
        """These wait again, before the others."""
        with self._lock:
            self._waiting.extendleft(reversed([*papers]))

    def heard(self, threads: int) -> Iterator[Begun | PaperRow]:
        """What the threads hear, until all of them have ended; raises the first error that one of them ended with."""
        while threads:
            heard = self.out.get()
            if isinstance(heard, CiteGridError):
                raise heard
            if heard is None:
                threads -= 1
            else:
                yield heard

    def cancelled(self) -> bool:
        return self._cancel.cancelled() or self.stopped.cancelled()

    def check(self) -> None:
        self._cancel.check()
        self.stopped.check()
