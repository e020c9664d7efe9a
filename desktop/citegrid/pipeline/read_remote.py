"""Papers read in a process of their own (see ``concurrency.remote_work``): page by page back to the window, which stays free meanwhile.

The process is handed the bytes of the file, and can open none; pictures of pages come back to be read by OCR here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from citegrid.concurrency.remote_work import RemoteWork
from citegrid.core.document import Document, Page
from citegrid.core.errors import InputError, InternalError
from citegrid.core.holdings import LibraryItem
from citegrid.core.library import Background
from citegrid.core.messages import Message, from_text
from citegrid.core.paper import Paper
from citegrid.core.project import Project
from citegrid.pipeline.document.open import check_file, of_a_size
from citegrid.pipeline.export.word.changes import Change, ReadBack
from citegrid.pipeline.library.front_pages import item_in
from citegrid.pipeline.library.ingest import pages_of
from citegrid.pipeline.library.read_source import PAGED, read_background
from citegrid.pipeline.run import read_paper
from citegrid.ports import NEVER, SILENT, Cancel, OcrEngine, PageOcr, PageSource, Progress

#: Opens the bytes of a PDF under a name, with a password.
OpenBytes = Callable[[bytes, str, str], PageSource]


#: A change of a report before it is judged: what was, is in Word, and is now; its work, column and sentence.
_Change = tuple[str, str, str, str, str, int | None]


@dataclass(frozen=True)
class RemoteReader:
    """Has documents read in processes of ``remote``: ``load_bytes`` gives those of a PDF file, ``open_bytes``, which stands in a
    module, opens them there; ``make_ocr`` makes the OCR that lasts for one document."""

    remote: RemoteWork
    load_bytes: Callable[[Path], bytes]
    open_bytes: OpenBytes
    make_ocr: Callable[[], PageOcr]

    def paper(
        self, path: Path, password: str, sha256: str, *, progress: Progress = SILENT, cancel: Cancel = NEVER
    ) -> Paper:
        """The paper at ``path``, whose bytes have the hash ``sha256``.

        Raises InputError when the file was changed since its hash was taken, and what reading raises.
        """
        check_file(path)
        pages: list[Page] = []
        work = (paper_in_parts, self.load_bytes(path), path.name, password, self.open_bytes)
        ocr = self.make_ocr()
        try:
            kinds = (Page, Paper)
            for part in self.remote.run(*work, parts=kinds, name=path.name, ocr=ocr, progress=progress, cancel=cancel):
                if isinstance(part, Page):
                    pages.append(_sound(part, len(pages) + 1))
                elif part.document.sha256 == sha256:
                    return _whole(part, pages)
                else:
                    raise InputError(
                        Message("{name} was changed while it was opened.", name=path.name), "Open it again."
                    )
        finally:
            ocr.close()
        raise InternalError(Message("{name} was not read to its end.", name=path.name), "Open it again.")

    def background(
        self, path: Path, data: bytes, sha256: str, *, ocr: OcrEngine | None, cancel: Cancel = NEVER
    ) -> Background:
        """The background document at ``path``, whose bytes are ``data``; raises what reading raises."""
        if path.suffix.lower() in PAGED:
            check_file(path)
        work = (background_in_parts, path.name, data, sha256, self.open_bytes)
        found: Background
        (found,) = self.remote.run(*work, parts=(Background,), name=path.name, ocr=ocr, cancel=cancel)
        return replace(found, unread=from_text(found.unread))

    def front(self, path: Path, data: bytes, *, cancel: Cancel = NEVER) -> LibraryItem:
        """What the first pages of the PDF at ``path``, whose bytes are ``data``, name; raises what reading raises."""
        check_file(path)
        ocr = self.make_ocr()
        try:
            work = (front_in_parts, path.name, data, self.open_bytes)
            found: LibraryItem
            (found,) = self.remote.run(*work, parts=(LibraryItem,), name=path.name, ocr=ocr, cancel=cancel)
        finally:
            ocr.close()
        return found

    def report(self, data: bytes, name: str, project: Project) -> ReadBack:
        """What others changed in a Word report of ``project``, whose bytes are ``data``; see ``export.word.read_changes``."""
        work = (report_in_parts, data, name, project)
        changes: list[_Change]
        ((changes, notes),) = self.remote.run(*work, parts=(tuple[list[_Change], list[str]],), name=name)
        return ReadBack(tuple(Change(*change) for change in changes), tuple(map(from_text, notes)))


def _sound(page: Page, number: int) -> Page:
    """A page whose words stand in its text, in their places."""
    length = len(page.text)
    fits = all(0 <= w.start <= w.end <= length and w.box.page == number for w in page.words)
    if page.number != number or not fits:
        raise InternalError(Message("Page {number} was not read as a page.", number=number), "Open it again.")
    return page


def _whole(paper: Paper, pages: list[Page]) -> Paper:
    """The paper with its pages; its warnings are sentences with their keys again."""
    warnings = tuple(map(from_text, paper.document.warnings))
    return replace(paper, document=replace(paper.document, pages=tuple(pages), warnings=warnings))


# -- in the child ------------------------------------------------------------------------------------------------------


def paper_in_parts(
    data: bytes, name: str, password: str, open_: OpenBytes, *, progress: Progress, cancel: Cancel, ocr: OcrEngine
) -> Iterator[Page | Paper]:
    """The pages of the paper, then the paper without them."""
    source = of_a_size(open_(data, name, password), name)
    try:
        paper = read_paper(source, ocr, progress=progress, cancel=cancel)
    finally:
        source.close()
    yield from paper.document.pages
    yield replace(paper, document=replace(paper.document, pages=()))


def background_in_parts(
    name: str,
    data: bytes,
    sha256: str,
    open_: OpenBytes,
    *,
    progress: Progress,
    cancel: Cancel,
    ocr: OcrEngine | None = None,
) -> Iterator[Background]:
    """A background document, as the only part."""

    def pages(path: Path) -> Document:
        return pages_of(of_a_size(open_(data, name, ""), name), ocr, cancel)

    yield read_background(Path(name), data, sha256, pages)


def front_in_parts(
    name: str, data: bytes, open_: OpenBytes, *, progress: Progress, cancel: Cancel, ocr: OcrEngine
) -> Iterator[LibraryItem]:
    """The item that a document's first pages name, as the only part."""
    yield item_in(of_a_size(open_(data, name, ""), name), ocr, cancel)


def report_in_parts(
    data: bytes, name: str, project: Project, *, progress: Progress, cancel: Cancel
) -> Iterator[tuple[list[_Change], list[str]]]:
    """The changes and notes of a Word report, as the only part."""
    from citegrid.pipeline.export.word.read_changes import read_back

    back = read_back(data, name, project)
    changes = [(c.was, c.text, c.now, c.work_id, c.column, c.sentence) for c in back.changes]
    yield changes, list(back.notes)
