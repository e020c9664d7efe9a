"""The tokens of an entry and what the tagger sees of each: hashes of its features.

A token is a word, a number, one ideograph, one sign, or a whole address.  What it is by itself (the word, its shape, its ends, the
lists of the lexicon that hold it) is looked up once for each word; where it stands is added for each place.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from citegrid.core.language import lexicon
from citegrid.core.language.script import HAN
from citegrid.pipeline.bibliography.patterns import HANGUL, KANA, LOW, UP

#: Rows of the table of features; as many features as a token has at most.
ROWS, MOST = 2**15, 14
_ADDRESS = r"(?:https?://|www\.)\S*[^\s.,;:)\]]"
_DOI = r"10\.\d{4,9}/\S*[^\s.,;:)\]]"
_PREPRINT = r"\d{4}\.\d{4,5}(?:v\d+)?(?!\d)"
#: A word, cut before a capital in its middle: "SmithJA", "OpenAI".
_WORD = rf"[{UP}]+(?![{LOW}])|[{UP}]?[{LOW}]+|[^\W\d_{HAN}{KANA}{UP}{LOW}]+"
_TOKEN = re.compile(rf"(?i:{_ADDRESS}|{_DOI}|{_PREPRINT})|[{HAN}{KANA}]|\d+|{_WORD}|\S")
#: How a word looks: its letters by case, a number by its digits, an address; the first that fits it counts.
_SHAPES = tuple(
    (name, re.compile(form))
    for name, form in (
        ("year", r"1[5-9]\d\d|20[0-4]\d"),
        *((f"digits {count}", rf"\d{{{count}}}") for count in range(1, 6)),
        ("digits 6", r"\d{6,}"),
        ("han", rf"[{HAN}]"),
        ("kana", rf"[{KANA}]"),
        ("hangul", rf"[{HANGUL}].*"),
        ("address", r"(?=.*[/.])..+"),
        ("A", rf"[{UP}]"),
        ("AA", rf"[{UP}]{{2,3}}"),
        ("AAAA", rf"[{UP}]{{4,}}"),
        ("a", rf"[{LOW}]+"),
        ("Aa", rf"[{UP}][{LOW}]+"),
        ("aA", r"[^\W\d_]+"),
        ("mixed", r"..+"),
    )
)
#: Lists of the lexicon that may say what a word is.
_OF_NAMES = ("particles", "generations", "conjunctions", "editors", "roles", "institutions", "teams", "groups")
_OF_WORKS = (
    "months",
    "type_marks",
    "publisher_words",
    "volume_words",
    "media",
    "edited",
    "editions",
    "accessed",
    "retrieved",
)
_LISTS = (*(("names", table) for table in _OF_NAMES), *(("bibliography", table) for table in _OF_WORKS))
#: Longer words are no words, the ends of shorter ones are the words themselves.
_LONGEST, _SHORT = 30, 3
#: How far from either end a place is told apart.
_NEAR = (0, 1, 2, 3, 5, 8, 13, 21, 34)
_SLANTS = {True: "i", False: "-", None: "?"}


@dataclass(frozen=True, slots=True)
class EntryToken:
    """Characters ``start`` to ``end`` of an entry; ``gap`` says that a space or nothing stands before it."""

    text: str
    start: int
    end: int
    gap: bool


def tokens_of(text: str) -> list[EntryToken]:
    """The tokens of ``text``, in order."""
    return list(map(_token, _TOKEN.finditer(text)))


def _token(match: re.Match[str]) -> EntryToken:
    return EntryToken(match[0], match.start(), match.end(), not match.string[: match.start()][-1:].strip())


def features_of(tokens: Sequence[EntryToken], italic: Sequence[bool | None]) -> list[list[int]]:
    """The rows of each token's features; ``italic`` says which tokens are in italics, ``None`` that nobody knows."""
    last = len(tokens) - 1
    places = enumerate(zip(tokens, italic, strict=True))
    return [
        [*_of_word(token.text), *_of_place(token.gap, slant, _near(i), _near(last - i))] for i, (token, slant) in places
    ]


def _near(distance: int) -> int:
    return bisect_left(_NEAR, distance)


@lru_cache(maxsize=4096)
def _of_place(gap: bool, slant: bool | None, start: int, end: int) -> tuple[int, ...]:
    return tuple(map(_row, (f"gap {gap}", f"slant {_SLANTS[slant]}", f"start {start}", f"end {end}")))


@lru_cache(maxsize=65536)
def _of_word(word: str) -> tuple[int, ...]:
    return tuple(map(_row, dict.fromkeys(_names(word))))[: MOST - 4]


def _row(name: str) -> int:
    return zlib.crc32(name.encode("utf-8")) % ROWS


def _names(word: str) -> Iterator[str]:
    """The features of a word by itself, the most telling first."""
    shape, small = shape_of(word), word.casefold()
    yield f"shape {shape}"
    if shape != "address":
        yield f"word {small[:_LONGEST]}"
        yield from (f"list {table}" for name, table in _LISTS if _pattern(name, table).fullmatch(word))
    if small.isalpha() and shape not in ("han", "kana"):
        yield from (f"from {small[:3]}", f"to {small[-3:]}", f"end {small[-2:]}") if len(small) > _SHORT else ()
        yield f"letters {min(len(word), 8)}"


def shape_of(word: str) -> str:
    """The name of the shape of a word, a sign as itself."""
    return next((name for name, form in _SHAPES if form.fullmatch(word)), word)


@lru_cache
def _pattern(name: str, table: str) -> re.Pattern[str]:
    return re.compile(lexicon.pattern_of(name, table), re.I)
