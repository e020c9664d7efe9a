"""Reading a document: pages in reading order with labels, OCR where there is no sound text, title, authors and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from citegrid.core.document import Document, Page
from citegrid.core.errors import OcrError
from citegrid.pipeline.document.layout.reading_order import arranged
from citegrid.pipeline.document.metadata.front import front_of
from citegrid.pipeline.document.ocr_page import Turn, as_shown, page_of
from citegrid.pipeline.document.page_labels import labelled
from citegrid.pipeline.document.text_layer import Flaw, flaw_of, is_seen
from citegrid.ports import NEVER, SILENT, Cancel, OcrEngine, PageSource, Pixels, Progress

#: Pixels a point for OCR: 200 dpi.
OCR_SCALE = 200 / 72
#: A page read by OCR and how its text is turned; None for a page that needs no reading; or what went wrong.
Seen = tuple[Page, Turn] | None | OcrError


def read_document(
    source: PageSource, ocr: OcrEngine | None, *, progress: Progress = SILENT, cancel: Cancel = NEVER
) -> Document:
    """Every page of ``source`` in reading order.

    Pages without a sound text layer are read by ``ocr``, several at a time; without it, or where it fails, they stay
    as they are.  ``warnings`` say which pages these are and why.
    """
    pages: list[Page] = []
    flaws: dict[int, Flaw] = {}
    for number in range(1, source.page_count + 1):
        cancel.check()
        progress.report("Reading pages", number - 1 - len(flaws), source.page_count)
        pages.append(source.page(number))
        flaw = flaw_of(pages[-1])
        if flaw is not None:
            flaws[number] = flaw
    seen = _by_ocr(source, [pages[n - 1] for n in flaws], ocr, progress, cancel) if ocr is not None else {}
    turns: dict[int, Turn] = {}
    outcome: dict[int, tuple[Flaw, str]] = {}
    for number, flaw in flaws.items():
        found = seen.get(number, OcrError("no OCR"))
        layer = pages[number - 1]
        if found is None or (flaw is Flaw.NO_WORDS and not isinstance(found, OcrError) and is_seen(layer, found[0])):
            continue
        if isinstance(found, OcrError):
            outcome[number] = (flaw, "not read (no OCR)" if ocr is None else "not read (the OCR failed)")
            continue
        outcome[number] = (flaw, "read by OCR")
        if found[0].words or not layer.words:
            pages[number - 1], turns[number] = found
    progress.report("Reading pages", source.page_count, source.page_count)
    upright = arranged(labelled(pages))
    front = front_of(upright, source.metadata)
    shown = tuple(as_shown(page, turns[page.number]) if page.number in turns else page for page in upright)
    return Document(
        source.name, source.sha256, shown, front.title, front.authors, front.year, _warnings(outcome, pages)
    )


def _by_ocr(
    source: PageSource, pages: Sequence[Page], ocr: OcrEngine, progress: Progress, cancel: Cancel
) -> dict[int, Seen]:
    """What was seen on each of ``pages``, by page number; raises ``Cancelled``."""

    def look(page: Page) -> Seen:
        cancel.check()
        pixels = source.render(page.number, OCR_SCALE)
        if not page.words and _is_blank(pixels):
            return None
        try:
            lines = ocr.read(pixels, cancel=cancel)
        except OcrError as error:
            return error
        return page_of(page, lines, pixels.width / page.width if page.width else OCR_SCALE)

    seen: dict[int, Seen] = {}
    if not pages:
        return seen
    sound = source.page_count - len(pages)
    progress.report("Reading pages", sound, source.page_count, "by OCR")
    with ThreadPoolExecutor(max(1, ocr.workers), thread_name_prefix="ocr") as threads:
        asked = {threads.submit(look, page): page.number for page in pages}
        try:
            for done in as_completed(asked):
                seen[asked[done]] = done.result()
                progress.report("Reading pages", sound + len(seen), source.page_count, "by OCR")
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    return seen


def _warnings(outcome: Mapping[int, tuple[Flaw, str]], pages: Sequence[Page]) -> tuple[str, ...]:
    """Which pages were read by OCR, or should have been, and why: one sentence for each reason."""
    if outcome and not any(page.words for page in pages):
        failed = any(how.endswith("failed)") for _, how in outcome.values())
        return ("no text was found on any page.", *(("the OCR failed.",) if failed else ()))
    warnings = []
    for flaw, how in dict.fromkeys(outcome.values()):
        numbers = [number for number, one in outcome.items() if one == (flaw, how)]
        shown = ", ".join(map(str, numbers[:12])) + (" …" if len(numbers) > 12 else "")
        what, have, were = ("page", "has", "was") if len(numbers) == 1 else ("pages", "have", "were")
        warnings.append(f"{what} {shown} {have} {flaw.value} and {were} {how}.")
    return tuple(warnings)


def _is_blank(pixels: Pixels) -> bool:
    """Whether all pixels have one value: a page without ink, which nobody needs to read."""
    return pixels.data.count(pixels.data[:1]) == len(pixels.data)
