"""Scoring: which passage answers a column, and how likely that is.

The classifier says of every sentence whose statement it is, of which kind, how central, and whether it is understood alone
(``evidence/statements``).  A column wants certain kinds (``columns/column_intents``); the signs of a sentence for a column are
weighed by a logistic regression, learnt from the same labelled sentences (``models/training/statements/fit_answers.py``).  Only a
sentence that is likely enough an answer becomes one; of two columns the one that it answers better has it, but where it clearly
answers both.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from operator import mul

from citegrid.core.evidence import Passage
from citegrid.core.language.script import is_chinese, language_of
from citegrid.core.reference import Work, WorkKind
from citegrid.core.statement import Kind, Speaker, Statement
from citegrid.core.table import Column
from citegrid.pipeline.cells.answer import Answers, CellAnswer
from citegrid.pipeline.cells.columns.column_intents import ColumnIntent, informed, intent_of
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.patterns import OWN_DOING
from citegrid.pipeline.cells.works import is_done_with, names_others
from citegrid.pipeline.evidence import patterns
from citegrid.pipeline.evidence.citation_markers import (
    about_target,
    is_example,
    speaks_of_another,
    speaks_of_citing,
    takes_up,
)
from citegrid.pipeline.evidence.headings import announces, headings_of, is_beside, tells_of_studies
from citegrid.pipeline.evidence.patterns import NAMED_BY, TARGET

#: How likely a sentence must answer a column to stand in it.
LEAST = 0.4
#: The same (log-odds) where a person said which sentences answer it.
ANYTHING = -20.0
#: How much (log-odds) a prominent place counts only among sentences that answer, and not for whether one does: what an abstract says
#: is no limit because it stands there.
FOREMOST = 1.0
#: So much of what speaks for an answer is left where several works are spoken of together, beside an answer about one alone.
OF_SEVERAL = 0.2
#: The share from which what is said of several works together surely tells of each.
SURELY_ITS = 0.7
#: So much of it the second sentence for a column must have.
SECOND = 0.25
#: How much less likely (log-odds) a sentence of its own may answer a column than one that answers another column as well.
GIVE_WAY = 2.0
#: How well a sentence that another column needs more must fit a second one, and one that names outright what that asks for:
#: then it says both.
SHARED, NAMED = 0.4, 0.2
#: How well a sentence at least fits that names outright of another work what a column asks for.
OUTRIGHT = 0.3
#: The share with which a sentence that cites a work at least tells of it where it says outright what is wrong.
ITS = 0.35
#: The share from which a sentence rather tells of the paper that it stands in than not.
OURS = 0.5
#: How prominent a place is, by the name of its section.
_PLACES = ((patterns.ABSTRACT, 1.0), (patterns.TELLING_SECTION, 0.6), (patterns.APPENDIX, -1.0))
#: Beyond this share it makes no difference how sure it is that a sentence says what is asked for, and that it tells of a cited work.
SURE_FIT = 0.92
#: A fact for which a work alone is given is most often what that work found: so much of the share of common knowledge counts
#: for it, where a column asks for findings (as well as ``FOUND``).
NOTED, FOUND = 0.6, 0.7
#: The share of a paper that its abstract takes most often, how prominent a sentence in it is, and the share from which nothing is its abstract.
OPENING, OPENS, OPENED = 0.05, 0.8, 0.1
#: Before this share of it a paper does not tell its own limits; from the other on it closes.
MIDDLE, CLOSING = 0.5, 0.9
#: How well a sentence at least fits for which its heading speaks; no share is smaller than the other.
HINTED, _LEAST_SHARE = 0.15, 1e-3


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a sentence as the answer to a column.

    ``fit``: log-odds that it says what the column asks for; ``told``: that it tells of the row's work; ``central`` and
    ``alone`` as in ``Statement``; ``cue``: it holds words of such answers; ``front``: how prominent its place is, 1 in the abstract, less in a conclusion, below 0 in an appendix; ``shared``: other
    works are cited beside the work; ``in_passing``: the work is an example, or a tool of the citing paper, or the paper tells elsewhere what is asked for; ``foreign``: it is in
    another language than the table; ``said``: it names outright what the column asks for; ``stands``: it
    stands under words that say so, and may say it; ``voice``: the paper speaks of itself there, or stands where papers do; ``one``: 1.
    """

    fit: float
    told: float
    central: float
    alone: float
    cue: float
    front: float
    shared: float
    in_passing: float
    foreign: float = 0.0
    said: float = 0.0
    stands: float = 0.0
    voice: float = 0.0
    one: float = 1.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage and what is known of it: what it says, whether it is to tell of the paper it stands in (``own``), how far into
    that it stands (0 to 1), whether it is in another language than the table while others are in its own, the words it stands
    ``under`` (``evidence/headings``), and whether these tell ``of_others``."""

    passage: Passage
    statement: Statement
    own: bool
    place: float = 0.5
    foreign: bool = False
    under: str = ""
    of_others: bool = False


#: How much each sign counts, for the paper's own sentences and for what is said of a cited work; by ``fit_answers.py``,
#: but for ``front``: readers judged each sentence by itself, and of two that say the same the more prominent is the better answer; and for
#: what a paper says of itself moved towards what stands in the rows that were written by hand for twelve papers (``models/training/statements``).
WEIGHTS = {
    True: Signs(
        fit=1.6,
        told=0.3,
        central=1.45,
        alone=3.5,
        cue=0.85,
        front=1.95,
        shared=-0.7,
        in_passing=-2.0,
        foreign=-7.0,
        said=1.15,
        stands=1.2,
        one=-5.05,
    ),
    False: Signs(
        fit=1.05,
        told=1.0,
        central=0.2,
        alone=0.4,
        cue=0.4,
        front=0.0,
        shared=-0.3,
        in_passing=-0.85,
        foreign=0.0,
        said=1.4,
        one=-1.75,
    ),
}
#: The same for Chinese, which no encoder reads: the shares say less there, the words more.
CHINESE = {
    True: Signs(
        fit=1.0,
        told=0.05,
        central=1.25,
        alone=1.3,
        cue=1.35,
        front=1.9,
        shared=-0.3,
        in_passing=-2.0,
        foreign=-3.0,
        said=1.9,
        stands=0.4,
        voice=1.2,
        one=-3.5,
    ),
    False: replace(
        WEIGHTS[False], fit=0.6, told=0.2, central=0.3, alone=0.8, cue=1.3, in_passing=-0.4, said=1.5, one=-1.55
    ),
}


def score(context: RunContext, work: Work, answers: Answers) -> list[CellAnswer]:
    """``answers`` with the passage that is to answer each column and how likely it does (log-odds); as they are where no
    passage is about the work."""
    candidates = answers[0].candidates if answers else ()
    passages = [p for p in candidates if is_about(p) and not names_others(p, work) and not is_done_with(p, work)]
    if not passages:
        return list(answers)
    own = work.kind is WorkKind.PAPER
    intents = _intents(context, [answer.column for answer in answers])
    least = ANYTHING if context.selection else _odds(LEAST)
    chosen = _shared_out(_seen(context, passages, own=own), intents, least)
    return [
        replace(answer, chosen=passages[one.passage], speaks=one.odds, stands_out=one.stands_out)
        for answer, one in zip(answers, chosen, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The passage that is to answer a column, by its number, how likely it does (log-odds), and whether it stands out."""

    passage: int
    odds: float
    stands_out: bool


def _seen(context: RunContext, passages: Sequence[Passage], *, own: bool) -> list[Seen]:
    """What is known of each passage."""
    foreign = _foreign(passages, context.language)
    statements = context.statements_of(passages, own=own)
    lines = [context.line_of(passage, own) for passage in passages]
    return [
        Seen(passage, statement, own, line.place, passage in foreign, under, line.of_others)
        for passage, statement, under, line in zip(passages, statements, headings_of(passages), lines, strict=True)
    ]


def _shared_out(seen: Sequence[Seen], intents: Sequence[ColumnIntent], least: float) -> list[_Chosen]:
    """The passage of each column.  It stands out where it is likely enough (``least``), in whatever place, and the column's own: the column is the one
    that it answers best, or it says what the column asks for as well."""
    scores = [_scores(one, intents) for one in seen]
    both = [[_says_it_too(one, intent) for intent in intents] for one in seen]
    favour = [FOREMOST * max(0.0, _prominence(one.passage, one.place)) * one.own for one in seen]
    above = [[_above(one, odds - least) for odds in row] for one, row in zip(seen, scores, strict=True)]
    chosen = share_out(above, both)
    ranked = sorted(range(len(chosen)), key=lambda j: -above[chosen[j]][j])
    best = {chosen[column]: column for column in reversed(ranked)}
    return [
        _Chosen(i, scores[i][j], above[i][j] >= favour[i] and (best[i] == j or both[i][j]))
        for j, i in enumerate(chosen)
    ]


def _above(seen: Seen, odds: float) -> float:
    """How far a sentence stands above what is asked for, among others: one of several works together not so far."""
    unsure = seen.statement.of(Speaker.TARGET) < SURELY_ITS
    return min(odds, odds * OF_SEVERAL ** (unsure * bool(seen.passage.beside)))


def _says_it_too(seen: Seen, intent: ColumnIntent) -> bool:
    """Whether a sentence that another column needs more says what this one asks for as well."""
    named = intent.said.search(_of_work(seen.passage)) is not None
    return _fit(seen, intent) >= (NAMED if named else SHARED)


def _fit(seen: Seen, intent: ColumnIntent) -> float:
    """How well a sentence answers by its kind; one that names outright of another work what is asked for says it somewhat."""
    named = not seen.own and intent.said.search(_of_work(seen.passage)) is not None
    return max(intent.fit(seen.statement), OUTRIGHT * named)


def _intents(context: RunContext, columns: Sequence[Column]) -> list[ColumnIntent]:
    words = context.search_words(columns)
    return [informed(intent_of(column), known) for column, known in zip(columns, words, strict=True)]


def _foreign(passages: Sequence[Passage], language: str) -> frozenset[Passage]:
    """The passages in another language than the table, unless most are: the few say no more than an abstract."""
    foreign = frozenset(p for p in passages if language_of(p.text) != language)
    return foreign if 2 * len(foreign) <= len(set(passages)) else frozenset()


def _scores(seen: Seen, intents: Sequence[ColumnIntent]) -> list[float]:
    """Log-odds that a passage answers each column; far below any threshold where it lacks what an answer must hold."""
    return [
        weighed(signs_of(seen, intent), seen.own, chinese=is_chinese(seen.passage.text))
        if intent.is_spoken_of_in(_of_work(seen.passage), own=seen.own)
        else _odds(0.0)
        for intent in intents
    ]


def weighed(signs: Signs, own: bool, *, chinese: bool = False) -> float:
    """All signs in one figure, the log-odds of being an answer."""
    weights = (CHINESE if chinese else WEIGHTS)[own]
    values: Iterator[float] = map(mul, astuple(signs), astuple(weights))
    return sum(values)


def signs_of(seen: Seen, intent: ColumnIntent) -> Signs:
    """The signs of a passage for a column."""
    passage, statement, text = seen.passage, seen.statement, _of_work(seen.passage)
    noted = not seen.own and intent.kinds.get(Kind.RESULT, 0.0) >= FOUND and vouches(passage)
    fit = _fit(seen, intent) + NOTED * noted * statement.says(Kind.BACKGROUND)
    outright = intent.said.search(text) is not None and _is_its(seen, intent)
    told = statement.of(Speaker.CITING) if seen.own else told_of_target(passage, statement, noted=noted or outright)
    return Signs(
        fit=_odds(min(SURE_FIT, fit)),
        told=_odds(min(SURE_FIT + seen.own, told)),  # a paper tells of itself, or not
        central=statement.central,
        alone=statement.alone,
        cue=float(intent.cues.search(text) is not None),
        front=_prominence(passage, seen.place),
        shared=float(not passage.alone),
        in_passing=float(_is_elsewhere(seen, intent) if seen.own else _in_passing(passage)),
        foreign=float(seen.foreign),
        said=float(outright),
        stands=float(fit >= HINTED and intent.sections.search(seen.under) is not None),
        voice=float(_is_voiced(seen)),
    )


def _is_voiced(seen: Seen) -> bool:
    """Whether a sentence speaks of its paper, or tells of it where papers do: in the abstract, in the conclusion, at either end."""
    at_its_place = not OPENED < seen.place < CLOSING or _prominence(seen.passage, seen.place) > 0
    telling = at_its_place and seen.statement.kind is not Kind.BACKGROUND
    return _is_ours(seen) and (telling or patterns.OWN.search(seen.passage.text) is not None)


def _is_ours(seen: Seen) -> bool:
    """Whether a sentence rather tells of its paper than not."""
    return seen.statement.of(Speaker.CITING) >= OURS


def _is_elsewhere(seen: Seen, intent: ColumnIntent) -> bool:
    """Whether what a column asks for is told elsewhere than in a paper's sentence: in the next one, not beside it, or by other studies; or, as
    what is wrong with a paper is told at its end, before the middle of it of others."""
    text, limits = seen.passage.text, set(intent.kinds) == {Kind.LIMIT}
    in_body = seen.place < CLOSING and _prominence(seen.passage, seen.place) <= 0
    beside = seen.of_others or is_beside(f"{seen.under} {text}") > limits
    return any((limits and seen.place < MIDDLE, announces(text), in_body and beside, tells_of_studies(text)))


def _is_its(seen: Seen, intent: ColumnIntent) -> bool:
    """Whether what a sentence says may be of its work: what is wrong with the world is no work's limit."""
    told = told_of_target(seen.passage, seen.statement, noted=False)
    of_it = any((told >= ITS, Kind.LIMIT not in intent.kinds, TARGET not in seen.passage.shown))
    return _is_ours(seen) if seen.own else of_it


def _of_work(passage: Passage) -> str:
    """The words of a passage that are about its work, without the clauses of others."""
    return about_target(passage.shown) or passage.text


def told_of_target(passage: Passage, statement: Statement, *, noted: bool) -> float:
    """The share with which a passage tells of the marked work; ``noted``: facts that it alone is given for count.

    Whom a sentence takes up is known from the one before; if it tells of anybody, then of them.
    """
    if takes_up(passage.text, passage.shown):
        return 1.0 - statement.of(Speaker.GENERAL)
    fact = noted and vouches(passage)
    return statement.of(Speaker.TARGET) + NOTED * fact * statement.of(Speaker.GENERAL)


def _prominence(passage: Passage, place: float) -> float:
    """How prominent a place is; a paper opens with its abstract, whether that has a heading or not, and nothing far behind is it."""
    named = next((worth for pattern, worth in _PLACES if pattern.search(passage.section)), 0.0)
    running_on = place > OPENED and patterns.ABSTRACT.search(passage.section) is not None
    return max(named, OPENS) if place < OPENING else named * (not running_on)


def _odds(share: float) -> float:
    """The log-odds of a share, which is taken as neither impossible nor certain."""
    kept = min(1 - _LEAST_SHARE, max(_LEAST_SHARE, share))
    return math.log(kept / (1 - kept))


def share_out(above: Sequence[Sequence[float]], both: Sequence[Sequence[bool]]) -> list[int]:
    """The passage for each column: its best one, unless that serves another column better and there is a second.

    ``above`` holds a row for each passage: how far it stands above what the column asks for.  ``both`` says alike whether it
    answers the column beside another; the second must be nearly as good then.
    """
    by_column = list(zip(*above, strict=True))
    first = [max(range(len(above)), key=column.__getitem__) for column in by_column]
    needed = [column[i] for column, i in zip(by_column, first, strict=True)]
    chosen = list(first)
    for j in sorted(range(len(first)), key=needed.__getitem__):
        if any(i == first[j] and need > needed[j] for i, need in zip(first, needed, strict=True)):
            enough = max(SECOND * needed[j], needed[j] - GIVE_WAY) if both[first[j]][j] else 0.0
            chosen[j] = _second(by_column[j], chosen, enough, first[j])
    return chosen


def _second(column: Sequence[float], taken: Sequence[int], enough: float, first: int) -> int:
    """The best passage that no column has taken and that stands high ``enough``; the ``first`` without such."""
    free = [i for i, above in enumerate(column) if i not in taken and above >= enough]
    return max(free, key=column.__getitem__, default=first)


def _in_passing(passage: Passage) -> bool:
    """Whether the work is one example of many, or a tool in the account of what the citing paper did."""
    return is_example(passage.shown) or bool(OWN_DOING.search(passage.section))


def vouches(passage: Passage) -> bool:
    """Whether a passage states a fact for which the marked work is given, and more than that others do the same; a sentence that
    only goes on about it gives it for nothing."""
    given = TARGET in passage.shown and NAMED_BY not in passage.shown
    return given and passage.alone and not _in_passing(passage) and is_about(passage)


def is_about(passage: Passage) -> bool:
    """Whether a marked passage may speak of the marked work: it is not held against another, or a note to the paper's own."""
    if passage.shown and not about_target(passage.shown):
        return False
    return not speaks_of_another(passage.shown) and not speaks_of_citing(passage.shown)
