"""The texts of a paper that may cite, in one form of their characters, and each citation's place in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.document import BlockKind, Document, Page, Span, Word
from citegrid.core.reference import Reference
from citegrid.core.text import join_lines
from citegrid.pipeline.document.layout.text_chain import chained
from citegrid.pipeline.document.layout.text_flow import Flow, Piece

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
    return any(c.start < end and start < c.end for c in citations)


def merged(citations: Sequence[InTextCitation], more: Sequence[InTextCitation]) -> list[InTextCitation]:
    """``citations`` and those of ``more`` that stand at none of them, in reading order."""
    kept = [c for c in more if not overlaps(c.start, c.end, citations)]
    return sorted([*citations, *kept], key=lambda c: c.start)


def citing_texts(document: Document, references: Sequence[Reference]) -> tuple[CitingText, ...]:
    """Running text, captions, footnotes, tables and headings in reading order; the entries themselves are left out."""
    entries = _entries_by_page(document, references)
    raised = {page.number: _raised(page) for page in document.pages}
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
                yield Flow(text, section, (Piece(0, page.number, block.start, len(text)),))


def _citing_text(
    flow: Flow, entries: dict[int, list[Span]], raised: dict[int, list[tuple[int, int]]]
) -> CitingText | None:
    text = flow.text
    runs: list[tuple[int, int]] = []
    for piece in flow.pieces:
        last = piece.at + piece.length
        for span in entries.get(piece.page, ()):
            a, b = max(span.start, piece.at), min(span.end, last)
            if a < b:
                a, b = a - piece.at + piece.start, b - piece.at + piece.start
                text = text[:a] + "\n" * (b - a) + text[b:]
        for a, b in raised.get(piece.page, ()):
            if piece.at <= a and b <= last:
                runs.append((a - piece.at + piece.start, b - piece.at + piece.start))
    if not text.strip():
        return None
    plain = text.translate(PLAIN)
    runs += [(i, i + 1) for i, c in enumerate(plain) if c in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"]
    return CitingText(flow, plain.translate(_SUPERSCRIPTS), tuple(_chained(sorted(runs), plain)))


def _raised(page: Page) -> list[tuple[int, int]]:
    """Superscript words: by their style, or because they are smaller and stand higher than the word before them."""
    found = []
    before: Word | None = None
    for word, following in zip(page.words, (*page.words[1:], None), strict=False):
        alone = following is None or following.line != word.line
        if word.raised or (
            before is not None and (_stands_higher(word, before) or (alone and _has_no_room(word, before)))
        ):
            found.append((word.start, word.end))
        else:
            before = word
    return found


def _stands_higher(word: Word, before: Word) -> bool:
    if word.line != before.line or word.size > 0.85 * before.size or not word.text[0].isdigit():
        return False
    return word.box.y1 < before.box.y1 - 0.2 * before.size and word.box.x0 - before.box.x1 < 8 * before.size


def _has_no_room(word: Word, before: Word) -> bool:
    """Whether a lone small number begins the line below the paragraph that it belongs to."""
    below = word.block == before.block and word.line != before.line
    return below and word.size < 0.85 * before.size and word.text.strip("[]()［］（）")[:1].isdigit()


def _chained(runs: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Raised words that follow each other, also over a line's end after a comma or a dash, are one run."""
    result: list[tuple[int, int]] = []
    for a, b in runs:
        if result:
            between = text[result[-1][1] : a]
            open_ended = text[result[-1][1] - 1] in ",-;" or text[a] in ",-;"
            if between.strip() == "" and (not between or open_ended):
                result[-1] = (result[-1][0], b)
                continue
        result.append((a, b))
    return result
