"""The patterns and words of the layout, built from ``resources/lexicon/layout.toml``."""

from __future__ import annotations

import re

from citegrid.core.language.lexicon import pattern_of, words
from citegrid.core.language.script import HAN


def _list(table: str, *languages: str) -> str:
    return pattern_of("layout", table, *languages)


_FLOAT = rf"(?:{_list('float_supplements')}\s+)?{_list('float_kinds')}"
_CHINESE_FLOAT = rf"{_list('float_kinds_chinese')}\s*\d"
#: The name of a figure or a table; "Table 1 shows …" is a sentence of the running text.
CAPTION = re.compile(rf"{_FLOAT}\s*S?\d+(?:\.\d+)*[a-z]?(?!\s+{_list('after_float_in_text')}\b)|{_CHINESE_FLOAT}", re.I)
FLOAT_NAME = re.compile(rf"{_FLOAT}|{_CHINESE_FLOAT}", re.I)
#: What a line ends in that goes on with the name of a figure or a table.
BEFORE_FLOAT_IN_TEXT = re.compile(rf"{_list('before_float_in_text')}\s*$")

_CHINESE_COUNT = "一二三四五六七八九十"
HEADING = re.compile(
    rf"(?:\d+|[IVX]+|[A-H])(?:\.\d+)*[.)]?\s+\S|第[{_CHINESE_COUNT}\d]+{_list('section_units')}|[{_CHINESE_COUNT}]+、|[（(][{_CHINESE_COUNT}]+[)）]"
    rf"|{_list('section_heads')}\b",
    re.I,
)
#: A heading of a few plain words, in Chinese behind its number.
PLAIN_WORDS = re.compile(rf"(?:[（(][{_CHINESE_COUNT}]+[)）](?=[{HAN}]))?[A-Za-z{HAN}\s：]{{3,40}}")
#: The number of a citation or a note, raised behind the text.
RAISED_NUMBERS = re.compile(r"[\[(［（]?\s*\d{1,3}(?:\s*[,，、–—\-]\s*\d{1,3})*\s*[\])］）]?[.。,，]?|[①-⑳㉑-㉟]+")
#: The number or the sign that a footnote begins with.
FOOTNOTE_MARK = re.compile(r"\s*(?:\d{1,2}|[*†‡§¶])\s*\S")

DIGITS = re.compile(r"\d+")
NUMBER = re.compile(r"[0-9]{1,5}")
_PAGE = rf"(?:{_list('page_words')}\s*)?"
_OF_PAGES = rf"(?:\s*{_list('of_pages')}\s*\d+)?"
#: A page number alone: "– 12 –", "page xii", "3 / 12".
LONELY_NUMBER = re.compile(rf"[-–—\s]*{_PAGE}(?:\d{{1,5}}|[ivxlc]+){_OF_PAGES}[-–—\s]*", re.I)
#: A page number within a word of the file.
PAGE_NUMBER = re.compile(rf"{_PAGE}[-–—·]?\s*(\d{{1,5}})\s*[-–—·]?{_OF_PAGES}", re.I)
#: The number of a footnote, which unlike that of a page does not count pages: notes repeat, "12 Smith, Rivers, 45.".
NOTE_NUMBER = re.compile(r"\s*(?:\W?(\d{1,3})\W*\s?(?=[^\W\d_]{2})|[①-⑳㉑-㉟])")
SAME_SOURCE = re.compile(rf"\b{_list('same_source')}\b|{_list('same_source_chinese')}")

OPEN_ABBREVIATIONS = words("layout", "open_abbreviations")
#: What a sentence ends in; what it never ends in, and never opens with.
STOPS = tuple(".。!?！？:：")
GOES_ON_AFTER = tuple("-,，、;；&～—－")
GOES_ON_WITH = tuple("[(（［【〔～—－")
BRACKETS = ("()", "[]", "（）", "［］", "【】", "〔〕", "《》")
#: The raised numbers of works behind the stop of a sentence: "… as others found.12,14", "……。[3]", "……。③".
RAISED_BEHIND_STOP = re.compile(
    r"([^\W\d_][)\]”\"’]*[.!?。！？][)\]”\"’]*)\s*"
    r"(?:\d[\d,;–—\-\s]*|[\[［〔]\s?\d[\d,，、;–—\-\s]*[\]］〕]|[①-⑳㉑-㉟]+)$"
)
