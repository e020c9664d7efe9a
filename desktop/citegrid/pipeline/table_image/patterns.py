"""The patterns of the reader of pictures, built from ``resources/lexicon/table_image.toml``."""

from __future__ import annotations

import re

from citegrid.core.language.lexicon import pattern_of, words
from citegrid.core.language.script import HAN


def _characters(table: str) -> str:
    """The words of a table, each of one character, for use inside ``[…]``."""
    return "".join(words("table_image", table))


# -- names of columns ------------------------------------------------------------------------------------------------------

_attribute_zh = pattern_of("table_image", "attributes", "zh")
_attribute_en = pattern_of("table_image", "attributes", "en")
_connectors = _characters("attribute_connectors")
#: A word that columns are named with, or what joins such words.
ATTRIBUTE_WORD = re.compile(
    rf"{_attribute_zh}|[{_connectors}/、·\s()（）:：.&-]|(?<![a-zA-Z]){_attribute_en}(?![a-zA-Z])", re.I
)

# -- lists -----------------------------------------------------------------------------------------------------------------

_numerals = _characters("numerals")
_NUMBER_MARKS = (
    r"[(（\[【]?\s*\d{1,2}\s*[)）\]】.．、:：]",  # 1. 2) [3]
    rf"[(（]\s*[a-z{_numerals}]{{1,2}}\s*[)）]",  # (a) （二）
    rf"[{_numerals}]{{1,2}}[、.．]",  # 三、
    r"[a-zA-Z][.)）、]",  # b)
    r"[①-⑳]",
    r"\d{1,2}(?=[^\d\s.,%年月-])",  # 4研究方法: the reader lost the stop
)
_BULLETS = r"•●○◦▪■□◆◇★☆►▶✓√·*–—\-"
#: A line of a list: its ``number`` or ``bullet``, and the ``rest``.
LIST_LINE = re.compile(rf"^\s*(?:(?P<number>{'|'.join(_NUMBER_MARKS)})|(?P<bullet>[{_BULLETS}]+))\s*(?P<rest>\S.*)$")
#: A number within a paragraph: (1), ②, 3、
INLINE_NUMBER = re.compile(r"[(（\[]\s*\d{1,2}\s*[)）\]]|[①-⑳]|(?<![\d.])\d{1,2}[.．、](?=\s*[^\d\s])")
#: What explains a name behind it.
EXPLANATION = re.compile(r"\s*(?:[:：]|——|\s[–—-]\s).*$", re.S)
COLON = re.compile(r"[:：]")
#: The end of a sentence, and of an item of a list.
SENTENCE_END = re.compile(r"[。!！?？]|\.(?:\s|$)")
ITEM_END = re.compile(r"[。;；]|\.(?:\s|$)")

_and_en = pattern_of("table_image", "list_conjunctions", "en")
_and_zh = pattern_of("table_image", "list_conjunctions", "zh")
#: Between two names in a row.
BETWEEN_NAMES = re.compile(rf"[、，,;；]|\b{_and_en}\b|(?<=[{HAN}])和(?=[{HAN}])")
#: A conjunction before a name, and what ends one.
AROUND_NAME = re.compile(rf"^\s*(?:{_and_en}|{_and_zh})\s+|(?:[;；,，、。.]|\b{_and_en}\b|以及)*\s*$")

# -- answers ---------------------------------------------------------------------------------------------------------------

_year_sign, _counters = pattern_of("table_image", "year_sign"), _characters("counters")
YEAR_ANSWER = re.compile(rf"(?:1[89]|20)\d\d\s*{_year_sign}?")
NUMBER_ANSWER = re.compile(
    rf"[<>≈~±=≤≥]?\s*[-+−]?\d[\d,. ]*(?:[%‰℃°]|[a-zA-Zμ/²³]{{1,5}}|[{_counters}]{{1,2}})?(?:\s*[±–-]\s*\d[\d.,]*%?)?"
)
YES_NO_ANSWER = re.compile(pattern_of("table_image", "yes_no"), re.I)
LIST_ANSWER = re.compile(r"[^、;；]+(?:[、;；][^、;；]+)+")

# -- what the reader of text gets wrong ------------------------------------------------------------------------------------

#: The reader sees the ring of ℃ twice.
DOUBLE_DEGREE = re.compile("[°º˚]\\s?℃")
#: A small l where no word has one: before capitals (lD, lEEE), between them, in -ln behind a consonant (BuiltIn).
CAPITAL_I = re.compile(
    r"(?<![A-Za-z])l(?=[A-Z])|(?<=[A-Z])l(?=[A-Z])|(?<=[A-Za-z]{3})(?<=[bcdfghkmnpstvxz])l(?=n(?![a-z]))"
)
BROKEN_WORD = re.compile(r"[a-z]-$")
