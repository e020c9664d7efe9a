"""The patterns and the phrases of this package by name, built from ``resources/lexicon/cells.toml``."""

from __future__ import annotations

import re

from citegrid.core.language import lexicon
from citegrid.core.language.script import HAN, YEAR


def phrase(table: str, language: str) -> str:
    """The one phrase of a table of ``cells.toml`` that is ours to say, in ``language``."""
    (only,) = lexicon.tables("cells")[table][language]
    return only


# -- sentences and answers ---------------------------------------------------------------------------------------------


def _cells(table: str, *languages: str) -> str:
    return lexicon.pattern_of("cells", table, *languages)


#: An answer that says in plain words that there is none.
SAYS_NOTHING = lexicon.compiled("cells", "says_nothing")
#: Sections that tell what the citing paper did, and with whose tools.
OWN_DOING = re.compile(
    rf"^[\d.\s]*(?:{_cells('own_doing_begins')}|{_cells('own_doing_words')}\b|{_cells('own_doing_exact')}$)"
    rf"|{_cells('own_doing_anywhere')}",
    re.I,
)

# -- documents of the library ------------------------------------------------------------------------------------------

#: A citation of any style in the text of a background document.
ANY_CITATION = re.compile(
    rf"\s*[(（][^()（）]{{0,120}}?\b{YEAR}[a-z]?\b[^()（）]{{0,80}}[)）]|\s*\[\d+(?:\s*[,，–-]\s*\d+)*\]"
)
BEGINS_SENTENCE = re.compile(rf"[A-ZÀ-Þ{HAN}\d“\"‘'(（《]")
ENDS_SENTENCE = re.compile(r"[.!?。！？；;][”’\"')\]）」』\d]*$")
SPACE_BEFORE_SIGN = re.compile(r"\s+([,.;:，。；])")
#: A work's words about itself.
FIRST_PERSON = re.compile(rf"\b{_cells('we')}\b")
#: The subject of a sentence about one's own work, at its beginning.
OWN_SUBJECT = re.compile(rf"^在?(?:{_cells('own_works')}|{_cells('own_authors')})(?=[^的中])")


def citation_by(family: str, year: int) -> re.Pattern[str]:
    """An author-year citation of a work by its first author."""
    others = rf"(?:\s*(?:{_cells('and_others')}|(?:and|&|和|与)\s*[\w\-·]+))?"
    return re.compile(rf"[(（\[]?{re.escape(family)}{others}[,，]?\s*[(（\[]?{year}[a-z]?[)）\]]*")
