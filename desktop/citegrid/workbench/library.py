"""The use-cases of the library: which background documents belong to the project, kept up to date, searched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from citegrid.concurrency.jobs import Job
from citegrid.core.evidence import Evidence
from citegrid.core.library import Background, Chunk, Hit, IndexedFile
from citegrid.core.project import (
    Changed,
    Part,
    SetFields,
    SourceFile,
)
from citegrid.ports import Cancel, Progress
from citegrid.workbench.session import Owner

if TYPE_CHECKING:
    from citegrid.pipeline.cells.cited_documents import Library
    from citegrid.pipeline.library.ingest import IngestReport


class Shelf(Owner):
    """The project's folders and files of background documents; the index itself is the librarian's."""

    @property
    def library_roots(self) -> tuple[Path, ...]:
        """The folders and files of background documents that belong to the project."""
        return tuple(Path(file.path) for file in self.project.library)

    def add_library(self, roots: Sequence[Path]) -> Job[IngestReport]:
        """Take folders and files of background documents in, and read them in the background."""
        new = [r.resolve() for r in roots if r.resolve() not in self.library_roots]
        sources = (*self.project.library, *(SourceFile(str(r), r.name, "") for r in new))
        self.apply(SetFields((("library", sources),), frozenset({Part.LIBRARY})))
        return self.update_library()

    def remove_library(self, root: Path) -> None:
        """Leave a folder or file of background documents out; what was read of it stays known."""
        sources = tuple(f for f in self.project.library if Path(f.path) != root)
        self.apply(SetFields((("library", sources),), frozenset({Part.LIBRARY})))

    def update_library(self) -> Job[IngestReport]:
        """Read what came, changed or moved since; a stop keeps what was read."""
        generation, roots = self._generation, self.library_roots

        def shown() -> None:
            if generation == self._generation:
                self._changed(Changed(frozenset({Part.LIBRARY})))

        def stocked() -> None:
            if generation == self._generation:
                known = tuple(self._librarian.source_of(Path(file.path)) for file in self.project.library)
                if known != self.project.library:
                    self.apply(SetFields((("library", known),), frozenset({Part.LIBRARY})), undoable=False)
                else:
                    self._changed(Changed(frozenset({Part.LIBRARY})))

        def work(progress: Progress, cancel: Cancel) -> IngestReport:
            from citegrid.workbench.library_service import NowAndThen

            try:
                return self._librarian.update(roots, NowAndThen(progress, lambda: self._post(shown)), cancel)
            finally:
                self._post(stocked)

        return self._stocking.start("Reading the library", work, self._hear)  # type: ignore[arg-type]

    def library_files(self) -> list[IndexedFile]:
        """The project's background files as last seen."""
        return self._librarian.files(self.library_roots) if self.library_roots else []

    def search_library(self, question: str) -> list[Hit]:
        """Chunks that answer ``question``, by words and the glossary; quick enough for every key stroke."""
        return self._librarian.search(question, self.library_roots)

    def library_document(self, sha256: str) -> Background | None:
        """A background document with its chunks; None when it is gone."""
        return self._librarian.document(sha256)

    def library_place(self, evidence: Evidence) -> tuple[Background, Chunk] | None:
        """Where a citation of the library stands now; None when it no longer holds."""
        return self._librarian.place_of(evidence, self.library_roots)

    def _library(self) -> Library | None:
        return self._librarian.for_walk(self.library_roots, None) if self.library_roots else None
