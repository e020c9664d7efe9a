"""Citation hyperlinks of a PDF as hints: which entry the typesetter meant at a place of the text.

A hint never speaks alone: it decides between entries that the text allows,
and adds a citation only where the text names the entry's number, year or author.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from citegrid.core.document import Document, Word
from citegrid.core.language.text import overlap
from citegrid.core.messages import Message
from citegrid.core.reference import Reference
from citegrid.pipeline.bibliography.consistency import some
from citegrid.pipeline.citations.keys import EntryNames, NameIndex, keys_of
from citegrid.pipeline.citations.patterns import YEARS
from citegrid.pipeline.citations.text_spans import CitingText, InTextCitation, overlaps
from citegrid.ports import MOST_LINKS, Link

#: An entry begins at most this far above or below the point that its link leads to, in points.
_ABOVE, _BELOW = 16.0, 34.0
#: An entry and the point in its column are at most this far apart sideways, in points; a point at the left edge says nothing.
_ASIDE, _EDGE = 70.0, 5.0
#: Points by which a linked box may miss the middle of a character.
_LOOSE = 0.5
_BETWEEN = " \n,.([-"


@dataclass(frozen=True, slots=True)
class LinkHint:
    """Characters ``start`` to ``end`` of a text are linked to an entry."""

    start: int
    end: int
    reference: int


def links_left_out(links: Sequence[Link]) -> tuple[Message, ...]:
    """A sentence that names the pages which have more ``links`` than are read, or nothing."""
    pages = [str(page) for page, count in Counter(link.page for link in links).items() if count >= MOST_LINKS]
    form = "Only the first {count} links of page {pages} were read."
    return (Message(form, count=MOST_LINKS, pages=some(pages)),) if pages else ()


def hints_of(
    document: Document, references: Sequence[Reference], texts: Sequence[CitingText], links: Sequence[Link]
) -> list[list[LinkHint]]:
    """The hints of each text, in reading order; links of one citation to one entry are one hint."""
    hints: list[list[LinkHint]] = [[] for _ in texts]
    on_page = _texts_on_pages(texts)
    for link in links:
        entry = _entry_at(references, link)
        characters = _characters(document, link)
        if entry is None or characters is None:
            continue
        for n in on_page.get(link.page, ()):
            hint = _placed(texts[n], link.page, characters, entry)
            if hint is not None:
                hints[n].append(hint)
                break
    return [_joined(sorted(h, key=lambda x: (x.start, x.end)), t.plain) for h, t in zip(hints, texts, strict=True)]


def _texts_on_pages(texts: Sequence[CitingText]) -> dict[int, list[int]]:
    """The texts that stand on each page, in reading order."""
    found: dict[int, list[int]] = {}
    for n, text in enumerate(texts):
        for page in dict.fromkeys(piece.page for piece in text.flow.pieces):
            found.setdefault(page, []).append(n)
    return found


def linked_entries(hints: Sequence[LinkHint], start: int, end: int) -> set[int]:
    """The entries that hyperlinks name within characters ``start`` to ``end``."""
    return {h.reference for h in hints if h.start < end and start < h.end}


def _placed(text: CitingText, page: int, characters: tuple[int, int], entry: int) -> LinkHint | None:
    """The hint of ``text`` for characters of a page; None where they are not in it."""
    start = text.flow.position(page, characters[0])
    end = text.flow.position(page, characters[1] - 1)
    return LinkHint(start, end + 1, entry) if start is not None and end is not None and start <= end else None


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


def _characters(document: Document, link: Link) -> tuple[int, int] | None:
    """First and last + 1 character of the link's page whose middle lies in its box."""
    if not 1 <= link.page <= len(document.pages):
        return None
    words = [word for word in document.page(link.page).words if _is_within(word, link.box)]
    found = [at for word in words for at in _characters_of(word, link.box[0] - _LOOSE, link.box[2] + _LOOSE)]
    return (min(found), max(found) + 1) if found else None


def _is_within(word: Word, box: tuple[float, float, float, float]) -> bool:
    """Whether the middle line of a word crosses ``box``."""
    x0, y0, x1, y1 = box
    return y0 <= (word.box.y0 + word.box.y1) / 2 <= y1 and word.box.x1 >= x0 and word.box.x0 <= x1


def _characters_of(word: Word, x0: float, x1: float) -> Iterator[int]:
    """The characters of ``word`` whose middle lies in ``x0`` to ``x1``: its first and last where its letters have no places."""
    edges = word.edges
    if len(edges) != len(word.text) + 1:
        yield from (word.start, word.end - 1)
        return
    for i, (left, right) in enumerate(pairwise(edges)):
        if x0 <= (left + right) / 2 <= x1:
            yield word.start + i


def _joined(hints: Sequence[LinkHint], text: str) -> list[LinkHint]:
    result: list[LinkHint] = []
    for hint in hints:
        last = result[-1] if result else None
        if last and last.reference == hint.reference and not text[last.end : hint.start].strip(_BETWEEN):
            result[-1] = replace(last, end=max(last.end, hint.end))
        else:
            result.append(hint)
    return result


def with_hints(
    text: CitingText,
    citations: Sequence[InTextCitation],
    hints: Sequence[LinkHint],
    references: Sequence[Reference],
    names: NameIndex,
) -> list[InTextCitation]:
    """``citations`` with the hints' word where several lists use one number, and with what only the links show."""
    result = [_resolved_by_link(citation, hints, references) for citation in citations]
    for hint in hints:
        printed = text.plain[hint.start : hint.end]
        if not overlaps(hint.start, hint.end, citations) and _agrees(
            printed, references[hint.reference], names.entries[hint.reference]
        ):
            result.append(InTextCitation(hint.start, hint.end, hint.reference, hint.start, hint.end))
    return sorted(result, key=lambda c: c.start)


def _resolved_by_link(
    citation: InTextCitation, hints: Sequence[LinkHint], references: Sequence[Reference]
) -> InTextCitation:
    """A number that several lists use means the entry that its link leads to."""
    hint = next((h for h in hints if overlap((h.start, h.end), (citation.start, citation.end))), None)
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
