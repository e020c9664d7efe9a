"""Whether two papers speak of the same work: by DOI, by arXiv number, else by title, first author and year.

Two works wrongly made one would prove each other's claims, so titles must be the same letter by letter (spaces,
hyphens, case and signs aside): “Supervised …” and “Unsupervised …” differ in two letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citegrid.core.document import Document
from citegrid.core.reference import Reference
from citegrid.core.script import is_chinese
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
    """Whether an entry is the main paper ``document``; a long title may stand for it with its year, since a front page often
    names an organisation where a list names its people."""
    key, year, when = key_text(entry.title), entry.year, document.year
    if len(key) >= LONG and key == key_text(document.title) and year and when and abs(year - when) <= 1:
        return True
    return _same_words(entry.title, entry.authors, entry.year, document.title, document.authors, document.year)


def same_in(entry: Reference, home: Sequence[Reference], others: Sequence[Reference]) -> Reference | None:
    """The entry of the list ``others`` that is the same work as ``entry`` of the list ``home``; None without one.

    Where a list prints several works of one title (a competition of each year), only the same year tells which is which.
    """
    found = [r for r in others if same_entry(entry, r)]
    back = [r for r in home if found and same_entry(found[0], r)]
    if len(found) > 1 or len(back) > 1:
        found = [r for r in found if r.year is not None and r.year == entry.year]
    return found[0] if len(found) == 1 else None


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
