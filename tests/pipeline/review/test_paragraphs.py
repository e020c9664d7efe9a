"""A model that passes the writing test writes paragraphs; what fails in one sentence fails as a whole."""

import re

import pytest
from tests.doubles.engines import FakeModel, noise
from tests.pipeline.review.made_up import fact, work

from citegrid.core.statement import Kind
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.paragraphs import Drafted, ParagraphWriter, parsed
from citegrid.pipeline.review.prompts import exercises
from citegrid.pipeline.review.sentences import say
from citegrid.pipeline.review.writing_test import may_write, passes, points_of
from citegrid.ports import NO_WRITERS, Ask

TOPIC = "Three works count birds."
SAID = [
    say([fact(work(i), Kind.METHOD, f"The authors count {n} birds along roads")], Names("en"), [])
    for i, n in enumerate((120, 340, 560))
]
GOOD = (
    "Abel et al. (2020) count 120 birds along roads, and Berg et al. (2021) count 340 [1][2]. "
    "Cole et al. (2022) count 560 birds along roads [3]."
)


def copied(ask: Ask) -> str:
    """A model that writes well: the facts it was given, two to a sentence."""
    facts = re.findall(r"^\[(\d+)\] (.+?)[.。]$", ask.own, re.M)
    ends = "；" if "事实" in ask.own else "; "
    pairs = [facts[i : i + 2] for i in range(0, len(facts), 2)]
    return " ".join(ends.join(t for _, t in pair) + " " + "".join(f"[{n}]" for n, _ in pair) + "." for pair in pairs)


def written(answer: str) -> list[str]:
    return [one.said.text for one in ParagraphWriter(FakeModel(lambda ask: answer), "en")(TOPIC, SAID)]


def test_a_faithful_paragraph_is_taken_with_the_facts_of_each_sentence() -> None:
    made = ParagraphWriter(FakeModel(lambda ask: GOOD), "en")(TOPIC, SAID)
    assert [len(one.facts) for one in made] == [2, 1]
    assert made[0].said.text == "Abel et al. (2020) count 120 birds along roads, and Berg et al. (2021) count 340"
    assert made[0].sentence(".").works == ("r0", "r1")


@pytest.mark.parametrize(
    "answer",
    [
        "",
        GOOD.replace("340", "430"),
        GOOD.replace("Berg", "Cole"),
        GOOD.replace("[3]", "[9]"),
        GOOD.replace(" [3]", ""),
        GOOD.split(" Cole")[0],
        GOOD.replace("along roads [3]", "along splendid roads [3]"),
        noise(Ask("", "", "")),
    ],
)
def test_one_bad_sentence_takes_the_paragraph_back(answer: str) -> None:
    assert written(answer) == [one.said.text for one in SAID]


def test_marks_may_stand_before_or_behind_the_stop() -> None:
    assert parsed("A [1]. B。[2][3] C") == [Drafted("A", (0,)), Drafted("B", (1, 2)), Drafted("C", ())]


def test_a_model_that_writes_well_passes_and_one_that_does_not_is_asked_no_more() -> None:
    assert passes(FakeModel(copied), exercises())
    babbling = FakeModel(noise)
    assert not passes(babbling, exercises()) and len(babbling.asked) == 1


def test_points_tell_what_was_wrong() -> None:
    exercise = exercises()[1]
    good = parsed(copied(Ask("", "", "Facts:\n" + "\n".join(f"[{i}] {f}." for i, f in enumerate(exercise.facts, 1)))))
    assert points_of(good, exercise).mean == 1.0
    lost = [Drafted(one.text.replace("71%", "many"), one.facts) for one in good]
    assert points_of(lost, exercise).numbers == 0.75
    swapped = [Drafted(one.text.replace("Ivers", "Jonas"), one.facts) for one in good]
    assert points_of(swapped, exercise).citations < 1.0
    assert points_of([], exercise).mean == 0.0


class Record:
    """A record in memory."""

    def __init__(self) -> None:
        self.known: dict[str, bool] = {}

    def passed(self, sha256: str) -> bool | None:
        return self.known.get(sha256)

    def keep(self, sha256: str, passed: bool) -> None:
        self.known[sha256] = passed


def test_a_model_is_tested_once() -> None:
    model, record = FakeModel(copied), Record()
    assert may_write(model, record)
    asked = len(model.asked)
    assert may_write(model, record) and len(model.asked) == asked
    assert not may_write(model, NO_WRITERS)
