"""Reading a document: pages in reading order with labels, OCR where there is no sound text, title, authors and year."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from enum import Enum

from citegrid.core.document import Document, Page
from citegrid.core.errors import OcrError
from citegrid.core.messages import Message
from citegrid.pipeline.document.layout.reading_order import arranged
from citegrid.pipeline.document.metadata.front import front_of
from citegrid.pipeline.document.ocr_page import Turn, as_shown, page_of
from citegrid.pipeline.document.page_labels import labelled
from citegrid.pipeline.document.text_layer import Flaw, flaw_of, is_seen, stamped
from citegrid.ports import NEVER, SILENT, Cancel, OcrEngine, PageSource, Pixels, Progress

#: Pixels a point for OCR: 200 dpi.
OCR_SCALE = 200 / 72
NO_TEXT = Message("no text was found on any page.")
OCR_FAILED = Message("the OCR failed.")
#: A page read by OCR and how its text is turned; None for a page that needs no reading; or what went wrong.
Seen = tuple[Page, Turn] | None | OcrError
#: So many pages are named in a warning.
_MOST_NAMED = 12


class OcrOutcome(Enum):
    """What became of a page without a sound text layer; the values are the words of the warning ("page 3 has no text layer and was …")."""

    READ = Message("read by OCR")
    NO_OCR = Message("not read (no OCR)")
    FAILED = Message("not read (the OCR failed)")


@dataclass(slots=True)
class _PagesRead:
    """The pages of a document while they are read, and what happened to those without a sound text layer."""

    pages: list[Page]
    turns: dict[int, Turn] = field(default_factory=dict)
    outcomes: dict[int, tuple[Flaw, OcrOutcome]] = field(default_factory=dict)

    def settle(self, number: int, flaw: Flaw, found: Seen, without: OcrOutcome) -> None:
        """Take over what OCR found on a page; ``without`` is the outcome where it found nothing."""
        layer = self.pages[number - 1]
        if isinstance(found, OcrError):
            self.outcomes[number] = (flaw, without)
            return
        if found is None or (flaw in (Flaw.NO_WORDS, Flaw.STAMP) and is_seen(layer, found[0])):
            return
        self.outcomes[number] = (flaw, OcrOutcome.READ)
        if found[0].words or not layer.words:
            self.pages[number - 1], self.turns[number] = found

    def shown(self, page: Page) -> Page:
        """An upright page as the file shows it."""
        return as_shown(page, self.turns[page.number]) if page.number in self.turns else page


def read_document(
    source: PageSource, ocr: OcrEngine | None, *, progress: Progress = SILENT, cancel: Cancel = NEVER
) -> Document:
    """Every page of ``source`` in reading order.

    Pages without a sound text layer are read by ``ocr``, several at a time; without it, or where it fails, they stay
    as they are.  ``warnings`` say which pages these are and why.
    """
    pages, flaws = _layers(source, progress, cancel)
    reading = _PagesRead(pages)
    seen = _by_ocr(source, [pages[n - 1] for n in flaws], ocr, progress, cancel) if ocr is not None else {}
    for number, flaw in flaws.items():
        found = seen.get(number, OcrError("no OCR"))
        reading.settle(number, flaw, found, OcrOutcome.NO_OCR if ocr is None else OcrOutcome.FAILED)
    progress.report("Reading pages", source.page_count, source.page_count)
    upright = arranged(labelled(reading.pages))
    front = front_of(upright, source.metadata)
    return Document(
        source.name,
        source.sha256,
        tuple(map(reading.shown, upright)),
        front.title,
        front.authors,
        front.year,
        _warnings(reading),
    )


def _layers(source: PageSource, progress: Progress, cancel: Cancel) -> tuple[list[Page], dict[int, Flaw]]:
    """The pages as the file has them, and what is wrong with the text of some; raises ``Cancelled``."""
    pages: list[Page] = []
    flaws: dict[int, Flaw] = {}
    for number in range(1, source.page_count + 1):
        cancel.check()
        progress.report("Reading pages", number - 1 - len(flaws), source.page_count)
        pages.append(source.page(number))
        flaw = flaw_of(pages[-1])
        if flaw is not None:
            flaws[number] = flaw
    return pages, stamped(pages) | flaws


def _by_ocr(
    source: PageSource, pages: Sequence[Page], ocr: OcrEngine, progress: Progress, cancel: Cancel
) -> dict[int, Seen]:
    """What was seen on each of ``pages``, by page number; raises ``Cancelled``."""
    seen: dict[int, Seen] = {}
    if not pages:
        return seen
    sound = source.page_count - len(pages)
    progress.report("Reading pages", sound, source.page_count, "by OCR")
    with ThreadPoolExecutor(max(1, ocr.workers), thread_name_prefix="ocr") as threads:
        asked = {threads.submit(_look, source, page, ocr, cancel): page.number for page in pages}
        try:
            for done in as_completed(asked):
                seen[asked[done]] = done.result()
                progress.report("Reading pages", sound + len(seen), source.page_count, "by OCR")
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return seen


def _look(source: PageSource, page: Page, ocr: OcrEngine, cancel: Cancel) -> Seen:
    """What OCR sees on one page."""
    cancel.check()
    pixels = source.render(page.number, OCR_SCALE)
    if not page.words and _is_blank(pixels):
        return None
    try:
        lines = ocr.read(pixels, cancel=cancel)
    except OcrError as error:
        return error
    return page_of(page, lines, pixels.width / page.width if page.width else OCR_SCALE)


def _warnings(reading: _PagesRead) -> tuple[str, ...]:
    """Which pages were read by OCR, or should have been, and why: one sentence for each reason."""
    outcomes = reading.outcomes
    if outcomes and not any(page.words for page in reading.pages):
        failed = any(outcome is OcrOutcome.FAILED for _, outcome in outcomes.values())
        return (NO_TEXT, OCR_FAILED) if failed else (NO_TEXT,)
    reasons = dict.fromkeys(outcomes.values())
    return tuple(warning_of(*reason, [n for n, one in outcomes.items() if one == reason]) for reason in reasons)


def warning_of(flaw: Flaw, outcome: OcrOutcome, numbers: Sequence[int]) -> Message:
    """The sentence about pages with the same flaw and outcome."""
    named = ", ".join(map(str, numbers[:_MOST_NAMED])) + (" …" if len(numbers) > _MOST_NAMED else "")
    if len(numbers) == 1:
        return Message(
            "page {pages} has {flaw} and was {outcome}.", pages=named, flaw=flaw.value, outcome=outcome.value
        )
    return Message("pages {pages} have {flaw} and were {outcome}.", pages=named, flaw=flaw.value, outcome=outcome.value)


def _is_blank(pixels: Pixels) -> bool:
    """Whether all pixels have one value: a page without ink, which nobody needs to read."""
    return pixels.data.count(pixels.data[:1]) == len(pixels.data)
