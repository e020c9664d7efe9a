"""A person's words in a cell, judged by the verifier that judges the model's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.evidence import Evidence, quotes_of
from citegrid.core.language.text import key_text
from citegrid.core.paper import Paper
from citegrid.core.reference import Work
from citegrid.core.table import Cell, Status
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.columns import bibliographic, entry_data
from citegrid.pipeline.cells.columns.patterns import AND_OTHERS, BETWEEN_AUTHORS
from citegrid.pipeline.cells.reasons import UNREAD
from citegrid.pipeline.cells.works import evidence_of, paper_of, passages_of, speaker_of
from citegrid.pipeline.evidence import retrieve, verify
from citegrid.ports import NEVER, Cancel, LanguageModel


def unchecked(cell: Cell) -> Cell:
    """A person's text before the verifier has seen it; without text there is nothing to see."""
    if not cell.text:
        return replace(cell, status=Status.NOT_STATED, evidence=(), reason="")
    return replace(cell, status=Status.UNSUPPORTED, reason=UNREAD)


def check_edit(
    papers: Sequence[Paper],
    work: Work,
    cell: Cell,
    model: LanguageModel | None,
    language: str,
    *,
    library: Library | None = None,
    cancel: Cancel = NEVER,
) -> Cell:
    """A person's text judged by the same verifier as the model's; without a model only its words are checked
    and it stays unsupported until it has been."""
    if not cell.text:
        return unchecked(cell)
    printed = _printed_in_front(papers, work, cell)
    if printed:
        return replace(cell, evidence=printed, status=Status.SUPPORTED, reason="")
    known = passages_of(papers, work, library)
    quotes = quotes_of(cell.evidence)
    used = [p for p in known if p.text in quotes] or list(retrieve.best(known, [cell.text], 2))
    voice = speaker_of(work, used)
    finding = verify.check([(cell.text, used)], voice, known, model, cancel=cancel)[0]
    judged = replace(cell, evidence=evidence_of(papers, finding.used, voice), status=Status.UNSUPPORTED)
    if not finding.carried:
        return replace(judged, reason=finding.reason)
    return replace(judged, reason=UNREAD) if model is None else replace(judged, status=Status.SUPPORTED, reason="")


def _printed_in_front(papers: Sequence[Paper], work: Work, cell: Cell) -> tuple[Evidence, ...]:
    """The places of a paper's first pages that print all of a bibliographic cell; empty for any other cell."""
    paper = paper_of(papers, work)
    if paper is None or not bibliographic.fields_of(cell.column):
        return ()
    names = [name.strip() for name in BETWEEN_AUTHORS.split(AND_OTHERS.sub("", cell.text)) if key_text(name)]
    quotes = entry_data.front_quotes(paper.document)
    found = [_printing(name, quotes) for name in names]
    return () if None in found else tuple(dict.fromkeys(filter(None, found)))


def _printing(name: str, quotes: Sequence[Evidence]) -> Evidence | None:
    """The first quote that prints a name."""
    return next((quote for quote in quotes if bibliographic.prints(quote.quote, name)), None)
