"""Search terms: what a text is indexed under and what a question is looked up by, in Chinese and English.

A Chinese word has no spaces around it and mostly two characters, so Chinese
runs are indexed as overlapping pairs (``注意力`` → ``注意 意力``); a lone
character stands for itself.  Latin words and numbers are taken as they are, in
NFKC and without case; the index stems them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from citegrid.core.language.lexicon import pattern_of, words
from citegrid.core.language.script import HAN, has_han

_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
#: Words of questions, not of answers.
_ASKING = frozenset(words("search", "question_words", "en"))
_ASKING_ZH = re.compile(pattern_of("search", "question_words", "zh"))


def terms_of(text: str) -> list[str]:
    """The terms ``text`` is indexed under, in order."""
    return [term for term, _, _ in _placed(unicodedata.normalize("NFKC", text).casefold())]


def _placed(text: str) -> Iterator[tuple[str, int, int]]:
    for run in _RUN.finditer(text):
        word, start = run.group(), run.start()
        if has_han(word) and len(word) > 1:
            yield from ((word[i : i + 2], start + i, start + i + 2) for i in range(len(word) - 1))
        else:
            yield word, start, run.end()


def placed_terms(text: str) -> list[tuple[str, int, int]]:
    """The terms of ``text`` (in NFKC) with their characters, in order, without the English words that only ask or join."""
    return [placed for placed in _placed("".join(map(_small, text))) if placed[0] not in _ASKING]


def without_asking(question: str) -> str:
    """``question`` with blanks for the Chinese words of two characters or more that only ask."""
    return _ASKING_ZH.sub(lambda match: " " * len(match[0]) if len(match[0]) > 1 else match[0], question)


def is_asking(word: str) -> bool:
    """Whether an English word only asks or joins."""
    return word.casefold() in _ASKING


def _small(char: str) -> str:
    """A letter without case, where that is one letter."""
    small = char.casefold()
    return small if len(small) == 1 else char


def asked_terms(question: str) -> list[str]:
    """The terms a question is looked up by: without the words that only ask; each once, in order."""
    text = _ASKING_ZH.sub(" ", unicodedata.normalize("NFKC", question))
    return list(dict.fromkeys(t for t in terms_of(text) if t not in _ASKING))


def stem(term: str) -> str:
    """The first letters of a Latin word: enough to tell whether two texts share it."""
    return term[:6] if term.isascii() else term
