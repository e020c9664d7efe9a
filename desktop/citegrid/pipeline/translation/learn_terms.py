"""Terms that a paper or a background document gives in both languages itself.

Three ways of saying so are read: keyword lists of equal length in both languages, ``术语（English term，ABBR）``, and
``English term（术语）``.  What is unsure is left: a wrong term does more harm than a missing one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from citegrid.core.glossary import Glossary, Term, joined
from citegrid.core.language.lexicon import words
from citegrid.core.language.script import count_han, has_han
from citegrid.core.language.text import join_lines

#: Keywords of a list, and characters of each.
FEWEST, MOST, LONGEST_KEYWORD = 2, 12, 60
#: Ideographs of a term for each word of its English: at least, as a rule at most, at most.
LEAST_RATIO, LIKELY_RATIO, MOST_RATIO = 0.9, 2.5, 4.5
#: Ideographs of a term, and words of an English one in running text.
SHORTEST_TERM, LONGEST_TERM, MOST_WORDS = 2, 14, 6
#: Characters before a bracket and within it that are looked at.
REACH = 80

_QUOTES = '"“”'
_BRACKET = re.compile(rf"[(（](?=([^)）\n]{{1,{REACH - 2}}})[)）])")
_BETWEEN = str.maketrans(dict.fromkeys("；,，、", ";"))
_AFTER_HEAD = ":：.—]】 "
_HEADS = words("glossary", "keyword_heads")
_BORDERS = words("glossary", "before_term")
_OPENERS = frozenset(words("glossary", "before_english_term"))
_REFERRING = frozenset(words("glossary", "no_terms"))
_SOUNDS = frozenset(words("glossary", "transliterations"))

#: An English and a Chinese word.
Pair = tuple[str, str]


def learn_terms(texts: Sequence[str], source: str) -> Glossary:
    """The terms that a document gives in both languages; ``texts`` are its pages or chunks, ``source`` is its name.

    Where it gives an English term two Chinese ones, the one it gives more often counts.
    """
    whole = "\n".join(map(join_lines, texts))
    lists = dict.fromkeys([*_keywords("\n".join(texts)), *_keywords(whole)])
    counted = Counter(filter(_is_plausible, [*lists, *_in_brackets(whole)]))
    rarest_first = sorted(counted, key=counted.__getitem__)
    best = {_lowered(english): chinese for english, chinese in rarest_first}
    return joined([[Term(english, chinese, source) for english, chinese in best.items()]])


# -- keyword lists -------------------------------------------------------------------------------------------------------


def _keywords(text: str) -> list[Pair]:
    """The pairs of the first two lists of keywords that are of equal length, one in each language."""
    lists: dict[bool, list[list[str]]] = {True: [], False: []}
    for line in text.split("\n"):
        found = _listed(_behind_head(line))
        lists[has_han("".join(found))].append(found)
    pairs = ((ours, theirs) for ours, theirs in product(lists[True], lists[False]) if len(ours) == len(theirs))
    ours, theirs = next(pairs, ([], []))
    return list(zip(theirs, ours, strict=True))


def _behind_head(line: str) -> str:
    """What stands behind “Keywords:” in a line; empty without it."""
    low = line.casefold()
    head = next((head for head in _HEADS if head in low), "")
    rest = line[low.find(head) + len(head) :].lstrip() if head else ""
    return rest.lstrip(_AFTER_HEAD) if rest[:1] in tuple(_AFTER_HEAD) else ""


def _listed(line: str) -> list[str]:
    """The words of a list; none where it reads as something else."""
    parts = [part.strip(" .。") for part in line.translate(_BETWEEN).split(";")]
    parts = list(filter(None, parts))
    fits = FEWEST <= len(parts) <= MOST and all(len(part) <= LONGEST_KEYWORD for part in parts)
    return parts if fits else []


# -- in brackets ---------------------------------------------------------------------------------------------------------


def _in_brackets(text: str) -> Iterator[Pair]:
    for before, inside in _bracketed(text):
        english = _first_part(inside)
        if english and has_han(before[-1]):
            yield english, _end_of(_han_run(before), text, english)
        elif has_han(inside):
            yield _english_end(before), inside


def _bracketed(text: str) -> Iterator[Pair]:
    """Each short bracket: what stands before it on its line, and in it."""
    for found in _BRACKET.finditer(text):
        at, inside = found.start(), found[1].strip()
        before = text[max(0, at - REACH) : at].rsplit("\n", 1)[-1].rstrip(f" {_QUOTES}")
        if before and inside:
            yield before, inside


def _first_part(inside: str) -> str:
    """The English term in a bracket, without the abbreviation behind it; empty for anything else."""
    term, _, short = inside.translate(_BETWEEN).partition(";")
    return term.strip() if f"{short.strip()}0".isalnum() and _is_words(term.split()) else ""


def _is_words(parts: Sequence[str]) -> bool:
    """Whether these are the words of an English term."""
    return 0 < len(parts) <= MOST_WORDS and all(p.isascii() and p.replace("-", "").isalpha() for p in parts)


def _han_run(before: str) -> str:
    """The ideographs at the end, with letters and digits among them."""
    start = len(before)
    while start and (has_han(before[start - 1]) or (before[start - 1].isascii() and before[start - 1].isalnum())):
        start -= 1
    return before[start:]


def _end_of(run: str, text: str, english: str) -> str:
    """The term at the end of a run of Chinese: behind the last word that no term begins with, or, in a run that has none,
    all of it where it is as long as such a term and no name, or the longest end that the text says once more; empty where
    nothing tells."""
    border = max((run.rfind(word, 0, -1) + len(word) for word in _BORDERS if word in run[:-1]), default=0)
    term = run[border:]
    likely = len(term) <= round(LIKELY_RATIO * len(english.split())) and not _has_capitals(english)
    ends = (term[-length:] for length in range(min(len(term), LONGEST_TERM), SHORTEST_TERM - 1, -1))
    return term if border or likely else next((end for end in ends if text.count(end) > 1), "")


def _english_end(before: str) -> str:
    """The English term at the end of a text: behind the last word that no term begins with; empty where it is too long."""
    found: list[str] = []
    for word in reversed(_apart(before).split()):
        if word.casefold() in _OPENERS or not _is_words([word]):
            break
        found.insert(0, word)
    return " ".join(found) if _is_words(found) else ""


def _apart(text: str) -> str:
    """``text`` with a border around each ideograph, so that English words stand by themselves."""
    return "".join(f" {char} " if has_han(char) else char for char in text)


# -- both ----------------------------------------------------------------------------------------------------------------


def _is_plausible(pair: Pair) -> bool:
    """Whether two words can be one term: of fitting lengths, and no abbreviation, no reference and no name of a person."""
    english, chinese = pair
    parts = english.casefold().split()
    ratio = len(chinese) / max(1, len(parts))
    fits = SHORTEST_TERM <= count_han(chinese) <= LONGEST_TERM and LEAST_RATIO <= ratio <= MOST_RATIO
    return fits and not (english.isupper() or has_han(english) or _REFERRING & {*parts} or _is_name(english, chinese))


def _is_name(english: str, chinese: str) -> bool:
    """Whether they read as somebody's name: every English word with a capital, the Chinese short or written by sound."""
    by_sound = all(char in _SOUNDS for char in chinese)
    return _has_capitals(english) and (by_sound or (1 < len(english.split()) <= 3 and len(chinese) <= 3))


def _has_capitals(english: str) -> bool:
    return all(word[:1].isupper() for word in english.split())


def _lowered(english: str) -> str:
    """An English term as it stands within a sentence: without capitals that only its place gives it."""
    return " ".join(word.lower() if word[1:].islower() else word for word in english.split())
