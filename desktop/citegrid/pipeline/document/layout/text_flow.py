"""Flows: the running text of a document, chained across lines, columns and pages.

A sentence does not end where a column does.  A flow holds consecutive body
blocks of one section; its text has single spaces for line ends, and every
character leads back to its page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.document import Block, BlockKind, Document, Page, Span
from citegrid.core.text import join_lines


@dataclass(frozen=True, slots=True)
class Piece:
    """``length`` characters of a flow from ``start`` on are those of ``page`` from ``at`` on."""

    start: int
    page: int
    at: int
    length: int


@dataclass(frozen=True, slots=True)
class Flow:
    """Text of one section part: line ends are newlines, paragraphs that go on elsewhere are joined by one newline."""

    text: str
    section: str
    pieces: tuple[Piece, ...]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The characters of the pages for ``start`` to ``end`` of the flow, one span for each contiguous piece."""
        starts = [p.start for p in self.pieces]
        result = []
        i = max(0, bisect_right(starts, start) - 1)
        while i < len(self.pieces) and self.pieces[i].start < end:
            piece = self.pieces[i]
            a, b = max(start, piece.start), min(end, piece.start + piece.length)
            if b > a:
                result.append(Span(piece.page, piece.at + a - piece.start, piece.at + b - piece.start))
            i += 1
        return tuple(result)

    def position(self, page: int, character: int) -> int | None:
        """Where a character of a page stands in the flow; None when it is not in it."""
        for piece in self.pieces:
            if piece.page == page and piece.at <= character < piece.at + piece.length:
                return piece.start + character - piece.at
        return None


def flows(document: Document) -> tuple[Flow, ...]:
    """The running text of ``document`` in reading order: body blocks; headers, captions, tables and entries are left out."""
    result: list[Flow] = []
    section = ""
    open_: list[tuple[Page, Block]] = []

    def close() -> None:
        if open_:
            result.append(_flow(open_, section))
            open_.clear()

    for page in document.pages:
        for block in page.blocks:
            if block.kind is BlockKind.HEADING:
                close()
                section = join_lines(page.text[block.start : block.end])
            elif block.kind is BlockKind.BODY:
                if open_ and not _goes_on(*open_[-1], page, block):
                    close()
                open_.append((page, block))
    close()
    return tuple(result)


def _goes_on(page: Page, block: Block, next_page: Page, following: Block) -> bool:
    """Whether ``following`` continues the sentence that ``block`` leaves open."""
    tail = page.text[block.start : block.end].rstrip()
    head = next_page.text[following.start : following.end].lstrip()
    if not tail or not head:
        return False
    if tail.endswith((".", "。", "!", "?", "！", "？", ":", "：")) and not tail.endswith(
        ("al.", "e.g.", "i.e.", "Fig.", "cf.")
    ):
        return False
    return (
        head[0].islower()
        or head[0] in "([（［0123456789"
        or tail.endswith(("-", ",", "，", "、", ";", "；", "("))
        or "\u3400" <= head[0] <= "\u9fff"
    )


def _flow(blocks: Sequence[tuple[Page, Block]], section: str) -> Flow:
    parts: list[str] = []
    pieces: list[Piece] = []
    at = 0
    for page, block in blocks:
        text = page.text[block.start : block.end]
        if parts:
            parts.append("\n")
            at += 1
        pieces.append(Piece(at, page.number, block.start, len(text)))
        parts.append(text)
        at += len(text)
    return Flow("".join(parts), section, tuple(pieces))
