"""Running text chained past what interrupts it: a sentence goes on below a table, beside a margin note, on the next page.

Where a block ends amid a sentence, its continuation is the next block of the
same type size and width that can go on; tables, margin notes and the words of
figures that reading order puts between them are passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.document import Block, BlockKind, Document, Page
from citegrid.core.text import join_lines
from citegrid.pipeline.flow import Flow, Piece

#: So many blocks further on a sentence is still looked for.
_FARTHEST = 14
#: A block of running text has at least so many characters; shorter ones without a stop are titles and labels.
_LONG = 60
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
_BRACKETS = ("()", "[]", "（）")


@dataclass(frozen=True, slots=True)
class _Item:
    page: Page
    block: Block
    text: str
    section: str
    size: float
    width: float


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
    items: list[_Item] = []
    section = ""
    for page in document.pages:
        sizes: dict[int, Counter[float]] = {}
        for word in page.words:
            sizes.setdefault(word.block, Counter())[round(word.size, 1)] += len(word.text)
        for block in page.blocks:
            text = page.text[block.start : block.end]
            if block.kind is BlockKind.HEADING:
                section = join_lines(text)
            elif block.kind is BlockKind.BODY and text.strip():
                size = sizes[block.index].most_common(1)[0][0] if block.index in sizes else 0.0
                items.append(_Item(page, block, text, section, size, block.box.x1 - block.box.x0))
    return items


def _following(items: Sequence[_Item], at: int, taken: set[int]) -> int | None:
    """The block that goes on where block ``at`` leaves a sentence open."""
    item = items[at]
    tail = item.text.rstrip()
    if not tail or (tail.endswith(_STOPS) and not tail.endswith(_NO_STOPS)):
        return None
    for n in range(at + 1, min(at + 1 + _FARTHEST, len(items))):
        other = items[n]
        if other.section != item.section or other.page.number > item.page.number + 2:
            break
        if n in taken or not _alike(item, other):
            continue
        if _can_go_on(item, other):
            return n
        if len(other.text) > 3 * _LONG:
            break
    following = at + 1
    if following < len(items) and following not in taken and items[following].section == item.section:
        return following if _goes_on(tail, items[following].text.lstrip()) else None
    return None


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
    elsewhere = (item.page.number, item.block.column) != (other.page.number, other.block.column)
    open_ended = tail[-1].isalnum() or tail[-1] in ",;&-" or tail.endswith(_NO_STOPS)
    return elsewhere and len(tail) > _LONG and open_ended


def _goes_on(tail: str, head: str) -> bool:
    if not head:
        return False
    if any(tail.rfind(b[0], max(0, len(tail) - 200)) > tail.rfind(b[1]) for b in _BRACKETS):
        return True
    return (
        head[0].islower()
        or head[0] in "([（［0123456789"
        or tail.endswith(("-", ",", "，", "、", ";", "；", "&"))
        or "\u3400" <= head[0] <= "\u9fff"
    )


def _flow(items: Sequence[_Item], section: str) -> Flow:
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for item in items:
        if parts:
            at += 1
        pieces.append(Piece(at, item.page.number, item.block.start, len(item.text)))
        parts.append(item.text)
        at += len(item.text)
    return Flow("\n".join(parts), section, tuple(pieces))
