"""Footnotes: small print at the foot of a page, numbered through the paper or page by page; or where a paper has none,
the notes under a heading at its end.

A note begins where the next number does; what stands before the first number of a page goes on with the last note of
the page before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from citegrid.core.document import BlockKind, Document, Page, Span
from citegrid.pipeline.bibliography.lines import Line, lines_of
from citegrid.pipeline.footnotes.patterns import NOTE_HEADING, NOTE_LABEL

#: The print of notes is smaller than that of the text by this share, and stands below this share of the page.
_SMALLER, _LOWER = 0.94, 0.2
#: A raised number is smaller than its line by this share.
_RAISED = 0.85
#: Notes that make a way of citing, and how many numbers may be missing behind a note that has ended, less one.
_FEWEST, _MISSING = 4, 2
_ASIDE = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.LINE_NUMBER, BlockKind.CAPTION, BlockKind.TABLE)
#: What ends a note.
_ENDS = (".", "。", "!", "?", ")", "）", "”", "»", "」")


@dataclass(slots=True)
class Note:
    """A footnote: its number and where that stands, its lines, and the characters of the text that call it, in reading order.

    ``lines`` are ``(span, text)``, the first without the number.
    """

    number: int
    label: Span
    lines: list[tuple[Span, str]]
    marks: list[Span] = field(default_factory=list)
    at_end: bool = False

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.lines[0][0].page

    @property
    def last_page(self) -> int:
        """The page it ends on, as far as it was read."""
        return self.lines[-1][0].page

    def go_on(self, line: Line) -> None:
        """Add a line to it."""
        self.lines.append((Span(line.page, line.start, line.end), line.text))

    @property
    def text(self) -> str:
        """Its text, a newline for each end of a line."""
        return "\n".join(text for _, text in self.lines)

    @property
    def whole(self) -> tuple[Span, ...]:
        """Its characters with the number."""
        return (self.label, *self.spans(0, len(self.text)))

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The characters of the pages for ``start`` to ``end`` of ``text``; lines in a row are one span."""
        found: list[Span] = []
        at = 0
        for span, text in self.lines:
            a, b = max(start, at), min(end, at + len(text))
            if a < b:
                piece = Span(span.page, span.start + a - at, span.start + b - at)
                if found and _are_in_a_row(found[-1], piece):
                    piece = Span(span.page, found.pop().start, piece.end)
                found.append(piece)
            at += len(text) + 1
        return tuple(found)


def _are_in_a_row(before: Span, after: Span) -> bool:
    return before.page == after.page and 0 <= after.start - before.end <= 2


def notes_of(document: Document) -> tuple[Note, ...]:
    """The footnotes of ``document``, or its endnotes, in order; their marks are not looked for yet."""
    notes = _footnotes(document)
    return tuple(notes if len(notes) >= _FEWEST else _endnotes(document))


def _footnotes(document: Document) -> list[Note]:
    usual = _usual_size(document)
    notes: list[Note] = []
    for page in document.pages:
        on_page = len(notes)
        for line in _feet(page, usual):
            number = _begun(line)
            follows = bool(notes) and _follows(notes[-1], number, page, line)
            if follows or (number == 1 and len(notes) == on_page):
                notes.append(_note(line, number))
            elif notes and line.page - notes[-1].last_page <= 1:
                notes[-1].go_on(line)
    return notes


def _follows(note: Note, number: int, page: Page, line: Line) -> bool:
    """Whether ``line`` begins the note ``number`` after ``note``; where that one ended, one or two may be missing.

    A volume at the start of a line, "Journal of Things / 10 (2020)", is not raised and follows no end.
    """
    last = note.lines[-1][1].rstrip()
    ended = last.endswith(_ENDS) or last[-1:].isdigit()
    if not note.number < number <= note.number + (1 + _MISSING if ended else 1):
        return False
    return ended or _is_surely_label(line) or _is_raised(page, line)


def _is_surely_label(line: Line) -> bool:
    """Whether a line begins with a circled digit or a bracket: ③, [3]."""
    first = line.text.lstrip()[:1]
    return first == "[" or not first.isascii()


def _is_raised(page: Page, line: Line) -> bool:
    """Whether a line begins with a raised word."""
    return any(w.start == line.start and (w.raised or w.size < _RAISED * line.size) for w in page.words)


def _endnotes(document: Document) -> list[Note]:
    """The notes under the last heading "Notes", up to the next heading."""
    lines = [ln for page in document.pages for ln in lines_of(page) if ln.kind not in _ASIDE]
    headed = [
        at + 1
        for at, line in enumerate(lines[:-1])
        if NOTE_HEADING.fullmatch(line.text.strip()) and _begun(lines[at + 1]) == 1
    ]
    notes = _notes_below(lines[headed[-1] :]) if headed else []
    return notes if len(notes) >= _FEWEST else []


def _notes_below(lines: Sequence[Line]) -> list[Note]:
    """The notes of ``lines`` up to a heading; their numbers count up from 1."""
    notes: list[Note] = []
    for line in lines:
        if _begun(line) == len(notes) + 1:
            notes.append(_note(line, len(notes) + 1, at_end=True))
        elif line.kind is BlockKind.HEADING:
            break
        elif notes:
            notes[-1].go_on(line)
    return notes


def _note(line: Line, number: int, at_end: bool = False) -> Note:
    label = NOTE_LABEL.match(line.text)
    at = label.end() if label else 0
    body = (Span(line.page, line.start + at, line.end), line.text[at:])
    return Note(number, Span(line.page, line.start, line.start + at), [body], at_end=at_end)


def _begun(line: Line) -> int:
    """The number of the note that may begin at ``line``; 0 where none does."""
    label = NOTE_LABEL.match(line.text)
    return _number(label) if label else 0


def _number(label: re.Match[str]) -> int:
    if label["circled"]:
        return number_of_circle(label["circled"])
    return int(label["bracketed"] or label["plain"])


def number_of_circle(char: str) -> int:
    """The number in a circled digit, 1 to 50."""
    code = ord(char)
    return code - 0x245F if code <= 0x2473 else code - 0x3251 + 21 if code <= 0x325F else code - 0x32B1 + 36


def _usual_size(document: Document) -> float:
    sizes: Counter[float] = Counter()
    for page in document.pages:
        for word in page.words:
            sizes[round(word.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _feet(page: Page, usual: float) -> Iterator[Line]:
    """The lines at the foot of each column of ``page`` whose print is small, from the first that bears a number or goes on."""
    columns: dict[int, list[Line]] = {}
    for line in lines_of(page):
        if line.kind not in _ASIDE:
            columns.setdefault(line.column, []).append(line)
    for column in sorted(columns):
        lines = sorted(columns[column], key=lambda ln: (ln.y0, ln.x0))
        at = len(lines)
        while at > 0 and lines[at - 1].size < _SMALLER * usual and lines[at - 1].y0 > _LOWER * page.height:
            at -= 1
        yield from lines[at:]
