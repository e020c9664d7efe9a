"""Running text chained past what interrupts it: a sentence goes on below a table, beside a margin note, on the next page.

Where a block ends amid a sentence, its continuation is the next block of the
same type size and width that can go on; tables, margin notes and the words of
figures that reading order puts between them are passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.document import Block, BlockKind, Box, Document, Page
from citegrid.core.text import join_lines
from citegrid.pipeline.document.layout.text_flow import Flow, Piece

#: So many blocks further on a sentence is still looked for.
_FARTHEST = 14
#: A block of running text has at least so many characters; shorter ones without a stop are titles and labels.
_LONG = 60
#: A line of the text column has more characters than a line number.
_SHORT = 4
_STOPS = (".", "。", "!", "?", "！", "？", ":", "：")
_NO_STOPS = (
    "al.",
    "e.g.",
    "i.e.",
    "Fig.",
    "Figs.",
    "cf.",
    "vs.",
    "Eq.",
    "Eqs.",
    "Ref.",
    "Refs.",
    "Sec.",
    "Tab.",
    "resp.",
    "approx.",
)
#: The raised numbers of works behind the stop of a sentence: "… as others found.12,14", "……。[3]", "……。③".
_RAISED = re.compile(
    r"([^\W\d_][)\]”\"’]*[.!?。！？][)\]”\"’]*)\s*(?:\d[\d,;–—\-\s]*|[\[［〔]\s?\d[\d,，、;–—\-\s]*[\]］〕]|[①-⑳㉑-㉟]+)$"
)
_BRACKETS = ("()", "[]", "（）", "［］", "【】", "〔〕", "《》")


@dataclass(frozen=True, slots=True)
class _Item:
    """Some lines of a block that belong together: all of them, or those of the text column or of the margin."""

    page: Page
    column: int
    start: int
    end: int
    section: str
    size: float
    box: Box

    @property
    def text(self) -> str:
        return self.page.text[self.start : self.end]

    @property
    def width(self) -> float:
        return self.box.x1 - self.box.x0


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    size: float
    box: Box


def chained(document: Document) -> list[Flow]:
    """Body blocks in reading order, those of one sentence joined; newlines stand for line and block ends."""
    items = _items(document)
    taken: set[int] = set()
    result: list[Flow] = []
    for i, item in enumerate(items):
        if i in taken:
            continue
        chain = [i]
        while (following := _following(items, chain[-1], taken)) is not None:
            taken.add(following)
            chain.append(following)
        result.append(_flow([items[n] for n in chain], item.section))
    return result


def _items(document: Document) -> list[_Item]:
    lines = {page.number: _lines(page) for page in document.pages}
    sizes: Counter[float] = Counter()
    for of_page in lines.values():
        for of_block in of_page.values():
            for line in of_block:
                sizes[line.size] += line.end - line.start
    usual = sizes.most_common(1)[0][0] if sizes else 10.0
    items: list[_Item] = []
    section = ""
    for page in document.pages:
        for block in page.blocks:
            of_block = lines[page.number].get(block.index, [])
            if block.kind is BlockKind.HEADING:
                section = join_lines(page.text[block.start : block.end])
            elif of_block and (block.kind is BlockKind.BODY or _is_text(block, of_block, usual)):
                items += (_item(page, block, run, section) for run in _runs(of_block, usual))
    return items


def _lines(page: Page) -> dict[int, list[_Line]]:
    """The lines of each block of ``page``."""
    found: dict[int, list[_Line]] = {}
    weights: list[Counter[float]] = []
    last = (-1, -1)
    for word in page.words:
        of_block = found.setdefault(word.block, [])
        if (word.block, word.line) != last:
            last = (word.block, word.line)
            weights.append(Counter())
            of_block.append(_Line(word.start, word.end, word.size, word.box))
        line = of_block[-1]
        weights[-1][round(word.size, 1)] += len(word.text)
        line.end = word.end
        line.box = _around(line.box, word.box)
        line.size = weights[-1].most_common(1)[0][0]
    return found


def _is_text(block: Block, lines: Sequence[_Line], usual: float) -> bool:
    """A footnote in the size of the text is text whose line number looked like a footnote's mark."""
    return block.kind is BlockKind.FOOTNOTE and any(
        _near(ln.size, usual) and ln.end - ln.start > 2 * _SHORT for ln in lines
    )


def _near(size: float, usual: float) -> bool:
    return abs(size - usual) < 0.08 * usual


def _runs(lines: Sequence[_Line], usual: float) -> list[list[_Line]]:
    """Lines of the text column and lines of the margin beside it (notes, line numbers) apart."""
    main = [ln for ln in lines if _near(ln.size, usual) and ln.end - ln.start > _SHORT]
    if not main or len(main) == len(lines):
        return [list(lines)]
    left, right = min(ln.box.x0 for ln in main), max(ln.box.x1 for ln in main)
    runs: list[list[_Line]] = []
    before: bool | None = None
    for line in lines:
        beside = line.box.x1 <= left + 2 or line.box.x0 >= right - 2
        aside = line not in main and (beside or line.size > 2 * usual)  # or a watermark
        if aside is before:
            runs[-1].append(line)
        else:
            runs.append([line])
        before = aside
    return runs


def _item(page: Page, block: Block, lines: Sequence[_Line], section: str) -> _Item:
    weights: Counter[float] = Counter()
    box = lines[0].box
    for line in lines:
        weights[line.size] += line.end - line.start
        box = _around(box, line.box)
    return _Item(page, block.column, lines[0].start, lines[-1].end, section, weights.most_common(1)[0][0], box)


def _around(a: Box, b: Box) -> Box:
    return Box(a.page, min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1))


def _following(items: Sequence[_Item], at: int, taken: set[int]) -> int | None:
    """The block that goes on where block ``at`` leaves a sentence open."""
    item = items[at]
    tail = _RAISED.sub(r"\1", item.text.rstrip())
    if not tail or (tail.endswith(_STOPS) and not tail.endswith(_NO_STOPS)):
        return None
    for n in range(at + 1, min(at + 1 + _FARTHEST, len(items))):
        other = items[n]
        if other.page.number > item.page.number + 2:
            break
        if n in taken or not _alike(item, other):
            continue
        below = _right_below(item, other)
        if other.section != item.section and not below:
            break
        if below or _can_go_on(item, other):
            return n
        if len(other.text) > 3 * _LONG:
            break
    following = at + 1
    if following < len(items) and following not in taken and items[following].section == item.section:
        return following if _goes_on(tail, items[following].text.lstrip()) else None
    return None


def _right_below(item: _Item, other: _Item) -> bool:
    """Whether ``other`` is the next line of the same column."""
    gap = other.box.y0 - item.box.y1
    return item.page is other.page and abs(item.box.x0 - other.box.x0) < 2.0 and -item.size < gap < 0.75 * item.size


def _alike(item: _Item, other: _Item) -> bool:
    """Same type size, and the width of the same column; a last line may be short."""
    if abs(item.size - other.size) > 0.35:
        return False
    one_line = "\n" not in other.text.strip()
    return (
        abs(other.width - item.width) < 0.12 * item.width
        or (one_line and other.width < item.width)
        or "\n" not in item.text.strip()
    )


def _can_go_on(item: _Item, other: _Item) -> bool:
    tail, head = item.text.rstrip(), other.text.lstrip()
    if _goes_on(tail, head):
        return True
    elsewhere = (item.page.number, item.column) != (other.page.number, other.column)
    open_ended = tail[-1].isalnum() or tail[-1] in ",;&-" or tail.endswith(_NO_STOPS)
    return elsewhere and len(tail) > _LONG and open_ended


def _goes_on(tail: str, head: str) -> bool:
    if not head:
        return False
    if any(tail.rfind(b[0], max(0, len(tail) - 200)) > tail.rfind(b[1]) for b in _BRACKETS):
        return True
    return (
        head[0].islower()
        or head[0] in "([（［【〔～—－0123456789０１２３４５６７８９"
        or tail.endswith(("-", ",", "，", "、", ";", "；", "&", "～", "—", "－"))
        or "\u3400" <= head[0] <= "\u9fff"
    )


def _flow(items: Sequence[_Item], section: str) -> Flow:
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for item in items:
        if parts:
            at += 1
        pieces.append(Piece(at, item.page.number, item.start, item.end - item.start))
        parts.append(item.text)
        at += item.end - item.start
    return Flow("\n".join(parts), section, tuple(pieces))
