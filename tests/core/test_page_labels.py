"""Labels as numbers, and one correction for a whole document."""

from __future__ import annotations

import pytest
from tests.papers import document

from citegrid.core.page_labels import from_roman, shifted, to_roman, with_offset


def test_roman_digits_there_and_back():
    assert [from_roman(to_roman(n)) for n in range(1, 500)] == list(range(1, 500))
    assert from_roman("XIV") == 14
    assert [from_roman(t) for t in ("", "iiii", "Iv", "page", "12")] == [None] * 5


@pytest.mark.parametrize(
    ("label", "by", "result"),
    [("7", 2, "9"), ("iv", 1, "v"), ("IX", 1, "X"), ("A-3", 2, "A-5"), ("1", -1, "1"), ("cover", 4, "cover")],
)
def test_a_label_moves_in_its_own_digits(label, by, result):
    assert shifted(label, by) == result


def test_an_offset_moves_every_page():
    doc = document(["a"], ["b"], ["c"])
    assert [p.label for p in with_offset(doc, 10).pages] == ["11", "12", "13"]
    assert with_offset(with_offset(doc, 10), -10) == doc
