"""Taking over what others wrote into a report: judged by the verifier that judged the model's words, then put in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.edits.rows import dropped_with
from citegrid.core.paper import Paper
from citegrid.core.project import Part, Project, SetFields
from citegrid.core.review import Sentence
from citegrid.core.table import Cell, Status, Verdict
from citegrid.pipeline.cells.check_edit import check_edit
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.reasons import UNREAD
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word.read_changes import Change
from citegrid.pipeline.review.revise import check_sentence
from citegrid.ports import NEVER, Cancel, LanguageModel


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
    language = project.language
    if change.sentence is not None:
        assert project.review is not None
        old_sentence = project.review.sentences[change.sentence]
        sentence = replace(old_sentence, text=change.text)
        return replace(change, judged=check_sentence(project, sentence, model, cancel=cancel))
    if change.row_gone:
        return change
    row = next(r for r in project.table.rows if r.work.id == change.work_id)
    old = next(c for c in row.cells if c.column == change.column)
    new = replace(old, text=change.text, verdict=Verdict.EDITED, draft=old.draft or old.text)
    if papers:
        new = check_edit(papers, row.work, new, model, language, library=library, cancel=cancel)
    elif new.text:
        new = replace(new, status=Status.UNSUPPORTED, reason=UNREAD)
    else:
        new = replace(new, status=Status.NOT_STATED, evidence=(), reason="")
    return replace(change, judged=new)


def taken(project: Project, changes: Sequence[Change]) -> SetFields:
    """The edit that puts judged changes into ``project``; a sentence without text and a deleted row go away.

    A cell or sentence that no longer says what it said when the report was read back is left alone.
    """
    cells = {(c.work_id, c.column): (c.now, c.judged) for c in changes if isinstance(c.judged, Cell)}
    sentences = {c.sentence: (c.now, c.judged) for c in changes if isinstance(c.judged, Sentence)}

    def cell_of(work_id: str, cell: Cell) -> Cell:
        now, new = cells.get((work_id, cell.column), ("", cell))
        return new if clean(cell.text) == now else cell

    def sentence_of(i: int, sentence: Sentence) -> Sentence:
        now, new = sentences.get(i, ("", sentence))
        return new if clean(sentence.text) == now else sentence

    gone = {c.work_id for c in changes if c.row_gone}
    left = [row for row in project.table.rows if row.work.id not in gone]
    rows = tuple(replace(r, cells=tuple(cell_of(r.work.id, c) for c in r.cells)) for r in left)
    values: list[tuple[str, object]] = [
        ("table", replace(project.table, rows=rows)),
        ("dropped", dropped_with(project, gone)),
    ]
    if sentences and project.review is not None:
        said = [sentence_of(i, s) for i, s in enumerate(project.review.sentences)]
        values.append(("review", replace(project.review, sentences=tuple(s for s in said if s.text))))
    return SetFields(tuple(values), frozenset({Part.ROWS, Part.REVIEW} if sentences else {Part.ROWS}))
