"""Citation hyperlinks of a PDF as hints: which entry the typesetter meant at a place of the text.

A hint never speaks alone: it decides between entries that the text allows,
and adds a citation only where the text names the entry's number, year or author.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citegrid.core.document import Document, Page
from citegrid.core.reference import Reference
from citegrid.pipeline.citations.keys import EntryNames, Names, keys_of
from citegrid.pipeline.citations.text_spans import Part, Stretch
from citegrid.ports import Link

#: An entry begins at most this far above or below the point that its link leads to, in points.
_ABOVE, _BELOW = 16.0, 34.0
#: An entry and the point in its column are at most this far apart sideways, in points.
_ASIDE = 70.0


@dataclass(frozen=True, slots=True)
class Hint:
    """Characters ``start`` to ``end`` of a stretch are linked to an entry."""

    start: int
    end: int
    reference: int


def hints_of(
    document: Document, references: Sequence[Reference], texts: Sequence[Stretch], links: Sequence[Link]
) -> list[list[Hint]]:
    """The hints of each text, in reading order; links of one citation to one entry are one hint."""
    hints: list[list[Hint]] = [[] for _ in texts]
    for link in links:
        entry = _entry_at(references, link)
        if entry is None or not 1 <= link.page <= len(document.pages):
            continue
        characters = _characters(document.page(link.page), link.box)
        if characters is None:
            continue
        for text, of_text in zip(texts, hints, strict=True):
            start = text.flow.position(link.page, characters[0])
            end = text.flow.position(link.page, characters[1] - 1)
            if start is not None and end is not None and start <= end:
                of_text.append(Hint(start, end + 1, entry))
                break
    return [_joined(sorted(h, key=lambda x: (x.start, x.end)), t.plain) for h, t in zip(hints, texts, strict=True)]


def _entry_at(references: Sequence[Reference], link: Link) -> int | None:
    """The entry that begins nearest to where ``link`` leads."""
    best: tuple[float, int] | None = None
    for i, reference in enumerate(references):
        if reference.page != link.to_page or not reference.boxes:
            continue
        box = reference.boxes[0]
        if link.to_x > 5 and abs(box.x0 - link.to_x) > _ASIDE:
            continue
        if -_ABOVE <= box.y0 - link.to_y <= _BELOW:
            distance = abs(box.y0 - link.to_y)
            if best is None or distance < best[0]:
                best = (distance, i)
    return best[1] if best else None


def _characters(page: Page, box: tuple[float, float, float, float]) -> tuple[int, int] | None:
    """First and last + 1 character of ``page`` whose middle lies in ``box``."""
    x0, y0, x1, y1 = box
    found: list[int] = []
    for word in page.words:
        middle = (word.box.y0 + word.box.y1) / 2
        if not (y0 <= middle <= y1) or word.box.x1 < x0 or word.box.x0 > x1:
            continue
        edges = word.edges
        if len(edges) != len(word.text) + 1:
            found += [word.start, word.end - 1]
            continue
        found += [
            word.start + i for i in range(len(word.text)) if x0 - 0.5 <= (edges[i] + edges[i + 1]) / 2 <= x1 + 0.5
        ]
    return (min(found), max(found) + 1) if found else None


def _joined(hints: Sequence[Hint], text: str) -> list[Hint]:
    result: list[Hint] = []
    for hint in hints:
        last = result[-1] if result else None
        if last and last.reference == hint.reference and re.fullmatch(r"[\s,.(\[-]*", text[last.end : hint.start]):
            result[-1] = replace(last, end=max(last.end, hint.end))
        else:
            result.append(hint)
    return result


def with_hints(
    text: Stretch, parts: Sequence[Part], hints: Sequence[Hint], references: Sequence[Reference], names: Names
) -> list[Part]:
    """``parts`` with the hints' word where several lists use one number, and with what only the links show."""
    result = []
    for part in parts:
        hint = next((h for h in hints if h.start < part.end and part.start < h.end), None)
        if hint and part.numbered and references[hint.reference].label == references[part.reference].label:
            part = replace(part, reference=hint.reference)
        result.append(part)
    for hint in hints:
        near = [p for p in parts if p.start < hint.end and hint.start < p.end]
        if not near and _agrees(text.plain[hint.start : hint.end], references[hint.reference], names, hint.reference):
            result.append(Part(hint.start, hint.end, hint.reference, hint.start, hint.end))
    return sorted(result, key=lambda p: p.start)


def _agrees(printed: str, reference: Reference, names: Names, index: int) -> bool:
    label = "".join(reference.label.split()).strip("[]().")
    if label and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", printed):
        return True
    entry: EntryNames = names.entries[index]
    years = {int(y) for y in re.findall(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", printed)}
    first = set(entry.families[0]) if entry.families else set()
    return bool(years & entry.years) and (bool(first & set(keys_of(printed))) or not keys_of(printed))
