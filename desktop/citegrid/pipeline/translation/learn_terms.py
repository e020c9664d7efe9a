"""Terms that a paper or a background document gives in both languages itself.

Three ways of saying so are read: keyword lists of equal length in both languages, ``术语（English term，ABBR）``, and
``English term（术语）``.  What is unsure is left: a wrong term does more harm than a missing one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from citegrid.core.glossary import Glossary, Term, joined
from citegrid.core.lexicon import alternatives, pattern_of, words
from citegrid.core.script import HAN, count_han, has_han
from citegrid.core.text import join_lines

#: Keywords of a list, and characters of each.
FEWEST, MOST, LONGEST_KEYWORD = 2, 12, 60
#: Ideographs of a term for each word of its English.
LEAST_RATIO, LIKELY_RATIO, MOST_RATIO = 0.9, 2.5, 4.5
#: Ideographs of a term.
SHORTEST_TERM, LONGEST_TERM = 2, 14
#: Words of an English term in running text.
MOST_WORDS = 6

_HEAD_ZH = re.compile(rf"(?:{pattern_of('glossary', 'keyword_heads', 'zh')})\s*[:：\]】]\s*([^\n]+)")
_HEAD_EN = re.compile(rf"\b(?:{pattern_of('glossary', 'keyword_heads', 'en')})\s*[:：.—-]+\s*([^\n]+)", re.I)
_BETWEEN = re.compile(r"\s*[;；,，、]\s*")
_ENGLISH = r"[A-Za-z][A-Za-z-]*(?:[ ][A-Za-z][A-Za-z-]*){0,5}"
_SHORT = r"(?:\s*[,，;；]\s*(?:简称\s*)?[A-Z][A-Za-z0-9-]{1,9})?"
_CHINESE_FIRST = re.compile(rf"([{HAN}A-Z0-9-]{{0,40}}[{HAN}])[\"”]?\s*[(（]\s*({_ENGLISH}){_SHORT}\s*[)）]")
_ENGLISH_FIRST = re.compile(rf"({_ENGLISH})\s*[(（]\s*([{HAN}]{{{SHORTEST_TERM},{LONGEST_TERM}}})\s*[)）]")
_BEFORE = re.compile(rf".*{alternatives(words('glossary', 'before_term'))}(?=.)")
_REFERS = re.compile(rf"\b{pattern_of('glossary', 'no_terms')}\b", re.I)
_OPENERS = frozenset(words("glossary", "before_english_term"))
_SOUNDS = frozenset(words("glossary", "transliterations"))


def learn_terms(texts: Sequence[str], source: str) -> Glossary:
    """The terms that a document gives in both languages; ``texts`` are its pages or chunks, ``source`` is its name.

    Where it gives an English term two Chinese ones, the one it gives more often counts.
    """
    whole = "\n".join(join_lines(text) for text in texts)
    lines = "\n".join(texts)
    counted = Counter([*_keywords(lines), *_keywords(whole), *_in_brackets(whole)])
    best: dict[str, tuple[int, str]] = {}
    for (english, chinese), times in counted.items():
        best[english] = max(best.get(english, (0, "")), (times, chinese))
    return joined([[Term(english, chinese, source) for english, (_, chinese) in best.items()]])


# -- keyword lists -------------------------------------------------------------------------------------------------------


def _keywords(text: str) -> Iterator[tuple[str, str]]:
    """The pairs of the first two lists of keywords that are of equal length."""
    chinese = [_listed(match.group(1)) for match in _HEAD_ZH.finditer(text)]
    english = [_listed(match.group(1)) for match in _HEAD_EN.finditer(text)]
    for ours, theirs in ((one, other) for one in chinese for other in english):
        if len(ours) == len(theirs) and FEWEST <= len(ours) <= MOST:
            pairs = list(zip(theirs, ours, strict=True))
            if all(not has_han(e) and has_han(c) for e, c in pairs):
                yield from ((_lowered(e), c) for e, c in pairs if _plausible(e, c))
                return


def _listed(line: str) -> list[str]:
    parts = [part.strip(" .。；;") for part in _BETWEEN.split(line.strip())]
    return [part for part in parts if part] if all(len(part) <= LONGEST_KEYWORD for part in parts) else []


# -- in brackets ---------------------------------------------------------------------------------------------------------


def _in_brackets(text: str) -> Iterator[tuple[str, str]]:
    for match in _CHINESE_FIRST.finditer(text):
        english = " ".join(match.group(2).split())
        chinese = _end_of(match.group(1), text, english)
        if chinese and not english.isupper() and _plausible(english, chinese):
            yield _lowered(english), chinese
    for match in _ENGLISH_FIRST.finditer(text):
        english, chinese = _without_openers(match.group(1)), match.group(2)
        if english and not english.isupper() and _plausible(english, chinese):
            yield _lowered(english), chinese


def _end_of(run: str, text: str, english: str) -> str:
    """The term at the end of a run of Chinese: behind the last word that no term begins with, or, in a run that has none,
    all of it where it is as long as such a term and no name, or the longest end that the text says once more; empty where
    nothing tells."""
    count = len(english.split())
    cut = _BEFORE.match(run)
    term = run[cut.end() :] if cut else run
    fits = SHORTEST_TERM <= len(term) <= min(LONGEST_TERM, round(MOST_RATIO * count))
    likely = len(term) <= round(LIKELY_RATIO * count) and not _has_capitals(english)
    if fits and (cut or text.count(term) > 1 or likely):
        return term
    most = min(len(term) - 1, LONGEST_TERM)
    ends = (term[-length:] for length in range(most, SHORTEST_TERM - 1, -1))
    return next((end for end in ends if text.count(end) > 1), "")


def _without_openers(english: str) -> str:
    """An English run without the words before its term; empty where too many are left."""
    parts = english.split()
    for at in range(len(parts) - 1, -1, -1):
        if parts[at].casefold() in _OPENERS:
            parts = parts[at + 1 :]
            break
    return " ".join(parts) if len(parts) <= MOST_WORDS else ""


# -- both ----------------------------------------------------------------------------------------------------------------


def _plausible(english: str, chinese: str) -> bool:
    """Whether two words can be one term: of fitting lengths, and no reference and no name of a person."""
    count, ideographs = len(english.split()), count_han(chinese)
    fits = SHORTEST_TERM <= ideographs <= LONGEST_TERM and LEAST_RATIO <= ideographs / count <= MOST_RATIO
    return fits and len(english) > 2 and not _REFERS.search(english) and not _is_name(english, chinese)


def _is_name(english: str, chinese: str) -> bool:
    """Whether they read as somebody's name: every English word with a capital, the Chinese short or written by sound."""
    by_sound = all(char in _SOUNDS for char in chinese)
    return _has_capitals(english) and (by_sound or (1 < len(english.split()) <= 3 and len(chinese) <= 3))


def _has_capitals(english: str) -> bool:
    return all(word[:1].isupper() for word in english.split())


def _lowered(english: str) -> str:
    """An English term as it stands within a sentence: without capitals that only its place gives it."""
    return " ".join(word.lower() if word[:1].isupper() and word[1:].islower() else word for word in english.split())
