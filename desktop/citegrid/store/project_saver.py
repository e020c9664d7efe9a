"""Saves the project beside the window: one snapshot at a time, the newest only, cells noted at once.

A project is a frozen value, so the worker writes it while the owner goes on changing.  Writing a large one takes long
enough to be felt; while only cells arrive it is therefore written less often the longer it takes, and each cell is
noted in a small file of its own (``store.cell_notes``), which is quick.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from citegrid.concurrency.jobs import Job, JobQueue, JobState, Post
from citegrid.core.project import Changed, Part, Project
from citegrid.ports import Cancel, Progress
from citegrid.store import cell_notes, project_folder

#: While cells arrive, writing rests this many times as long as it took.
REST = 4.0


class Saver:
    """``report(job)`` is posted when the project could not be written, once until it can be again."""

    def __init__(self, post: Post, report: Callable[[Job[None]], None]) -> None:
        self._queue = JobQueue("saving", post)
        self._report = report
        self._lock = threading.Lock()
        self._newest: tuple[Path, Project, int] | None = None
        self._job: Job[None] | None = None
        self._hurry = threading.Event()
        self._rest = 0.0
        self._number = 0
        self._reported = ""
        self._rows = project_folder.RowTexts()

    def go_on_after(self, number: int) -> None:
        """Number what is noted from now on above ``number``, the newest that a project holds: a clock would be set back."""
        self._number = max(self._number, number)

    def put(self, folder: Path, project: Project, changed: Changed | None = None) -> None:
        """Have ``project`` written to ``folder`` soon; call it on the owner's thread, after each change."""
        only_cells = changed is not None and changed.parts == {Part.CELL}
        self._number += 1
        if changed is not None and only_cells:
            for work_id, column in changed.cells:
                self._note(folder, project, work_id, column)
        else:
            self._hurry.set()
        with self._lock:
            waits, self._newest = self._newest is not None, (folder, project, self._number)
        if not waits:
            self._job = self._queue.start("Saving the project", self._write, self._ended)

    def _note(self, folder: Path, project: Project, work_id: str, column: str) -> None:
        for row in project.table.rows:
            for cell in row.cells if row.work.id == work_id else ():
                if cell.column == column:
                    cell_notes.note(folder, self._number, work_id, cell)
                    self._number += 1

    def _write(self, progress: Progress, cancel: Cancel) -> None:
        self._hurry.wait(self._rest)
        self._hurry.clear()
        with self._lock:
            newest, self._newest = self._newest, None
        if newest is None:
            return
        folder, project, number = newest
        began = time.monotonic()
        project_folder.save(folder, project, number, self._rows)
        cell_notes.forget(folder, number)
        self._rest = REST * (time.monotonic() - began)

    def _ended(self, job: Job[None]) -> None:
        if job.state is JobState.DONE:
            self._reported = ""
        elif job.state is JobState.FAILED and job.error is not None and job.error.sentence != self._reported:
            self._reported = job.error.sentence
            self._report(job)

    @property
    def busy(self) -> bool:
        """Whether something is still to be written."""
        return self._job is not None and not self._job.future.done()

    def flush(self) -> None:
        """Return when all that was put is written; raises the ``CiteGridError`` that the last writing failed with."""
        self._hurry.set()
        if self._job is not None:
            self._job.result()

    def close(self) -> None:
        """End the thread; ``flush`` before, for what still waits is not written."""
        self._hurry.set()
        self._queue.close()
