"""The titles of works beside their rows."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from citegrid.gui.items.headers import lines_of

TITLE = "Teaching language models to support answers with verified quotes"


@pytest.fixture
def font(qapp: object) -> QFont:
    return QFont()


def test_a_title_that_fits_is_wrapped_at_words_and_nothing_is_left_out(font: QFont) -> None:
    width = QFontMetrics(font).horizontalAdvance("Teaching language models to")
    lines = lines_of(TITLE, font, width, 5)
    assert " ".join(lines) == TITLE
    assert len(lines) in (3, 4)


def test_a_title_that_is_cut_says_so_at_its_end_alone(font: QFont) -> None:
    width = QFontMetrics(font).horizontalAdvance("Teaching language models to")
    first, last = lines_of(TITLE, font, width, 2)
    assert TITLE.startswith(first) and "…" not in first
    assert last.endswith("…") and QFontMetrics(font).horizontalAdvance(last) <= width
    assert lines_of(TITLE, font, width, 0) == []


def test_characters_beyond_the_first_plane_are_not_cut_in_two(font: QFont) -> None:
    lines = lines_of("𝑥𝑦 is 𝑧 for all 𝑥", font, QFontMetrics(font).horizontalAdvance("𝑥𝑦 is"), 4)
    assert "".join(lines).replace(" ", "").startswith("𝑥𝑦")
