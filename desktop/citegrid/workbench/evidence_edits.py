"""The use-cases of evidence by hand: words that a person selected in the paper, or a passage of the library, for a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.document import Document, Span, boxes_of
from citegrid.core.errors import InputError
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.language.text import join_lines
from citegrid.core.library import Background
from citegrid.core.project import SetCell
from citegrid.core.table import Cell, Status, Verdict
from citegrid.workbench.cell_edits import CellEdits
from citegrid.workbench.library.use import LibraryUse
from citegrid.workbench.papers.shown import ShownPaper
from citegrid.workbench.session import Session


class EvidenceEdits:
    """Quotes that a person attaches; an empty cell takes their words, and is supported by them then."""

    def __init__(self, session: Session, cells: CellEdits, shown: ShownPaper, library: LibraryUse) -> None:
        self._session, self._cells, self._shown, self._library = session, cells, shown, library

    def attach_selection(self, work_id: str, column: str, spans: Sequence[Span]) -> int | None:
        """Make the words of ``spans`` of the shown paper evidence of a cell; the new quote's number among the cell's, None
        while no paper has been read.  Raises InputError when there are no words in them, and KeyError."""
        document = self._shown.document
        if not spans or document is None:
            return None
        return self._attach(work_id, column, quoted(document, spans))

    def attach_passage(self, work_id: str, column: str, sha256: str, chunk: int, quote: str) -> int:
        """Make words of a library document's chunk evidence of a cell; the quote's number among the cell's.

        Raises InputError when the library no longer has the document, and KeyError."""
        document = self._library.document(sha256)
        if document is None:
            raise InputError("This document is no longer in the library.", "Add its folder again.")
        first_hand = work_id.removeprefix("l:") == sha256[:16]
        return self._attach(work_id, column, passage_of(document, chunk, quote, first_hand=first_hand))

    def _attach(self, work_id: str, column: str, evidence: Evidence) -> int:
        cell = with_quote(self._cells.at(work_id, column), evidence)
        self._session.apply(SetCell(work_id, cell, by_person=True))
        return len(cell.evidence) - 1


def with_quote(cell: Cell, new: Evidence) -> Cell:
    """``cell`` as a person gave it one more quote: quotes that were not found go, and an empty cell says what it quotes."""
    kept = (one for one in cell.evidence if one.match is not Match.NOT_FOUND and one != new)
    edited = replace(cell, evidence=(*kept, new), verdict=Verdict.EDITED)
    return edited if cell.text else replace(edited, text=new.quote, status=Status.SUPPORTED, reason="")


def quoted(document: Document, spans: Sequence[Span]) -> Evidence:
    """The evidence that a selection in a paper makes, at the page where it begins; raises InputError for one without
    words."""
    pages = [(document.page(span.page), span) for span in spans]
    whole = "\n".join(page.text for page, _ in pages)
    quote = join_lines("\n".join(page.text[span.start : span.end] for page, span in pages), whole)
    if not quote:
        raise InputError("No words are selected.", "Drag over some words in the paper first.")
    boxes = tuple(box for page, span in pages for box in boxes_of(page, span.start, span.end))
    first = pages[0][0]
    return Evidence(SourceKind.DOCUMENT, document.name, quote, Match.EXACT, first.number, first.label, boxes)


def passage_of(document: Background, chunk: int, quote: str, *, first_hand: bool) -> Evidence:
    """The evidence that words of a library document make; ``first_hand`` where the row's work itself speaks in it."""
    page = next((c.page for c in document.chunks if c.number == chunk), None)
    return Evidence(
        SourceKind.LIBRARY, document.title, quote, Match.EXACT, page, str(page or ""),
        chunk=chunk, sha256=document.sha256, first_hand=first_hand,
    )  # fmt: skip
