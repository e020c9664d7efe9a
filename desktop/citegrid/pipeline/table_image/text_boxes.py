"""Items: pieces of text with an upright box, and how pieces become lines and cells of text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

_DOUBLE_DEGREE = re.compile("[°º˚]\\s?℃")
"""The reader sees the ring of ℃ twice."""

_BRACKETS = (("（(", "）)"), ("【[", "】]"))
_CAPITAL_I = re.compile(
    r"(?<![A-Za-z])l(?=[A-Z])|(?<=[A-Z])l(?=[A-Z])|(?<=[A-Za-z]{3})(?<=[bcdfghkmnpstvxz])l(?=n(?![a-z]))"
)
"""A small l where no word has one: before capitals (lD, lEEE), between them, in -ln behind a consonant (BuiltIn)."""


@dataclass(frozen=True, slots=True)
class Item:
    """Text in an upright box, in pixels of the straightened picture."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float

    @property
    def cx(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def width(self) -> float:
        return self.x1 - self.x0


def text_height(items: Sequence[Item]) -> float:
    """The height of an ordinary line of text in pixels; 20 when there is none."""
    return max(6.0, median([item.height for item in items])) if items else 20.0


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """How much two stretches have in common, in pixels; 0 when nothing."""
    return max(0.0, min(a1, b1) - max(a0, b0))


def in_lines(items: Sequence[Item]) -> list[list[Item]]:
    """The items as lines of text from top to bottom, each from left to right."""
    lines: list[list[Item]] = []
    for item in sorted(items, key=lambda i: i.cy):
        best: list[Item] | None = None
        for line in lines[-3:]:
            centre = sum(other.cy for other in line) / len(line)
            height = min([item.height, *(other.height for other in line)])
            if abs(item.cy - centre) < 0.5 * height and not any(
                overlap(item.x0, item.x1, o.x0, o.x1) > 0.5 * min(item.width, o.width) for o in line
            ):
                best = line
        if best is None:
            lines.append([item])
        else:
            best.append(item)
    lines.sort(key=lambda line: sum(item.cy for item in line) / len(line))
    return [sorted(line, key=lambda i: i.x0) for line in lines]


def is_wide(character: str) -> bool:
    """Chinese, Japanese or Korean, or full-width punctuation: written without spaces around it."""
    return unicodedata.east_asian_width(character) in "WF"


def join(parts: Sequence[str]) -> str:
    """Pieces of one cell in reading order as one text: Chinese without spaces, Latin with, split words mended."""
    text = ""
    for part in parts:
        part = _CAPITAL_I.sub("I", _DOUBLE_DEGREE.sub("℃", " ".join(part.split())))
        if not part:
            continue
        if not text:
            text = part
        elif re.search(r"[a-z]-$", text) and part[0].islower():
            text = text[:-1] + part
        elif (is_wide(text[-1]) and is_wide(part[0])) or text[-1] in "/-（(" or part[0] in ")）,，.。、;；:：/":
            text += part
        else:
            text += " " + part
    return text


def better_of(items: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    """``items``, each with the text of the other reading of the same place where that is surer of itself."""
    better = []
    for item in items:
        for other in others:
            width = overlap(item.x0, item.x1, other.x0, other.x1)
            height = overlap(item.y0, item.y1, other.y0, other.y1)
            same = width > 0.85 * max(item.width, other.width) and height > 0.6 * max(item.height, other.height)
            if same and other.confidence > item.confidence and len(other.text) >= len(item.text) - 1:
                item = replace(item, text=other.text, confidence=other.confidence)
        better.append(item)
    return better


def cell_text(items: Sequence[Item]) -> str:
    """The text of one cell: its lines joined."""
    text = join([join([item.text for item in line]) for line in in_lines(items)])
    for opening, closing in _BRACKETS:
        # The reader loses a full-width bracket at the end of a line, which has white space at its right.
        if sum(map(text.count, opening)) == sum(map(text.count, closing)) + 1:
            text += closing[opening.index(next(c for c in reversed(text) if c in opening))]
    return text


def confidence(items: Sequence[Item]) -> float:
    """The least confidence of the items, 0 when there is none."""
    return min((item.confidence for item in items), default=0.0)
