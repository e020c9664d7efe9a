"""A person's review, and a paragraph said anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.doubles.engines import FakeModel

from citegrid.core.document import Document, Page
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.paper import Paper
from citegrid.core.project import Project
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.selection.query import request_of
from citegrid.pipeline.review import revise
from citegrid.ports import Answer, Ask

GAO = Evidence(SourceKind.DOCUMENT, "p.pdf", "Gao et al. (2023) reach 73.6 on ASQA.", Match.EXACT, 3)
LIU = Evidence(SourceKind.DOCUMENT, "p.pdf", "Liu (2021) audits four search engines.", Match.EXACT, 4)
LOST = Evidence(SourceKind.DOCUMENT, "p.pdf", "Nobody's cell rests on this.", Match.EXACT, 5)


def row(work_id: str, author: str, year: int, quote: Evidence) -> Row:
    work = Work(WorkKind.REFERENCE, work_id, "A title", (author,), year)
    return Row(work, (Cell("A", "old", Status.SUPPORTED, (quote,)),))


PROJECT = Project(
    language="en",
    table=Table((Column("A"),), (row("r1", "Gao, Tianyu", 2023, GAO), row("r2", "Liu, Nelson", 2021, LIU))),
    review=Review(
        (
            Sentence("An opening.", Status.LINK),
            Sentence("Gao's is at 73.6.", Status.SUPPORTED, (GAO,), 1),
            Sentence("Gao's is at 73.6, whereas Liu audits.", Status.SUPPORTED, (GAO, LIU), 1),
            Sentence("Nobody knows.", Status.SUPPORTED, (LOST,), 1),
            Sentence("An end.", Status.LINK, (), 2),
        )
    ),
)
PAPER = (Paper(Document("p.pdf", "0" * 64, (Page(1, "1", 100, 100, "Nothing."),)), (), 0.0),)


class Writer(FakeModel):
    """Says what it was told to say, or what each work does; finds every claim carried, or none."""

    def __init__(self, said: str, carried: bool = True) -> None:
        super().__init__()
        self.said, self.carried = said, carried

    def answer(self, asks: Sequence[Ask], *, on_answer=None, cancel=None) -> list[Answer]:  # type: ignore[no-untyped-def, override]
        gao = "The authors reach 73.6 on ASQA."
        return [
            Answer(self.said or (gao if "73.6" in a.shared + a.own else "The authors audit engines."), True)
            for a in asks
        ]

    def weigh(self, asks, choices, *, cancel=None):  # type: ignore[no-untyped-def]
        return [(4.0, -4.0) if self.carried else (-4.0, 4.0)] * len(asks)


def rewritten(model: Writer) -> tuple[Sentence, ...]:
    return revise.rewritten(RunContext(PAPER, request_of(PROJECT), model), PROJECT, 1)


def test_a_paragraph_is_said_anew_from_the_same_evidence() -> None:
    made = rewritten(Writer(""))
    assert [s.text for s in made[:2]] == [GAO.quote] * 2 and "Liu (2021)" in made[2].text
    assert [s.evidence for s in made] == [(GAO,), (GAO,), (LIU,), (LOST,)]  # one sentence for each work
    assert made[-1].text == "Nobody knows."  # no row knows whose words these are
    assert all(s.paragraph == 1 for s in made)


def test_what_the_verifier_does_not_pass_stays_as_it_was() -> None:
    assert PROJECT.review is not None
    old = PROJECT.review.sentences[1:4]
    assert rewritten(Writer("The authors audit engines.", carried=False)) == old


def test_words_that_name_their_work_are_not_framed_again() -> None:
    made = rewritten(Writer("The authors reach 99.9 on ASQA."))  # 99.9 stands nowhere
    assert made[0].text == GAO.quote


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
    made = revise.judged(PROJECT, Sentence("So it is.", Status.SUPPORTED), Writer(""))
    assert (made.status, made.reason) == (Status.UNSUPPORTED, "no citation")
    passed = revise.judged(
        PROJECT, Sentence("Gao et al. (2023) reach 73.6 on ASQA.", Status.SUPPORTED, (GAO,)), Writer("")
    )
    assert passed.status is Status.SUPPORTED
