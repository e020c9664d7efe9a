"""The use-cases of the library: which background documents belong to the project, kept up to date, searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from citegrid.concurrency.jobs import Job
from citegrid.core.document import PaperDetails
from citegrid.core.errors import SourceLost
from citegrid.core.evidence import Evidence
from citegrid.core.holdings import HeldFile
from citegrid.core.library import Background, Chunk, Hit, IndexedFile
from citegrid.core.project import (
    Changed,
    Part,
    SetFields,
    SourceFile,
)
from citegrid.ports import NEVER, Cancel, LanguageModel, Progress
from citegrid.workbench.session import Session

if TYPE_CHECKING:  # what reads a library is loaded with the first one
    from citegrid.pipeline.cells.cited_documents import Library
    from citegrid.pipeline.library.ingest import IngestReport
    from citegrid.workbench.library.service import LibraryService


class LibraryUse:
    """The project's folders and files of background documents; the index itself is the service's."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def _service(self) -> LibraryService:
        """A project without a library never loads what reads it."""
        from citegrid.workbench.library.service import LibraryService

        engines = self._session.engines
        return LibraryService(engines.open_document, engines.ocr, engines.update_library)

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders and files of background documents that belong to the project."""
        return tuple(Path(file.path) for file in self._session.project.library)

    def add(self, roots: Sequence[Path]) -> Job[IngestReport]:
        """Take folders and files of background documents in, and read them in the background."""
        new = [r.resolve() for r in roots if r.resolve() not in self.roots]
        sources = (*self._session.project.library, *(SourceFile(str(r), r.name, "") for r in new))
        self._session.apply(SetFields((("library", sources),), frozenset({Part.LIBRARY})))
        return self.update()

    def remove(self, root: Path) -> None:
        """Leave a folder or file of background documents out; what was read of it stays known."""
        sources = tuple(f for f in self._session.project.library if Path(f.path) != root)
        self._session.apply(SetFields((("library", sources),), frozenset({Part.LIBRARY})))

    def find(self, root: str, place: Path) -> Job[IngestReport]:
        """The folder or file that lay at ``root`` lies at ``place`` now, whatever it holds by now."""
        new = SourceFile(str(place.resolve()), place.name, "")
        sources = tuple(new if f.path == root else f for f in self._session.project.library)
        self._session.apply(SetFields((("library", sources),), frozenset({Part.LIBRARY})))
        return self.update()

    def update(self) -> Job[IngestReport]:
        """Read what came, changed or moved since; a stop keeps what was read.  Where a root is lost, the others are read and the
        job fails with SourceLost."""
        session, sources, folder = self._session, self._session.project.library, self._session.folder
        show, take = session.for_this_project(self._announce), session.for_this_project(self._take)

        def work(progress: Progress, cancel: Cancel) -> IngestReport:
            from citegrid.workbench.library.service import NowAndThen

            homes: dict[str, Path] = {}
            lost: SourceLost | None = None
            try:
                for file in sources:
                    try:
                        homes[file.path] = self._service.home_of(file, folder, progress, cancel)
                    except SourceLost as error:
                        lost = error
                roots = tuple(homes.values())
                report = self._service.update(roots, NowAndThen(progress, lambda: session.post(show)), cancel)
            finally:
                session.post(lambda: take(homes))
            if lost is not None:
                raise lost
            return report

        return session.start(session.queues.library, "Reading the library", work)

    def _announce(self) -> None:
        self._session.announce(Changed(frozenset({Part.LIBRARY})))

    def _take(self, homes: Mapping[str, Path]) -> None:
        """The library was read: its folders' hashes, and their places, may be others by now."""
        library = self._session.project.library
        places = self._service.sources_of([homes[f.path] for f in library if f.path in homes])
        known = tuple(places[homes[f.path]] if f.path in homes else f for f in library)
        if known != library:
            self._session.apply(SetFields((("library", known),), frozenset({Part.LIBRARY})), undoable=False)
        else:
            self._announce()

    def files(self) -> list[IndexedFile]:
        """The project's background files as last seen."""
        return self._service.files(self.roots) if self.roots else []

    def search(self, question: str) -> list[Hit]:
        """Chunks that answer ``question``, by words and the glossary; quick enough for every key stroke."""
        return self._service.search(question, self.roots)

    def document(self, sha256: str) -> Background | None:
        """A background document with its chunks; None when it is gone."""
        return self._service.document(sha256)

    def place_of(self, evidence: Evidence) -> tuple[Background, Chunk] | None:
        """Where a citation of the library stands now; None when it no longer holds."""
        return self._service.place_of(evidence, self.roots)

    def for_run(self, model: LanguageModel | None = None, cancel: Cancel = NEVER) -> Library | None:
        """The library as a run wants it, its words translated by ``model`` too; None when there is nothing in it."""
        details = dict(self._session.project.details)
        return self._service.for_run(self.roots, model, details, cancel) if self.roots else None

    def documents(self) -> list[Background]:
        """The background documents without their chunks, named as the project's details say where they do."""
        return self._service.documents(self.roots, dict(self._session.project.details)) if self.roots else []

    def take_in(self, found: Sequence[HeldFile], said: Iterable[tuple[str, PaperDetails]]) -> Job[IngestReport]:
        """Take files in, with what is ``said`` of them by their hashes, in one step that can be undone, and read them."""
        project, known = self._session.project, set(self.roots)
        new = [file for file in found if Path(file.path) not in known]
        sources = (*project.library, *(SourceFile(file.path, Path(file.path).name, "") for file in new))
        values = (("library", sources), ("details", project.with_details(said)))
        self._session.apply(SetFields(values, frozenset({Part.LIBRARY})))
        return self.update()

    def close(self) -> None:
        """Let go of the index."""
        if "_service" in self.__dict__:
            self._service.close()
