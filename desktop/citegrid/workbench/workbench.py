"""The use-cases, for the window and the terminal alike: open, fill, edit, verify, export.

The Workbench is the sole owner of the Project.  Call it on one thread (the
owner's); long work runs as jobs, and what jobs find comes back through
``post`` and ``apply``.  Views watch ``Changed`` and read the Project anew.
Its use-cases stand beside it, a family in each module, all on ``Owner``;
here are only those of the project as a whole.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from citegrid.concurrency.jobs import Job
from citegrid.core.errors import CiteGridError
from citegrid.core.messages import Message
from citegrid.core.project import (
    DEFAULT_QUERY,
    Changed,
    Part,
    Project,
)
from citegrid.core.table import Table
from citegrid.ports import Cancel, Progress
from citegrid.store import project_folder
from citegrid.store.locking import Lock
from citegrid.workbench.edit import Editing
from citegrid.workbench.fill import Filling
from citegrid.workbench.reports import Reports
from citegrid.workbench.review import Reviewing


class Workbench(Editing, Filling, Reviewing, Reports):
    """One open project and everything that can be done with it."""

    def new_project(
        self, folder: Path | None = None, query: str = "", language: str = "zh", *, keep_columns: bool = False
    ) -> None:
        """Begin an empty project, or one with the picture and the columns of now; it is saved in ``folder`` after each
        change, when one is given."""
        old = self.project
        lock = self._hold(project_folder.create(folder)) if folder is not None else None
        self.close_project()
        self._lock = lock
        self.project = Project(query=query or DEFAULT_QUERY[language], language=language)
        if keep_columns:
            table = Table(old.table.columns)
            self.project = replace(self.project, picture=old.picture, template=old.template, table=table)
            if old.picture is not None:
                self._load_picture(Path(old.picture.path))
        if folder is not None:
            self.folder = project_folder.create(folder)
            self.save()
        self._changed(Changed(frozenset(Part)))

    def open_project(self, folder: Path) -> None:
        """Open a project as it was left; its papers and picture are then opened as jobs (see ``reopen_sources``)."""
        if folder.resolve() == self.folder:
            self.finish_saving()  # it is read again as it is now
        project = project_folder.load(folder)
        self._take_project(folder, project, self._hold(folder))

    def open_project_beside(self, folder: Path, then: Callable[[], None]) -> None:
        """The same as a job, for a large project's file takes long to read; ``then`` is called on the owner's thread when the
        project is open.  Nothing when another one was opened meanwhile."""
        if folder.resolve() == self.folder:  # it is we who hold it
            self.open_project(folder)
            then()
            return
        generation = self._generation

        def taken(project: Project, lock: Lock) -> None:
            if generation == self._generation:
                self._take_project(folder, project, lock)
                then()
            else:
                lock.release()

        def work(progress: Progress, cancel: Cancel) -> None:
            project = project_folder.load(folder)
            lock = project_folder.hold(folder)
            self._post(lambda: taken(project, lock))

        self._aside.start(Message("Opening {name}", name=folder.name), work, self._hear)

    def _take_project(self, folder: Path, project: Project, lock: Lock) -> None:
        self.close_project()
        self._lock, self.folder = lock, project_folder.create(folder)
        self.project = project
        self._changed(Changed(frozenset(Part)))

    def _hold(self, folder: Path) -> Lock:
        if folder.resolve() == self.folder:
            self.close_project()  # it is we who hold it
        return project_folder.hold(folder)

    def reopen_sources(self) -> list[Job[None]]:
        """Read the project's papers and picture again, in the background."""
        jobs: list[Job[None]] = []
        if self.project.paper is not None:
            jobs.append(self.open_paper(Path(self.project.paper.path)))
        jobs += [self.reopen_further(file) for file in self.project.also]
        if self.project.picture is not None:
            jobs.append(self._load_picture(Path(self.project.picture.path)))
        if self.project.library:
            self.update_library()
        return jobs

    def close_project(self) -> None:
        """Stop its jobs, wait until it is saved, and let go of its files."""
        with contextlib.suppress(CiteGridError):  # has been heard of as a job that failed
            self.finish_saving()
        self._generation += 1
        self._reading.cancel_all()
        self._asking.cancel_all()
        self._stocking.cancel_all()
        self._close_papers()
        if self._lock is not None:
            self._lock.release()
        self.folder = self.picture = self.rebound = self._lock = None
        self._undo.clear()
        self._redo.clear()

    def close(self) -> None:
        """Stop everything and wait for the threads to end."""
        self.close_project()
        self._saver.close()
        self._reading.close()
        self._asking.close()
        self._stocking.close()
        self._aside.close()
        self._close_library()
        if self._engines.page_ocr is not None:
            self._engines.page_ocr.close()
        self._engines.close()
        if self._model is not None:
            self._model[1].close()
            self._model = None
