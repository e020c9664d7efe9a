"""What the entries of a list are called in the text: family names, aliases, years and their letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from citegrid.core.reference import Reference
from citegrid.core.text import key_text

CJK = "\u3400-\u9fff"
#: Characters of which names without a comma are made: Chinese, Japanese, Korean.
ASIAN = rf"{CJK}\uac00-\ud7a3\u3041-\u30ff·"
#: A word of a name, a Chinese character, or an ampersand.  Apostrophes, inner hyphens and hyphens at a line's end belong to it.
WORD = re.compile(rf"(?:'(?=[^\W\d_]))?[^\W\d_{CJK}](?:[^\W_{CJK}]|'(?=[^\W\d_])|-\s*(?=[^\W\d_]))*|[{CJK}]|&")
PARTICLES = frozenset(
    (
        "van",
        "von",
        "der",
        "den",
        "de",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "les",
        "del",
        "della",
        "dello",
        "ter",
        "ten",
        "el",
        "al",
        "bin",
        "ben",
        "ibn",
        "st",
        "mc",
        "af",
        "av",
        "zu",
        "zur",
        "vom",
        "the",
        "y",
        "e",
    )
)
_YEARS = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")
_LETTERED = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)\s?([a-z])(?![a-zA-Z0-9])")
UNPUBLISHED = re.compile(
    r"\bn\.\s?d\.|\bin\s+press\b|\bforthcoming\b|\bto\s+appear\b|\bsubmitted\b|\bin\s+prep(?:aration\b|\.)|\bno date\b",
    re.I,
)
_ACCENTLESS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"})
_APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")


@dataclass(frozen=True, slots=True)
class EntryNames:
    """What one entry is called in the text.

    ``families`` are the key words of each author's family name, ``words`` those of all names, ``chinese`` whole
    Chinese names; ``years`` are all years the entry prints, ``year`` and ``letter`` the one it is cited by;
    ``aliases`` are other names of the first author, ``initial`` begins its given name.
    """

    index: int
    families: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    chinese: tuple[str, ...]
    years: frozenset[int]
    year: int | None
    letter: str
    aliases: frozenset[str]
    unpublished: bool
    initial: str
    key: str


@dataclass(frozen=True, slots=True)
class Names:
    """Entries by each word of their first author's family name, and all words that names of the list are made of."""

    entries: tuple[EntryNames, ...]
    by_word: dict[str, tuple[int, ...]]
    vocabulary: frozenset[str]
    chinese: tuple[int, ...]


def names_of(references: Sequence[Reference]) -> Names:
    """The names and years under which a text may cite ``references``."""
    entries = tuple(_entry(i, r) for i, r in enumerate(references))
    by_word: dict[str, list[int]] = {}
    vocabulary: set[str] = set()
    for e in entries:
        first = set(e.families[0]) if e.families else set()
        for word in (first - PARTICLES or first) | e.aliases:
            by_word.setdefault(word, []).append(e.index)
        vocabulary |= e.words | e.aliases
    chinese = tuple(e.index for e in entries if e.chinese)
    return Names(entries, {w: tuple(v) for w, v in by_word.items()}, frozenset(vocabulary), chinese)


def _entry(index: int, reference: Reference) -> EntryNames:
    raw = reference.raw
    if reference.label and raw.startswith(reference.label):
        raw = raw[len(reference.label) :]
    families: list[tuple[str, ...]] = []
    chinese: list[str] = []
    words: set[str] = set()
    for author in reference.authors:
        compact = re.sub(r"[\s,]", "", author)
        if re.fullmatch(rf"[{ASIAN}]+", compact):
            chinese.append(compact)
            continue
        keys = keys_of(author.split(",")[0])
        if keys:
            families.append(keys)
        words.update(keys_of(author))
    head = _YEARS.split(raw[:400], maxsplit=1)[0][:200]
    others = _organisation(head)
    if not chinese and not (families and set(families[0]) & set(keys_of(head[:80]))):
        others |= _guessed(head)
        families = families or [tuple(sorted(others))][: len(others)]
        words.update(keys_of(head)[:14])
    years = frozenset(int(y) for y in _YEARS.findall(raw))
    lettered = (m for m in _LETTERED.finditer(raw) if reference.year is None or int(m.group(1)) == reference.year)
    letter = next((m.group(2) for m in lettered), "")
    return EntryNames(
        index, tuple(families), frozenset(words), tuple(chinese), years, reference.year, letter,
        _acronyms(reference, head) | others, bool(UNPUBLISHED.search(raw)), _initial(reference), key_text(raw),
    )  # fmt: skip


def _initial(reference: Reference) -> str:
    given = reference.authors[0].partition(",")[2].strip() if reference.authors else ""
    return given[:1].upper()


def _organisation(head: str) -> frozenset[str]:
    """A short name without a comma that ends in a full stop: ``OpenAI. Introducing …``."""
    name = re.match(r"[\s\[\]\d.]*((?:[^\W\d_][\w&-]+ ?){1,3})\.\s", head)
    keys = keys_of(name.group(1)) if name else ()
    return frozenset(keys if len(keys) == 1 else ())


def _guessed(head: str) -> frozenset[str]:
    """What the first author may be called where the authors were not understood: the first word, and the last before a comma."""
    first = keys_of(
        re.split(r",|;|\band\b|&|(?<![A-Z])\. (?=[A-Z][a-z])", head.strip(" []().0123456789"), maxsplit=1)[0]
    )
    whole = [k for k in first if len(k) > 1]
    return frozenset({whole[0], whole[-1]} if whole else ())


def _acronyms(reference: Reference, head: str) -> frozenset[str]:
    """``who`` for World Health Organization, and what the entry itself gives in brackets."""
    found = {m.casefold() for m in re.findall(r"[(\[]([A-Z][A-Za-z&-]{1,9})[)\]]", head)}
    first = reference.authors[0] if reference.authors else ""
    capitals = [w for w in first.split() if w[:1].isupper()]
    if "," not in first and len(capitals) >= 2:
        found.add("".join(w[0] for w in capitals).casefold())
    return frozenset(f for f in found if len(f) >= 2)


def keys_of(text: str) -> tuple[str, ...]:
    """The key words of ``text``, in order; Chinese characters and ampersands are left out."""
    return tuple(
        k
        for w in WORD.findall(text.translate(_APOSTROPHES))
        if len(k := word_key(w)) > 0 and not "\u3400" <= k[0] <= "\u9fff"
    )


@lru_cache(maxsize=16384)
def word_key(word: str) -> str:
    """``word`` without case, accents, hyphens and a genitive: ``González's`` is ``gonzalez``."""
    word = re.sub(r"'s?$", "", word)
    plain = "".join(c for c in unicodedata.normalize("NFD", key_text(word)) if not unicodedata.combining(c))
    return plain.translate(_ACCENTLESS)
