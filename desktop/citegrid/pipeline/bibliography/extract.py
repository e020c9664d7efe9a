"""The reference list: where it is, where each entry begins and ends, and what it names.

An entry begins where its label does (``[12]``, ``12.``, ``[Smi+20]``), judged
by the sequence of the labels; without labels where the hanging indent does, or
else where a new paragraph or a new list of authors begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.document import Block, BlockKind, Box, Document, Page, Span, boxes_of
from citegrid.core.reference import Reference
from citegrid.core.text import join_lines, weight
from citegrid.pipeline.bibliography.entry.line_fields import full_lines, is_by_lines, parse_lines, without_label
from citegrid.pipeline.bibliography.entry.parse import Fields, parse_entry
from citegrid.pipeline.bibliography.lines import YEAR, Line, italics_of
from citegrid.pipeline.bibliography.locate import find_lists
from citegrid.pipeline.bibliography.segment import split_entries

#: Letters and digits an entry has at least (see ``weight``); less is a stray page number or a heading.
SHORTEST = 18

#: "———. 2019.", "——, “Title”", "Ders.:": the authors of the entry above.
_SAME_AUTHORS = re.compile(
    r"(?:(?:[—–―_]\s?){2,}|—|-{3,}|(?:[Ii]dem|[Dd]ers\.|[Dd]ies\.)(?=[,.:\s]))\s*\.?(?=[\s,.:(;“])"
)


def find_references(document: Document) -> tuple[Reference, ...]:
    """Every entry of every reference list, in order; ``mentions`` are empty.  No list gives an empty tuple."""
    result: list[Reference] = []
    cut = [(found, split_entries(found)) for found in find_lists(document)]
    sound = [(found, entries) for found, entries in cut if _is_sound(entries)]
    for found, entries in sound or cut:
        by_lines = is_by_lines([[line.text for line in lines] for _, lines in entries])
        widest = max((line.x1 for line in found.lines), default=0.0)
        for label, lines in entries:
            reference = _reference(document, f"r{len(result) + 1}", label, lines)
            if reference is not None and by_lines:
                reference = _by_lines(reference, lines, widest)
            if reference is not None:
                result.append(_with_authors_above(reference, result))
    return tuple(result)


def _is_sound(entries: Sequence[tuple[str, Sequence[Line]]]) -> bool:
    """Whether these look like works rather than, say, the column of a table that is headed “References”."""
    texts = [" ".join(line.text for line in lines) for _, lines in entries]
    told = sum(bool(YEAR.search(text) or "http" in text or "doi" in text.casefold()) for text in texts)
    letters = sorted(map(weight, texts))
    return bool(texts) and 3 * told >= len(texts) and letters[len(letters) // 2] >= SHORTEST


def mark_entries(document: Document, references: Sequence[Reference]) -> Document:
    """``document`` with the characters of its reference lists in blocks of kind ENTRY; blocks are split where needed."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for reference in references:
        for span in reference.spans:
            taken.setdefault(span.page, []).append((span.start, span.end))
    pages = tuple(
        _renumbered(page, _marked(page, sorted(taken[page.number]))) if page.number in taken else page
        for page in document.pages
    )
    return replace(document, pages=pages)


def _reference(document: Document, name: str, label: str, lines: Sequence[Line]) -> Reference | None:
    spans: list[Span] = []
    for line in lines:
        last = spans[-1] if spans else None
        if last is not None and last.page == line.page and 0 <= line.start - last.end <= 2:
            spans[-1] = Span(last.page, last.start, line.end)
        else:
            spans.append(Span(line.page, line.start, line.end))
    printed = "\n".join(document.page(s.page).text[s.start : s.end] for s in spans).strip()
    raw = join_lines(printed)
    if weight(raw) < SHORTEST:
        return None
    boxes: list[Box] = []
    for span in spans:
        boxes.extend(boxes_of(document.page(span.page), span.start, span.end))
    body = printed[len(label) :] if label and printed.startswith(label) else printed
    fields = parse_entry(body, _italic(document, spans))
    return Reference(
        name,
        label,
        raw,
        spans[0].page,
        tuple(boxes),
        tuple(spans),
        fields.authors,
        fields.title,
        fields.year,
        fields.venue,
        fields.doi,
        fields.arxiv,
        fields.url,
    )


def _by_lines(reference: Reference, lines: Sequence[Line], widest: float) -> Reference:
    """``reference`` with its fields as its lines part them."""
    texts = without_label([line.text for line in lines], reference.label)
    full = full_lines(texts, [line.x0 for line in lines], [line.x1 for line in lines], widest)
    kept = [i for i, text in enumerate(texts) if text]
    fields = Fields(reference.authors, reference.title, reference.year, reference.venue)
    fields = parse_lines([texts[i] for i in kept], [full[i] for i in kept], [lines[i].bold for i in kept], fields)
    return replace(reference, authors=fields.authors, title=fields.title, year=fields.year, venue=fields.venue)


def _with_authors_above(reference: Reference, above: Sequence[Reference]) -> Reference:
    """``reference`` with the authors of the entry above where a dash or a word stands for them."""
    body = reference.raw.removeprefix(reference.label).strip()
    if not above or not (same := _SAME_AUTHORS.match(body)):
        return reference
    fields = parse_entry(f"Same, A.{body[same.end() :]}")
    return replace(
        reference, authors=above[-1].authors, title=fields.title or reference.title, year=reference.year or fields.year
    )


def _italic(document: Document, spans: Sequence[Span]) -> str:
    """The first run of words in italics, as a hint: the venue, or the title of a book."""
    texts = italics_of(document, spans)
    return next((t for t in texts if len(t) > 5 and t.casefold().strip(" .,") not in ("et al", "in", "and")), "")


def _marked(page: Page, taken: Sequence[tuple[int, int]]) -> tuple[Block, ...]:
    """Blocks in the old order; the part of a block that lies in the list becomes a block of its own."""
    result: list[Block] = []

    def add(block: Block, start: int, end: int, kind: BlockKind) -> None:
        if page.text[start:end].strip():
            boxes = boxes_of(page, start, end)
            box = (
                Box(
                    page.number,
                    min(b.x0 for b in boxes),
                    min(b.y0 for b in boxes),
                    max(b.x1 for b in boxes),
                    max(b.y1 for b in boxes),
                )
                if boxes
                else block.box
            )
            result.append(replace(block, index=len(result), kind=kind, start=start, end=end, box=box))

    for block in page.blocks:
        inside = [(max(a, block.start), min(b, block.end)) for a, b in taken if a < block.end and b > block.start]
        if not inside:
            result.append(replace(block, index=len(result)))
            continue
        at = block.start
        for start, end in inside:
            if page.text[at:start].strip():
                add(block, at, start, block.kind)
            add(block, start, end, BlockKind.ENTRY)
            at = end
        if page.text[at : block.end].strip():
            add(block, at, block.end, block.kind)
    return tuple(result)


def _renumbered(page: Page, blocks: tuple[Block, ...]) -> Page:
    """``page`` with ``blocks``, and with words that know the number of their new block: text after a list keeps its lines."""
    starts = [block.start for block in sorted(blocks, key=lambda b: b.start)]
    order = [block.index for block in sorted(blocks, key=lambda b: b.start)]
    words = tuple(replace(w, block=order[max(0, bisect_right(starts, w.start) - 1)]) for w in page.words)
    return replace(page, blocks=blocks, words=words)
