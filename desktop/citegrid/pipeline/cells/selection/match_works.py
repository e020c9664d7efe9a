"""Whether two papers speak of the same work: by DOI, by arXiv number, else by title, first author and year.

Two works wrongly made one would prove each other's claims, so titles must be the same letter by letter (spaces,
hyphens, case and signs aside): “Supervised …” and “Unsupervised …” differ in two letters.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from citegrid.core.document import Document
from citegrid.core.language.script import is_chinese
from citegrid.core.language.text import key_text, matched
from citegrid.core.reference import Reference
from citegrid.pipeline.cells.selection.patterns import ARXIV_NUMBER

#: Letters of a title that may stand for a work with its first author or year; without either it needs LONG.
SHORT, SHORT_ZH, LONG = 12, 5, 40
#: Years between a preprint and its journal form.
YEARS = 2
#: What each sign says for or against one work.  A number of the publisher decides before one of a preprint server, either
#: before words; another title, or authors of whom none is the same, outweigh all other words; and a title that is the same
#: needs one sign more.
WEIGHTS = {
    "same_doi": 1000,
    "other_doi": -1000,
    "same_arxiv": 100,
    "other_arxiv": -100,
    "same_title": 1,
    "other_title": -10,
    "short_title": -10,
    "long_title": 1,
    "same_year": 1,
    "far_year": -10,
    "same_author": 1,
    "other_authors": -10,
}
#: A main paper is known by a long title and its year whoever wrote it: a front page often names an organisation where a list
#: names its people.
PAPER_WEIGHTS = WEIGHTS | {"same_long_title_and_year": 15}
ENOUGH = 2
#: DOIs of the preprint server begin so.
ARXIV_DOI = "10.48550/"


@dataclass(frozen=True, slots=True)
class WorkNames:
    """What a work is known by, in an entry or on a front page."""

    title: str
    authors: tuple[str, ...]
    year: int | None
    doi: str = ""
    arxiv: str = ""


def same_entry(one: Reference, other: Reference) -> bool:
    """Whether two entries of two reference lists are one work."""
    return same_names(names_of(one), names_of(other))


def same_names(one: WorkNames, other: WorkNames) -> bool:
    """Whether two works are one by what they are known by."""
    return _likeness(signs(one, other), WEIGHTS) >= ENOUGH


def is_document(entry: Reference, document: Document) -> bool:
    """Whether an entry is the main paper ``document``."""
    front = WorkNames(document.title, document.authors, document.year)
    return _likeness(signs(names_of(entry), front), PAPER_WEIGHTS) >= ENOUGH


def signs(one: WorkNames, other: WorkNames) -> set[str]:
    """The signs of ``WEIGHTS`` that two works are one, or two."""
    return {*_of_numbers(one, other), *_of_title(one, other), *_of_year(one, other), *_of_authors(one, other)}


def _likeness(found: set[str], weights: Mapping[str, int]) -> int:
    return sum(weights.get(sign, 0) for sign in found)


def _of_numbers(one: WorkNames, other: WorkNames) -> Iterator[str]:
    if one.doi and other.doi:
        yield "same_doi" if one.doi == other.doi else "other_doi"
    if one.arxiv and other.arxiv:
        yield "same_arxiv" if one.arxiv == other.arxiv else "other_arxiv"


def _of_title(one: WorkNames, other: WorkNames) -> Iterator[str]:
    key = key_text(one.title)
    if not key or key != key_text(other.title):
        yield "other_title"
        return
    yield "same_title"
    if len(key) < (SHORT_ZH if is_chinese(one.title) else SHORT):
        yield "short_title"
    if len(key) >= LONG:
        yield "long_title"
        if _apart(one, other) <= 1:
            yield "same_long_title_and_year"


def _of_year(one: WorkNames, other: WorkNames) -> Iterator[str]:
    if _apart(one, other) == 0:
        yield "same_year"
    elif YEARS < _apart(one, other) < math.inf:
        yield "far_year"


def _apart(one: WorkNames, other: WorkNames) -> float:
    """Years between the two; endlessly many where one gives none."""
    return abs(one.year - other.year) if one.year and other.year else math.inf


def _of_authors(one: WorkNames, other: WorkNames) -> Iterator[str]:
    if one.authors and other.authors:
        yield "same_author" if _leads(one, other) or _leads(other, one) else "other_authors"


def _leads(one: WorkNames, other: WorkNames) -> bool:
    """Whether the first author of ``one`` is among those of ``other``."""
    family = family_of(one.authors[0])
    return bool(family) and family in key_text(" ".join(other.authors))


def same_in(entry: Reference, home: Sequence[Reference], others: Sequence[Reference]) -> Reference | None:
    """The entry of the list ``others`` that is the same work as ``entry`` of the list ``home``; None without one.

    Where a list prints several works of one title (a competition of each year), only the same year tells which is which.
    """
    found = [other for other in others if same_entry(entry, other)]
    if len(found) > 1 or (found and _is_one_of_several(found[0], home)):
        found = [other for other in found if other.year and other.year == entry.year]
    return found[0] if len(found) == 1 else None


def _is_one_of_several(entry: Reference, home: Sequence[Reference]) -> bool:
    return sum(same_entry(entry, one) for one in home) > 1


def names_of(entry: Reference) -> WorkNames:
    """What an entry is known by: of its numbers, those that tell works apart."""
    return WorkNames(entry.title, entry.authors, entry.year, _doi(entry), _arxiv(entry))


def family_of(author: str) -> str:
    """The family name of ``Family, Given`` or ``Given Family``, as a key; a Chinese name whole."""
    name = author.split(",")[0].strip()
    words = name.split()
    return key_text(name if "," in author or is_chinese(name) or len(words) < 2 else words[-1])


def _doi(entry: Reference) -> str:
    """The DOI of a published work; that of a preprint server says nothing of the journal form."""
    doi = entry.doi.casefold().strip()
    return "" if doi.startswith(ARXIV_DOI) else doi


def _arxiv(entry: Reference) -> str:
    doi = entry.doi.casefold()
    if not entry.arxiv and ARXIV_DOI not in doi:
        return ""
    return matched(ARXIV_NUMBER.search(f"{entry.arxiv} {doi}".casefold()))
