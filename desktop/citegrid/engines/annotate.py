"""A copy of a PDF with highlights that other readers show: real annotations, each with its text; the source is only read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pymupdf

from citegrid.core.annotation import Highlight
from citegrid.core.document import Box
from citegrid.core.errors import InputError, PasswordNeeded
from citegrid.core.messages import Message
from citegrid.engines.pdf import LOCK
from citegrid.ports import NEVER, SILENT, Cancel, Progress

#: Colours as red, green, blue from 0 to 1: proved words, and words beside a statement that they do not carry.
_PROVED, _DOUBTED = (1.0, 0.86, 0.35), (1.0, 0.67, 0.42)
#: The colours of what a person marked themselves.
_INKS = {"yellow": (1.0, 0.95, 0.45), "green": (0.68, 0.92, 0.62), "blue": (0.64, 0.83, 1.0), "pink": (1.0, 0.72, 0.82)}
_AUTHOR = "CiteGrid"


def annotate(
    data: bytes,
    name: str,
    highlights: Sequence[Highlight],
    password: str = "",
    *,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> bytes:
    """The PDF ``data`` with ``highlights`` on its words; an encrypted one stays encrypted.

    Raises ``PasswordNeeded`` or ``InputError`` naming the file (``name``).
    """
    document: Any = None
    try:
        with LOCK:
            document = pymupdf.open(stream=data, filetype="pdf")
            if document.needs_pass and not document.authenticate(password):
                raise PasswordNeeded(Message("{name} is encrypted.", name=name), "Give its password (--password).")
            by_page = _by_page(highlights, document.page_count)
        for done, (number, here) in enumerate(by_page, 1):
            cancel.check()
            progress.report("Exporting", done, len(by_page), name)
            with LOCK:
                page = document.load_page(number - 1)
                for highlight in here:
                    _add(page, [b for b in highlight.boxes if b.page == number], highlight)
        with LOCK:
            return bytes(document.tobytes(deflate=True, encryption=pymupdf.PDF_ENCRYPT_KEEP))
    except (RuntimeError, ValueError) as fault:  # MuPDF's own errors are RuntimeErrors
        raise InputError(
            Message("{name} cannot be annotated ({reason}).", name=name, reason=fault),
            "Print it to a new PDF and use that.",
        ) from fault
    finally:
        if document is not None:
            with LOCK:
                document.close()


def _by_page(highlights: Sequence[Highlight], pages: int) -> list[tuple[int, list[Highlight]]]:
    """The highlights of each page that has some, in the order of the pages."""
    found: dict[int, list[Highlight]] = {}
    for highlight in highlights:
        for number in sorted({b.page for b in highlight.boxes if 1 <= b.page <= pages}):
            found.setdefault(number, []).append(highlight)
    return sorted(found.items())


def _add(page: Any, boxes: Sequence[Box], highlight: Highlight) -> None:
    # boxes are on the page as shown; annotations are in its unturned coordinates
    rects = [pymupdf.Rect(b.x0, b.y0, b.x1, b.y1) * page.derotation_matrix for b in boxes]
    note = page.add_highlight_annot([r.quad for r in rects if not r.is_empty] or rects)
    note.set_colors(stroke=_INKS.get(highlight.ink) or (_PROVED if highlight.proved else _DOUBTED))
    note.set_info(title=_AUTHOR, subject=highlight.title, content=highlight.text)
    note.update()
