"""The library's use-cases: keep it up to date, search it, open a document at a chunk, hand it to a run.

The index is one file for all projects of a person (a document is read once);
a project names the folders and files that belong to it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from citegrid.core.document import PaperDetails
from citegrid.core.errors import SourceLost
from citegrid.core.evidence import Evidence
from citegrid.core.library import Background, Chunk, Hit, IndexedFile
from citegrid.core.messages import Message
from citegrid.core.project import SourceFile
from citegrid.core.resources import resource
from citegrid.pipeline.library.search import Glossary, read_glossary, search, translator
from citegrid.ports import NEVER, SILENT, Cancel, LanguageModel, OcrEngine, OpenDocument, Progress
from citegrid.store import paths
from citegrid.store.files import sha256_of
from citegrid.store.library_index import LibraryIndex, below
from citegrid.workbench.engines import UpdateElsewhere

if TYPE_CHECKING:
    from citegrid.pipeline.cells.cited_documents import Library
    from citegrid.pipeline.library.ingest import IngestReport
    from citegrid.pipeline.read_remote import RemoteReader

FILE = "library.sqlite"
#: Seconds between two looks at a library that is being read.
EVERY = 1.0


Details = Mapping[str, PaperDetails]


def _named(document: Background, said: PaperDetails | None) -> Background:
    """A document with what is said of it; what is not said stays as it was read."""
    if said is None:
        return document
    title, authors = said.title or document.title, said.authors or document.authors
    return replace(
        document, title=title, authors=authors, year=said.year or document.year, doi=said.doi or document.doi
    )


def _held(files: Sequence[IndexedFile], root: Path) -> set[str]:
    within = below([root])
    return {f.sha256 for f in files if within(f.path)}


def _digest(hashes: Collection[str]) -> str:
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest() if hashes else ""


def _index_file() -> Path:
    return paths.cache_folder() / FILE


def update_in_parts(
    roots: Sequence[Path],
    open_: OpenDocument,
    make_reader: Callable[[], RemoteReader],
    *,
    progress: Progress,
    cancel: Cancel,
) -> Iterator[IngestReport]:
    """In a process of its own (see ``concurrency.remote_work``): bring the index up to date; what was done is the only part.
    That process writes the index and reads no document: each is read in one more."""
    from citegrid.pipeline.library.ingest import ingest

    index, reader = LibraryIndex(_index_file()), make_reader()
    ocr = reader.make_ocr()

    read = partial(reader.background, ocr=ocr, cancel=cancel)
    try:
        yield ingest(index, roots, open_, ocr, read=read, progress=progress, cancel=cancel)
    finally:
        reader.remote.close()
        ocr.close()
        index.close()


class NowAndThen:
    """Progress that also calls ``tell`` every EVERY seconds: what was read so far can be shown."""

    def __init__(self, progress: Progress, tell: Callable[[], None]) -> None:
        self._progress, self._tell, self._told = progress, tell, time.monotonic()

    def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
        self._progress.report(phase, done, total, detail)
        if time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            self._tell()


class LibraryService:
    """Opens the index at the first wish; its methods may be called on any thread."""

    def __init__(self, open_: OpenDocument, ocr: OcrEngine | None, elsewhere: UpdateElsewhere | None = None) -> None:
        self._open, self._ocr, self._elsewhere = open_, ocr, elsewhere
        self._index: LibraryIndex | None = None
        self._glossary: Glossary | None = None

    @property
    def index(self) -> LibraryIndex:
        """The index on disk."""
        if self._index is None:
            self._index = LibraryIndex(_index_file())
        return self._index

    @property
    def glossary(self) -> Glossary:
        """The word pairs that come with CiteGrid."""
        if self._glossary is None:
            self._glossary = read_glossary(resource("glossary.tsv").read_text("utf-8"))
        return self._glossary

    def update(self, roots: Sequence[Path], progress: Progress = SILENT, cancel: Cancel = NEVER) -> IngestReport:
        """Read what is new or changed below ``roots``; see ``pipeline.library.ingest``."""
        if self._elsewhere is not None:
            return self._elsewhere(roots, progress=progress, cancel=cancel)
        from citegrid.pipeline.library.ingest import ingest

        return ingest(self.index, roots, self._open, self._ocr, progress=progress, cancel=cancel)

    def files(self, roots: Sequence[Path]) -> list[IndexedFile]:
        """The files below ``roots`` as last seen, with title or fault."""
        return self.index.files(roots) if roots else []

    def sources_of(self, roots: Sequence[Path]) -> dict[Path, SourceFile]:
        """Folders and files for the project; the SHA-256 of each is that of its documents' hashes in order."""
        files = [f for f in self.files(roots) if f.sha256]
        at = {f.path: f.sha256 for f in files}
        held = {root: {at[str(root)]} if str(root) in at else _held(files, root) for root in roots}
        return {root: SourceFile(str(root), root.name, _digest(hashes)) for root, hashes in held.items()}

    def home_of(
        self, source: SourceFile, folder: Path | None, progress: Progress = SILENT, cancel: Cancel = NEVER
    ) -> Path:
        """Where a root of a project lies: at its place where this computer has read it there, else where the same documents
        lie, there or near the project's ``folder``.  Raises SourceLost: a folder of other documents is never read for it."""
        place = Path(source.path)
        if not source.sha256 or (place.exists() and self.index.files([place])):
            return place
        homes = [place.parent, *([folder, *folder.parents[:2]] if folder is not None else [])]
        for candidate in dict.fromkeys((place, *(home / place.name for home in homes))):
            progress.report("Looking for the file", 0, 0, candidate.name)
            if candidate.exists() and source.sha256 in self._digests(candidate, cancel):
                return candidate.resolve()
        raise SourceLost(
            Message(
                "{name} is not where it was, or other documents lie there ({place}).", name=source.name, place=place
            ),
            "Say where it lies now.",
            source.path,
        )

    def _digests(self, root: Path, cancel: Cancel) -> tuple[str, str]:
        """What ``sources_of`` says of ``root`` where all of its files can be read, and where only those can that are known."""
        from citegrid.pipeline.library.ingest import files_of

        hashes = {sha256_of(path, cancel=cancel) for path in files_of([root])}
        return _digest(hashes), _digest({one for one in hashes if self.index.document(one) is not None})

    def search(
        self, question: str, roots: Sequence[Path], limit: int = 20, model: LanguageModel | None = None
    ) -> list[Hit]:
        """The chunks that answer ``question``, in either language."""
        if not roots or not question.strip():
            return []
        return search(self.index, question, roots, limit, translator(self.glossary, self.index, model))

    def document(self, sha256: str) -> Background | None:
        """A document with its chunks; None when it is no longer in the library."""
        return self.index.document(sha256)

    def place_of(self, evidence: Evidence, roots: Sequence[Path]) -> tuple[Background, Chunk] | None:
        """Where a citation of the library stands now; None when its words stand nowhere in its document."""
        from citegrid.pipeline.cells.cited_documents import chunk_of

        return chunk_of(self.index, evidence, self.index.documents(roots)) if roots else None

    def documents(self, roots: Sequence[Path], details: Details) -> list[Background]:
        """The documents below ``roots`` without their chunks, named as ``details`` say of their hashes where they do."""
        known = self.index.documents(roots) if roots else []
        return [_named(document, details.get(document.sha256)) for document in known]

    def for_run(
        self, roots: Sequence[Path], model: LanguageModel | None, details: Details, cancel: Cancel = NEVER
    ) -> Library | None:
        """The library as a run wants it; None when there is nothing in it."""
        documents = self.documents(roots, details)
        if not documents:
            return None
        from citegrid.pipeline.cells.cited_documents import Library

        translate = translator(self.glossary, self.index, model, cancel)
        return Library(self.index, tuple(roots), tuple(documents), translate, self.glossary)

    def close(self) -> None:
        """Let go of the index."""
        if self._index is not None:
            self._index.close()
            self._index = None
