"""Reading a document: pages in reading order with labels, OCR where there is no text, title, authors and year."""

from __future__ import annotations

from dataclasses import replace

from citegrid.core.document import Block, BlockKind, Box, Document, Page, TextFrom, Word
from citegrid.pipeline.front import authors_of, title_of, year_of
from citegrid.pipeline.labels import labelled
from citegrid.pipeline.layout import arranged
from citegrid.ports import NEVER, SILENT, Cancel, OcrEngine, OcrLine, PageSource, Pixels, Progress

#: Pixels a point for OCR: 200 dpi.
OCR_SCALE = 200 / 72
#: A page with fewer letters than this has no text layer worth the name.
FEWEST_LETTERS = 25
#: Share of characters without a meaning from which a text layer is garbage.
MOST_GARBAGE = 0.15


def read_document(
    source: PageSource, ocr: OcrEngine | None, *, progress: Progress = SILENT, cancel: Cancel = NEVER
) -> Document:
    """Every page of ``source`` in reading order.

    Pages without a sound text layer are read by ``ocr``; without it they stay empty and a warning says so.
    """
    pages: list[Page] = []
    warnings: list[str] = []
    read_by_eye: list[int] = []
    for number in range(1, source.page_count + 1):
        cancel.check()
        progress.report("Reading pages", number - 1, source.page_count)
        page = source.page(number)
        if _needs_ocr(page):
            if ocr is not None:
                progress.report("Reading pages", number - 1, source.page_count, "by OCR")
                pixels = source.render(number, OCR_SCALE)
                if not page.words and _is_blank(pixels):
                    pages.append(page)
                    continue
                seen = _by_ocr(page, pixels, ocr, cancel)
                if seen.words or not page.words:
                    page = seen
            read_by_eye.append(number)
        pages.append(page)
    progress.report("Reading pages", source.page_count, source.page_count)
    if read_by_eye and not any(p.words for p in pages):
        warnings.append("no text was found on any page.")
    elif read_by_eye:
        shown = ", ".join(map(str, read_by_eye[:12])) + (" …" if len(read_by_eye) > 12 else "")
        how = "read by OCR" if ocr is not None else "not read (no OCR)"
        pages_, have = ("page", "has") if len(read_by_eye) == 1 else ("pages", "have")
        verb = "was" if len(read_by_eye) == 1 else "were"
        warnings.append(f"{pages_} {shown} {have} no sound text layer and {verb} {how}.")
    ordered = arranged(labelled(pages))
    title = title_of(ordered, source.metadata)
    return Document(
        source.name,
        source.sha256,
        ordered,
        title,
        authors_of(ordered, title, source.metadata),
        year_of(ordered, source.metadata),
        tuple(warnings),
    )


def _needs_ocr(page: Page) -> bool:
    text = page.text
    letters = sum(c.isalnum() for c in text)
    if letters < FEWEST_LETTERS:
        return True
    garbage = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or (ord(c) < 32 and not c.isspace()) for c in text)
    return garbage > MOST_GARBAGE * len(text)


def _is_blank(pixels: Pixels) -> bool:
    """Whether all pixels have one value: a page without ink, which nobody needs to read."""
    return pixels.data.count(pixels.data[:1]) == len(pixels.data)


def _by_ocr(page: Page, pixels: Pixels, ocr: OcrEngine, cancel: Cancel) -> Page:
    scale = pixels.width / page.width if page.width else OCR_SCALE
    words: list[Word] = []
    text: list[str] = []
    at = 0
    for index, line in enumerate(ocr.read(pixels, cancel=cancel)):
        words += _words(line, page.number, at, index, scale)
        end = words[-1].end if words and words[-1].line == index else at
        text.append(line.text)
        at = end + 1
    joined = "\n".join(text) + "\n" if text else ""
    box = Box(page.number, 0, 0, page.width, page.height)
    blocks = (Block(0, BlockKind.BODY, 0, max(len(joined) - 1, 0), box),) if words else ()
    return replace(page, text=joined, words=tuple(words), blocks=blocks, text_from=TextFrom.OCR)


def _words(line: OcrLine, page: int, at: int, index: int, scale: float) -> list[Word]:
    """The words of a line that OCR read; each character gets its share of the line's width."""
    xs, ys = [x / scale for x, _ in line.corners], [y / scale for _, y in line.corners]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    step = (right - left) / max(len(line.text), 1)
    words = []
    start = 0
    for part in line.text.split(" "):
        if part:
            edges = tuple(left + step * (start + i) for i in range(len(part) + 1))
            box = Box(page, edges[0], top, edges[-1], bottom)
            words.append(
                Word(
                    part,
                    at + start,
                    at + start + len(part),
                    box,
                    index,
                    index,
                    round(0.8 * (bottom - top), 1),
                    edges=edges,
                )
            )
        start += len(part) + 1
    return words
