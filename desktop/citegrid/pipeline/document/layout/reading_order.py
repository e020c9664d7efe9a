"""Reading order: lines of a page into blocks, columns and kinds, from their places and sizes alone.

A page is cut into bands by lines that span the gutter; inside a band the left
column comes before the right one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from citegrid.core.document import Block, BlockKind, Box, Page, Word
from citegrid.pipeline.document.layout.columns import as_elsewhere, columns_of, set_columns
from citegrid.pipeline.document.layout.headers_footers import Style, mark_furniture, mark_line_numbers, style_of
from citegrid.pipeline.document.layout.lines import Line, pieces_of, rejoined

#: The number of a citation or a note, raised behind the text.
_MARK = re.compile(r"[\[(［（]?\s*\d{1,3}(?:\s*[,，、–—\-]\s*\d{1,3})*\s*[\])］）]?[.。,，]?|[①-⑳㉑-㉟]+")
_CAPTION = re.compile(
    r"^(?:(?:Supplementary |Extended Data )?(?:Fig(?:ure|\.)?|Table|Tab\.|Algorithm|Listing|Scheme|Box|Chart)\s*S?\d+(?:\.\d+)*[a-z]?"
    # "Table 1 shows …" is a sentence of the running text.
    r"(?!\s+(?:shows?|lists?|gives?|presents?|summari[sz]es?|illustrates?|displays?|depicts?|reports?|compares?|provides?|describes?|contains?"
    r"|and|to|is|are|was|were|we|in|also|demonstrates?|indicates?|plots?|outlines?)\b)|图\s*\d|表\s*\d)",
    re.I,
)
_HEADING = re.compile(
    r"^(?:(?:\d+|[IVX]+|[A-H])(?:\.\d+)*[.)]?\s+\S|第[一二三四五六七八九十\d]+[章节]|[一二三四五六七八九十]+、"
    r"|(?:abstract|introduction|background|methods?|materials and methods|results?|discussion|conclusions?|references|bibliography"
    r"|acknowledge?ments?|appendix|摘\s*要|引\s*言|绪\s*论|结\s*论|参\s*考\s*文\s*献|致\s*谢|附\s*录)\b)",
    re.I,
)


def arranged(pages: Sequence[Page]) -> tuple[Page, ...]:
    """``pages`` with their text in reading order and their blocks marked."""
    pieces = [pieces_of(page) for page in pages]
    mark_line_numbers(pieces)
    lines = [rejoined(of_page) for of_page in pieces]
    style = style_of(lines, [page.height for page in pages])
    for page, of_page in zip(pages, lines, strict=True):
        mark_furniture(of_page, page, style)
    bodies = [[ln for ln in of_page if ln.kind is BlockKind.BODY] for of_page in lines]
    columns = [columns_of(body) for body in bodies]
    known = [c for c in columns if c is not None]
    for body, own in zip(bodies, columns, strict=True):
        set_columns(body, own or as_elsewhere(body, known))
    return tuple(_arrange(page, of_page, style) for page, of_page in zip(pages, lines, strict=True))


def _arrange(page: Page, lines: list[Line], style: Style) -> Page:
    body = [ln for ln in lines if ln.kind is BlockKind.BODY]
    order = sorted(body, key=lambda ln: (ln.band, ln.column, round(ln.box.y0, 1), ln.box.x0))
    order = _one_row(order)
    blocks = _blocks(order, style)
    top = [[ln] for ln in lines if ln.kind is BlockKind.HEADER]
    rest = [[ln] for ln in lines if ln.kind in (BlockKind.FOOTER, BlockKind.LINE_NUMBER)]
    return _rebuilt(page, [*top, *blocks, *rest], style)


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
    if _is_mark(block, line) and 0 < step < 1.6 * usual:
        return False
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


def _is_mark(block: list[Line], line: Line) -> bool:
    """Whether all of ``line`` is the raised number of a citation or a note that the last line of a paragraph had no room for."""
    small = line.size < 0.85 * block[-1].size
    return (
        small and bool(_MARK.fullmatch(line.text.strip())) and abs(line.box.x0 - min(ln.box.x0 for ln in block)) < 2.0
    )


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
