"""Flows: running text that goes on across lines, columns and pages (``text_chain``).

A sentence does not end where a column does.  A flow holds body blocks of one section; every character leads back to its page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from citegrid.core.document import Page, Span


@dataclass(frozen=True, slots=True)
class FlowPart:
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
    pieces: tuple[FlowPart, ...]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The characters of the pages for ``start`` to ``end`` of the flow, one span for each contiguous piece."""
        first = max(0, bisect_right([p.start for p in self.pieces], start) - 1)
        result = []
        for piece in self.pieces[first:]:
            a, b = max(start, piece.start), min(end, piece.start + piece.length)
            if b > a:
                result.append(Span(piece.page, piece.at + a - piece.start, piece.at + b - piece.start))
        return tuple(result)

    def position(self, page: int, character: int) -> int | None:
        """Where a character of a page stands in the flow; None when it is not in it."""
        for piece in self.pieces:
            if piece.page == page and piece.at <= character < piece.at + piece.length:
                return piece.start + character - piece.at
        return None


def flow_of(stretches: Iterable[tuple[Page, int, int]], section: str) -> Flow:
    """The characters from start to end of each page, one after the other, as the text of a flow."""
    texts: list[str] = []
    pieces: list[FlowPart] = []
    at = 0
    for page, start, end in stretches:
        pieces.append(FlowPart(at, page.number, start, end - start))
        texts.append(page.text[start:end])
        at += end - start + 1
    return Flow("\n".join(texts), section, tuple(pieces))
