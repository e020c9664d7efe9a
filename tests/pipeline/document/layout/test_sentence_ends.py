"""Where a sentence that a column leaves goes on."""

from __future__ import annotations

import pytest

from citegrid.pipeline.document.layout.sentence_ends import ends_amid, goes_on, is_open, tail_of


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("The method was", True),
        ("as shown by Smith et al.", True),
        ("It ends here.", False),
        ("它到此为止。", False),
        ("as others found.12,14", False),
        ("如前人所述。[3]", False),
        ("", False),
    ],
)
def test_a_sentence_is_open_until_its_stop(text: str, open_: bool) -> None:
    assert is_open(tail_of(text)) is open_


@pytest.mark.parametrize(
    ("tail", "head", "same"),
    [
        ("The method", "was new.", True),
        ("The method", "Results", False),
        ("was shown (Smith,", "Jones and others, 2019).", True),
        ("was shown in (see", "Appendix B).", True),
        ("in the years", "2019 and 2020.", True),
        ("the method, ", "", False),
        ("本文提出的方法", "在数据集上", True),
        ("the two, three,", "Four and five.", True),
    ],
)
def test_what_opens_no_sentence_goes_on_with_one(tail: str, head: str, same: bool) -> None:
    assert goes_on(tail.rstrip(), head) is same


def test_a_bracket_that_is_long_open_was_never_closed() -> None:
    assert not goes_on("(one " + 50 * "word " + "more", "Another one.")


def test_headings_and_labels_do_not_end_amid_a_sentence() -> None:
    assert ends_amid("and a comma,") and ends_amid("a word") and ends_amid("Fig.")
    assert not ends_amid("it ends.")
