"""The review after it was written: a person's own words are judged, and a paragraph is said anew from the same evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.edits.review import rests_on_changed
from citegrid.core.evidence import Evidence, Passage
from citegrid.core.messages import Message
from citegrid.core.project import Project
from citegrid.core.reference import Work
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Status
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.reasons import UNREAD
from citegrid.pipeline.evidence import verify
from citegrid.pipeline.review.facts import Fact, facts_of
from citegrid.pipeline.review.names import Names
from citegrid.pipeline.review.phrases import phrase
from citegrid.pipeline.review.sentences import Form, fit, say
from citegrid.ports import NEVER, Cancel, LanguageModel

UNCITED = Message("no citation")


def is_new(sentence: Sentence, review: Review | None) -> bool:
    """Whether a sentence says or cites something that ``review`` does not; its paragraph does not count."""
    known = review.sentences if review is not None else ()
    return all(replace(one, paragraph=sentence.paragraph) != sentence for one in known)


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
        [(sentence.text, [_passage_of(e) for e in sentence.evidence])],
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
    quotes = {e.quote for e in evidence}
    return [
        row.work for row in project.table.rows if any(e.quote in quotes for cell in row.cells for e in cell.evidence)
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

    A sentence whose cells were rejected is left out; one that rests on no cell, such as a topic, stays as it was.
    """
    review = project.review
    old = [s for s in review.sentences if s.paragraph == number] if review is not None else []
    facts = facts_of(project.table.rows, context.language)
    names, forms = Names(context.language, context.several), [sentence_form(s.text, project) for s in old[:1]]
    made: list[Sentence] = []
    for turn, sentence in enumerate(old):
        context.progress.report("Rewriting the paragraph", turn, len(old))
        context.cancel.check()
        made += _anew(sentence, facts, project, names, forms)
    return tuple(replace(sentence, paragraph=number) for sentence in made)


def sentence_form(text: str, project: Project) -> Form:
    """How a sentence names its work: another form is taken first where it is said anew."""
    names = Names(project.language)
    told = any(text.startswith(names.told(row.work)) for row in project.table.rows)
    return Form.REPORTED if told else Form.NOTED


def _anew(
    sentence: Sentence, facts: Sequence[Fact], project: Project, names: Names, forms: list[Form]
) -> list[Sentence]:
    quotes = {e.quote for e in sentence.evidence}
    rest = [fact for fact in facts if quotes & {e.quote for e in fact.evidence} and _is_of(fact, sentence)]
    if not rest:
        return [] if rests_on_changed(sentence, project.table) else [sentence]
    if len(rest) > 2 and sentence.works:
        return [sentence]  # a topic, which rests on what is said of all its works
    pairs = [rest] if len(rest) == 2 and fit(rest[0], rest[1], names.language) else [[fact] for fact in rest]
    said = [say(pair, names, forms) for pair in pairs]
    forms += [one.form for one in said]
    return [one.sentence(phrase("stop", names.language)) for one in said]


def _is_of(fact: Fact, sentence: Sentence) -> bool:
    """Whether a fact is about a work of the sentence, as far as the sentence says which those are."""
    return not sentence.works or fact.work.id in sentence.works
