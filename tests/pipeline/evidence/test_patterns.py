"""The pieces that the patterns of evidence are built of."""

import re

import pytest

from citegrid.pipeline.evidence import patterns
from citegrid.pipeline.evidence.readable import tidied


@pytest.mark.parametrize(
    ("text", "matched"),
    [("we show", True), ("Owe it", False), ("weather", False), ("实验中我们发现", True), ("our", True)],
)
def test_a_cue_is_a_whole_word_in_letters_and_anywhere_in_ideographs(text, matched):
    assert bool(re.search(patterns.cue("first_person"), text)) is matched


def test_several_lists_make_one_cue_and_the_longest_phrase_wins():
    found = re.match(patterns.cue("contrast", "clause_openers"), "while others wait")
    assert found is not None
    assert found.group() == "while"
    assert re.match(patterns.cue("example"), "for instance").group() == "for instance"  # type: ignore[union-attr]


def test_the_circled_number_of_a_note_is_no_part_of_a_sentence() -> None:
    assert tidied("它也映射出企业的活力 ①。") == "它也映射出企业的活力。"
    assert tidied("被赋予了更多驱动力 ②，成为路径③") == "被赋予了更多驱动力，成为路径"
    assert tidied("有两点：① 降成本；② 提效率。") == "有两点：① 降成本；② 提效率。"
