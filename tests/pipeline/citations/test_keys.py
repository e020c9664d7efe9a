"""What the entries of a list are called in the text."""

from __future__ import annotations

import pytest
from tests.papers import reference

from citegrid.pipeline.citations.keys import index_names, word_key


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("González’s".replace("’", "'"), "gonzalez"),
        ("Müller", "muller"),
        ("Ope-\nnAI", "openai"),
        ("O'Neill", "oneill"),
        ("Sørensen", "sorensen"),
        ("ﬁsher", "fisher"),
    ],
)
def test_words_of_names_are_compared_without_accents(word: str, key: str) -> None:
    assert word_key(word) == key


def test_an_entry_answers_to_its_acronym_and_to_its_letter() -> None:
    names = index_names(
        [
            reference(
                "a",
                authors=("World Health Organization",),
                year=2020,
                raw="World Health Organization. 2020b. A report.",
            ),
            reference("b", authors=(), raw="[7] J. Austin and A. Odena. Program synthesis. arXiv, 2021."),
        ]
    )
    assert "who" in names.by_word
    assert names.entries[0].letter == "b"
    assert names.by_word["austin"] == (1,)
    assert names.entries[1].years == {2021}


def test_what_joins_the_names_of_an_organisation_is_no_name():
    """ "under the 2013 and 2016 conditions" was read as a citation of it."""
    raw = "World Bank and IHME: The cost of air pollution, Washington, 2016."
    names = index_names([reference("a", authors=("World Bank and IHME",), year=2016, raw=raw)])
    assert "and" not in names.by_word and {"world", "bank", "ihme"} <= names.by_word.keys()
