"""The beginning of a long text."""

from __future__ import annotations

import pytest

from citegrid.gui.widgets.elided_label import beginning


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("We order the works", 30, "We order the works"),
        ("We order the works by the place", 20, "We order the works…"),
        ("多少\n句子", 30, "多少 句子"),
        ("有多少个句子得到引文的支持", 6, "有多少个句子…"),
        ("见 有多少个句子得到引文的支持", 8, "见 有多少个句子…"),
    ],
)
def test_it_ends_at_a_word_where_there_are_words(text: str, most: int, shown: str) -> None:
    assert beginning(text, most) == shown
