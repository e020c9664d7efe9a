"""What a query asks for beyond its topic: language, length, number of works, years.

The wishes are read by rule, not by the model: they must hold exactly.  Their words are data
(``resources/lexicon/query.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass

from citegrid.core.language.script import has_han
from citegrid.core.project import Project
from citegrid.core.review import Unit
from citegrid.pipeline.cells.selection.patterns import (
    AFTER,
    BEFORE,
    IN_CHINESE,
    IN_ENGLISH,
    LENGTHS,
    SINCE,
    UNTIL,
    WORKS,
    YEARS,
    YearCue,
)

DEFAULT_ROWS = 10
DEFAULT_TARGET = {"zh": 1000, "en": 500}
MOST_ROWS = 60
#: A length that someone asks for lies between these.
LEAST_LENGTH, MOST_LENGTH = 50, 20000

_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Request:
    """``target`` is the review's length in ``unit``; ``since`` and ``until`` bound the works' years, both inclusive."""

    query: str
    language: str
    target: int
    unit: Unit
    max_rows: int
    since: int | None = None
    until: int | None = None


def request_of(project: Project) -> Request:
    """What a project asks for, in its query and beside it."""
    return read_request(project.query, language=project.language, max_rows=project.max_rows, target=project.target)


def read_request(query: str, *, language: str = "", max_rows: int = 0, target: int = 0) -> Request:
    """The wishes of ``query``; arguments that are given win over what it says.

    A length is counted as the review's language counts: a Chinese text in characters, also where words were asked for.
    """
    query = query.strip()
    language = language or _language(query)
    length = _length(query) or DEFAULT_TARGET[language]
    unit = Unit.CHARACTERS if language == "zh" else Unit.WORDS
    rows = max_rows or _rows(query) or DEFAULT_ROWS
    return Request(query, language, target or length, unit, max(1, min(rows, MOST_ROWS)), *_years(query))


def _language(query: str) -> str:
    if IN_ENGLISH.search(query):
        return "en"
    return "zh" if not query or has_han(query) or IN_CHINESE.search(query) else "en"


def _length(query: str) -> int | None:
    """The length; the middle of a range."""
    for pattern in LENGTHS:
        match = pattern.search(query)
        if match:
            values = list(map(number, filter(None, match.groups())))
            length = sum(values) // len(values)
            if LEAST_LENGTH <= length <= MOST_LENGTH:
                return length
    return None


def _rows(query: str) -> int:
    found = (number(match.group(1)) for pattern in WORKS if (match := pattern.search(query)))
    return next((rows for rows in found if rows > 1), 0)  # “写一篇文献综述” asks for a review, not for one work


def _years(query: str) -> tuple[int | None, int | None]:
    between = YEARS.search(query)
    if between:
        return int(between.group(1)), int(between.group(2))
    return _bound(query, SINCE, AFTER, 1), _bound(query, UNTIL, BEFORE, -1)


def _bound(query: str, including: YearCue, excluding: YearCue, step: int) -> int | None:
    """The year at one end: that of a cue that takes it in, or ``step`` from that of one that leaves it out."""
    for cue, by in ((including, 0), (excluding, step)):
        match = cue.search(query)
        if match:
            return int(next(filter(None, match.groups()))) + by
    return None


def number(text: str) -> int:
    """The number that digits or Chinese numerals up to 9999 stand for."""
    if text[0].isdigit():
        return int(text.replace(",", ""))
    total = current = 0
    for char in text:
        if char in _TENS:
            total += (current or 1) * _TENS[char]
            current = 0
        else:
            current = _DIGITS[char]
    return total + current
