"""The figures that the house is held to; ``python tests/house.py`` prints them all.

They are limits, not aims: a figure below its limit is no reason to stop, and one above it says where to look first.
"""

from __future__ import annotations

import pytest
from tests.house import PACKAGE, House

HOUSE, PIPELINE = House(), House(PACKAGE / "pipeline")
#: Functions that are tables of data or wiring, which are long and not deep.
LONG_BY_NATURE = {"_wire"}


def test_no_folder_is_a_warehouse() -> None:
    assert [(folder, count) for folder, count in HOUSE.folders().items() if count > 20] == []


@pytest.mark.parametrize(("house", "most"), [(HOUSE, 3.8), (PIPELINE, 4.8)], ids=["all", "pipeline"])
def test_functions_are_simple(house: House, most: float) -> None:
    assert house.mean_complexity() <= most


@pytest.mark.parametrize("house", [HOUSE, PIPELINE], ids=["all", "pipeline"])
def test_few_functions_are_not(house: House) -> None:
    assert house.share_over(10) <= 0.011, "\n".join(f"{points} {place}" for points, place in house.over(10))


def test_the_pipeline_decides_little_for_its_length() -> None:
    """Wanted is 30.  The figure is the mean complexity of a function by its mean length, so short functions keep it high."""
    assert PIPELINE.points_for_100_lines() <= 47


def test_rules_are_data() -> None:
    """Wanted are 350 patterns: what is left in code is structure (brackets, digits, stops), its words are in the lexicon."""
    assert len(HOUSE.patterns()) <= 392
    assert [place for length, place in HOUSE.patterns() if length > 200] == []


def test_words_stand_in_the_lexicon() -> None:
    """A pattern that writes out words is data that was not taken out; of those there are three, and no more."""
    assert len(HOUSE.word_lists_in_patterns()) <= 3, HOUSE.word_lists_in_patterns()


def test_a_name_means_one_class() -> None:
    assert HOUSE.classes_defined_twice() == []


def test_nothing_is_too_long() -> None:
    assert HOUSE.long_files(400) == []
    assert [one for one in HOUSE.long_functions(60) if one.split()[1] not in LONG_BY_NATURE] == []


def test_nothing_chooses_words_by_language() -> None:
    assert HOUSE.language_switches() == []
