"""Search terms: what a text is indexed under and what a question is looked up by, in Chinese and English.

A Chinese word has no spaces around it and mostly two characters, so Chinese
runs are indexed as overlapping pairs (``注意力`` → ``注意 意力``); a lone
character stands for itself.  Latin words and numbers are taken as they are, in
NFKC and without case; the index stems them.
"""

from __future__ import annotations

import re
import unicodedata

from citegrid.core.language.lexicon import pattern_of, words
from citegrid.core.language.script import HAN, has_han

_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
#: Words of questions, not of answers.
_ASKING = frozenset(words("search", "question_words", "en"))
_ASKING_ZH = re.compile(pattern_of("search", "question_words", "zh"))


def terms_of(text: str) -> list[str]:
    """The terms ``text`` is indexed under, in order."""
    terms: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).casefold()):
        if has_han(run) and len(run) > 1:
            terms += (run[i : i + 2] for i in range(len(run) - 1))
        else:
            terms.append(run)
    return terms


def asked_terms(question: str) -> list[str]:
    """The terms a question is looked up by: without the words that only ask; each once, in order."""
    text = _ASKING_ZH.sub(" ", unicodedata.normalize("NFKC", question))
    return list(dict.fromkeys(t for t in terms_of(text) if t not in _ASKING))


def stem(term: str) -> str:
    """The first letters of a Latin word: enough to tell whether two texts share it."""
    return term[:6] if term.isascii() else term
