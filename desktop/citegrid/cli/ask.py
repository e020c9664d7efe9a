"""The commands that set questions and texts against the sources: ``ask`` and ``check-text``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from citegrid.cli.context import Context, add_library, check_library, opened, print_json
from citegrid.cli.progress import ProgressLine
from citegrid.cli.terminal import said, show, tell
from citegrid.core.evidence import Evidence
from citegrid.core.messages import Message, as_message
from citegrid.core.outcome.answers import ROLES, CheckedText, QuestionAnswered, Standing
from citegrid.core.serialisation.statement_json import evidence_to_json
from citegrid.pipeline.answers.answer import is_foreign, translated

#: What stands before a sentence, as in the window.
_SIGNS = {Standing.CONTRADICTED: "✕", Standing.NOT_FOUND: "–", Standing.SUPPORTED: "✓"}


def run_ask(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid ask``: exit code 1 when no sentence answers."""
    with opened(line) as context:
        _open(context, args)
        answered = context.wait(context.workbench.questions.ask(args.question))
        if args.model and is_foreign(answered):
            model = context.workbench.session.load_model(None if args.model == "default" else Path(args.model))
            answered = translated(answered, model)
    if args.json:
        print_json(_answer_json(answered))
    elif answered.sentences:
        _print_answer(answered)
    if not answered.sentences:
        tell(answered.reason)
    return 0 if answered.sentences else 1


def run_check_text(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid check-text``: exit code 1 when a sentence is contradicted."""
    with opened(line) as context:
        check = context.workbench.text_check
        text = sys.stdin.read() if str(args.text) == "-" else check.read(args.text)
        _open(context, args)
        checked = context.wait(check.check(text))
    if args.json:
        print_json(_checked_json(checked))
    else:
        _print_checked(checked)
    contradicted, absent, supported = (len(checked.of(standing)) for standing in Standing)
    tell(
        Message(
            "{contradicted} contradicted, {absent} not found, {supported} supported.",
            contradicted=contradicted,
            absent=absent,
            supported=supported,
        )
    )
    tell(ROLES)
    return 1 if checked.of(Standing.CONTRADICTED) else 0


def _open(context: Context, args: argparse.Namespace) -> None:
    """The paper, and the library where one is named."""
    check_library(args.library)
    context.wait(context.workbench.papers.open(args.pdf, args.password))
    if args.library is not None:
        add_library(context, args.library)


def _print_answer(answered: QuestionAnswered) -> None:
    for sentence in answered.sentences:
        print(sentence.text)
        _print_places(sentence.evidence, quoted=sentence.text != " ".join(e.quote for e in sentence.evidence))


def _print_checked(checked: CheckedText) -> None:
    for one in checked.by_standing:
        show(
            Message(
                "{mark} {standing}: {text}",
                mark=_SIGNS[one.standing],
                standing=as_message(one.standing.value),
                text=one.text,
            )
        )
        if one.reason:
            print(f"    {said(one.reason)}")
        _print_places(one.evidence, quoted=True)


def _print_places(evidence: Sequence[Evidence], *, quoted: bool) -> None:
    for one in evidence:
        place = (
            Message("page {page}", page=one.page) if one.chunk is None else Message("chunk {number}", number=one.chunk)
        )
        print(f"    {one.source}, {said(place)}" + (f": “{one.quote}”" if quoted else ""))


def _answer_json(answered: QuestionAnswered) -> dict[str, Any]:
    sentences = [
        {"text": s.text, "wording": s.wording.value, "evidence": [evidence_to_json(e) for e in s.evidence]}
        for s in answered.sentences
    ]
    return {"question": answered.question, "sentences": sentences, "reason": str(answered.reason)}


def _checked_json(checked: CheckedText) -> dict[str, Any]:
    sentences = [
        {
            "text": s.text,
            "standing": s.standing.value,
            "reason": str(s.reason),
            "evidence": [evidence_to_json(e) for e in s.evidence],
        }
        for s in checked.sentences
    ]
    return {"sentences": sentences}
