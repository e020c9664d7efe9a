"""Notes what a session's jobs did: which, how long, what came of it, and how much there was to do it to."""

from __future__ import annotations

import time
import traceback
from pathlib import Path

from citegrid.concurrency.jobs import Job, JobState
from citegrid.core.project import Project
from citegrid.core.table import Status
from citegrid.store.activity_log import ActivityLog, Fact
from citegrid.workbench.session import Session

_PACKAGE = "citegrid"
#: Places of an error that are noted, the innermost ones.
_PLACES = 6


class Diary:
    """Hears of each job of ``session`` and notes its end in ``log``; of a document there is its kind and hash, and of a text its length."""

    def __init__(self, session: Session, log: ActivityLog) -> None:
        self._session, self._log = session, log
        self._began: dict[Job[object], float] = {}
        session.watch_jobs(self.hear)

    def hear(self, job: Job[object]) -> None:
        """A job began, goes on, or has ended."""
        if job.running:
            self._began.setdefault(job, time.monotonic())
            return
        seconds = time.monotonic() - self._began.pop(job, time.monotonic())
        self._log.note(job.state.value, job.name, seconds=seconds, **sizes(self._session.project))
        if job.error is not None and job.state is JobState.FAILED:
            note_error(self._log, job.error)


def sizes(project: Project) -> dict[str, Fact]:
    """How much a project holds, and its papers' kinds and hashes."""
    cells = project.table.cells
    found: dict[str, Fact] = {
        "papers": len(project.papers),
        "columns": len(project.table.columns),
        "rows": len(project.table.rows),
        "cells": len(cells),
        "waiting": sum(cell.status is Status.WAITING for cell in cells),
        "supported": sum(cell.status is Status.SUPPORTED for cell in cells),
        "sentences": len(project.review.sentences) if project.review is not None else 0,
    }
    kinds = [f"{Path(file.name).suffix.lower()}:{file.sha256[:12]}" for file in project.papers[:3]]
    return found | {f"paper{n}": kind for n, kind in enumerate(kinds, 1)}


def note_error(log: ActivityLog, fault: BaseException) -> None:
    """Note the kinds of an error and of its causes, the key of its sentence, and where in our code they came through."""
    known: set[int] = set()
    one: BaseException | None = fault
    while one is not None and id(one) not in known:
        known.add(id(one))
        places = [_place(frame) for frame in traceback.extract_tb(one.__traceback__) if _PACKAGE in frame.filename]
        where: dict[str, Fact] = {f"at{n}": place for n, place in enumerate(places[-_PLACES:])}
        log.note("error", getattr(one, "sentence", ""), kind=type(one).__name__, **where)
        one = one.__cause__


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    return f"{path.parent.name}/{path.name}:{frame.lineno}"
