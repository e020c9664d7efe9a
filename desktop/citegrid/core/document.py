"""Document, Page, Block, Word, Box and Span: what a reader sees, with its place on the page.

Lengths are PDF points (1/72 inch), origin at the top left of the page *as
shown* (after rotation and crop).  Pages count from 1 by position in the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum


class TextFrom(Enum):
    """Where a page's words came from."""

    TEXT_LAYER = "text layer"
    OCR = "ocr"


class BlockKind(Enum):
    """What part of the page a block is; only BODY, HEADING and ENTRY carry evidence about works."""

    BODY = "body"
    HEADING = "heading"
    ENTRY = "entry"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    TABLE = "table"
    HEADER = "header"
    FOOTER = "footer"
    LINE_NUMBER = "line number"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on one page, in points."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def as_list(self) -> list[float]:
        """``[page, x0, y0, x1, y1]``, rounded to a hundredth of a point, as the JSON contract wants it."""
        return [self.page, round(self.x0, 2), round(self.y0, 2), round(self.x1, 2), round(self.y1, 2)]

    @staticmethod
    def from_list(values: Sequence[float]) -> Box:
        """The inverse of ``as_list``; raises ValueError when there are not five numbers."""
        page, x0, y0, x1, y1 = values
        return Box(int(page), float(x0), float(y0), float(x1), float(y1))


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of the text of one page."""

    page: int
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether both share a character."""
        return self.page == other.page and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space, in one style, on one line.

    ``start`` and ``end`` are its characters in ``Page.text``; ``edges`` are the
    x positions between its characters (``len(text) + 1`` values, in reading
    direction), so that a part of a word has an exact box.  ``restored`` are the
    ligatures that the file gives no characters, or a wrong one, for: ``(position, letters)`` each.
    """

    text: str
    start: int
    end: int
    box: Box
    line: int
    block: int
    size: float = 0.0
    raised: bool = False
    bold: bool = False
    italic: bool = False
    edges: tuple[float, ...] = ()
    restored: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption …: ``start`` to ``end`` of the page's text, in reading order."""

    index: int
    kind: BlockKind
    start: int
    end: int
    box: Box
    column: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its text in reading order (lines end in a newline, blocks in two) and its words."""

    number: int
    label: str
    width: float
    height: float
    text: str
    words: tuple[Word, ...] = ()
    blocks: tuple[Block, ...] = ()
    text_from: TextFrom = TextFrom.TEXT_LAYER


@dataclass(frozen=True, slots=True)
class PaperDetails:
    """What a title page says of its paper, as a person corrected it, or as ``origin`` (“Zotero”) knows it; empty or None where
    nothing is printed.  ``item`` is the key of its item there."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str = ""
    origin: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper or a background document, known by the SHA-256 of its bytes.

    ``doi`` and ``arxiv`` are its own identifiers, where it prints them.  ``corrected`` is what a person said of its title page,
    where the reader had it wrong; ``title``, ``authors``, ``year`` and ``doi`` follow it.
    """

    name: str
    sha256: str
    pages: tuple[Page, ...]
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    warnings: tuple[str, ...] = field(default=())
    doi: str = ""
    arxiv: str = ""
    corrected: PaperDetails | None = None

    @property
    def called(self) -> str:
        """Its title, or the name of its file."""
        return self.title or self.name

    def with_details(self, details: PaperDetails) -> Document:
        """The document as a person corrected its title page."""
        title, authors, year, doi = details.title, details.authors, details.year, details.doi
        return replace(self, title=title, authors=authors, year=year, doi=doi, corrected=details)

    def page(self, number: int) -> Page:
        """The page at position ``number``, counted from 1; raises IndexError outside the file."""
        if not 1 <= number <= len(self.pages):
            raise IndexError(f"page {number} of {len(self.pages)}")
        return self.pages[number - 1]


def boxes_of(page: Page, start: int, end: int) -> tuple[Box, ...]:
    """One box per line for characters ``start`` to ``end`` of ``page.text``; empty where no word stands.

    Lines of different blocks never share a box, so a box does not cross a column gutter.
    """
    boxes: list[Box] = []
    line: tuple[int, int] | None = None
    for word in page.words:
        if word.end <= start or word.start >= end:
            continue
        x0, x1 = word.box.x0, word.box.x1
        if word.edges and len(word.edges) == len(word.text) + 1:
            left = word.edges[max(start, word.start) - word.start]
            right = word.edges[min(end, word.end) - word.start]
            x0, x1 = min(left, right), max(left, right)
        box = Box(page.number, x0, word.box.y0, x1, word.box.y1)
        if line == (word.block, word.line):
            last = boxes[-1]
            boxes[-1] = Box(
                page.number, min(last.x0, box.x0), min(last.y0, box.y0), max(last.x1, box.x1), max(last.y1, box.y1)
            )
        else:
            boxes.append(box)
            line = (word.block, word.line)
    return tuple(boxes)
