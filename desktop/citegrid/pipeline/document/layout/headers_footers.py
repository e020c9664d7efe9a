"""What surrounds the text of a page: running headers and footers and page numbers.

All of it is what repeats, or counts up, at the same place from page to page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, takewhile
from typing import TypeVar

from citegrid.core.document import BlockKind, Page
from citegrid.core.language.script import count_han
from citegrid.pipeline.document.layout.lines import PageLine, usual_size
from citegrid.pipeline.document.layout.patterns import (
    DIGITS,
    FLOAT_NAME,
    LONELY_NUMBER,
    NOTE_NUMBER,
    NUMBER,
    SAME_SOURCE,
)

#: Points by which the heights of one running header differ from page to page.
_SAME_HEIGHT = 3.0
#: The share of a page's height in which what repeats is a running header or footer whatever stands outside of it, the share in
#: which it is one where nothing but furniture does, and where a number is one alone.
_EDGE, _WIDEST, _OUTERMOST = 0.12, 0.25, 0.09
#: Words of one line stand no farther apart, in type sizes.
_BESIDE = 3.0
#: How small a running head is beside the text, and how far above it, both in type sizes of the text.
_SMALLER, _APART = 0.95, 1.2
#: So many characters tell a running header.
_ENOUGH = 60
#: Pages that repeat it, in a file of few pages and in others; a number counts up on a part of the pages, a head on half.
_FEW_PAGES, _FEWEST_OF_FEW, _FEWEST = 6, 2, 3
#: Numbers of one running header that change from page to page: the page, perhaps the chapter.
_MOST_CHANGING = 2

Key = TypeVar("Key")
#: Where a line stands and what it says: header (0) or footer (1), and its text with digits as ``#``.
Edge = tuple[int, str]


@dataclass(slots=True)
class Style:
    """What is usual in a document: the type size of its body, and what it repeats around the text."""

    size: float = 10.0
    #: Running headers and footers, with the heights at which they stand.
    running: dict[Edge, list[float]] = field(default_factory=dict)
    #: Printed number minus position of the pages, with the heights at which these page numbers stand.
    page_numbers: dict[int, list[float]] = field(default_factory=dict)
    #: The heights at which small print stands alone at the head of several pages, whatever it says.
    heads: list[float] = field(default_factory=list)

    def repeats(self, edge: Edge, y: float, least: int = 1) -> bool:
        """Whether several pages, ``least`` at least, have this header or footer at the height ``y``."""
        return sum(abs(y - other) < _SAME_HEIGHT for other in self.running.get(edge, ())) >= least

    def counts(self, offset: int, y: float) -> bool:
        """Whether page numbers with that offset stand at the height ``y``."""
        return _is_near(y, self.page_numbers.get(offset, ()))


def style_of(pages: Sequence[Sequence[PageLine]], heights: Sequence[float]) -> Style:
    """The body's type size, and what stands at the same place of several pages."""
    size = usual_size(chain.from_iterable(pages)) or 10.0
    heads = [head.box.y0 for lines, height in zip(pages, heights, strict=True) if (head := _head(lines, height, size))]
    return Style(
        size,
        _running(pages, heights, _FEWEST_OF_FEW if len(pages) < _FEW_PAGES else _FEWEST),
        _page_numbers(pages, max(3, len(pages) // 4)),
        _steady(heads, max(2, len(pages) // 2)),
    )


def mark_headers_footers(lines: Sequence[PageLine], page: Page, style: Style) -> None:
    """Set the kind of running headers, footers and page numbers among ``lines``."""
    head = _steady_head(lines, page, style)
    for line in _body(lines):
        if _is_at_edge(line, lines, page, style, head) or _counts(line, page, style):
            _mark(line, page)
    body = _body(lines)
    downwards, upwards = sorted(body, key=lambda ln: ln.box.y0), sorted(body, key=lambda ln: -ln.box.y1)
    repeats = partial(_is_furniture, lines=lines, page=page, style=style)
    for line in (*takewhile(repeats, downwards), *takewhile(repeats, upwards)):
        _mark(line, page)


def _body(lines: Sequence[PageLine]) -> list[PageLine]:
    return [line for line in lines if line.kind is BlockKind.BODY]


def _steady_head(lines: Sequence[PageLine], page: Page, style: Style) -> float | None:
    """The height of the head of a page, where those of several pages stand."""
    first = _head(lines, page.height, style.size) if style.heads else None
    return first.box.y0 if first is not None and _is_near(first.box.y0, style.heads) else None


def _is_furniture(line: PageLine, lines: Sequence[PageLine], page: Page, style: Style) -> bool:
    """Whether a line outside of which nothing but furniture stands is repeated by several pages."""
    return style.repeats(_edge(line, page.height), line.box.y0, _FEWEST) and not _is_in_a_row(line, lines, style)


def _mark(line: PageLine, page: Page) -> None:
    line.kind = BlockKind.HEADER if line.box.y0 < page.height / 2 else BlockKind.FOOTER


def _is_at_edge(line: PageLine, lines: Sequence[PageLine], page: Page, style: Style, head: float | None) -> bool:
    """Whether a line is a running header or footer, the head of the page at the height ``head``, or a number alone."""
    if not _at_edge(line, page.height, _EDGE):
        return False
    if head is not None and abs(line.box.y0 - head) < _SAME_HEIGHT:
        return True
    if LONELY_NUMBER.fullmatch(line.text) and _at_edge(line, page.height, _OUTERMOST):
        return True
    return style.repeats(_edge(line, page.height), line.box.y0) and not _is_in_a_row(line, lines, style)


def _counts(line: PageLine, page: Page, style: Style) -> bool:
    """Whether a line is a number that counts the pages, wherever it stands."""
    bare = NUMBER.fullmatch(line.text) is not None
    return bare and style.counts(int(line.text) - page.number + 1, line.box.y0)


def _running(pages: Sequence[Sequence[PageLine]], heights: Sequence[float], least: int) -> dict[Edge, list[float]]:
    """What at least ``least`` pages repeat at their edges."""
    edges: dict[Edge, list[tuple[int, PageLine]]] = {}
    for index, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in lines:
            if _can_run(line, height):
                edges.setdefault(_edge(line, height), []).append((index, line))
    heights_of = {edge: [ln.box.y0 for _, ln in found] for edge, found in edges.items() if _is_running(found)}
    return _all_steady(heights_of, least)


def _can_run(line: PageLine, height: float) -> bool:
    """Whether a line may be a running header or footer by its place and its words."""
    numbers = _is_figures(line.text) and not LONELY_NUMBER.fullmatch(line.text)
    return _at_edge(line, height, _WIDEST) and not numbers and not SAME_SOURCE.search(line.text)


def _page_numbers(pages: Sequence[Sequence[PageLine]], least: int) -> dict[int, list[float]]:
    """The bare numbers that count up with the pages, by what they are ahead of them."""
    numbers: dict[int, list[float]] = {}
    for index, lines in enumerate(pages):
        for line in lines:
            if NUMBER.fullmatch(line.text):
                numbers.setdefault(int(line.text) - index, []).append(line.box.y0)
    return _all_steady(numbers, least)


def _head(lines: Sequence[PageLine], height: float, size: float) -> PageLine | None:
    """The line at the top of a page that is smaller than the text and stands apart from it; not what names a figure or a table."""
    first = min(lines, key=lambda line: line.box.y0, default=None)
    if first is None or not _at_edge(first, height, _OUTERMOST) or first.size > _SMALLER * size:
        return None
    return first if _stands_apart(first, lines, height, size) and not FLOAT_NAME.match(first.text) else None


def _stands_apart(first: PageLine, lines: Sequence[PageLine], height: float, size: float) -> bool:
    """Whether what is level with the first line has its height, and the rest is well below."""
    level = [line for line in lines if line.box.y0 <= first.box.y1]
    below = min((line.box.y0 for line in lines if line.box.y0 > first.box.y1), default=height)
    return below - first.box.y1 > _APART * size and all(ln.box.y0 - first.box.y0 < _SAME_HEIGHT for ln in level)


def _is_figures(text: str) -> bool:
    """Several numbers with hardly a word, such as the last line of an entry ("pp. 11–20, 2017."): they do not repeat.  The year and
    the issue of a Chinese journal do ("2021 年第7 期"): an ideograph says as much as a syllable."""
    return sum(map(str.isalpha, text)) + count_han(text) < 5 and len(DIGITS.findall(text)) > 1


def _is_running(lines: Sequence[tuple[int, PageLine]]) -> bool:
    """Whether lines (with their pages) that are alike but for their numbers are one running head, no notes or entries.

    The page counts up, perhaps the chapter, no more: the numbers of notes do not count pages, and the dates and ids of two
    entries of a list ("arXiv (2016-09-29) https://arxiv.org/abs/1511.05942") all differ.
    """
    notes = ((index, NOTE_NUMBER.match(line.text)) for index, line in lines)
    if len({int(note.group(1) or 0) - index for index, note in notes if note}) > 1:
        return False
    numbers = zip(*(DIGITS.findall(line.text) for _, line in lines), strict=False)
    return sum(len(set(at_one_place)) > 1 for at_one_place in numbers) <= _MOST_CHANGING


def _all_steady(heights: dict[Key, list[float]], least: int) -> dict[Key, list[float]]:
    return {key: steady for key, found in heights.items() if (steady := _steady(found, least))}


def _steady(heights: Sequence[float], least: int) -> list[float]:
    """The heights at which at least ``least`` of them agree: the number of an entry that comes first on some page moves."""
    ranked = sorted(heights)
    return [
        y for y in heights if bisect_right(ranked, y + _SAME_HEIGHT) - bisect_left(ranked, y - _SAME_HEIGHT) >= least
    ]


def _is_near(y: float, heights: Iterable[float]) -> bool:
    return any(abs(y - other) < _SAME_HEIGHT for other in heights)


def _at_edge(line: PageLine, height: float, share: float) -> bool:
    return line.box.y1 < share * height or line.box.y0 > (1 - share) * height


def _edge(line: PageLine, height: float) -> Edge:
    return (int(line.box.y0 >= height / 2), DIGITS.sub("#", line.text)[:_ENOUGH])


def _is_in_a_row(line: PageLine, lines: Sequence[PageLine], style: Style) -> bool:
    """Whether ``line`` is a word of a wide line of text: another stands right beside it that does not repeat."""
    other = next((other for other in lines if other is not line and _is_beside(line, other)), None)
    if other is None or _is_figures(other.text) or NUMBER.fullmatch(other.text):
        return False
    text = DIGITS.sub("#", other.text)[:_ENOUGH]
    return not any(style.repeats((edge, text), other.box.y0) for edge in (0, 1))


def _is_beside(line: PageLine, other: PageLine) -> bool:
    """Whether two lines of one size are level with hardly a gap between them."""
    gap = max(other.box.x0 - line.box.x1, line.box.x0 - other.box.x1)
    level = abs(other.box.y0 - line.box.y0) < 0.5 * line.size
    return level and -1.0 < gap < _BESIDE * line.size and abs(other.size - line.size) < 0.5
