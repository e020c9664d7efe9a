"""The patterns that a query is read by, built from ``resources/lexicon/query.toml``, and the number of a preprint."""

from __future__ import annotations

import re

from citegrid.core.language import lexicon

YearCue = re.Pattern[str]

_NUMBER = r"(\d[\d,]*|[一二两三四五六七八九十百千]+)"
_YEAR = r"((?:19|20)\d\d)"


def _cue(table: str, *languages: str) -> str:
    return lexicon.pattern_of("query", table, *languages)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def _year_cue(table: str) -> YearCue:
    """A year with its cue: behind it in Chinese, before it in English."""
    return _compiled(rf"{_YEAR}\s*年?\s*{_cue(table, 'zh')}|{_cue(table, 'en')}\s+{_YEAR}")


IN_ENGLISH, IN_CHINESE = _compiled(_cue("in_english")), _compiled(_cue("in_chinese"))
_LENGTH = rf"{_NUMBER}(?:\s*{_cue('range')}\s*{_NUMBER})?"
#: Lengths, in the order in which they are looked for.
LENGTHS = (
    _compiled(rf"{_LENGTH}\s*{_cue('characters', 'zh')}"),
    _compiled(rf"{_LENGTH}\s*{_cue('characters', 'en')}"),
    _compiled(rf"{_LENGTH}[\s-]*(?:{_cue('words_whole')}\b|{_cue('words')})"),
)
#: Numbers of works, the surest first.
WORKS = (
    _compiled(rf"{_cue('at_most', 'zh')}\s*{_NUMBER}\s*{_cue('works', 'zh')}"),
    _compiled(rf"{_cue('at_most', 'en')}\s+(?:the\s+)?{_NUMBER}\s+{_cue('works', 'en')}"),
    _compiled(rf"{_NUMBER}\s*{_cue('works_alone')}"),
    _compiled(r"(\d+)\s*篇(?!幅)"),
)
YEARS = _compiled(rf"{_YEAR}\s*年?\s*(?:{_cue('range')}|{_cue('years_range')})\s*{_YEAR}")
SINCE, AFTER, UNTIL, BEFORE = map(_year_cue, ("since", "after", "until", "before"))

ARXIV_NUMBER = re.compile(r"\d{4}\.\d{4,5}|[a-z\-]+(?:\.[a-z]{2})?/\d{7}")
