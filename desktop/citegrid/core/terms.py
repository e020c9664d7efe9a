"""Search terms: what a text is indexed under and what a question is looked up by, in Chinese and English.

A Chinese word has no spaces around it and mostly two characters, so Chinese
runs are indexed as overlapping pairs (``注意力`` → ``注意 意力``); a lone
character stands for itself.  Latin words and numbers are taken as they are, in
NFKC and without case; the index stems them.
"""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W_\u3400-\u9fff\uf900-\ufaff]+")
#: Words of questions, not of answers.
_ASKING = frozenset(
    re.findall(
        r"\w+",
        "a about an and any are as at be been by can could did do does for from had has have how i if in into is it its many me "
        "much of on or our say shall should so such than that the their them then there these they this those to under was we "
        "were what when where which while who whom whose why will with would you your",
    )
)
_ASKING_ZH = re.compile(
    r"什么|怎么样?|怎样|如何|哪些|哪个|哪种|哪里|哪一|多少|多大|多长|多高|几个|几种|为何|为什么|是否|能否|可否|有没有|请问|请|吗|呢|"
    r"[的了是在与和对中将把被由从于及其等有用以会要我们他它]"
)
CHINESE = re.compile(r"[\u3400-\u9fff]")


def terms_of(text: str) -> list[str]:
    """The terms ``text`` is indexed under, in order."""
    terms: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).casefold()):
        if CHINESE.match(run) and len(run) > 1:
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
