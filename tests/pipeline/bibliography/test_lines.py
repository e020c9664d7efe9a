"""The labels of a list: which numbers at the beginning of lines count up, and which are years."""

from __future__ import annotations

from citegrid.pipeline.bibliography.lines import chain_of, numbers_of
from citegrid.pipeline.bibliography.patterns import LABEL_FORMS

BRACKET, BARE = LABEL_FORMS[0], LABEL_FORMS[-1]


def test_years_are_no_labels() -> None:
    assert numbers_of(BARE, ["1 Smith", "1999 Smith", "2 Smith"]) == [(0, 1), (2, 2)]


def test_a_list_of_two_thousand_counts_through_the_years() -> None:
    numbers = [number for _, number in numbers_of(BRACKET, [f"[{n}] A. Smith" for n in range(1, 2001)])]
    assert len(chain_of(numbers)) == 2000
