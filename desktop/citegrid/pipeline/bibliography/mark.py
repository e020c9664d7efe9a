"""The blocks of a document that its reference lists fill, marked as entries: no text of theirs is read as the paper's own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from citegrid.core.document import Block, BlockKind, Box, Document, Page, boxes_of
from citegrid.core.reference import Reference
from citegrid.pipeline.bibliography.coverage import spans_by_page

#: Where a text begins and ends.
Stretch = tuple[int, int]


def mark_entries(document: Document, references: Sequence[Reference]) -> Document:
    """``document`` with the characters of its reference lists in blocks of kind ENTRY; blocks are split where needed."""
    taken = spans_by_page(references)
    pages = tuple(
        _renumbered(page, _marked(page, sorted(taken[page.number]))) if page.number in taken else page
        for page in document.pages
    )
    return replace(document, pages=pages)


def _marked(page: Page, taken: Sequence[Stretch]) -> tuple[Block, ...]:
    """Blocks in the old order; the part of a block that lies in the list becomes a block of its own."""
    parts = [part for block in page.blocks for part in _parts(page, block, taken)]
    return tuple(replace(block, index=i) for i, block in enumerate(parts))


def _parts(page: Page, block: Block, taken: Sequence[Stretch]) -> Iterator[Block]:
    """A block cut where an entry begins or ends in it; the whole block where none does."""
    inside = [(max(a, block.start), min(b, block.end)) for a, b in taken if a < block.end and b > block.start]
    if not inside:
        yield block
        return
    at = block.start
    for a, b in inside:
        yield from _part(page, block, at, a, block.kind)
        yield from _part(page, block, a, b, BlockKind.ENTRY)
        at = b
    yield from _part(page, block, at, block.end, block.kind)


def _part(page: Page, block: Block, start: int, end: int, kind: BlockKind) -> Iterator[Block]:
    """The characters from ``start`` to ``end`` as a block, where they are more than white space."""
    if page.text[start:end].strip():
        box = _around(page.number, boxes_of(page, start, end)) or block.box
        yield replace(block, kind=kind, start=start, end=end, box=box)


def _around(page: int, boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    lefts, tops = [b.x0 for b in boxes], [b.y0 for b in boxes]
    return Box(page, min(lefts), min(tops), max(b.x1 for b in boxes), max(b.y1 for b in boxes))


def _renumbered(page: Page, blocks: tuple[Block, ...]) -> Page:
    """``page`` with ``blocks``, and with words that know the number of their new block: text after a list keeps its lines."""
    starts = [block.start for block in sorted(blocks, key=lambda b: b.start)]
    order = [block.index for block in sorted(blocks, key=lambda b: b.start)]
    words = tuple(replace(w, block=order[max(0, bisect_right(starts, w.start) - 1)]) for w in page.words)
    return replace(page, blocks=blocks, words=words)
