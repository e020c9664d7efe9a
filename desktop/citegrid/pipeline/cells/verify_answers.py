"""Verifying: whether the evidence of each answer carries what it says, and what stands in its place where it does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from citegrid.core.reference import Work, WorkKind
from citegrid.pipeline.cells import generate
from citegrid.pipeline.cells.answer import Answers, CellAnswer, Draft, change_some
from citegrid.pipeline.cells.columns.answer_types import claim_of, facts_of, has_form, shaped
from citegrid.pipeline.cells.columns.titles import answered_by_title
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.evidence import retrieve
from citegrid.pipeline.evidence.verify import Finding


def verify_sentences(context: RunContext, work: Work, answers: Answers) -> list[CellAnswer]:
    """``answers`` with the findings on those that are sentences, judged together."""

    def judged(some: list[CellAnswer]) -> Answers:
        spare = some[0].candidates if some else ()
        findings = context.check([(a.text, a.used) for a in some], work, spare)
        return [replace(a, finding=finding) for a, finding in zip(some, findings, strict=True)]

    return change_some(answers, lambda a: a.draft is not None and not has_form(a.column), judged)


def verify_forms(context: RunContext, work: Work, answers: Answers) -> list[CellAnswer]:
    """``answers`` with those that are to be a number, a year, or yes or no, in that form and judged in it."""
    return [_verified_form(context, work, a) if a.draft is not None and has_form(a.column) else a for a in answers]


def _verified_form(context: RunContext, work: Work, answer: CellAnswer) -> CellAnswer:
    """An answer of a form and its finding; one that is not of the form is not carried."""
    assert answer.draft is not None
    text, reason = shaped(answer.draft.text, answer.column, context.language)
    if reason:
        return replace(answer, text=text, finding=Finding(False, reason, answer.used))
    facts = facts_of(answer.column, (p.text for p in answer.used))
    findings = context.check([(claim_of(text, answer.column), answer.used)], work, answer.candidates, facts)
    return replace(answer, text=text, finding=findings[0])


# -- falling back ------------------------------------------------------------------------------------------------------


def say_whole(context: RunContext, work: Work, answers: Answers) -> list[CellAnswer]:
    """Where narrowed words are not carried, what the whole sentence says, if that is."""

    def said(some: list[CellAnswer]) -> Sequence[str]:
        chosen = [a.used[0] for a in some]
        return generate.say(chosen, context.language, context.model, cancel=context.cancel)

    return _in_other_words(context, work, answers, lambda draft: draft.narrowed, said)


def quote(context: RunContext, work: Work, answers: Answers) -> list[CellAnswer]:
    """Where the model's words are not carried, the sentence itself."""

    def originals(some: list[CellAnswer]) -> Sequence[str]:
        return [generate.original(a.used[0], context.language) for a in some]

    return _in_other_words(context, work, answers, lambda draft: True, originals)


def _in_other_words(
    context: RunContext,
    work: Work,
    answers: Answers,
    which: Callable[[Draft], bool],
    words: Callable[[list[CellAnswer]], Sequence[str]],
) -> list[CellAnswer]:
    """``answers``, those of the model that are not carried and that ``which`` picks in other ``words``, where these are."""

    def doubted(answer: CellAnswer) -> bool:
        judged = answer.finding is not None and not answer.carried
        return judged and answer.draft is not None and answer.draft.by_model and which(answer.draft)

    def again(some: list[CellAnswer]) -> Answers:
        texts = words(some)
        findings = context.check([(text, a.used) for text, a in zip(texts, some, strict=True)], work)
        return [
            replace(a, text=text, finding=finding) if text and finding.carried else a
            for a, text, finding in zip(some, texts, findings, strict=True)
        ]

    return change_some(answers, doubted, again)


def answer_by_title(context: RunContext, work: Work, answers: Answers) -> list[CellAnswer]:
    """Where no sentence answers a column that the work's title does, its title; in one column at most."""
    cited = context.entries_of(work) if work.kind is WorkKind.REFERENCE else []
    open_ = next((a for a in answers if not a.carried and answered_by_title(a.column, work.title)), None)
    title = retrieve.of_title(cited[0][0].document, cited[0][1]) if cited and open_ is not None else None
    if title is None:
        return list(answers)
    text, finding = generate.by_title(title, context.language), Finding(True, "", (title,))
    return [replace(a, text=text, finding=finding) if a is open_ else a for a in answers]
