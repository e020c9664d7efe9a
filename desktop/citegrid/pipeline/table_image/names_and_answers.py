"""Names and answers: what tells the name of a column from an answer in it, and which form the answers of a column take."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.core.table import AnswerType
from citegrid.pipeline.table_image.patterns import (
    ATTRIBUTE_WORD,
    LIST_ANSWER,
    NUMBER_ANSWER,
    YEAR_ANSWER,
    YES_NO_ANSWER,
)

#: The longest name of a column, in letters, and how many of them must belong to words that columns are named with.
_LONGEST, _LEAST_COVERED = 40, 0.6
_FORMS = (
    (YEAR_ANSWER, AnswerType.YEAR),
    (NUMBER_ANSWER, AnswerType.NUMBER),
    (YES_NO_ANSWER, AnswerType.YES_NO),
    (LIST_ANSWER, AnswerType.LIST),
)


def is_attribute(text: str) -> bool:
    """Whether a short text says what is asked for (主要方法, Sample size), not what is answered.

    At least three fifths of its letters must belong to words that columns of literature tables are named with.
    """
    letters = _letters(text)
    if not 0 < letters <= _LONGEST or text[-1:].isdecimal():  # “Paper 1” is one of several examples
        return False
    return sum(_letters(found.group()) for found in ATTRIBUTE_WORD.finditer(text)) >= _LEAST_COVERED * letters


def _letters(text: str) -> int:
    return len("".join(text.split()))


def share(texts: Sequence[str]) -> float:
    """The share of the texts that are attributes; 0 of none."""
    return sum(map(is_attribute, texts)) / len(texts) if texts else 0.0


def answer_type(examples: Sequence[str]) -> AnswerType:
    """The form that all filled examples of a column have in common; text when they have none, or are fewer than two."""
    filled = [text.strip() for text in examples if text.strip()]
    if len(filled) >= 2:
        for pattern, form in _FORMS:
            if all(pattern.fullmatch(text) for text in filled):
                return form
    return AnswerType.TEXT


def is_number(text: str) -> bool:
    """Whether a text is a number, with or without a unit or brackets."""
    return NUMBER_ANSWER.fullmatch(text.strip("()（）")) is not None


def has_no_header(names: Sequence[str]) -> bool:
    """Whether the first row of a table holds answers instead of names: numbers with at most one text, no row of years, no count."""
    numbers = [name for name in names if NUMBER_ANSWER.fullmatch(name)]  # "(3)" names a column of models
    years = [name for name in numbers if YEAR_ANSWER.fullmatch(name)]
    return (
        len(numbers) >= 2
        and len(numbers) >= len(names) - 1
        and len(years) <= 0.5 * len(numbers)
        and not _count_up(numbers)
    )


def _count_up(numbers: Sequence[str]) -> bool:
    """Whether numbers are whole and each is one more than that before it."""
    whole = [int(number) for number in numbers if number.isdecimal()]
    return len(whole) == len(numbers) and whole == list(range(whole[0], whole[0] + len(whole)))
