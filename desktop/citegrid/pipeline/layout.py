"""Reading order: lines of a page into blocks, columns and kinds, from their places and sizes alone.

A page is cut into bands by lines that span the gutter; inside a band the left
column comes before the right one.  Running headers, footers and line numbers
are what repeats at the same height from page to page.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from citegrid.core.document import Block, BlockKind, Box, Page, Word

_CAPTION = re.compile(
    r"^(?:(?:Supplementary |Extended Data )?(?:Fig(?:ure|\.)?|Table|Tab\.|Algorithm|Listing|Scheme|Box|Chart)\s*S?\d+|图\s*\d|表\s*\d)",
    re.I,
)
_HEADING = re.compile(
    r"^(?:(?:\d+|[IVX]+|[A-H])(?:\.\d+)*[.)]?\s+\S|第[一二三四五六七八九十\d]+[章节]|[一二三四五六七八九十]+、"
    r"|(?:abstract|introduction|background|methods?|materials and methods|results?|discussion|conclusions?|references|bibliography"
    r"|acknowledge?ments?|appendix|摘\s*要|引\s*言|绪\s*论|结\s*论|参\s*考\s*文\s*献|致\s*谢|附\s*录)\b)",
    re.I,
)
_DIGITS = re.compile(r"\d+")
#: Points by which the heights of one running header differ from page to page.
_SAME_HEIGHT = 3.0


@dataclass(slots=True)
class Line:
    """A line of a page: its words in order and its box."""

    words: list[Word]
    box: Box
    size: float = 0.0
    bold: bool = False
    text: str = ""
    kind: BlockKind = BlockKind.BODY
    column: int = 0
    band: int = 0


@dataclass(slots=True)
class Style:
    """What is usual in a document: the body's type size and its line distance."""

    size: float = 10.0
    #: Texts of running headers (0) and footers (1), digits as ``#``, with the heights at which they stand.
    furniture: dict[tuple[int, str], list[float]] = field(default_factory=dict)


def lines_of(page: Page) -> list[Line]:
    """The lines of a page in the order of the file; pieces of one line that stand close together are one."""
    groups: dict[tuple[int, int], list[Word]] = {}
    for word in page.words:
        groups.setdefault((word.block, word.line), []).append(word)
    lines = [_line(words) for words in groups.values()]
    return _rejoined(lines)


def _line(words: list[Word]) -> Line:
    box = Box(
        words[0].box.page,
        min(w.box.x0 for w in words),
        min(w.box.y0 for w in words),
        max(w.box.x1 for w in words),
        max(w.box.y1 for w in words),
    )
    sizes = Counter[float]()
    for w in words:
        sizes[round(w.size, 1)] += len(w.text)
    bold = sum(len(w.text) for w in words if w.bold) > 0.6 * sum(len(w.text) for w in words)
    return Line(words, box, sizes.most_common(1)[0][0], bold, " ".join(w.text for w in words))


def _rejoined(lines: list[Line]) -> list[Line]:
    """Join pieces that the file gives as lines of their own although they stand side by side with hardly a gap."""
    result: list[Line] = []
    for line in lines:
        last = result[-1] if result else None
        if last is not None:
            height = min(last.box.y1 - last.box.y0, line.box.y1 - line.box.y0)
            overlap = min(last.box.y1, line.box.y1) - max(last.box.y0, line.box.y0)
            gap = line.box.x0 - last.box.x1
            if overlap > 0.5 * height and -1.0 <= gap < 0.9 * max(last.size, line.size, 4.0):
                result[-1] = _line([*last.words, *line.words])
                continue
        result.append(line)
    return result


def style_of(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> Style:
    """The body's type size, and the texts that stand at the top or bottom of several pages."""
    sizes: Counter[float] = Counter()
    edges: dict[tuple[int, str], list[float]] = {}
    for lines, height in zip(pages, heights, strict=True):
        for line in lines:
            sizes[line.size] += len(line.text)
            if line.box.y1 < 0.12 * height or line.box.y0 > 0.88 * height:
                edges.setdefault(_edge(line, height), []).append(line.box.y0)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    least = 2 if len(pages) < 6 else 3
    return Style(size or 10.0, {edge: steady for edge, ys in edges.items() if (steady := _steady(ys, least))})


def _steady(heights: Sequence[float], least: int) -> list[float]:
    """The heights at which at least ``least`` of them agree: the number of an entry that comes first on some page moves."""
    return [y for y in heights if sum(abs(y - other) < _SAME_HEIGHT for other in heights) >= least]


def _edge(line: Line, height: float) -> tuple[int, str]:
    top = line.box.y0 < height / 2
    return (0 if top else 1, _DIGITS.sub("#", line.text)[:60])


def arrange(page: Page, lines: list[Line], style: Style) -> Page:
    """The page with its text in reading order and its blocks marked."""
    _mark_furniture(lines, page, style)
    _mark_line_numbers(lines, page)
    body = [ln for ln in lines if ln.kind is BlockKind.BODY]
    _columns(body, page.width)
    order = sorted(body, key=lambda ln: (ln.band, ln.column, round(ln.box.y0, 1), ln.box.x0))
    order = _one_row(order)
    blocks = _blocks(order, style)
    top = [[ln] for ln in lines if ln.kind is BlockKind.HEADER]
    rest = [[ln] for ln in lines if ln.kind in (BlockKind.FOOTER, BlockKind.LINE_NUMBER)]
    return _rebuilt(page, [*top, *blocks, *rest], style)


def _mark_furniture(lines: list[Line], page: Page, style: Style) -> None:
    for line in lines:
        if line.box.y1 < 0.12 * page.height or line.box.y0 > 0.88 * page.height:
            lonely = re.fullmatch(
                r"[-–—\s]*(?:page\s*)?(?:\d{1,5}|[ivxlc]+)(?:\s*(?:/|of)\s*\d+)?[-–—\s]*", line.text, re.I
            )
            at_edge = line.box.y1 < 0.09 * page.height or line.box.y0 > 0.91 * page.height
            steady = style.furniture.get(_edge(line, page.height), ())
            repeated = any(abs(line.box.y0 - y) < _SAME_HEIGHT for y in steady)
            if repeated or (lonely and at_edge):
                line.kind = BlockKind.HEADER if line.box.y0 < page.height / 2 else BlockKind.FOOTER


def _mark_line_numbers(lines: list[Line], page: Page) -> None:
    """A column of small rising numbers in the margin (review copies)."""
    numbers = [ln for ln in lines if re.fullmatch(r"\d{1,4}", ln.text)]
    if len(numbers) < 8:
        return
    lefts = Counter(round(ln.box.x1 / 4) for ln in numbers)
    place, times = lefts.most_common(1)[0]
    others = [ln for ln in lines if ln not in numbers]
    if times < 8 or not others:
        return
    column = [ln for ln in numbers if abs(round(ln.box.x1 / 4) - place) <= 1]
    edge = max(ln.box.x1 for ln in column)
    if sum(ln.box.x0 < edge for ln in others) <= 0.1 * len(others):
        for line in column:
            line.kind = BlockKind.LINE_NUMBER


def _columns(lines: list[Line], width: float) -> None:
    """Set band and column of each line."""
    gutter = _gutter(lines, width)
    if gutter is None:
        return
    ranked = sorted(lines, key=lambda ln: (ln.box.y0 + ln.box.y1) / 2)
    band = 0
    last_wide = False
    for line in ranked:
        wide = line.box.x0 < gutter - 6 and line.box.x1 > gutter + 6
        if wide != last_wide:
            band += 1
            last_wide = wide
        line.band = band
        if not wide:
            line.column = 1 if line.box.x0 >= gutter - 6 else 0


def _gutter(lines: list[Line], width: float) -> float | None:
    """The x of the gutter between two columns; None for one column."""
    if len(lines) < 8:
        return None
    left, right = min(ln.box.x0 for ln in lines), max(ln.box.x1 for ln in lines)
    span = right - left
    best: tuple[float, float] | None = None
    for step in range(30, 71):
        x = left + span * step / 100
        crossing = sum(ln.box.x0 < x - 2 and ln.box.x1 > x + 2 for ln in lines)
        on_left = [ln for ln in lines if ln.box.x1 <= x + 2]
        on_right = [ln for ln in lines if ln.box.x0 >= x - 2]
        if len(on_left) < 4 or len(on_right) < 4:
            continue
        filled = [ln for ln in on_left if ln.box.x1 - ln.box.x0 > 0.25 * span]
        share = crossing / len(lines)
        if share > 0.45 or len(filled) < 3:
            continue
        starts = Counter(round(ln.box.x0 / 3) for ln in on_right)
        steady = starts.most_common(1)[0][1] / len(on_right)
        if steady < 0.3:
            continue
        cost = share + abs(step - 50) / 400
        if best is None or cost < best[0]:
            best = (cost, x)
    if best is None:
        return None
    return best[1]


def _one_row(lines: list[Line]) -> list[Line]:
    """Lines of one column that overlap in height read from left to right."""
    result: list[Line] = []
    for line in lines:
        i = len(result)
        while i > 0 and _same_row(result[i - 1], line) and result[i - 1].box.x0 > line.box.x0:
            i -= 1
        result.insert(i, line)
    return result


def _same_row(a: Line, b: Line) -> bool:
    if (a.band, a.column) != (b.band, b.column):
        return False
    overlap = min(a.box.y1, b.box.y1) - max(a.box.y0, b.box.y0)
    return overlap > 0.6 * min(a.box.y1 - a.box.y0, b.box.y1 - b.box.y0)


def _blocks(lines: list[Line], style: Style) -> list[list[Line]]:
    """Paragraphs: a new one begins after a gap, at an indent, at another size, at a heading or a caption."""
    blocks: list[list[Line]] = []
    gaps = [b.box.y0 - a.box.y0 for a, b in itertools.pairwise(lines) if a.column == b.column and b.box.y0 > a.box.y0]
    usual = median(gaps) if gaps else 12.0
    for line in lines:
        if not blocks or _begins(blocks[-1], line, usual, style):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _begins(block: list[Line], line: Line, usual: float, style: Style) -> bool:
    last = block[-1]
    if (last.band, last.column) != (line.band, line.column):
        return True
    if _same_row(last, line):
        return False
    step = line.box.y0 - last.box.y0
    if step < 0 or step > 1.45 * usual + 2 or abs(line.size - last.size) > 0.12 * max(line.size, 1):
        return True
    if line.bold != last.bold and (
        (line.bold and _HEADING.match(line.text)) or (last.bold and len(block) <= 2 and _HEADING.match(block[0].text))
    ):
        return True
    if (
        _CAPTION.match(line.text)
        and not last.text.rstrip().endswith((",", "-", "(", "see", "in", "and"))
        and step > 1.1 * usual
    ):
        return True
    left = min(ln.box.x0 for ln in block[1:] or block)
    indent = line.box.x0 - left
    full = last.box.x1 >= max(ln.box.x1 for ln in block) - 2.0 * style.size
    if len(block) > 1 and 0.6 * style.size < indent < 6 * style.size:
        return True
    return not full and step > 1.2 * usual


def _rebuilt(page: Page, blocks: list[list[Line]], style: Style) -> Page:
    text: list[str] = []
    words: list[Word] = []
    made: list[Block] = []
    at = 0
    number = 0
    for lines in blocks:
        start = at
        index = len(made)
        for line in lines:
            end = at
            before: Word | None = None
            for word in line.words:
                close = (
                    before is not None
                    and word.start == before.end
                    and word.line == before.line
                    and word.block == before.block
                )
                begin = end if before is None or close else end + 1
                text.append(("" if begin == end else " ") + word.text)
                end = begin + len(word.text)
                words.append(replace(word, start=begin, end=end, line=number, block=index))
                before = word
            text.append("\n")
            at = end + 1
            number += 1
        text.append("\n")
        at += 1
        box = Box(
            page.number,
            min(ln.box.x0 for ln in lines), min(ln.box.y0 for ln in lines),
            max(ln.box.x1 for ln in lines), max(ln.box.y1 for ln in lines),
        )  # fmt: skip
        made.append(Block(index, _kind(lines, style, page), start, at - 2, box, lines[0].column))
    return replace(page, text="".join(text), words=tuple(words), blocks=tuple(made))


def _kind(lines: list[Line], style: Style, page: Page) -> BlockKind:
    first = lines[0]
    if first.kind is not BlockKind.BODY:
        return first.kind
    text = " ".join(ln.text for ln in lines)
    if _CAPTION.match(text):
        return BlockKind.CAPTION
    larger = first.size > 1.08 * style.size
    if len(text) < 150 and len(lines) <= 3 and not text.rstrip().endswith((".", "。", ",", "，", ";")):
        if (larger or first.bold) and any(c.isalpha() for c in text):
            return BlockKind.HEADING
        if (
            _HEADING.match(text)
            and len(lines) == 1
            and len(text) < 60
            and re.match(r"^(?:\d|[IVX]+\.|[A-Za-z摘引绪结参致附第])", text)
        ):
            letters = [c for c in text if c.isalpha()]
            if text.isupper() or (
                re.fullmatch(r"[A-Za-z\u3400-\u9fff\s]{3,40}", text) and letters and letters[0].isupper()
            ):
                return BlockKind.HEADING
    if (
        first.size < 0.9 * style.size
        and first.box.y0 > 0.7 * page.height
        and re.match(r"^\s*(?:\d{1,2}|[*†‡§¶])\s*\S", text)
    ):
        return BlockKind.FOOTNOTE
    return BlockKind.BODY
