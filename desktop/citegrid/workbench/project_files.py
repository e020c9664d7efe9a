"""The use-cases of the project as a whole: begin one, open one as it was left, close it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from citegrid.concurrency.jobs import Job
from citegrid.core.messages import Message
from citegrid.core.project import DEFAULT_QUERY, Changed, Part, Project
from citegrid.core.table import Table
from citegrid.ports import Cancel, Progress
from citegrid.store import project_folder
from citegrid.store.locking import Lock
from citegrid.workbench.library.use import LibraryUse
from citegrid.workbench.papers.use import Papers
from citegrid.workbench.picture_columns import PictureColumns
from citegrid.workbench.session import Session


class ProjectFiles:
    """Opens and closes projects; one is open at a time."""

    def __init__(self, session: Session, papers: Papers, picture: PictureColumns, library: LibraryUse) -> None:
        self._session, self._papers, self._picture, self._library = session, papers, picture, library
        self._read_only: tuple[Path, Project] | None = None

    def new(
        self, folder: Path | None = None, query: str = "", language: str = "zh", *, keep_columns: bool = False
    ) -> None:
        """Begin an empty project, or one with the picture, the columns and the terms of now; it is saved in ``folder`` after
        each change, when one is given.  The terms of a project that lay nowhere yet come along."""
        old = self._session.project
        keep_terms = keep_columns or (self._session.folder is None and folder is not None)
        lock = self._hold_new(folder) if folder is not None else None
        self.close()
        project = Project(query=query or DEFAULT_QUERY[language], language=language)
        if keep_columns:
            project = replace(project, picture=old.picture, template=old.template, table=Table(old.table.columns))
        if keep_terms:
            project = replace(project, glossary=old.glossary)
        self._session.take_project(project)
        if folder is not None:
            self._session.keep_in(project_folder.create(folder), lock)
        if project.picture is not None:
            self._picture.load(Path(project.picture.path))
        self._session.save()
        self._session.announce(Changed(frozenset(Part)))

    def settle(self, folder: Path) -> None:
        """Keep the project of now, which lies nowhere yet, in ``folder`` from now on; its jobs and its undo go on."""
        made = project_folder.create(folder)
        self._session.keep_in(made, project_folder.hold(made))
        self._session.save_soon()

    def open(self, folder: Path) -> None:
        """Open a project as it was left; its papers and picture are then opened as jobs (see ``reopen_sources``)."""
        if folder.resolve() == self._session.folder:
            self._session.finish_saving()  # it is read again as it is now
        project, noted = project_folder.load_numbered(folder)
        self._let_go(folder)
        self._take(folder, project, project_folder.held_or_read_only(folder), noted)

    def open_beside(self, folder: Path, then: Callable[[], None], before: Callable[[], object] = lambda: None) -> None:
        """The same as a job, for a large project's file takes long to read; ``before`` is called on the owner's thread when the
        project of now is left for it, ``then`` when it is open.  Nothing when another one was opened meanwhile."""
        session, generation = self._session, self._session.generation
        if folder.resolve() == session.folder:  # it is we who hold it
            self.open(folder)
            then()
            return

        def taken(project: Project, lock: Lock | None, noted: int) -> None:
            if generation == session.generation:
                before()
                self._take(folder, project, lock, noted)
                then()
            elif lock is not None:
                lock.release()

        def work(progress: Progress, cancel: Cancel) -> None:
            project, noted = project_folder.load_numbered(folder)
            lock = project_folder.held_or_read_only(folder)
            session.post(lambda: taken(project, lock, noted))

        session.start(session.queues.aside, Message("Opening {name}", name=folder.name), work)

    def take(self, project: Project) -> None:
        """Have a project that lies in no folder, such as a result that was read; papers that are open stay open."""
        self._read_only = None
        self._session.take_project(project)

    def _take(self, folder: Path, project: Project, lock: Lock | None, noted: int) -> None:
        """Have an opened project; without a ``lock`` it can only be read, and lies nowhere until it is kept elsewhere."""
        self.close()
        self._session.take_project(project)
        if lock is not None:
            self._session.keep_in(project_folder.create(folder), lock, noted)
        else:
            self._read_only = (folder, project)
        self._session.announce(Changed(frozenset(Part)))

    @property
    def read_only(self) -> Path | None:
        """Where the open project lies that can only be read there; None once it is kept elsewhere."""
        return self._read_only[0] if self._read_only is not None and self._session.folder is None else None

    @property
    def is_as_opened(self) -> bool:
        """Whether a project that can only be read where it lies has its table and its review as it was opened."""
        now = self._session.project
        return self._read_only is not None and (now.table, now.review) == (
            self._read_only[1].table,
            self._read_only[1].review,
        )

    def _hold_new(self, folder: Path) -> Lock:
        made = project_folder.create(folder)
        self._let_go(made)
        return project_folder.hold(made)

    def _let_go(self, folder: Path) -> None:
        if folder.resolve() == self._session.folder:
            self.close()  # it is we who hold it

    def reopen_sources(self) -> list[Job[None]]:
        """Read the project's papers and picture again, in the background."""
        project, jobs = self._session.project, list[Job[None]]()
        if project.paper is not None:
            jobs.append(self._papers.open(Path(project.paper.path)))
        jobs += [self._papers.reopen(file) for file in project.also]
        if project.picture is not None:
            jobs.append(self._picture.load(Path(project.picture.path)))
        if project.library:
            self._library.update()
        return jobs

    def close(self) -> None:
        """Stop the project's jobs, wait until it is saved, and let go of its files."""
        self._session.close_project()
        self._read_only = None
        self._papers.forget()
        self._picture.forget()
