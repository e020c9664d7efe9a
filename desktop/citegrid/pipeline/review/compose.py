"""From facts to a review of the length that was asked for: the plan of it, said in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from citegrid.core.review import Review, Sentence, count
from citegrid.pipeline.cells.selection.query import Request
from citegrid.pipeline.review.citations import Names
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.phrases import phrase
from citegrid.pipeline.review.plan import Plan, plan
from citegrid.pipeline.review.sentences import Form, Said, fit, joined, say
from citegrid.pipeline.review.topics import Titles, topics_of

#: Share of the target above which nothing more is said.
TOO_LONG = 1.07

#: Writes the sentences behind a topic anew.
Write = Callable[[Sentence, Sequence[Said]], list[Said]]


@dataclass(frozen=True, slots=True)
class Setting:
    """What sentences are made with: the names of works, their titles, and who writes paragraphs in other words.

    What works share by their titles is the topic that a writer is given; it is too little to be said by itself."""

    names: Names
    titles: Titles = field(default_factory=Titles)
    write: Write | None = None


def compose(facts: Sequence[Fact], request: Request, setting: Setting) -> Review:
    """The review of ``facts`` about works and about the paper itself; shorter than asked where the facts give no more."""
    made = planned(facts, request, setting.names)
    paragraphs = _paragraphs(made, setting)
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
    topics = topics_of(made.body, setting.names, setting.titles)
    for thread, topic in zip(made.body, topics, strict=True):
        said = list(_said(thread, setting.names, forms, first))
        if topic is not None and setting.write is not None:
            said = setting.write(topic, said)
        yield said
    yield list(_said(made.closing, setting.names, forms, first))


def _said(facts: Sequence[Fact], names: Names, forms: list[Form], first: Fact | None) -> Iterator[Said]:
    """A paragraph's sentences; ``forms`` are those of all sentences before, ``first`` is the first fact about the paper itself."""
    before: Said | None = None
    for together in _in_sentences(facts, names.language):
        linked = together[0].linked() if before is not None and together[0].follows(before.facts[-1]) else together[0]
        made = say(
            [linked, *together[1:]], names, forms, itself="first" if together[0] is first else _itself(before, linked)
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
