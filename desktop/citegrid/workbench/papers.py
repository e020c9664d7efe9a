"""The project's main papers once they are open: shown one at a time, told by name, their page labels put right.

How they are opened and read stands in ``workbench.open_papers``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from citegrid.concurrency.jobs import Post, at_once
from citegrid.core.document import Document, Page
from citegrid.core.errors import UsageError
from citegrid.core.messages import Message
from citegrid.core.page_labels import offset_for, relabelled, with_offset
from citegrid.core.papers import key_of
from citegrid.core.project import Changed, Part, Project, SetFields, SourceFile
from citegrid.core.reference import Reference
from citegrid.ports import Cancel, PageSource
from citegrid.workbench.export_service import Sources
from citegrid.workbench.session import Engines, Owner

if TYPE_CHECKING:
    from citegrid.core.paper import Paper


#: Seconds after which no view shows a paper that was closed.
REST = 0.3


@dataclass(slots=True)
class OpenPaper:
    """An open paper: its file and password, its pages, what was read of it (None until then) and is odd about its list, and
    the paper as last shown."""

    path: Path
    password: str
    source: PageSource
    read: Paper | None = None
    doubts: tuple[str, ...] = ()
    told: tuple[str, str, int, Paper] | None = None

    def known_as(self, name: str, key: str, offset: int) -> Paper | None:
        """The paper as read, under its name in the project, its labels moved as the person wishes."""
        if self.read is None:
            return None
        if self.told is None or self.told[:3] != (name, key, offset):
            document = with_offset(self.read.document, offset)
            self.told = (name, key, offset, replace(self.read, document=document).known_as(name, key))
        return self.told[3]


def _let_go(pages: list[Page], cancel: Cancel) -> None:
    """Free the words of papers page by page, once the views have forgotten them: a long paper has a million objects, and
    freeing them in one go holds every thread for a tenth of a second."""
    began = time.monotonic()
    while time.monotonic() - began < REST and not cancel.cancelled():
        time.sleep(0.02)
    while pages:
        pages.pop()


class Papers(Owner):
    """The project's main papers; the first one, and further ones by their names."""

    def __init__(self, engines: Engines, post: Post = at_once) -> None:
        super().__init__(engines, post)
        self._first: OpenPaper | None = None
        self._open: dict[str, OpenPaper] = {}
        self._showing = ""

    def _follow(self, before: Project) -> None:
        """Let the open papers change places where another one is the first now."""
        old, new, first = before.paper, self.project.paper, self._first
        if old is None or new is None or old == new or (first is not None and first.source.sha256 == new.sha256):
            return
        self._first = self._open.pop(new.name, None)
        if first is not None:
            stale = self._open.pop(old.name, None)
            if stale is not None:
                stale.source.close()
            self._open[old.name] = first

    def _given(self, first: SourceFile) -> bool:
        """Whether the first paper has a name in the project that is not just its file's: its citations carry it."""
        return bool(self.project.also) or first.name != Path(first.path).name

    # -- one at a time -------------------------------------------------------------------------------------------------

    @property
    def shown_paper(self) -> str:
        """The name of the paper that ``source``, ``document`` and ``references`` are of; empty without one."""
        if self._showing and any(f.name == self._showing for f in self.project.also):
            return self._showing
        return self.project.paper.name if self.project.paper else ""

    def show_paper(self, name: str) -> None:
        """Show another paper of the project; nothing for the one that is shown, or for an unknown name."""
        if name == self.shown_paper or all(f.name != name for f in self.project.papers):
            return
        self._showing = name if any(f.name == name for f in self.project.also) else ""
        self._changed(Changed(frozenset({Part.PAPER})))

    def _at_hand(self) -> OpenPaper | None:
        name = self.shown_paper
        return self._open.get(name) if any(f.name == name for f in self.project.also) else self._first

    def _told(self, name: str) -> Paper | None:
        file = next((f for f in self.project.also if f.name == name), None)
        if file is not None:
            opened = self._open.get(name)
            return opened.known_as(name, key_of(self.project, file), self.project.offset_of(name)) if opened else None
        if self._first is None or self._first.read is None:
            return None
        first = self.project.paper
        known = first.name if first is not None and self._given(first) else self._first.read.document.name
        return self._first.known_as(known, "", self.project.label_offset)

    @property
    def source(self) -> PageSource | None:
        """The pages of the shown paper."""
        opened = self._at_hand()
        return opened.source if opened else None

    @property
    def document(self) -> Document | None:
        """The shown paper's pages; None until it has been read."""
        paper = self._told(self.shown_paper)
        return paper.document if paper else None

    @property
    def documents(self) -> tuple[Document, ...]:
        """The pages of all papers that have been read."""
        return tuple(p.document for f in self.project.papers if (p := self._told(f.name)) is not None)

    @property
    def reading_warnings(self) -> tuple[str, ...]:
        """What a reader should know of the shown paper: pages read by OCR, gaps in its list, entries never cited."""
        paper, opened = self._told(self.shown_paper), self._at_hand()
        return (*paper.document.warnings, *opened.doubts) if paper and opened else ()

    @property
    def references(self) -> tuple[Reference, ...]:
        """The shown paper's reference list with its mentions; empty until it has been read."""
        paper = self._told(self.shown_paper)
        return paper.references if paper else ()

    def _papers(self) -> tuple[Paper, ...]:
        """All papers as read, the first one first; raises UsageError when one is missing."""
        if self._first is None or self._first.read is None:
            raise UsageError("No paper has been read yet.", "Open a PDF first.")
        names = [self.project.paper.name if self.project.paper else "", *(f.name for f in self.project.also)]
        found = [(name, self._told(name)) for name in names]
        for name, paper in found:
            if paper is None:
                raise UsageError(
                    Message("{name} has not been read yet.", name=name),
                    "Wait, open it again, or take it out of the project.",
                )
        return tuple(paper for _, paper in found if paper is not None)

    def _papers_read(self) -> tuple[Paper, ...]:
        """The papers that are at hand, possibly none."""
        names = [self.project.paper.name if self.project.paper else "", *(f.name for f in self.project.also)]
        return tuple(paper for name in names if (paper := self._told(name)) is not None)

    def set_printed_label(self, page: int, printed: str) -> None:
        """Say what number is printed on ``page`` of the shown paper: the labels of all its pages move along, and those of
        every citation of it.

        Raises UsageError when ``printed`` is no number of the kind that the page has (arabic or roman).
        """
        self._papers()
        opened, name = self._at_hand(), self.shown_paper
        assert opened is not None
        assert opened.read is not None
        label = opened.read.document.page(page).label
        offset = offset_for(printed.strip(), label)
        if offset is None:
            raise UsageError(
                Message("“{printed}” is no page number like “{label}”.", printed=printed, label=label),
                "Type the number as the page prints it.",
            )
        told = self._told(name)
        document = with_offset(replace(opened.read.document, name=told.document.name if told else name), offset)
        table, review = relabelled(self.project.table, self.project.review, document)
        values: list[tuple[str, object]] = [("table", table), ("review", review)]
        if any(f.name == name for f in self.project.also):
            others = (o for o in self.project.also_offsets if o[0] != name)
            values.append(("also_offsets", (*others, (name, offset))))
        else:
            values.append(("label_offset", offset))
        self.apply(SetFields(tuple(values), frozenset({Part.PAPER, Part.ROWS, Part.REVIEW})))

    def _for_export(self) -> Sources:
        """What is at hand of the papers, for a report."""
        made = [
            Sources(o.path, o.password, o.source, p.references if (p := self._told(name)) else (), name)
            for name, o in self._opened()
        ]
        return replace(made[0], further=tuple(made[1:])) if made else Sources()

    def _opened(self) -> Iterator[tuple[str, OpenPaper]]:
        if self._first is not None:
            yield self.project.paper.name if self.project.paper else "", self._first
        for file in self.project.also:
            if file.name in self._open:
                yield file.name, self._open[file.name]

    def _close_papers(self) -> None:
        pages: list[Page] = []
        for opened in (self._first, *self._open.values()):
            if opened is not None:
                opened.source.close()
                pages += opened.read.document.pages if opened.read is not None else ()
        if pages:
            self._aside.start("Letting go of a paper", lambda progress, cancel: _let_go(pages, cancel))
        self._first, self._showing = None, ""
        self._open.clear()
