"""A person's review, and a paragraph said anew."""

from __future__ import annotations

from dataclasses import replace

from tests.doubles.engines import FakeModel

from citegrid.core.document import Document, Page
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.paper import Paper
from citegrid.core.project import Project
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.selection.query import request_of
from citegrid.pipeline.review import revise

GAO = Evidence(SourceKind.DOCUMENT, "p.pdf", "Gao et al. (2023) reach 73.6 on ASQA.", Match.EXACT, 3)
LIU = Evidence(SourceKind.DOCUMENT, "p.pdf", "Liu (2021) audits four search engines.", Match.EXACT, 4)
LOST = Evidence(SourceKind.DOCUMENT, "p.pdf", "Nobody's cell rests on this.", Match.EXACT, 5)


def row(work_id: str, author: str, year: int, *cells: Cell) -> Row:
    return Row(Work(WorkKind.REFERENCE, work_id, "A title", (author, "Xu, Xi"), year), cells)


def cell(column: str, text: str, quote: Evidence, verdict: Verdict = Verdict.OPEN) -> Cell:
    return Cell(column, text, Status.SUPPORTED, (quote,), verdict=verdict)


REACH, AUDIT = "The authors reach 73.6 on ASQA.", "Four search engines were audited by hand."
PROJECT = Project(
    language="en",
    table=Table(
        (Column("Results"), Column("Method")),
        (
            row("r1", "Gao, Tianyu", 2023, cell("Results", REACH, GAO)),
            row("r2", "Liu, Nelson", 2021, cell("Method", AUDIT, LIU)),
        ),
    ),
    review=Review(
        (
            Sentence("An opening.", Status.LINK),
            Sentence("The score is 73.6.", Status.SUPPORTED, (GAO,), 1, works=("r1",)),
            Sentence("The score is 73.6, whereas Liu audits.", Status.SUPPORTED, (GAO, LIU), 1),
            Sentence("Nobody knows.", Status.SUPPORTED, (LOST,), 1),
            Sentence("An end.", Status.LINK, (), 2),
        )
    ),
)
PAPER = (Paper(Document("p.pdf", "0" * 64, (Page(1, "1", 100, 100, "Nothing."),)), (), 0.0),)


def rewritten(project: Project = PROJECT) -> list[Sentence]:
    context = RunContext(PAPER, request_of(project), FakeModel(lambda ask: ""))
    return list(revise.rewritten(context, project, 1))


def test_a_paragraph_is_said_anew_from_the_same_evidence() -> None:
    made = rewritten()
    assert [s.text for s in made] == [
        "Gao and Xu (2023) reach 73.6 on ASQA.",
        "Gao and Xu (2023) reach 73.6 on ASQA.",
        "Four search engines were audited by hand (Liu and Xu, 2021).",
        "Nobody knows.",
    ]
    assert [s.evidence for s in made] == [(GAO,), (GAO,), (LIU,), (LOST,)]  # one sentence for each work
    assert all(s.paragraph == 1 for s in made)


def test_what_rests_on_a_rejected_cell_is_left_out() -> None:
    rejected = row("r1", "Gao, Tianyu", 2023, cell("Results", REACH, GAO, Verdict.REJECTED))
    table = replace(PROJECT.table, rows=(rejected, PROJECT.table.rows[1]))
    made = rewritten(replace(PROJECT, table=table))
    assert [s.text for s in made] == ["Four search engines were audited by hand (Liu and Xu, 2021).", "Nobody knows."]


def test_an_edited_cell_is_told_in_its_new_words() -> None:
    edited = row("r1", "Gao, Tianyu", 2023, cell("Results", "The authors reach 73.6 of 100.", GAO, Verdict.EDITED))
    made = rewritten(replace(PROJECT, table=replace(PROJECT.table, rows=(edited,))))
    assert made[0].text == "Gao and Xu (2023) reach 73.6 of 100."


def test_a_paragraph_takes_the_place_of_another() -> None:
    assert PROJECT.review is not None
    made = revise.with_paragraph(PROJECT.review, 1, (Sentence("New.", Status.SUPPORTED, (GAO,), 1),))
    assert [s.text for s in made.sentences] == ["An opening.", "New.", "An end."]


def test_new_sentences_are_told_from_moved_ones() -> None:
    assert PROJECT.review is not None
    first = PROJECT.review.sentences[0]
    assert not revise.is_new(replace(first, paragraph=7), PROJECT.review)
    assert revise.is_new(replace(first, text="Another opening."), PROJECT.review)
    assert revise.is_new(first, None)


def test_a_sentence_without_a_citation_is_not_supported() -> None:
    made = revise.judged(PROJECT, Sentence("So it is.", Status.SUPPORTED), FakeModel())
    assert (made.status, made.reason) == (Status.UNSUPPORTED, "no citation")
    passed = revise.judged(
        PROJECT, Sentence("Gao et al. (2023) reach 73.6 on ASQA.", Status.SUPPORTED, (GAO,)), FakeModel()
    )
    assert passed.status is Status.SUPPORTED
