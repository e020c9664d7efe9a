"""Facts about one question stand in one paragraph, in the order of their paper."""

from dataclasses import replace

from tests.pipeline.review.made_up import fact, work

from citegrid.core.statement import Kind
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.threads import threads_of

TEXTS = (
    "Road kills of birds rise in spring",
    "Lexical scores follow human judgement of grammar",
    "Counting birds along roads misses most kills",
    "Human judgement of grammar differs between raters",
    "Birds die on roads where traffic is fast",
    "Scores of grammar ignore what judgement sees",
)


def facts() -> list[Fact]:
    made = (fact(work(i % 5), Kind.RESULT, text) for i, text in enumerate(TEXTS))
    return [replace(one, place=(i, 10 * i)) for i, one in enumerate(made)]


def test_neighbours_that_share_words_stand_together_in_order() -> None:
    one, two, three, four, five, six = facts()
    told = [replace(fact, place=(i, 10 * i)) for i, fact in enumerate((one, three, five, two, four, six))]
    assert threads_of(told[::-1], "en") == (tuple(told[:3]), tuple(told[3:]))


def test_a_sentence_stays_behind_the_one_it_follows() -> None:
    found = facts()
    found[5] = replace(found[5], place=(0, 1), leaning=True)
    assert found[5].follows(found[0])
    assert threads_of(found, "en")[0][:2] == (found[0], found[5])


def test_few_facts_make_one_paragraph_and_none_none() -> None:
    assert len(threads_of(facts()[:3], "en")) == 1 and threads_of([], "en") == ()
