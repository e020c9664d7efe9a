"""The Latin fonts of Chinese publishers' typesetting systems (and of TeX within Chinese), as their files give them.

Such a font holds letters and signs only, but a file may call them ideographs (italics have the codes of GBK behind A0: ``犃`` is ``A``,
``狕`` is ``z``), and gives letters in full width: in boxes as wide as they are high, although they stand as close as any, at the left of
their box or in its middle, and without the blanks between words.  How far the letters of a line stand from each other tells where
their ink is, and where a blank is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from statistics import median
from typing import Any

import pymupdf

#: The characters that files give for signs and for letters in italics.
_SIGNS = {"摇": " ", "鄄": "-", "桘": "-", "唱": "-", "畅": ".", "\ue011": "-"}
_LETTERS = (*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1))
#: From a letter to the same in full width.
_WIDER = 0xFEE0
_FOUNDER = _SIGNS | {bytes((0xA0, code + 0x80)).decode("gbk"): chr(code + _WIDER) for code in _LETTERS}
#: TeX's own fonts in files that give 8F00 and a place in its first encoding (OT1) for each letter: its codes that are not those of ASCII.
_OT1 = {0x0B: "ff", 0x0C: "fi", 0x0D: "fl", 0x0E: "ffi", 0x0F: "ffl", 0x22: "”", 0x5C: "“", 0x7B: "–", 0x7C: "—"}
_TEX = {chr(0x8F00 + code): _OT1.get(code, chr(code)) for code in (*range(0x0B, 0x10), *range(0x21, 0x7D))}
#: How the names of these fonts begin, and what their characters mean.
_FONTS = {"E-": _FOUNDER, "Symbol0": _FOUNDER, "CM": _TEX}
#: A blank is at least so wide beyond the room that its letters take in the line, in type sizes.
_BLANK = 0.2
#: So many pairs of letters tell how a line is set.
_ENOUGH = 4
#: Where a letter stands in its box: at its left, or in its middle (shares of the room that is left).
_LEFT, _MIDDLE = 0.0, 0.5
#: A character of MuPDF's.
_Char = dict[str, Any]


def translate(spans: Sequence[dict[str, Any]]) -> None:
    """Put what a file means in place of the characters that it gives, where the font holds no others: letters in full width, or
    TeX's, with the blanks between words that MuPDF sees between no ideographs."""
    for span in spans:
        meant = next((meant for name, meant in _FONTS.items() if span["font"].startswith(name)), {})
        given = {id(char) for char in span["chars"] if char["c"] in meant}
        if given:
            _translate(span, meant)
        if given and meant is _TEX:
            span["chars"] = list(_with_blanks(span["chars"], given & set(_before_gaps(span))))


def _translate(span: dict[str, Any], meant: dict[str, str]) -> None:
    for char in span["chars"]:
        char["c"] = meant.get(char["c"], char["c"])


def _before_gaps(span: dict[str, Any]) -> Iterator[int]:
    """The characters of a span behind whose boxes there is room for a blank."""
    for char, behind in pairwise(span["chars"]):
        if behind["bbox"][0] - char["bbox"][2] > _BLANK * span["size"]:
            yield id(char)


def mend(spans: Sequence[dict[str, Any]]) -> None:
    """Give the letters of full width in a line the boxes of their ink, and put the blanks between words that the file leaves out."""
    chars = [(char, span["size"]) for span in spans for char in span["chars"]]
    pairs = list(_pairs(chars))
    if len(pairs) < _ENOUGH:
        return
    at = min((_LEFT, _MIDDLE), key=partial(_misfit, pairs))
    scale = _scale(pairs, at)
    last = {id(pair.char) for pair in pairs if pair.beyond(at, scale) > _BLANK and not pair.is_number}
    for char, size in ((char, size) for char, size in chars if _is_wide(char["c"])):
        char["bbox"] = _of_ink(char["bbox"], at, scale * _usual(char["c"]) * size)
    for span in spans:
        span["chars"] = list(_with_blanks(span["chars"], last))


def _pairs(chars: Sequence[tuple[_Char, float]]) -> Iterator[_Pair]:
    """The letters of full width that stand side by side."""
    for (char, size), (behind, _) in pairwise(chars):
        if _is_wide(char["c"]) and _is_wide(behind["c"]):
            yield _Pair(char, behind, size)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A letter, the one behind it, and their type size."""

    char: _Char
    behind: _Char
    size: float

    @property
    def advance(self) -> float:
        """From the one to the other, in type sizes."""
        return float((self.behind["origin"][0] - self.char["origin"][0]) / max(self.size, 1.0))

    @property
    def is_number(self) -> bool:
        """Whether both are figures: what parts the thousands of a number is no blank."""
        return bool(self.char["c"].isdecimal() and self.behind["c"].isdecimal())

    def usual(self, at: float) -> float:
        """The same in a usual type, where letters stand ``at`` a share of their boxes."""
        return (1 - at) * _usual(self.char["c"]) + at * _usual(self.behind["c"])

    def beyond(self, at: float, scale: float) -> float:
        """How much further they stand from each other than in a usual type of that ``scale``, in type sizes."""
        return self.advance - scale * self.usual(at)


def _scale(pairs: Sequence[_Pair], at: float) -> float:
    """How many times as wide as a usual type a line is set."""
    return median(pair.advance / pair.usual(at) for pair in pairs)


def _misfit(pairs: Sequence[_Pair], at: float) -> float:
    """How far most letters stand from where they would, were they ``at`` that share of their boxes."""
    scale = _scale(pairs, at)
    return median(abs(pair.beyond(at, scale)) for pair in pairs)


def _of_ink(box: tuple[float, float, float, float], at: float, width: float) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    left = x0 + at * max(0.0, x1 - x0 - width)
    return left, y0, min(x1, left + width), y1


def _with_blanks(chars: Sequence[_Char], last: set[int]) -> Iterator[_Char]:
    """The characters with a blank behind each of the ``last`` letters of words."""
    for char in chars:
        yield char
        if id(char) in last:
            _, y0, x1, y1 = char["bbox"]
            yield {**char, "c": " ", "bbox": (x1, y0, x1, y1)}


def _is_wide(char: str) -> bool:
    """Whether it is a Latin letter or a figure of full width."""
    return "０" <= char <= "ｚ" and char.isalnum()


@lru_cache(maxsize=128)
def _usual(char: str) -> float:
    """The width of a letter in a usual type, in type sizes."""
    return float(pymupdf.get_text_length(chr(ord(char) - _WIDER), fontname="tiro", fontsize=1))
