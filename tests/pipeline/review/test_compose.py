"""A review has a line: it opens with its paper, tells of works in groups with a point, and keeps to its length."""

from dataclasses import replace

import pytest
from tests.pipeline.review.made_up import PAPER, fact, quote, work

from citegrid.core.review import Review, Unit, count
from citegrid.core.statement import Kind
from citegrid.core.table import Status, Wording
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.pipeline.review.compose import Setting, compose, is_alike
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.grouping import Discussed, Group, Tie
from citegrid.pipeline.review.marked_text import Marked
from citegrid.pipeline.review.names import Names
from citegrid.pipeline.review.plan import Role, plan
from citegrid.pipeline.review.topics import topic_of

EN = Names("en")
WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "islet", "jetty")
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu")
WORKS = [work(i) for i in range(5)]
GROUPS = (Group(tuple(WORKS[:3]), Tie.HEADING, "Attribution"), Group(tuple(WORKS[3:]), Tie.HEADING, "Judgement"))
PLACES = {w.id: Discussed(("4 Attribution",), (quote(f"{w.authors[0]} is cited here."),)) for w in WORKS}


def about(of: int, kind: Kind, word: str) -> Fact:
    """Fourteen words of which no other fact has any."""
    at = WORDS.index(word)
    made = [SYLLABLES[at] + SYLLABLES[(at + i) % 15] + SYLLABLES[(3 * i + at) % 15] for i in range(10)]
    return fact(WORKS[of], kind, f"The authors {word} {kind.name}{of} {' '.join(made)}")


FACTS = [
    fact(PAPER, Kind.METHOD, "The authors order the shelves of every library by their colour"),
    fact(PAPER, Kind.RESULT, "Half of all shelves stand empty in winter"),
    *(about(i, Kind.METHOD, WORDS[i]) for i in range(5)),
    *(about(i, Kind.RESULT, WORDS[5 + i]) for i in range(5)),
    *(
        fact(WORKS[i], Kind.LIMIT, f"The authors leave {WORDS[i]}{WORDS[9 - i]} open, {i} {SYLLABLES[i]}{SYLLABLES[9]}")
        for i in range(4)
    ),
]
TOGETHER = [
    Fact((WORKS[0], WORKS[1]), Kind.COMPARISON, Marked("Both trust the reader"), (quote("both"),)),
    Fact((WORKS[0], WORKS[4]), Kind.COMPARISON, Marked("An audit and a benchmark agree on half"), (quote("agree"),)),
]


def review(facts=FACTS, together=TOGETHER, target=400, language="en") -> Review:  # type: ignore[no-untyped-def]
    request = read_request("", language=language, target=target)
    return compose(plan(facts, together, GROUPS, EN), request, Setting(EN, PLACES))


@pytest.mark.parametrize("target", [120, 200])
def test_the_length_is_kept(target: int) -> None:
    length = sum(count(s.text, Unit.WORDS) for s in review(target=target).sentences)
    assert 0.92 <= length / target <= 1.08


def test_the_paper_opens_and_closes_and_each_group_has_its_topic() -> None:
    made = review()
    by_paragraph = [[s.text for s in made.sentences if s.paragraph == n] for n in range(5)]
    assert by_paragraph[0] == ["This paper orders the shelves of every library by their colour."]
    assert "attribution" in by_paragraph[1][0] and "judgement" in by_paragraph[2][0]
    assert by_paragraph[3][0] == "An audit and a benchmark agree on half (Abel et al., 2020; Ekel et al., 2024)."
    assert [text.startswith("Still, ") for text in by_paragraph[3]].count(True) == 1
    assert by_paragraph[4] == ["Half of all shelves stand empty in winter."]


def test_a_topic_lists_the_works_that_its_paragraph_tells_of() -> None:
    texts = [s.text for s in review([f for f in FACTS if f.work.id != "r0"], ()).sentences]
    assert any("attribution" in text for text in texts) and not any("Abel" in text for text in texts)


def test_works_that_nothing_links_have_no_topic() -> None:
    made = plan(FACTS, (), [Group(tuple(WORKS[:3]), Tie.NOTHING)], EN)
    assert not any(step.role is Role.TOPIC for paragraph in made for step in paragraph)


def test_every_sentence_is_proved_and_names_its_works() -> None:
    for sentence in review().sentences:
        assert sentence.status is Status.SUPPORTED and sentence.evidence and sentence.works


def test_a_small_review_keeps_the_paper_and_what_works_did_before_what_they_found() -> None:
    texts = " ".join(s.text for s in review(target=110).sentences)
    assert "shelves" in texts and "METHOD0" in texts and "RESULT0" not in texts


def test_what_is_said_of_several_works_of_one_group_stands_in_its_paragraph() -> None:
    (shared,) = [s for s in review().sentences if s.text.startswith("Both trust")]
    assert shared.paragraph == 1 and shared.works == ("r0", "r1")


def test_fewer_limits_stand_with_their_works() -> None:
    few = [f for f in FACTS if f.kind is not Kind.LIMIT or f.work.id == "r0"]
    assert any(step.role is Role.LIMIT for step in plan(few, (), GROUPS, EN)[1])


def test_nothing_is_said_twice() -> None:
    again = replace(FACTS[2], works=(WORKS[4],))
    texts = [s.text for s in review([*FACTS, again]).sentences]
    assert sum("METHOD0" in text for text in texts) == 1


def test_the_paper_itself_fills_no_more_than_a_third() -> None:
    chatty = [fact(PAPER, Kind.RESULT, f"The {word} of all shelves is {word}ish and large") for word in WORDS]
    made = review([*FACTS[2:7], *chatty], (), target=2000).sentences
    assert sum(s.works == ("paper",) for s in made) <= len(made) / 3


def test_a_translated_heading_keeps_its_doubts() -> None:
    group = Group((work(0), work(1)), Tie.HEADING, "生成期间的归因")
    made = topic_of(group, Names("zh"), {}, 0, Wording.TO_BE_CHECKED)
    assert [made.text[a:b] for a, b in made.doubts] == ["生成期间的归因"]
    assert made.text == "生成期间的归因方面的工作从Abel等（2020）延续到Berg等（2021）。"


def test_statements_alike() -> None:
    assert is_alike(
        "We propose GREEN, a score for grammar without alignment", "GREEN is a score for grammar without alignment", 0.6
    )
    assert not is_alike("RAG wins on questions", "RAG cites no passage", 0.6)
    short = "The authors propose GREEN, an alignment-free score for GEC"
    assert is_alike(short, "The authors propose GREEN, an alignmentfree score for GEC which counts edits in bags", 0.5)
    assert not is_alike(short, "Experiments confirm that GREEN wins on corpora without computing an alignment", 0.5)
