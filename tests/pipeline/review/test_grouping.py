"""Works stand together where their paper discusses them together, or where a term links them."""

import pytest
from tests.pipeline.review.made_up import work

from citegrid.pipeline.review.grouping import Discussed, Tie, groups_of, heading_of
from citegrid.pipeline.review.terms import Told, shared, words_in


@pytest.mark.parametrize(
    ("section", "found"),
    [
        ("7.1 Human judgement", ("7", "Human judgement")),
        ("1 Introduction", ("1", "")),
        ("Results Diversity and composition", ("Results Diversity and composition", "")),
        ("Sparse memory", ("Sparse memory", "Sparse memory")),
        ("3 Felice (2015) pointed out that M2 suf-", ("3", "")),
    ],
)
def test_a_heading_is_told_from_one_that_any_paper_has(section: str, found: tuple[str, str]) -> None:
    assert heading_of(section) == found


def places(*sections: str) -> dict[str, Discussed]:
    return {f"r{i}": Discussed((section,)) for i, section in enumerate(sections)}


def test_works_under_one_heading_belong_together_by_year() -> None:
    works = [work(0, 2023), work(1, 2020), work(2, 2021), work(3, 2022)]
    found = groups_of(works, places("5 Reading", "5 Reading", "4 Writing", "4 Writing"), {}, "en")
    assert [(g.topic, [w.year for w in g.works]) for g in found] == [
        ("Writing", [2021, 2022]),
        ("Reading", [2020, 2023]),
    ]
    assert all(g.tie is Tie.HEADING for g in found)


def test_two_headings_of_a_chapter_are_both_named() -> None:
    (group,) = groups_of([work(0), work(1)], places("7.1 Human judgement", "7.2 Automatic judgement"), {}, "en")
    assert group.topic == "Human judgement and automatic judgement"


def test_what_no_heading_links_is_linked_by_a_term_of_a_title() -> None:
    works = [work(0, title="Birds on roads"), work(1), work(2), work(3)]
    told = {
        "r0": Told(("Birds die on roads at night",), ("Birds die on roads at night",), works[0].title),
        "r1": Told(("Mostly birds were found",), ("Mostly birds were found",), works[1].title),
        "r2": Told(("Traffic grew at night",), ("Traffic grew at night",), works[2].title),
        "r3": Told(("Nothing else",), ("Nothing else",), works[3].title),
    }
    birds, rest = groups_of(works, places(*["1 Introduction"] * 4), told, "en")
    assert (birds.topic, birds.tie, [w.id for w in birds.works]) == ("birds", Tie.TERM, ["r0", "r1"])
    assert rest.tie is Tie.NOTHING and len(rest.works) == 2


def test_a_name_links_without_a_title_and_a_common_word_does_not() -> None:
    told = {"a": Told(("GLEU is the lower score",)), "b": Told(("A score on GLEU",)), "c": Told(("A lower mark",))}
    assert shared(told, "en") == {"GLEU": {"a", "b"}}
    assert shared(told, "en", ["GLEU"]) == {}


def test_a_chinese_term_is_a_word_of_the_quotes_that_stands_in_what_is_said() -> None:
    told = {
        "a": Told(("在道路上鸟类最常死亡",), ("Birds die on roads",), "Mortality of birds"),
        "b": Told(("鸟类在夜间死亡",), ("Birds were found at night",), "Roads at night"),
        "c": Told(("车辆数量增加",), ("Vehicles increased",), "Traffic"),
    }
    assert shared(told, "zh", said_as={"birds": "鸟类"}.__getitem__) == {"鸟类": {"a", "b"}}
    assert shared(told, "zh", said_as={"birds": "禽鸟"}.__getitem__) == {}


def test_a_word_that_never_stands_in_the_plural_is_no_topic() -> None:
    told = {one: Told(("Wild meat is eaten",), ("Wild meat is eaten",), "Wild meat") for one in ("a", "b")}
    assert shared({**told, "c": Told()}, "en") == {}


def test_words_that_only_hold_a_sentence_together_are_no_terms() -> None:
    assert words_in("However, these results show birds", "en") == {"bird"}
    assert "鸟类" in words_in("对鸟类的影响", "zh") and "的影" not in words_in("对鸟类的影响", "zh")
