"""The session: the open project with its undo, where it is saved, the queues of long work, the model, and who watches.

Every use-case is given the session and changes the project through ``apply`` alone; only opening a project puts another
one in its place.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from citegrid.concurrency.jobs import Job, JobQueue, JobState, Post, Work, at_once
from citegrid.core.errors import CiteGridError, ModelError
from citegrid.core.glossary import Glossary
from citegrid.core.messages import Message
from citegrid.core.model.endpoint import Endpoint, ModelChoice
from citegrid.core.paper import Paper
from citegrid.core.project import (
    DEFAULT_QUERY,
    Changed,
    Edit,
    Part,
    Project,
    apply,
)
from citegrid.pipeline.cells.selection.query import request_of
from citegrid.ports import NEVER, Cancel, LanguageModel, Progress
from citegrid.store.cell_notes import newest
from citegrid.store.checksums import checksum
from citegrid.store.locking import Lock
from citegrid.store.model_files import models
from citegrid.store.project_saver import Saver
from citegrid.workbench import lazy_imports
from citegrid.workbench.engines import Engines

if TYPE_CHECKING:
    from citegrid.pipeline.cells.cited_documents import Library

UNDO_DEPTH = 200

P = ParamSpec("P")
T = TypeVar("T")


class Follower(Protocol):
    """Follows a change with what lies beside the project, before anybody hears of it; ``before`` is the project that was
    left, ``stepped`` whether an undo or redo changed it."""

    def __call__(self, before: Project, *, stepped: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class Queues:
    """One queue for each scarce thing; ``aside`` is for what is short and waits for none of them."""

    reading: JobQueue
    asking: JobQueue
    library: JobQueue
    aside: JobQueue

    @classmethod
    def begun(cls, post: Post) -> Queues:
        """Four idle queues, whose jobs are heard of through ``post``."""
        return cls(*(JobQueue(name, post) for name in ("reading", "asking", "library", "aside")))

    def cancel_all(self) -> None:
        """Ask what works for the open project to stop."""
        for queue in (self.reading, self.asking, self.library):
            queue.cancel_all()

    def close(self) -> None:
        """Stop everything and wait for the threads."""
        for queue in (self.reading, self.asking, self.library, self.aside):
            queue.close()


class _Seat:
    """A place for a loaded model, and what was wished when it was loaded: the model, and whether on a card."""

    def __init__(self) -> None:
        self.model: LanguageModel | None = None
        self.wanted: tuple[ModelChoice, bool] | None = None

    def holds(self, choice: ModelChoice, use_card: bool) -> bool:
        return self.model is not None and self.wanted == (choice, use_card)

    def clear(self) -> None:
        if self.model is not None:
            self.model.close()
        self.model = self.wanted = None


class Session:
    """Call it on the owner's thread; work on other threads comes back through ``post``."""

    def __init__(self, engines: Engines, post: Post = at_once) -> None:
        self.engines = engines
        self.post = post
        self.queues = Queues.begun(post)
        self._saver = Saver(post, self.tell_job)
        self._watchers: list[Callable[[Changed], None]] = []
        self._job_watchers: list[Callable[[Job[object]], None]] = []
        self._followers: list[Follower] = []
        self._undo: list[Edit] = []
        self._redo: list[Edit] = []
        self._generation = 0
        self._main, self._second = _Seat(), _Seat()
        #: The model that translates instead of the one that does all else; None: that one.
        self.translator: ModelChoice | None = None
        #: Whether models are loaded onto a graphics card where there is one.
        self.use_card = True
        self._project = Project(query=DEFAULT_QUERY["zh"])
        self._folder: Path | None = None
        self._lock: Lock | None = None

    # -- facts ---------------------------------------------------------------------------------------------------------

    @property
    def project(self) -> Project:
        """The open project."""
        return self._project

    @property
    def folder(self) -> Path | None:
        """Where the project is saved after each change; None when it lies nowhere yet."""
        return self._folder

    def watch(self, listener: Callable[[Changed], None]) -> None:
        """Tell ``listener`` what changed, after each change of the project."""
        self._watchers.append(listener)

    def watch_jobs(self, listener: Callable[[Job[object]], None]) -> None:
        """Tell ``listener`` of each job's start, progress and end."""
        self._job_watchers.append(listener)

    def follow(self, follower: Follower) -> None:
        """Have ``follower`` called at each change, before it is saved and told."""
        self._followers.append(follower)

    def announce(self, changed: Changed) -> None:
        """Tell all watchers what changed."""
        for listener in self._watchers:
            listener(changed)

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
        inverse, changed = self._change(edit, stepped=False)
        if undoable:
            self.remember_undo(inverse)
        self._save_soon(changed)
        self.announce(changed)

    def remember_undo(self, inverse: Edit) -> None:
        """Have the next undo apply ``inverse``; there is nothing to redo then."""
        self._undo.append(inverse)
        del self._undo[:-UNDO_DEPTH]
        self._redo.clear()

    def forget_undo(self) -> None:
        """Leave nothing to undo or redo."""
        self._undo.clear()
        self._redo.clear()

    def undo(self) -> None:
        """Take back the last change; nothing when there is none."""
        self._step(self._undo, self._redo)

    def redo(self) -> None:
        """Do again what was undone last; nothing when there is none."""
        self._step(self._redo, self._undo)

    def _step(self, take: list[Edit], give: list[Edit]) -> None:
        if not take:
            return
        inverse, changed = self._change(take.pop(), stepped=True)
        give.append(inverse)
        self._save_soon(changed)
        self.announce(changed)

    def _change(self, edit: Edit, *, stepped: bool) -> tuple[Edit, Changed]:
        before = self._project
        self._project, changed, inverse = apply(before, edit)
        for follower in self._followers:
            follower(before, stepped=stepped)
        return inverse, changed

    # -- another project -----------------------------------------------------------------------------------------------

    @property
    def generation(self) -> int:
        """Rises with each project that is closed: what was begun for an older one is dropped."""
        return self._generation

    def for_this_project(self, call: Callable[P, None]) -> Callable[P, None]:
        """``call``, which does nothing once another project is open."""
        generation = self._generation

        def called(*args: P.args, **kwargs: P.kwargs) -> None:
            if generation == self._generation:
                call(*args, **kwargs)

        return called

    def take_project(self, project: Project) -> None:
        """Have another project from now on; nothing of the one before can be undone."""
        self._project = project
        self.forget_undo()

    def keep_in(self, folder: Path, lock: Lock | None, noted: int = 0) -> None:
        """Save the project in ``folder`` after each change from now on; ``lock`` is let go of when it is closed, and ``noted``
        is the number up to which its file holds what was noted."""
        self._folder, self._lock = folder, lock
        self._saver.go_on_after(max(noted, newest(folder)))

    def close_project(self) -> None:
        """Stop the project's jobs, wait until it is saved, and let go of its folder."""
        with contextlib.suppress(CiteGridError):  # has been heard of as a job that failed
            self.finish_saving()
        self._generation += 1
        self.queues.cancel_all()
        if self._lock is not None:
            self._lock.release()
        self._folder = self._lock = None
        self.forget_undo()

    def close_queues(self) -> None:
        """Stop everything and wait for the threads to end."""
        self._saver.close()
        self.queues.close()

    def close_engines(self) -> None:
        """End what the engines and the model hold ready, once nothing uses them any more."""
        if self.engines.page_ocr is not None:
            self.engines.page_ocr.close()
        self.engines.close()
        self._main.clear()
        self._second.clear()

    # -- saving --------------------------------------------------------------------------------------------------------

    def _save_soon(self, changed: Changed) -> None:
        """Have the project written beside the owner's thread; a failure is heard of as a job that failed."""
        if self._folder is not None:
            self._saver.put(self._folder, self._project, changed)

    def save_soon(self) -> None:
        """Have the whole project written beside the owner's thread."""
        self._save_soon(Changed(frozenset(Part)))

    def save(self) -> None:
        """Write the project to its folder, atomically, and wait for it; nothing without a folder.  Raises StorageError."""
        if self._folder is not None:
            self._saver.put(self._folder, self._project)
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

    # -- work ----------------------------------------------------------------------------------------------------------

    def start(self, queue: JobQueue, name: str, work: Work[T], *, told: bool = True) -> Job[T]:
        """Queue ``work``; watchers of jobs hear of it, or only of its failure where it is too short to be ``told`` of."""
        return queue.start(name, work, self.tell_job if told else self._tell_failure)

    def tell_job(self, job: Job[Any]) -> None:
        """Tell the watchers of jobs."""
        for listener in self._job_watchers:
            listener(job)

    def _tell_failure(self, job: Job[Any]) -> None:
        if job.state is JobState.FAILED:
            self.tell_job(job)

    def hand_over(self, call: Callable[[], None], cancel: Cancel) -> None:
        """From a worker: have ``call`` run on the owner's thread, and go on when it has: what the person waits for is not to
        compete with the work that comes after it."""
        done = threading.Event()

        def run() -> None:
            try:
                call()
            finally:
                done.set()

        self.post(run)
        while not done.wait(0.05):
            cancel.check()

    # -- the model -----------------------------------------------------------------------------------------------------

    @property
    def model(self) -> LanguageModel | None:
        """The model that is loaded; None until one was needed."""
        return self._main.model

    @property
    def translating(self) -> LanguageModel | None:
        """The loaded model that translates; None until one was needed."""
        return self._second.model or self._main.model

    def load_model(self, choice: ModelChoice | None, cancel: Cancel = NEVER) -> LanguageModel:
        """The chosen model, or the default one; another one that was loaded is closed.  On a worker's thread."""
        return self._seated(self._main, choice, cancel)

    def load_translator(self, cancel: Cancel = NEVER) -> LanguageModel | None:
        """The model that translates, where a person chose another one for that than the one that is loaded."""
        if self.translator is None or self._main.holds(self._resolved(self.translator), self.use_card):
            self._second.clear()
            return None
        return self._seated(self._second, self.translator, cancel)

    def _seated(self, seat: _Seat, choice: ModelChoice | None, cancel: Cancel) -> LanguageModel:
        wanted = self._resolved(choice)
        if seat.model is None or not seat.holds(wanted, self.use_card):
            seat.clear()
            seat.model = self._loaded(wanted, cancel)
            seat.wanted = wanted, self.use_card
            self.trust_as_found()
        return seat.model

    @staticmethod
    def _resolved(choice: ModelChoice | None) -> ModelChoice:
        return choice if isinstance(choice, Endpoint) else models.resolve(str(choice) if choice else None)

    def trust_as_found(self) -> None:
        """Hold the loaded models to what their examinations found, where they were examined."""
        record = self.engines.examinations
        for model in (self._main.model, self._second.model):
            found = record.found(model.info.identity) if record is not None and model is not None else None
            if model is not None and found is not None:
                into = tuple(code for code, good in (("zh", found.to_chinese), ("en", found.to_english)) if good)
                model.info = replace(model.info, carried=found.carried, translates=into)

    def _loaded(self, choice: ModelChoice, cancel: Cancel) -> LanguageModel:
        if isinstance(choice, Path):
            load = self.engines.load_model
            if not self.use_card:
                load = self.engines.load_on_processor or load
            return load(choice, checksum(choice, cancel=cancel), cancel=cancel)
        if self.engines.servers is None:
            raise ModelError(Message("No model server answers at {address}.", address=choice.address))
        return self.engines.servers.connect(choice)

    def context_of(
        self,
        papers: tuple[Paper, ...],
        project: Project,
        engine: LanguageModel,
        library: Library | None,
        glossary: Glossary,
        progress: Progress,
        cancel: Cancel,
    ) -> lazy_imports.context.RunContext:
        """What a run over ``project`` may look at and use; ``glossary`` are its terms, the most binding first."""
        engines = self.engines
        asked = request_of(project)
        made = lazy_imports.context.RunContext(
            papers, asked, engine, library, progress, cancel, engines.writers, engines.encoder, glossary=glossary
        )
        return replace(made, translator=self.load_translator(cancel))
