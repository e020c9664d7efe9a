"""Numbers of a sentence in the other language: thousands, millions and billions are counted otherwise in Chinese.

"7 and 13 billion" is 70亿和130亿.  A small model does not count, so it is given the right words beforehand (``renderings``),
what it still writes wrong is mended (``mend``), and what does not agree in the end is told (``disagreeing``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from citegrid.core.language.lexicon import words
from citegrid.pipeline.translation.english import tokens_of

#: The words of magnitude in each language, by value; a Chinese sign may follow another (百万).
_SCALES = {
    "en": {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
    "zh": {"百万": 1e6, "千万": 1e7, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12, "万": 1e4, "亿": 1e8},
}
_SCALES_IN = {language: "|".join(scales) for language, scales in _SCALES.items()}
_ANY_SCALE = f"{_SCALES_IN['zh']}|{_SCALES_IN['en']}"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
#: Several numbers that share the magnitude behind the last: "7 and 13 billion", "7 to 65 billion", "1–2 million".
_JOINT = r"\s*(?:,|、|–|-|至|到|和|或|and|to|or)\s*(?:and\s+|or\s+)?"
_GROUP = re.compile(rf"(?<![A-Za-z\d.,])(?:{_DIGITS})(?:{_JOINT}(?:{_DIGITS}))*\s*-?(?:{_ANY_SCALE})(?![A-Za-z]{{3}})")
_NUMBER = re.compile(rf"(?<![A-Za-z\d.,])(?:{_DIGITS})")
_ONE = re.compile(_DIGITS)
_SCALE = re.compile(_ANY_SCALE)
#: Words of magnitude that a translation does not have.
_SCALE_OF = {language: re.compile(scales) for language, scales in _SCALES_IN.items()}
_FOREIGN_SCALE = {"zh": _SCALE_OF["en"], "en": _SCALE_OF["zh"]}
_COUNTS = {word: float(value) for value, word in enumerate(words("numerals", "counts"))}
_NUMERALS = {sign: float(value) for value, sign in enumerate(words("numerals", "numerals"))} | {"两": 2.0}


@dataclass(frozen=True, slots=True)
class Rendering:
    """Numbers with a magnitude as they stand in the source, and as they are said in the other language."""

    text: str
    said: str
    values: tuple[float, ...]
    numbers: tuple[str, ...]


def renderings(text: str, language: str) -> list[Rendering]:
    """The numbers of ``text`` with a magnitude, as they are said in ``language``, each group once."""
    found: dict[str, Rendering] = {}
    for group in _GROUP.finditer(text):
        digits, values = tuple(_ONE.findall(group.group())), tuple(_group_values(group.group()))
        said = {"zh": "和", "en": " and "}[language].join(map(_SAY[language], values))
        found.setdefault(group.group(), Rendering(group.group(), said, values, digits))
    return list(found.values())


def mend(translation: str, source: str, language: str) -> str:
    """``translation`` with the numbers of ``source`` that have a magnitude as they are said in ``language``.

    Where the right words do not stand, those that the model makes of the digits ("7和13亿", "13 billion") give way to them.
    """
    for one in renderings(source, language):
        if set(one.values) <= set(values_of(_FOREIGN_SCALE[language].sub("", translation))):
            continue
        for number, value in zip(reversed(one.numbers), reversed(one.values), strict=True):
            wrong = re.compile(rf"(?<![\d.,]){re.escape(number)}(?:\s*(?:{_ANY_SCALE}))*(?![\d.,]*\d|%|年)")
            translation = wrong.sub(_SAY[language](value), translation, count=1)
    return translation


def disagreeing(source: str, translation: str) -> list[float]:
    """The values that stand in one of the texts and not in the other; small counts may be spelled in either."""
    before, after = values_of(source), values_of(translation)
    missing = [v for v in before if v not in after and v not in _spelled(translation)]
    added = [v for v in after if v not in before and v not in _spelled(source)]
    return missing + added


def values_of(text: str) -> list[float]:
    """The values written with digits, magnitudes counted in, each once."""
    found: dict[float, None] = {}
    rest = text
    for group in _GROUP.finditer(text):
        found.update(dict.fromkeys(_group_values(group.group())))
        rest = rest.replace(group.group(), " ", 1)
    found.update({_plain(m.group()): None for m in _NUMBER.finditer(rest)})
    return list(found)


def _group_values(group: str) -> Iterator[float]:
    scale = _SCALE.search(group)
    factor = (_SCALES["en"] | _SCALES["zh"])[scale.group()] if scale else 1.0
    return (round(_plain(digits) * factor, 6) for digits in _ONE.findall(group))


def _spelled(text: str) -> set[float]:
    """Counts written as words or as Chinese numerals."""
    english = {_COUNTS[token.text] for token in tokens_of(text.lower()) if token.text in _COUNTS}
    return english | {_NUMERALS[sign] for sign in text if sign in _NUMERALS}


def _plain(digits: str) -> float:
    return float(digits.replace(",", ""))


def _in_chinese(value: float) -> str:
    for sign, scale in (("万亿", 1e12), ("亿", 1e8), ("万", 1e4)):
        if value >= scale:
            return f"{value / scale:.10g}{sign}"
    return f"{value:.10g}"


def _in_english(value: float) -> str:
    for word, scale in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6)):
        if value >= scale:
            return f"{value / scale:.10g} {word}"
    return f"{value:,.10g}"


_SAY = {"zh": _in_chinese, "en": _in_english}
