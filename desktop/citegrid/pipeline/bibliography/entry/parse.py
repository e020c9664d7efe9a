"""One list of works, parsed: authors, title, year, venue, imprint, DOI, arXiv id and URL of each entry.

The addresses are read by their form (``identifiers``), all else by the tagger, for the whole list at a time, since a list has one style.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from citegrid.core.language.accents import with_accents
from citegrid.core.language.text import join_lines, with_ideographs
from citegrid.core.reference import Imprint
from citegrid.pipeline.bibliography.entry.assemble import (
    authors_of,
    given_first,
    runs_of,
    title_of,
    titled,
    venue_of,
    year_of,
)
from citegrid.pipeline.bibliography.entry.identifiers import arxiv_year, identifiers, with_whole_addresses
from citegrid.pipeline.bibliography.entry.imprint import imprint_of
from citegrid.pipeline.bibliography.entry.label_rules import TagRun, bound
from citegrid.pipeline.bibliography.entry.list_habits import sign_kinds
from citegrid.pipeline.bibliography.entry.list_style import in_one_style
from citegrid.pipeline.bibliography.entry.tagger import tag
from citegrid.pipeline.bibliography.entry.tokens import EntryToken, features_of, tokens_of

#: A letter with a stroke that a space parts from its word.
_STROKE = re.compile(r"([ŁłØø]) (?=[a-z])")
#: Square brackets, figures and Latin letters of full width, and the same as others print them; soft hyphens within a line are none.
_WIDE = "［］" + "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
_ONE_WIDTH = str.maketrans(_WIDE, unicodedata.normalize("NFKC", _WIDE), "\xad")
#: No entry says more of itself than in so many tokens, nor any address.
_LONGEST = 6000


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """An entry without its label: its text with its line breaks, and its words in italics, run by run."""

    text: str
    italics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """What an entry names; empty where it does not. Authors are ``"Family, Given"``."""

    authors: tuple[str, ...] = ()
    title: str = ""
    year: int | None = None
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    imprint: Imprint = field(default_factory=Imprint)


def parse_entries(entries: Sequence[PrintedEntry]) -> list[Fields]:
    """The fields of the entries of one list."""
    texts = [_composed(join_lines(with_whole_addresses(entry.text))) for entry in entries]
    tokens = [tokens_of(text)[:_LONGEST] for text in texts]
    slanted = list(
        map(_in_italics, texts, tokens, entries) if any(entry.italics for entry in entries) else map(_unknown, tokens)
    )
    signs = list(map(sign_kinds, tokens, slanted))
    labels = tag(list(map(features_of, tokens, slanted)), list(map(bound, tokens)), signs)
    runs = list(map(titled, texts, in_one_style(texts, list(map(runs_of, tokens, labels)))))
    return list(map(partial(_fields, given_first=given_first(runs)), entries, texts, runs))


def parse_entry(printed: str, italic: str = "") -> Fields:
    """The fields of an entry that stands alone; ``italic`` are words of it in italics, if any."""
    return parse_entries([PrintedEntry(printed, (italic,) if italic else ())])[0]


def _fields(entry: PrintedEntry, text: str, runs: Sequence[TagRun], *, given_first: bool) -> Fields:
    doi, arxiv, url = identifiers(entry.text.strip())
    authors = authors_of(text, runs, given_first=given_first)
    year = year_of(text, runs) or arxiv_year(text)
    venue, imprint = venue_of(text, runs), imprint_of(text, runs)
    return Fields(authors, title_of(text, runs), year, venue, doi, arxiv, url, imprint)


def _in_italics(text: str, tokens: Sequence[EntryToken], entry: PrintedEntry) -> list[bool | None]:
    """Which tokens stand in italics."""
    slanted, at = set[int](), 0
    for run in map(_composed, entry.italics):
        start = text.find(run, at)
        at = start + len(run) if start >= 0 else at
        slanted.update(range(max(start, 0), at if start >= 0 else 0))
    return [token.start in slanted for token in tokens]


def _unknown(tokens: Sequence[EntryToken]) -> list[bool | None]:
    return [None] * len(tokens)


def _composed(text: str) -> str:
    """``text`` with its accents on their letters, ideographs for radicals, and brackets, figures and letters of one width."""
    return _STROKE.sub(r"\1", with_accents(with_ideographs(text))).translate(_ONE_WIDTH)
