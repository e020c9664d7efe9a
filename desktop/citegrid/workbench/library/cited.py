"""The cited works themselves: found in a folder or in Zotero, taken in, so that their own words fill their rows.

Nothing is looked for unless a person asks.  What is found is told first (``CitedFiles``) and becomes part of the project when it
is taken in: its files belong to the library then, and what they are is kept beside them (``Project.details``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from citegrid.concurrency.jobs import Job
from citegrid.core.document import PaperDetails
from citegrid.core.errors import InputError, UsageError
from citegrid.core.holdings import CitedFiles, HeldFile, Holdings, LibraryItem
from citegrid.core.library import Background
from citegrid.core.messages import Message
from citegrid.core.project import LISTED
from citegrid.core.reference import Reference
from citegrid.ports import Cancel, Progress
from citegrid.store.files import sha256_of
from citegrid.store.zotero.manager import NAME
from citegrid.workbench.library.use import LibraryUse
from citegrid.workbench.papers.opened import OpenPapers
from citegrid.workbench.session import Session

if TYPE_CHECKING:
    from citegrid.pipeline.library.ingest import IngestReport

#: The reference lists of the papers.
Lists = tuple[tuple[Reference, ...], ...]
FINDING = Message("Looking for the cited works")


class CitedTexts:
    """Which works of the papers' reference lists are at hand as files, and Zotero's library."""

    def __init__(self, session: Session, opened: OpenPapers, library: LibraryUse) -> None:
        self._session, self._opened, self._library = session, opened, library
        self._here: tuple[object, dict[str, str]] = ((), {})

    # -- looking -------------------------------------------------------------------------------------------------------

    def list_zotero(self, data: Path | None = None) -> Job[Holdings]:
        """What Zotero holds: asked itself, or read from a copy of its database; ``data`` is a data folder that was chosen."""
        manager = self._session.engines.manager(data)
        return self._session.start(self._session.queues.aside, "Asking Zotero", manager.holdings)

    def in_folder(self, folder: Path) -> Job[CitedFiles]:
        """Match the PDFs below a folder with the reference lists, by their first pages."""
        lists, engines = self._lists(), self._session.engines

        def work(progress: Progress, cancel: Cancel) -> CitedFiles:
            from citegrid.pipeline.library.front_pages import pdfs_of
            from citegrid.workbench.library.fronts import fronts

            files = pdfs_of(folder.resolve())
            if not files:
                sentence = Message("There is no PDF in {name}.", name=folder.name or folder)
                raise InputError(sentence, "Choose the folder that holds the cited works.")
            read = list(fronts(engines, files, progress, cancel))
            found = _found(lists, [one for one in read if isinstance(one, HeldFile)])
            return _cited(lists, found, [one for one in read if isinstance(one, Message)])

        return self._session.start(self._session.queues.library, FINDING, work)

    def in_zotero(self, data: Path | None = None) -> Job[CitedFiles]:
        """Match what Zotero holds with the reference lists, by DOI, arXiv id or title; PDFs without an item by their first pages."""
        lists, engines, manager = self._lists(), self._session.engines, self._session.engines.manager(data)

        def work(progress: Progress, cancel: Cancel) -> CitedFiles:
            from citegrid.workbench.library.fronts import fronts

            items = manager.holdings(progress, cancel).items
            matched = _matched(lists, items)
            files, faults = _files_of(matched.values(), cancel)
            held = {file.item.key: file for file in files}
            found = {one: held[item.key] for one, item in matched.items() if item.key in held}
            alone = [Path(item.files[0]) for item in items if item.files and not item.title]
            read = fronts(engines, [path for path in alone if path.is_file()], progress, cancel)
            found = _found(lists, [one for one in read if isinstance(one, HeldFile)]) | found
            return _cited(lists, found, faults, NAME)

        return self._session.start(self._session.queues.library, FINDING, work)

    def _lists(self) -> Lists:
        """The reference lists of all papers; raises UsageError before one was read."""
        lists = tuple(paper.references for paper in self._opened.all_read())
        if not any(lists):
            raise UsageError("The paper has no reference list.", "Open another paper.")
        return lists

    # -- taking in -----------------------------------------------------------------------------------------------------

    def take_in(self, cited: CitedFiles) -> Job[IngestReport]:
        """Make the files of cited works background documents, each known as its work, and read them."""
        said = [(file.sha256, _said(reference, file, cited.origin)) for reference, file in cited.found]
        return self._library.take_in([file for _, file in cited.found], said)

    def gather(self, items: Sequence[LibraryItem]) -> Job[tuple[HeldFile, ...]]:
        """The files of items that are there; raises InputError where none is."""

        def work(progress: Progress, cancel: Cancel) -> tuple[HeldFile, ...]:
            files, faults = _files_of(items, cancel)
            if not files:
                sentence = faults[0] if faults else Message("There is no PDF among these items.")
                raise InputError(sentence, "Choose items with a PDF, or let Zotero fetch their files first.")
            return tuple(files)

        return self._session.start(self._session.queues.library, FINDING, work)

    def use_as_background(self, files: Sequence[HeldFile]) -> Job[IngestReport]:
        """Make files of Zotero background documents, with what Zotero knows of them, and read them."""
        said = [(file.sha256, file.item.details(NAME)) for file in files if file.item.title]
        return self._library.take_in(files, said)

    # -- at hand -------------------------------------------------------------------------------------------------------

    def in_manager(self) -> dict[str, str]:
        """The id of each work that has an item in Zotero → that item's key: works of the reference lists and of the library, and
        the papers themselves."""
        known = {sha256: said.item for sha256, said in self._session.project.details if said.item}
        papers = self._opened.read_so_far()
        if not known:
            return {}
        from citegrid.pipeline.cells.cited_documents import PREFIX, item_of

        documents = [document for document in self._library.documents() if document.sha256 in known]
        cited = _matched(tuple(paper.references for paper in papers), [item_of(document) for document in documents])
        return (
            {PREFIX + document.sha256[:16]: known[document.sha256] for document in documents}
            | {paper.own_id: known[paper.document.sha256] for paper in papers if paper.document.sha256 in known}
            | {work: known[item.key] for work, item in cited.items()}
        )

    def here(self) -> dict[str, str]:
        """The id of each cited work that lies in the library → the title of its document."""
        documents = self._library.documents()
        lists = tuple(paper.references for paper in self._opened.read_so_far())
        state = (lists, tuple(documents))
        if not documents or not any(lists):
            return {}
        if self._here[0] != state:
            from citegrid.pipeline.cells.cited_documents import item_of

            found = _matched(lists, [item_of(document) for document in documents])
            self._here = (state, {one: item.called for one, item in found.items()})
        return self._here[1]


def _matched(lists: Lists, items: Sequence[LibraryItem]) -> dict[str, LibraryItem]:
    """The id of each entry whose work is among ``items`` → the item."""
    from citegrid.pipeline.cells.selection.match_items import items_of

    return {one: item for references in lists for one, item in items_of(references, items).items()}


def _found(lists: Lists, held: Sequence[HeldFile]) -> dict[str, HeldFile]:
    """The id of each entry whose work is one of the files that were read → the file."""
    files = {file.item.key: file for file in held}
    return {one: files[item.key] for one, item in _matched(lists, [file.item for file in held]).items()}


def _cited(lists: Lists, found: dict[str, HeldFile], faults: Iterable[str], origin: str = "") -> CitedFiles:
    references = [reference for one in lists for reference in one]
    pairs = tuple((one, found[one.id]) for one in references if one.id in found)
    return CitedFiles(pairs, tuple(one for one in references if one.id not in found), tuple(faults), origin)


def _said(reference: Reference, file: HeldFile, origin: str) -> PaperDetails:
    """What is kept of a file that is a cited work: what Zotero knows of it, where a run knows the work by that, else what the
    entry says."""
    from citegrid.pipeline.cells.cited_documents import item_of
    from citegrid.pipeline.cells.selection.match_items import is_item

    known = file.item.details(origin)
    about = (known.title, known.authors, known.year, known.doi)
    named = bool(origin and known.title and not file.item.opening)
    if named and is_item(reference, item_of(Background(file.sha256, Path(file.path).name, *about))):
        return known
    key = file.item.key if origin and not file.item.opening else ""
    return PaperDetails(reference.title, reference.authors, reference.year, reference.doi, LISTED, key)


def _files_of(items: Iterable[LibraryItem], cancel: Cancel) -> tuple[list[HeldFile], list[Message]]:
    """The first file of each item that is there, and the sentences for those that have none there."""
    files: list[HeldFile] = []
    faults: list[Message] = []
    for item in items:
        place = next((file for file in item.files if Path(file).is_file()), "")
        if place:
            files.append(HeldFile(item, place, sha256_of(Path(place), cancel=cancel)))
        elif item.files:
            faults.append(Message("{name} is not on this computer.", name=Path(item.files[0]).name))
    return files, faults
