"""Text boxes: pieces of text with an upright box, and how pieces become lines and cells of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median

from citegrid.pipeline.table_image.look_alikes import spelled
from citegrid.pipeline.table_image.patterns import BROKEN_WORD, CAPITAL_I, DOUBLE_DEGREE
from citegrid.vision import Floats

#: Left, top, right and bottom, in pixels.
Box = tuple[float, float, float, float]
#: In heights of a line: how much of their heights the two texts of a cell that a diagonal halves may have in common.
_HALVED = 0.3
#: Texts kept as they were corrected: readings of a picture share most of theirs.
_KEPT = 4096
_BRACKETS = (("（(", "）)"), ("【[", "】]"))


@dataclass(frozen=True, slots=True)
class TextBox:
    """Text in an upright box, in pixels of the straightened picture."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float

    @property
    def box(self) -> Box:
        """Left, top, right and bottom."""
        return self.x0, self.y0, self.x1, self.y1

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


def text_box(text: str, corners: Floats, confidence: float) -> TextBox:
    """The upright box of a text whose corners were read from its upper left one clockwise, (4, 2) in pixels.

    Text that stands in an upright picture is read in pieces and in the wrong order: not to be relied on.
    """
    (x0, y0), (x1, y1) = corners.min(0), corners.max(0)
    along = corners[1] - corners[0]
    stands = bool(abs(along[1]) > abs(along[0])) and len(text) > 1
    return TextBox(text, float(x0), float(y0), float(x1), float(y1), confidence * (0.5 if stands else 1.0))


def text_height(items: Sequence[TextBox]) -> float:
    """The height of an ordinary line of text in pixels; 20 when there is none."""
    return max(6.0, median([item.height for item in items])) if items else 20.0


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """How much two stretches have in common, in pixels; 0 when nothing."""
    return max(0.0, min(a1, b1) - max(a0, b0))


def in_lines(items: Sequence[TextBox]) -> list[list[TextBox]]:
    """The items as lines of text from top to bottom, each from left to right."""
    lines: list[list[TextBox]] = []
    for item in sorted(items, key=lambda i: i.cy):
        near = [line for line in lines[-3:] if _stands_in(item, line)]
        if near:
            near[-1].append(item)
        else:
            lines.append([item])
    lines.sort(key=centre_of)
    return [sorted(line, key=lambda i: i.x0) for line in lines]


def centre_of(line: Sequence[TextBox]) -> float:
    """The middle of a line of text, from top to bottom."""
    return sum(item.cy for item in line) / len(line)


def _stands_in(item: TextBox, line: Sequence[TextBox]) -> bool:
    """Whether a text is at the height of a line and beside its texts."""
    height = min([item.height, *(other.height for other in line)])
    if abs(item.cy - centre_of(line)) >= 0.5 * height:
        return False
    return all(overlap(item.x0, item.x1, o.x0, o.x1) <= 0.5 * min(item.width, o.width) for o in line)


def is_wide(character: str) -> bool:
    """Chinese, Japanese or Korean, or full-width punctuation: written without spaces around it."""
    return unicodedata.east_asian_width(character) in "WF"


def is_sign(character: str) -> bool:
    """Whether a character is a mathematical or other sign or a hash, as icons are read."""
    return character == "#" or unicodedata.category(character or " ") in {"Sm", "So"}


def join(parts: Sequence[str]) -> str:
    """Pieces of one cell in reading order as one text: Chinese without spaces, Latin with, split words mended."""
    text = ""
    for part in (_corrected(part) for part in parts):
        if not part or not text:
            text = text or part
        elif BROKEN_WORD.search(text) and part[0].islower():
            text = text[:-1] + part
        else:
            text += part if _touches(text[-1], part[0]) else f" {part}"
    return text


@lru_cache(maxsize=_KEPT)
def _corrected(text: str) -> str:
    """The text with single spaces and without what the reader of text is known to get wrong."""
    return CAPITAL_I.sub("I", DOUBLE_DEGREE.sub("℃", " ".join(text.split())))


def _touches(before: str, behind: str) -> bool:
    """Whether no space stands between two characters of a text."""
    return (is_wide(before) and is_wide(behind)) or before in "/-（(" or behind in ")）,，.。、;；:：/"


def better_of(items: Sequence[TextBox], others: Sequence[TextBox]) -> list[TextBox]:
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


def cell_text(items: Sequence[TextBox]) -> str:
    """The text of one cell: its lines joined."""
    text = spelled(join([join([item.text for item in line]) for line in in_lines(items)]))
    for opening, closing in _BRACKETS:
        # The reader loses a full-width bracket at the end of a line, which has white space at its right.
        if sum(map(text.count, opening)) == sum(map(text.count, closing)) + 1:
            text += closing[opening.index(next(c for c in reversed(text) if c in opening))]
    return text


def naming_rows(items: Sequence[TextBox]) -> list[TextBox]:
    """What a first header cell says of the rows: of a cell that a diagonal halves what stands at its lower left, else all of it."""
    ordered = sorted(items, key=lambda item: item.x0)
    for n in range(1, len(ordered)):
        left, right = ordered[:n], ordered[n:]
        is_higher = bottom_of(right) < top_of(left) + _HALVED * text_height(ordered)
        if is_higher and box_of(right)[0] > box_of(left)[2]:
            return left
    return list(items)


def covered_stretches(stretches: Sequence[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """What stretches cover, from left to right; those less than ``least`` apart are one."""
    covered: list[tuple[float, float]] = []
    for start, end in sorted(stretches):
        if covered and start <= covered[-1][1] + least:
            covered[-1] = (covered[-1][0], max(covered[-1][1], end))
        else:
            covered.append((start, end))
    return covered


def box_of(items: Iterable[TextBox]) -> Box:
    """Left, top, right and bottom of all the items together."""
    lefts, tops, rights, bottoms = zip(*(item.box for item in items), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def top_of(items: Iterable[TextBox]) -> float:
    """Where the highest of the items begins."""
    return box_of(items)[1]


def bottom_of(items: Iterable[TextBox]) -> float:
    """Where the lowest of the items ends."""
    return box_of(items)[3]


def confidence(items: Sequence[TextBox]) -> float:
    """The least confidence of the items, 0 when there is none."""
    return min((item.confidence for item in items), default=0.0)
