"""Where words of a list begin and end: ideographs are letters to a pattern, and numbers stand close to what they count."""

from __future__ import annotations

import pytest

from citegrid.core.language.script import is_chinese
from citegrid.pipeline.evidence.citation_markers import about_target, speaks_of_citing
from citegrid.pipeline.evidence.claim_tokens import words_missing
from citegrid.pipeline.evidence.readable import plain
from citegrid.pipeline.library.patterns import EMPTY_TITLE


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("产量提高了50%的地块", "grown for 50 days"),
        ("在25℃的条件下", "25% of them"),
        ("每次5kg的样品", "5 km apart"),
        ("It ran at 5 km/h.", "It ran for 5 km."),
    ],
)
def test_a_number_keeps_its_unit_whatever_stands_behind_it(statement: str, source: str) -> None:
    assert words_missing(statement, [source])


@pytest.mark.parametrize("title", ["Microsoft Word - Thesis final.doc", "Document2", "untitled", ""])
def test_titles_that_programs_write_are_none(title: str) -> None:
    assert EMPTY_TITLE.match(title)


def test_a_title_that_begins_like_one_is_a_title() -> None:
    assert not EMPTY_TITLE.match("Documentation of rare frogs")


def test_the_citing_papers_agreement_with_a_work_is_its_own() -> None:
    assert speaks_of_citing("该数值与前人的研究结果一致⟦TARGET⟧。")
    assert speaks_of_citing("A drop was observed in the lake (⟦TARGET⟧).")


def test_half_a_sentence_tells_nothing() -> None:
    assert about_target("Because small models confuse who did what in long papers ⟦TARGET⟧.") == ""
    assert about_target("Since 2019 models confuse who did what ⟦TARGET⟧.")
    assert about_target("Since the 2010s models confuse who did what ⟦TARGET⟧.")


def test_a_short_chinese_sentence_with_names_is_chinese() -> None:
    assert is_chinese("提出BERT。")
    assert plain("⟦TARGET⟧提出BERT。") == "作者提出BERT。"
