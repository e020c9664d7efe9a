"""Numbers in brackets or raised that cite nothing: intervals, indices of arrays, types, equations, exponents, charges."""

from __future__ import annotations

import re
from collections.abc import Collection

from citegrid.core.language.script import count_han
from citegrid.pipeline.citations.patterns import (
    CODE_AFTER,
    INTERVAL_BEFORE,
    NUMBERED_BEFORE,
    OPERAND_AFTER,
    OPERAND_BEFORE,
    OPERATED,
    POWER_BEFORE,
    POWER_OF_TEN,
    PROGRAM,
    PROGRAM_BEFORE,
    PROSE,
    TWO_NUMBERS,
    TYPE_AFTER,
)

#: Characters before a bracket, a round one and a raised number that tell what it is, and those of an equation.
_BRACKET_REACH, _ROUND_REACH, _RAISED_REACH, _EQUATION = 30, 40, 12, 80
#: Characters around a raised number, and how many words of prose stand there at least, behind a word and behind a space.
_AROUND, _FEWEST_WORDS, _FEWEST_APART = 60, 3, 7
_AROUND_WORDS = ".,;:!?()[]'\"“”0123456789-"
#: What a bracket is attached to in a program, and a raised number in prose.
_CODE_SIGNS, _PROSE_SIGNS = "_])", ".,;:)'\"”"


def is_bracket_without_citation(text: str, match: re.Match[str]) -> bool:
    """Whether a number in square brackets is an interval, an index of an array, a type or a list of numbers."""
    before = text[max(0, match.start() - _BRACKET_REACH) : match.start()]
    inner = match.group(1)
    if POWER_OF_TEN.search(inner) or (TWO_NUMBERS.fullmatch(inner) and INTERVAL_BEFORE.search(before)):
        return True
    if PROGRAM_BEFORE.search(before) or TYPE_AFTER.match(text, match.end()) or _is_code(text, match):
        return True
    return _is_nested(before, text[match.end() : match.end() + 3])


def operands_of(text: str) -> frozenset[str]:
    """The numbers in brackets with which a text calculates, such as multiplets."""
    return frozenset(number for match in OPERATED.finditer(text) for number in match.groups() if number)


def is_operand(text: str, start: int, end: int, operands: Collection[str]) -> bool:
    """Whether a bracket holds one of ``operands`` as such: the [6], [6] ⊕ [15], the [15] representation."""
    before = text[max(0, start - _BRACKET_REACH) : start]
    named = OPERAND_AFTER.match(text, end) or OPERAND_BEFORE.search(before)
    return text[start:end].strip("[ ]") in operands and named is not None


def _is_code(text: str, match: re.Match[str]) -> bool:
    """Whether a bracket is attached to a name in a program."""
    last = text[max(0, match.start() - 1) : match.start()]
    attached = last.isascii() and (last.isalnum() or last in _CODE_SIGNS)
    return attached and (CODE_AFTER.match(text, match.end()) is not None or _is_program(text, match))


def _is_nested(before: str, behind: str) -> bool:
    """Whether a bracket stands in another one, beside a third or alone."""
    return before.rstrip(" ").endswith("[") and behind.lstrip(" ,").startswith(("[", "]"))


def _is_program(text: str, match: re.Match[str]) -> bool:
    """Whether the printed line around ``match`` is of a program."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[start : end if end >= 0 else len(text)]
    return bool(PROGRAM.search(line)) and not PROSE.search(line)


def is_round_without_citation(text: str, match: re.Match[str]) -> bool:
    """Whether a number in round brackets is that of an equation, a figure or a step, an interval or an argument."""
    before = text[max(0, match.start() - _ROUND_REACH) : match.start()]
    last = before[-1:]
    if last.isalnum() or last in ("_", ")"):
        return True
    return _is_numbered(before) or bool(INTERVAL_BEFORE.search(before)) or _numbers_equation(text, match)


def _is_numbered(before: str) -> bool:
    """Whether what stands before a number bears it: "equation (7)", "Algorithm (1)", but not "an algorithm (33)"."""
    thing = NUMBERED_BEFORE.search(before)
    return thing is not None and (thing["name"] is None or thing["name"][0].isupper())


def _numbers_equation(text: str, match: re.Match[str]) -> bool:
    """Whether ``(3)`` ends a line with an equation, or stands alone after one."""
    line = text.rfind("\n", 0, match.start()) + 1
    if text[match.end() : match.end() + 2].strip(" ")[:1] not in ("\n", ""):
        return False
    before = text[line : match.start()].strip() or text[max(0, line - _EQUATION) : line].strip()
    return not before or "=" in before[-_EQUATION:] or not any(map(str.isalpha, before))


def is_raised_without_citation(text: str, start: int, end: int) -> bool:
    """Whether a raised number is an exponent, a charge or an isotope, or begins the text."""
    before, after = text[max(0, start - _RAISED_REACH) : start], text[end : end + 1]
    attached = before[-1:].isalpha() or before[-1:] in _PROSE_SIGNS
    if POWER_BEFORE.search(before) or (after.isalnum() and not attached):
        return True
    fewest = _FEWEST_APART if before[-1:].isspace() else _FEWEST_WORDS
    in_prose = _words_of_prose(text[max(0, start - _AROUND) : end + _AROUND]) >= fewest
    return not in_prose or not text[:start].strip()


def _words_of_prose(text: str) -> int:
    """How many words of running text stand in ``text``; two ideographs count as one."""
    words = (word.strip(_AROUND_WORDS) for word in text.split())
    return sum(len(word) > 2 and word.isalpha() and word[1:].islower() for word in words) + count_han(text) // 2
