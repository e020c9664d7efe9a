"""The use-case of many papers: a folder and the project's columns give one table, with an account of every paper."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from citegrid.batch.exclusions import Exclusions
from citegrid.batch.find import find_papers, papers_of
from citegrid.batch.finished_rows import FinishedRows
from citegrid.batch.run import Batch, run_batch
from citegrid.batch.wishes import FoundPaper, Scheduler, Wishes
from citegrid.concurrency.jobs import Job
from citegrid.core.errors import UsageError
from citegrid.core.holdings import Holdings
from citegrid.core.messages import Message
from citegrid.core.model.endpoint import Endpoint, ModelChoice
from citegrid.core.outcome.account import Account
from citegrid.core.project import Project
from citegrid.ports import Cancel, Progress
from citegrid.store import paths, project_folder
from citegrid.store.checksums import checksum
from citegrid.store.model_files import models
from citegrid.store.zotero.manager import NAME
from citegrid.workbench import export_service, lazy_imports
from citegrid.workbench.glossary.use import GlossaryUse
from citegrid.workbench.session import Session

#: From so many papers on, the account of all is told at most once in so many seconds: for 10,000 it takes 0.05 s.
MANY, PAUSE = 500, 1.0


class ManyPapers:
    """One batch at a time; ``account`` is read on the owner's thread, and whoever watches hears when it changed."""

    def __init__(self, session: Session, glossary: GlossaryUse) -> None:
        self._session, self._glossary = session, glossary
        self._batch, self._place = Batch(), Path()
        self._made: Project | None = None
        self._account: Account = ()
        self._watchers: list[Callable[[], None]] = []

    @property
    def account(self) -> Account:
        """What became of each paper so far."""
        return self._account

    @property
    def table(self) -> Project | None:
        """The project of the papers that were read; None until a batch came to its end or was stopped."""
        return self._made

    def watch(self, listener: Callable[[], None]) -> None:
        """Have ``listener`` called when the account changed."""
        self._watchers.append(listener)

    def find(self, place: Path) -> Job[None]:
        """Name the papers of a folder or a list; what a person excluded there before is excluded again."""
        return self._look(place, lambda progress, cancel: find_papers(place, progress=progress, cancel=cancel))

    def find_collection(self, holdings: Holdings, key: str) -> Job[None]:
        """The same for a collection of Zotero with those in it (all of its library for an empty key); what Zotero knows of each paper
        stands for its title page."""
        items = holdings.within(key)

        def look(progress: Progress, cancel: Cancel) -> tuple[FoundPaper, ...]:
            return papers_of(items, NAME, progress=progress, cancel=cancel)

        return self._look(paths.data_folder() / NAME / (key or "all"), look)

    def _look(self, place: Path, look: Callable[[Progress, Cancel], tuple[FoundPaper, ...]]) -> Job[None]:
        session = self._session

        def take(found: tuple[FoundPaper, ...]) -> None:
            self._batch, self._place, self._made = Batch(found, excluded=self._kept(place).get()), place, None
            self._tell(self._batch.account())

        def work(progress: Progress, cancel: Cancel) -> None:
            found = look(progress, cancel)
            session.post(lambda: take(found))

        return session.start(session.queues.asking, "Looking at the papers", work)

    def exclude(self, sha256: str, reason: str) -> None:
        """Leave a paper out, with the reason that the account gives; raises StorageError, and UsageError without a reason."""
        if not reason.strip():
            raise UsageError("A paper is excluded with a reason.", "Say why, for the account.")
        self._set_excluded({**self._batch.excluded, sha256: reason.strip()})

    def include(self, sha256: str) -> None:
        """Take a paper in again; raises StorageError."""
        self._set_excluded({key: reason for key, reason in self._batch.excluded.items() if key != sha256})

    def start(
        self,
        model: ModelChoice | None = None,
        *,
        resume: bool = True,
        strict: bool = False,
        workers: int = 0,
        address: str = "",
    ) -> Job[None]:
        """Fill a row for each paper that was found, on this machine or on the cluster at ``address``; ``table`` is there when the job ends, and when it was cancelled, with what was
        done by then.  Raises UsageError without columns or papers, ModelError without a model."""
        session, batch, make = self._session, self._batch, self._session.engines.scheduler
        if not session.project.table.columns:
            raise UsageError("The table has no columns yet.", "Open a picture of the table, or type the column names.")
        if not batch.found or make is None:
            raise UsageError("There are no papers yet.", "Choose the folder that holds the papers.")
        if not resume:
            batch.rows.clear()
        if isinstance(model, Endpoint) and not address:
            raise UsageError(
                "On this computer a batch is filled by a model file.",
                "Choose one, or give --scheduler: the workers of a cluster can share a server.",
            )
        server = str(model) if isinstance(model, Endpoint) else ""
        path = (
            Path(model.model or model.host) if isinstance(model, Endpoint) else models.resolve(str(model or "") or None)
        )
        project = session.project
        terms, kept = self._glossary.kept(), FinishedRows(paths.cache_folder() / "rows")
        self._made = None

        def work(progress: Progress, cancel: Cancel) -> None:
            columns, query, language = project.table.columns, project.query, project.language
            sha256 = "" if server else checksum(path, cancel=cancel)
            wishes = Wishes(columns, query, language, path, sha256, strict, terms, server, address)
            scheduler: Scheduler = make(workers, address)

            told = [0.0]

            def heard() -> None:
                if len(batch.found) > MANY and time.monotonic() - told[0] < PAUSE:
                    return
                told[0], account = time.monotonic(), batch.account()
                session.post(lambda: self._tell(account))

            def finish() -> None:
                self._made = replace(
                    lazy_imports.assemble.project_of(batch, wishes, project.picture), template=project.template
                )
                self._tell(batch.account())

            try:
                run_batch(batch, wishes, scheduler, kept, resume=resume, heard=heard, progress=progress, cancel=cancel)
            finally:
                session.post(finish)

        return session.start(session.queues.asking, "Filling the rows", work)

    def keep(self, folder: Path) -> None:
        """Keep the finished table as a project in ``folder``, to be opened from there; raises StorageError."""
        assert self._made is not None
        project_folder.save(project_folder.create(folder), self._made)

    def export(self, path: Path) -> Job[Path]:
        """Write the finished table in the format of the path's suffix, without opening its papers; a file there is replaced."""
        session, made = self._session, self._made
        assert made is not None
        helpers = export_service.Helpers(session.engines.crop, session.engines.annotate)
        options, sources = export_service.ExportOptions(replace=True), export_service.ExportSources()

        def work(progress: Progress, cancel: Cancel) -> Path:
            return export_service.write(path, made, sources, helpers, options, progress, cancel)

        # aside: opening another project, this very table perhaps, does not stop it
        return session.start(session.queues.aside, Message("Exporting {name}", name=path.name), work)

    def _set_excluded(self, reasons: dict[str, str]) -> None:
        here = {paper.sha256 for paper in self._batch.found}
        self._kept(self._place).put({key: reason for key, reason in reasons.items() if key in here})
        self._batch.excluded = reasons
        self._tell(self._batch.account())

    @staticmethod
    def _kept(place: Path) -> Exclusions:
        return Exclusions(paths.data_folder() / "excluded", place)

    def _tell(self, account: Account) -> None:
        self._account = account
        for listener in self._watchers:
            listener()
