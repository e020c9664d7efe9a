"""What the entries of a list are called in the text: family names, aliases, years and their letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from citegrid.core.language.script import has_han
from citegrid.core.language.text import key_text, matched
from citegrid.core.reference import Reference
from citegrid.pipeline.citations.patterns import (
    ACCENTS,
    ASIAN,
    CITED_YEAR,
    CONJUNCTIONS,
    LETTERED_YEAR,
    NAME_WORD,
    NAMES_GO_ON,
    PARTICLES,
    UNPUBLISHED,
    YEARS,
)

_ASIAN_NAME = re.compile(rf"[{ASIAN}]+")
_ORGANISATION = re.compile(r"[\s\[\]\d.]*((?:[^\W\d_][\w&-]+ ?){1,3})\.\s")
_BEHIND_FIRST_AUTHOR = re.compile(r",|;|\band\b|&|(?<![A-Z])\. (?=[A-Z][a-z])")
_ACRONYM = re.compile(r"[(\[]([A-Z][A-Za-z&-]{1,9})[)\]]")
_ACCENTLESS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", **dict.fromkeys(ACCENTS, "")}
)
_APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")
#: Characters of an entry in which its authors and first year are looked for, and words of these that may be names.
_HEAD, _AUTHORS, _HEAD_WORDS = 400, 200, 14
#: Characters before a year in which an acronym stands.
_ACRONYM_REACH = 14


@dataclass(frozen=True, slots=True)
class EntryNames:
    """What one entry is called in the text.

    ``families`` are the key words of each author's family name, ``words`` those of all names, ``chinese`` whole
    Chinese names; ``years`` are all years the entry prints, ``year`` and ``letter`` the one it is cited by;
    ``aliases`` are other names of the first author, ``initial`` begins its given name; ``abbreviated`` says that "et al."
    stands for further authors.
    """

    index: int
    families: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    chinese: tuple[str, ...]
    years: frozenset[int]
    year: int | None
    letter: str
    aliases: frozenset[str]
    abbreviated: bool
    unpublished: bool
    initial: str
    key: str

    @property
    def first_author(self) -> frozenset[str]:
        """The key words of the first author's family name, particles too."""
        return frozenset(self.families[0]) if self.families else frozenset()

    @property
    def first_family(self) -> frozenset[str]:
        """The key words that tell the first author's family name."""
        return without_particles(self.first_author)


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Entries by each word of their first author's family name, and all words that names of the list are made of."""

    entries: tuple[EntryNames, ...]
    by_word: dict[str, tuple[int, ...]]
    vocabulary: frozenset[str]
    chinese: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _AuthorKeys:
    """The authors of an entry as keys: words of each family name, whole Asian names, and the words of all names."""

    families: tuple[tuple[str, ...], ...]
    chinese: tuple[str, ...]
    words: frozenset[str]


def index_names(references: Sequence[Reference], acronyms: Collection[str] = ()) -> NameIndex:
    """The names and years under which a text may cite ``references``; ``acronyms`` are those that it prints before years."""
    entries = tuple(_names_of(i, r, acronyms) for i, r in enumerate(references))
    by_word: dict[str, list[int]] = {}
    vocabulary: set[str] = set()
    for entry in entries:
        for word in entry.first_family | entry.aliases:
            by_word.setdefault(word, []).append(entry.index)
        vocabulary |= entry.words | entry.aliases
    chinese = tuple(e.index for e in entries if e.chinese)
    return NameIndex(entries, {w: tuple(v) for w, v in by_word.items()}, frozenset(vocabulary), chinese)


def without_particles(family: Sequence[str] | frozenset[str]) -> frozenset[str]:
    """The words of a family name that tell it, without particles and what joins names ("World Bank and IHME"); all of them where
    it has no others."""
    words = frozenset(family)
    return words - PARTICLES - CONJUNCTIONS or words


def acronyms_in(text: str) -> Iterator[str]:
    """The words in capitals before the years of a text: "(BKA 2005)"."""
    for year in CITED_YEAR.finditer(text):
        *_, word = ("", *text[max(0, year.start() - _ACRONYM_REACH) : year.start()].split())
        bare = word.strip("([,;")
        if 1 < len(bare) < _ACRONYM_REACH // 2 and bare.isupper():
            yield bare


def _is_short_for(acronym: str, name: str) -> bool:
    """Whether the letters of ``acronym`` stand in ``name`` in order, its first one first: BKA, Bundeskriminalamt."""
    whole, short = key_text(name), key_text(acronym)
    letters = iter(whole)
    return len(whole) > 3 * len(short) and whole[0] == short[0] and all(letter in letters for letter in short)


def _names_of(index: int, reference: Reference, acronyms: Collection[str]) -> EntryNames:
    raw = reference.raw.removeprefix(reference.label)
    head = YEARS.split(raw[:_HEAD], maxsplit=1)[0][:_AUTHORS]
    authors = _author_keys(reference.authors)
    aliases = _organisation(head)
    office = next(iter(reference.authors), head).strip()
    if "," not in office:
        aliases |= {acronym.casefold() for acronym in acronyms if _is_short_for(acronym, office)}
    if not authors.chinese and not (authors.families and set(authors.families[0]) & set(keys_of(head[:80]))):
        aliases |= _guessed(head)
        authors = _AuthorKeys(
            authors.families or ((tuple(sorted(aliases)),) if aliases else ()),
            (),
            authors.words | set(keys_of(head)[:_HEAD_WORDS]),
        )
    return EntryNames(
        index, authors.families, authors.words, authors.chinese,
        frozenset(map(int, YEARS.findall(raw))), reference.year, _letter(raw, reference.year),
        _acronyms(reference, head) | aliases, bool(NAMES_GO_ON.search(head)), bool(UNPUBLISHED.search(raw)), _initial(reference), key_text(raw),
    )  # fmt: skip


def _author_keys(authors: Sequence[str]) -> _AuthorKeys:
    families: list[tuple[str, ...]] = []
    chinese: list[str] = []
    words: set[str] = set()
    for author in authors:
        compact = "".join(author.replace(",", " ").split())
        if _ASIAN_NAME.fullmatch(compact):
            chinese.append(compact)
            continue
        families += filter(None, [keys_of(author.split(",")[0])])
        words.update(keys_of(author))
    return _AuthorKeys(tuple(families), tuple(chinese), frozenset(words))


def _letter(raw: str, year: int | None) -> str:
    """The letter behind the year that an entry is cited by: ``2020a``."""
    return next((m.group(2) for m in LETTERED_YEAR.finditer(raw) if year in (None, int(m.group(1)))), "")


def _initial(reference: Reference) -> str:
    return reference.first_author.partition(",")[2].strip()[:1].upper()


def _organisation(head: str) -> frozenset[str]:
    """A short name without a comma that ends in a full stop: ``OpenAI. Introducing …``."""
    keys = keys_of(matched(_ORGANISATION.match(head), 1))
    return frozenset(keys if len(keys) == 1 else ())


def _guessed(head: str) -> frozenset[str]:
    """What the first author may be called where the authors were not understood: the first word, and the last before a comma."""
    first = keys_of(_BEHIND_FIRST_AUTHOR.split(head.strip(" []().0123456789"), maxsplit=1)[0])
    whole = [k for k in first if len(k) > 1]
    return frozenset({whole[0], whole[-1]} if whole else ())


def _acronyms(reference: Reference, head: str) -> frozenset[str]:
    """``who`` for World Health Organization, and what the entry itself gives in brackets."""
    found = set(map(str.casefold, _ACRONYM.findall(head)))
    first = reference.first_author
    capitals = [w for w in first.split() if w[:1].isupper()]
    if "," not in first and len(capitals) >= 2:
        found.add("".join(w[0] for w in capitals).casefold())
    return frozenset(f for f in found if len(f) >= 2)


def keys_of(text: str) -> tuple[str, ...]:
    """The key words of ``text``, in order; ideographs and ampersands are left out."""
    keys = map(word_key, NAME_WORD.findall(text.translate(_APOSTROPHES)))
    return tuple(key for key in keys if key and not has_han(key[0]))


@lru_cache(maxsize=16384)
def word_key(word: str) -> str:
    """``word`` without case, accents, hyphens and a genitive: ``González's`` is ``gonzalez``."""
    word = word.removesuffix("'s").removesuffix("'")
    plain = "".join(c for c in unicodedata.normalize("NFD", key_text(word)) if not unicodedata.combining(c))
    return plain.translate(_ACCENTLESS)
