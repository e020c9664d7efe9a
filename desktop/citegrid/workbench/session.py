"""The owner of the project: changes it, saves it, tells who watches, and keeps the queues of long work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from citegrid.concurrency.jobs import Job, JobQueue, JobState, Post, at_once
from citegrid.core.errors import CiteGridError
from citegrid.core.evidence import Evidence
from citegrid.core.project import (
    DEFAULT_QUERY,
    Changed,
    Edit,
    Project,
    apply,
)
from citegrid.ports import (
    Annotate,
    Cancel,
    LanguageModel,
    OcrEngine,
    OpenDocument,
    PageOcr,
    PageSource,
    Pixels,
    Progress,
)
from citegrid.store import models
from citegrid.store.checksums import checksum
from citegrid.store.locking import Lock
from citegrid.workbench.saving import Saver

if TYPE_CHECKING:
    from citegrid.core.paper import Paper
    from citegrid.pipeline.relocate import Rebound
    from citegrid.workbench.library_service import Librarian, UpdateElsewhere

UNDO_DEPTH = 200


class ReadPaper(Protocol):
    """Reads the paper at ``path``, whose bytes have the hash ``sha256``, beside this process."""

    def __call__(self, path: Path, password: str, sha256: str, *, progress: Progress, cancel: Cancel) -> Paper: ...


@dataclass(frozen=True, slots=True)
class Engines:
    """The real parts, or their doubles; ``wiring`` makes them."""

    open_document: OpenDocument
    ocr: OcrEngine
    load_picture: Callable[[Path], Pixels]
    load_model: Callable[[Path, str], LanguageModel]
    crop: Callable[[PageSource, Evidence], bytes | None]
    annotate: Annotate
    page_ocr: PageOcr | None = None
    #: Gets ready what opens and reads papers, which is otherwise done for the first one.
    load: Callable[[], None] = lambda: None
    #: Reads a paper elsewhere; without it papers are read here, from their open documents.
    read: ReadPaper | None = None
    #: Reads the library's documents elsewhere, likewise.
    update_library: UpdateElsewhere | None = None
    #: Ends what the engines hold ready.
    close: Callable[[], None] = lambda: None


class Owner:
    """What every use-case stands on: the project with its undo, its folder, the engines, and one queue per scarce thing."""

    def __init__(self, engines: Engines, post: Post = at_once) -> None:
        self._engines = engines
        self._post = post
        self._reading = JobQueue("reading", post)
        self._asking = JobQueue("asking", post)
        self._stocking = JobQueue("library", post)
        self._aside = JobQueue("aside", post)  # what is short and waits for none of these
        self._saver = Saver(post, self._hear)  # type: ignore[arg-type]
        self._watchers: list[Callable[[Changed], None]] = []
        self._job_watchers: list[Callable[[Job[object]], None]] = []
        self._undo: list[Edit] = []
        self._redo: list[Edit] = []
        self._generation = 0
        self._model: tuple[Path, LanguageModel] | None = None
        self.project = Project(query=DEFAULT_QUERY["zh"])
        self.folder: Path | None = None
        self.picture: Pixels | None = None
        self.rebound: Rebound | None = None
        self._lock: Lock | None = None

    # -- facts ---------------------------------------------------------------------------------------------------------

    def watch(self, listener: Callable[[Changed], None]) -> None:
        """Tell ``listener`` what changed, after each change of the project."""
        self._watchers.append(listener)

    def watch_jobs(self, listener: Callable[[Job[object]], None]) -> None:
        """Tell ``listener`` of each job's start, progress and end."""
        self._job_watchers.append(listener)

    def _changed(self, changed: Changed) -> None:
        for listener in self._watchers:
            listener(changed)

    def _hear(self, job: Job[object]) -> None:
        for listener in self._job_watchers:
            listener(job)

    def _hear_failure(self, job: Job[None]) -> None:
        """For work too short to be shown: heard of only when it fails."""
        if job.state is JobState.FAILED:
            self._hear(job)  # type: ignore[arg-type]

    def _hand_over(self, call: Callable[[], None], cancel: Cancel) -> None:
        """From a worker: have ``call`` run on the owner's thread, and go on when it has: what the person waits for is not to
        compete with the work that comes after it."""
        done = threading.Event()

        def run() -> None:
            try:
                call()
            finally:
                done.set()

        self._post(run)
        while not done.wait(0.05):
            cancel.check()

    # -- edits ---------------------------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        """Whether ``undo`` would change anything."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether ``redo`` would change anything."""
        return bool(self._redo)

    def apply(self, edit: Edit, *, undoable: bool = True) -> None:
        """Change the project, remember how to undo it, have it saved, tell the watchers."""
        before = self.project
        self.project, changed, inverse = apply(before, edit)
        self._follow(before)
        if undoable:
            self._undo.append(inverse)
            del self._undo[:-UNDO_DEPTH]
            self._redo.clear()
        self._save_soon(changed)
        self._changed(changed)

    def undo(self) -> None:
        """Take back the last change; nothing when there is none."""
        self._step(self._undo, self._redo)

    def redo(self) -> None:
        """Do again what was undone last; nothing when there is none."""
        self._step(self._redo, self._undo)

    def _step(self, take: list[Edit], give: list[Edit]) -> None:
        if not take:
            return
        before = self.project
        self.project, changed, inverse = apply(self.project, take.pop())
        give.append(inverse)
        self._save_soon(changed)
        self._follow(before)
        self._stepped(before)
        self._changed(changed)

    def _follow(self, before: Project) -> None:
        """Follow a change with what lies beside the project; ``before`` is the project it left."""

    def _stepped(self, before: Project) -> None:
        """Follow an undo or redo with what must be loaded again."""

    # -- saving --------------------------------------------------------------------------------------------------------

    def _save_soon(self, changed: Changed) -> None:
        """Have the project written beside the owner's thread; a failure is heard of as a job that failed."""
        if self.folder is not None:
            self._saver.put(self.folder, self.project, changed)

    def save(self) -> None:
        """Write the project to its folder, atomically, and wait for it; nothing without a folder.  Raises StorageError."""
        if self.folder is not None:
            self._saver.put(self.folder, self.project)
            self._saver.flush()

    @property
    def saving(self) -> bool:
        """Whether changes are still on their way to the disk."""
        return self._saver.busy

    def finish_saving(self) -> None:
        """Wait until every change is on the disk, trying once more where the last ones could not be written; raises
        StorageError when they still cannot."""
        try:
            self._saver.flush()
        except CiteGridError:
            self.save()

    @cached_property
    def _librarian(self) -> Librarian:
        """The keeper of the library; a project without one never loads what reads it."""
        from citegrid.workbench.library_service import Librarian

        return Librarian(self._engines.open_document, self._engines.ocr, self._engines.update_library)

    def _close_library(self) -> None:
        if "_librarian" in self.__dict__:
            self._librarian.close()

    def _load_model(self, path: Path | None) -> LanguageModel:
        path = models.resolve(str(path) if path else None)
        if self._model is None or self._model[0] != path:
            if self._model is not None:
                self._model[1].close()
            self._model = (path, self._engines.load_model(path, checksum(path)))
        return self._model[1]
