"""What becomes of the review when a cell that it rests on is rejected, edited or opened again."""

from __future__ import annotations

from dataclasses import replace

from citegrid.core.evidence import Evidence
from citegrid.core.messages import Message
from citegrid.core.project import Edit, Part, Project, SetCell, SetFields, Several
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Status, Table, Verdict

REJECTED = Message("it rests on a cell that you rejected")
CHANGED = Message("it rests on a cell that you changed")
#: Why a sentence is marked, by what a person did to its cell.
_REASONS = {Verdict.REJECTED: REJECTED, Verdict.EDITED: CHANGED}


def with_review(project: Project, edit: SetCell) -> Edit:
    """``edit`` of a person together with what it does to the review, so that one undo takes both back."""
    if project.review is None:
        return edit
    old = _cell_at(project.table, edit.work_id, edit.cell.column)
    review = _marked(project.review, edit.work_id, old, edit.cell)
    if review == project.review:
        return edit
    return Several((edit, SetFields((("review", review),), frozenset({Part.REVIEW}))))


def _marked(review: Review, work_id: str, old: Cell | None, new: Cell) -> Review:
    """The review with its sentences that rest on ``old`` marked, or trusted again where the cell is no longer rejected.

    What was said of a cell that has other words by now stays marked until it is said anew.
    """
    proofs = {_place(e) for cell in (old, new) if cell is not None for e in cell.evidence}
    reason = _REASONS.get(new.verdict)
    if reason is CHANGED and old is not None and old.text == new.text:
        reason = None
    said = tuple(
        _judged(sentence, reason) if _rests(sentence, work_id, proofs) else sentence for sentence in review.sentences
    )
    return replace(review, sentences=said)


def _judged(sentence: Sentence, reason: Message | None) -> Sentence:
    if reason is not None and sentence.status is Status.SUPPORTED:
        return replace(sentence, status=Status.UNSUPPORTED, reason=reason)
    if reason is None and sentence.reason == REJECTED:
        return replace(sentence, status=Status.SUPPORTED, reason="")
    return sentence


def trusted_as(table: Table, sentence: Sentence) -> Sentence:
    """``sentence`` as it may be trusted beside ``table``: marked where it rests on a cell that a person rejected."""
    return _judged(sentence, REJECTED) if rests_on_changed(sentence, table) else sentence


def rests_on_changed(sentence: Sentence, table: Table) -> bool:
    """Whether a sentence rests on a cell that a person rejected."""
    return any(
        cell.verdict is Verdict.REJECTED and _rests(sentence, row.work.id, set(map(_place, cell.evidence)))
        for row in table.rows
        for cell in row.cells
    )


def _rests(sentence: Sentence, work_id: str, proofs: set[tuple[str, str]]) -> bool:
    """Whether a sentence rests on quotes of a work; one written before works were noted counts by its quotes alone."""
    about = not sentence.works or work_id in sentence.works
    return about and any(_place(e) in proofs for e in sentence.evidence)


def _place(evidence: Evidence) -> tuple[str, str]:
    return evidence.source, evidence.quote


def _cell_at(table: Table, work_id: str, column: str) -> Cell | None:
    cells = (cell for row in table.rows if row.work.id == work_id for cell in row.cells)
    return next((cell for cell in cells if cell.column == column), None)
