"""The plan of a review: what is said in which order, and what is left out first.

A paragraph is a row of steps: a topic, or a fact with its part in the paragraph.  The paper opens and closes; between them
stand the groups of works, each under its topic and by year, and what they leave open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from citegrid.core.reference import Work
from citegrid.core.statement import Kind
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.grouping import Group, Tie
from citegrid.pipeline.review.names import Names
from citegrid.pipeline.review.sentences import introduces, is_long
from citegrid.pipeline.review.terms import shared_names

#: Works whose limits make a paragraph of their own (those of fewer stand with their works), and how many come early.
ENOUGH_LIMITS, FIRST_LIMITS = 3, 2
#: Facts of the paper itself for each about others, which keeps its own under a third of the review; and how many it has at least.
OWN_SHARE, LEAST_OWN = 0.4, 3
#: Facts of one work.
MOST_OF_WORK = 4
#: Works of a group whose findings come before those of the others; sentences about works of several groups; and the rank up
#: to which a step counts for what works have in common.
MOST_EARLY, MOST_FREE, MOST_COMMON = 2, 2, 4
#: In which order the facts of a work are told.
ORDER = (
    Kind.BACKGROUND,
    Kind.AIM,
    Kind.METHOD,
    Kind.CONTRIBUTION,
    Kind.DATA,
    Kind.DETAIL,
    Kind.RESULT,
    Kind.COMPARISON,
    Kind.AVAILABILITY,
    Kind.LIMIT,
    Kind.NOTHING,
)
OPENING = (Kind.AIM, Kind.CONTRIBUTION, Kind.METHOD, Kind.BACKGROUND, Kind.DATA)
CLOSING = (Kind.RESULT, Kind.COMPARISON)
#: What the paper opens with and closes with, one fact of each.
AIMS = (Kind.AIM, Kind.BACKGROUND)
_OPENS = (AIMS, (Kind.METHOD, Kind.DATA))
_CLOSES = (CLOSING, (Kind.CONTRIBUTION,), (Kind.LIMIT,))
#: The rank of what a work did or found beyond the first.
LAST = 6
#: What is told of a work behind what it did.
_ENDING = (Kind.RESULT, Kind.LIMIT, Kind.COMPARISON)


class Role(Enum):
    """The part of a step in its paragraph."""

    OPENING = auto()
    TOPIC = auto()
    WORK = auto()
    SHARED = auto()
    LIMIT = auto()
    CLOSING = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to say: a ``fact``, or without one the topic of ``group``; the lower its ``rank``, the longer it stays.

    A topic with ``common`` says that this name links works of its group.
    """

    role: Role
    rank: int
    fact: Fact | None = None
    group: Group | None = None
    common: str | None = None

    @property
    def works(self) -> tuple[Work, ...]:
        """The works it speaks of."""
        if self.fact is not None:
            return self.fact.works
        return self.group.works if self.group is not None else ()


Paragraph = tuple[Step, ...]


def plan(
    facts: Sequence[Fact], together: Sequence[Fact], groups: Sequence[Group], names: Names
) -> tuple[Paragraph, ...]:
    """The paragraphs of a review of ``facts``; ``together`` say one thing of several works."""
    others = [fact for fact in facts if not names.is_own(fact.work)]
    opening, closing = _of_paper([fact for fact in facts if names.is_own(fact.work)], len(others))
    apart = _limits_apart(others, groups)
    placed, free = _placed(groups, together)
    paragraphs = [
        tuple(Step(Role.OPENING, i, fact) for i, fact in enumerate(opening)),
        *_of_groups(names.language, groups, [fact for fact in others if fact not in apart], placed),
        (*_of_several(free[:MOST_FREE]), *_of_limits(apart)),
        tuple(_of_closing(closing)),
    ]
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _of_paper(own: Sequence[Fact], others: int) -> tuple[list[Fact], list[Fact]]:
    """What the paper opens with (what it is after, and how it goes about it), and what it closes with (what it found, added and
    left open); one of each, and not too much beside so many facts about others."""
    opening = [fact for kinds in _OPENS if (fact := _first(own, kinds))]
    opening = opening or [fact for fact in [_first(own, OPENING) or _first(own, tuple(Kind))] if fact]
    left = [fact for fact in own if fact not in opening]
    closing = [fact for kinds in _CLOSES if (fact := _first(left, kinds))]
    most = max(LEAST_OWN, int(others * OWN_SHARE))
    return opening, closing[: max(1, most - len(opening))]


def _first(facts: Sequence[Fact], kinds: Sequence[Kind]) -> Fact | None:
    """The first fact of one of ``kinds``, those that the table holds before others."""
    fitting = (fact for fact in facts if fact.kind in kinds)
    return min(fitting, key=lambda fact: (not fact.column, not fact.trusted), default=None)


def _limits_apart(facts: Sequence[Fact], groups: Sequence[Group]) -> list[Fact]:
    """The limits of works that make a paragraph of their own, one of each work."""
    found = _first_of_each([fact for fact in facts if fact.kind is Kind.LIMIT and fact.trusted], groups)
    return found if len(found) >= ENOUGH_LIMITS else []


def _of_several(facts: Sequence[Fact]) -> Iterator[Step]:
    """What is said of several works at once."""
    yield from (Step(Role.SHARED, 2 + (not fact.trusted), fact) for fact in facts)


def _placed(groups: Sequence[Group], together: Sequence[Fact]) -> tuple[list[list[Fact]], list[Fact]]:
    """For each group what is said of several of its works at once, at most one sentence; and what spans several groups."""
    free = sorted(together, key=lambda fact: (not fact.trusted, len(fact.works)))
    placed: list[list[Fact]] = []
    for group in groups:
        ids = {work.id for work in group.works}
        best = next((fact for fact in free if all(work.id in ids for work in fact.works)), None)
        placed.append([best] if best else [])
        free = [fact for fact in free if fact is not best]
    return placed, free


def _of_groups(
    language: str, groups: Sequence[Group], facts: Sequence[Fact], placed: Sequence[Sequence[Fact]]
) -> Iterator[Paragraph]:
    late = {work.id for group in groups for work in group.works[MOST_EARLY:]}
    for group, shared in zip(groups, placed, strict=True):
        said = [
            tuple(_of_work([f for f in facts if f.work.id == w.id], language, late=w.id in late)) for w in group.works
        ]
        steps = [step for of_work in said for step in of_work]
        if steps:
            topic = [Step(Role.TOPIC, 0, group=group)] if _has_topic(group, said) else []
            common = _common(group, steps) if topic else []
            yield (*topic, *common, *steps, *_of_several(shared)) if topic else (*_of_several(shared), *steps)


def _has_topic(group: Group, said: Sequence[Paragraph]) -> bool:
    """Whether a paragraph needs a topic: it tells of two works or more, and something links them."""
    told = sum(bool(of_work) for of_work in said)
    return told > 1 and group.tie is not Tie.NOTHING


def _common(group: Group, steps: Sequence[Step]) -> list[Step]:
    """That a name, such as that of a data set, stands in what is said of several works of the group."""
    texts: dict[str, list[str]] = {}
    for step in steps:
        if step.fact is not None and step.rank <= MOST_COMMON:
            texts.setdefault(step.fact.work.id, []).append(step.fact.said.text)
    found = [(ids, name) for name, ids in shared_names(texts).items() if name not in group.topic]
    best = max(found, key=lambda pair: (len(pair[0]), pair[1]), default=None)
    return [Step(Role.TOPIC, 4, group=group, common=best[1])] if best else []


def _place(fact: Fact, language: str) -> tuple[bool, bool, bool, int, bool]:
    """Where a fact stands among those of its work: what was found behind what was done, what the table has before what it
    has not, and what introduces the work before the rest."""
    ending, further = fact.kind in _ENDING, not fact.column
    return ending, further, not introduces(fact, language), ORDER.index(fact.kind), not fact.trusted


def _of_work(facts: Sequence[Fact], language: str, *, late: bool) -> Iterator[Step]:
    """The facts of one work: the first of what it did, and the first of what it found, before any other; ``late`` says that
    other works of its group come first."""
    told = sorted(facts, key=lambda fact: _place(fact, language))
    seen: set[bool] = set()
    for fact in told[:MOST_OF_WORK]:
        ending = fact.kind in _ENDING
        rank = LAST if ending in seen else _rank(fact, late=late) if seen else 1
        seen.add(ending)
        yield Step(Role.LIMIT if fact.kind is Kind.LIMIT else Role.WORK, rank + (not fact.trusted), fact)


def _rank(fact: Fact, *, late: bool) -> int:
    """The rank of what a work found: figures come before words, works that come first before others, and
    what is short before what is long."""
    figures = fact.kind is Kind.RESULT and any(c.isdigit() for c in fact.said.text)
    return 3 - figures + late + is_long(fact)


def _first_of_each(facts: Sequence[Fact], groups: Sequence[Group]) -> list[Fact]:
    """The first fact of each work, in the order in which the groups tell of the works."""
    first: dict[str, Fact] = {}
    for fact in facts:
        first.setdefault(fact.work.id, fact)
    order = [work.id for group in groups for work in group.works]
    return sorted(first.values(), key=lambda f: order.index(f.work.id) if f.work.id in order else len(order))


def _of_limits(limits: Sequence[Fact]) -> Iterator[Step]:
    """What works leave open."""
    for i, fact in enumerate(limits):
        yield Step(Role.LIMIT, 2 if i < FIRST_LIMITS else 5, fact)


def _of_closing(own: Sequence[Fact]) -> Iterator[Step]:
    """What the paper finds and adds, its own limits last."""
    yield from (Step(Role.CLOSING, 3 * (i > 0), fact) for i, fact in enumerate(own))
