"""The use-cases of the paper in view: show another one, its pages and references, the page numbers that are printed on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from citegrid.concurrency.jobs import Job
from citegrid.core.document import Document, PaperDetails
from citegrid.core.errors import UsageError
from citegrid.core.messages import Message
from citegrid.core.page_labels import offset_for, relabelled, with_offset
from citegrid.core.project import Changed, Part, SetFields, Several
from citegrid.core.reference import Reference
from citegrid.ports import Cancel, PageSource, Progress
from citegrid.workbench import lazy_imports
from citegrid.workbench.papers.opened import OpenPapers
from citegrid.workbench.session import Session

if TYPE_CHECKING:
    from citegrid.pipeline.cells.own_row import OwnCells


class ShownPaper:
    """One of the project's papers at a time."""

    def __init__(self, session: Session, papers: OpenPapers) -> None:
        self._session, self._papers = session, papers

    @property
    def name(self) -> str:
        """The name of the shown paper in the project; empty without one."""
        if self._papers.is_further(self._papers.chosen):
            return self._papers.chosen
        first = self._session.project.paper
        return first.name if first else ""

    def show(self, name: str) -> None:
        """Show another paper of the project; nothing for the one that is shown, or for an unknown name."""
        if name == self.name or all(f.name != name for f in self._session.project.papers):
            return
        self._papers.chosen = name if self._papers.is_further(name) else ""
        self._session.announce(Changed(frozenset({Part.PAPER})))

    @property
    def source(self) -> PageSource | None:
        """The pages as they are drawn."""
        opened = self._papers.opened(self.name)
        return opened.source if opened else None

    @property
    def document(self) -> Document | None:
        """The pages as they were read; None until then."""
        paper = self._papers.paper(self.name)
        return paper.document if paper else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader should know of it: pages read by OCR, gaps in its list, entries never cited."""
        paper, opened = self._papers.paper(self.name), self._papers.opened(self.name)
        return (*paper.document.warnings, *opened.doubts) if paper and opened else ()

    @property
    def references(self) -> tuple[Reference, ...]:
        """Its reference list with its mentions; empty until it has been read."""
        paper = self._papers.paper(self.name)
        return paper.references if paper else ()

    @property
    def details(self) -> PaperDetails:
        """What its title page says, as a person corrected it or as it was read; empty until it has been read."""
        paper = self._papers.paper(self.name)
        if paper is None:
            return PaperDetails()
        document = paper.document
        return document.corrected or PaperDetails(document.title, document.authors, document.year, document.doi)

    def correct(self, details: PaperDetails) -> Job[None] | None:
        """Take a person's word for what the title page says: the paper's row, the report and its references follow, in one
        step.  The job that looks for its places on the page; None where nothing is another."""
        papers, paper = self._papers.all_read(), self._papers.paper(self.name)
        assert paper is not None
        if details == self.details:
            return None
        session, project, sha256 = self._session, self._session.project, paper.document.sha256
        now = replace(paper, document=paper.document.with_details(details))
        all_now = tuple(now if one is paper else one for one in papers)

        def take(cells: OwnCells) -> None:
            known = (*(one for one in session.project.details if one[0] != sha256), (sha256, details))
            row = cells.in_table(session.project.table)
            session.apply(Several((SetFields((("details", known),), frozenset({Part.PAPER})), row)))

        taken = session.for_this_project(take)

        def work(progress: Progress, cancel: Cancel) -> None:
            cells = lazy_imports.own_row.cells_of(project, all_now, now)
            session.post(lambda: taken(cells))

        return session.start(session.queues.reading, "Taking the details of the paper", work, told=False)

    def set_printed_label(self, page: int, printed: str) -> None:
        """Say what number is printed on ``page``: the labels of all pages move along, and those of every citation of them.

        Raises UsageError when ``printed`` is no number of the kind that the page has (arabic or roman).
        """
        self._papers.all_read()
        opened, name = self._papers.opened(self.name), self.name
        assert opened is not None
        assert opened.read is not None
        label = opened.read.document.page(page).label
        offset = offset_for(printed.strip(), label)
        if offset is None:
            sentence = Message("“{printed}” is no page number like “{label}”.", printed=printed, label=label)
            raise UsageError(sentence, "Type the number as the page prints it.")
        paper = self._papers.paper(name)
        document = with_offset(replace(opened.read.document, name=paper.document.name if paper else name), offset)
        project = self._session.project
        table, review = relabelled(project.table, project.review, document)
        _, beside = relabelled(project.table, project.beside, document)
        moved: tuple[str, object] = ("label_offset", offset)
        if self._papers.is_further(name):
            moved = ("also_offsets", (*(o for o in project.also_offsets if o[0] != name), (name, offset)))
        values = (("table", table), ("review", review), ("beside", beside), moved)
        self._session.apply(SetFields(values, frozenset({Part.PAPER, Part.ROWS, Part.REVIEW})))
