"""Threads: which facts stand in one paragraph, by what they are about, and in which order; and which say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, groupby, pairwise
from math import log, sqrt

from rapidfuzz import fuzz

from citegrid.core.language.script import language_of
from citegrid.core.reference import WorkKind
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.terms import names_in, words_in

#: About so many facts make a paragraph, and the most paragraphs.
FACTS, MOST = 4, 5
#: What it counts beside common words that two facts are of one work, and each paragraph that they stand apart, so many at most.
SAME_WORK, APART, FAR = 0.2, 0.05, 10
#: Percent from which two statements say the same.
ALIKE = 70.0
#: Share of the words of one statement that stand in the other where both say the same, by whether both are of the same works;
#: and from how many words that tells.
SAME_WORDS, ENOUGH_WORDS = {False: 0.6, True: 0.5}, 4
#: The same share for what the table says of its paper in different columns: none tells, as all of it is about one thing.
COLUMNS_APART = 1.01
#: Words in a row that say the same wherever they stand.
SAME_RUN = 6

Thread = tuple[Fact, ...]


def threads_of(facts: Sequence[Fact], language: str) -> tuple[Thread, ...]:
    """``facts`` in paragraphs, in the order of their paper, which is that of its argument: those of one paragraph stand in one, and
    the two neighbours that are most alike are joined, until there are few enough."""
    facts = sorted(facts, key=lambda fact: fact.place)
    terms = [_terms(fact, language) for fact in facts]
    weights = _weights(terms)
    alike = {
        (i, j): _likeness(facts[i], facts[j], terms[i], terms[j], weights)
        for i, j in combinations(range(len(facts)), 2)
    }
    by_paragraph = groupby(range(len(facts)), lambda i: facts[i].place[0])
    groups = [tuple(group) for _, group in by_paragraph]
    while _are_too_many(groups, len(facts)):
        one, other = max(pairwise(groups), key=lambda pair: _fit(pair, alike))
        at = groups.index(one)
        groups[at : at + 2] = [one + other]
    return tuple(tuple(facts[i] for i in group) for group in groups)


def _are_too_many(groups: Sequence[tuple[int, ...]], facts: int) -> bool:
    """Whether groups are more than paragraphs of so many facts, or one of several is a single fact."""
    enough = max(1, min(MOST, round(facts / FACTS)))
    return len(groups) > enough or (len(groups) > 1 and min(map(len, groups)) == 1)


def _terms(fact: Fact, language: str) -> frozenset[str]:
    return frozenset(words_in(fact.content, language) | names_in(fact.content))


def _weights(terms: Sequence[frozenset[str]]) -> dict[str, float]:
    """How much each term tells: the less, the more facts hold it."""
    held = Counter(term for some in terms for term in some)
    return {term: log(len(terms) / count) for term, count in held.items()}


def _likeness(
    one: Fact, other: Fact, terms: frozenset[str], others: frozenset[str], weights: dict[str, float]
) -> float:
    whole = sqrt(sum(weights[t] ** 2 for t in terms) * sum(weights[t] ** 2 for t in others))
    common = sum(weights[t] ** 2 for t in terms & others) / whole if whole else 0.0
    return common + SAME_WORK * one.shares_work(other) - APART * min(FAR, abs(one.place[0] - other.place[0]))


def _fit(
    pair: tuple[tuple[int, ...], tuple[int, ...]], alike: dict[tuple[int, int], float]
) -> tuple[bool, bool, float]:
    """How well two groups make one paragraph: that no fact is left alone, that it is not too long, that they are alike."""
    sizes = list(map(len, pair))
    return min(sizes) == 1, sum(sizes) <= 2 * FACTS, _of_groups(pair, alike)


def _of_groups(pair: tuple[tuple[int, ...], tuple[int, ...]], alike: dict[tuple[int, int], float]) -> float:
    """How much two groups are alike: the mean of their members; small groups are joined before large ones."""
    one, other = pair
    found = [alike[min(i, j), max(i, j)] for i in one for j in other]
    return sum(found) / len(found) / sqrt(len(one) * len(other))


# -- what says the same ------------------------------------------------------------------------------------------------


def says_same(one: Fact, other: Fact) -> bool:
    """Whether two facts say the same: of different works only where the whole sentences do, for that two did the same is news."""
    texts = one.content, other.content
    of_itself = one.own or other.own
    if not one.shares_work(other) and not of_itself:
        return fuzz.ratio(*texts) > ALIKE
    return is_alike(*texts, _share_of(one, other))


def _share_of(one: Fact, other: Fact) -> float:
    """Which share of their words two facts have in common that say the same."""
    if one.work.kind is WorkKind.PAPER and one.column and other.column:
        return COLUMNS_APART
    return SAME_WORDS[one.works == other.works]


def is_alike(one: str, other: str, share: float) -> bool:
    """Whether two statements say the same: in much the same words, or one with that ``share`` of the words of the other."""
    if fuzz.ratio(one, other) > ALIKE:
        return True
    if _runs(one) & _runs(other):
        return True
    # a line may have taken the hyphen out of a word
    texts = (text.replace("-", "") for text in (one, other))
    words, others = (words_in(text, language_of(text)) | names_in(text) for text in texts)
    fewer = min(len(words), len(others))
    return fewer >= ENOUGH_WORDS and len(words & others) >= max(ENOUGH_WORDS - 1, share * fewer)


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every ``SAME_RUN`` words in a row of a text."""
    words = text.casefold().split()
    return {tuple(words[i : i + SAME_RUN]) for i in range(len(words) - SAME_RUN + 1)}
