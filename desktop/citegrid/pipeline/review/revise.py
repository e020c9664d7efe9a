"""The review after it was written: a person's own words are judged, and a paragraph is said anew from the same evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.evidence import Evidence, Passage
from citegrid.core.paper import Paper
from citegrid.core.project import Project
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Status
from citegrid.pipeline.cells import bibliographic, cited_documents, generate
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.context import passages_of
from citegrid.pipeline.cells.fill_row import speaker_of
from citegrid.pipeline.evidence import verify
from citegrid.pipeline.review import plan
from citegrid.ports import NEVER, SILENT, Cancel, LanguageModel, Progress

_UNCITED = {"zh": "没有引用", "en": "no citation"}


def is_new(sentence: Sentence, review: Review | None) -> bool:
    """Whether a sentence says or cites something that ``review`` does not; its paragraph does not count."""
    known = review.sentences if review is not None else ()
    return all(replace(one, paragraph=sentence.paragraph) != sentence for one in known)


def judged(project: Project, sentence: Sentence, model: LanguageModel | None, cancel: Cancel = NEVER) -> Sentence:
    """A person's sentence against the quotes it cites; without a model only its words are checked."""
    if not sentence.evidence:
        reason = _UNCITED.get(project.language, _UNCITED["en"])
        return replace(sentence, status=Status.UNSUPPORTED, reason=reason)
    return check_sentence(project, sentence, model, cancel=cancel)


def check_sentence(
    project: Project, sentence: Sentence, model: LanguageModel | None, *, cancel: Cancel = NEVER
) -> Sentence:
    """A person's sentence against the quotes of the one it replaces.

    Its numbers and names must stand in those quotes or in the entries of the table's works; the model weighs it too
    where the quotes belong to one work.  Without that it stays unsupported until a person has read it.
    """
    works = [row.work for row in project.table.rows]
    passages = [Passage(e.kind, e.source, e.page, e.quote, shown=e.quote, chunk=e.chunk) for e in sentence.evidence]
    facts = [part for w in works for part in (w.title, *w.authors, str(w.year or ""))]
    about = _works_of(project, sentence.evidence)
    weigher = model if len(about) == 1 else None
    if not works or not sentence.text:
        return replace(sentence, status=Status.UNSUPPORTED, reason=_unread(project.language))
    finding = verify.check(
        [(sentence.text, passages)],
        (about or works)[0],
        (),
        weigher,
        facts=facts,
        cancel=cancel,
    )[0]
    if finding.carried and weigher is None:
        return replace(sentence, status=Status.UNSUPPORTED, reason=_unread(project.language))
    status = Status.SUPPORTED if finding.carried else Status.UNSUPPORTED
    return replace(sentence, status=status, reason=finding.reason)


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


def rewritten(
    project: Project,
    papers: Sequence[Paper],
    number: int,
    model: LanguageModel,
    *,
    library: Library | None = None,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> tuple[Sentence, ...]:
    """Paragraph ``number`` in other words from the same evidence; what the verifier does not pass stays as it was.

    A sentence about several works becomes one for each of them.
    """
    review = project.review
    old = [s for s in review.sentences if s.paragraph == number] if review is not None else []
    made: list[Sentence] = []
    for turn, sentence in enumerate(old):
        progress.report("Rewriting the paragraph", turn, len(old))
        cancel.check()
        fresh = [
            _said(project, papers, work, evidence, model, library, turn, cancel)
            for work, evidence in _by_work(project, sentence)
        ]
        said = [one for one in fresh if one is not None]
        whole = said and len(said) == len(fresh)
        made += [replace(one, paragraph=number) for one in said] if whole else [sentence]
    return tuple(made)


def _by_work(project: Project, sentence: Sentence) -> list[tuple[Work, tuple[Evidence, ...]]]:
    """The evidence of a sentence by the works whose cells rest on it; empty where some of it belongs to no row."""
    owners: dict[str, tuple[Work, list[Evidence]]] = {}
    for one in sentence.evidence:
        work = next(
            (r.work for r in project.table.rows if any(e.quote == one.quote for c in r.cells for e in c.evidence)), None
        )
        if work is None:
            return []
        owners.setdefault(work.id, (work, []))[1].append(one)
    return [(work, tuple(evidence)) for work, evidence in owners.values()]


def _said(
    project: Project,
    papers: Sequence[Paper],
    work: Work,
    evidence: tuple[Evidence, ...],
    model: LanguageModel,
    library: Library | None,
    turn: int,
    cancel: Cancel,
) -> Sentence | None:
    """One sentence about one work, or None where the model's words do not pass or say nothing."""
    language, quotes = project.language, {e.quote for e in evidence}
    several = len(papers) > 1
    used = [p for p in passages_of(papers, work, library) if p.text in quotes]
    used = used or [Passage(e.kind, e.source, e.page, e.quote, shown=e.quote, chunk=e.chunk) for e in evidence]
    text = generate.say(used[:1], language, model, cancel=cancel)[0]
    if cited_documents.is_first_hand(used[:1]) or several:
        text = cited_documents.in_third_person(text, language)
    if not text.strip():
        return None
    found = verify.check([(text, used)], speaker_of(work, used), (), model, cancel=cancel)[0]
    if not found.carried:
        return None
    if any(author.split(",")[0] in text for author in work.authors if author):  # it names its work already
        return Sentence(text.strip(), Status.SUPPORTED, evidence)
    authors = bibliographic.short_authors(work, language == "zh")
    who = plan.who_of(work, authors, language, several=several)
    whole = plan.name_subject(text, who, language, own=work.kind is WorkKind.PAPER and not several, turn=turn)
    return Sentence(whole, Status.SUPPORTED, evidence)


def _unread(language: str) -> str:
    return "人工修改，尚待核对" if language == "zh" else "edited by hand, not yet checked"
