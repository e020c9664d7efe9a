"""Cells in words: as the sentence stands, translated, or in the original where the translation cannot be trusted."""

from __future__ import annotations

import pytest
from tests.doubles.engines import FakeModel

from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.table import Column
from citegrid.pipeline.cells import generate
from citegrid.pipeline.cells.answer import Draft
from citegrid.ports import Answer

SENTENCE = "⟦TARGET⟧ suppress the growth of dendrites with a gel."
PASSAGE = Passage(SourceKind.DOCUMENT, "p.pdf", 1, "Gao [1] suppress …", shown=SENTENCE)


class Doubting(FakeModel):
    """Answers in Chinese and is not sure of ``unsure`` tokens."""

    def __init__(self, unsure: int, says: str = "作者用凝胶抑制树突的生长。") -> None:
        super().__init__()
        self._unsure, self._says = unsure, says

    def answer(self, asks, *, on_answer=None, cancel=None):
        self.asked.extend(asks)
        return [Answer(self._says, True, self._unsure) for _ in asks]


@pytest.mark.parametrize(
    ("unsure", "text"),
    [
        (generate.MOST_UNSURE, "作者用凝胶抑制树突的生长。"),
        (generate.MOST_UNSURE + 1, "原文：The authors suppress the growth of dendrites with a gel."),
    ],
)
def test_a_translation_that_the_model_is_not_sure_of_gives_way_to_the_original(unsure, text):
    model = Doubting(unsure)
    put = generate.put([generate.phrasing_of(PASSAGE, Column("方法"), "zh", focus=False)], "zh", model)
    assert put == [Draft(text, by_model=not text.startswith("原文"))]
    assert generate.is_original(text, "zh") is (unsure > generate.MOST_UNSURE)


def test_a_translation_that_explains_what_the_sentence_does_not_gives_way_to_it():
    model = Doubting(0, "作者用凝胶（一种聚合物）抑制枝晶的生长。")
    put = generate.put([generate.phrasing_of(PASSAGE, Column("方法"), "zh", focus=False)], "zh", model)
    assert generate.is_original(put[0].text, "zh")


def test_doubts_do_not_matter_where_nothing_is_translated():
    long = Passage(SourceKind.DOCUMENT, "p.pdf", 1, "", shown="⟦TARGET⟧" + " 用凝胶抑制枝晶，并比较了多种电解质" * 8)
    put = generate.put([generate.phrasing_of(long, Column(""), "zh", focus=False)], "zh", Doubting(99))
    assert put == [Draft("作者用凝胶抑制树突的生长。", True)]


def test_the_review_leaves_out_what_it_cannot_say_in_its_language():
    assert generate.say([PASSAGE], "zh", Doubting(99)) == [""]
    assert generate.say([PASSAGE], "zh", Doubting(0)) == ["作者用凝胶抑制树突的生长。"]


def test_the_original_says_that_it_is_one_only_in_another_language():
    assert generate.original(PASSAGE, "zh").startswith("原文：The authors suppress")
    assert generate.original(PASSAGE, "en").startswith("The authors suppress")
