"""The plan of a review: what is said, in which paragraphs and in which order.

The paper opens with what it is after and closes with what it brings, what it found and what it leaves open; between them stand
the works, in paragraphs of what is said on one question, each in the order of its paper's own argument and opened by what the
paper says of that question, and what the works leave open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from citegrid.core.statement import Kind
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.facts import LAST, Fact
from citegrid.pipeline.review.phrases import OWN_VOICE
from citegrid.pipeline.review.threads import says_same, threads_of

#: What a fact is worth more for each work of the table of which nothing is told yet, for two at most; and for each further work,
#: as what is said of several at once tells what they have in common; for standing in a paragraph of which something is told; and
#: less for each time that its works were told of, and where none of them is in the table.
NEW, MOST_NEW, SHARED, TOGETHER, AGAIN, BEYOND = 0.5, 2, 0.2, 0.15, 0.15, 0.15
#: What a fact must be worth, all in all.
LEAST_WORTH = -0.6
#: The most sentences about the paper itself, as a share; and of those that hold what it found against works.
MOST_OWN, MOST_HELD = 0.33, 2
#: How many there are however few are about works.
LEAST_OWN = 5
#: What a further fact must be worth that the paper closes with, and what it says is open.
LEAST_CLOSING, LEAST_OPEN = 0.55, 0.35
#: The most sentences that are told for the sake of one that leans on them, and facts of a paragraph from which it is opened by
#: what the paper says before them.
MOST_BEFORE, LED = 2, 2
#: What the paper opens with, what it says is open, and what it closes with: the best of each.
OPENS = ((Kind.AIM, Kind.CONTRIBUTION, Kind.METHOD), (Kind.BACKGROUND, Kind.DATA))
OPEN = ((Kind.LIMIT,),)
FOUND = (Kind.RESULT, Kind.COMPARISON, Kind.CONTRIBUTION)
BRINGS = ((Kind.CONTRIBUTION,),)
FINDS = ((Kind.RESULT, Kind.COMPARISON), (Kind.RESULT, Kind.COMPARISON))
#: What an aim is worth more than what else a paper may open with, and what one may be worth less that stands before others.
AIM, NEARLY = 0.25, 0.4

Length = Callable[[Fact], int]


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


def plan(facts: Sequence[Fact], names: Names, room: int, length: Length) -> Plan:
    """What a review says of ``facts`` that has ``room`` for so much, as ``length`` measures one of them."""
    of_works, of_paper = _parted(facts, lambda fact: names.is_own(fact.work))
    context, own = _parted(sorted(of_paper, key=lambda fact: -fact.worth), lambda fact: fact.own)
    opening, gap, closing = _of_itself(context, own)
    said = (*opening, *gap, *closing)
    taken = _with_leads(of_works, context, said, room - sum(map(length, said)), length)
    told, held_against = _parted(taken, is_held_against)
    kept = (*opening, *closing[:1], *gap, *closing[1:])[: max(LEAST_OWN, len(taken) // 2)]
    threads = threads_of(told, names.language)
    open_ones = [fact for fact in gap if fact in kept]
    body = (*threads[:-1], *((*last, *open_ones) for last in threads[-1:]))
    last = sorted((*held_against, *(fact for fact in closing if fact in kept)), key=_closes)
    return Plan(opening, body, tuple(last))


def _of_itself(context: Sequence[Fact], own: Sequence[Fact]) -> tuple[tuple[Fact, ...], ...]:
    """What the paper opens with, what it says is open, and what it closes with, of what it says of its field and of itself."""
    alone = [fact for fact in context if not fact.leaning]
    first = sorted(alone, key=lambda fact: fact.place)
    opening = _first_of(_openers(own), OPENS[:1], ()) or _first_of(first, OPENS[1:], ())
    closing = _closing([fact for fact in own if fact not in opening], opening)
    gap = _first_of([fact for fact in alone if fact.worth >= LEAST_OPEN], OPEN, (*opening, *closing))
    return opening, gap, closing


def _openers(own: Sequence[Fact]) -> list[Fact]:
    """What the paper may open with: the first of what is worth nearly most, as a paper says first what it is after; where it says
    such things in its own voice, of these."""
    found = [fact for fact in own if fact.kind in OPENS[0]]
    found = [fact for fact in found if OWN_VOICE.search(fact.said.text)] or found
    most = max(map(_opens, found), default=0.0)
    return sorted((fact for fact in found if _opens(fact) >= most - NEARLY), key=lambda fact: fact.place)


def _opens(fact: Fact) -> float:
    """What a fact is worth to open with."""
    return fact.worth + AIM * (fact.kind is Kind.AIM)


def _closes(fact: Fact) -> tuple[int, float]:
    """Where a fact stands at the end: what the paper brings, what it finds, what it holds against works, what is open."""
    kinds = (Kind.CONTRIBUTION, Kind.RESULT, Kind.COMPARISON)
    return (kinds.index(fact.kind) if fact.kind in kinds else len(kinds)), -fact.worth


def _closing(own: Sequence[Fact], opening: Sequence[Fact]) -> tuple[Fact, ...]:
    """What the paper closes with, its main finding first: a finding may say what the opening does, as it says that it holds."""
    found = _first_of(own, FINDS, ())
    brings = _first_of(own, BRINGS, (*opening, *found))
    leaves = _first_of(own, OPEN, (*opening, *found, *brings))
    said = (*found, *brings, *leaves)
    return (*said[:1], *(fact for fact in said[1:] if fact.worth >= LEAST_CLOSING))


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


def _with_leads(
    facts: Sequence[Fact], context: Sequence[Fact], said: Sequence[Fact], room: int, length: Length
) -> list[Fact]:
    """The facts that are chosen, with what opens their paragraphs: room is kept for that."""
    leads = _leads(chosen(facts, context, said, room, length), context)
    taken = chosen(facts, context, said, room - sum(map(length, leads)), length)
    return [*taken, *(fact for fact in _leads(taken, leads) if _is_fresh(fact, said, taken))]


def _leads(taken: Sequence[Fact], context: Sequence[Fact]) -> list[Fact]:
    """Of each paragraph of which several facts are told what the paper says before them, at its beginning."""
    found: dict[int, Fact] = {}
    for fact in sorted(context, key=lambda fact: fact.place, reverse=True):
        near = sorted(one.place for one in taken if one.place[0] == fact.place[0])
        if all((len(near) >= LED, not fact.leaning, fact.place < min(near, default=LAST))):
            found[fact.place[0]] = fact
    return list(found.values())


def chosen(
    facts: Sequence[Fact], context: Sequence[Fact], said: Sequence[Fact], room: int, length: Length
) -> list[Fact]:
    """The facts that are worth most together, as long as there is room: new works before known ones, nothing twice, and not
    too much about the paper itself; what leans on a sentence stands behind it."""
    taken: list[Fact] = []
    left = list(facts)
    at = {fact.place[1]: fact for fact in (*context, *facts)}
    told: Counter[str] = Counter()
    paragraphs = {LAST[0]}
    while left and room > 0:
        best = max(left, key=lambda fact: _gain(fact, told, paragraphs))
        if _gain(best, told, paragraphs) < LEAST_WORTH:
            break
        left.remove(best)
        chain = _chain(best, at, taken)
        needed = sum(map(length, chain))
        if needed <= room and all(_is_fresh(fact, said, taken) for fact in chain):
            taken += chain
            told.update(work.id for fact in chain for work in fact.works)
            paragraphs |= {fact.place[0] for fact in chain}
            room -= needed
    return taken


def _chain(fact: Fact, at: Mapping[int, Fact], taken: Sequence[Fact]) -> list[Fact]:
    """A fact behind what it leans on, as far as that is not told; nothing where that cannot be told; ``at`` are facts by the
    numbers of their sentences."""
    needed = [fact]
    while needed[0].leaning and at.get(needed[0].place[1] - 1) not in taken:
        before = at.get(needed[0].place[1] - 1)
        if before is None or len(needed) > MOST_BEFORE:
            return []
        needed.insert(0, before)
    return needed


def _is_fresh(fact: Fact, said: Sequence[Fact], taken: Sequence[Fact]) -> bool:
    """Whether a fact says something new, and not too much about the paper itself."""
    if fact.own:
        held_against = sum(map(is_held_against, taken))
        own = len(said) + sum(known.own for known in taken) - held_against
        if held_against >= MOST_HELD if is_held_against(fact) else own >= MOST_OWN * (len(said) + len(taken)):
            return False
    return not any(says_same(fact, known) for known in (*said, *taken))


def _gain(fact: Fact, told: Counter[str], paragraphs: set[int]) -> float:
    """What a fact adds to what is told: ``told`` counts the facts of each work, ``paragraphs`` are those that are told of."""
    new = 0 if fact.beyond else sum(told[work.id] == 0 for work in fact.works)
    again = sum(told[work.id] for work in fact.works) / len(fact.works)
    near = TOGETHER * (fact.place[0] in paragraphs) + SHARED * (len(fact.works) > 1)
    return fact.worth + NEW * min(new, MOST_NEW) + near - AGAIN * again - BEYOND * fact.beyond
