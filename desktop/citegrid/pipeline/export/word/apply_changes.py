"""Taking over what others wrote into a report: judged by the verifier that judged the model's words, then put in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from citegrid.core.edits.rows import dropped_with
from citegrid.core.paper import Paper
from citegrid.core.project import Part, Project, SetFields
from citegrid.core.review import Review, Sentence, confirmed
from citegrid.core.table import Cell, Row, Status, Verdict
from citegrid.pipeline.cells.check_edit import check_edit
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.reasons import UNREAD
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word.changes import Change
from citegrid.pipeline.review.revise import check_sentence
from citegrid.ports import NEVER, Cancel, LanguageModel

_Text = TypeVar("_Text", Cell, Sentence)


def judged(
    project: Project,
    papers: Sequence[Paper] | None,
    change: Change,
    model: LanguageModel | None,
    cancel: Cancel = NEVER,
    library: Library | None = None,
) -> Change:
    """``change`` with the cell or sentence that it would make.

    Without the paper nothing can be looked up, and without a model only words are checked: it then stays unsupported.
    """
    if change.sentence is not None:
        assert project.review is not None
        sentence = confirmed(replace(project.review.sentences[change.sentence], text=change.text))
        return replace(change, judged=check_sentence(project, sentence, model, cancel=cancel))
    if change.row_gone:
        return change
    row = next(r for r in project.table.rows if r.work.id == change.work_id)
    old = next(c for c in row.cells if c.column == change.column)
    new = replace(old, text=change.text, verdict=Verdict.EDITED, draft=old.draft or old.text, doubts=())
    if not papers:
        return replace(change, judged=_unchecked(new))
    checked = check_edit(papers, row.work, new, model, project.language, library=library, cancel=cancel)
    return replace(change, judged=checked)


def _unchecked(cell: Cell) -> Cell:
    """The cell where its paper is not there to look anything up."""
    if cell.text:
        return replace(cell, status=Status.UNSUPPORTED, reason=UNREAD)
    return replace(cell, status=Status.NOT_STATED, evidence=(), reason="")


def taken(project: Project, changes: Sequence[Change]) -> SetFields:
    """The edit that puts judged changes into ``project``; a sentence without text and a deleted row go away.

    A cell or sentence that no longer says what it said when the report was read back is left alone.
    """
    gone = {change.work_id for change in changes if change.row_gone}
    values: list[tuple[str, object]] = [
        ("table", replace(project.table, rows=_rows(project, changes, gone))),
        ("dropped", dropped_with(project, gone)),
    ]
    parts = {Part.ROWS}
    judged = {c.sentence: (c.now, c.judged) for c in changes if isinstance(c.judged, Sentence)}
    if judged and project.review is not None:
        values.append(("review", _review(project.review, judged)))
        parts.add(Part.REVIEW)
    return SetFields(tuple(values), frozenset(parts))


def _review(review: Review, judged: Mapping[int | None, tuple[str, Sentence]]) -> Review:
    """The review with the judged sentences in their places, those without text left out."""
    said = [_current(s, *judged.get(i, ("", s))) for i, s in enumerate(review.sentences)]
    sentences = tuple(s for s in said if s.text)
    return replace(review, sentences=sentences, edited=review.edited or sentences != review.sentences)


def _rows(project: Project, changes: Sequence[Change], gone: set[str]) -> tuple[Row, ...]:
    """The rows that are left, with the judged cells in their places."""
    judged = {(c.work_id, c.column): (c.now, c.judged) for c in changes if isinstance(c.judged, Cell)}
    return tuple(
        replace(row, cells=tuple(_current(c, *judged.get((row.work.id, c.column), ("", c))) for c in row.cells))
        for row in project.table.rows
        if row.work.id not in gone
    )


def _current(old: _Text, now: str, judged: _Text) -> _Text:
    """``judged``, or ``old`` where it no longer says what it said (``now``) when the report was read back."""
    return judged if clean(old.text) == now else old
