"""The form of an answer: a number, a year, a list or a yes or no, as the column wants it.

A small model answers in sentences whatever it is asked for.  Where the wished form stands in its sentence beyond doubt
it is taken out; where it does not, the answer is shown as it is, with the reason why it does not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from citegrid.core.table import AnswerType, Column

_YEAR = re.compile(r"(?<![\d.,])(1[5-9]\d\d|20\d\d)(?![\d]|[.,]\d)")
#: A figure with its sign, decimals, thousands and what belongs to it: a range, a deviation, percent, a size.
_DIGITS = r"[-−+]?\d+(?:[,，]\d{3})*(?:\.\d+)?"
_UNIT = r"(?:\s?(?:%|‰|[×x](?!\w)|°C|[kKMB](?!\w)|percent\b|万|亿|百万|千))?"
_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.\-]){_DIGITS}{_UNIT}(?:\s*(?:±|–|—|-|~|～|至|到|to)\s*{_DIGITS}{_UNIT})?(?![\d])(?![A-Za-z]\w)"
)
#: What may stand beside the figure in an answer that is a number: "about", "n =", a unit of a few words.
_BARE = re.compile(
    rf"(?:约|大约|近|超过|至少|共|about|approximately|around|over|more than|at least|n\s*=|[<>≤≥≈~])?\s*(?:{_NUMBER.pattern})"
    r"\s*(?:[\u3400-\u9fff/·]{1,6}|(?:[A-Za-z/²³°µ·\-]+\s?){1,3})?[。.]?",
    re.I,
)
_YES = re.compile(r"(?:是的?|有|yes)(?=[\s,，。.;；:：!！(（]|$)", re.I)
_NO = re.compile(r"(?:否|不是|没有|无|no)(?=[\s,，。.;；:：!！(（]|$)", re.I)
_COUNTS = [
    (re.compile(rf"\b{word}\b|(?<![一二三四五六七八九十]){sign}(?=[个种类项条篇次步名组套人])", re.I), number)
    for number, (word, sign) in enumerate(
        zip(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
            ("一", "[二两]", "三", "四", "五", "六", "七", "八", "九", "十"),
            strict=True,
        ),
        1,
    )
]
_REASONS = {
    AnswerType.NUMBER: ("不是一个数值", "not a single number"),
    AnswerType.YEAR: ("不是一个年份", "not a single year"),
    AnswerType.YES_NO: ("没有回答“是”或“否”", "neither yes nor no"),
}


def has_form(column: Column) -> bool:
    """Whether answers of ``column`` have a form that can be checked."""
    return column.answer_type in _REASONS


def shaped(text: str, column: Column, language: str) -> tuple[str, str]:
    """``(answer, reason)``: ``text`` in the form that ``column`` wants and no reason, or as it is and why not.

    An empty text is no answer and has no fault.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    kind = column.answer_type
    if not plain or not has_form(column):
        return text, ""
    form = {AnswerType.NUMBER: _number, AnswerType.YEAR: _year, AnswerType.YES_NO: _yes_no}[kind](plain, language)
    return (form, "") if form else (text, _REASONS[kind][0 if language == "zh" else 1])


def claim_of(text: str, column: Column) -> str:
    """The answer as a statement that can be judged: a bare ``12`` says nothing without the column it answers."""
    if column.answer_type is AnswerType.TEXT or not text:
        return text
    return f"{column.name}: {text}"


def facts_of(column: Column, sources: Iterable[str]) -> tuple[str, ...]:
    """What a claim may say without its quote: the column's name, and in figures the counts that the quote has in words."""
    basis = " ".join(sources)
    said = (
        [str(n) for pattern, n in _COUNTS if pattern.search(basis)] if column.answer_type is AnswerType.NUMBER else []
    )
    return column.name, *said


def _number(plain: str, language: str) -> str:
    if _BARE.fullmatch(plain):
        return plain.rstrip("。.")
    found = list(dict.fromkeys(m.group().strip() for m in _NUMBER.finditer(plain)))
    return found[0] if len(found) == 1 else ""


def _year(plain: str, language: str) -> str:
    found = set(_YEAR.findall(plain))
    return found.pop() if len(found) == 1 else ""


def _yes_no(plain: str, language: str) -> str:
    for pattern, zh, en in ((_NO, "否", "no"), (_YES, "是", "yes")):
        said = pattern.match(plain)
        if said:
            why = plain[said.end() :].strip(" ,，。.;；:：!！")
            sign = zh if language == "zh" else en
            return f"{sign}{'，' if language == 'zh' else ', '}{why}" if why else sign
    return ""
