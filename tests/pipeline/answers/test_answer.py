"""Questions in plain words: the sentence that gives what is asked for, or that none does."""

from __future__ import annotations

import pytest
from tests.papers import document
from tests.pipeline.answers.test_check_text import CHINESE, ENGLISH

from citegrid.core.paper import Paper
from citegrid.pipeline.answers.answer import answer, is_foreign


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper(document(ENGLISH[:4], ENGLISH[4:], CHINESE), ())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many species did the survey record?", ENGLISH[1]),
        ("Did the funders have a role in the study?", ENGLISH[3]),
        ("On how many samples was the model trained?", ENGLISH[7]),
        ("为什么数据库没有实现完全的一致性？", CHINESE[2]),
    ],
)
def test_the_first_sentence_gives_what_is_asked_for(paper: Paper, question: str, said: str) -> None:
    answered = answer(question, [paper])
    assert answered.sentences[0].text == said
    assert answered.evidence[0].quote == said


@pytest.mark.parametrize("question", ["What is the dose of metformin for children?", "患者的平均年龄是多少？"])
def test_what_the_sources_do_not_say_is_said_so(paper: Paper, question: str) -> None:
    answered = answer(question, [paper])
    assert (answered.sentences, "do not say" in answered.reason) == ((), True)


def test_a_question_about_nothing_is_none(paper: Paper) -> None:
    assert "could say" in answer("Why?", [paper]).reason


def test_an_answer_in_another_language_is_seen_as_such(paper: Paper) -> None:
    assert is_foreign(answer("调查记录了多少物种？", [paper]))
    assert not is_foreign(answer("How many species did the survey record?", [paper]))
