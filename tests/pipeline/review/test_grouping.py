"""Works stand together where their paper discusses them together."""

import pytest
from tests.pipeline.review.made_up import work

from citegrid.pipeline.review.grouping import Discussed, Tie, groups_of, heading_of
from citegrid.pipeline.review.terms import shared_names, words_in


@pytest.mark.parametrize(
    ("section", "found"),
    [
        ("7.1 Human judgement", ("7", "Human judgement")),
        ("1 Introduction", ("1", "")),
        ("Results Diversity and composition", ("Results Diversity and composition", "")),
        ("Sparse memory", ("Sparse memory", "Sparse memory")),
        ("4 Generative models of", ("4", "")),
        ("4 DEEP MODELS", ("4", "")),
        ("3 Felice (2015) pointed out that M2 suf-", ("3", "")),
    ],
)
def test_a_heading_is_told_from_one_that_any_paper_has(section: str, found: tuple[str, str]) -> None:
    assert heading_of(section) == found


def places(*sections: str) -> dict[str, Discussed]:
    return {f"r{i}": Discussed((section,)) for i, section in enumerate(sections)}


def test_works_under_one_heading_belong_together_by_year() -> None:
    works = [work(0, 2023), work(1, 2020), work(2, 2021), work(3, 2022)]
    found = groups_of(works, places("5 Reading", "5 Reading", "4 Writing", "4 Writing"))
    assert [(g.topic, [w.year for w in g.works]) for g in found] == [
        ("Writing", [2021, 2022]),
        ("Reading", [2020, 2023]),
    ]
    assert all(g.tie is Tie.HEADING for g in found)


def test_two_headings_of_a_chapter_are_both_named() -> None:
    (group,) = groups_of([work(0), work(1)], places("7.1 Human judgement", "7.2 Automatic judgement"))
    assert group.topic == "Human judgement and automatic judgement"


def test_works_that_no_heading_links_come_last() -> None:
    works = [work(0, 2023), work(1), work(2, 2022), work(3)]
    linked, rest = groups_of(works, places("1 Introduction", "4 Writing", "1 Introduction", "4 Writing"))
    assert linked.topic == "Writing" and (rest.tie, [w.year for w in rest.works]) == (Tie.NOTHING, [2022, 2023])


def test_only_what_results_rest_on_is_shared() -> None:
    told = {"a": ["On ELI5 half holds", "GPT-3 reads"], "b": ["Raters judge a subset, on ELI5"], "c": ["ELI5 is GPT-3"]}
    assert shared_names(told) == {"ELI5": {"a", "b"}}


def test_words_that_only_hold_a_sentence_together_are_no_terms() -> None:
    assert words_in("However, these results show birds", "en") == {"bird"}
    assert "鸟类" in words_in("对鸟类的影响", "zh") and "的影" not in words_in("对鸟类的影响", "zh")
