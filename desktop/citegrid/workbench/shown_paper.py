"""The use-cases of the paper in view: show another one, its pages and references, the page numbers that are printed on it."""

from __future__ import annotations

from dataclasses import replace

from citegrid.core.document import Document
from citegrid.core.errors import UsageError
from citegrid.core.messages import Message
from citegrid.core.page_labels import offset_for, relabelled, with_offset
from citegrid.core.project import Changed, Part, SetFields
from citegrid.core.reference import Reference
from citegrid.ports import PageSource
from citegrid.workbench.open_papers import OpenPapers
from citegrid.workbench.session import Session


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
        moved: tuple[str, object] = ("label_offset", offset)
        if self._papers.is_further(name):
            moved = ("also_offsets", (*(o for o in project.also_offsets if o[0] != name), (name, offset)))
        values = (("table", table), ("review", review), moved)
        self._session.apply(SetFields(values, frozenset({Part.PAPER, Part.ROWS, Part.REVIEW})))
