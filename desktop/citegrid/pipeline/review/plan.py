"""The plan of a review: what is said, in which paragraphs and in which order.

The paper opens with its problem and what it is after, and closes with what is open, what it brings, what it found and what it
leaves open.  Between them stand the works, in runs of the paper's own sentences: what stands together there stands together here,
a run at a time, the runs of one paragraph in one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, filterfalse, groupby, islice, pairwise

from citegrid.core.statement import Kind
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.facts import LAST, Fact, parted
from citegrid.pipeline.review.phrases import OWN_VOICE
from citegrid.pipeline.review.terms import words_in
from citegrid.pipeline.review.threads import says_same, threads_of

#: What a fact is worth more for each work of the table of which nothing is told yet, for two at most; and for each further work,
#: as what is said of several at once tells what they have in common; and less for each time that its works were told of, and
#: where none of them is in the table.
NEW, MOST_NEW, SHARED, AGAIN, BEYOND = 0.8, 2, 0.2, 0.1, 0.3
#: What it counts that a sentence stands behind the one it stands behind in the paper, and that it is the first that is told of its
#: paragraph.
NEXT, LEADS = 0.3, 0.3
#: What it takes to go on in a paragraph, to begin one right behind what is told, or further away: so many paragraphs.
BEGINS, FAR = (0.0, 0.4, 0.4, 0.8), 3
#: The most sentences of a run; from how many on a further one of a paragraph is worth less, by how much.
LONGEST_RUN, ENOUGH, TOO_MANY = 6, 3, 0.3
#: So many sentences in a row never cite nobody.
UNCITED = 3
#: What each run takes beside its words, as a share of the room.
PLACE = 0.06
#: What a run must be worth.
LEAST_WORTH = 0.3
#: The most sentences that hold what the paper found against works.
MOST_HELD = 2
#: What a further fact must be worth that the paper closes with, and what it says is open.
LEAST_CLOSING, LEAST_OPEN = 0.7, 0.35
#: What a finding is worth more that says how much.
MEASURED = 0.4
#: What a sentence about works is worth more that tells of a drawback, or of no gain.
CONTRARY = 0.25
#: How far into a paper stands what it says of its field; how many words its problem shares with what it is after, and what that is told by.
EARLY, SHARED_WORDS = 0.35, 2
PROBLEM = (Kind.BACKGROUND, Kind.LIMIT)
#: What the paper opens with, what it says is open, and what it closes with: the best of each.
OPENS = ((Kind.AIM, Kind.CONTRIBUTION, Kind.METHOD),)
OPEN = ((Kind.LIMIT,),)
FOUND = (Kind.RESULT, Kind.COMPARISON, Kind.CONTRIBUTION)
BRINGS = ((Kind.CONTRIBUTION,),)
FINDS = ((Kind.RESULT, Kind.COMPARISON), (Kind.RESULT, Kind.COMPARISON))
CLOSES = {Kind.CONTRIBUTION: 0, Kind.RESULT: 1, Kind.COMPARISON: 2}
#: What each must be worth that it opens with: what a paper does may be any step of it.
LEAST_OPENS = {Kind.AIM: 0.0, Kind.CONTRIBUTION: 0.0, Kind.METHOD: 1.0}
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
    of_works, own = parted(sorted(facts, key=lambda fact: -fact.worth), lambda fact: fact.own)
    against, of_paper = parted(own, lambda fact: names.is_own(fact.work))
    aim = _first_of(_openers(of_paper), OPENS, ())
    general = _early(of_works)
    problem = _problem(general, aim or tuple(of_paper[:1]), names.language)
    closing = _closing([fact for fact in of_paper if fact not in aim], (*aim, *problem))
    gap = _first_of(_open_ones([*general, *_early(of_paper)]), OPEN, (*problem, *aim, *closing))
    framed = (*problem, *aim, *gap, *closing)
    held = _first_of(list(filter(is_held_against, against)), (FOUND,) * MOST_HELD, framed)
    said = (*framed, *held)
    taken = chosen(of_works, said, room - sum(map(length, said)), length)
    last = sorted((*closing, *held), key=_closes)
    return Plan((*problem, *aim), threads_of(taken, names.language), (*gap, *last))


def _early(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that stand where a paper tells of its field."""
    last = max((fact.place[1] for fact in facts if fact.place != LAST), default=0)
    return [fact for fact in facts if fact.place[1] <= EARLY * last]


def _open_ones(general: Sequence[Fact]) -> list[Fact]:
    """The facts that may tell what a field leaves open, and not a work: that stand alone, and not behind what is said of one."""
    behind = {fact.place[1] + 1 for fact in general if fact.cites}
    return [fact for fact in general if fact.worth >= LEAST_OPEN and not _hangs(fact, behind)]


def _hangs(fact: Fact, behind: Collection[int]) -> bool:
    return any((fact.leaning, fact.cites, fact.place[1] in behind))


def _problem(general: Sequence[Fact], own: Sequence[Fact], language: str) -> Run:
    """What the paper says first of its field in one of its paragraphs, and what stands behind that; it shares words with the title
    of the paper or with what it is after, of its ``own``."""
    told = [fact for fact in general if fact.kind in PROBLEM]
    wanted = words_in(" ".join(f"{one.work.title}. {one.content}" for one in own), language)
    begins = (fact for fact in _first_of_paragraphs(general) if fact in told and not fact.leaning)
    near = (fact for fact in begins if len(wanted & words_in(fact.content, language)) >= min(SHARED_WORDS, len(wanted)))
    return tuple(one for first in islice(near, 1) for one in (first, *filter(lambda one: one.follows(first), told)))


def _first_of_paragraphs(facts: Iterable[Fact]) -> list[Fact]:
    """Of each paragraph the fact that stands first in it."""
    found: dict[int, Fact] = {}
    for fact in sorted(facts, key=lambda fact: fact.place):
        found.setdefault(fact.place[0], fact)
    return list(found.values())


def _openers(own: Sequence[Fact]) -> list[Fact]:
    """What the paper may open with: the first of what is worth nearly most, as a paper says first what it is after; where it says
    such things in its own voice, of these."""
    of_kinds = [fact for fact in own if fact.kind in OPENS[0]]
    likely = list(filter(_may_open, of_kinds)) or of_kinds
    silent, voiced = parted(likely, lambda fact: OWN_VOICE.search(fact.said.text) is not None)
    found = voiced or silent
    most = max(map(_opens, found), default=0.0)
    return sorted((fact for fact in found if _opens(fact) >= most - NEARLY), key=lambda fact: fact.place)


def _may_open(fact: Fact) -> bool:
    return bool(fact.column) or fact.worth >= LEAST_OPENS[fact.kind]


def _opens(fact: Fact) -> float:
    """What a fact is worth to open with."""
    return fact.worth + AIM * (fact.kind is Kind.AIM)


def _closes(fact: Fact) -> tuple[int, float]:
    """Where a fact stands at the end: what the paper brings, what it finds, what it holds against works, what is open."""
    return CLOSES.get(fact.kind, len(CLOSES)), -fact.worth


def _closing(own: Sequence[Fact], opening: Sequence[Fact]) -> tuple[Fact, ...]:
    """What the paper closes with, its main finding first: a finding may say what the opening does, as it says that it holds."""
    found = _first_of(sorted(own, key=lambda fact: -fact.worth - MEASURED * fact.measured), FINDS, ())
    brings = _first_of(own, BRINGS, (*opening, *found))
    late = list(filterfalse(_early(own).__contains__, own))  # what it says early is what others left open
    leaves = _first_of(late, OPEN, (*opening, *found, *brings))
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
        found += islice(fresh, 1)
    return tuple(found)


# -- runs --------------------------------------------------------------------------------------------------------------


def chosen(facts: Sequence[Fact], said: Sequence[Fact], room: int, length: Length) -> list[Fact]:
    """The facts of the runs that are worth most for their length, as long as there is room, nothing twice."""
    costs = {fact: length(fact) for fact in facts if not any(says_same(fact, known) for known in said)}
    runs = [run for run in _runs(facts) if costs.keys() >= set(run)]
    taking = _Taking(costs, _first_of_paragraphs(chain.from_iterable(runs)), PLACE * room, room)
    while (best := max(runs, key=taking.rate, default=())) and taking.rate(best) > 0:
        runs.remove(best)
        taking.take(best)
    return taking.taken


def _runs(facts: Sequence[Fact]) -> Iterator[Run]:
    """Every run of sentences of one paragraph that can be told by itself, and that cites a work."""
    for _, members in groupby(sorted(facts, key=lambda fact: fact.place), lambda fact: fact.place[0]):
        paragraph = tuple(members)
        for start, end in combinations(range(len(paragraph) + 1), 2):
            run = paragraph[start:end]
            if len(run) <= LONGEST_RUN and any(fact.cites for fact in run) and _is_whole(run):
                yield run


def _is_whole(run: Run) -> bool:
    """Whether what leans in a run stands right behind what it leans on, and not too much in a row cites nobody."""
    behind = (other.follows(one) or not other.leaning for one, other in pairwise(run))
    cites = (any(fact.cites for fact in run[at : at + UNCITED]) for at in range(len(run) - UNCITED + 1))
    return not run[0].leaning and all(behind) and all(cites)


@dataclass(slots=True)
class _Taking:
    """What is taken of runs: ``costs`` are the lengths of facts, ``leads`` what stands first in each paragraph, ``place`` what a run
    takes beside its words."""

    costs: Mapping[Fact, int]
    leads: Collection[Fact]
    place: float
    room: int
    taken: list[Fact] = field(default_factory=list)

    def take(self, run: Run) -> None:
        """Takes a run unless it says something again."""
        new = self._new(run)
        if not any(says_same(fact, known) for at, fact in enumerate(new) for known in (*self.taken, *new[:at])):
            self.taken += new
            self.room -= self._cost(new)

    def rate(self, run: Run) -> float:
        """What a run adds, for what it takes; nothing where there is no room for it, or it adds too little."""
        new = self._new(run)
        gain = _gain(run, new, self.taken) + LEADS * (len(new) == len(run) and run[0] in self.leads)
        fits = 0 < self._cost(new) <= self.room and gain >= LEAST_WORTH
        return fits * gain / (self.place + self._cost(new) + 1)

    def _new(self, run: Run) -> list[Fact]:
        return [fact for fact in run if fact not in self.taken]

    def _cost(self, facts: Sequence[Fact]) -> int:
        return sum(map(self.costs.__getitem__, facts))


def _gain(run: Run, new: Sequence[Fact], taken: Sequence[Fact]) -> float:
    """What the ``new`` facts of a run add to what is ``taken``."""
    apart = min((abs(fact.place[0] - run[0].place[0]) for fact in taken), default=FAR)
    before = sum(fact.place[0] == run[0].place[0] for fact in taken)
    begins = BEGINS[min(apart, FAR)] * (run[0].place != LAST)
    gain = NEXT * sum(other.follows(one) for one, other in pairwise(run)) - begins
    told = Counter(work.id for fact in taken for work in fact.works)
    for number, fact in enumerate(new, before + 1):
        gain += _worth(fact, told) - TOO_MANY * (number > ENOUGH)
        told.update(work.id for work in fact.works)
    return gain


def _worth(fact: Fact, told: Counter[str]) -> float:
    """What a fact is worth beside what is ``told`` of works."""
    if not fact.cites:
        return fact.worth
    new = (not fact.beyond) * sum(told[work.id] == 0 for work in fact.works)
    again = sum(told[work.id] for work in fact.works) / len(fact.works)
    several = SHARED * (len(fact.works) > 1)
    contrary = CONTRARY * fact.unfavourable
    return fact.worth + NEW * min(new, MOST_NEW) + several + contrary - AGAIN * again - BEYOND * fact.beyond
