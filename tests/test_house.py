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


@pytest.mark.parametrize(("house", "most"), [(HOUSE, 4.53), (PIPELINE, 6.74)], ids=["all", "pipeline"])
def test_functions_are_simple(house: House, most: float) -> None:
    assert house.mean_complexity() <= most


@pytest.mark.parametrize(("house", "most"), [(HOUSE, 0.091), (PIPELINE, 0.189)], ids=["all", "pipeline"])
def test_few_functions_are_not(house: House, most: float) -> None:
    assert house.share_over(10) <= most, "\n".join(f"{points} {place}" for points, place in house.over(10))


def test_the_pipeline_decides_little_for_its_length() -> None:
    assert PIPELINE.points_for_100_lines() <= 49.5


def test_rules_are_data() -> None:
    assert len(HOUSE.patterns()) <= 575
    assert len([p for p in HOUSE.patterns() if p[0] > 200]) <= 47


def test_a_name_means_one_class() -> None:
    assert len(HOUSE.classes_defined_twice()) <= 22


def test_nothing_is_too_long() -> None:
    assert len(HOUSE.long_files(400)) <= 4
    assert len([f for f in HOUSE.long_functions(60) if f.split()[1] not in LONG_BY_NATURE]) <= 6


def test_nothing_chooses_words_by_language() -> None:
    assert len(HOUSE.language_switches()) <= 64
