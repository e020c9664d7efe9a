"""What surrounds the text of a page: running headers and footers, page numbers, the numbers of lines.

All of it is what repeats, or counts up, at the same place from page to page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from citegrid.core.document import BlockKind, Page
from citegrid.pipeline.page_lines import Line

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[0-9]{1,5}")
_LONELY = re.compile(r"[-–—\s]*(?:page\s*)?(?:\d{1,5}|[ivxlc]+)(?:\s*(?:/|of)\s*\d+)?[-–—\s]*", re.I)
#: Points by which the heights of one running header differ from page to page.
_SAME_HEIGHT = 3.0
#: The share of a page's height in which running headers, and footers, are looked for, and where a number is one alone.
_EDGE, _OUTERMOST = 0.12, 0.09
#: Points by which the numbers of lines are out of their column.
_SAME_PLACE = 4.0


@dataclass(slots=True)
class Style:
    """What is usual in a document: the type size of its body, and what it repeats around the text."""

    size: float = 10.0
    #: Texts of running headers (0) and footers (1), digits as ``#``, with the heights at which they stand.
    furniture: dict[tuple[int, str], list[float]] = field(default_factory=dict)
    #: Printed number minus position of the pages, with the heights at which these page numbers stand.
    page_numbers: dict[int, list[float]] = field(default_factory=dict)


def style_of(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> Style:
    """The body's type size, and what stands at the same place of several pages."""
    sizes: Counter[float] = Counter()
    edges: dict[tuple[int, str], list[Line]] = {}
    numbers: dict[int, list[float]] = {}
    for index, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in lines:
            sizes[line.size] += len(line.text)
            if _at_edge(line, height, _EDGE) and not _is_figures(line.text):
                edges.setdefault(_edge(line, height), []).append(line)
            if _NUMBER.fullmatch(line.text):
                numbers.setdefault(int(line.text) - index, []).append(line.box.y0)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    least = 2 if len(pages) < 6 else 3
    return Style(
        size or 10.0,
        {
            edge: steady
            for edge, found in edges.items()
            if _is_running(found) and (steady := _steady([line.box.y0 for line in found], least))
        },
        {offset: steady for offset, ys in numbers.items() if (steady := _steady(ys, max(3, len(pages) // 4)))},
    )


def _is_figures(text: str) -> bool:
    """Several numbers with hardly a word, such as the last line of an entry ("pp. 11–20, 2017."): they do not repeat."""
    return sum(c.isalpha() for c in text) < 5 and len(_DIGITS.findall(text)) > 1


def _is_running(lines: Sequence[Line]) -> bool:
    """Whether lines that are alike but for their numbers are one running head: the page counts, perhaps the chapter, no more.

    The dates and ids of two entries of a list ("arXiv (2016-09-29) https://arxiv.org/abs/1511.05942") all differ.
    """
    numbers = zip(*(_DIGITS.findall(line.text) for line in lines), strict=False)
    return sum(len(set(at_one_place)) > 1 for at_one_place in numbers) <= 2


def _steady(heights: Sequence[float], least: int) -> list[float]:
    """The heights at which at least ``least`` of them agree: the number of an entry that comes first on some page moves."""
    ranked = sorted(heights)
    return [
        y for y in heights if bisect_right(ranked, y + _SAME_HEIGHT) - bisect_left(ranked, y - _SAME_HEIGHT) >= least
    ]


def _at_edge(line: Line, height: float, share: float) -> bool:
    return line.box.y1 < share * height or line.box.y0 > (1 - share) * height


def _edge(line: Line, height: float) -> tuple[int, str]:
    top = line.box.y0 < height / 2
    return (0 if top else 1, _DIGITS.sub("#", line.text)[:60])


def mark_furniture(lines: Sequence[Line], page: Page, style: Style) -> None:
    """Set the kind of running headers, footers and page numbers among ``lines``."""
    for line in lines:
        if line.kind is not BlockKind.BODY:
            continue
        marked = False
        if _at_edge(line, page.height, _EDGE):
            steady = style.furniture.get(_edge(line, page.height), ())
            marked = any(abs(line.box.y0 - y) < _SAME_HEIGHT for y in steady)
            marked |= bool(_LONELY.fullmatch(line.text)) and _at_edge(line, page.height, _OUTERMOST)
        if not marked and _NUMBER.fullmatch(line.text):
            steady = style.page_numbers.get(int(line.text) - page.number + 1, ())
            marked = any(abs(line.box.y0 - y) < _SAME_HEIGHT for y in steady)
        if marked:
            line.kind = BlockKind.HEADER if line.box.y0 < page.height / 2 else BlockKind.FOOTER


def mark_line_numbers(pages: Sequence[Sequence[Line]]) -> None:
    """Set the kind of the numbers of lines (review copies): they count up by one, two, five or ten in the margin of most pages."""
    margins = [_in_margin(lines) for lines in pages]
    places: list[tuple[int, float]] = []
    counting = full = 0
    for lines, margin in zip(pages, margins, strict=True):
        full += len(lines) > 8
        for side in (0, 1):
            column = sorted((line for line in margin if _side(line, lines) == side), key=lambda line: line.box.y0)
            if _counts_up([int(line.text) for line in column]):
                counting += side == 0 or not any(place == 0 for place, _ in places)
                places += [(side, line.box.x1) for line in column]
    if not places or counting < max(1, 0.4 * full):
        return
    for lines, margin in zip(pages, margins, strict=True):
        for line in margin:
            if any(_side(line, lines) == side and abs(line.box.x1 - x) < _SAME_PLACE for side, x in set(places)):
                line.kind = BlockKind.LINE_NUMBER


def _in_margin(lines: Sequence[Line]) -> list[Line]:
    """The bare numbers that stand beside the text: hardly a longer line runs over their place."""
    numbers = [line for line in lines if _NUMBER.fullmatch(line.text)]
    long = [line for line in lines if len(line.text) > 20]
    margin = []
    for line in numbers:
        crossed = sum(other.box.x0 < line.box.x1 - 1 and other.box.x1 > line.box.x0 + 1 for other in long)
        if crossed <= 0.1 * len(long):
            margin.append(line)
    return margin


def _side(line: Line, lines: Sequence[Line]) -> int:
    """0 for the left margin of the page, 1 for the right one."""
    middle = (min(other.box.x0 for other in lines) + max(other.box.x1 for other in lines)) / 2
    return int(line.box.x0 > middle)


def _counts_up(numbers: Sequence[int]) -> bool:
    steps = Counter(b - a for a, b in pairwise(numbers))
    if len(numbers) < 3:
        return False
    step, times = steps.most_common(1)[0]
    return step in (1, 2, 5, 10) and times >= 0.6 * (len(numbers) - 1)
