"""Translating with doubles of the model: candidates, the wrong language, doubts, long sentences, the glossary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.doubles.engines import FakeModel

from citegrid.core.glossary import Term
from citegrid.core.language.script import is_chinese
from citegrid.pipeline.translation.candidates import (
    Candidate,
    TranslationFeatures,
    doubts_in,
    features,
    in_language,
    likeness,
    moved,
    used,
)
from citegrid.pipeline.translation.certainty import certainty
from citegrid.pipeline.translation.question import Piece, question
from citegrid.pipeline.translation.term_base import Entry
from citegrid.pipeline.translation.translate import SAMPLES, Translation, translate
from citegrid.ports import NEVER, Answer, Ask, Cancel


class Sampling(FakeModel):
    """Says what it is told for each sentence, the first as its answer and the rest as its other samples where such are asked."""

    def __init__(self, *rounds: Sequence[str], likelihood: float = -0.1) -> None:
        super().__init__()
        self.rounds = list(rounds)
        self.told: dict[str, Sequence[str]] = {}
        self.likelihood = likelihood

    def answer(
        self,
        asks: Sequence[Ask],
        *,
        on_answer: Callable[[int, Answer], None] | None = None,
        cancel: Cancel = NEVER,
    ) -> list[Answer]:
        answers = []
        for ask in asks:
            self.asked.append(ask)
            key = ask.system + ask.own
            if key not in self.told:
                self.told[key] = self.rounds.pop(0)
            first, *others = (Answer(text, True, likelihood=self.likelihood) for text in self.told[key])
            answers.append(replace(first, others=tuple(others[: ask.samples - 1])))
            if on_answer is not None:
                on_answer(len(answers) - 1, answers[-1])
        return answers


def test_the_candidate_that_keeps_the_numbers_is_taken() -> None:
    model = Sampling(["准确率提高了14%。", "准确率提高了41%。", "准确率提升了41%。"])
    assert translate(["Accuracy rose by 41%."], "zh", model)[0].text == "准确率提高了41%。"


def test_what_candidates_say_otherwise_is_doubtful() -> None:
    model = Sampling(["该tool很快。", "该工具缓慢。", "该工具昂贵。"])
    said = translate(["The tool is not fast."], "zh", model)[0]
    assert {said.text[a:b] for a, b in said.doubts} & {"很快", "缓慢", "昂贵"}


def test_words_that_the_model_doubted_are_doubtful() -> None:
    model = FakeModel()
    model.answer = lambda asks, **_: [Answer("该工具很快。", True, 1, -0.1, ((3, 5),)) for _ in asks]  # type: ignore[method-assign]
    assert translate(["The tool is fast."], "zh", model)[0].doubts == ((3, 5),)


def test_a_sentence_is_told_as_soon_as_its_parts_are_there() -> None:
    model, told = Sampling(["The answer is English."], ["准确率提高了41%。"], ["该工具很快。"]), []
    sentences = ["The tool is fast.", "Accuracy rose by 41%."]
    made = translate(sentences, "zh", model, told=lambda number, one: told.append((number, one, len(model.asked))))
    assert [(number, one) for number, one, _ in told] == [(1, made[1]), (0, made[0])]
    assert [count for *_, count in told] == [2, 3], "the first one is told before the other is asked again"


def test_every_part_is_asked_once_for_several_answers() -> None:
    model = Sampling(["该工具很快。", "该工具缓慢。"])
    translate(["The tool is fast."], "zh", model)
    assert [ask.samples for ask in model.asked] == [SAMPLES]


def test_the_answer_that_most_agree_with_is_taken() -> None:
    model = Sampling(["该工具昂贵。", "该工具很快。", "该工具很快。", "该工具速度很快。"])
    assert translate(["The tool is fast."], "zh", model)[0].text == "该工具很快。"


def test_a_certain_translation_is_trusted_and_a_lost_negation_is_not() -> None:
    good = translate(["The results were not significant."], "zh", Sampling(["结果不显著。"] * 3))[0]
    bad = translate(["The results were not significant."], "zh", Sampling(["结果显著。"] * 3))[0]
    assert good.sure > bad.sure
    assert not bad.trusted and bad.doubts


def test_the_wrong_language_is_asked_again() -> None:
    model = Sampling(["The tool is fast."], ["该工具很快。"])
    assert translate(["The tool is fast."], "zh", model)[0].text == "该工具很快。"
    assert model.asked[1].system == ""


@pytest.mark.parametrize(
    ("source", "language"),
    [("Question answering needs retrieval.", "zh"), ("问答需要检索。", "en"), ("Zorblax!", "zh")],
)
def test_nothing_is_left_in_the_source_language(source: str, language: str) -> None:
    said = translate([source], language, FakeModel(lambda ask: source))[0]
    assert in_language(said.text, language)
    assert said.sure == 0.0 and not said.trusted and said.doubts == ((0, len(said.text)),)


def test_parts_of_a_long_sentence_are_asked_by_themselves() -> None:
    text = "The first system answers every question of the test set without a source; the second names a page for each statement."
    model = Sampling(["第一个系统不给来源。"] * 2, ["第二个系统标出页码。", "第二个系统标出网址。"])
    said = translate([text], "zh", model)[0]
    assert said.text == "第一个系统不给来源；第二个系统标出页码。"


def test_the_glossary_stands_in_the_question_and_binds() -> None:
    model = Sampling(["模型甲很好。", "策略网络很好。"])
    glossary = (Term("policy model", "策略网络"),)
    assert translate(["The policy model is good."], "zh", model, glossary=glossary)[0].text == "策略网络很好。"
    assert "policy model=策略网络" in model.asked[0].own


def test_english_comes_from_chinese_in_the_same_way() -> None:
    model = Sampling(["The model has 7 billion parameters。", "The model has 70 parameters."])
    assert translate(["该模型有70亿参数。"], "en", model)[0].text == "The model has 7 billion parameters."


def test_nothing_asked_is_nothing_said() -> None:
    assert translate([], "zh", FakeModel()) == []


def test_an_empty_translation_is_not_trusted() -> None:
    assert not Translation("", 1.0).trusted


# -- pieces ------------------------------------------------------------------------------------------------------------


def test_the_question_shares_its_beginning_and_ends_with_the_sentence() -> None:
    one, other = (question(Piece(text), "zh", 3) for text in ("A first one.", "A second one."))
    assert (one.system, one.shared) == (other.system, other.shared)
    assert one.own != other.own and one.samples == 3


def test_likeness() -> None:
    assert likeness("模型很好", "模型很好") == 1.0
    assert likeness("模型很好", "方法失败") == 0.0
    assert 0.0 < likeness("模型很好", "模型很差") < 1.0


def test_terms_with_an_open_place_are_used_in_order() -> None:
    assert used("得到……的支持", "结论得到数据的支持")
    assert not used("得到……的支持", "的支持得到")


def test_an_example_that_leaks_is_seen() -> None:
    from citegrid.pipeline.translation.memory import Pair

    piece = Piece(
        "Apples fall.", examples=(Pair("Lakes in the north freeze early in autumn.", "北方的湖泊在秋天很早就结冰。"),)
    )
    assert features(Candidate("北方的湖泊在秋天掉落。"), (), piece, (), "zh").leak == 1.0
    assert features(Candidate("苹果掉落。"), (), piece, (), "zh").leak == 0.0


@pytest.mark.parametrize("name", ["unlikely", "numbers", "foreign", "constructions", "leak"])
def test_every_fault_makes_less_certain(name: str) -> None:
    assert certainty(TranslationFeatures(**{name: 2.0})) < certainty(TranslationFeatures())


def test_doubts_name_foreign_words() -> None:
    assert doubts_in(Candidate("模型的prose很好"), (), ((3, 8),)) == ((3, 8),)


def test_doubted_places_move_with_what_is_mended() -> None:
    assert moved(((0, 3), (5, 8)), "模型 的prose好", "模型的散文好") == ((0, 2),)


def test_unused_terms_of_the_project_are_a_fault() -> None:
    own, shipped = Entry("model", ("模子",), "project"), Entry("model", ("模子",), "computing")
    seen = [features(Candidate("模型好。"), (), Piece("A good model."), (entry,), "zh") for entry in (own, shipped)]
    assert [one.terms for one in seen] == [1.0, 1.0]
    assert [one.glossary for one in seen] == [1.0, 0.0]


# -- the real model ----------------------------------------------------------------------------------------------------

HARD = (
    "Only half of the generated sentences are fully supported by their citations.",
    "The authors train models with 7 and 13 billion parameters, which do not outperform the baseline.",
    "Its answers are preferred to those of human demonstrators 56% of the time.",
    "The two annotators agreed in 81% and 92% of the cases, respectively.",
    "The results are not reproducible because the training data were never released.",
)


@pytest.mark.model
def test_the_default_model_keeps_what_small_models_lose() -> None:
    from citegrid.engines.language_model.llama import LlamaModel
    from citegrid.store.paths import models_folder

    path: Path = models_folder() / "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
    model = LlamaModel(path)
    try:
        said = translate(HARD, "zh", model)
    finally:
        model.close()
    assert all(is_chinese(one.text) for one in said)
    assert "一半" in said[0].text or "半数" in said[0].text
    assert "70亿" in said[1].text and "130亿" in said[1].text
    assert "56%" in said[2].text
    assert "81%" in said[3].text and "92%" in said[3].text
    for number in (1, 4):
        assert not said[number].trusted or any(sign in said[number].text for sign in "不未无没"), said[number]
