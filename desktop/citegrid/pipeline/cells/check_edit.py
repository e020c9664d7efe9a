"""A person's words in a cell, judged by the verifier that judges the model's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.paper import Paper
from citegrid.core.reference import Work
from citegrid.core.table import Cell, Status
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.reasons import UNREAD
from citegrid.pipeline.cells.works import evidence_of, passages_of, speaker_of
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
    known = passages_of(papers, work, library)
    quotes = {e.quote for e in cell.evidence}
    used = [p for p in known if p.text in quotes] or list(retrieve.best(known, [cell.text], 2))
    voice = speaker_of(work, used)
    finding = verify.check([(cell.text, used)], voice, known, model, cancel=cancel)[0]
    judged = replace(cell, evidence=evidence_of(papers, finding.used, voice), status=Status.UNSUPPORTED)
    if not finding.carried:
        return replace(judged, reason=finding.reason)
    return replace(judged, reason=UNREAD) if model is None else replace(judged, status=Status.SUPPORTED, reason="")
