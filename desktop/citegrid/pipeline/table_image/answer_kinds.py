"""Examples: what the rows that are filled in the picture say of the form that answers should take."""

from __future__ import annotations

import re
from collections.abc import Sequence

from citegrid.core.table import AnswerType

_YEAR = re.compile(r"(?:1[89]|20)\d\d\s*年?")
_NUMBER = re.compile(
    r"[<>≈~±=≤≥]?\s*[-+−]?\d[\d,. ]*(?:[%‰℃°]|[a-zA-Zμ/²³]{1,5}|[万亿个篇人例次条]{1,2})?(?:\s*[±–-]\s*\d[\d.,]*%?)?"
)
_YES_NO = re.compile(r"是|否|有|无|yes|no|y|n|true|false|[✓✔√×✗✘]", re.I)
_LIST = re.compile(r"[^、;；]+(?:[、;；][^、;；]+)+")
_FORMS = (
    (_YEAR, AnswerType.YEAR),
    (_NUMBER, AnswerType.NUMBER),
    (_YES_NO, AnswerType.YES_NO),
    (_LIST, AnswerType.LIST),
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
    numbers = [name for name in names if _NUMBER.fullmatch(name)]
    years = [name for name in numbers if _YEAR.fullmatch(name)]
    return len(numbers) >= 2 and len(numbers) >= len(names) - 1 and len(years) <= 0.5 * len(numbers)
