"""The form of an answer: a number, a year, a list or a yes or no, as the column wants it.

A small model answers in sentences whatever it is asked for.  Where the wished form stands in its sentence beyond doubt
it is taken out; where it does not, the answer is shown as it is, with the reason why it does not count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from citegrid.core.messages import Message
from citegrid.core.table import AnswerType, Column
from citegrid.pipeline.cells.columns.patterns import A_NUMBER, A_YEAR, COUNTS, NO, ONLY_A_NUMBER, YES
from citegrid.pipeline.cells.patterns import phrase

_SIGNS = " ,，。.;；:：!！"


def has_form(column: Column) -> bool:
    """Whether answers of ``column`` have a form that can be checked."""
    return column.answer_type in _FORMS


def shaped(text: str, column: Column, language: str) -> tuple[str, str]:
    """``(answer, reason)``: ``text`` in the form that ``column`` wants and no reason, or as it is and why not.

    An empty text is no answer and has no fault.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not plain or not has_form(column):
        return text, ""
    form, reason = _FORMS[column.answer_type]
    answer = form(plain, language)
    return (answer, "") if answer else (text, reason)


def claim_of(text: str, column: Column) -> str:
    """The answer as a statement that can be judged: a bare ``12`` says nothing without the column it answers."""
    if column.answer_type is AnswerType.TEXT or not text:
        return text
    return f"{column.name}: {text}"


def facts_of(column: Column, sources: Iterable[str]) -> tuple[str, ...]:
    """What a claim may say without its quote: the column's name, and in figures the counts that the quote has in words."""
    if column.answer_type is not AnswerType.NUMBER:
        return (column.name,)
    basis = " ".join(sources)
    return column.name, *(str(number) for number, pattern in enumerate(COUNTS, 1) if pattern.search(basis))


def _number(plain: str, language: str) -> str:
    if ONLY_A_NUMBER.fullmatch(plain):
        return plain.rstrip("。.")
    found = {match.group().strip() for match in A_NUMBER.finditer(plain)}
    return found.pop() if len(found) == 1 else ""


def _year(plain: str, language: str) -> str:
    found = set(A_YEAR.findall(plain))
    return found.pop() if len(found) == 1 else ""


def _yes_no(plain: str, language: str) -> str:
    for pattern, sign in ((NO, "no_sign"), (YES, "yes_sign")):
        said = pattern.match(plain)
        if said:
            why = plain[said.end() :].strip(_SIGNS)
            return phrase(sign, language) + (phrase("before_why", language) + why if why else "")
    return ""


#: How an answer gets its form, empty where it has not got it, and what is said then.
_FORMS: dict[AnswerType, tuple[Callable[[str, str], str], Message]] = {
    AnswerType.NUMBER: (_number, Message("not a single number")),
    AnswerType.YEAR: (_year, Message("not a single year")),
    AnswerType.YES_NO: (_yes_no, Message("neither yes nor no")),
}
