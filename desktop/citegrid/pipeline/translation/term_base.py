"""The term base: how the terms of twelve fields are said in the other language, and which of them stand in a sentence.

``resources/termbase/FIELD.tsv`` holds one term a line: the English, a tab, the Chinese ways to say it parted by ``|``, of
which the first is to be used and the others are right, too.  A word that means different things in different fields stands
in each of them; which one is meant, the field of the whole text tells (``fields_of``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from citegrid.core.glossary import Glossary
from citegrid.core.resources import resource
from citegrid.pipeline.translation.english import is_acronym, singular, stem, tokens_of

#: The field of a project's own terms, and those whose terms belong to any text.
PROJECT = "project"
ANYWHERE = frozenset({PROJECT, "general-research", "constructions"})
#: A field is that of a text when it has at least this share of the points of the foremost one.
_FOREMOST = 0.5
#: So many fields a text may have.
_FIELDS = 3
#: Letters of a word that is mostly a term where it is one anywhere.
_TELLING = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """A term: its English and the Chinese ways to say it, the first of which is to be used, and its field."""

    english: str
    chinese: tuple[str, ...]
    field: str

    def forms(self, language: str) -> tuple[str, ...]:
        """The right ways to say it in ``language``, the one to be used first; in Chinese an acronym may stay."""
        stays = (self.english,) if is_acronym(self.english) else ()
        return {"zh": self.chinese + stays, "en": (self.english,)}[language]


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term in a text: where it stands, as it is written there, and the entries that it may be."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]

    @property
    def words(self) -> int:
        """How many words it has; what is written without spaces counts each two characters."""
        return self.text.count(" ") + self.text.count("-") + 1 if self.text.isascii() else len(self.text) // 2


class TermBase:
    """Entries that can be found in texts of either language, the longest first; those that come first bind the others."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)

    def find(self, text: str, language: str) -> list[TermHit]:
        """The terms in ``text`` (written in ``language``), in order; none lies within another."""
        return list({"en": self._in_english, "zh": self._in_chinese}[language](text))

    # -- English -------------------------------------------------------------------------------------------------------

    @cached_property
    def _english(self) -> dict[tuple[str, ...], tuple[Entry, ...]]:
        """Entries by their words without endings; those of several words by their stems as well."""
        found: dict[tuple[str, ...], list[Entry]] = {}
        for entry in self.entries:
            words = [token.text for token in tokens_of(entry.english)]
            for key in dict.fromkeys(_keys(words)):
                found.setdefault(key, []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._english), default=0)

    def _in_english(self, text: str) -> Iterator[TermHit]:
        tokens, at = tokens_of(text), 0
        while at < len(tokens):
            size, entries = self._at([token.text for token in tokens[at : at + self._longest]])
            if entries:
                start, end = tokens[at].start, tokens[at + size - 1].end
                yield TermHit(start, end, text[start:end], entries)
            at += size

    def _at(self, words: Sequence[str]) -> tuple[int, tuple[Entry, ...]]:
        """How many of ``words`` the longest term at their beginning takes, and its entries; one and none without a term."""
        for size in range(len(words), 0, -1):
            for key in _keys(words[:size]):
                entries = tuple(e for e in self._english.get(key, ()) if _same_case(e.english, words[:size]))
                if entries:
                    return size, entries
        return 1, ()

    # -- Chinese -------------------------------------------------------------------------------------------------------

    @cached_property
    def _chinese(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for form in entry.chinese:
                if len(form) > 1:
                    found.setdefault(form, []).append(entry)
        return {form: tuple(entries) for form, entries in found.items()}

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted(set(map(len, self._chinese)), reverse=True))

    def _in_chinese(self, text: str) -> Iterator[TermHit]:
        at = 0
        while at < len(text):
            size = next((n for n in self._lengths if text[at : at + n] in self._chinese), 0)
            if size:
                form = text[at : at + size]
                yield TermHit(at, at + size, form, self._chinese[form])
            at += max(size, 1)


def _keys(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What a term of these words is looked up by, the surest first."""
    yield tuple(map(singular, words))
    if len(words) > 1:
        yield tuple(map(stem, words))


def _same_case(english: str, words: Sequence[str]) -> bool:
    """An acronym is only the term that is written in capitals, and such a term only an acronym."""
    return is_acronym(english) == is_acronym("".join(words))


# -- which entry is meant ----------------------------------------------------------------------------------------------


def fields_of(hits: Iterable[TermHit]) -> tuple[str, ...]:
    """The fields that the terms of a text belong to, the foremost first; a longer term tells more, a shared one less."""
    points: Counter[str] = Counter()
    for hit in hits:
        own = {entry.field for entry in hit.entries} - ANYWHERE
        for field in own:
            points[field] += hit.words / len(own)  # type: ignore[assignment]
    ranked = points.most_common(_FIELDS)
    return tuple(field for field, count in ranked if count >= _FOREMOST * ranked[0][1])


def meant(hit: TermHit, fields: Sequence[str]) -> Entry | None:
    """The entry that ``hit`` is in a text of ``fields``; a single word of another field is none."""
    ranks = {PROJECT: -1, **{field: rank for rank, field in enumerate(fields)}}
    known = [entry for entry in hit.entries if entry.field in ranks or entry.field in ANYWHERE]
    if known and (hit.words > 1 or _tells(hit, known)):
        return min(known, key=lambda entry: ranks.get(entry.field, len(ranks)))
    return hit.entries[0] if hit.words > 1 or _has_one_meaning(hit) else None


def _tells(hit: TermHit, known: Sequence[Entry]) -> bool:
    """Whether a single word is a term here: of a field or the project, or long enough to be no word of every day."""
    return len(hit.text) >= _TELLING or any(entry.field not in ANYWHERE - {PROJECT} for entry in known)


def _has_one_meaning(hit: TermHit) -> bool:
    """Whether a word is a term of one field only, and long enough to be no word of every day."""
    return len({entry.field for entry in hit.entries}) == 1 and len(hit.text) >= _TELLING


# -- where they come from ----------------------------------------------------------------------------------------------


def read_entries(text: str, field: str) -> list[Entry]:
    """The entries of a file of the term base; lines that begin with ``#`` are notes."""
    pairs = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [Entry(english, tuple(chinese.split("|")), field) for english, chinese in pairs]


@cache
def shipped_entries() -> tuple[Entry, ...]:
    """All that ships with the program."""
    paths = sorted(resource("termbase").glob("*.tsv"))
    return tuple(entry for path in paths for entry in read_entries(path.read_text("utf-8"), path.stem))


@cache
def shipped() -> TermBase:
    """The term base as it ships."""
    return TermBase(shipped_entries())


def with_glossary(glossary: Glossary) -> TermBase:
    """The shipped terms behind those of a project, which bind."""
    if not glossary:
        return shipped()
    own = (Entry(term.english, (term.chinese,), PROJECT) for term in glossary if term.english and term.chinese)
    return TermBase((*own, *shipped_entries()))
