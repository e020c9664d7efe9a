"""The whole of a review for a run: of the table's facts first, filled up from the papers, in one language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.doubles.engines import FakeModel
from tests.pipeline.review.made_up import PAPER, cell, quote, row, statement, work
from tests.pipeline.review.test_passages import paper

from citegrid.core.statement import Kind
from citegrid.core.table import Status, Verdict
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.pipeline.review.write import write_review

SHARED = "Both audits find that half of the text is unsupported (Abel, 2020; Berg, 2021)."
ROWS = [
    row(PAPER, cell("Method", "We order the works by the place of their citations.")),
    row(work(0), cell("Method", "The authors audit four engines by hand.")),
    row(work(1), cell("Method", "The authors build a benchmark of long questions.")),
]


@pytest.fixture(autouse=True)
def _read_as_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sentence is read as a result that stands alone, so that the tests do not hang on the weights."""
    read = statement(Kind.RESULT, 0.4)
    monkeypatch.setattr(RunContext, "statements_of", lambda self, said, own: [read] * len(said))


def texts(rows=ROWS, language="en", speech=lambda ask: "") -> list[str]:  # type: ignore[no-untyped-def]
    request = read_request("", language=language, target=300)
    review = write_review(RunContext((paper(SHARED),), request, FakeModel(speech)), rows)
    assert all(s.status is Status.SUPPORTED and s.evidence for s in review.sentences if s.works)
    return [s.text for s in review.sentences]


def test_facts_of_the_table_and_what_works_share_make_the_review() -> None:
    made = texts()
    assert made[0] == "This paper orders the works by the place of their citations."
    assert "Abel et al. (2020) audit four engines by hand." in made
    assert "Both audits find that half of the text is unsupported (Abel et al., 2020; Berg et al., 2021)." in made


def test_a_cell_that_holds_a_sentence_as_it_stands_is_told_by_the_sentence_itself() -> None:
    rows = [row(work(0), cell("Results", "Half of the text is unsupported.", evidence=(quote(SHARED),))), row(work(1))]
    made = texts(rows)
    assert made == ["Both audits find that half of the text is unsupported (Abel et al., 2020; Berg et al., 2021)."]


def test_an_edited_cell_is_told_in_its_own_words() -> None:
    edited = cell("Results", "The authors find a half.", evidence=(quote(SHARED),), verdict=Verdict.EDITED)
    made = texts([row(work(0), edited), row(work(1))])
    assert made == ["Abel et al. (2020) find a half."]


def test_a_sentence_that_leans_on_what_stood_before_it_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    leaning = statement(Kind.RESULT, 0.4, alone=0.1)
    monkeypatch.setattr(RunContext, "statements_of", lambda self, said, own: [leaning] * len(said))
    assert not any("half of the text" in text for text in texts())


def test_what_a_person_rejected_is_not_in_it() -> None:
    rejected = replace(ROWS[1].cells[0], verdict=Verdict.REJECTED)
    assert not any("audit four" in text for text in texts([ROWS[0], replace(ROWS[1], cells=(rejected,)), ROWS[2]]))


def test_what_works_share_is_translated_only_with_its_own_numbers() -> None:
    rows = [
        row(work(0), cell("方法", "作者人工审计了四个搜索引擎的答案")),
        row(work(1), cell("方法", "作者构建了一个长问题基准数据集")),
    ]
    good = texts(rows, "zh", lambda ask: "两项审计都发现一半的文本没有依据" if "audits" in ask.own else "")
    assert "两项审计都发现一半的文本没有依据（Abel等，2020；Berg等，2021）。" in good
    bad = texts(rows, "zh", lambda ask: "两项审计都发现37%的文本没有依据" if "audits" in ask.own else "")
    assert not any("37" in text for text in bad)


def test_an_empty_table_makes_no_review_but_no_error() -> None:
    assert texts([]) == []


def test_a_sentence_that_points_to_a_figure_is_left_out() -> None:
    request = read_request("", language="en", target=300)
    pointing = "Readers whose clicks Fig. 2 counts seldom open a linked source (Abel, 2020; Berg, 2021)."
    review = write_review(RunContext((paper(pointing, SHARED),), request, FakeModel(lambda ask: "")), ROWS)
    told = [sentence.text for sentence in review.sentences]
    assert any("half of the text is unsupported" in text for text in told) and not any("Fig." in text for text in told)
