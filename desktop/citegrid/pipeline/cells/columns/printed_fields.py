"""Fields of an entry, or of a block of a title page, that only a few columns ask for, each as it is printed."""

from __future__ import annotations

import re

from citegrid.core import lexicon
from citegrid.core.text import join_lines

#: The mark of the type of a document (GB/T 7714): ``[J]``, ``[EB/OL]``.
_TYPE = re.compile(r"\[([A-Z]{1,2}(?:/OL|/CD|/MT|/DK)?)\]")
#: A volume with its issue, a range of pages behind its sign, a book's number.
_VOLUME = re.compile(
    r"(?<![\d.])\d{1,4}\s?[(（]\d{1,4}(?:[-–/]\d{1,4})?[)）]|\bvol(?:ume|\.)\s?\d+(?:,\s?no\.\s?\d+)?", re.IGNORECASE
)
_PAGES = re.compile(r"(?:\bpp?\.\s?|[:：]\s?|\bpages?\s)(\d+\s?[-–—]\s?\d+)", re.IGNORECASE)
_NUMBER = re.compile(r"\bIS[BS]N[:：]?\s?([\dXx][\dXx -]{7,16}[\dXx])")
_KEYWORDS = lexicon.compiled("columns", "keywords_heads")
#: What may stand before the head of the keywords, and around them.
_SIGNS = " :：—–-.。;；[]【】"


def of_entry(raw: str) -> dict[str, str]:
    """The type, volume, pages and ISBN that an entry prints, by the name of their column."""
    text = join_lines(raw)
    mark = _TYPE.search(text)
    return {
        "type": mark.group() if mark else "",
        "volume": _first(_VOLUME, text),
        "pages": _first(_PAGES, text),
        "isbn": _first(_NUMBER, text),
    }


def of_front_block(text: str) -> dict[str, str]:
    """The keywords that a block of the title page prints, and the ISBN or ISSN."""
    joined = join_lines(text).lstrip(_SIGNS)
    head = _KEYWORDS.match(joined)
    return {"keywords": joined[head.end() :].strip(_SIGNS) if head else "", "isbn": _first(_NUMBER, joined)}


def _first(pattern: re.Pattern[str], text: str) -> str:
    """The first group of the first match, or all of it; empty without one."""
    found = pattern.search(text)
    return found.group(found.lastindex or 0).strip() if found else ""
