"""The patterns of this package, by name, from ``resources/lexicon/library.toml``."""

from __future__ import annotations

import re

from citegrid.core.language.lexicon import pattern_of, words
from citegrid.core.language.script import HAN, YEAR

_FILE = "library"
_NUMERALS = "".join(words("numerals", "numerals"))

#: ``By Ann Lee and Bo Chen``, ``作者：王明、李华``.
BYLINE = re.compile(rf"^\s*{pattern_of(_FILE, 'byline')}\s*[:： ]\s*(.{{2,300}})$", re.I)
DATED = re.compile(rf"{pattern_of(_FILE, 'dated')}[^\d\n]{{0,20}}({YEAR})(?!\d)", re.I)
#: A year, or a date, that stands alone in its line.
DATE_ALONE = re.compile(rf"^\W*({YEAR})(?:\s*年.{{0,8}}|[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?)?\W*$")
ANY_YEAR = re.compile(YEAR)
DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>，。；]+")
BETWEEN_NAMES = re.compile(
    rf"[;；、，&]|,(?! *Jr)|\b{pattern_of(_FILE, 'between_names', 'en')}\b|\s和\s?|和(?=[{HAN}]{{2,4}}$)"
)
NO_NAME = re.compile(r"\d|@|https?:")
#: The number of a chapter or section: ``2.1 Data``, ``第三章``, ``二、``, ``（四）``.
NUMBERED = re.compile(
    rf"\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\.?\s+\S|第[{_NUMERALS}\d]+[章节部]|[{_NUMERALS}]{{1,3}}、|[（(][{_NUMERALS}][)）]"
)
HEADING_STYLE = re.compile(pattern_of(_FILE, "heading_styles"), re.I)
#: A title or an author that nobody wrote.
EMPTY_TITLE = re.compile(rf"^(?:document\d*|microsoft word.*|{pattern_of(_FILE, 'empty_titles')})?$", re.I)
