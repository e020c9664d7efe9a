"""Answers of a form: taken out where they stand beyond doubt, refused with the reason where they do not."""

from __future__ import annotations

import pytest

from citegrid.core.table import AnswerType, Column
from citegrid.pipeline.cells.columns.answer_types import claim_of, facts_of, has_form, shaped

NUMBER, YEAR, YES_NO = (Column("X", "", kind) for kind in (AnswerType.NUMBER, AnswerType.YEAR, AnswerType.YES_NO))


@pytest.mark.parametrize(
    ("column", "text", "answer"),
    [
        (NUMBER, "12", "12"),
        (NUMBER, "51.5%", "51.5%"),
        (NUMBER, "120 participants", "120 participants"),
        (NUMBER, "约1,200人", "约1,200人"),
        (NUMBER, "n = 40", "n = 40"),
        (NUMBER, "3.2 ± 0.4 mm", "3.2 ± 0.4 mm"),
        (NUMBER, "10–20", "10–20"),
        (NUMBER, "The authors evaluated 12 data sets in English.", "12"),
        (NUMBER, "作者在14个任务上进行了评估，并与基线比较。", "14"),
        (NUMBER, "GPT-4 answers 51.5% of the questions", "51.5%"),
        (YEAR, "2023", "2023"),
        (YEAR, "It was published in 2023.", "2023"),
        (YEAR, "发表于2021年", "2021"),
        (YEAR, "Gao, Yen and Yu, 2023", "2023"),
        (YES_NO, "Yes, by two raters.", "yes, by two raters"),
        (YES_NO, "No", "no"),
        (YES_NO, "是，由两名评审者完成", "yes, 由两名评审者完成"),
    ],
)
def test_the_form_is_found(column, text, answer):
    assert shaped(text, column, "en") == (answer, "")


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        (NUMBER, "several data sets", "not a single number"),
        (NUMBER, "between 12 data sets and 40 systems in 3 languages", "not a single number"),
        (NUMBER, "GPT-4 is used", "not a single number"),
        (YEAR, "in the last decade", "not a single year"),
        (YEAR, "first in 2019 and again in 2021", "not a single year"),
        (YEAR, "12345 items", "not a single year"),
        (YES_NO, "The authors use human raters.", "neither yes nor no"),
        (YES_NO, "Nobody knows", "neither yes nor no"),
        (YES_NO, "有些研究这样做", "neither yes nor no"),
    ],
)
def test_what_is_not_of_the_form_is_kept_and_refused(column, text, reason):
    assert shaped(text, column, "en") == (text, reason)
    assert shaped(text, column, "zh")[1]


def test_the_sign_is_of_the_language_of_the_table():
    assert shaped("Yes, twice", YES_NO, "zh") == ("是，twice", "")
    assert shaped("没有。", YES_NO, "zh") == ("否", "")


def test_text_and_lists_are_left_alone():
    for kind in (AnswerType.TEXT, AnswerType.LIST):
        assert shaped("anything, at all", Column("X", "", kind), "en") == ("anything, at all", "")
        assert not has_form(Column("X", "", kind))
    assert shaped("", NUMBER, "en") == ("", "")


def test_a_bare_answer_is_judged_with_its_column_and_words_count_as_figures():
    assert claim_of("3", Column("Data sets", "", AnswerType.NUMBER)) == "Data sets: 3"
    assert claim_of("a method", Column("Method")) == "a method"
    assert facts_of(Column("Data sets", "", AnswerType.NUMBER), ["on three of the sets"]) == ("Data sets", "3")
    assert facts_of(Column("样本", "", AnswerType.NUMBER), ["共两种语言、十二个任务"]) == ("样本", "2")
    assert facts_of(YEAR, ["three"]) == ("X",)
