"""Sentences in a model's words, where those are faithful; else the program's."""

from dataclasses import replace

from tests.doubles.engines import FakeModel, noise
from tests.pipeline.review.made_up import PAPER, fact, work

from citegrid.core.statement import Kind
from citegrid.core.table import Wording
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.rephrase import Rephraser
from citegrid.pipeline.review.sentences import Said, say

FACT = fact(work(0), Kind.METHOD, "作者构建了ALCE，这是第一个可复现的带引用文本生成基准")
SAID = say([FACT], Names("zh"), [])
BETTER = "Abel等（2020）构建了第一个可复现的带引用文本生成基准ALCE"


def rephrased(answer: str, said: Said = SAID) -> str:
    (made,) = Rephraser(FakeModel(lambda ask: answer), "zh")([said])
    assert made.facts == said.facts
    return made.said.text


def test_faithful_words_are_taken() -> None:
    assert rephrased(BETTER + "。") == BETTER


def test_what_is_not_faithful_is_left_as_the_program_said_it() -> None:
    for answer in (
        "",
        noise.__name__,
        BETTER.replace("2020", "2021"),
        BETTER.replace("Abel等", ""),
        BETTER + "，广受欢迎赞誉推崇",
    ):
        assert rephrased(answer) == SAID.said.text


def test_what_is_still_to_be_checked_and_the_paper_itself_are_not_asked() -> None:
    doubted = say([replace(FACT, wording=Wording.TO_BE_CHECKED)], Names("zh"), [])
    own = say([replace(FACT, works=(PAPER,))], Names("zh"), [])
    model = FakeModel(lambda ask: BETTER)
    assert Rephraser(model, "zh")([doubted, own]) == [doubted, own] and not model.asked
