"""Taking over what others wrote."""

from __future__ import annotations

from dataclasses import replace

from tests.doubles.engines import FakeModel

from citegrid.core.edits.rows import title_key
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import Project, apply
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict
from citegrid.pipeline.export.word import apply_changes
from citegrid.pipeline.export.word.changes import Change

QUOTE = Evidence(SourceKind.DOCUMENT, "p.pdf", "Gao et al. (2023) reach 73.6 on ASQA.", Match.EXACT, 3)
PROJECT = Project(
    language="en",
    table=Table(
        (Column("A"),),
        (Row(Work(WorkKind.REFERENCE, "r1", "ALCE", ("Gao, Tianyu",), 2023), (Cell("A", "old", Status.SUPPORTED, (QUOTE,)),)),),
    ),
    review=Review(
        (Sentence("One.", Status.SUPPORTED, (QUOTE,)), Sentence("Two.", Status.SUPPORTED, (QUOTE,)))
    ),
)  # fmt: skip


class Sure(FakeModel):
    """Finds every claim carried."""

    def weigh(self, asks, choices, *, cancel=None):  # type: ignore[no-untyped-def]
        return [(4.0, -4.0)] * len(asks)


def sentence(text: str, number: int = 0) -> Change:
    assert PROJECT.review is not None
    said = PROJECT.review.sentences[number].text
    return Change(said, text, said, sentence=number)


def test_a_number_that_no_quote_has_makes_a_sentence_unsupported():
    made = apply_changes.judged(PROJECT, None, sentence("Gao et al. (2023) reach 99.9 on ASQA."), Sure()).judged
    assert made is not None and made.status is Status.UNSUPPORTED and "99.9" in made.reason


def test_the_model_decides_where_there_is_one_and_a_person_where_there_is_none():
    change = sentence("Gao et al. (2023) reach 73.6 on ASQA.")
    with_model, without = (apply_changes.judged(PROJECT, None, change, m).judged for m in (Sure(), None))
    assert with_model is not None and with_model.status is Status.SUPPORTED
    assert without is not None and without.status is Status.UNSUPPORTED and "not yet checked" in without.reason


def test_a_cell_is_the_person_s_and_can_be_undone():
    change = apply_changes.judged(PROJECT, None, Change("old", "new", "old", "r1", "A"), None)
    made, _, undo = apply(PROJECT, apply_changes.taken(PROJECT, [change]))
    cell = made.table.rows[0].cells[0]
    assert (cell.text, cell.status, cell.verdict, cell.draft) == ("new", Status.UNSUPPORTED, Verdict.EDITED, "old")
    assert apply(made, undo)[0] == PROJECT


def test_a_sentence_without_text_goes_away():
    change = apply_changes.judged(PROJECT, None, sentence("", 0), None)
    made, _, undo = apply(PROJECT, apply_changes.taken(PROJECT, [change]))
    assert made.review is not None and [s.text for s in made.review.sentences] == ["Two."]
    assert apply(made, undo)[0] == PROJECT


def test_a_deleted_row_goes_and_comes_back_by_undo():
    change = apply_changes.judged(PROJECT, None, Change("ALCE", "", "ALCE", "r1"), None)
    made, _, undo = apply(PROJECT, apply_changes.taken(PROJECT, [change]))
    assert made.table.rows == ()
    assert made.dropped == (title_key(PROJECT.table.rows[0].work.title),), "it is not chosen again by itself"
    assert made.review == PROJECT.review
    assert apply(made, undo)[0] == PROJECT


def test_what_has_changed_meanwhile_is_left_alone():
    changes = [
        apply_changes.judged(PROJECT, None, c, None) for c in (sentence("New."), Change("old", "new", "old", "r1", "A"))
    ]
    assert PROJECT.review is not None
    row = PROJECT.table.rows[0]
    moved = replace(
        PROJECT,
        review=replace(PROJECT.review, sentences=PROJECT.review.sentences[::-1]),
        table=replace(PROJECT.table, rows=(replace(row, cells=(replace(row.cells[0], text="newer"),)),)),
    )
    assert apply(moved, apply_changes.taken(moved, changes))[0] == moved
