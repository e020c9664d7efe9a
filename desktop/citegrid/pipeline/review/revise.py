"""The review after it was written: a person's own words are judged, and a paragraph is said anew from the same evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.evidence import Evidence, Passage
from citegrid.core.messages import Message
from citegrid.core.project import Project
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Status
from citegrid.pipeline.cells import cited_documents, generate
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.reasons import UNREAD
from citegrid.pipeline.cells.third_person import in_third_person
from citegrid.pipeline.cells.works import passages_of, speaker_of
from citegrid.pipeline.evidence import verify
from citegrid.pipeline.review.framing import name_subject
from citegrid.pipeline.review.plan import who_of
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
    """Paragraph ``number`` in other words from the same evidence; what the verifier does not pass stays as it was.

    A sentence about several works becomes one for each of them.
    """
    review = project.review
    old = [s for s in review.sentences if s.paragraph == number] if review is not None else []
    made: list[Sentence] = []
    for turn, sentence in enumerate(old):
        context.progress.report("Rewriting the paragraph", turn, len(old))
        context.cancel.check()
        fresh = [_said(context, work, evidence, turn) for work, evidence in _by_work(project, sentence)]
        said = [replace(one, paragraph=number) for one in fresh if one is not None]
        made += said if said and len(said) == len(fresh) else [sentence]
    return tuple(made)


def _by_work(project: Project, sentence: Sentence) -> list[tuple[Work, tuple[Evidence, ...]]]:
    """The evidence of a sentence by the works whose cells rest on it; empty where some of it belongs to no row."""
    owners: dict[str, tuple[Work, list[Evidence]]] = {}
    for one in sentence.evidence:
        works = _works_of(project, (one,))
        if not works:
            return []
        owners.setdefault(works[0].id, (works[0], []))[1].append(one)
    return [(work, tuple(evidence)) for work, evidence in owners.values()]


def _said(context: RunContext, work: Work, evidence: tuple[Evidence, ...], turn: int) -> Sentence | None:
    """One sentence about one work, or None where the model's words do not pass or say nothing."""
    quotes = {e.quote for e in evidence}
    used = [p for p in passages_of(context.papers, work, context.library) if p.text in quotes]
    used = used or [_passage_of(e) for e in evidence]
    text = generate.say(used[:1], context.language, context.model, cancel=context.cancel)[0]
    if context.several or cited_documents.is_first_hand(used[:1]):
        text = in_third_person(text, context.language)
    if not text.strip() or not context.check([(text, used)], speaker_of(work, used))[0].carried:
        return None
    return Sentence(_named(context, work, text, turn), Status.SUPPORTED, evidence)


def _named(context: RunContext, work: Work, text: str, turn: int) -> str:
    """A sentence that names its work, as it may do already."""
    if any(author.split(",")[0] in text for author in work.authors if author):
        return text.strip()
    who = who_of(work, context.language, several=context.several)
    own = work.kind is WorkKind.PAPER and not context.several
    return name_subject(text, who, context.language, own=own, turn=turn)
