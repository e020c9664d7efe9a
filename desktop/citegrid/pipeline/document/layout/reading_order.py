"""Reading order: lines of a page into blocks, columns and kinds, from their places and sizes alone.

A page is cut into bands by lines that span the gutter; inside a band the left
column comes before the right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from citegrid.core.document import Block, BlockKind, Page, Word
from citegrid.pipeline.document.layout.columns import as_elsewhere, columns_of, set_columns
from citegrid.pipeline.document.layout.headers_footers import Style, mark_headers_footers, style_of
from citegrid.pipeline.document.layout.line_numbers import mark_line_numbers
from citegrid.pipeline.document.layout.lines import PageLine, box_around, mark_turned, pieces_of, rejoined
from citegrid.pipeline.document.layout.paragraphs import are_one_row, kind_of, paragraphs
from citegrid.pipeline.document.layout.side_captions import set_aside


def arranged(pages: Sequence[Page]) -> tuple[Page, ...]:
    """``pages`` with their text in reading order and their blocks marked."""
    pieces = list(map(pieces_of, pages))
    mark_line_numbers(pieces)
    for of_page in pieces:
        mark_turned(of_page)
    lines = list(map(rejoined, pieces))
    style = style_of(lines, [page.height for page in pages])
    for page, of_page in zip(pages, lines, strict=True):
        mark_headers_footers(of_page, page, style)
    _set_columns([_of_kind(of_page, BlockKind.BODY) for of_page in lines])
    return tuple(_arranged(page, of_page, style) for page, of_page in zip(pages, lines, strict=True))


def _set_columns(bodies: Sequence[Sequence[PageLine]]) -> None:
    """Set the columns of each page's text, its own or those of another page."""
    columns = list(map(columns_of, bodies))
    known = [one for one in columns if one is not None]
    for body, own in zip(bodies, columns, strict=True):
        set_columns(body, own or as_elsewhere(body, known))
        set_aside(body)


def _arranged(page: Page, lines: Sequence[PageLine], style: Style) -> Page:
    body = _of_kind(lines, BlockKind.BODY)
    order = sorted(body, key=lambda ln: (ln.band, ln.column, round(ln.box.y0, 1), ln.box.x0))
    top = [[line] for line in _of_kind(lines, BlockKind.HEADER)]
    rest = [[line] for line in _of_kind(lines, BlockKind.FOOTER, BlockKind.LINE_NUMBER)]
    made = _PageText()
    for block in (*top, *paragraphs(_in_rows(order), style), *rest):
        made.add(block, kind_of(block, style, page))
    return replace(page, text="".join(made.parts), words=tuple(made.words), blocks=tuple(made.blocks))


def _of_kind(lines: Sequence[PageLine], *kinds: BlockKind) -> list[PageLine]:
    return [line for line in lines if line.kind in kinds]


def _in_rows(lines: Sequence[PageLine]) -> list[PageLine]:
    """Lines of one column that overlap in height read from left to right."""
    result: list[PageLine] = []
    for line in lines:
        i = len(result)
        while i > 0 and are_one_row(result[i - 1], line) and result[i - 1].box.x0 > line.box.x0:
            i -= 1
        result.insert(i, line)
    return result


@dataclass(slots=True)
class _PageText:
    """The text of a page while its blocks are set one after the other: lines end in a newline, blocks in two."""

    parts: list[str] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    at: int = 0
    line: int = 0

    def add(self, lines: Sequence[PageLine], kind: BlockKind) -> None:
        """Set the lines of one block."""
        start, index = self.at, len(self.blocks)
        for line in lines:
            self._set(line.words, index)
            self._write("\n")
            self.line += 1
        box = box_around(lines)
        self.blocks.append(Block(index, kind, start, self.at - 1, box, lines[0].column))
        self._write("\n")

    def _set(self, words: Sequence[Word], block: int) -> None:
        before: Word | None = None
        for word in words:
            if before is not None and not _is_glued(before, word):
                self._write(" ")
            start = self.at
            self._write(word.text)
            self.words.append(replace(word, start=start, end=self.at, line=self.line, block=block))
            before = word

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text)


def _is_glued(before: Word, word: Word) -> bool:
    """Whether the file has no space between two words of a line."""
    return word.start == before.end and (word.line, word.block) == (before.line, before.block)
