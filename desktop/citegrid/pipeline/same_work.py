"""Whether two papers speak of the same work: by DOI, by arXiv number, else by title, first author and year.

Two works wrongly made one would prove each other's claims, so titles must be the same letter by letter (spaces,
hyphens, case and signs aside): “Supervised …” and “Unsupervised …” differ in two letters.
"""

from __future__ import annotations

import re

from citegrid.core.document import Document
from citegrid.core.reference import Reference
from citegrid.core.terms import is_chinese
from citegrid.core.text import key_text

#: Letters of a title that may stand for a work with its first author or year; without either it needs LONG.
SHORT, SHORT_ZH, LONG = 12, 5, 40
#: Years between a preprint and its journal form.
YEARS = 2


def same_entry(one: Reference, other: Reference) -> bool:
    """Whether two entries of two reference lists are one work."""
    doi, there = _doi(one), _doi(other)
    if doi and there:
        return doi == there
    arxiv, elsewhere = _arxiv(one), _arxiv(other)
    if arxiv and elsewhere:
        return arxiv == elsewhere
    return _same_words(one.title, one.authors, one.year, other.title, other.authors, other.year)


def is_document(entry: Reference, document: Document) -> bool:
    """Whether an entry is the main paper ``document``."""
    return _same_words(entry.title, entry.authors, entry.year, document.title, document.authors, document.year)


def _same_words(
    title: str, authors: tuple[str, ...], year: int | None, there: str, others: tuple[str, ...], when: int | None
) -> bool:
    key = key_text(title)
    if not key or key != key_text(there) or len(key) < (SHORT_ZH if is_chinese(title) else SHORT):
        return False
    if year and when and abs(year - when) > YEARS:
        return False
    if authors and others:
        first, named = _family(authors[0]), key_text(" ".join(others))
        return bool(first) and (first in named or _family(others[0]) in key_text(" ".join(authors)))
    return (year is not None and year == when) or len(key) >= LONG


def _family(author: str) -> str:
    """The family name of ``Family, Given`` or ``Given Family``, as a key; a Chinese name whole."""
    name = author.split(",")[0].strip()
    words = name.split()
    return key_text(name if "," in author or is_chinese(name) or len(words) < 2 else words[-1])


def _doi(entry: Reference) -> str:
    """The DOI of a published work; that of a preprint server says nothing of the journal form."""
    doi = entry.doi.casefold().strip()
    return "" if doi.startswith("10.48550/") else doi


def _arxiv(entry: Reference) -> str:
    found = re.search(r"\d{4}\.\d{4,5}|[a-z\-]+(?:\.[a-z]{2})?/\d{7}", f"{entry.arxiv} {entry.doi}".casefold())
    return found.group() if found and (entry.arxiv or "10.48550/" in entry.doi.casefold()) else ""
