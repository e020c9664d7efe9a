"""Answers to questions and checked texts as JSON, in project files."""

from __future__ import annotations

from typing import Any

from citegrid.core.evidence import Evidence
from citegrid.core.outcome.answers import (
    AnswerSentence,
    CheckedSentence,
    CheckedText,
    Found,
    QuestionAnswered,
    Standing,
)
from citegrid.core.serialisation.fields import Field
from citegrid.core.serialisation.statement_json import (
    evidence_from_json,
    evidence_to_json,
    heard,
    said_to_json,
    wording_from_json,
    wording_to_json,
)


def found_to_json(found: Found, language: str) -> dict[str, Any]:
    """The inverse of ``found_from_json``; reasons are said in ``language``."""
    if isinstance(found, QuestionAnswered):
        answer = [{**_sentence(one), **wording_to_json(one)} for one in found.sentences]
        return {"question": found.question, "answer": answer, **said_to_json("reason", found.reason, language)}
    checked = [
        {**_sentence(one), "standing": one.standing.value, **said_to_json("reason", one.reason, language)}
        for one in found.sentences
    ]
    return {"checked": checked}


def _sentence(one: AnswerSentence | CheckedSentence) -> dict[str, Any]:
    return {"text": one.text, "citations": [evidence_to_json(e) for e in one.evidence]}


def found_from_json(found: Field) -> Found:
    """An answer or a checked text; raises InputError, naming the field, for anything else."""
    if not found.get("checked").missing:
        return CheckedText(
            tuple(
                CheckedSentence(
                    one.text("text"), one.choice("standing", Standing), heard(one, "reason", ""), _places(one)
                )
                for one in found.items("checked")
            )
        )
    sentences = (
        AnswerSentence(one.text("text"), _places(one), *wording_from_json(one)) for one in found.items("answer")
    )
    return QuestionAnswered(found.text("question"), tuple(sentences), heard(found, "reason", ""))


def _places(one: Field) -> tuple[Evidence, ...]:
    return tuple(evidence_from_json(e) for e in one.items("citations"))
