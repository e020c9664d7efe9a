"""Verifying: whether the evidence of each answer carries what it says, and what stands in its place where it does not.

What stands word for word in the source is carried by it, and a translation says itself how sure it is.  Only answers in the
model's own words are judged, by the verifier that judges people's.
"""

from __future__ import annotations

from dataclasses import replace

from citegrid.core.reference import Work, WorkKind
from citegrid.pipeline.cells import generate
from citegrid.pipeline.cells.answer import Answers, CellAnswer, Draft, change_some
from citegrid.pipeline.cells.columns.answer_types import claim_of, facts_of, has_form, shaped
from citegrid.pipeline.cells.columns.titles import answered_by_title
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.evidence import retrieve
from citegrid.pipeline.evidence.verify import Finding


def verify_answers(context: RunContext, work: Work, answers: Answers) -> list[CellAnswer]:
    """``answers`` with a finding on each draft."""

    def judged(some: list[CellAnswer]) -> Answers:
        spare = some[0].candidates if some else ()
        findings = context.check([(a.text, a.used) for a in some], work, spare)
        return [replace(a, finding=finding) for a, finding in zip(some, findings, strict=True)]

    answers = change_some(answers, _is_of_source, _carried)
    answers = change_some(answers, lambda a: _is_of_model(a) and not has_form(a.column), judged)
    return [_of_form(context, work, a) if _is_of_model(a) and has_form(a.column) else a for a in answers]


def _is_of_source(answer: CellAnswer) -> bool:
    return answer.draft is not None and not answer.draft.by_model


def _is_of_model(answer: CellAnswer) -> bool:
    return answer.draft is not None and answer.draft.by_model


def _carried(answers: list[CellAnswer]) -> Answers:
    return [replace(answer, finding=Finding(True, "", answer.used)) for answer in answers]


def _of_form(context: RunContext, work: Work, answer: CellAnswer) -> CellAnswer:
    """An answer that is to be a number, a year, or yes or no, in that form and judged in it; one of another form is not carried."""
    text, reason = shaped(answer.text, answer.column, context.language)
    if reason:
        return replace(answer, text=text, finding=Finding(False, reason, answer.used))
    facts = facts_of(answer.column, (p.text for p in answer.used))
    findings = context.check([(claim_of(text, answer.column), answer.used)], work, answer.candidates, facts)
    return replace(answer, text=text, finding=findings[0])


# -- falling back ------------------------------------------------------------------------------------------------------


def say_as_it_stands(context: RunContext, work: Work, answers: Answers) -> list[CellAnswer]:
    """Where the model's words are not carried, what the sentence itself says."""

    def said(some: list[CellAnswer]) -> Answers:
        drafts = generate.say(context, [a.used[0] for a in some])
        return _carried([replace(a, draft=draft, text=draft.text) for a, draft in zip(some, drafts, strict=True)])

    return change_some(answers, lambda a: _is_of_model(a) and not a.carried and not has_form(a.column), said)


def answer_by_title(context: RunContext, work: Work, answers: Answers) -> list[CellAnswer]:
    """Where no sentence answers a column that the work's title does, its title; in one column at most."""
    cited = context.entries_of(work) if work.kind is WorkKind.REFERENCE else []
    open_ = next((a for a in answers if not a.carried and answered_by_title(a.column, work.title)), None)
    title = retrieve.of_title(cited[0][0].document, cited[0][1]) if cited and open_ is not None else None
    if title is None:
        return list(answers)
    draft = Draft(generate.by_title(title, context.language))
    said = Finding(True, "", (title,))
    return [replace(a, draft=draft, text=draft.text, finding=said) if a is open_ else a for a in answers]
