"""Tables within a paper: where a caption announces one, the words below it (or above) fall into rows and columns.

Words come in with their places, cells go out with theirs, so that a value is proved by its own words, its row's and its column's.
Only what is plain is taken: a table with a row that begins elsewhere, such as one whose cells run over several lines, is none.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise, takewhile
from statistics import median
from unicodedata import normalize

from citegrid.core.document import Block, BlockKind, Document, Page, Span, Word
from citegrid.core.language.lexicon import words
from citegrid.pipeline.document.layout.lines import box_around

#: White between two cells of a row, and between a row and what is no more of the table, in heights of a word.
APART, FAR = 0.9, 3.2
#: Cells of the shortest row and rows of the smallest table, rows of the largest, lines of its header.
LEAST, MOST_ROWS, MOST_HEADER = 2, 60, 3
#: Words of the longest line without a gap: a longer one is running text.
RUNNING = 6
_BEFORE_A_NUMBER = "+-−±<>≤≥~≈$("
_CAPTIONS = tuple(words("layout", "table_captions"))


@dataclass(frozen=True, slots=True)
class TableCell:
    """Words of one line of a table that stand together, from ``x0`` to ``x1`` (points)."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        return self.words[0].box.x0

    @property
    def x1(self) -> float:
        return self.words[-1].box.x1

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where its words stand in the page's text: in one stretch where they follow each other there."""
        page = self.words[0].box.page
        if all(a.end < b.start <= a.end + 1 for a, b in pairwise(self.words)):
            return (Span(page, self.words[0].start, self.words[-1].end),)
        return tuple(Span(page, word.start, word.end) for word in self.words)

    def shares(self, other: TableCell) -> float:
        """Points of its width that another cell stands above or below; less than nothing is how far they are apart."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)


#: A printed row.
TableRow = tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as it is printed: its name ("Table 2"), the lines of its header, and its rows, whose first cell names each."""

    name: TableCell
    header: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]

    def over(self, cell: TableCell) -> TableCell:
        """The cell of the header's last line that stands over a cell; the cell itself where none does."""
        nearest = max(self.header[-1], key=cell.shares)
        return nearest if cell.shares(nearest) > 0 else cell


def tables_of(document: Document) -> tuple[PageTable, ...]:
    """The tables of a document that a caption announces, in the order of its pages."""
    return tuple(table for page in document.pages for table in _on_page(page))


def folded(text: str) -> str:
    """A name as it is compared: letters and digits alone, in one case; what stands in brackets (units) does not count."""
    plain = normalize("NFKC", text).casefold().partition("(")[0]
    return "".join(filter(str.isalnum, plain))


def _on_page(page: Page) -> Iterator[PageTable]:
    for block in page.blocks:
        if block.kind is BlockKind.CAPTION and page.text[block.start :].casefold().startswith(_CAPTIONS):
            said = [word for word in page.words if block.start <= word.start < block.end]
            below, above = _beside(page, block)
            name = TableCell(tuple(said[: 1 + said[0].text.isalpha()]))
            yield from filter(None, [_table(name, below) or _table(name, above)])


def _beside(page: Page, caption: Block) -> tuple[list[list[Word]], list[list[Word]]]:
    """The lines below a caption, and those above it from the nearest on, in its column of the page."""
    column = box_around([block for block in page.blocks if block.column == caption.column])
    lines = _lines([word for word in page.words if column.x0 <= word.box.x0 <= column.x1])
    tops = [line[0].box.y0 for line in lines]
    return lines[bisect(tops, caption.box.y1 - 1) :], lines[: bisect(tops, caption.box.y0 - 1)][::-1]


def _lines(of: Sequence[Word]) -> list[list[Word]]:
    """Words that stand side by side, line by line from above, each from the left."""
    rows: list[list[Word]] = []
    bottom = 0.0
    for word in sorted(of, key=lambda w: w.box.y0 + w.box.y1):
        if word.box.y0 + word.box.y1 >= 2 * bottom:
            rows.append([])
            bottom = word.box.y1
        rows[-1].append(word)
    return [sorted(row, key=lambda w: w.box.x0) for row in rows]


def _table(name: TableCell, lines: Sequence[Sequence[Word]]) -> PageTable | None:
    """The table that the first of ``lines`` (from the caption on) make; None where they are none."""
    height = median([w.box.y1 - w.box.y0 for line in lines for w in line] or [1.0])
    close = accumulate((_distance(a, b) < FAR * height for a, b in pairwise(lines)), min)
    cut = [_cells(line, APART * height) for line in lines[: 1 + sum(close)]]
    rows = list(takewhile(lambda row: len(row) >= LEAST or len(row[0].words) <= RUNNING, cut))[:MOST_ROWS]
    rows.sort(key=lambda row: row[0].words[0].box.y0)
    first = next((i for i, row in enumerate(rows[: MOST_HEADER + 1]) if i and _has_values(row)), 1)
    head, body = (tuple(row for row in part if len(row) >= LEAST) for part in (rows[:first], rows[first:]))
    plain = head and len(body) >= LEAST and all(row[0].shares(body[0][0]) > 0 for row in rows[first:])
    return PageTable(name, head, body) if plain else None


def _distance(a: Sequence[Word], b: Sequence[Word]) -> float:
    return max(b[0].box.y0 - a[0].box.y1, a[0].box.y0 - b[0].box.y1)


def _cells(line: Sequence[Word], gap: float) -> TableRow:
    """The words of a line, parted where the white between them is wider than ``gap``."""
    breaks = [0, *(b.box.x0 - a.box.x1 > gap for a, b in pairwise(line))]
    part = dict(zip(map(id, line), accumulate(breaks), strict=True))
    return tuple(TableCell(tuple(together)) for _, together in groupby(line, key=lambda word: part[id(word)]))


def _has_values(row: TableRow) -> bool:
    """Whether a row holds numbers: at least half of its cells behind the first are some."""
    behind = [cell.text.lstrip(_BEFORE_A_NUMBER)[:1].isdigit() for cell in row[1:]]
    return 2 * sum(behind) >= max(1, len(behind))
