"""What the words of a statement claim: numbers with their units, Latin names and acronyms, and negation.

Each must stand in the quotes that are to prove the statement, whatever the
language model thinks of it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

#: Digits behind a letter belong to a name (ELI5, T5), which is looked for as a whole.
_NUMBER = re.compile(r"(?<![A-Za-z\d])(?<!\d[.,])\d+(?:[.,]\d+)*")
#: A number in a formula of which the model translated the element.
_FORMULA = re.compile(r"[\u3400-\u9fff]\d+(?:[.,]\d+)*(?=[+(A-Z−])")
_LETTER = r"A-Za-z\u00c0-\u024f"
_NAME = re.compile(rf"(?<![{_LETTER}0-9])(?=[{_LETTER}0-9\-]*[A-Z0-9])[{_LETTER}][{_LETTER}0-9\-]+(?![{_LETTER}0-9])")
_LATIN = re.compile(rf"[{_LETTER}0-9]+")
_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
_NUMERALS = "零一二三四五六七八九十"
#: Words with a capital that carry no claim.
_PLAIN = {"the", "this", "it", "in", "an", "for", "they", "their", "we", "its", "these", "and", "of", "on", "to", "by"}
#: Ways to write one unit, in the languages of tables; the first group that matches behind a number is its unit.
_UNITS = tuple(
    re.compile(rf"\s*[-–]?\s*(?:{forms})")
    for forms in (
        r"%|％|percent\b|per cent\b|个?百分点",
        r"°\s?C|℃|degrees? Celsius|摄氏度",
        r"km²|km2\b|square kilomet|平方公里|平方千米",
        r"(?:km\b|kilomet|公里|千米)(?!/|²|2)",
        r"cm\b|centimet|厘米",
        r"mm\b|millimet|毫米",
        r"(?:kg\b|kilogram|公斤|千克)(?!/)",
        r"mg\b|milligram|毫克",
        r"(?:ml\b|mL\b|millilit|毫升)",
        r"GB\b|gigabyte",
        r"MB\b|megabyte",
        r"hours?\b|hrs?\b|h\b|小时",
        r"minutes?\b|mins?\b|分钟",
        r"seconds?\b|secs?\b|s\b|秒",
        r"days?\b|天",
        r"weeks?\b|周(?!年)",
        r"months?\b|个月",
        r"times\b|fold\b|倍",
    )
)
#: The quotes' side is generous: what lacks, fails or differs also denies.
_DENIES = re.compile(
    r"\b(?:no|not|never|neither|nor|none|cannot|without|nothing|nobody|hardly|rarely|seldom|scarcely|barely)\b|n[’']t\b"
    r"|不(?!同|断|仅|少|久|论|管|过|一样|得不)|没有|没(?!有)|未(?!来)|并非|无法|无(?!论|疑|线|人)|毫无|从不",
    re.I,
)
_DENIES_TOO = re.compile(
    r"\b(?:fail\w*|lack\w*|un\w{4,}|in\w{3,}(?:ible|able|ent|ate|ility|icant)|im\w{3,}ble|ir\w{4,}|non\w*|absen\w+|miss(?:es|ing)|few|little|less|only|limited|difficult\w*|reject\w*|"
    r"exclud\w+|ignor\w+|neglect\w*|avoid\w*|refus\w+|den(?:y|ies|ied)|insufficient|poor\w*|too|prevent\w*|stop\w*|rather than|instead of|except)\b"
    r"|[缺乏少难拒否非]",
    re.I,
)

#: Countries, continents and rivers by their Chinese names, which small models like to make up, and how English says them.
_PLACES = tuple(
    (chinese, re.compile(rf"\b(?:{english})", re.I))
    for chinese, english in re.findall(
        r"(\S+)=(\S+)",
        r"""
        美国=US\b|U\.S|USA|United\sStates|Americ 英国=UK\b|U\.K|Brit|England|English|United\sKingdom 中国=Chin|PRC\b|Taiwan|Hong
        日本=Japan 韩国=Korea 朝鲜=Korea 印度=Indi 德国=German 法国=France|French 意大利=Ital 西班牙=Spain|Spanish 葡萄牙=Portug
        俄罗斯=Russia 荷兰=Dutch|Netherl|Holland 比利时=Belgi 瑞士=Swiss|Switz 瑞典=Swed 挪威=Norw 丹麦=Danish|Denmark 芬兰=Finland|Finnish
        波兰=Poland|Polish 奥地利=Austria 希腊=Gree 土耳其=Turk|Türk 以色列=Israel 伊朗=Iran|Persia 伊拉克=Iraq 埃及=Egypt 沙特=Saudi
        巴基斯坦=Pakist 孟加拉=Bangla 越南=Viet 泰国=Thai 马来西亚=Malay 新加坡=Singap 印尼=Indones 印度尼西亚=Indones 菲律宾=Philip|Filip
        澳大利亚=Austral 新西兰=New\sZeal 加拿大=Canad 墨西哥=Mexic 巴西=Brazil 阿根廷=Argent 智利=Chile 哥伦比亚=Colomb 秘鲁=Peru
        南非=South\sAfric|southern\sAfric 肯尼亚=Kenya 坦桑尼亚=Tanz 乌干达=Ugand 埃塞俄比亚=Ethiop 尼日利亚=Nigeria 加纳=Ghana 卢旺达=Rwand
        赞比亚=Zambia 津巴布韦=Zimbab 摩洛哥=Morocc 尼罗河=Nile 亚马逊=Amazon 非洲=Afric 欧洲=Europ 亚洲=Asia 拉丁美洲=Latin\sAmeric
        """,
    )
)


def words_missing(statement: str, sources: Iterable[str]) -> list[str]:
    """Numbers (with their units), Latin names and Chinese names of countries of ``statement`` that stand in none of
    ``sources``.

    Numbers are compared as values ("1,000" is "1000"), names as whole words without case; a plural is its singular.
    """
    basis = _nfkc(" ".join(sources))
    numbers: dict[float, set[int | None]] = {}
    for found in _NUMBER.finditer(basis):
        numbers.setdefault(_value(found.group()), set()).add(_unit(basis, found.end()))
    key = _letters(basis)
    missing = []
    text = _nfkc(statement)
    for found in _NUMBER.finditer(text):
        number, unit = found.group(), _unit(text, found.end())
        value = _value(number)
        if math.isnan(value):
            said = _letters(number) in key  # a version such as 3.5.1: only the letters can match
        else:
            said = value in numbers and (unit is None or unit in numbers[value] or numbers[value] == {None})
        if not said and _FORMULA.match(text, max(found.start() - 1, 0)):  # "镁2+" is "Mg2+"
            said = re.search(rf"[A-Za-z]{re.escape(number)}(?![\d.])", basis) is not None
        if not said:
            missing.append(number)
    words = _joined_words(basis)
    for name in _NAME.findall(text):
        plain = _letters(name)
        if len(plain) >= 2 and plain not in _PLAIN and not {plain, plain.rstrip("s"), plain + "s"} & words:
            missing.append(name)
    return missing + [
        place for place, said in _PLACES if place in text and not said.search(basis) and place not in basis
    ]


def numbers_in(text: str) -> list[tuple[str, float, int | None]]:
    """The numbers of ``text``: each as printed with its unit, its value, and the unit by its place in ``_UNITS``."""
    plain = _nfkc(text)
    found = []
    for number in _NUMBER.finditer(plain):
        unit, value = _unit(plain, number.end()), _value(number.group())
        end = _UNITS[unit].match(plain, number.end()) if unit is not None else None
        if not math.isnan(value):
            found.append((number.group() + (end.group() if end else ""), value, unit))
    return found


def denies_alone(statement: str, sources: Iterable[str]) -> bool:
    """Whether ``statement`` denies something while nothing in ``sources`` denies, lacks or fails anything."""
    return bool(_DENIES.search(statement)) and not any(_DENIES.search(s) or _DENIES_TOO.search(s) for s in sources)


def spell_counts(statement: str, sources: Iterable[str]) -> str:
    """``3个`` becomes ``三个`` when the sources say "three": a number then reads as its source does."""
    basis = " ".join(sources)
    digits = {_value(n) for n in _NUMBER.findall(_nfkc(basis))}

    def spelled(match: re.Match[str]) -> str:
        value = int(match.group(1))
        said = any(n == value and re.search(rf"\b{word}\b", basis, re.I) for word, n in _COUNTS.items())
        return _NUMERALS[value] if said and float(value) not in digits and value <= 10 else match.group(0)

    return re.sub(r"(?<![\d.])(\d{1,2})(?=\s*[个种类项条篇次步名组套])", spelled, statement)


def _unit(text: str, end: int) -> int | None:
    """Which of ``_UNITS`` stands behind a number that ends at ``end``; None when none does."""
    return next((i for i, unit in enumerate(_UNITS) if unit.match(text, end)), None)


@cache
def _joined_words(basis: str) -> frozenset[str]:
    """The Latin words of ``basis`` as letters, and those made of up to four neighbours: lines break names ("ER-RANT")."""
    words: Sequence[str] = [_letters(w) for w in _LATIN.findall(basis)]
    joined = {"".join(words[i : i + n]) for i in range(len(words)) for n in range(1, 5)}
    raised = {w.rstrip("0123456789") for w in words}  # "Mtega1": the mark of a place behind an author's name
    return frozenset(joined | {w.rstrip("s") for w in joined} | raised)


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _letters(text: str) -> str:
    return "".join(c for c in _nfkc(text).casefold() if c.isalnum())


def _value(number: str) -> float:
    text = number.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", number) else number.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return math.nan
