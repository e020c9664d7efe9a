"""Papers that cite in footnotes: the works that the notes list, and which works each mark of the text means.

This way of citing is believed when most notes that a mark calls cite something, and several of them in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from citegrid.core.document import Document, Span
from citegrid.core.language.text import join_lines
from citegrid.core.messages import Message
from citegrid.core.reference import Reference
from citegrid.pipeline.bibliography.consistency import some
from citegrid.pipeline.bibliography.lines import italics_of
from citegrid.pipeline.citations.text_spans import boxes_of_spans
from citegrid.pipeline.footnotes.detect import Note, notes_of
from citegrid.pipeline.footnotes.known_works import KnownWork
from citegrid.pipeline.footnotes.marks import find_marks
from citegrid.pipeline.footnotes.parse import NoteCitation, NoteReader

#: Notes that are called and cite something: so many, this share of all that are called, and so many of them in full.
_FEWEST, _SHARE, _IN_FULL = 4, 0.5, 3
#: Works of a bibliography that its notes reach: below this share it is cited in another way.
_REACHED = 0.3
#: Called notes from which on a paper without a list is said to have notes that were not understood.
_MANY = 10
#: The work of a note bears its number, as it is printed in the text.
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: A run of italics with more letters may be a title; these are none.
_ITALIC, _NO_TITLES = 5, ("ibid", "supra", "et al")


@dataclass(frozen=True, slots=True)
class FootnoteCitations:
    """``references`` are the works of the bibliography and those that only notes name; ``marks`` say where the text
    cites which of them (indices); ``entries`` are the entries of the bibliography and all notes, as they cover the
    pages; ``warnings`` say what could not be told."""

    references: tuple[Reference, ...]
    marks: tuple[tuple[Span, tuple[int, ...]], ...]
    entries: tuple[Reference, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _NotesRead:
    """The notes of a paper with what each cites; ``listed`` are the entries of a bibliography outside the notes."""

    notes: tuple[Note, ...]
    cited: tuple[tuple[NoteCitation, ...], ...]
    listed: tuple[Reference, ...]
    works: int
    unsure: tuple[int, ...]

    @cached_property
    def called(self) -> list[int]:
        """The notes that a mark calls."""
        return [n for n, note in enumerate(self.notes) if note.marks]

    @cached_property
    def citing(self) -> list[int]:
        """The notes that a mark calls and that cite something."""
        return [n for n in self.called if self.cited[n]]

    @property
    def is_way_of_citing(self) -> bool:
        """Whether the paper cites in its notes."""
        in_full = [n for n in self.citing if any(c.fields for c in self.cited[n])]
        enough = len(self.citing) >= max(_FEWEST, _SHARE * len(self.called))
        reached = {c.work for n in self.citing for c in self.cited[n] if c.work < len(self.listed)}
        return (
            enough and len(in_full) >= min(_IN_FULL, len(self.citing)) and len(reached) >= _REACHED * len(self.listed)
        )


def read_footnotes(document: Document, listed: Sequence[Reference]) -> FootnoteCitations:
    """What the footnotes of ``document`` cite; ``listed`` as it is where the paper does not cite in notes."""
    notes = notes_of(document)
    covers = tuple(_cover(document, note) for note in notes)
    read = _read(document, notes, _outside(listed, covers))
    unchanged = FootnoteCitations(tuple(listed), (), tuple(listed))
    alone = not listed and len(notes) >= _MANY
    if not alone and sum(map(bool, read.cited)) < _FEWEST:
        return unchanged  # no need to look for marks
    find_marks(document, notes)
    if not read.is_way_of_citing:
        doubt = (_not_understood(len(read.called)),) if alone and len(read.called) >= _MANY else ()
        return replace(unchanged, warnings=doubt)
    works = dict(_works(document, read))
    place = {work: n for n, work in enumerate(works)}
    return FootnoteCitations(
        tuple(replace(reference, id=f"r{n}") for n, reference in enumerate(works.values(), 1)),
        tuple(_marks(read, place)),
        (*read.listed, *covers),
        _warnings(read),
    )


def _read(document: Document, notes: Sequence[Note], listed: Sequence[Reference]) -> _NotesRead:
    reader = NoteReader([KnownWork.of(r.authors, r.title, r.year) for r in listed], closed=bool(listed))
    cited = tuple(tuple(reader.read(note.number, note.text, _italics(document, note))) for note in notes)
    return _NotesRead(tuple(notes), cited, tuple(listed), len(reader.works), tuple(reader.unsure))


def _works(document: Document, read: _NotesRead) -> Iterator[tuple[int, Reference]]:
    """The works by their index: those of the list, then each as the note prints it that gives it in full."""
    yield from enumerate(read.listed)
    in_full: dict[int, tuple[Note, NoteCitation]] = {}
    for note, citations in zip(read.notes, read.cited, strict=True):
        for citation in citations:
            if citation.fields is not None:
                in_full.setdefault(citation.work, (note, citation))
    for work in range(len(read.listed), read.works):
        if work in in_full:
            yield work, _reference(document, *in_full[work])


def _marks(read: _NotesRead, place: dict[int, int]) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Each mark of a note that cites, and the works it means by their ``place`` in the list."""
    for n in read.called:
        works = tuple(dict.fromkeys(place[c.work] for c in read.cited[n] if c.work in place))
        for mark in read.notes[n].marks if works else ():
            yield mark, works


def _not_understood(count: int) -> Message:
    return Message("the text has {count} footnotes; what they cite could not be told.", count=count)


def _warnings(read: _NotesRead) -> tuple[Message, ...]:
    if not read.unsure:
        return ()
    form = "of {count} footnotes {unsure} cite something that could not be told: {numbers}."
    numbers = some(list(map(str, read.unsure)))
    return (Message(form, count=len(read.notes), unsure=len(read.unsure), numbers=numbers),)


def _reference(document: Document, note: Note, citation: NoteCitation) -> Reference:
    fields = citation.fields
    assert fields is not None
    spans = note.spans(citation.start, citation.end)
    raw = join_lines(note.text[citation.start : citation.end]).strip()
    return Reference(
        "", str(note.number).translate(_RAISED), raw, spans[0].page, boxes_of_spans(document, spans), spans,
        fields.authors, fields.title, fields.year, fields.venue, fields.doi, fields.arxiv, fields.url,
        imprint=fields.imprint,
    )  # fmt: skip


def _cover(document: Document, note: Note) -> Reference:
    return Reference("", "", note.text, note.page, boxes_of_spans(document, note.whole), note.whole)


def _outside(listed: Sequence[Reference], covers: Sequence[Reference]) -> list[Reference]:
    """The entries that stand in no note."""
    return [r for r in listed if not any(_within(r, cover) for cover in covers)]


def _within(reference: Reference, cover: Reference) -> bool:
    """Whether an entry stands in a note."""
    first = reference.spans[0] if reference.spans else None
    return first is not None and any(map(first.overlaps, cover.spans))


def _italics(document: Document, note: Note) -> tuple[str, ...]:
    """The runs of italics of a note that may be titles."""
    texts = italics_of(document, [span for span, _ in note.lines])
    return tuple(t for t in texts if len(t) > _ITALIC and t.casefold().strip(" .,") not in _NO_TITLES)
