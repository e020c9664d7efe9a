"""Sentences beyond the table: what they say by their words, and which of them say one thing of several works."""

import pytest
from tests.doubles.engines import FakeModel
from tests.pipeline.review.made_up import row, statement, work

from citegrid.core.document import Document, Page, Span
from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.paper import Paper
from citegrid.core.reference import Mention, Reference
from citegrid.core.statement import Kind, Speaker, Statement
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.pipeline.review import passages


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (statement(Kind.METHOD, 0.8), True),
        (statement(Kind.METHOD, 0.6), False),
        (statement(Kind.METHOD, 0.8, central=0.3), False),
        (statement(Kind.METHOD, 0.8, alone=0.3), False),
        (statement(Kind.DETAIL, 0.8), False),
    ],
)
def test_a_sentence_is_told_if_it_is_the_works_matters_and_stands_alone(said: Statement, told: bool) -> None:
    assert passages.stands(said, Speaker.TARGET) is told


def test_only_a_result_of_the_work_itself_is_what_it_found() -> None:
    assert passages.is_found(statement(Kind.RESULT, 0.95))
    assert not passages.is_found(statement(Kind.RESULT, 0.8)) and not passages.is_found(statement(Kind.METHOD, 0.95))


def paper(*sentences: str) -> Paper:
    """A paper whose sentences cite Abel (2020) and Berg (2021) together in one bracket, at their ends."""
    text, mentions = "", {"r0": [], "r1": []}  # type: ignore[var-annotated]
    for sentence in sentences:
        start, at = len(text), len(text) + sentence.index("(Abel")
        text += sentence + " "
        spans = (Span(1, start, start + len(sentence)),)
        for one in mentions:
            cited = (Span(1, at, at + sentence[at - start :].index(")") + 1),)
            mentions[one].append(Mention(1, "", (), cited, sentence, spans, "", beside=1))
    entries = [Reference(one, "", "", 1, (), (), mentions=tuple(of)) for one, of in mentions.items()]
    return Paper(Document("p.pdf", "0" * 64, (Page(1, "1", 100, 100, text),)), tuple(entries), 0.0)


def together(*sentences: str) -> list[str]:
    context = RunContext((paper(*sentences),), read_request("", language="en"), FakeModel())
    return [saying.text for saying in passages.of_several(context, [row(work(0)), row(work(1))])]


@pytest.fixture(autouse=True)
def _read_as_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sentence is read as a result that matters a little, so that the tests do not hang on the weights."""
    read = statement(Kind.RESULT, 0.4, central=0.2, alone=0.4)
    monkeypatch.setattr(RunContext, "statements_of", lambda self, said, own: [read] * len(said))


def test_what_two_works_share_is_told_of_both() -> None:
    assert together("Both audits find that half of the text is unsupported (Abel, 2020; Berg, 2021).") == [
        "Both audits find that half of the text is unsupported."
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is built around two works that measure support (Abel, 2020; Berg, 2021).",
        "We follow the audits of the two earlier works on support (Abel, 2020; Berg, 2021).",
        "How much is supported, as the works report it (Abel, 2020; Berg, 2021).",
    ],
)
def test_what_leans_on_others_or_tells_of_the_paper_itself_is_not(sentence: str) -> None:
    assert together(sentence) == []


def test_a_saying_needs_no_more_than_a_passage() -> None:
    passage = Passage(SourceKind.DOCUMENT, "p.pdf", 1, "A text.")
    assert passages.Saying((work(0),), statement(Kind.RESULT, 0.9), passage, "A text.").works[0].id == "r0"
