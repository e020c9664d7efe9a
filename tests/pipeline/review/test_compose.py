"""A review keeps to its length, and every sentence of it is proved and names its works."""

from dataclasses import replace

import pytest
from tests.pipeline.review.made_up import PAPER, fact, quote, work

from citegrid.core.review import Review, Unit, count
from citegrid.core.statement import Kind
from citegrid.core.table import Status
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.compose import Setting, compose
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.sentences import Said
from citegrid.pipeline.review.threads import is_alike

EN = Names("en")
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu")
WORKS = [work(i, title=f"Road kills of {i} birds") for i in range(5)]


def about(i: int) -> Fact:
    """Fourteen words of which no other fact has any."""
    made = [SYLLABLES[i % 15] + SYLLABLES[(i + j) % 15] + SYLLABLES[(3 * j + i) % 15] for j in range(11)]
    of = fact(WORKS[i % 5], Kind.RESULT, f"The authors count road kills {' '.join(made)}")
    return replace(of, worth=0.5, place=(i, 10 * i))


FACTS = [
    replace(fact(PAPER, Kind.AIM, "We order the shelves of every library by their colour"), own=True, worth=1.0),
    replace(fact(PAPER, Kind.RESULT, "Half of all shelves stand empty in winter"), own=True, worth=1.0),
    *map(about, range(15)),
]
SETTING = Setting(EN)


def review(facts: list[Fact] = FACTS, target: int = 400, setting: Setting = SETTING) -> Review:
    return compose(facts, read_request("", language="en", target=target), setting)


@pytest.mark.parametrize("target", [120, 200])
def test_the_length_is_kept(target: int) -> None:
    length = sum(count(s.text, Unit.WORDS) for s in review(target=target, setting=Setting(EN)).sentences)
    assert 0.92 <= length / target <= 1.08


def test_the_paper_opens_and_closes_and_what_titles_share_is_not_said() -> None:
    made = review().sentences
    assert made[0].text == "This paper orders the shelves of every library by their colour."
    assert made[-1].text == "Half of all shelves stand empty in winter."
    assert not any("deal with road kills" in s.text for s in made)


def test_every_sentence_is_proved_and_names_its_works() -> None:
    for sentence in review().sentences:
        assert sentence.status is Status.SUPPORTED and sentence.evidence and sentence.works


def test_what_linked_a_sentence_to_the_one_before_stays_where_that_is_told() -> None:
    first = replace(about(0), place=(1, 10))
    text = "However, RAG fails (Abel et al., 2020)"
    linked = replace(fact(WORKS[0], Kind.LIMIT, text[9:]), cited=True, worth=0.5, lead="However, R", place=(1, 11))
    assert f"{text}." in [s.text for s in review([first, linked]).sentences]
    assert f"{text[9:]}." in [s.text for s in review([linked]).sentences]


def test_a_writer_is_given_what_stands_behind_a_topic() -> None:
    given: list[int] = []

    def write(topic: object, said: object) -> list[Said]:
        given.append(len(said))  # type: ignore[arg-type]
        return list(said)  # type: ignore[call-overload,no-any-return]

    made = review(setting=replace(SETTING, write=write))
    assert given and made == review()


def test_an_abbreviation_is_told_with_its_long_form_once() -> None:
    texts = "Of all, DNN layers win", "A DNN fails"
    facts = [
        replace(
            fact(WORKS[i], Kind.RESULT, f"{text} (Abel et al., 2020)"), cited=True, bare=text, worth=0.5, place=(0, i)
        )
        for i, text in enumerate(texts)
    ]
    told = quote("A deep neural network (DNN) learns")
    made = review(facts, setting=replace(SETTING, long_forms={"DNN": ("deep neural network", told)})).sentences
    assert [s.text.partition(" (Abel")[0] for s in made] == ["Of all, deep neural network (DNN) layers win", texts[1]]
    assert [told in s.evidence for s in made] == [True, False]


def test_the_paper_is_named_with_its_authors_and_year_once() -> None:
    made = review(setting=Setting(Names("en", paper=(PAPER,)))).sentences
    assert made[0].text == "This paper (Own, 2025) orders the shelves of every library by their colour."
    assert not any("Own, 2025" in s.text for s in made[1:])
    of_group = replace(PAPER, authors=("The Quoting Team",))
    assert Names("en", paper=(of_group,)).of_paper() == ""


def test_statements_alike() -> None:
    assert is_alike(
        "We propose GREEN, a score for grammar without alignment", "GREEN is a score for grammar without alignment", 0.6
    )
    assert not is_alike("RAG wins on questions", "RAG cites no passage", 0.6)
    short = "The authors propose GREEN, an alignment-free score for GEC"
    assert is_alike(short, "The authors propose GREEN, an alignmentfree score for GEC which counts edits in bags", 0.5)
    assert not is_alike(short, "Experiments confirm that GREEN wins on corpora without computing an alignment", 0.5)
