"""The patterns and the phrases of this package by name, built from ``resources/lexicon/columns.toml`` and ``cells.toml``."""

from __future__ import annotations

import re

from citegrid.core import lexicon
from citegrid.core.script import HAN, YEAR


def phrase(table: str, language: str) -> str:
    """The one phrase of a table of ``cells.toml`` that is ours to say, in ``language``."""
    (only,) = lexicon.tables("cells")[table][language]
    return only


# -- columns -----------------------------------------------------------------------------------------------------------


def column_names(kind: str) -> re.Pattern[str]:
    """The names of columns of a kind: its words anywhere, its whole words, its whole names."""
    frames = {"names": "{}", "words": r"\b{}\b", "exact": "^{}$"}
    held = lexicon.tables("columns")
    parts = [
        frame.format(lexicon.pattern_of("columns", f"{kind}_{how}"))
        for how, frame in frames.items()
        if f"{kind}_{how}" in held
    ]
    return re.compile("|".join(parts), re.I)


def topic_sections(kind: str) -> re.Pattern[str] | None:
    """The sections in which a paper says such things of itself; None where it may be any."""
    if f"{kind}_sections" not in lexicon.tables("columns"):
        return None
    return re.compile(lexicon.pattern_of("columns", f"{kind}_sections"), re.I)


def _bibliographic(table: str) -> re.Pattern[str]:
    return re.compile(lexicon.pattern_of("columns", table), re.I)


#: What a bibliographic column asks for → its names, whole.
FIELDS = {field: _bibliographic(f"field_{field}") for field in ("title", "authors", "year", "venue", "link")}
#: What stands over several such columns in a header of two rows, and columns for the whole of an entry.
FIELD_GROUP, WHOLE_ENTRY = _bibliographic("field_groups"), _bibliographic("field_whole_entry")
BETWEEN_FIELDS = re.compile(
    rf"\s*(?:{lexicon.pattern_of('columns', 'field_separators', 'mul', 'zh')}|\b{lexicon.pattern_of('columns', 'field_separators', 'en')}\b)\s*",
    re.I,
)
PLURAL_IN_BRACKETS = re.compile(r"[(（]s[)）]", re.I)
#: Between the authors that a cell names.
BETWEEN_AUTHORS = re.compile(r"[、,，]|等|et al")
#: A title that names a way of working says what the work did; any title says what it is about.
NAMES_A_METHOD = re.compile(
    rf"\b{lexicon.pattern_of('columns', 'titles_that_name_a_method', 'en')}\b"
    rf"|{lexicon.pattern_of('columns', 'titles_that_name_a_method', 'zh')}",
    re.I,
)

# -- sentences and answers ---------------------------------------------------------------------------------------------


def _cells(table: str, *languages: str) -> str:
    return lexicon.pattern_of("cells", table, *languages)


#: An answer that says in plain words that there is none.
SAYS_NOTHING = re.compile(_cells("says_nothing"), re.I)
#: Sections that tell what the citing paper did, and with whose tools.
OWN_DOING = re.compile(
    rf"^[\d.\s]*(?:{_cells('own_doing_begins')}|{_cells('own_doing_words')}\b|{_cells('own_doing_exact')}$)"
    rf"|{_cells('own_doing_anywhere')}",
    re.I,
)
#: What stands beside the year a paper appeared in: a date, a copyright line, a running head.
IMPRINT = re.compile(rf"{_cells('imprint_cues')}|\b{_cells('months')}\b|[（(]\s*{YEAR}\s*[)）]", re.I)

# -- forms of answers --------------------------------------------------------------------------------------------------

A_YEAR = re.compile(rf"(?<![\d.,])({YEAR})(?![\d]|[.,]\d)")
#: A figure with its sign, decimals, thousands and what belongs to it: a range, a deviation, percent, a size.
_DIGITS = r"[-−+]?\d+(?:[,，]\d{3})*(?:\.\d+)?"
_SCALE = rf"(?:\s?(?:{_cells('scales')}|[×xkKMB](?!\w)|percent\b))?"
_TO = r"\s*(?:±|–|—|-|~|～|至|到|to)\s*"
A_NUMBER = re.compile(rf"(?<![A-Za-z\d.\-]){_DIGITS}{_SCALE}(?:{_TO}{_DIGITS}{_SCALE})?(?![\d])(?![A-Za-z]\w)")
#: What may stand beside the figure in an answer that is a number: "about", "n =", a unit of a few words.
ONLY_A_NUMBER = re.compile(
    rf"(?:{_cells('about')}|n\s*=|[<>≤≥≈~])?\s*(?:{A_NUMBER.pattern})"
    rf"\s*(?:[{HAN}/·]{{1,6}}|(?:[A-Za-z/²³°µ·\-]+\s?){{1,3}})?[。.]?",
    re.I,
)
_AFTER_YES_OR_NO = r"(?=[\s,，。.;；:：!！(（]|$)"
YES, NO = (re.compile(_cells(table) + _AFTER_YES_OR_NO, re.I) for table in ("yes", "no"))
#: The counts from one on, in words: what a number in figures may be written from.
COUNTS = tuple(
    re.compile(
        rf"\b{english}\b|(?<!{_cells('counts_chinese')}){lexicon.phrase_pattern(chinese)}(?={_cells('measure_words')})",
        re.I,
    )
    for english, chinese in zip(
        lexicon.words("cells", "counts_english"), lexicon.words("cells", "counts_chinese"), strict=True
    )
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
