"""What no longer stands where a citation says is told in either language."""

from __future__ import annotations

from dataclasses import replace

from tests.papers import document

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.messages import say
from citegrid.core.project import Project
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.pipeline.recheck import verify

PAPER = document(["Bees sleep at night."])
OTHER = replace(document(["Cats sleep all day."]), name="other.pdf")


def evidence(quote: str, page: int, source: str = PAPER.name, kind: SourceKind = SourceKind.DOCUMENT) -> Evidence:
    return Evidence(kind, source, quote, Match.EXACT, page)


def project(*cited: Evidence) -> Project:
    row = Row(Work(WorkKind.REFERENCE, "r1", "On bees"), (Cell("Result", "words", Status.SUPPORTED, evidence=cited),))
    return replace(Project(), table=Table((Column("Result"),), (row,)))


def test_quotes_that_stand_on_their_page_hold() -> None:
    assert verify(project(evidence("Bees sleep", 1)), PAPER) == (1, [])
    assert verify(project(evidence("Cats sleep", 1, "other.pdf")), PAPER, None, [OTHER]) == (1, [])


def test_each_fault_is_a_sentence_in_both_languages() -> None:
    faults = verify(project(evidence("Bees fly", 1), evidence("Bees sleep", 7)), PAPER)[1]
    assert [say(fault, "en") for fault in faults] == [
        "On bees / Result: “Bees fly” does not stand on page 1.",
        f"On bees / Result: page 7 is not in {PAPER.name}.",
    ]
    assert say(faults[0], "zh") == "On bees / Result：“Bees fly”不在第 1 页上。"
    (fault,) = verify(project(evidence("Cats fly", 1, "other.pdf")), PAPER, None, [OTHER])[1]
    assert say(fault, "en").endswith("does not stand on page 1 of other.pdf.")


def test_citations_of_the_library_are_left_out_or_looked_up() -> None:
    cited = project(evidence("Owls hoot", 1, "owls.pdf", SourceKind.LIBRARY))
    assert verify(cited, PAPER) == (0, [])
    assert verify(cited, PAPER, lambda e: e) == (1, [])
    total, (fault,) = verify(cited, PAPER, lambda e: None)
    assert total == 1
    assert fault == "On bees / Result: “Owls hoot” does not stand in “owls.pdf” of the library."


def test_a_fault_of_the_review_says_so() -> None:
    review = Review((Sentence("Bees fly.", Status.SUPPORTED, (evidence("Bees fly", 1),)),))
    (fault,) = verify(replace(Project(), review=review), PAPER)[1]
    assert say(fault, "zh") == "综述：Bees fly.：“Bees fly”不在第 1 页上。"
