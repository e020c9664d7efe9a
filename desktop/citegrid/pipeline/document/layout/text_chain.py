"""Running text chained past what interrupts it: a sentence goes on below a table, beside a margin note, on the next page.

Where a block ends amid a sentence, its continuation is the next block of the
same type size and width that can go on; tables, margin notes and the words of
figures that reading order puts between them are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.document import Block, BlockKind, Box, Document, Page
from citegrid.core.language.text import join_lines
from citegrid.pipeline.document.blocks import text_of
from citegrid.pipeline.document.layout.lines import box_around, commonest_size, usual_size, words_by_line
from citegrid.pipeline.document.layout.sentence_ends import ends_amid, goes_on, is_open, tail_of
from citegrid.pipeline.document.layout.text_flow import Flow, flow_of

#: So many blocks, and pages, further on a sentence is still looked for.
_FARTHEST, _FARTHEST_PAGES = 14, 2
#: A block of running text has at least so many characters; shorter ones without a stop are titles and labels.
_LONG = 60
#: A line of the text column has more characters than a line number.
_SHORT = 4
#: Letters of a line of prose at least, and the share of numbers that it never has.
_PIECE, _NUMBERS = 12, 0.6
#: Sizes of the text differ by a smaller share; those of two parts of one paragraph by fewer points.
_LIKE_TEXT, _SAME_SIZE = 0.08, 0.35
#: Widths of one column differ by a smaller share.
_SAME_WIDTH = 0.12
#: What is so many times larger than the text is a watermark.
_WATERMARK = 2
_USUAL_SIZE = 10.0


@dataclass(frozen=True, slots=True)
class _ChainLine:
    """A line of a block: its characters on the page, its type size and its box."""

    start: int
    end: int
    size: float
    box: Box

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Paragraph:
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

    @property
    def is_one_line(self) -> bool:
        return "\n" not in self.text.strip()

    @property
    def is_scattered(self) -> bool:
        """Whether short pieces stand here below each other, or numbers: labels of a figure, the ticks of its axes, cells of a table."""
        lines, words = self.text.split("\n"), self.text.split()
        numbers = sum(not any(map(str.isalpha, word)) for word in words)
        return len(words) > _SHORT and (len(self.text) < _PIECE * len(lines) or numbers > _NUMBERS * len(words))


#: The lines of each block, by page number and index.
_BlockLines = dict[tuple[int, int], list[_ChainLine]]


def chained(document: Document) -> list[Flow]:
    """Body blocks in reading order, those of one sentence joined; newlines stand for line and block ends."""
    paragraphs = list(_paragraphs(document))
    taken: set[int] = set()
    result: list[Flow] = []
    for i, first in enumerate(paragraphs):
        if i in taken:
            continue
        chain = [i]
        while (following := _following(paragraphs, chain[-1], taken)) is not None:
            taken.add(following)
            chain.append(following)
        parts = [paragraphs[n] for n in chain]
        result.append(flow_of(((part.page, part.start, part.end) for part in parts), first.section))
    return result


def _paragraphs(document: Document) -> Iterator[_Paragraph]:
    """The running text in reading order, under the headings it stands below."""
    lines: _BlockLines = {}
    for page in document.pages:
        lines |= _lines(page)
    usual = commonest_size((ln.size, ln.length) for of_block in lines.values() for ln in of_block) or _USUAL_SIZE
    section = ""
    for page in document.pages:
        for block in page.blocks:
            of_block = lines.get((page.number, block.index), [])
            if block.kind is BlockKind.HEADING:
                section = join_lines(text_of(page, block))
            elif _is_text(block, of_block, usual):
                yield from (_paragraph(page, block, run, section) for run in _runs(of_block, usual))


def _lines(page: Page) -> _BlockLines:
    """The lines of each block of ``page``."""
    found: _BlockLines = {}
    for (block, _), words in words_by_line(page).items():
        line = _ChainLine(words[0].start, words[-1].end, usual_size(words), box_around(words))
        found.setdefault((page.number, block), []).append(line)
    return found


def _is_text(block: Block, lines: Sequence[_ChainLine], usual: float) -> bool:
    """Whether a block is running text; a footnote in its size is text whose line number looked like a footnote's mark."""
    if block.kind is BlockKind.FOOTNOTE:
        return any(_is_like(ln.size, usual) and ln.length > 2 * _SHORT for ln in lines)
    return block.kind is BlockKind.BODY and bool(lines)


def _is_like(size: float, usual: float) -> bool:
    return abs(size - usual) < _LIKE_TEXT * usual


def _runs(lines: Sequence[_ChainLine], usual: float) -> list[list[_ChainLine]]:
    """Lines of the text column and lines of the margin beside it (notes, line numbers) apart."""
    main = [ln for ln in lines if _is_like(ln.size, usual) and ln.length > _SHORT]
    if not main or len(main) == len(lines):
        return [list(lines)]
    column = box_around(main)
    runs: list[list[_ChainLine]] = []
    before: bool | None = None
    for line in lines:
        aside = line not in main and _is_aside(line, column, usual)
        if aside is before:
            runs[-1].append(line)
        else:
            runs.append([line])
        before = aside
    return runs


def _is_aside(line: _ChainLine, column: Box, usual: float) -> bool:
    """Whether a line stands beside the column, or is a watermark over it."""
    return line.box.x1 <= column.x0 + 2 or line.box.x0 >= column.x1 - 2 or line.size > _WATERMARK * usual


def _paragraph(page: Page, block: Block, lines: Sequence[_ChainLine], section: str) -> _Paragraph:
    size = commonest_size((line.size, line.length) for line in lines)
    box = box_around(lines)
    return _Paragraph(page, block.column, lines[0].start, lines[-1].end, section, size, box)


def _following(paragraphs: Sequence[_Paragraph], at: int, taken: set[int]) -> int | None:
    """The paragraph that goes on where paragraph ``at`` leaves a sentence open."""
    one = paragraphs[at]
    tail = tail_of(one.text)
    if not is_open(tail) or one.is_scattered:
        return None
    for n in _within_reach(paragraphs, at):
        other = paragraphs[n]
        if n in taken or not _is_alike(one, other):
            continue
        below = _is_right_below(one, other)
        if other.section != one.section and not below:
            break
        if below or _can_go_on(one, other):
            return n
        if len(other.text) > 3 * _LONG:
            break
    return _next(paragraphs, at, tail, taken)


def _within_reach(paragraphs: Sequence[_Paragraph], at: int) -> Iterator[int]:
    """The paragraphs behind ``at`` in which its sentence is looked for."""
    last = paragraphs[at].page.number + _FARTHEST_PAGES
    for n in range(at + 1, min(at + 1 + _FARTHEST, len(paragraphs))):
        if paragraphs[n].page.number > last:
            return
        yield n


def _next(paragraphs: Sequence[_Paragraph], at: int, tail: str, taken: set[int]) -> int | None:
    """The very next paragraph, of whatever size and width, where its words go on."""
    following = at + 1
    if following >= len(paragraphs) or following in taken:
        return None
    other = paragraphs[following]
    same = other.section == paragraphs[at].section and not other.is_scattered
    return following if same and goes_on(tail, other.text.lstrip()) else None


def _is_right_below(one: _Paragraph, other: _Paragraph) -> bool:
    """Whether ``other`` is the next line of the same column."""
    gap = other.box.y0 - one.box.y1
    return one.page is other.page and abs(one.box.x0 - other.box.x0) < 2.0 and -one.size < gap < 0.75 * one.size


def _is_alike(one: _Paragraph, other: _Paragraph) -> bool:
    """Prose of the same type size, and the width of the same column; a last line may be short."""
    if abs(one.size - other.size) > _SAME_SIZE or other.is_scattered:
        return False
    same_width = abs(other.width - one.width) < _SAME_WIDTH * one.width
    return same_width or one.is_one_line or (other.is_one_line and other.width < one.width)


def _can_go_on(one: _Paragraph, other: _Paragraph) -> bool:
    """Whether ``other`` begins amid a sentence, or stands elsewhere below a long paragraph that ends amid one."""
    tail = one.text.rstrip()
    if goes_on(tail, other.text.lstrip()):
        return True
    elsewhere = (one.page.number, one.column) != (other.page.number, other.column)
    return elsewhere and len(tail) > _LONG and ends_amid(tail)
