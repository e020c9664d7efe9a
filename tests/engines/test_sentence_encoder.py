"""How a line becomes what the network reads."""

from __future__ import annotations

import pytest

from citegrid.core.resources import home_of
from citegrid.core.statement import Line
from citegrid.engines.sentence_encoder import BEHIND, MOST, LineCutter, OnnxEncoder, padded

MODELS = home_of("models")
VOCABULARY = (MODELS / "statements.vocab.txt").read_text("utf-8").split("\n")


@pytest.fixture(scope="module")
def cutter() -> LineCutter:
    return LineCutter(MODELS / "statements.vocab.txt")


def _words(numbers: list[int]) -> list[str]:
    return [VOCABULARY[number] for number in numbers]


def test_a_line_holds_place_section_and_neighbours(cutter: LineCutter) -> None:
    before, sentence, behind = cutter.cut(Line("We use it.", "Methods", 0.97, "Before.", "Behind."))
    assert _words(before) == ["[CLS]", "[P9]", "methods", "[SEP]", "before", ".", "[SEP]"]
    assert _words(sentence) == ["[OWN]", "we", "use", "it", "."]
    assert _words(behind) == ["[SEP]", "behind", "."]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        (Line("It works."), "[OWN]"),
        (Line("It works.", goes_on=True), "[ON]"),
        (Line("⟦TARGET⟧ works, unlike ⟦OTHER⟧."), "[TARGET]"),
    ],
)
def test_whose_sentence_is_asked_about_shows_in_its_first_piece(cutter: LineCutter, line: Line, first: str) -> None:
    assert _words(cutter.cut(line)[1])[0] == first


def test_a_long_sentence_keeps_its_mark(cutter: LineCutter) -> None:
    line = Line("word " * 200 + "⟦TARGET⟧" + " word" * 200, before="so " * 90, behind="on " * 90)
    before, sentence, behind = cutter.cut(line)
    assert len(before) + len(sentence) + len(behind) == MOST and len(behind) == BEHIND + 1
    assert "[TARGET]" in _words(sentence)


def test_lines_are_padded_behind_and_the_sentence_is_marked() -> None:
    pieces, segments = padded([([2, 3], [7, 8], [9]), ([2], [7], [])])
    assert pieces.tolist() == [[2, 3, 7, 8, 9], [2, 7, 0, 0, 0]]
    assert segments.tolist() == [[0, 0, 1, 1, 0], [0, 1, 0, 0, 0]]


def test_it_has_no_opinion_on_chinese_and_keeps_the_order() -> None:
    encoder = OnnxEncoder(MODELS / "statements.onnx", MODELS / "statements.vocab.txt")
    lines = [Line("本文提出一种新的方法。"), Line("We propose a new method for parsing."), Line("See Table 2.")]
    none, method, pointer = encoder.opinions(lines)
    assert none == ()
    assert method == pytest.approx(encoder.opinions([lines[1]])[0], abs=1e-3) and method != pointer
