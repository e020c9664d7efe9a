"""Examples: what the rows that are filled in the picture say of the form that answers should take."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.core.table import AnswerType
from citegrid.pipeline.table_image.patterns import LIST_ANSWER, NUMBER_ANSWER, YEAR_ANSWER, YES_NO_ANSWER

_FORMS = (
    (YEAR_ANSWER, AnswerType.YEAR),
    (NUMBER_ANSWER, AnswerType.NUMBER),
    (YES_NO_ANSWER, AnswerType.YES_NO),
    (LIST_ANSWER, AnswerType.LIST),
)


def answer_type(examples: Sequence[str]) -> AnswerType:
    """The form that all filled examples of a column have in common; text when they have none, or are fewer than two."""
    filled = [text.strip() for text in examples if text.strip()]
    if len(filled) >= 2:
        for pattern, form in _FORMS:
            if all(pattern.fullmatch(text) for text in filled):
                return form
    return AnswerType.TEXT


def has_no_header(names: Sequence[str]) -> bool:
    """Whether the first row of a table holds answers instead of names: numbers with at most one text, no row of years."""
    numbers = [name for name in names if NUMBER_ANSWER.fullmatch(name)]
    years = [name for name in numbers if YEAR_ANSWER.fullmatch(name)]
    return len(numbers) >= 2 and len(numbers) >= len(names) - 1 and len(years) <= 0.5 * len(numbers)
