"""What a footnote cites: the full reference of a work, a short form of one cited before, "ibid.", or nothing.

A note is parted at its semicolons.  A part is a work where authors, a title that is set off, and a year are read; a
short form where the family name of a known work's first author begins it and its title words, if any, are the work's.
What cannot be told from another work means none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.language.text import join_lines, weight
from citegrid.pipeline.bibliography.entry.parse import Fields, parse_entry
from citegrid.pipeline.bibliography.patterns import MARKED_TITLE
from citegrid.pipeline.citations.keys import keys_of
from citegrid.pipeline.footnotes.known_works import KnownWork, KnownWorks
from citegrid.pipeline.footnotes.patterns import (
    BEHIND_COMMA_TITLE,
    DOUBTFUL,
    EARLIER_NOTE,
    FURTHER_LEAD,
    IBID,
    IDEM,
    IMPRINT,
    LEAD_IN,
    NAMES_BEFORE_TITLE,
    QUOTE,
)

#: Letters of a title (see ``weight``) from which on a part of a note may be a work, and the longest that is one.
_TITLE, _LONGEST = 6, 600
_BRACKET_OR_SEMICOLON = re.compile(r"[(\[《“（)\]》”）;；]")
_OPENS, _CLOSES = "([《“（", ")]》”）"


@dataclass(frozen=True, slots=True)
class NoteCitation:
    """One citation of a note: characters ``start`` to ``end`` of its text, its fields when it is a full reference,
    and the index of the work it means."""

    start: int
    end: int
    fields: Fields | None
    work: int


@dataclass(frozen=True, slots=True)
class _NoteReading:
    """What a form of citing says that a part of a note means: a work, or one that could not be told."""

    work: int | None
    fields: Fields | None = None


class NoteReader:
    """Reads the notes of a paper in order and remembers the works; ``known`` are those of a bibliography.

    ``closed`` says that there is one, so that a work much like one of its is the same, misread.
    """

    def __init__(self, known: Sequence[KnownWork], closed: bool) -> None:
        self.works = KnownWorks(known)
        self.closed = closed
        self._by_note: dict[int, list[int]] = {}
        self._last: list[int] = []
        self._number = 0
        self._cited: set[int] = set()
        self.unsure: list[int] = []

    def read(self, number: int, text: str, italic: Collection[str]) -> list[NoteCitation]:
        """The citations of the note ``number``; new works are added to ``works``."""
        found: list[NoteCitation] = []
        before = self._last if number in (self._number + 1, 1) else []  # "ibid." behind a note not found means nothing
        self._number = number
        unsure = False
        for start, end in _parts(text):
            citation = self._citation(text, start, end, italic, before)
            if citation is not None:
                found.append(citation)
                before = [citation.work]
            elif DOUBTFUL.search(text, start, end):
                unsure, before = True, []  # what follows may mean the work that was not told
        works = [c.work for c in found]
        self._cited.update(works)
        self._by_note[number] = works
        self._last = [] if unsure else works
        if unsure:
            self.unsure.append(number)
        return found

    def _citation(
        self, text: str, start: int, end: int, italic: Collection[str], before: Sequence[int]
    ) -> NoteCitation | None:
        """The citation of a part of a note, read from the first place where a form of citing begins."""
        for at in _beginnings(text, start, end):
            reading = self._reading(text[at:end], italic, before)
            if reading is not None:
                return NoteCitation(at, end, reading.fields, reading.work) if reading.work is not None else None
        return None

    def _reading(self, printed: str, italic: Collection[str], before: Sequence[int]) -> _NoteReading | None:
        """What ``printed`` means, in the form that it has: as a word that points back, in full, or short; None for no form."""
        return (
            self._ibid(printed, before)
            or self._idem(printed, before)
            or self._earlier_note(printed)
            or self._full(printed, italic)
            or self._short(printed)
        )

    def _ibid(self, printed: str, before: Sequence[int]) -> _NoteReading | None:
        """ "Ibid.": the only work cited just before."""
        if not IBID.match(printed):
            return None
        return _NoteReading(before[0] if len(set(before)) == 1 else None)

    def _idem(self, printed: str, before: Sequence[int]) -> _NoteReading | None:
        """ "Idem, Physics": another work of the author cited just before."""
        idem = IDEM.match(printed)
        if idem is None:
            return None
        only = len(set(before)) == 1
        return _NoteReading(self.works.same_author(printed[idem.end() :], before[0]) if only else None)

    def _earlier_note(self, printed: str) -> _NoteReading | None:
        """ "Supra note 3": the only work of that note, or that of the author it names."""
        back = EARLIER_NOTE.search(printed)
        if back is None:
            return None
        number = int(back["number"]) if back["number"].isdecimal() else ord(back["number"]) - ord("①") + 1
        head = printed[: back.start()]
        works = self._by_note.get(number, [])
        named = {w for w in works if self.works[w].is_by(head)}
        if len(named) == 1:
            return _NoteReading(named.pop())
        sure = len(set(works)) == 1 and number not in self.unsure
        return _NoteReading(works[0]) if sure and not keys_of(head) else None

    def _full(self, printed: str, italic: Collection[str]) -> _NoteReading | None:
        """The work of a full reference: one that is known, or a new one unless it may be a known one misread."""
        line = join_lines(printed)
        title = next(filter(line.__contains__, italic), "")
        line = line if title else _with_title_in_quotes(line)
        fields = parse_entry(printed if title else line, title)
        if not _is_work(line, fields, italic):
            return None
        work = KnownWork.of(fields.authors, fields.title, fields.year)
        index, sure = self.works.same_work(work)
        if index is not None and sure:
            return _NoteReading(index, fields)
        if self.closed and not sure:
            return _NoteReading(index)
        self.works.append(work)
        return _NoteReading(len(self.works) - 1, fields)

    def _short(self, printed: str) -> _NoteReading | None:
        """ "Smith, Rivers, 14": the only known work that begins so."""
        work = self.works.short_form(printed, self._cited)
        return _NoteReading(work) if work is not None else None


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a note between semicolons that stand outside brackets and quotes."""
    depth, start = 0, 0
    for match in _BRACKET_OR_SEMICOLON.finditer(text):
        depth = max(0, depth + (match.group() in _OPENS) - (match.group() in _CLOSES))
        if match.group() in ";；" and depth == 0:
            yield start, match.start()
            start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _beginnings(text: str, start: int, end: int) -> Iterator[int]:
    """Where a citation may begin: behind the last words that lead to it before its title or open a sentence, at the start, or
    further on."""
    lead = LEAD_IN.match(text, start, end)
    first = lead.end() if lead else start + len(text[start:end]) - len(text[start:end].lstrip())
    later = list(_further_leads(text, first, end))
    titled = QUOTE.search(text, first, end)
    before = [at for at in later if (at <= titled.start() if titled else _opens_sentence(text[first:at]))]
    yield from before[-1:]
    yield first
    yield from (at for at in later if at not in before)


def _opens_sentence(prose: str) -> bool:
    """Whether words that lead to a citation, at the end of ``prose``, are the first ones of its last sentence."""
    _, stop, lead = prose.rpartition(". ")
    return bool(stop) and LEAD_IN.fullmatch(lead) is not None


def _further_leads(text: str, first: int, end: int) -> Iterator[int]:
    """Where further words that lead to a citation end."""
    for match in FURTHER_LEAD.finditer(text[first:end]):
        lead = LEAD_IN.match(text, first + match.end(), end)
        if lead and lead.end() > first + match.end():
            yield lead.end()


def _is_work(line: str, fields: Fields, italic: Collection[str]) -> bool:
    """Whether a part of a note is the full reference of a work."""
    if not fields.authors or weight(fields.title) < _TITLE or len(line) > _LONGEST:
        return False
    set_off = QUOTE.search(line) is not None or any(i in line for i in italic)
    if fields.year is None:
        return set_off and EARLIER_NOTE.search(line) is not None  # a part of a book that an earlier note gives
    return MARKED_TITLE.search(line) is not None or (set_off and IMPRINT.search(line) is not None)


def _with_title_in_quotes(line: str) -> str:
    """A reference whose title only commas set off, "Names, Title, in: …" or "Names, Title, Place 1995", with that in quotes."""
    names = NAMES_BEFORE_TITLE.match(line)
    behind = BEHIND_COMMA_TITLE.search(line, names.end()) if names else None
    if names is None or behind is None or QUOTE.search(line, 0, behind.start()) or _names_again(line, names.end()):
        return line
    return f"{line[: names.end()]}“{line[names.end() : behind.start()]}”{line[behind.start() :]}"


def _names_again(line: str, at: int) -> bool:
    """Whether the names of the work come only behind a colon, which what was taken for them leads to: "Further reading: …"."""
    lead = line[:at].rstrip()
    return lead.endswith(":") and "," not in lead and NAMES_BEFORE_TITLE.match(line, at) is not None
