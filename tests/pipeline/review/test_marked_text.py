"""Doubts stay where the doubtful words are, whatever is done to a text."""

import re

from citegrid.pipeline.review.marked_text import Marked

MARKED = Marked("the policy model wins", ((4, 16),))


def doubted(marked: Marked) -> list[str]:
    return [marked.text[start:end] for start, end in marked.doubts]


def test_doubts_move_with_what_is_put_before_them() -> None:
    assert doubted(MARKED.put(0, 3, "their new")) == ["policy model"]
    assert doubted(MARKED.put(17, 21, "loses")) == ["policy model"]


def test_a_doubt_is_gone_with_its_words() -> None:
    assert MARKED.without(re.compile("policy model ")).doubts == ()


def test_what_is_put_into_doubtful_words_is_doubtful_too() -> None:
    assert doubted(MARKED.put(11, 16, "gradient")) == ["policy gradient"]


def test_joined_texts_keep_the_doubts_of_both() -> None:
    assert doubted(MARKED.joined("; ", MARKED)) == ["policy model", "policy model"]


def test_a_form_takes_the_text_in() -> None:
    made = MARKED.in_form("{who} find that {text}.", who="Berg et al. (2021)")
    assert made.text == "Berg et al. (2021) find that the policy model wins." and doubted(made) == ["policy model"]


def test_ends_are_stripped() -> None:
    assert Marked("  ab。", ((2, 4),)).stripped("。") == Marked("ab", ((0, 2),))
