"""The use-cases of a person's own highlights, notes and bookmarks on the pages of the shown paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from citegrid.core.annotation import Annotation, Ink
from citegrid.core.document import Span, boxes_of
from citegrid.core.edits.annotations import drop, put
from citegrid.core.language.text import join_lines
from citegrid.workbench.papers.shown import ShownPaper
from citegrid.workbench.session import Session


class Annotations:
    """Each call is one step that undo takes back."""

    def __init__(self, session: Session, shown: ShownPaper) -> None:
        self._session, self._shown = session, shown

    @property
    def shown(self) -> tuple[Annotation, ...]:
        """Those of the paper in view, in the order of its pages."""
        source = self._shown.source
        return tuple(a for a in self._session.project.annotations if source is not None and a.sha256 == source.sha256)

    def highlight(self, spans: Sequence[Span], ink: Ink = Ink.YELLOW, note: str = "") -> Annotation | None:
        """Highlight words of the shown paper; None while it has not been read, or where no words are."""
        document = self._shown.document
        if document is None or not spans:
            return None
        boxes = tuple(b for s in spans for b in boxes_of(document.page(s.page), s.start, s.end))
        quote = join_lines("\n".join(document.page(s.page).text[s.start : s.end] for s in spans))
        made = Annotation(uuid4().hex[:12], document.sha256, spans[0].page, boxes, quote, note, ink)
        if not boxes:
            return None
        self._session.apply(put(self._session.project, made))
        return made

    def bookmark(self, page: int) -> None:
        """Mark a page of the shown paper, or take its mark away again."""
        source = self._shown.source
        if source is None:
            return
        marked = next((a for a in self.shown if a.is_bookmark and a.page == page), None)
        project, made = self._session.project, Annotation(uuid4().hex[:12], source.sha256, page)
        self._session.apply(drop(project, marked.key) if marked else put(project, made))

    def change(self, key: str, note: str | None = None, ink: Ink | None = None) -> None:
        """Give an annotation another note or colour; nothing for one that is gone, or where nothing is another."""
        old = next((a for a in self._session.project.annotations if a.key == key), None)
        if old is None:
            return
        new = replace(old, note=old.note if note is None else note, ink=ink or old.ink)
        if new != old:
            self._session.apply(put(self._session.project, new))

    def drop(self, key: str) -> None:
        """Take an annotation away."""
        self._session.apply(drop(self._session.project, key))
