"""A paper that is drawn: twelve pages of seven lines, three references that it cites, and what a reader would read of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from citegrid.core.document import Block, BlockKind, Box, Document, Page, Span, Word, boxes_of
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.reference import Mention, Reference
from citegrid.ports import Link, Pixels

WIDTH, HEIGHT = 420.0, 594.0
STEP = 6.0  # width of a character
SENTENCES = (
    "Gao et al. (2023) let a model answer with citations and",
    "measure whether each statement is carried by its source.",
    "Rashkin and Das (2021) define what it means that a text",
    "is attributable to identified sources in 12 data sets.",
    "Liu (2023) audits four search engines and finds that 51.5",
    "percent of the sentences are fully supported.",
    "We propose a table whose cells are proved by the page.",
)


def make_page(number: int) -> Page:
    """A page of seven lines, each word with its box."""
    words: list[Word] = []
    text = ""
    for line, sentence in enumerate(SENTENCES):
        x, y = 40.0, 60.0 + 24 * line + number % 5
        for word in sentence.split():
            start = len(text)
            text += word + " "
            width = STEP * len(word)
            edges = tuple(x + STEP * i for i in range(len(word) + 1))
            words.append(
                Word(word, start, start + len(word), Box(number, x, y, x + width, y + 12), line, 0, 10.0, edges=edges)
            )
            x += width + STEP
        text = text[:-1] + "\n"
    block = Block(0, BlockKind.BODY, 0, len(text), Box(number, 40, 60, 380, 240))
    return Page(number, "i" if number == 1 else str(number - 1), WIDTH, HEIGHT, text, tuple(words), (block,))


class DrawnSource:
    """A PageSource whose pages are drawn by Qt on whatever thread asks."""

    def __init__(self, name: str = "paper.pdf", pages: int = 12) -> None:
        self.sha256 = "d" * 64
        self.name = name
        self.page_count = pages
        self.metadata: dict[str, str] = {}
        self.renders = 0
        self.closed = False

    def page(self, number: int) -> Page:
        return make_page(number)

    def render(self, number: int, scale: float, clip: tuple[float, float, float, float] | None = None) -> Pixels:
        self.renders += 1
        left, top, right, bottom = clip or (0.0, 0.0, WIDTH, HEIGHT)
        size = (round((right - left) * scale), round((bottom - top) * scale))
        image = QImage(*size, QImage.Format.Format_RGB888)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        painter.scale(scale, scale)
        painter.translate(-left, -top)
        font = QFont("DejaVu Sans Mono")
        font.setPixelSize(10)
        painter.setFont(font)
        for word in make_page(number).words:
            box = word.box
            painter.drawText(QRectF(box.x0, box.y0, box.x1 - box.x0 + 4, 12), Qt.AlignmentFlag.AlignLeft, word.text)
        painter.drawText(QRectF(0, HEIGHT - 40, WIDTH, 20), Qt.AlignmentFlag.AlignCenter, str(number))
        painter.end()
        data = b"".join(bytes(image.constScanLine(y))[: 3 * image.width()] for y in range(image.height()))
        return Pixels(image.width(), image.height(), data)

    def links(self) -> Sequence[Link]:
        return ()

    def outline(self) -> Sequence[tuple[int, str, int]]:
        return ((1, "1 Introduction", 1), (2, "1.1 Aims", 2), (1, "2 Method", 3))

    def close(self) -> None:
        self.closed = True


def document(source: DrawnSource, warnings: tuple[str, ...] = ()) -> Document:
    """The read document of a drawn source."""
    pages = tuple(make_page(n) for n in range(1, source.page_count + 1))
    return Document(source.name, source.sha256, pages, "A drawn paper", ("Painter, Pat",), 2024, warnings=warnings)


def quote(doc: Document, page: int, words: str, match: Match = Match.EXACT) -> Evidence:
    """Evidence for words that stand on a page."""
    text = doc.page(page).text
    start = text.replace("\n", " ").index(words)
    boxes = boxes_of(doc.page(page), start, start + len(words))
    return Evidence(SourceKind.DOCUMENT, doc.name, words, match, page, doc.page(page).label, boxes)


def _mention(doc: Document, page: int, cited: str) -> Mention:
    """A citation at the head of its sentence, which runs over two lines."""
    text = doc.page(page).text
    start = text.index(cited)
    line = next(i for i, one in enumerate(SENTENCES) if one.startswith(cited))
    sentence = " ".join(SENTENCES[line : line + 2])
    spans, whole = (Span(page, start, start + len(cited)),), (Span(page, start, start + len(sentence)),)
    boxes = quote(doc, page, cited).boxes
    return Mention(page, cited, boxes, spans, sentence, whole, "1 Introduction", narrative=True)


def references(doc: Document) -> tuple[Reference, ...]:
    """Three works, each cited on two pages."""
    made = []
    for i, (author, year, title, cited) in enumerate(
        (
            (
                "Gao, Tianyu|Yen, Howard|Yu, Jiatong",
                2023,
                "Enabling language models to generate text with citations",
                "Gao et al. (2023)",
            ),
            (
                "Rashkin, Hannah|Das, Dipanjan",
                2021,
                "Measuring attribution in natural language generation models",
                "Rashkin and Das (2021)",
            ),
            ("Liu, Nelson", 2023, "Evaluating verifiability in generative search engines", "Liu (2023)"),
        )
    ):
        mentions = tuple(_mention(doc, page, cited) for page in (2, 5))
        raw = f"{author.replace('|', ', ')} {year}. {title}."
        box = Box(doc.pages[-1].number, 40, 300 + 30 * i, 380, 322 + 30 * i)
        made.append(
            Reference(
                f"r{i + 1}",
                f"[{i + 1}]",
                raw,
                box.page,
                (box,),
                (),
                tuple(author.split("|")),
                title,
                year,
                mentions=mentions,
            )
        )
    return tuple(made)
