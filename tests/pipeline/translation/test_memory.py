"""The translation memory as data, and near pairs."""

from __future__ import annotations

from collections import Counter

from citegrid.core.language.script import is_chinese
from citegrid.core.resources import resource
from citegrid.pipeline.translation.memory import Memory, Pair, read_pairs
from citegrid.pipeline.translation.numbers import values_of

PAIRS = [pair for path in sorted(resource("memory").glob("*.tsv")) for pair in read_pairs(path.read_text("utf-8"))]
MEMORY = Memory(
    [
        Pair("The conclusion is supported by two data sets.", "两个数据集支持了该结论。", "passive"),
        Pair("Lakes in the north freeze early.", "北方的湖泊结冰早。", "short-phrases"),
        Pair("Readers preferred the first answer to the second.", "读者更喜欢第一个回答，而不是第二个。", "preferred"),
    ]
)


def test_the_memory_is_whole() -> None:
    assert len(PAIRS) >= 1500
    assert len({pair.english for pair in PAIRS}) == len(PAIRS)
    shown = Counter(pair.construction for pair in PAIRS)
    assert {"passive", "comparison", "share", "multiple", "respectively", "limits", "rather-than", "preferred"} <= set(
        shown
    )
    assert min(shown.values()) >= 30


def test_every_pair_is_in_both_languages() -> None:
    assert [p for p in PAIRS if not is_chinese(p.chinese) or is_chinese(p.english)] == []


def test_the_numbers_of_a_pair_agree() -> None:
    """A number that is written with digits on both sides stands on both; small counts and shares may be spelled."""
    wrong = [
        pair
        for pair in PAIRS
        if any(value >= 100 and value not in values_of(pair.chinese) for value in values_of(pair.english))
    ]
    assert len(wrong) <= len(PAIRS) * 0.01, wrong


def test_a_shared_construction_makes_a_pair_near() -> None:
    assert MEMORY.near("The claim is supported by its citation.", "en", 1)[0].construction == "passive"


def test_shared_words_make_a_pair_nearer_in_either_language() -> None:
    lakes = "Lakes in the north do not freeze."
    memory = Memory([*MEMORY.pairs, Pair(lakes, "北方的湖泊不结冰。"), Pair("He does not agree.", "他不同意。")])
    assert memory.near("Northern lakes never freeze.", "en", 1)[0].english == lakes
    assert memory.near("湖泊不会结冰", "zh", 1)[0].english == lakes


def test_what_shares_no_construction_has_no_near_pair() -> None:
    assert MEMORY.near("Lakes freeze.", "en", 2) == []
