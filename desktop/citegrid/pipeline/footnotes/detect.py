"""Footnotes and the marks that call them: small print at the foot of a page, numbered through the paper or page by page;
or where a paper has none, the notes under a heading at its end.

A note begins where the next number does; what stands before the first number of a page goes on with the last note of
the page before.  A mark is a raised number, or a circled one, in the running text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from citegrid.core.document import BlockKind, Document, Page, Span
from citegrid.core.reference import Reference
from citegrid.pipeline.bibliography.lines import PrintedLine as Line
from citegrid.pipeline.bibliography.lines import lines_of
from citegrid.pipeline.citations.text_spans import stretches

#: The print of notes is smaller than that of the text by this share, and stands below this share of the page.
_SMALLER, _LOWER = 0.94, 0.2
_CIRCLED = "①-⑳㉑-㉟㊱-㊿"
_LABEL = re.compile(
    rf"\s*(?:(?P<circled>[{_CIRCLED}])|[\[［〔(（]\s*(?P<bracketed>\d{{1,3}})\s*[\]］〕)）]|(?P<plain>\d{{1,3}})(?:[.):]?(?=\s)|[.):]?(?=[^\W\d_]|[“«„(《])))\s*"
)
_CIRCLE, _BRACKETED = re.compile(rf"[{_CIRCLED}]"), re.compile(r"\[\s?(\d{1,3})\s?\]")
_NOTES = re.compile(
    r"(?:\d+\.?\s+)?(?:end)?notes|(?:end)?anmerkungen|fußnoten|notes de fin|notas|note|注\s*释|尾\s*注|註\s*釋|註解",
    re.I,
)
_RUN = re.compile(r"[\[(]?\s*\d{1,3}(?:\s*,\s*\d{1,3})*\s*[\])]?")
#: Notes that make a way of citing.
_FEWEST = 4
_ASIDE = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.LINE_NUMBER, BlockKind.CAPTION, BlockKind.TABLE)


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
                last = found[-1] if found else None
                if last and last.page == piece.page and 0 <= piece.start - last.end <= 2:
                    piece = Span(last.page, found.pop().start, piece.end)
                found.append(piece)
            at += len(text) + 1
        return tuple(found)


def notes_of(document: Document) -> tuple[Note, ...]:
    """The footnotes of ``document``, or its endnotes, in order; their marks are not looked for yet."""
    notes = _footnotes(document)
    return tuple(notes if len(notes) >= _FEWEST else _endnotes(document))


def find_marks(document: Document, notes: Sequence[Note]) -> None:
    """Add to each of ``notes`` the marks that call it in the text."""
    hidden = [_as_entry(note) for note in notes]
    labels = [document.page(n.label.page).text[n.label.start : n.label.end].strip() for n in notes]
    bracketed = 2 * sum(label[:1] in "[［〔" for label in labels) > len(labels)
    for text in stretches(document, hidden):
        for start, end, number in _marks(text.plain, text.raised, bracketed):
            spans = text.flow.spans(start, end)
            note = _called(notes, number, spans[0].page) if spans else None
            if note is not None:
                note.marks.append(spans[0])


def _as_entry(note: Note) -> Reference:
    return Reference("", "", note.text, note.page, (), note.whole)


def _footnotes(document: Document) -> list[Note]:
    usual = _usual_size(document)
    notes: list[Note] = []
    for page in document.pages:
        first = True
        for line in _feet(page, usual):
            number = _begun(line)
            if number and ((notes and _follows(notes[-1], number, page, line)) or (first and number == 1)):
                first = False
                notes.append(_note(line, number))
            elif notes and line.page - notes[-1].lines[-1][0].page <= 1:
                notes[-1].lines.append((Span(line.page, line.start, line.end), line.text))
    return notes


def _follows(note: Note, number: int, page: Page, line: Line) -> bool:
    """Whether ``line`` begins the note ``number`` after ``note``; where that one ended, one or two may be missing.

    A volume at the start of a line, "Journal of Things / 10 (2020)", is not raised and follows no end.
    """
    last = note.lines[-1][1].rstrip()
    sure = not line.text.lstrip()[:1].isascii() or line.text.lstrip()[:1] == "["  # ③, [3]
    raised = sure or any(w.start == line.start and (w.raised or w.size < 0.85 * line.size) for w in page.words)
    over = last.endswith((".", "。", "!", "?", ")", "）", "”", "»", "」")) or last[-1:].isdigit()
    return note.number < number <= note.number + (3 if over else 1) and (raised or over)


def _endnotes(document: Document) -> list[Note]:
    """The notes under "Notes", up to the next heading; their numbers count up from 1."""
    lines = [ln for page in document.pages for ln in lines_of(page) if ln.kind not in _ASIDE]
    notes: list[Note] = []
    for at, line in enumerate(lines[:-1]):
        if not _NOTES.fullmatch(line.text.strip()) or _begun(lines[at + 1]) != 1:
            continue
        notes = []
        for below in lines[at + 1 :]:
            number = _begun(below)
            if number == len(notes) + 1:
                notes.append(_note(below, number, at_end=True))
            elif below.kind is BlockKind.HEADING:
                break
            elif notes:
                notes[-1].lines.append((Span(below.page, below.start, below.end), below.text))
    return notes if len(notes) >= _FEWEST else []


def _note(line: Line, number: int, at_end: bool = False) -> Note:
    label = _LABEL.match(line.text)
    at = label.end() if label else 0
    body = (Span(line.page, line.start + at, line.end), line.text[at:])
    return Note(number, Span(line.page, line.start, line.start + at), [body], at_end=at_end)


def _begun(line: Line) -> int:
    """The number of the note that may begin at ``line``; 0 where none does."""
    label = _LABEL.match(line.text)
    return _number(label) if label else 0


def _number(label: re.Match[str]) -> int:
    if label["circled"]:
        return _of_circle(label["circled"])
    return int(label["bracketed"] or label["plain"])


def _of_circle(char: str) -> int:
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


def _marks(text: str, raised: Sequence[tuple[int, int]], bracketed: bool) -> Iterator[tuple[int, int, int]]:
    """``(start, end, number)`` of each mark: raised digits, several parted by commas, circled digits, and where the notes
    themselves bear brackets, digits in brackets."""
    for match in _CIRCLE.finditer(text):
        yield match.start(), match.end(), _of_circle(match.group())
    taken: list[tuple[int, int]] = []
    for start, end in raised:
        if not _RUN.fullmatch(text[start:end].strip()):
            continue
        taken.append((start, end))
        found = list(re.finditer(r"\d+", text[start:end]))
        for one in found:  # a bracket around the only number belongs to the mark
            a, b = (start, end) if len(found) == 1 else (start + one.start(), start + one.end())
            yield a, b, int(one.group())
    for match in _BRACKETED.finditer(text) if bracketed else ():
        if not any(a < match.end() and match.start() < b for a, b in taken):
            yield match.start(), match.end(), int(match.group(1))


def _called(notes: Sequence[Note], number: int, page: int) -> Note | None:
    """The note of that number on the page of its mark; where numbers run through the paper it may be pushed to the next."""
    found = [n for n in notes if n.number == number]
    if any(n.at_end for n in found):
        return found[0] if len(found) == 1 and page <= found[0].page else None
    far = 1 if len(found) == 1 else 0
    return next((n for n in found if 0 <= n.page - page <= far), None)
