"""Long sentences taken apart where both sides say something by themselves, and joined again.

A small model keeps voice and relation in a clause that it loses in a sentence of three of them.  Only safe places count:
a semicolon, and a comma before a conjunction that a new subject follows.
"""

from __future__ import annotations

import re

from citegrid.core.language.lexicon import whole_words, words
from citegrid.core.language.script import count_han

#: Words (two ideographs count as one) from which a sentence is taken apart at semicolons, and at conjunctions.
_LONG, _VERY_LONG = 16, 34
#: Words that a part has at least.
_LEAST = 5
_SEMICOLON = re.compile(r"\s*[;；]\s*")
#: A comma, a conjunction and the subject of a clause: ", but the authors", ", while it".
_CONJUNCTION = re.compile(
    rf",\s+(?={whole_words('clauses', 'conjunctions', 'en')}\s+{whole_words('clauses', 'subjects', 'en')})|，(?={whole_words('clauses', 'conjunctions', 'zh')})"
)
_BRACKETS = re.compile(r"[(（][^()（）]*$")
_STARTS = frozenset(words("clauses", "starts", "en"))
#: What joins the parts again, by the language of the translation.
_SEMICOLONS = {"zh": "；", "en": "; "}
_COMMAS = {"zh": "，", "en": ", "}


def parts_of(text: str, language: str) -> list[tuple[str, str]]:
    """``text`` in parts, each with what joins its translation into ``language`` to the part before (nothing for the first)."""
    parts = [("", text)]
    if _measure(text) > _LONG:
        parts = _cut(parts, _SEMICOLON, _SEMICOLONS[language])
    return [
        cut
        for part in parts
        for cut in (_cut([part], _CONJUNCTION, _COMMAS[language]) if _measure(part[1]) > _VERY_LONG else [part])
    ]


def joined(parts: list[tuple[str, str]]) -> str:
    """The translations of the parts as one sentence."""
    text = ""
    for joint, part in parts:
        text = text.rstrip("。.；;，, ") + joint + _uncapitalised(part, joint) if text else part
    return text


def _uncapitalised(part: str, joint: str) -> str:
    """English goes on in small letters inside a sentence; a name keeps its capital."""
    begins = part.split(maxsplit=1)[0] if joint.endswith(" ") and part else ""
    return part[0].lower() + part[1:] if begins in _STARTS else part


def _cut(parts: list[tuple[str, str]], where: re.Pattern[str], joint: str) -> list[tuple[str, str]]:
    """Each part cut at the places where both sides are long enough and no bracket is open."""
    result: list[tuple[str, str]] = []
    for before, text in parts:
        start = 0
        for place in where.finditer(text):
            head = text[start : place.start()]
            if min(_measure(head), _measure(text[place.end() :])) < _LEAST or _BRACKETS.search(head):
                continue
            result.append((before, head))
            before, start = joint, place.end()
        result.append((before, text[start:]))
    return result


def _measure(text: str) -> int:
    return max(len(text.split()), count_han(text) // 2)
