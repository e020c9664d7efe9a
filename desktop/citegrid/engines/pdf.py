"""PDF pages through PyMuPDF: words with boxes, pixels, links, outline.

MuPDF is not thread-safe, so one lock guards every document; each call holds it
for one page at most.
"""

from __future__ import annotations

import hashlib
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pymupdf

from citegrid.core.document import Block, BlockKind, Box, Page, TextFrom, Word
from citegrid.core.errors import InputError, PasswordNeeded
from citegrid.core.invisible import visible
from citegrid.core.messages import Message
from citegrid.engines import ligatures, publisher_fonts, torn_words
from citegrid.engines.pdf_bytes import pdf_bytes
from citegrid.engines.pdf_links import links_of
from citegrid.engines.weight import Scales
from citegrid.ports import Link, Pixels

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP
#: Gives the number of a glyph instead of a character that the file does not name.
_NAMED = pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
#: Takes what is printed several times over for bold print once; costs as much time again, thrice over.
_STYLED = pymupdf.TEXT_COLLECT_STYLES
_BOLD, _ITALIC, _RAISED = 16, 2, 1
#: A page larger than this many pixels is rendered smaller (a poster must not eat the memory).
MOST_PIXELS = 60_000_000
#: Characters of all pages together; further pages stay empty.  A book of 500 pages has one or two million.
MOST_LETTERS = 20_000_000
_AGAIN = "Download it again or print it to a new PDF."
#: Held for each call into MuPDF, by whoever makes it.
LOCK = threading.RLock()


def open_pdf(path: Path, password: str = "") -> PdfSource:
    """Open ``path``; raises ``PasswordNeeded`` or ``InputError`` with one sentence."""
    return opened(pdf_bytes(path), path.name, password)


def opened(data: bytes, name: str, password: str = "") -> PdfSource:
    """Open the PDF ``data``, whose file is called ``name``; raises as ``open_pdf`` does."""
    with LOCK:
        try:
            document = pymupdf.open(stream=data, filetype="pdf")
            if document.needs_pass and not document.authenticate(password):
                raise PasswordNeeded(_locked(name, password), "Give its password (--password).")
            count = document.page_count
            damaged = bool(document.is_repaired)
            if count:
                document.load_page(0)
        except PasswordNeeded:
            raise
        except Exception as fault:
            raise InputError(Message("{name} is broken and cannot be opened.", name=name), _AGAIN) from fault
    if count == 0:
        raise InputError(_without_pages(name, damaged), _AGAIN)
    return PdfSource(name, hashlib.sha256(data).hexdigest(), document)


def _without_pages(name: str, damaged: bool) -> Message:
    if damaged:
        return Message("{name} is broken: none of its pages can be found.", name=name)
    return Message("{name} has no pages.", name=name)


def _locked(name: str, password: str) -> Message:
    """What to say of an encrypted PDF that ``password`` does not open."""
    if password:
        return Message("{name} is encrypted and this is not its password.", name=name)
    return Message("{name} is encrypted.", name=name)


class PdfSource:
    """An open PDF; see ``ports.PageSource``."""

    def __init__(self, name: str, sha256: str, document: Any) -> None:
        self.name = name
        self.sha256 = sha256
        self._document = document
        self._glyphs: dict[ligatures.Glyph, str] | None = None
        self._widths: dict[str, float] | None = None
        self._scales = Scales(document)
        self._letters: dict[int, int] = {}
        self.page_count: int = document.page_count
        self.metadata: dict[str, str] = {
            k: visible(v) for k, v in (document.metadata or {}).items() if isinstance(v, str)
        }

    def page(self, number: int) -> Page:
        """The words, lines and blocks of page ``number``, in the file's order; empty where it is broken or too heavy."""
        with LOCK:
            try:
                page = self._document.load_page(number - 1)
                if self._is_too_much(number, page):
                    return Page(number, page.get_label() or "", page.rect.width, page.rect.height, "")
                label = page.get_label() or ""
                raw = page.get_text("rawdict", flags=_FLAGS)
                flags = _FLAGS | _STYLED * torn_words.is_overprinted(raw)
                if flags != _FLAGS:
                    raw = page.get_text("rawdict", flags=flags)
                if _has_unknown(raw):
                    ligatures.restore(raw, page.get_text("rawdict", flags=flags | _NAMED), self._meaning())
                if any(width >= ligatures.TH_WIDTH for _, width, _ in ligatures.wide_letters(raw)):
                    ligatures.restore_wide(raw, self._least_widths())
                rect, matrix = page.rect, page.rotation_matrix
            except Exception:  # one broken page does not cost the rest of the paper
                return Page(number, "", 612.0, 792.0, "")
        # rawdict is in unrotated coordinates of the crop box
        turned = matrix if page.rotation else None
        read = _page(number, label, rect, raw, turned)
        self._letters[number] = len(read.text)
        return read

    def _meaning(self) -> dict[ligatures.Glyph, str]:
        """What the glyphs print that the file gives no character for; judged once, by all its pages."""
        if self._glyphs is None:
            words = []
            for number in range(min(self.page_count, ligatures.MOST_PAGES)):
                page = self._document.load_page(number)
                if not self._scales.is_too_heavy(page):
                    raw = page.get_text("rawdict", flags=_FLAGS)
                    if _has_unknown(raw):
                        named = page.get_text("rawdict", flags=_FLAGS | _NAMED)
                        words += [(word, glyph) for word, glyph, _ in ligatures.glyphs_of(raw, named)]
            self._glyphs = ligatures.judged(words)
        return self._glyphs

    def _least_widths(self) -> dict[str, float]:
        """From which width a T prints Th, by font; judged once, by all pages."""
        if self._widths is None:
            found: list[tuple[str, float, str]] = []
            for number in range(min(self.page_count, ligatures.MOST_PAGES)):
                page = self._document.load_page(number)
                if not self._scales.is_too_heavy(page):
                    found += ligatures.wide_letters(page.get_text("rawdict", flags=_FLAGS))
            self._widths = ligatures.least_widths(found)
        return self._widths

    def _is_too_much(self, number: int, page: Any) -> bool:
        others = sum(count for known, count in self._letters.items() if known != number)
        return others > MOST_LETTERS or self._scales.is_too_heavy(page)

    def render(self, number: int, scale: float, clip: tuple[float, float, float, float] | None = None) -> Pixels:
        """Page ``number`` as shown; scaled down when it would have more than MOST_PIXELS, white when it is broken."""
        x0, y0, x1, y1 = clip or (0.0, 0.0, 612.0, 792.0)
        with LOCK:
            try:
                return self._render(number, scale, clip)
            except Exception:  # a page that cannot be loaded has no words either, and costs nobody the rest
                wide, high = max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale))
                return Pixels(wide, high, b"\xff" * (3 * wide * high))

    def _render(self, number: int, scale: float, clip: tuple[float, float, float, float] | None) -> Pixels:
        page = self._document.load_page(number - 1)
        if self._scales.is_too_heavy(page):
            raise ValueError(number)
        shown = pymupdf.Rect(clip) if clip else page.rect
        area = shown.width * shown.height * scale * scale
        if area > MOST_PIXELS:
            scale *= (MOST_PIXELS / area) ** 0.5
        matrix = pymupdf.Matrix(scale, scale)
        pixmap = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False, clip=shown if clip else None)
        data = bytes(pixmap.samples)
        if pixmap.stride != pixmap.width * 3:
            rows = (data[y * pixmap.stride : y * pixmap.stride + pixmap.width * 3] for y in range(pixmap.height))
            data = b"".join(rows)
        return Pixels(pixmap.width, pixmap.height, data)

    def links(self) -> Sequence[Link]:
        """Links that lead to a place in this document."""
        with LOCK:
            return links_of(self._document)

    def outline(self) -> Sequence[tuple[int, str, int]]:
        """``(level, title, page)`` of each bookmark."""
        with LOCK:
            try:
                return [
                    (level, visible(title), page) for level, title, page, *_ in self._document.get_toc() if page >= 1
                ]
            except Exception:
                return []

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        with LOCK:
            if not self._document.is_closed:
                self._document.close()


def _has_unknown(raw: dict[str, Any]) -> bool:
    return any(
        char["c"] == ligatures.UNKNOWN
        for block in raw["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for char in span["chars"]
    )


def _page(number: int, label: str, rect: Any, raw: dict[str, Any], matrix: Any) -> Page:
    builder = _PageBuilder(number, matrix)
    blocks = [block["lines"] for block in raw["blocks"] if block.get("type") == 0]
    torn_words.mend(blocks)
    for lines in blocks:
        builder.add_block(lines)
    return Page(
        number,
        label,
        float(rect.width),
        float(rect.height),
        "".join(builder.text),
        tuple(builder.words),
        tuple(builder.blocks),
        TextFrom.TEXT_LAYER,
    )


class _PageBuilder:
    """The text of a page as it grows, with the words and blocks that stand in it; ``matrix`` turns the page, where it is turned."""

    def __init__(self, number: int, matrix: Any) -> None:
        self._number, self._matrix = number, matrix
        self.text: list[str] = []
        self.words: list[Word] = []
        self.blocks: list[Block] = []
        self._at = 0  # characters so far
        self._lines = 0

    def add_block(self, lines: Sequence[dict[str, Any]]) -> None:
        """A block of MuPDF's; one without words leaves no trace."""
        start = self._at
        words = [word for line in lines for word in self._add_line(line)]
        if not words:
            return
        self.text.append("\n")
        self._at += 1
        self.blocks.append(Block(len(self.blocks), BlockKind.BODY, start, self._at - 2, self._around(words)))
        self.words += words

    def _around(self, words: Sequence[Word]) -> Box:
        x0, y0 = min(w.box.x0 for w in words), min(w.box.y0 for w in words)
        return Box(self._number, x0, y0, max(w.box.x1 for w in words), max(w.box.y1 for w in words))

    def _add_line(self, line: dict[str, Any]) -> list[Word]:
        builder = _LineBuilder(self._number, self._at, self._lines, len(self.blocks), self._matrix)
        words = builder.words_of(line)
        if words:
            end = self._at
            for word in words:
                self.text.append((" " if word.start > end else "") + word.text)
                end = word.end
            self.text.append("\n")
            self._at = end + 1
            self._lines += 1
        return words


#: A character of a line: itself, its box, and how many letters stand in the file for it (0: itself alone).
_Char = tuple[str, Any, int]
#: How some publishers' fonts without flags end ("AdvTTdc704676.B").
_BOLD_FONT, _ITALIC_FONT = (".b", ".bi"), (".i", ".bi")
#: The sign that some Chinese typesetting systems put at the end of a line for a hyphen.
_HYPHENS = {"\u2043": "-"}
#: How the characters of a span are set: size, raised, bold, italic.
_Style = tuple[float, bool, bool, bool]


class _LineBuilder:
    """The words of a line: broken at white space and where the style changes, for a superscript is a word of its own."""

    def __init__(self, page: int, at: int, line: int, block: int, matrix: Any) -> None:
        self._page, self._at, self._line, self._block, self._matrix = page, at, line, block, matrix
        self._words: list[Word] = []
        self._spaced = False  # whether white space came since the last word

    def words_of(self, line: dict[str, Any]) -> list[Word]:
        """The words of MuPDF's ``line``, their places counted on from where the line begins."""
        spans = line["spans"]
        size = max((s["size"] for s in spans), default=0.0)
        floor = max((s["origin"][1] for s in spans if s["size"] >= 0.9 * size), default=0.0)
        upright = line["dir"][0] > 0.99
        publisher_fonts.translate(spans)
        if upright:
            torn_words.put_accents_on(spans)
            publisher_fonts.mend(spans)
        for span in torn_words.without_dummies(spans) if upright else spans:
            lifted = line["dir"][0] > 0.9 and span["size"] < 0.85 * size and span["origin"][1] < floor - 0.12 * size
            self._add_span(span, _style_of(span, size, lifted), upright)
        return self._words

    def _add_span(self, span: dict[str, Any], style: _Style, upright: bool) -> None:
        run: list[_Char] = []
        for char in span["chars"]:
            c = _HYPHENS.get(char["c"], char["c"])
            if _is_gap(c):
                self._end_word(run, style)
                self._spaced = c.isspace() or (self._spaced and not run)
                run = []
            else:
                run.append((c, _tight(char, span["size"]) if upright else char["bbox"], char.get("letters", 0)))
        if run:
            self._end_word(run, style)
            self._spaced = False

    def _end_word(self, run: Sequence[_Char], style: _Style) -> None:
        """Make a word of ``run``, if there is one."""
        if not run:
            return
        matrix = self._matrix
        start = self._at + 1 if self._words and self._spaced else self._at
        rects = [r if matrix is None else tuple(pymupdf.Rect(r) * matrix) for _, r, _ in run]
        text = "".join(c for c, _, _ in run)
        lefts, tops, rights, bottoms = zip(*rects, strict=True)
        restored = tuple((i, letters) for i, (_, _, letters) in enumerate(run) if letters)
        box = Box(self._page, min(lefts), min(tops), max(rights), max(bottoms))
        self._at = start + len(text)
        edges = (*lefts, rights[-1])
        self._words.append(Word(text, start, self._at, box, self._line, self._block, *style, edges, restored))


def _style_of(span: dict[str, Any], size: float, lifted: bool) -> _Style:
    """How a span of a line is set whose largest letters have ``size``."""
    flags = span["flags"]
    raised = lifted or (bool(flags & _RAISED) and span["size"] < 0.9 * size)
    font = span["font"].lower()
    bold = bool(flags & _BOLD) or "bold" in font or font.endswith(_BOLD_FONT)
    return span["size"], raised, bold, bool(flags & _ITALIC) or font.endswith(_ITALIC_FONT)


def _tight(char: dict[str, Any], size: float) -> tuple[float, float, float, float]:
    """The glyph's box from its baseline: fonts declare heights that reach into the lines above and below."""
    x0, y0, x1, y1 = char["bbox"]
    base = char["origin"][1]
    above, below = (0.82, 0.08) if char["c"] >= "\u2e80" else (0.74, 0.03)
    return (x0, max(y0, base - above * size), x1, min(y1, base + below * size))


def _is_gap(c: str) -> bool:
    """White space, and characters without a shape; soft hyphens and private-use characters are kept."""
    return (
        c.isspace()
        or c in "\u200b\ufeff"
        or (not c.isprintable() and unicodedata.category(c) != "Co" and c != "\u00ad")
    )
