"""How wide the columns of a printed table should be, and whether the page should lie on its side.

Widths are points.  A Latin letter is taken as 0.53 em wide and a Chinese
character as 1 em, which is near enough to plan a page.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

#: Left and right padding of a cell, together.
PADDING = 8.0
_LINE = 1.2
#: What a line should not break in: Latin words, with Chinese punctuation between them ("Gao、Yen，2023").
_WORD = re.compile(r"[^\s\u3040-\u9fff/\-]+[/\-]?")
_BETWEEN = re.compile("[、，；]")
_STEP = 3.0
#: The sizes of type, the largest first, and which one a table of so many columns at most begins with.
_SIZES = (10.0, 9.0, 8.5, 8.0, 7.5, 7.0)
_BEGIN = ((4, 10.0), (6, 9.0), (8, 8.5), (math.inf, 8.0))
#: The share of the width that the least widths of the columns may take: the rest makes the table shorter.
_LEAST_SHARE = 0.85
#: The longest word that a column is made wide enough for, in em; longer ones may break.
_LONGEST = 9.0
#: The same for Latin words joined by Chinese punctuation, which LibreOffice breaks in the middle of a name.
_JOINED = 13.0


@dataclass(frozen=True, slots=True)
class TablePlan:
    """Type size, column widths and estimated row heights, the header's first, all in points."""

    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    landscape: bool


def is_wide(text: str) -> bool:
    """Whether ``text`` ends in a character as wide as it is high."""
    return bool(text) and unicodedata.east_asian_width(text[-1]) in "WF"


def em(text: str) -> float:
    """The width of ``text`` set on one line, in em."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.53 for c in text)


def plan_table(rows: Sequence[Sequence[str]], portrait: float, landscape: float, page_height: float) -> TablePlan:
    """The plan for a table whose first row is its header.

    ``portrait`` and ``landscape`` are the widths there are for text, ``page_height`` the shorter side's height.
    """
    columns = len(rows[0])
    upright = _plan(rows, portrait, False)
    mean = sum(upright.heights) / len(upright.heights)
    if columns <= 4 and upright.size >= 9 and mean <= page_height / 4:
        return upright
    return _plan(rows, landscape, True)


def _plan(rows: Sequence[Sequence[str]], width: float, landscape: bool) -> TablePlan:
    room = _LEAST_SHARE * width
    size, least = _largest_type(list(zip(*rows, strict=True)), room)
    scale = min(1.0, room / sum(least))
    widths = _spread(rows, [w * scale for w in least], width, size)
    heights = [
        max(_lines(text, w, size) for text, w in zip(row, widths, strict=True)) * size * _LINE + 6 for row in rows
    ]
    return TablePlan(size, tuple(widths), tuple(heights), landscape)


def _largest_type(columns: Sequence[Sequence[str]], room: float) -> tuple[float, list[float]]:
    """The largest type in which the least widths of the columns fit into ``room``, else the smallest, and these widths."""
    begin = next(size for most, size in _BEGIN if len(columns) <= most)
    for size in (size for size in _SIZES if size <= begin):
        least = [_least(texts, size) for texts in columns]
        if sum(least) <= room:
            break
    return size, least


def _least(texts: Sequence[str], size: float) -> float:
    """Room for the longest word, but not for one that is very long; a header's words are set bold."""
    longest = max((min(em(w) * 1.1, _LONGEST) for w in _WORD.findall(texts[0])), default=2.0)
    words = (w for text in texts[1:] for w in _WORD.findall(text))
    longest = max([longest, *(min(em(w), _JOINED if _BETWEEN.search(w) else _LONGEST) for w in words)])
    return max(2.5, longest + 0.4) * size + PADDING


def _spread(rows: Sequence[Sequence[str]], least: Sequence[float], width: float, size: float) -> list[float]:
    """Give what is left, step by step, to the column that makes the table shortest."""
    mass = [[em(text) * size for text in row] for row in rows]
    widths = list(least)
    left = width - sum(widths)
    while left > 0.01:
        step = min(_STEP, left)
        gains = []
        for i in range(len(widths)):
            now = widths[i] - PADDING
            # a high power makes the fullest cell of each row count most, as it alone decides the row's height
            gain = sum((row[i] / now) ** 3 - (row[i] / (now + step)) ** 3 for row in mass)
            gains.append(gain + 1e-6 / now)  # columns without text share what is left
        widths[gains.index(max(gains))] += step
        left -= step
    return widths


def _lines(text: str, width: float, size: float) -> int:
    room = max(1.0, (width - PADDING) / size)
    return max(1, sum(-int(-em(part) // room) for part in text.split("\n")))
