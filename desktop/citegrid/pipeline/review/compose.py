"""From facts to a review of the length that was asked for: the plan of it, said in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from citegrid.core.evidence import Evidence
from citegrid.core.review import Review, count
from citegrid.pipeline.cells.selection.query import Request
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.phrases import phrase
from citegrid.pipeline.review.plan import Plan, plan
from citegrid.pipeline.review.sentences import FIRST, Form, Said, fit, joined, length, say
from citegrid.pipeline.review.topics import disagreement, themes

#: Share of the target above which nothing more is said.
TOO_LONG = 1.07

#: The long form of an abbreviation, and where a paper tells it.
LongForm = tuple[str, Evidence]
#: Writes the sentences of a paragraph anew, under the title of the paper.
Write = Callable[[str, list[Said]], list[Said]]


def as_they_are(_title: str, said: list[Said]) -> list[Said]:
    """Leaves the sentences of a paragraph in the program's words."""
    return said


@dataclass(frozen=True, slots=True)
class Setting:
    """What sentences are made with: the names of works, the title of the paper, who writes paragraphs in other words, and the long
    forms of abbreviations."""

    names: Names
    title: str = ""
    write: Write = as_they_are
    long_forms: Mapping[str, LongForm] = field(default_factory=dict)


def compose(facts: Sequence[Fact], request: Request, setting: Setting) -> Review:
    """The review of ``facts`` about works and about the paper itself; shorter than asked where the facts give no more."""
    before, behind = _across(planned(facts, request, setting.names), facts, setting)
    taken = sum(length(one.said.text, setting.names.language) for one in (*before, *behind))
    made = planned(facts, replace(request, target=request.target - taken), setting.names)
    opening, *body, closing = _paragraphs(made, setting)
    paragraphs = _spelt_out([[*opening, *before], *body, [*behind, *closing]], setting.long_forms)
    stop = phrase("stop", setting.names.language)
    sentences = tuple(
        replace(one.sentence(stop), paragraph=number)
        for number, paragraph in enumerate(filter(None, paragraphs))
        for one in paragraph
    )
    return Review(sentences, request.target, request.unit)


def planned(facts: Sequence[Fact], request: Request, names: Names) -> Plan:
    """What a review of the length asked for says."""
    return plan(facts, names, round(TOO_LONG * request.target), lambda fact: _length(fact, request, names))


def length_of(made: Plan, request: Request, names: Names) -> int:
    """How long the review of a plan is."""
    return sum(_length(fact, request, names) for fact in made.facts)


def _length(fact: Fact, request: Request, names: Names) -> int:
    return count(say([fact], names, ()).said.text, request.unit)


def _paragraphs(made: Plan, setting: Setting) -> Iterator[list[Said]]:
    forms: list[Form] = []
    first = next((fact for fact in made.facts if fact.own), None)
    yield list(_said(made.opening, setting.names, forms, first))
    for thread in made.body:
        yield setting.write(setting.title, list(_said(thread, setting.names, forms, first)))
    yield list(_said(made.closing, setting.names, forms, first))


def _spelt_out(paragraphs: Iterable[Sequence[Said]], long_forms: Mapping[str, LongForm]) -> Iterator[list[Said]]:
    """The sentences with each abbreviation in its long form where it is told first."""
    left = dict(long_forms)
    for paragraph in paragraphs:
        yield [_spelt(one, left) for one in paragraph]


def _spelt(one: Said, left: dict[str, LongForm]) -> Said:
    """A sentence with those abbreviations in their long forms that are ``left``, which then are no longer."""
    for short in filter(one.said.text.__contains__, tuple(left)):
        told = one.in_long_form(short, *left[short])
        if told is not None:
            one = told
            del left[short]
    return one


def _across(made: Plan, known: Sequence[Fact], setting: Setting) -> tuple[list[Said], list[Said]]:
    """What is said across the works of a plan: before them what several treat, behind them where they disagree."""
    told = [fact for thread in made.body for fact in thread]
    before = themes(told, known, setting.names, setting.title)
    behind = disagreement(told, setting.names, setting.title)
    return list(filter(None, [before])), list(filter(None, [behind]))


def _said(facts: Sequence[Fact], names: Names, forms: list[Form], first: Fact | None) -> Iterator[Said]:
    """A paragraph's sentences; ``forms`` are those of all sentences before, ``first`` is the first fact about the paper itself."""
    before: Said | None = None
    for together in _in_sentences(facts, names.language):
        linked = together[0].linked() if before is not None and together[0].follows(before.facts[-1]) else together[0]
        made = say(
            [linked, *together[1:]], names, forms, itself=FIRST if together[0] is first else _itself(before, linked)
        )
        forms.append(made.form)
        one = joined(before, made, names.language) if before is not None else made
        if one is None and before is not None:
            yield before
            one = made.behind(before, names)
        before = one
    if before is not None:
        yield before


def _itself(before: Said | None, fact: Fact) -> str:
    """How a sentence names the paper behind another one."""
    if before is None or not before.facts[-1].own:
        return ""
    return "also" if before.facts[-1].kind is fact.kind else "again"


def _in_sentences(facts: Sequence[Fact], language: str) -> Iterator[Sequence[Fact]]:
    """Facts by sentence: two neighbours of one work stand in one where they fit."""
    at = 0
    while at < len(facts):
        together = 2 if at + 1 < len(facts) and fit(facts[at], facts[at + 1], language) else 1
        yield facts[at : at + together]
        at += together
