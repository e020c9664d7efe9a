"""A caption beside the text of its column is read behind it."""

from __future__ import annotations

from citegrid.core.document import Box
from citegrid.pipeline.document.layout.lines import PageLine
from citegrid.pipeline.document.layout.side_captions import set_aside


def line(text: str, x0: float, x1: float, y: float) -> PageLine:
    return PageLine([], Box(1, x0, y, x1, y + 9), 9.0, text=text)


def behind(lines: list[PageLine]) -> list[str]:
    set_aside(lines)
    return [one.text for one in lines if one.column]


TEXT = [line(f"text {n}", 78, 290 if n < 12 else 517, 100 + 15 * n) for n in range(16)]
CAPTION = [
    line("Fig. 15 A possible set of relations", 321, 488, 205),
    line("between elbow and other joints", 330, 470, 219),
]


def test_the_lines_of_a_caption_beside_text_stand_behind_it() -> None:
    assert behind([*TEXT, *CAPTION]) == [one.text for one in CAPTION]


def test_a_caption_across_its_column_and_a_label_beside_its_words_stay() -> None:
    assert behind([*TEXT, line("Fig. 15 A possible set of relations", 180, 400, 360)]) == []
    label = [line("Fig. 15", 78, 110, 360), line("A possible set of relations between elbow and others", 115, 517, 360)]
    assert behind([*TEXT, *label]) == []
