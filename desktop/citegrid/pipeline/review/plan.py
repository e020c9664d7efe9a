"""The plan of a review: what is said, in which paragraphs and in which order.

The paper opens with what it is after and closes with what it found; between them stand the works, in paragraphs of what is
said on one question, each in the order of its paper's own argument, and what the works leave open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from citegrid.core.statement import Kind
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.threads import says_same, threads_of

#: What a fact is worth more for each work of which nothing is told yet, for two at most; and for each further work, as what is
#: said of several at once tells what they have in common; and less for each time that its works were told of.
NEW, MOST_NEW, SHARED, AGAIN = 0.5, 2, 0.2, 0.15
#: What a fact must be worth, all in all.
LEAST_WORTH = 0.0
#: The most sentences about the paper itself, as a share; and of those that hold what it found against works.
MOST_OWN, MOST_HELD = 0.33, 2
#: How many there are however few are about works.
LEAST_OWN = 4
#: What a further fact must be worth that the paper closes with.
LEAST_CLOSING = 0.55
#: What the paper opens with, what it says is open, and what it closes with: the best of each.
OPENS = ((Kind.AIM,), (Kind.CONTRIBUTION, Kind.METHOD), (Kind.BACKGROUND, Kind.DATA))
OPEN = ((Kind.LIMIT,),)
FOUND = (Kind.RESULT, Kind.COMPARISON, Kind.CONTRIBUTION)
CLOSES = ((Kind.RESULT, Kind.COMPARISON), (Kind.CONTRIBUTION,), (Kind.LIMIT,))


@dataclass(frozen=True, slots=True)
class Plan:
    """The facts of a review by paragraph: of the paper at first, of works, of the paper at last."""

    opening: tuple[Fact, ...]
    body: tuple[tuple[Fact, ...], ...]
    closing: tuple[Fact, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts in their order."""
        return (*self.opening, *(fact for thread in self.body for fact in thread), *self.closing)


def plan(facts: Sequence[Fact], names: Names, room: int, length: Callable[[Fact], int]) -> Plan:
    """What a review says of ``facts`` that has ``room`` for so much, as ``length`` measures one of them."""
    of_works, of_paper = _parted(facts, lambda fact: names.is_own(fact.work))
    of_others, own = _parted(sorted(of_paper, key=lambda fact: -fact.worth), lambda fact: fact.own)
    opening = _first_of([*own, *of_others], OPENS, ())[:1]
    closing = _first_of([fact for fact in own if fact not in opening], CLOSES, ())
    closing = (*closing[:1], *(fact for fact in closing[1:] if fact.worth >= LEAST_CLOSING))
    closing = tuple(sorted(closing, key=lambda fact: (fact.kind is Kind.LIMIT, -fact.worth)))
    gap = _first_of(of_others, OPEN, (*opening, *closing))
    said = (*opening, *gap, *closing)
    told, held_against = _parted(chosen(of_works, said, room - sum(map(length, said)), length), is_held_against)
    kept = (*opening, *closing[:1], *gap, *closing[1:])[: max(LEAST_OWN, len(told + held_against) // 2)]
    threads = threads_of(told, names.language)
    open_ones = [fact for fact in gap if fact in kept]
    body = (*threads[:-1], *((*last, *open_ones) for last in threads[-1:]))
    return Plan(opening, body, (*closing[:1], *held_against, *(fact for fact in closing[1:] if fact in kept)))


def _parted(facts: Sequence[Fact], holds: Callable[[Fact], bool]) -> tuple[list[Fact], list[Fact]]:
    """The facts of which something does not hold, and those of which it does."""
    parts: tuple[list[Fact], list[Fact]] = [], []
    for fact in facts:
        parts[holds(fact)].append(fact)
    return parts


def is_held_against(fact: Fact) -> bool:
    """Whether a fact holds what the paper itself found against works."""
    return fact.own and fact.kind in FOUND


def _first_of(facts: Sequence[Fact], parts: Sequence[Sequence[Kind]], said: Sequence[Fact]) -> tuple[Fact, ...]:
    """For each of ``parts`` the first fact of one of its kinds that says something new."""
    found: list[Fact] = []
    for kinds in parts:
        fresh = (f for f in facts if f.kind in kinds and not any(says_same(f, known) for known in (*said, *found)))
        found += [fact for fact in [next(fresh, None)] if fact is not None]
    return tuple(found)


def chosen(facts: Sequence[Fact], said: Sequence[Fact], room: int, length: Callable[[Fact], int]) -> list[Fact]:
    """The facts that are worth most together, as long as there is room: new works before known ones, nothing twice, and not
    too much about the paper itself."""
    taken: list[Fact] = []
    left = list(facts)
    told: Counter[str] = Counter()
    while left and room > 0:
        ready = (fact for fact in left if _is_ready(fact, taken))
        best = max(ready, key=lambda fact: _gain(fact, told), default=None)
        if best is None or _gain(best, told) < LEAST_WORTH:
            break
        left.remove(best)
        if length(best) <= room and _is_fresh(best, said, taken):
            taken.append(best)
            told.update(work.id for work in best.works)
            room -= length(best)
    return taken


def _is_ready(fact: Fact, taken: Sequence[Fact]) -> bool:
    """Whether a fact is understood by itself, or behind one that is told."""
    return not fact.leaning or any(map(fact.follows, taken))


def _is_fresh(fact: Fact, said: Sequence[Fact], taken: Sequence[Fact]) -> bool:
    """Whether a fact says something new, and not too much about the paper itself."""
    if fact.own:
        held_against = sum(map(is_held_against, taken))
        own = len(said) + sum(known.own for known in taken) - held_against
        if held_against >= MOST_HELD if is_held_against(fact) else own >= MOST_OWN * (len(said) + len(taken)):
            return False
    return not any(says_same(fact, known) for known in (*said, *taken))


def _gain(fact: Fact, told: Counter[str]) -> float:
    """What a fact adds to what is told: ``told`` counts the facts of each work."""
    new = sum(told[work.id] == 0 for work in fact.works)
    again = sum(told[work.id] for work in fact.works) / len(fact.works)
    return fact.worth + NEW * min(new, MOST_NEW) + SHARED * (len(fact.works) > 1) - AGAIN * again
