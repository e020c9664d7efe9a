"""English words as terms are looked up by: without case, without the endings that a term takes in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: A word; what is written with a dot within (``example.org``, ``package.name``) is one, and no term.
_WORD = re.compile(r"[A-Za-z0-9]+(?:\.[a-z][a-z0-9]+)*")
#: Endings, the longest first, and what a word without them ends in; what is left has at least three letters.
_PLURALS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("s", ""))
_VERBALS = ("ing", "ed", "es", "e")
_NO_PLURAL = ("ss", "us", "is")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, the parts of a hyphenated one by themselves: as it stands, and where."""

    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of ``text``, in order."""
    return [Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


def singular(word: str) -> str:
    """``word`` in small letters without the ending of a plural (``studies`` → ``study``)."""
    word = word.lower()
    if word.endswith(_NO_PLURAL):
        return word
    for ending, left in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) + len(left) >= _LEAST:
            return word.removesuffix(ending) + left
    return word


def stem(word: str) -> str:
    """``word`` without the ending of a plural or a verb: ``fine-tuned`` and ``fine-tuning`` are looked up by the same."""
    word = singular(word)
    for ending in _VERBALS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            stripped = word.removesuffix(ending)
            return stripped[:-1] if stripped[-1] == stripped[-2] else stripped
    return word


def is_acronym(word: str) -> bool:
    """Whether ``word`` is written in capitals, but for the s of a plural and joining signs."""
    letters = list(filter(str.isalpha, word.removesuffix("s")))
    return len(letters) > 1 and all(map(str.isupper, letters))
