"""A person's words in a cell, judged by the verifier that judges the model's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.paper import Paper
from citegrid.core.reference import Work
from citegrid.core.table import Cell, Status
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.context import evidence_of, passages_of
from citegrid.pipeline.cells.fill_row import speaker_of
from citegrid.pipeline.evidence import retrieve, verify
from citegrid.ports import NEVER, Cancel, LanguageModel


def unchecked(cell: Cell, language: str) -> Cell:
    """A person's text before the verifier has seen it; without text there is nothing to see."""
    if not cell.text:
        return replace(cell, status=Status.NOT_STATED, evidence=(), reason="")
    reason = "人工修改，尚待核对" if language == "zh" else "edited by hand, not yet checked"
    return replace(cell, status=Status.UNSUPPORTED, reason=reason)


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
    waiting = unchecked(cell, language)
    if not cell.text:
        return waiting
    known = passages_of(papers, work, library)
    quotes = {e.quote for e in cell.evidence}
    used = [p for p in known if p.text in quotes] or list(retrieve.best(known, [cell.text], 2))
    voice = speaker_of(work, used)
    finding = verify.check([(cell.text, used)], voice, known, model, cancel=cancel)[0]
    evidence = evidence_of(papers, finding.used, voice)
    status = Status.SUPPORTED if finding.carried and model is not None else Status.UNSUPPORTED
    reason = waiting.reason if finding.carried and model is None else finding.reason
    return replace(cell, status=status, evidence=evidence, reason=reason)
