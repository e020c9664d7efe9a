"""The review after it was written: a person's own words are judged, and a paragraph is said anew from the same evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.edits.review import rests_on_changed
from citegrid.core.evidence import Evidence, Passage, quotes_of
from citegrid.core.messages import Message
from citegrid.core.project import Project
from citegrid.core.reference import Work
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Status
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.reasons import UNREAD
from citegrid.pipeline.evidence import verify
from citegrid.pipeline.review.citations import names_of
from citegrid.pipeline.review.facts import Fact, facts_of
from citegrid.pipeline.review.phrases import is_topic, phrase
from citegrid.pipeline.review.rephrase import Rephraser
from citegrid.pipeline.review.sentences import Form, Said, fit, say
from citegrid.ports import NEVER, Cancel, LanguageModel

UNCITED = Message("no citation")


def is_new(sentence: Sentence, review: Review | None) -> bool:
    """Whether a sentence says or cites something that ``review`` does not; its paragraph does not count."""
    return review is None or all(replace(one, paragraph=sentence.paragraph) != sentence for one in review.sentences)


def judged(project: Project, sentence: Sentence, model: LanguageModel | None, cancel: Cancel = NEVER) -> Sentence:
    """A person's sentence against the quotes it cites; without a model only its words are checked."""
    if not sentence.evidence:
        return replace(sentence, status=Status.UNSUPPORTED, reason=UNCITED)
    return check_sentence(project, sentence, model, cancel=cancel)


def check_sentence(
    project: Project, sentence: Sentence, model: LanguageModel | None, *, cancel: Cancel = NEVER
) -> Sentence:
    """A person's sentence against the quotes of the one it replaces.

    Its numbers and names must stand in those quotes or in the entries of the table's works; the model weighs it too
    where the quotes belong to one work.  Without that it stays unsupported until a person has read it.
    """
    works = [row.work for row in project.table.rows]
    unread = replace(sentence, status=Status.UNSUPPORTED, reason=UNREAD)
    if not works or not sentence.text:
        return unread
    about = _works_of(project, sentence.evidence)
    weigher = model if len(about) == 1 else None
    finding = verify.check(
        [(sentence.text, list(map(_passage_of, sentence.evidence)))],
        (about or works)[0],
        (),
        weigher,
        facts=_facts_of(works),
        cancel=cancel,
    )[0]
    if not finding.carried:
        return replace(sentence, status=Status.UNSUPPORTED, reason=finding.reason)
    return replace(sentence, status=Status.SUPPORTED, reason="") if weigher is not None else unread


def _facts_of(works: Sequence[Work]) -> list[str]:
    """What a sentence may say without its quotes: what the entries of the table's works say."""
    return [part for work in works for part in (work.title, *work.authors, str(work.year or ""))]


def _passage_of(evidence: Evidence) -> Passage:
    """A quote as what a statement is judged by."""
    quote = evidence.quote
    return Passage(evidence.kind, evidence.source, evidence.page, quote, shown=quote, chunk=evidence.chunk)


def _works_of(project: Project, evidence: tuple[Evidence, ...]) -> list[Work]:
    """The works whose cells rest on the same quotes."""
    quotes = set(quotes_of(evidence))
    return [
        row.work
        for row in project.table.rows
        if any(not quotes.isdisjoint(quotes_of(cell.evidence)) for cell in row.cells)
    ]


def words_of(review: Review | None, number: int) -> list[str]:
    """What a paragraph says, sentence by sentence."""
    return [s.text for s in review.sentences if s.paragraph == number] if review is not None else []


def with_paragraph(review: Review, number: int, sentences: Sequence[Sentence]) -> Review:
    """``review`` with other sentences in a paragraph."""
    before = tuple(s for s in review.sentences if s.paragraph < number)
    after = tuple(s for s in review.sentences if s.paragraph > number)
    return replace(review, sentences=(*before, *sentences, *after))


def rewritten(context: RunContext, project: Project, number: int) -> tuple[Sentence, ...]:
    """Paragraph ``number`` said anew from what the table says now.

    A sentence whose cells were rejected is left out; one that rests on no cell, or is said across works, stays as it was.
    """
    old = [s for s in project.sentences if s.paragraph == number]
    again = _Again(context, project)
    made: list[Sentence | Said] = []
    for turn, sentence in enumerate(old):
        context.progress.report("Rewriting the paragraph", turn, len(old))
        context.cancel.check()
        made += again.said(sentence)
    return tuple(replace(sentence, paragraph=number) for sentence in again.in_other_words(made))


class _Again:
    """Says sentences anew from the facts that the table holds now."""

    def __init__(self, context: RunContext, project: Project) -> None:
        self._context, self._table = context, project.table
        self._names = names_of(context)
        self._facts = facts_of(project.table.rows, context.language)
        self._forms: list[Form] = []

    def said(self, sentence: Sentence) -> list[Sentence | Said]:
        """What takes the place of a sentence: nothing where its cells were rejected, itself where it rests on no cell."""
        across = is_topic(sentence.text, self._context.language)
        facts = [fact for fact in self._facts if not across and _rests_on(sentence, fact)]
        if not facts:
            return [] if rests_on_changed(sentence, self._table) else [sentence]
        said = [say(pair, self._names, self._forms) for pair in _in_pairs(facts, self._names.language)]
        self._forms += [one.form for one in said]
        return list(said)

    def in_other_words(self, made: Sequence[Sentence | Said]) -> list[Sentence]:
        """The sentences, those said anew in the model's words where these are faithful."""
        context, stop = self._context, phrase("stop", self._context.language)
        rephrase = Rephraser(context.model, context.language, context.cancel)
        again = iter(rephrase([one for one in made if isinstance(one, Said)]))
        return [next(again).sentence(stop) if isinstance(one, Said) else one for one in made]


def _in_pairs(facts: Sequence[Fact], language: str) -> list[list[Fact]]:
    """Facts by sentence: two of them in one where they are all and fit."""
    together = len(facts) == 2 and fit(facts[0], facts[1], language)
    return [list(facts)] if together else [[fact] for fact in facts]


def _rests_on(sentence: Sentence, fact: Fact) -> bool:
    """Whether a sentence rests on a quote of the fact, and is about its work as far as it says about which it is."""
    about = not sentence.works or fact.work.id in sentence.works
    return about and not set(quotes_of(sentence.evidence)).isdisjoint(quotes_of(fact.evidence))
