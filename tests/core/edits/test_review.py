"""A rejected or edited cell marks the sentences that rest on it; one undo takes both back."""

from dataclasses import replace

import pytest

from citegrid.core.edits.review import CHANGED, REJECTED, rests_on_changed, with_review
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import Project, SetCell, apply
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict

QUOTE = Evidence(SourceKind.DOCUMENT, "p.pdf", "Abel (2020) trains a model.", Match.EXACT, 1)
OTHER = replace(QUOTE, quote="Berg (2021) audits it.")
CELL = Cell("Method", "The author trains a model.", Status.SUPPORTED, (QUOTE,))
PROJECT = Project(
    table=Table((Column("Method"),), (Row(Work(WorkKind.REFERENCE, "r0", "T"), (CELL,)),)),
    review=Review(
        (
            Sentence("Abel (2020) trains a model.", Status.SUPPORTED, (QUOTE,), works=("r0",)),
            Sentence("Berg (2021) audits it.", Status.SUPPORTED, (OTHER,), works=("r1",)),
            Sentence("Of another work.", Status.SUPPORTED, (QUOTE,), works=("r1",)),
            Sentence("An old sentence.", Status.SUPPORTED, (QUOTE,)),
        )
    ),
)


def judged(project: Project, **changes: object) -> Project:
    cell = replace(project.table.rows[0].cells[0], **changes)  # type: ignore[arg-type]
    return apply(project, with_review(project, SetCell("r0", cell, by_person=True)))[0]


def statuses(project: Project) -> list[Status]:
    assert project.review is not None
    return [sentence.status for sentence in project.review.sentences]


BAD, GOOD = Status.UNSUPPORTED, Status.SUPPORTED


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"verdict": Verdict.REJECTED}, REJECTED), ({"verdict": Verdict.EDITED, "text": "Otherwise."}, CHANGED)],
)
def test_sentences_on_a_changed_cell_are_marked(changes: dict[str, object], reason: str) -> None:
    now = judged(PROJECT, **changes)
    assert statuses(now) == [BAD, GOOD, GOOD, BAD]
    assert now.review is not None and now.review.sentences[0].reason == reason


def test_one_undo_takes_both_back() -> None:
    cell = replace(CELL, verdict=Verdict.REJECTED)
    _, changed, undo = apply(PROJECT, with_review(PROJECT, SetCell("r0", cell, by_person=True)))
    assert changed.cells == (("r0", "Method"),)
    assert apply(judged(PROJECT, verdict=Verdict.REJECTED), undo)[0] == PROJECT


def test_a_cell_that_is_opened_again_is_trusted_again_but_other_words_are_not() -> None:
    rejected = judged(PROJECT, verdict=Verdict.REJECTED)
    assert statuses(judged(rejected, verdict=Verdict.OPEN)) == [GOOD] * 4
    edited = judged(PROJECT, verdict=Verdict.EDITED, text="Otherwise.")
    assert statuses(judged(edited, verdict=Verdict.ACCEPTED)) == [BAD, GOOD, GOOD, BAD]


def test_accepting_changes_nothing() -> None:
    edit = SetCell("r0", replace(CELL, verdict=Verdict.ACCEPTED), by_person=True)
    assert with_review(PROJECT, edit) is edit
    assert with_review(replace(PROJECT, review=None), edit) is edit


def test_what_rests_on_a_rejected_cell_is_known() -> None:
    rejected = judged(PROJECT, verdict=Verdict.REJECTED)
    assert rejected.review is not None
    assert [rests_on_changed(s, rejected.table) for s in rejected.review.sentences] == [True, False, False, True]
