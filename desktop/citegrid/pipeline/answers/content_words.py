"""Content words: the words that a sentence is about, each known by its stem and by what it is called in the other language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from citegrid.core.language.lexicon import compiled as compiled_words
from citegrid.core.language.script import has_han, is_chinese, language_of
from citegrid.core.language.terms import placed_terms, stem
from citegrid.core.resources import resource
from citegrid.pipeline.library.search import read_glossary
from citegrid.pipeline.translation import english
from citegrid.pipeline.translation.term_base import Entry, TermBase, shipped_entries

#: The field of the words of everyday research.
_GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word (or a Chinese term) of a sentence: the keys that it may be found by, its characters, whether it says little,
    and whether it is a word at all and not two characters that happen to stand together."""

    keys: frozenset[str]
    start: int
    end: int
    weak: bool = False
    known: bool = True


def plain(text: str) -> str:
    """``text`` as words are cut from it: NFKC, with plain minus signs and hyphens."""
    return unicodedata.normalize("NFKC", text).replace("−", "-").replace("‐", "-").replace("\u00ad", "")


def content_words(text: str) -> tuple[ContentWord, ...]:
    """The content words of ``text`` (as ``plain`` gives it), in order; words that only join others are none."""
    called = list(_called(text))
    weak = compiled_words("answers", "weak")
    found = (
        ContentWord(frozenset(_keys(term, start, end, called)), start, end, known=not has_han(term))
        for term, start, end in placed_terms(text)
    )
    whole = _whole_terms(list(found), called) if is_chinese(text) else found
    return tuple(replace(word, weak=weak.fullmatch(text, word.start, word.end) is not None) for word in whole)


def _keys(term: str, start: int, end: int, called: list[tuple[int, int, frozenset[str]]]) -> Iterator[str]:
    """The stem of a word, and the names in the other language of the terms that it is part of."""
    yield term if has_han(term) else stem(english.stem(term))
    if not has_han(term):
        for first, last, forms in called:
            if first <= start and end <= last:
                yield from forms


def _whole_terms(units: list[ContentWord], called: list[tuple[int, int, frozenset[str]]]) -> Iterator[ContentWord]:
    """Chinese terms that are known, whole, in place of the pairs of characters that they are made of."""
    known = [ContentWord(forms, start, end) for start, end, forms in called]
    taken = {at for one in known for at in range(one.start, one.end)}
    loose = (u for u in units if not (u.start in taken and u.end - 1 in taken))
    yield from sorted((*known, *loose), key=lambda u: u.start)


def _called(text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """The known terms of a text: where they stand, and all that they are called in Chinese."""
    for hit in vocabulary().find(text, language_of(text)):
        own = [hit.text] if has_han(hit.text) else []
        yield hit.start, hit.end, frozenset((*own, *(form for entry in hit.entries for form in entry.chinese)))


@cache
def vocabulary() -> TermBase:
    """The term base, with the glossary of everyday research behind it."""
    pairs = (
        read_glossary(resource(name).read_text("utf-8")).english for name in ("glossary.tsv", "everyday_words.tsv")
    )
    everyday = (Entry(said, (word,), _GLOSSARY) for found in pairs for word, ways in found.items() for said in ways)
    return TermBase((*shipped_entries(), *everyday))
