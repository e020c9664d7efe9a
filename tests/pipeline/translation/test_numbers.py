"""Numbers with a magnitude: said, mended, compared."""

from __future__ import annotations

import pytest

from citegrid.pipeline.translation.numbers import disagreeing, mend, renderings, values_of


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("models of 7 and 13 billion parameters", "zh", "70亿和130亿"),
        ("models of 7 to 65 billion parameters", "zh", "70亿和650亿"),
        ("with 175 billion parameters", "zh", "1750亿"),
        ("45.5 million people", "zh", "4550万"),
        ("参数量70亿和1.3万亿", "en", "7 billion and 1.3 trillion"),
        ("共3.5万人", "en", "35,000"),
    ],
)
def test_magnitudes_are_counted_as_the_language_counts(text: str, language: str, said: str) -> None:
    assert [one.said for one in renderings(text, language)] in ([said], said.split(" and "))


@pytest.mark.parametrize(
    ("wrong", "source", "right"),
    [
        ("参数量为7和13亿的模型", "models of 7 and 13 billion parameters", "参数量为70亿和130亿的模型"),
        ("GPT-3有175亿参数", "GPT-3 with 175 billion parameters", "GPT-3有1750亿参数"),
        ("它有1750亿参数", "with 175 billion parameters", "它有1750亿参数"),
        ("13 billion参数", "13 billion parameters", "130亿参数"),
    ],
)
def test_wrong_magnitudes_are_mended(wrong: str, source: str, right: str) -> None:
    assert mend(wrong, source, "zh") == right


def test_a_year_and_a_share_are_no_magnitude() -> None:
    assert mend("2013年有13%，13亿", "In 2013, 13% of 13 billion", "zh") == "2013年有13%，130亿"


@pytest.mark.parametrize(
    ("source", "translation", "left"),
    [
        ("21% against 41%", "21%对41%", []),
        ("21% against 41%", "21%对14%", [41.0, 14.0]),
        ("three models and 2 tasks", "3个模型和两个任务", []),
        ("1,200 students", "1200名学生", []),
        ("12,000 people", "1.2万人", []),
        ("GPT-3 in 2020", "2020年的GPT-3", []),
    ],
)
def test_what_stands_on_one_side_only_is_told(source: str, translation: str, left: list[float]) -> None:
    assert disagreeing(source, translation) == left


def test_values_count_magnitudes_in() -> None:
    assert values_of("1.2万人，3 million, 5%") == [12000.0, 3e6, 5.0]


def test_what_is_mended_keeps_the_space_behind_it() -> None:
    assert mend("It has 70 parameters.", "它有70亿参数。", "en") == "It has 7 billion parameters."
