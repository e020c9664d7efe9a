"""The patterns of columns by name, built from ``resources/lexicon/columns.toml``, and those of the forms of answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from citegrid.core.language import lexicon
from citegrid.core.language.script import HAN, YEAR

_LEXICON, _OR, _NEVER = "columns", "|", "(?!)"


def _whole(name: str, table: str) -> str:
    return f"^{lexicon.pattern_of(name, table)}$"


#: How a list of names stands in the name of a column.
_WAYS_TO_NAME: dict[str, Callable[[str, str], str]] = {
    "names": lexicon.pattern_of,
    "words": lexicon.whole_words,
    "exact": _whole,
}


def compiled(*parts: str) -> re.Pattern[str]:
    """Any of ``parts``, whatever their case; what no text holds without parts."""
    return re.compile(_OR.join((_NEVER, *parts)), re.IGNORECASE)


#: What no text holds.
NOTHING = compiled()


def column_names(kind: str) -> re.Pattern[str]:
    """The names of columns of a kind: its words anywhere, its whole words, its whole names."""
    found = [way(_LEXICON, f"{kind}_{how}") for how, way in _WAYS_TO_NAME.items() if _has(kind, how)]
    assert found, f"no list names columns of the kind {kind}"
    return compiled(*found)


def cues(kind: str, how: str = "cues") -> re.Pattern[str]:
    """The words that a sentence which answers such columns holds, or by which it ``said`` so outright; what no text holds where
    they are not known."""
    return cue_pattern(lexicon.words(_LEXICON, f"{kind}_{how}") if _has(kind, how) else ())


def cue_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """``phrases`` as whole words; those in capitals only so, because "US" is a country and "us" is not."""
    parts = {False: "{}", True: "(?-i:{})"}
    by_case: dict[bool, list[str]] = {}
    for phrase in phrases:
        by_case.setdefault(phrase.isupper() and phrase.isascii(), []).append(phrase)
    return compiled(*(parts[shouted].format(lexicon.bordered(some)) for shouted, some in by_case.items()))


def listed(table: str) -> re.Pattern[str]:
    """Any phrase of a list."""
    return lexicon.compiled(_LEXICON, table)


def listed_if_any(table: str) -> re.Pattern[str]:
    """``listed``, or what no text holds where there is no such list."""
    return listed(table) if table in lexicon.tables(_LEXICON) else NOTHING


def _has(kind: str, how: str) -> bool:
    """Whether the lexicon has such a list for a kind."""
    return f"{kind}_{how}" in lexicon.tables(_LEXICON)


def printed_year(year: str) -> re.Pattern[str]:
    """A year as a number of its own, in a date too, but not as an end of a range; of narrow texts."""
    return re.compile(rf"(?<![A-Za-z\d])(?<!\d{{4}}[\-–]){year}(?![\d\-–])")


#: Columns that are answered by yes or no.
YES_NO = column_names("yes_no")
#: What a column that needs no model asks for → its names, whole.
FIELDS = {
    table.removeprefix("field_"): listed(table)
    for table in lexicon.tables(_LEXICON)
    if table.startswith("field_") and table not in ("field_groups", "field_whole_entry", "field_separators")
}
#: What stands over several such columns in a header of two rows, and columns for the whole of an entry.
FIELD_GROUP, WHOLE_ENTRY = listed("field_groups"), listed("field_whole_entry")
BETWEEN_FIELDS = re.compile(
    rf"\s*(?:{lexicon.pattern_of(_LEXICON, 'field_separators', 'mul', 'zh')}|\b{lexicon.pattern_of(_LEXICON, 'field_separators', 'en')}\b)\s*",
    re.IGNORECASE,
)
#: Between the authors that a cell names.
BETWEEN_AUTHORS = re.compile(r"[、,，]|等|et al")
#: That there are more authors than are named.
AND_OTHERS = lexicon.compiled("cells", "and_others")
#: A title that names a way of working says what the work did, one that names a question what it set out for.
NAMES_A_METHOD = cue_pattern(lexicon.words(_LEXICON, "titles_that_name_a_method"))
NAMES_AN_AIM = cue_pattern(lexicon.words(_LEXICON, "titles_that_name_an_aim"))

# -- repositories ------------------------------------------------------------------------------------------------------

REPOSITORY_HOSTS, ON_AVAILABILITY = listed("repository_hosts"), listed("availability_sections")
SAYS_AVAILABLE, OWN_VOICE, OTHERS_WORK = map(listed, ("says_available", "own_voice", "others_work"))

# -- forms of answers --------------------------------------------------------------------------------------------------


def _cells(table: str) -> str:
    return lexicon.pattern_of("cells", table)


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
#: What stands beside the year a paper appeared in: a date, a copyright line, a running head.
IMPRINT = re.compile(rf"{_cells('imprint_cues')}|\b{_cells('months')}\b|[（(]\s*{YEAR}\s*[)）]", re.I)
