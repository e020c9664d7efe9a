"""The project's main papers once they are open, by their names in the project.

How they are opened and read stands in ``workbench.papers``; the one in view is ``workbench.shown_paper``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from citegrid.core.document import Document, Page, PaperDetails
from citegrid.core.errors import UsageError
from citegrid.core.messages import Message
from citegrid.core.page_labels import with_offset
from citegrid.core.paper import Paper, key_of
from citegrid.core.project import Project, SourceFile
from citegrid.ports import Cancel, PageSource
from citegrid.workbench.export_service import ExportSources
from citegrid.workbench.session import Session

#: Seconds after which no view shows a paper that was closed.
REST = 0.3


@dataclass(frozen=True, slots=True)
class _Wishes:
    """How a project knows a paper: its name and the key of its works there, how far its labels are moved, and what a person
    corrected of its title page."""

    name: str
    key: str
    offset: int
    details: PaperDetails | None


@dataclass(slots=True)
class OpenPaper:
    """An open paper: its file and password, its pages, what was read of it (None until then) and is odd about its list, and
    the paper as last shown."""

    path: Path
    password: str
    source: PageSource
    read: Paper | None = None
    doubts: tuple[str, ...] = ()
    known: tuple[_Wishes, Paper] | None = None

    def known_as(self, wishes: _Wishes) -> Paper | None:
        """The paper as read, under its name in the project, its labels and its title page as the person wishes."""
        if self.read is None:
            return None
        if self.known is None or self.known[0] != wishes:
            document = with_offset(self.read.document, wishes.offset)
            if wishes.details is not None:
                document = document.with_details(wishes.details)
            self.known = (wishes, replace(self.read, document=document).known_as(wishes.name, wishes.key))
        return self.known[1]


def _free(pages: list[Page], cancel: Cancel) -> None:
    """Free the words of papers page by page, once the views have forgotten them: a long paper has a million objects, and
    freeing them in one go holds every thread for a tenth of a second."""
    began = time.monotonic()
    while time.monotonic() - began < REST and not cancel.cancelled():
        time.sleep(0.02)
    while pages:
        pages.pop()


class OpenPapers:
    """The first paper, and further ones by their names; ``chosen`` names a further one that is to be shown."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.first: OpenPaper | None = None
        self.further: dict[str, OpenPaper] = {}
        self.chosen = ""
        session.follow(self._follow)

    def _follow(self, before: Project, *, stepped: bool) -> None:
        """Let the open papers change places where another one is the first now."""
        old, new, first = before.paper, self._session.project.paper, self.first
        if old is None or new is None or old == new or (first is not None and first.source.sha256 == new.sha256):
            return
        self.first = self.further.pop(new.name, None)
        if first is not None:
            self.put_further(old.name, first)

    def put_first(self, opened: OpenPaper) -> None:
        """Keep a paper as the first one, and show it; the one before is closed."""
        if self.first is not None:
            self.first.source.close()
        self.first, self.chosen = opened, ""

    def drop_first(self) -> None:
        """Let go of the first paper: it is not the project's."""
        if self.first is not None:
            self.first.source.close()
        self.first = None

    def drop_further(self, name: str) -> None:
        """Let go of a further paper: it is not the project's."""
        stale = self.further.pop(name, None)
        if stale is not None:
            stale.source.close()

    def put_further(self, name: str, opened: OpenPaper) -> None:
        """Keep a further paper under its name; one that was kept under it is closed."""
        stale = self.further.pop(name, None)
        if stale is not None:
            stale.source.close()
        self.further[name] = opened

    def is_named(self, first: SourceFile) -> bool:
        """Whether the first paper has a name in the project that is not just its file's: its citations carry it."""
        return bool(self._session.project.also) or first.name != Path(first.path).name

    # -- by name -------------------------------------------------------------------------------------------------------

    def _further_file(self, name: str) -> SourceFile | None:
        return next((f for f in self._session.project.also if f.name == name), None)

    def is_further(self, name: str) -> bool:
        """Whether a further paper of the project has this name."""
        return self._further_file(name) is not None

    def opened(self, name: str) -> OpenPaper | None:
        """The open paper of that name; the first one for any name that is no further paper's."""
        return self.further.get(name) if self.is_further(name) else self.first

    def paper(self, name: str) -> Paper | None:
        """The paper of that name as the project knows it; None until it has been read."""
        project, opened, file = self._session.project, self.opened(name), self._further_file(name)
        if opened is None or opened.read is None:
            return None
        details = project.details_of(opened.source.sha256)
        if file is not None:
            return opened.known_as(_Wishes(name, key_of(project, file), project.offset_of(name), details))
        first = project.paper
        known = first.name if first is not None and self.is_named(first) else opened.read.document.name
        return opened.known_as(_Wishes(known, "", project.label_offset, details))

    # -- all -----------------------------------------------------------------------------------------------------------

    @property
    def _names(self) -> list[str]:
        project = self._session.project
        return [project.paper.name if project.paper else "", *(f.name for f in project.also)]

    def all_read(self) -> tuple[Paper, ...]:
        """All papers as read, the first one first; raises UsageError when one is missing."""
        if self.first is None or self.first.read is None:
            raise UsageError("No paper has been read yet.", "Open a PDF first.")
        found = [(name, self.paper(name)) for name in self._names]
        for name, paper in found:
            if paper is None:
                raise UsageError(
                    Message("{name} has not been read yet.", name=name),
                    "Wait, open it again, or take it out of the project.",
                )
        return tuple(paper for _, paper in found if paper is not None)

    def read_so_far(self) -> tuple[Paper, ...]:
        """The papers that are at hand, possibly none."""
        return tuple(paper for name in self._names if (paper := self.paper(name)) is not None)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The pages of all papers that have been read."""
        return tuple(p.document for f in self._session.project.papers if (p := self.paper(f.name)) is not None)

    def _named(self) -> Iterator[tuple[str, OpenPaper]]:
        project = self._session.project
        if self.first is not None:
            yield project.paper.name if project.paper else "", self.first
        yield from ((file.name, self.further[file.name]) for file in project.also if file.name in self.further)

    def export_sources(self) -> ExportSources:
        """What is at hand of the papers, for a report."""
        made = [
            ExportSources(o.path, o.password, o.source, p.references if (p := self.paper(name)) else (), name)
            for name, o in self._named()
        ]
        return replace(made[0], further=tuple(made[1:])) if made else ExportSources()

    def close(self) -> None:
        """Let go of all papers."""
        pages: list[Page] = []
        for opened in (self.first, *self.further.values()):
            if opened is not None:
                opened.source.close()
                pages += opened.read.document.pages if opened.read is not None else ()
        if pages:
            aside = self._session.queues.aside
            aside.start("Letting go of a paper", lambda progress, cancel: _free(pages, cancel))
        self.first, self.chosen = None, ""
        self.further.clear()
