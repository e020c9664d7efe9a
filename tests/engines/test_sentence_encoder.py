"""The network that ships: what it says has the right form, is the same in any company, and is right where a sentence is clear."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from citegrid.core.resources import home_of
from citegrid.core.statement import Kind, Line, Speaker
from citegrid.engines import sentence_encoder
from citegrid.engines.sentence_encoder import LineCutter, OnnxEncoder, padded

SPEAKERS, KINDS = slice(0, len(Speaker)), slice(len(Speaker), len(Speaker) + len(Kind))
CENTRAL, ALONE = slice(KINDS.stop, KINDS.stop + 3), slice(KINDS.stop + 3, KINDS.stop + 5)
METHOD = Line("We train the model with a contrastive loss on pairs of sentences.", "3 Method", 0.35)
RESULT = Line("⟦TARGET⟧ found that the yield fell by 12% when nitrogen was halved.")
LIMIT = Line("A limitation of our study is the small sample, which may not be representative.", "6 Limitations", 0.9)
POINTER = Line("The rest of the paper is organised as follows.", "1 Introduction", 0.15)
AIM = Line("The aim of this study is to find out whether irrigation changes the yield of maize.", "1 Introduction", 0.1)
CHINESE = Line("我们提出一种训练小模型的新方法。", "1 引言", 0.1)
LINES = [METHOD, CHINESE, RESULT, LIMIT, POINTER, AIM]


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder(home_of("models") / "statements.onnx", home_of("models") / "statements.vocab.txt")


@pytest.fixture(scope="module")
def shares(encoder: OnnxEncoder) -> Callable[[Line], np.ndarray]:
    return lambda line: np.exp(encoder.opinions([line])[0])


def test_the_shares_of_each_question_sum_to_one(shares: Callable[[Line], np.ndarray]) -> None:
    for line in (METHOD, RESULT, LIMIT):
        assert len(shares(line)) == ALONE.stop
        assert [shares(line)[part].sum() for part in (SPEAKERS, KINDS, CENTRAL, ALONE)] == pytest.approx(
            [1.0] * 4, abs=1e-3
        )


def test_of_chinese_it_has_no_opinion(encoder: OnnxEncoder) -> None:
    assert encoder.opinions([CHINESE]) == [()]
    assert encoder.opinions([]) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [(METHOD, Kind.METHOD), (RESULT, Kind.RESULT), (LIMIT, Kind.LIMIT), (AIM, Kind.AIM), (POINTER, Kind.NOTHING)],
)
def test_a_clear_sentence_is_read_as_what_it_is(shares: Callable[[Line], np.ndarray], line: Line, kind: Kind) -> None:
    found = dict(zip(Kind, shares(line)[KINDS], strict=True))
    likely = sorted(found, key=found.__getitem__)[-2:] if kind is Kind.METHOD else [max(found, key=found.__getitem__)]
    assert kind in likely  # steps and settings are a kind beside methods


def test_of_whom_it_tells(shares: Callable[[Line], np.ndarray]) -> None:
    assert list(Speaker)[shares(RESULT)[SPEAKERS].argmax()] is Speaker.TARGET
    assert list(Speaker)[shares(LIMIT)[SPEAKERS].argmax()] is Speaker.CITING


def test_lines_read_together_are_read_as_each_alone(encoder: OnnxEncoder) -> None:
    many = LINES * (sentence_encoder.BATCH // 3)
    together = encoder.opinions(many)
    assert len(together) == len(many)
    for line, opinion in zip(many, together, strict=True):
        (alone,) = encoder.opinions([line])
        assert opinion == pytest.approx(alone, abs=0.05)
        assert (opinion == ()) is (line is CHINESE)


@pytest.fixture(scope="module")
def cutter() -> LineCutter:
    return LineCutter(home_of("models") / "statements.vocab.txt")


def test_the_mark_stays_in_a_sentence_that_is_cut(cutter: LineCutter) -> None:
    """Of a long sentence the words around the mark are read, not its beginning."""
    long = Line("In many fields of research " * 60 + "⟦TARGET⟧ find that yields fall by 12% in dry years.")
    before, sentence, behind = cutter.cut(long)
    index = cutter.pieces.index
    assert index["[TARGET]"] in sentence
    assert len(before) + len(sentence) + len(behind) == sentence_encoder.MOST
    tail = Line("⟦TARGET⟧ find that yields fall by 12%. " + "In many fields of research " * 60)
    assert cutter.cut(tail)[1][0] == index["[TARGET]"]


def test_marks_places_and_voices_are_pieces_of_their_own(cutter: LineCutter) -> None:
    index = cutter.pieces.index
    marked = cutter.cut(Line("⟦TARGET⟧ differ from ⟦OTHER⟧.", place=0.0))
    assert marked[1][0] == index["[TARGET]"] and index["[OTHER]"] in marked[1]
    assert marked[0][:2] == [index["[CLS]"], index["[P0]"]]
    assert cutter.cut(Line("We differ.", place=1.0))[0][1] == index["[P9]"]
    assert cutter.cut(Line("We differ."))[1][0] == index["[OWN]"]
    assert cutter.cut(Line("They differ.", goes_on=True))[1][0] == index["[ON]"]


def test_section_and_neighbours_stand_around_the_sentence(cutter: LineCutter) -> None:
    names = list(cutter.pieces.index)
    cut = cutter.cut(Line("We use it.", "Methods", 0.97, "Before.", "Behind."))
    before, sentence, behind = ([names[number] for number in part] for part in cut)
    assert before == ["[CLS]", "[P9]", "methods", "[SEP]", "before", ".", "[SEP]"]
    assert sentence == ["[OWN]", "we", "use", "it", "."]
    assert behind == ["[SEP]", "behind", "."]


def test_lines_are_padded_behind_and_the_sentence_is_a_segment() -> None:
    pieces, segments = padded([([2, 3], [7, 8], [9]), ([2], [7], [])])
    assert pieces.tolist() == [[2, 3, 7, 8, 9], [2, 7, 0, 0, 0]]
    assert segments.tolist() == [[0, 0, 1, 1, 0], [0, 1, 0, 0, 0]]
