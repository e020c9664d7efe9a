"""The texts of a paper that may cite, in one form of their characters, and each citation's place in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.document import BlockKind, Box, Document, Span, boxes_of
from citegrid.core.language.text import join_lines, overlap
from citegrid.core.reference import Reference
from citegrid.pipeline.citations.superscripts import joined_runs, superscripts_of
from citegrid.pipeline.document.layout.text_chain import chained
from citegrid.pipeline.document.layout.text_flow import Flow, FlowPart

#: Characters that say the same in another form; one for one, so that places stay.
_FORMS = {
    **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("‐‑‒–—−－～~\u00ad", "-"),
    **dict.fromkeys("【〔〖", "["),
    **dict.fromkeys("】〕〗", "]"),
    **dict.fromkeys("’‘`´ʼ", "'"),
    "、": ",",
    "\u00a0": " ",
}
#: A text and a label are held against each other in this form.
PLAIN = str.maketrans(_FORMS)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
#: Text that is set around the running text but may cite.
_ASIDE = {BlockKind.CAPTION, BlockKind.FOOTNOTE, BlockKind.TABLE, BlockKind.HEADING}


@dataclass(frozen=True, slots=True)
class CitingText:
    """A text to search: ``plain`` is ``flow.text`` with full-width forms and dashes in ASCII, one for one.

    ``raised`` are the runs of superscript characters, ``(start, end)`` each.
    """

    flow: Flow
    plain: str
    raised: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class InTextCitation:
    """One citation of one reference: characters ``start`` to ``end`` of a text.

    ``group`` is where its bracket (or superscript, or narrative) begins, ``group_end`` where that ends.
    """

    start: int
    end: int
    reference: int
    group: int
    group_end: int
    narrative: bool = False
    numbered: bool = False


def overlaps(start: int, end: int, citations: Iterable[InTextCitation]) -> bool:
    """Whether one of ``citations`` stands within characters ``start`` to ``end``."""
    return any(overlap((c.start, c.end), (start, end)) for c in citations)


def merged(citations: Sequence[InTextCitation], more: Sequence[InTextCitation]) -> list[InTextCitation]:
    """``citations`` and those of ``more`` that stand at none of them, in reading order."""
    kept = [c for c in more if not overlaps(c.start, c.end, citations)]
    return sorted([*citations, *kept], key=lambda c: c.start)


def boxes_of_spans(document: Document, spans: Iterable[Span]) -> tuple[Box, ...]:
    """The places of the characters of ``spans``, one for each line."""
    return tuple(box for span in spans for box in boxes_of(document.page(span.page), span.start, span.end))


def citing_texts(document: Document, references: Sequence[Reference]) -> tuple[CitingText, ...]:
    """Running text, captions, footnotes, tables and headings in reading order; the entries themselves are left out."""
    entries = _entries_by_page(document, references)
    raised = {page.number: list(superscripts_of(page)) for page in document.pages}
    running = chained(document)
    found = [*running, *_asides(document, {(p.page, p.at) for flow in running for p in flow.pieces})]
    result = [text for flow in found if (text := _citing_text(flow, entries, raised)) is not None]
    result.sort(key=lambda text: (text.flow.pieces[0].page, text.flow.pieces[0].at))
    return tuple(result)


def _entries_by_page(document: Document, references: Sequence[Reference]) -> dict[int, list[Span]]:
    """The characters of all entries, page by page."""
    of_references = [span for reference in references for span in reference.spans]
    of_blocks = [
        Span(page.number, block.start, block.end)
        for page in document.pages
        for block in page.blocks
        if block.kind is BlockKind.ENTRY
    ]
    entries: dict[int, list[Span]] = {}
    for span in (*of_references, *of_blocks):
        entries.setdefault(span.page, []).append(span)
    return entries


def _asides(document: Document, taken: Collection[tuple[int, int]]) -> Iterator[Flow]:
    section = ""
    for page in document.pages:
        for block in page.blocks:
            text = page.text[block.start : block.end]
            if block.kind is BlockKind.HEADING:
                section = join_lines(text)
            if block.kind in _ASIDE and (page.number, block.start) not in taken:
                yield Flow(text, section, (FlowPart(0, page.number, block.start, len(text)),))


def _citing_text(
    flow: Flow, entries: dict[int, list[Span]], raised: dict[int, list[tuple[int, int]]]
) -> CitingText | None:
    """The text of ``flow`` without the entries that stand in it; None where nothing is left."""
    text = flow.text
    for start, end in _hidden(flow, entries):
        text = text[:start] + "\n" * (end - start) + text[end:]
    if not text.strip():
        return None
    plain = text.translate(PLAIN)
    runs = [(at, at + 1) for at, char in enumerate(plain) if ord(char) in _SUPERSCRIPTS]
    for piece in flow.pieces:
        shift, last = piece.start - piece.at, piece.at + piece.length
        runs += [(a + shift, b + shift) for a, b in raised.get(piece.page, ()) if piece.at <= a and b <= last]
    return CitingText(flow, plain.translate(_SUPERSCRIPTS), tuple(joined_runs(runs, plain)))


def _hidden(flow: Flow, entries: dict[int, list[Span]]) -> Iterator[tuple[int, int]]:
    """Where parts of entries stand in a flow."""
    for piece in flow.pieces:
        shift = piece.start - piece.at
        for span in entries.get(piece.page, ()):
            start, end = max(span.start, piece.at), min(span.end, piece.at + piece.length)
            if start < end:
                yield start + shift, end + shift
