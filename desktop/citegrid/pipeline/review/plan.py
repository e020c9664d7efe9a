"""The plan of a review: what is said, in which paragraphs and in which order.

The paper opens with its problem and what it is after, and closes with what is open, what it brings, what it found and what it
leaves open.  Between them stand the works, in runs of the paper's own sentences: what stands together there stands together here,
a run at a time, the runs of one paragraph in one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from citegrid.core.statement import Kind
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.facts import LAST, Fact, parted
from citegrid.pipeline.review.phrases import OWN_VOICE
from citegrid.pipeline.review.terms import words_in
from citegrid.pipeline.review.threads import says_same, threads_of

#: What a fact is worth more for each work of the table of which nothing is told yet, for two at most; and for each further work,
#: as what is said of several at once tells what they have in common; and less for each time that its works were told of, and
#: where none of them is in the table.
NEW, MOST_NEW, SHARED, AGAIN, BEYOND = 0.5, 2, 0.2, 0.1, 0.15
#: What it counts that a sentence stands behind the one it stands behind in the paper, and that it is the first that is told of its
#: paragraph; and what it takes to begin a further paragraph, one near what is told, and to go on in one for long.
NEXT, LEADS, BEGINS, NEAR = 0.3, 0.3, 0.8, 0.4
#: The most sentences of a run; from how many on a further one of a paragraph is worth less, by how much.
LONGEST_RUN, ENOUGH, TOO_MANY = 6, 3, 0.3
#: What each run takes beside its words, as a share of the room.
PLACE = 0.06
#: What a run must be worth.
LEAST_WORTH = 0.3
#: The most sentences that hold what the paper found against works.
MOST_HELD = 2
#: How many there are about the paper itself however few are about works.
LEAST_OWN = 5
#: What a further fact must be worth that the paper closes with, and what it says is open.
LEAST_CLOSING, LEAST_OPEN = 0.55, 0.35
#: How far into a paper stands what it says of its field; how many words its problem shares with what it is after, and what that is told by.
EARLY, SHARED_WORDS = 0.35, 2
PROBLEM = (Kind.BACKGROUND, Kind.LIMIT)
#: What the paper opens with, what it says is open, and what it closes with: the best of each.
OPENS = ((Kind.AIM, Kind.CONTRIBUTION, Kind.METHOD),)
OPEN = ((Kind.LIMIT,),)
FOUND = (Kind.RESULT, Kind.COMPARISON, Kind.CONTRIBUTION)
BRINGS = ((Kind.CONTRIBUTION,),)
FINDS = ((Kind.RESULT, Kind.COMPARISON), (Kind.RESULT, Kind.COMPARISON))
#: What an aim is worth more than what else a paper may open with, and what one may be worth less that stands before others.
AIM, NEARLY = 0.25, 0.4

Length = Callable[[Fact], int]
Run = tuple[Fact, ...]


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
    of_works, own = parted(facts, lambda fact: fact.own)
    against, of_paper = parted(own, lambda fact: names.is_own(fact.work))
    of_paper.sort(key=lambda fact: -fact.worth)
    aim = _first_of(_openers(of_paper), OPENS, ())
    early = EARLY * max((fact.place[1] for fact in facts if fact.place != LAST), default=0)
    general = sorted((fact for fact in of_works if fact.place[1] <= early), key=lambda fact: fact.place)
    problem = _problem([fact for fact in _first(general) if _is_about(fact, aim or of_paper, names.language)], general)
    closing = _closing([fact for fact in of_paper if fact not in aim], aim)
    open_ones = [fact for fact in general if fact.worth >= LEAST_OPEN and not (fact.leaning or fact.cites)]
    gap = _first_of(sorted(open_ones, key=lambda fact: -fact.worth), OPEN, (*problem, *aim, *closing))
    said = (*problem, *aim, *gap, *closing)
    taken = chosen(of_works, said, room - sum(map(length, said)), length)
    told = sorted(filter(is_held_against, against), key=lambda fact: -fact.worth)
    held = _first_of(told, (FOUND,) * MOST_HELD, (*said, *taken))
    last = (*closing[: max(1, LEAST_OWN - len(aim), len(taken) // 2)], *held)
    return Plan((*problem, *aim), threads_of(taken, names.language), (*gap, *sorted(last, key=_closes)))


def _problem(facts: Sequence[Fact], general: Sequence[Fact]) -> Run:
    """What the paper says first of its field, one of ``facts``, and the one of ``general`` behind it."""
    first = next((fact for fact in facts if fact.kind in PROBLEM and not fact.leaning), None)
    return () if first is None else (first, *(fact for fact in general if fact.kind in PROBLEM and fact.follows(first)))


def _first(facts: Sequence[Fact]) -> list[Fact]:
    """Of ``facts`` in their order the first of each paragraph."""
    return list({fact.place[0]: fact for fact in reversed(facts)}.values())[::-1]


def _is_about(fact: Fact, own: Sequence[Fact], language: str) -> bool:
    """Whether a fact shares words with the title of the paper, or with what it is after."""
    wanted = {word for one in own[:1] for word in words_in(f"{one.work.title}. {one.content}", language)}
    return not wanted or len(wanted & words_in(fact.content, language)) >= SHARED_WORDS


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


def is_held_against(fact: Fact) -> bool:
    """Whether a fact holds what the paper itself found against works."""
    return fact.own and fact.kind in FOUND and fact.worth >= LEAST_OPEN


def _first_of(facts: Sequence[Fact], parts: Sequence[Sequence[Kind]], said: Sequence[Fact]) -> tuple[Fact, ...]:
    """For each of ``parts`` the first fact of one of its kinds that says something new."""
    found: list[Fact] = []
    for kinds in parts:
        fresh = (f for f in facts if f.kind in kinds and not any(says_same(f, known) for known in (*said, *found)))
        found += [fact for fact in [next(fresh, None)] if fact is not None]
    return tuple(found)


# -- runs --------------------------------------------------------------------------------------------------------------


def chosen(facts: Sequence[Fact], said: Sequence[Fact], room: int, length: Length) -> list[Fact]:
    """The facts of the runs that are worth most for their length, as long as there is room, nothing twice."""
    taken: list[Fact] = []
    place = PLACE * room
    left = [run for run in _runs(facts) if not any(says_same(fact, known) for fact in run for known in said)]
    needed = {fact: length(fact) for run in left for fact in run}
    leads = _first([run[0] for run in left])
    while True:
        fresh = {run: [fact for fact in run if fact not in taken] for run in left}
        left = [run for run, its in fresh.items() if its and sum(map(needed.__getitem__, its)) <= room]
        rates = {run: _gain(run, taken, leads) / (place + sum(map(needed.__getitem__, fresh[run]))) for run in left}
        best = max(left, key=rates.__getitem__, default=())
        if not best or _gain(best, taken, leads) < LEAST_WORTH:
            return taken
        left.remove(best)
        new = fresh[best]
        if not any(says_same(fact, known) for at, fact in enumerate(new) for known in (*taken, *new[:at])):
            taken += new
            room -= sum(map(needed.__getitem__, new))


def _runs(facts: Sequence[Fact]) -> Iterator[Run]:
    """Every run of sentences of one paragraph that can be told by itself, and that cites a work."""
    for _, members in groupby(sorted(facts, key=lambda fact: fact.place), lambda fact: fact.place[0]):
        paragraph = list(members)
        for start, first in enumerate(paragraph):
            for end in range(start + 1, min(len(paragraph), start + LONGEST_RUN) + 1):
                run = tuple(paragraph[start:end])
                if first.leaning or not (len(run) == 1 or _goes_on(*run[-2:])):
                    break
                if any(fact.cites for fact in run):
                    yield run


def _goes_on(one: Fact, other: Fact) -> bool:
    """Whether a fact can be told right behind one that stands before it in its paragraph."""
    return other.follows(one) or not other.leaning


def _gain(run: Run, taken: Sequence[Fact], leads: Collection[Fact]) -> float:
    """What a run adds to what is ``taken``; ``leads`` are what stands first in each paragraph."""
    told = Counter(work.id for fact in taken for work in fact.works)
    before = [fact for fact in taken if fact.place[0] == run[0].place[0]]
    near = any(abs(fact.place[0] - run[0].place[0]) <= 2 for fact in taken)
    begins = not before and run[0].place != LAST
    gain = NEXT * sum(other.follows(one) for one, other in pairwise(run)) - begins * (NEAR if near else BEGINS)
    gain += LEADS * (begins and run[0] in leads)
    for fact in run:
        if fact not in taken:
            gain += _worth(fact, told) - TOO_MANY * max(0, len(before) - ENOUGH)
            told.update(work.id for work in fact.works)
            before.append(fact)
    return gain


def _worth(fact: Fact, told: Counter[str]) -> float:
    """What a fact is worth beside what is ``told`` of works."""
    if not fact.cites:
        return fact.worth
    new = 0 if fact.beyond else sum(told[work.id] == 0 for work in fact.works)
    again = sum(told[work.id] for work in fact.works) / len(fact.works)
    several = SHARED * (len(fact.works) > 1)
    return fact.worth + NEW * min(new, MOST_NEW) + several - AGAIN * again - BEYOND * fact.beyond
