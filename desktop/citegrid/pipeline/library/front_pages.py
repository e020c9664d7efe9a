"""What the first pages of a file name: title, authors, year, DOI and arXiv id, so that a folder can be matched with a reference list.

Two pages are read, not the paper: a folder of hundreds takes seconds a dozen files.  What was read of a file is remembered by the
hash of its bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from citegrid.core.document import Document, Page
from citegrid.core.errors import Cancelled
from citegrid.core.holdings import HeldFile, LibraryItem
from citegrid.core.language.text import key_text
from citegrid.core.messages import Message
from citegrid.pipeline.bibliography.own_identifiers import FIRST, with_own_identifiers
from citegrid.pipeline.document.read import read_document
from citegrid.pipeline.library.ingest import files_of, why_skipped
from citegrid.pipeline.library.read_source import PAGED, load
from citegrid.ports import (
    NEVER,
    SILENT,
    Cancel,
    FrontMemory,
    Link,
    OcrEngine,
    PageSource,
    Pixels,
    Progress,
    ReadFront,
)

#: Characters of the first pages whose letters are kept.
OPENING = 3000
LOOKING = Message("Looking at the first pages")


class FirstPages:
    """The first pages of an open document, as a ``ports.PageSource``."""

    def __init__(self, source: PageSource) -> None:
        self._source = source
        self.sha256, self.name, self.metadata = source.sha256, source.name, source.metadata
        self.page_count = min(FIRST, source.page_count)

    def page(self, number: int) -> Page:
        return self._source.page(number)

    def render(self, number: int, scale: float, clip: tuple[float, float, float, float] | None = None) -> Pixels:
        return self._source.render(number, scale, clip)

    def links(self) -> Sequence[Link]:
        return ()

    def outline(self) -> Sequence[tuple[int, str, int]]:
        return ()

    def close(self) -> None:
        self._source.close()


def pdfs_of(folder: Path) -> list[Path]:
    """The PDFs below a folder, in order; hidden ones are left out."""
    return [path for path in files_of([folder]) if path.suffix.lower() in PAGED]


def read_fronts(
    paths: Sequence[Path],
    read: ReadFront,
    known: FrontMemory,
    *,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> Iterator[HeldFile | Message]:
    """What each file is, by its first pages, as ``read`` finds it; the sentence for which a file cannot be looked into."""
    for done, path in enumerate(paths):
        cancel.check()
        progress.report(LOOKING, done, len(paths), path.name)
        try:
            yield _front(path, read, known, cancel)
        except Cancelled:
            raise
        except Exception as fault:  # one strange file does not cost the rest of the folder
            yield why_skipped(path, fault)
    progress.report(LOOKING, len(paths), len(paths))


def _front(path: Path, read: ReadFront, known: FrontMemory, cancel: Cancel) -> HeldFile:
    data, sha256 = load(path)
    item = known.recall(sha256)
    if item is None:
        item = read(path, data, cancel=cancel)
        known.keep(sha256, item)
    return HeldFile(item, str(path), sha256)


def item_in(source: PageSource, ocr: OcrEngine | None, cancel: Cancel = NEVER) -> LibraryItem:
    """The item that the first pages of an open document name; it is closed."""
    pages = FirstPages(source)
    try:
        return item_of_front(with_own_identifiers(read_document(pages, ocr, cancel=cancel)))
    finally:
        pages.close()


def item_of_front(document: Document) -> LibraryItem:
    """The item that the first pages of a file name; its key is the file's hash."""
    opening = key_text("\n".join(page.text for page in document.pages)[:OPENING])
    about = (document.title, document.authors, document.year, document.doi, document.arxiv)
    return LibraryItem(document.sha256, *about, files=(document.name,), opening=opening)
