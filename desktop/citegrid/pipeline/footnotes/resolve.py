"""Papers that cite in footnotes: the works that the notes list, and which works each mark of the text means.

This way of citing is believed when most notes that a mark calls cite something, and several of them in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from citegrid.core.document import Box, Document, Span, boxes_of
from citegrid.core.reference import Reference
from citegrid.core.text import join_lines
from citegrid.pipeline.bibliography.consistency import some
from citegrid.pipeline.bibliography.lines import italics_of
from citegrid.pipeline.footnotes.detect import Note, find_marks, notes_of
from citegrid.pipeline.footnotes.parse import Known, Piece, Reader

#: Notes that are called and cite something: so many, and this share of all that are called.
_FEWEST, _SHARE = 4, 0.5
#: Works of a bibliography that its notes reach: below this share it is cited in another way.
_REACHED = 0.3
#: Called notes from which on a paper without a list is said to have notes that were not understood.
_MANY = 10


@dataclass(frozen=True, slots=True)
class Noted:
    """``references`` are the works of the bibliography and those that only notes name; ``marks`` say where the text
    cites which of them (indices); ``entries`` are the entries of the bibliography and all notes, as they cover the
    pages; ``warnings`` say what could not be told."""

    references: tuple[Reference, ...]
    marks: tuple[tuple[Span, tuple[int, ...]], ...]
    entries: tuple[Reference, ...]
    warnings: tuple[str, ...] = ()


def find_notes(document: Document, listed: Sequence[Reference]) -> Noted:
    """What the footnotes of ``document`` cite; ``listed`` as it is where the paper does not cite in notes."""
    notes = notes_of(document)
    covers = tuple(_cover(document, note) for note in notes)
    outside = [r for r in listed if not any(_within(r, cover) for cover in covers)]
    reader = Reader([Known.of(r.authors, r.title, r.year) for r in outside], closed=bool(outside))
    cited = [reader.read(note.number, note.text, _italics(document, note)) for note in notes]
    citing = sum(map(bool, cited))
    if citing < _FEWEST and (listed or len(notes) < _MANY):  # no need to look for marks
        return Noted(tuple(listed), (), tuple(listed))
    find_marks(document, notes)
    called = [n for n, note in enumerate(notes) if note.marks]
    speaking = [n for n in called if cited[n]]
    full = [n for n in speaking if any(p.fields for p in cited[n])]
    reached = {p.work for n in speaking for p in cited[n] if p.work < len(outside)}
    believed = len(speaking) >= max(_FEWEST, _SHARE * len(called)) and len(full) >= min(3, len(speaking))
    if not believed or (outside and len(reached) < _REACHED * len(outside)):
        many = not listed and len(called) >= _MANY
        return Noted(
            tuple(listed),
            (),
            tuple(listed),
            (f"the text has {len(called)} footnotes; what they cite could not be told.",) * many,
        )
    references = _references(document, notes, cited, outside, len(reader.works))
    there = [(i, r) for i, r in enumerate(references) if r is not None]
    place = {old: new for new, (old, _) in enumerate(there)}
    marks = tuple(
        (mark, works)
        for n in called
        if (works := tuple(dict.fromkeys(place[p.work] for p in cited[n] if p.work in place)))
        for mark in notes[n].marks
    )
    return Noted(
        tuple(replace(reference, id=f"r{n}") for n, (_, reference) in enumerate(there, 1)),
        marks,
        (*outside, *covers),
        _warnings(notes, reader.unsure),
    )


def _warnings(notes: Sequence[Note], unsure: Sequence[int]) -> tuple[str, ...]:
    if not unsure:
        return ()
    return (
        f"of {len(notes)} footnotes {len(unsure)} cite something that could not be told: {some([str(n) for n in unsure])}.",
    )


def _references(
    document: Document, notes: Sequence[Note], cited: Sequence[Sequence[Piece]], listed: Sequence[Reference], count: int
) -> list[Reference | None]:
    """The works by their index: those of the list, then each at the note that gives it in full."""
    found: list[Reference | None] = [*listed, *[None] * (count - len(listed))]
    for note, pieces in zip(notes, cited, strict=True):
        for piece in pieces:
            if piece.fields is not None and found[piece.work] is None:
                found[piece.work] = _reference(document, note, piece)
    return found


def _reference(document: Document, note: Note, piece: Piece) -> Reference:
    fields = piece.fields
    assert fields is not None
    spans = note.spans(piece.start, piece.end)
    raw = join_lines(note.text[piece.start : piece.end]).strip()
    return Reference(
        "", "", raw, spans[0].page, _boxes(document, spans), spans,
        fields.authors, fields.title, fields.year, fields.venue, fields.doi, fields.arxiv, fields.url,
    )  # fmt: skip


def _cover(document: Document, note: Note) -> Reference:
    return Reference("", "", note.text, note.page, _boxes(document, note.whole), note.whole)


def _within(reference: Reference, cover: Reference) -> bool:
    """Whether an entry stands in a note."""
    first = reference.spans[0] if reference.spans else None
    return first is not None and any(
        s.page == first.page and first.start < s.end and s.start < first.end for s in cover.spans
    )


def _boxes(document: Document, spans: Sequence[Span]) -> tuple[Box, ...]:
    return tuple(box for span in spans for box in boxes_of(document.page(span.page), span.start, span.end))


def _italics(document: Document, note: Note) -> tuple[str, ...]:
    """The runs of italics of a note with more than five letters."""
    texts = italics_of(document, [span for span, _ in note.lines])
    return tuple(t for t in texts if len(t) > 5 and t.casefold().strip(" .,") not in ("ibid", "supra", "et al"))
