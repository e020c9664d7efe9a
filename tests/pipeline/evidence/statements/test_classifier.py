"""The classifier as it ships, alone and beside an encoder."""

from __future__ import annotations

import math
import zlib

import numpy as np
import pytest

from citegrid.core.statement import Kind, Line, Speaker
from citegrid.pipeline.evidence.statements import classifier
from citegrid.pipeline.evidence.statements.classifier import HEADS, hashes_of, shipped, statements_of
from citegrid.pipeline.evidence.statements.features import features_of

RESULT = Line("⟦TARGET⟧ found that the yield fell by 12% when nitrogen was halved.")
LIMIT = Line("A limitation of our study is the small sample, which may not be representative.", "6 Limitations", 0.9)
POINTER = Line("The rest of the paper is organised as follows.", "1 Introduction", 0.15)
AIM = Line("The aim of this study is to find out whether irrigation changes the yield of maize.", "1 Introduction", 0.1)
CHINESE_LIMIT = Line("本研究存在以下局限：样本仅来自一个省份，可能缺乏代表性。", "六、研究局限", 0.95)
CHINESE_RESULT = Line("结果表明，数字普惠金融显著促进了农村居民消费。", "四、结果", 0.7)
CHINESE_METHOD = Line("⟦TARGET⟧采用双重差分法评估了政策效果。", "二、文献综述", 0.15)


def opinion(kind: Kind, speaker: Speaker = Speaker.TARGET, sure: float = 0.999) -> tuple[float, ...]:
    """The logarithms of shares that are sure of one output of each head."""

    def head(at: int, size: int) -> list[float]:
        return [math.log(sure if i == at else (1 - sure) / (size - 1)) for i in range(size)]

    kinds, speakers = list(Kind), list(Speaker)
    return (*head(speakers.index(speaker), 4), *head(kinds.index(kind), len(kinds)), *head(2, 3), *head(1, 2))


def test_shares_are_shares() -> None:
    for one in statements_of([RESULT, LIMIT, CHINESE_LIMIT], [(), opinion(Kind.LIMIT), ()]):
        assert sum(one.speakers) == pytest.approx(1.0)
        assert sum(one.kinds) == pytest.approx(1.0)
        assert (len(one.speakers), len(one.kinds)) == (len(Speaker), len(Kind))
        assert 0 <= one.central <= 1 and 0 <= one.alone <= 1


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (RESULT, Kind.RESULT),
        (LIMIT, Kind.LIMIT),
        (AIM, Kind.AIM),
        (POINTER, Kind.NOTHING),
        (CHINESE_LIMIT, Kind.LIMIT),
        (CHINESE_RESULT, Kind.RESULT),
        (CHINESE_METHOD, Kind.METHOD),
    ],
)
def test_a_clear_sentence_is_known_without_an_encoder(line: Line, kind: Kind) -> None:
    assert statements_of([line])[0].kind is kind


def test_of_whom_it_tells_and_how_much_it_matters() -> None:
    result, limit, pointer = statements_of([RESULT, LIMIT, POINTER])
    assert (result.speaker, limit.speaker) == (Speaker.TARGET, Speaker.CITING)
    assert result.central > 0.5 > pointer.central


def test_an_encoder_that_is_sure_has_its_way_and_one_without_opinion_changes_nothing() -> None:
    (alone,) = statements_of([RESULT])
    assert statements_of([RESULT], [()]) == [alone]
    (told,) = statements_of([RESULT], [opinion(Kind.DATA)])
    assert alone.kind is Kind.RESULT and told.kind is Kind.DATA


def test_together_they_are_the_weighted_geometric_mean() -> None:
    (alone,) = statements_of([RESULT])
    said = opinion(Kind.METHOD, sure=0.5)
    (both,) = statements_of([RESULT], [said])
    shares = np.exp(said[len(Speaker) : len(Speaker) + len(Kind)])
    mean = shares**classifier.ENCODER * np.array(alone.kinds) ** (1 - classifier.ENCODER)
    assert both.kinds == pytest.approx(tuple(mean / mean.sum()), rel=1e-4)


def test_there_is_an_opinion_for_each_line() -> None:
    with pytest.raises(ValueError, match="zip"):
        statements_of([RESULT, LIMIT], [opinion(Kind.RESULT)])
    assert statements_of([]) == []


def test_lines_do_not_know_each_other() -> None:
    assert statements_of([LIMIT, RESULT])[1] == statements_of([RESULT])[0]


def test_the_weights_that_ship_fit_the_code() -> None:
    weights = shipped()
    assert weights.weights.shape == (len(weights.rows), sum(HEADS.values()))
    assert weights.bias.shape == (sum(HEADS.values()),)
    assert (np.diff(weights.rows.astype(np.int64)) > 0).all()  # they are searched by halving
    known = set(weights.rows.tolist())
    assert sum(one in known for one in hashes_of(RESULT)) > 20


def test_a_feature_is_known_by_its_hash() -> None:
    assert sorted(hashes_of(LIMIT)) == sorted(zlib.crc32(name.encode()) for name in features_of(LIMIT))


def test_what_no_training_sentence_looked_like_says_nothing() -> None:
    """A scrap of letters must not become the method of a work."""
    (one,) = statements_of([Line("qzx qzy", "qzz", 0.5)])
    assert one.kind is Kind.NOTHING and one.central < 0.1
