"""Facts: only what is proved, said once, and without the words that joined it to its old neighbours."""

import pytest
from tests.pipeline.review.made_up import cell, quote, row, work

from citegrid.core.statement import Kind
from citegrid.core.table import Cell, Column, Status, Verdict, Wording
from citegrid.pipeline.review.facts import facts_of, kind_of, shortened
from citegrid.pipeline.review.marked_text import Marked

TEXT = "The authors train a model that quotes."


def said(*cells: Cell, language: str = "en") -> list[str]:
    return [fact.said.text for fact in facts_of([row(work(0), *cells)], language)]


def test_only_what_is_proved_and_not_rejected_is_a_fact() -> None:
    assert said(cell("Method", TEXT)) == ["The authors train a model that quotes"]
    for verdict in (Verdict.ACCEPTED, Verdict.EDITED):
        assert said(cell("Method", TEXT, verdict=verdict))
    assert not said(cell("Method", TEXT, verdict=Verdict.REJECTED))
    assert not said(cell("Method", TEXT, status=Status.UNSUPPORTED))
    assert not said(cell("Method", TEXT, evidence=()))


def test_who_wrote_a_work_and_what_it_is_called_is_no_fact() -> None:
    assert not said(cell("Authors (year)", "Ada Abel, Xi Xu, Yi Yu, 2020 and others"))
    assert not said(cell("Aim", "By its title: Title number 0, and no more"))


def test_words_of_the_other_language_are_no_fact() -> None:
    assert not said(cell("方法", "原文：" + TEXT), language="zh")
    assert not said(cell("方法", TEXT), language="zh")


def test_a_quote_is_told_once() -> None:
    same = {"evidence": (quote("one"),)}
    assert len(said(cell("Method", TEXT, **same), cell("Results", "The model that quotes wins often.", **same))) == 1


def test_what_needs_a_check_comes_last() -> None:
    doubted = cell("Method", TEXT, wording=Wording.TO_BE_CHECKED)
    assert said(doubted, cell("Results", "The model that quotes wins often."))[-1] == TEXT[:-1]


@pytest.mark.parametrize(
    ("column", "kind"),
    [("局限与备注", Kind.LIMIT), ("主要方法", Kind.METHOD), ("Main results", Kind.RESULT), ("Hue", Kind.METHOD)],
)
def test_the_column_says_what_kind_a_fact_is(column: str, kind: Kind) -> None:
    assert kind_of(Column(column)) is kind


@pytest.mark.parametrize(
    ("language", "text", "short"),
    [
        ("en", "However, RAG does not, however, tell the reader.", "RAG does not tell the reader"),
        ("en", "It wins often (Figure 1); Table 2 shows more.", "It wins often"),
        ("zh", "然而，该模型（见图1）胜出；图2给出了更多数字。", "该模型胜出"),
    ],
)
def test_what_pointed_to_its_old_place_is_left_out(language: str, text: str, short: str) -> None:
    assert shortened(Marked(text), language).text == short
