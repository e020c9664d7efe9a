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
from citegrid.pipeline.document.layout.lines import Line

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[0-9]{1,5}")
_LONELY = re.compile(r"[-–—\s]*(?:page\s*)?(?:\d{1,5}|[ivxlc]+)(?:\s*(?:/|of)\s*\d+)?[-–—\s]*", re.I)
#: Points by which the heights of one running header differ from page to page.
_SAME_HEIGHT = 3.0
#: The share of a page's height in which running headers, and footers, are looked for, and where a number is one alone.
_EDGE, _OUTERMOST = 0.12, 0.09
#: Words of one line stand no farther apart, in type sizes.
_BESIDE = 3.0
#: How small a running head is beside the text, and how far above it, both in type sizes of the text.
_SMALLER, _APART = 0.95, 1.2
_NAMES_FLOAT = re.compile(
    r"(?:Supplementary |Extended Data )?(?:Fig|Tab|Algorithm|Scheme|Box|Listing)|[图表]\s*\d", re.I
)
#: The number of a footnote, which unlike that of a page does not count pages: notes repeat, "12 Smith, Rivers, 45.".
_NOTE = re.compile(r"\s*(?:\W?(\d{1,3})\W*\s?(?=[^\W\d_]{2})|[①-⑳㉑-㉟])")
_AGAIN = re.compile(r"\b(?:Ibid|Ebd|Ebenda|Id)\b|同上|同前")
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
    #: The heights at which small print stands alone at the head of several pages, whatever it says.
    heads: list[float] = field(default_factory=list)


def style_of(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> Style:
    """The body's type size, and what stands at the same place of several pages."""
    sizes: Counter[float] = Counter()
    edges: dict[tuple[int, str], list[Line]] = {}
    notes: dict[tuple[int, str], list[int]] = {}
    numbers: dict[int, list[float]] = {}
    for index, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in lines:
            sizes[line.size] += len(line.text)
            if _at_edge(line, height, _EDGE) and not _is_figures(line.text) and not _AGAIN.search(line.text):
                edge = _edge(line, height)
                edges.setdefault(edge, []).append(line)
                if note := _NOTE.match(line.text):
                    notes.setdefault(edge, []).append(int(note.group(1) or 0) - index)
            if _NUMBER.fullmatch(line.text):
                numbers.setdefault(int(line.text) - index, []).append(line.box.y0)
    size = (sizes.most_common(1)[0][0] if sizes else 0.0) or 10.0
    heads = [head.box.y0 for lines, height in zip(pages, heights, strict=True) if (head := _head(lines, height, size))]
    least = 2 if len(pages) < 6 else 3
    return Style(
        size,
        {
            edge: steady
            for edge, found in edges.items()
            if _is_running(found)
            and len(set(notes.get(edge, ()))) < 2
            and (steady := _steady([line.box.y0 for line in found], least))
        },
        {offset: steady for offset, ys in numbers.items() if (steady := _steady(ys, max(3, len(pages) // 4)))},
        _steady(heads, max(2, len(pages) // 2)),
    )


def _head(lines: Sequence[Line], height: float, size: float) -> Line | None:
    """The line at the top of a page that is smaller than the text and stands apart from it; not what names a figure or a table."""
    by_height = sorted(lines, key=lambda line: line.box.y0)
    first = by_height[0] if by_height else None
    if first is None or not _at_edge(first, height, _OUTERMOST) or first.size > _SMALLER * size:
        return None
    if _NAMES_FLOAT.match(first.text):
        return None
    below = min((line.box.y0 for line in by_height if line.box.y0 > first.box.y1), default=height)
    beside = [line for line in by_height[1:] if line.box.y0 <= first.box.y1]
    alone = all(abs(line.box.y0 - first.box.y0) < _SAME_HEIGHT for line in beside)
    return first if alone and below - first.box.y1 > _APART * size else None


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
    first = _head(lines, page.height, style.size) if style.heads else None
    head = first.box.y0 if first and any(abs(first.box.y0 - y) < _SAME_HEIGHT for y in style.heads) else None
    for line in lines:
        if line.kind is not BlockKind.BODY:
            continue
        marked = False
        if _at_edge(line, page.height, _EDGE):
            steady = style.furniture.get(_edge(line, page.height), ())
            marked = any(abs(line.box.y0 - y) < _SAME_HEIGHT for y in steady) and not _is_in_a_row(line, lines, style)
            marked |= head is not None and abs(line.box.y0 - head) < _SAME_HEIGHT
            marked |= bool(_LONELY.fullmatch(line.text)) and _at_edge(line, page.height, _OUTERMOST)
        if not marked and _NUMBER.fullmatch(line.text):
            steady = style.page_numbers.get(int(line.text) - page.number + 1, ())
            marked = any(abs(line.box.y0 - y) < _SAME_HEIGHT for y in steady)
        if marked:
            line.kind = BlockKind.HEADER if line.box.y0 < page.height / 2 else BlockKind.FOOTER


def _is_in_a_row(line: Line, lines: Sequence[Line], style: Style) -> bool:
    """Whether ``line`` is a word of a wide line of text: others stand right beside it that do not repeat."""
    for other in lines:
        gap = max(other.box.x0 - line.box.x1, line.box.x0 - other.box.x1)
        level = abs(other.box.y0 - line.box.y0) < 0.5 * line.size
        if other is not line and level and -1.0 < gap < _BESIDE * line.size and abs(other.size - line.size) < 0.5:
            return not _is_figures(other.text) and not _NUMBER.fullmatch(other.text) and _is_new(other, style)
    return False


def _is_new(line: Line, style: Style) -> bool:
    """Whether what ``line`` says stands on no other page at its height."""
    steady = style.furniture.get((0, _DIGITS.sub("#", line.text)[:60]), ()) or style.furniture.get(
        (1, _DIGITS.sub("#", line.text)[:60]), ()
    )
    return all(abs(line.box.y0 - y) >= _SAME_HEIGHT for y in steady)


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
