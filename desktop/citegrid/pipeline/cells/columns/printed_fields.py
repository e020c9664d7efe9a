"""Fields of an entry, or of a block of a title page, that only a few columns ask for, each as it is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, pairwise, takewhile

from citegrid.core.language import lexicon
from citegrid.core.language.text import join_lines, key_text, matched

#: The mark of the type of a document (GB/T 7714): ``[J]``, ``[EB/OL]``.
_TYPE = re.compile(r"\[([A-Z]{1,2}(?:/OL|/CD|/MT|/DK)?)\]")
#: A volume with its issue, a range of pages behind its sign, a book's number.
_VOLUME = re.compile(
    r"(?<![\d.])\d{1,4}\s?[(（]\d{1,4}(?:[-–/]\d{1,4})?[)）]|\bvol(?:ume|\.)\s?\d+(?:,\s?no\.\s?\d+)?", re.IGNORECASE
)
_PAGES = re.compile(r"(?:\bpp?\.\s?|[:：]\s?|\bpages?\s)(\d+\s?[-–—]\s?\d+)", re.IGNORECASE)
_NUMBER = re.compile(r"\bIS[BS]N[:：]?\s?([\dXx][\dXx -]{7,16}[\dXx])")
_KEYWORDS = lexicon.compiled("columns", "keywords_heads")
_INSTITUTIONS, _CORRESPONDING = (
    lexicon.compiled("columns", "institutions"),
    lexicon.compiled("columns", "corresponding_heads"),
)
_NO_AFFILIATION = lexicon.compiled("columns", "no_affiliation")
_FRONT_ENDS = lexicon.compiled("columns", "front_ends")
#: Marks of affiliations before their names.
_MARKS = " \t0123456789*∗†‡§¶#,.，()（）[]"
#: What may stand before the head of the keywords, and around them.
_SIGNS = " :：—–-.。;；[]【】"


def of_entry(raw: str) -> dict[str, str]:
    """The type, volume, pages and ISBN that an entry prints, by the name of their column."""
    text = join_lines(raw)
    return {
        "type": matched(_TYPE.search(text)),
        "volume": _first(_VOLUME, text),
        "pages": _first(_PAGES, text),
        "isbn": _first(_NUMBER, text),
    }


def of_front_block(text: str, authors: Sequence[str], *, above: bool) -> dict[str, str]:
    """What a block of the title page prints: keywords, ISBN or ISSN, the corresponding one of ``authors``, and ``above`` the
    text an affiliation."""
    joined = join_lines(text).lstrip(_SIGNS)
    head = _KEYWORDS.match(joined)
    return {
        "keywords": joined[head.end() :].strip(_SIGNS) if head else "",
        "isbn": _first(_NUMBER, joined),
        "corresponding": _corresponding(text, authors),
        "affiliation": _affiliation(text, authors) if above else "",
    }


def begins_text(text: str) -> bool:
    """Whether the title page ends with a block: an abstract, an introduction."""
    return _FRONT_ENDS.match(text.lstrip(_SIGNS)) is not None


def _affiliation(text: str, authors: Sequence[str]) -> str:
    """The institution that a block of the title page prints, from its first line on: without lines of names and addresses
    of mail; empty where there is none, or a mark is glued to its name."""
    lines = dropwhile(lambda line: _names_one(line, authors) or not _INSTITUTIONS.search(line), text.split("\n"))
    printed = takewhile(lambda line: "@" not in line and not _names_one(line, authors), lines)
    found = join_lines("\n".join(printed)).lstrip(_MARKS).rstrip(" ,;，；")
    glued = any(a.isdigit() and b.isalpha() for a, b in pairwise(found))
    return "" if glued or _NO_AFFILIATION.search(text) else found


def _corresponding(text: str, authors: Sequence[str]) -> str:
    """The author whom a block of the title page names as the one to write to; empty where it names none of ``authors``."""
    head = _CORRESPONDING.search(text)
    return next((a for a in authors if key_text(a) in key_text(text[head.end() :])), "") if head else ""


def _names_one(line: str, authors: Sequence[str]) -> bool:
    """Whether a line names one of ``authors``."""
    return any(key_text(author) in key_text(line) for author in filter(None, authors))


def _first(pattern: re.Pattern[str], text: str) -> str:
    """The first group of the first match, or all of it; empty without one."""
    found = pattern.search(text)
    return found.group(found.lastindex or 0).strip() if found else ""
