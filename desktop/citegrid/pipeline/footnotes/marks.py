"""The marks that call footnotes: raised numbers or circled ones in the running text; where the notes themselves bear
brackets, numbers in brackets too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.document import Document
from citegrid.core.language.text import overlap
from citegrid.core.reference import Reference
from citegrid.pipeline.citations.patterns import DIGITS
from citegrid.pipeline.citations.text_spans import CitingText, citing_texts
from citegrid.pipeline.footnotes.detect import Note, number_of_circle
from citegrid.pipeline.footnotes.patterns import BRACKETED, CIRCLED, MARK_NUMBERS


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Characters ``start`` to ``end`` of a text that call a note of this number."""

    start: int
    end: int
    number: int


def find_marks(document: Document, notes: Sequence[Note]) -> None:
    """Add to each of ``notes`` the marks that call it in the text."""
    hidden = [Reference("", "", note.text, note.page, (), note.whole) for note in notes]
    labels = [document.page(n.label.page).text[n.label.start : n.label.end].strip() for n in notes]
    bracketed = 2 * sum(label.startswith(("[", "［", "〔")) for label in labels) > len(labels)
    for text in citing_texts(document, hidden):
        for mark in _marks(text, bracketed):
            spans = text.flow.spans(mark.start, mark.end)
            note = _called(notes, mark.number, spans[0].page) if spans else None
            if note is not None:
                note.marks.append(spans[0])


def _marks(text: CitingText, bracketed: bool) -> Iterator[NoteMark]:
    """Circled digits, raised digits, and where ``bracketed`` digits in brackets that are not raised."""
    for at, char in enumerate(text.plain):
        if char in CIRCLED:
            yield NoteMark(at, at + 1, number_of_circle(char))
    raised = [(a, b) for a, b in text.raised if MARK_NUMBERS.fullmatch(text.plain[a:b].strip())]
    for start, end in raised:
        yield from _raised(text.plain, start, end)
    if bracketed:
        yield from _in_brackets(text.plain, raised)


def _in_brackets(text: str, raised: Sequence[tuple[int, int]]) -> Iterator[NoteMark]:
    for match in BRACKETED.finditer(text):
        if not any(overlap(match.span(), run) for run in raised):
            yield NoteMark(match.start(), match.end(), int(match.group(1)))


def _raised(text: str, start: int, end: int) -> Iterator[NoteMark]:
    """The numbers of a raised run; a bracket around the only one belongs to its mark."""
    found = list(DIGITS.finditer(text, start, end))
    for one in found:
        a, b = (start, end) if len(found) == 1 else one.span()
        yield NoteMark(a, b, int(one.group()))


def _called(notes: Sequence[Note], number: int, page: int) -> Note | None:
    """The note of that number on the page of its mark; where numbers run through the paper it may be pushed to the next."""
    found = [n for n in notes if n.number == number]
    if any(n.at_end for n in found):
        return found[0] if len(found) == 1 and page <= found[0].page else None
    far = 1 if len(found) == 1 else 0
    return next((n for n in found if 0 <= n.page - page <= far), None)
