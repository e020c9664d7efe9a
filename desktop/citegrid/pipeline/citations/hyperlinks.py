"""Citation hyperlinks of a PDF as hints: which entry the typesetter meant at a place of the text.

A hint never speaks alone: it decides between entries that the text allows,
and adds a citation only where the text names the entry's number, year or author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from citegrid.core.document import Document, Page, Word
from citegrid.core.reference import Reference
from citegrid.pipeline.citations.keys import EntryNames, NameIndex, keys_of
from citegrid.pipeline.citations.patterns import YEARS
from citegrid.pipeline.citations.text_spans import CitingText, InTextCitation, overlaps
from citegrid.ports import Link

#: An entry begins at most this far above or below the point that its link leads to, in points.
_ABOVE, _BELOW = 16.0, 34.0
#: An entry and the point in its column are at most this far apart sideways, in points; a point at the left edge says nothing.
_ASIDE, _EDGE = 70.0, 5.0
#: Points by which a linked box may miss the middle of a character.
_LOOSE = 0.5
_BETWEEN = re.compile(r"[\s,.(\[-]*")


@dataclass(frozen=True, slots=True)
class Hint:
    """Characters ``start`` to ``end`` of a text are linked to an entry."""

    start: int
    end: int
    reference: int


def hints_of(
    document: Document, references: Sequence[Reference], texts: Sequence[CitingText], links: Sequence[Link]
) -> list[list[Hint]]:
    """The hints of each text, in reading order; links of one citation to one entry are one hint."""
    hints: list[list[Hint]] = [[] for _ in texts]
    for link in links:
        entry = _entry_at(references, link)
        on_page = 1 <= link.page <= len(document.pages)
        characters = _characters(document.page(link.page), link.box) if entry is not None and on_page else None
        if entry is None or characters is None:
            continue
        placed = ((n, _placed(text, link.page, characters, entry)) for n, text in enumerate(texts))
        found = next(((n, hint) for n, hint in placed if hint), None)
        if found:
            hints[found[0]].append(found[1])
    return [_joined(sorted(h, key=lambda x: (x.start, x.end)), t.plain) for h, t in zip(hints, texts, strict=True)]


def linked_entries(hints: Sequence[Hint], start: int, end: int) -> set[int]:
    """The entries that hyperlinks name within characters ``start`` to ``end``."""
    return {h.reference for h in hints if h.start < end and start < h.end}


def _placed(text: CitingText, page: int, characters: tuple[int, int], entry: int) -> Hint | None:
    """The hint of ``text`` for characters of a page; None where they are not in it."""
    start = text.flow.position(page, characters[0])
    end = text.flow.position(page, characters[1] - 1)
    return Hint(start, end + 1, entry) if start is not None and end is not None and start <= end else None


def _entry_at(references: Sequence[Reference], link: Link) -> int | None:
    """The entry that begins nearest to where ``link`` leads."""
    distances = [(abs(r.boxes[0].y0 - link.to_y), i) for i, r in enumerate(references) if _leads_to(link, r)]
    return min(distances)[1] if distances else None


def _leads_to(link: Link, reference: Reference) -> bool:
    if reference.page != link.to_page or not reference.boxes:
        return False
    box = reference.boxes[0]
    in_column = link.to_x <= _EDGE or abs(box.x0 - link.to_x) <= _ASIDE
    return in_column and -_ABOVE <= box.y0 - link.to_y <= _BELOW


def _characters(page: Page, box: tuple[float, float, float, float]) -> tuple[int, int] | None:
    """First and last + 1 character of ``page`` whose middle lies in ``box``."""
    found = [at for word in page.words for at in _characters_of(word, box)]
    return (min(found), max(found) + 1) if found else None


def _characters_of(word: Word, box: tuple[float, float, float, float]) -> Iterator[int]:
    """The characters of ``word`` whose middle lies in ``box``: the first and the last where its letters have no places."""
    x0, y0, x1, y1 = box
    beside = word.box.x1 < x0 or word.box.x0 > x1
    if beside or not y0 <= (word.box.y0 + word.box.y1) / 2 <= y1:
        return
    edges = word.edges
    if len(edges) != len(word.text) + 1:
        yield from (word.start, word.end - 1)
        return
    for i in range(len(word.text)):
        if x0 - _LOOSE <= (edges[i] + edges[i + 1]) / 2 <= x1 + _LOOSE:
            yield word.start + i


def _joined(hints: Sequence[Hint], text: str) -> list[Hint]:
    result: list[Hint] = []
    for hint in hints:
        last = result[-1] if result else None
        if last and last.reference == hint.reference and _BETWEEN.fullmatch(text[last.end : hint.start]):
            result[-1] = replace(last, end=max(last.end, hint.end))
        else:
            result.append(hint)
    return result


def with_hints(
    text: CitingText,
    citations: Sequence[InTextCitation],
    hints: Sequence[Hint],
    references: Sequence[Reference],
    names: NameIndex,
) -> list[InTextCitation]:
    """``citations`` with the hints' word where several lists use one number, and with what only the links show."""
    result = [_told_by_link(citation, hints, references) for citation in citations]
    for hint in hints:
        printed = text.plain[hint.start : hint.end]
        if not overlaps(hint.start, hint.end, citations) and _agrees(
            printed, references[hint.reference], names.entries[hint.reference]
        ):
            result.append(InTextCitation(hint.start, hint.end, hint.reference, hint.start, hint.end))
    return sorted(result, key=lambda c: c.start)


def _told_by_link(citation: InTextCitation, hints: Sequence[Hint], references: Sequence[Reference]) -> InTextCitation:
    """A number that several lists use means the entry that its link leads to."""
    hint = next((h for h in hints if h.start < citation.end and citation.start < h.end), None)
    if hint and citation.numbered and references[hint.reference].label == references[citation.reference].label:
        return replace(citation, reference=hint.reference)
    return citation


def _agrees(printed: str, reference: Reference, entry: EntryNames) -> bool:
    """Whether what is printed under a link names the entry: its label, or its year and no other author."""
    label = "".join(reference.label.split()).strip("[]().")
    if label and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", printed):
        return True
    keys = keys_of(printed)
    dated = any(int(year) in entry.years for year in YEARS.findall(printed))
    return dated and (not keys or not entry.first_author.isdisjoint(keys))
