"""What a review says: the paper first and last, of works what tells most together, and nothing twice."""

from dataclasses import replace
from hashlib import sha256

from tests.pipeline.review.made_up import PAPER, fact, work

from citegrid.core.statement import Kind
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.plan import MOST_HELD, Plan, plan

WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "islet", "jetty")


def said(i: int, word: str, **changes: object) -> Fact:
    """Eight words made of ``word``, of which no other fact has any."""
    hashed = sha256(word.encode()).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))
    text = " ".join(hashed[8 * j : 8 * j + 8] for j in range(8)).capitalize()
    return replace(fact(work(i), Kind.RESULT, text), **{"cited": True, "worth": 0.5, "place": (i, 10 * i), **changes})  # type: ignore[arg-type]


def own(kind: Kind, text: str, worth: float, *, itself: bool = True) -> Fact:
    return replace(fact(PAPER, kind, text), worth=worth, own=itself, column="")


OWN = [
    own(Kind.AIM, "We order every shelf by its colour", 0.9),
    own(Kind.RESULT, "We find half of all places empty in winter", 0.9),
    own(Kind.RESULT, "We find that readers sit", 0.4),
    own(Kind.LIMIT, "We saw one town alone", 0.75),
    replace(own(Kind.LIMIT, "Nobody knows how summer changes shelves", 0.5, itself=False), place=(0, 3)),
]
BODY = [said(i, WORDS[i]) for i in range(5)]


def made(facts: list[Fact], room: int = 1000) -> Plan:
    return plan(facts, Names("en"), room, lambda one: len(one.said.text.split()))


def test_the_paper_opens_with_its_aim_and_closes_with_its_main_finding() -> None:
    whole = made([*BODY, *(said(i, WORDS[5 + i]) for i in range(3)), *OWN])
    assert whole.opening == (OWN[0],) and whole.closing == (
        OWN[4],
        OWN[1],
        OWN[3],
    )  # what is open leads to what it finds


def test_what_is_said_behind_a_work_is_no_gap_of_the_field() -> None:
    behind = replace(OWN[4], place=(0, 1))
    assert behind not in made([*BODY, *OWN[:2], behind]).closing


def test_it_opens_with_its_problem_where_the_paper_tells_of_it_first() -> None:
    problem = own(Kind.BACKGROUND, "Every shelf has a colour that readers know", 0.1, itself=False)
    few = own(Kind.LIMIT, "Few find it", 0.1, itself=False)
    first, behind = replace(problem, place=(0, 1)), replace(few, place=(0, 2))
    assert made([*BODY[1:], *OWN[:2], first, behind]).opening == (first, behind, OWN[0])
    elsewhere = replace(problem, said=BODY[0].said, place=(0, 1))
    assert made([*BODY[1:], *OWN[:2], elsewhere]).opening == (OWN[0],)


def test_a_finding_stays_where_it_says_what_the_aim_does() -> None:
    found = own(Kind.RESULT, "We order every shelf by its colour, and it works", 0.9)
    assert made([*BODY, OWN[0], found]).closing == (found,)


def test_new_works_come_before_more_about_known_ones() -> None:
    more = [said(0, word, worth=0.6, place=(20 + 9 * i, 200 + i)) for i, word in enumerate(WORDS[5:8])]
    few = [fact for thread in made([*BODY, *more], room=45).body for fact in thread]
    assert {fact.work.id for fact in few} == {f"r{i}" for i in range(5)}


def test_there_is_no_more_than_room() -> None:
    assert sum(len(fact.said.text.split()) for fact in made(BODY, room=20).facts) <= 20


def test_nothing_is_said_twice() -> None:
    again = replace(BODY[0], works=(work(4),))
    assert sum(fact.said == BODY[0].said for fact in made([*BODY, again]).facts) == 1


def test_what_leans_is_told_only_behind_what_it_leans_on() -> None:
    leaning = said(4, WORDS[9], leaning=True, place=(0, 1))
    whole = [fact for thread in made([*BODY, leaning]).body for fact in thread]
    assert whole[whole.index(leaning) - 1] == BODY[0]
    assert leaning not in made([*BODY[1:], leaning]).facts


def test_what_a_sentence_leans_on_is_told_with_it() -> None:
    general = replace(
        own(Kind.BACKGROUND, "Most towns keep their shelves in rows of glass", 0.1, itself=False), place=(9, 90)
    )
    leaning = said(4, WORDS[9], leaning=True, place=(9, 91))
    whole = [fact for thread in made([*BODY, OWN[0], general, leaning]).body for fact in thread]
    assert whole[whole.index(leaning) - 1] == general
    assert general not in made([*BODY, OWN[0], general]).facts


def test_a_paragraph_of_several_facts_is_opened_by_what_the_paper_says_first() -> None:
    lead = replace(
        own(Kind.BACKGROUND, "Most towns keep their shelves in rows of glass", 0.1, itself=False), place=(9, 90)
    )
    near = [said(i, WORDS[5 + i], place=(9, 92 + 2 * i)) for i in range(2)]
    assert (lead, *near) in made([OWN[0], lead, *near]).body
    assert lead not in made([OWN[0], lead, BODY[0]]).facts


def test_sentences_that_stand_together_are_worth_more_than_others() -> None:
    apart = [said(i, WORDS[i], worth=0.6, place=(10 * i, 100 * i)) for i in range(3)]
    run = [said(i, WORDS[3 + i], place=(90, 901 + i), leaning=i > 0) for i in range(3)]
    assert made([*apart, *run], room=26).body == (tuple(run),)


def test_works_of_the_table_come_before_others() -> None:
    beyond = [said(i, WORDS[5 + i], worth=0.8, beyond=True, place=(5 + i, 50 + 10 * i)) for i in range(5)]
    assert not any(fact.beyond for fact in made([*BODY, *beyond], room=40).facts)
    assert any(fact.beyond for fact in made([*BODY, *beyond]).facts)


def test_it_closes_with_what_it_brings_then_finds_then_leaves_open() -> None:
    adds = own(Kind.CONTRIBUTION, "We release a catalogue of every place", 0.8)
    kinds = [
        fact.kind
        for fact in made(
            [*BODY, *BODY[:0], *OWN[:2], OWN[3], adds, *(said(i, w) for i, w in enumerate(WORDS[5:]))]
        ).closing
    ]
    assert kinds == [Kind.CONTRIBUTION, Kind.RESULT, Kind.LIMIT]


def test_what_the_paper_does_with_works_is_not_told_and_what_it_holds_against_them_comes_last() -> None:
    chatty = [said(i % 5, word + "y", own=True, kind=Kind.METHOD, worth=0.9) for i, word in enumerate(WORDS)]
    against = [said(i, word + "ic", own=True, worth=0.9) for i, word in enumerate(WORDS[:4])]
    whole = made([*BODY, *OWN, *chatty, *against])
    assert sum(fact in against for fact in whole.closing) == MOST_HELD
    assert not any(fact in chatty for fact in whole.facts)
