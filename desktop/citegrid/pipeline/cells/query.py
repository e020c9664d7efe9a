"""What a query asks for beyond its topic: language, length, number of works, years.

The wishes are read by rule, not by the model: they must hold exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from citegrid.core.review import Unit

DEFAULT_ROWS = 10
DEFAULT_TARGET = {"zh": 1000, "en": 500}
MOST_ROWS = 60

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NUMBER = r"(\d[\d,]*|[一二两三四五六七八九十百千]+)"
_WORKS_ZH = r"(?:篇|部|条|个?(?:文献|参考文献|工作|论文))"
_WORKS_EN = (
    r"(?:most\s+)?(?:important\s+|relevant\s+|key\s+)?(?:works|papers|references|studies|articles|rows|publications)"
)


@dataclass(frozen=True, slots=True)
class Request:
    """``target`` is the review's length in ``unit``; ``since`` and ``until`` bound the works' years, both inclusive."""

    query: str
    language: str
    target: int
    unit: Unit
    max_rows: int
    since: int | None = None
    until: int | None = None


def read_request(query: str, *, language: str = "", max_rows: int = 0, target: int = 0) -> Request:
    """The wishes of ``query``; arguments that are given win over what it says.

    A length in 字 is counted in characters, one in words in words.  Without either the language decides.
    """
    query = query.strip()
    language = language or _language(query)
    unit = Unit.CHARACTERS if language == "zh" else Unit.WORDS
    request = Request(query, language, DEFAULT_TARGET[language], unit, DEFAULT_ROWS, *_years(query))
    asked = _length(query)
    if asked is not None:
        request = replace(request, target=asked[0], unit=asked[1] if language == "zh" else Unit.WORDS)
    rows = max_rows or _rows(query) or DEFAULT_ROWS
    return replace(request, target=target or request.target, max_rows=max(1, min(rows, MOST_ROWS)))


def _language(query: str) -> str:
    if re.search(r"用英[文语]|英文(?:写|撰写|输出)|in english", query, re.I):
        return "en"
    if re.search(r"用(?:中文|汉语)|in chinese", query, re.I):
        return "zh"
    return "zh" if not query or _CHINESE.search(query) else "en"


def _length(query: str) -> tuple[int, Unit] | None:
    """The length and its unit; the middle of a range."""
    to = rf"{_NUMBER}(?:\s*(?:-|–|—|~|～|至|到|to)\s*{_NUMBER})?"
    for pattern, unit in (
        (rf"{to}\s*(?:个)?(?:汉)?字", Unit.CHARACTERS),
        (rf"{to}\s*(?:chinese\s+)?characters", Unit.CHARACTERS),
        (rf"{to}[\s-]*(?:words?\b|个?(?:英文)?单词|个?词)", Unit.WORDS),
    ):
        match = re.search(pattern, query, re.I)
        if match:
            values = [_value(g) for g in match.groups() if g]
            length = sum(values) // len(values)
            if 50 <= length <= 20000:
                return length, unit
    return None


def _rows(query: str) -> int:
    for pattern in (
        rf"(?:最多|至多|不超过|不多于|选取|选出|选择|挑选|前)\s*{_NUMBER}\s*{_WORKS_ZH}",
        rf"(?:at most|up to|no more than|not more than|the|top|select|choose|only)\s+(?:the\s+)?{_NUMBER}\s+{_WORKS_EN}",
        rf"{_NUMBER}\s*(?:篇|部|条|个)?(?:最?(?:重要|关键|主要|核心|相关)的?)?(?:参考)?(?:文献|工作|论文|著作)",
        r"(\d+)\s*篇(?!幅)",
    ):
        match = re.search(pattern, query, re.I)
        if match and _value(match.group(1)) > 1:  # “写一篇文献综述” asks for a review, not for one work
            return _value(match.group(1))
    return 0


def _years(query: str) -> tuple[int | None, int | None]:
    year = r"((?:19|20)\d\d)"
    between = re.search(rf"{year}\s*年?\s*(?:-|–|—|~|～|至|到|to|and)\s*{year}", query)
    if between:
        return int(between.group(1)), int(between.group(2))
    since = until = None
    if match := re.search(rf"{year}\s*年?\s*(?:以来|起|及以后|及之后)|(?:since|from)\s+{year}", query, re.I):
        since = int(match.group(1) or match.group(2))
    elif match := re.search(rf"{year}\s*年?\s*(?:之后|以后|后)|after\s+{year}", query, re.I):
        since = int(match.group(1) or match.group(2)) + 1
    if match := re.search(rf"{year}\s*年?\s*(?:及以前|及之前)|until\s+{year}|up to\s+{year}", query, re.I):
        until = int(next(g for g in match.groups() if g))
    elif match := re.search(rf"{year}\s*年?\s*(?:之前|以前|前)|before\s+{year}", query, re.I):
        until = int(match.group(1) or match.group(2)) - 1
    return since, until


def _value(text: str) -> int:
    """The number that digits or Chinese numerals up to 9999 stand for."""
    if text[0].isdigit():
        return int(text.replace(",", ""))
    total = current = 0
    for char in text:
        if char in "百千":
            total += (current or 1) * (100 if char == "百" else 1000)
            current = 0
        elif char == "十":
            total += (current or 1) * 10
            current = 0
        else:
            current = _DIGITS[char]
    return total + current
