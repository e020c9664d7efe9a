"""A work's own words and what others say of it, side by side, with the numbers that differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from citegrid.core.evidence import quotes_of
from citegrid.core.language.terms import asked_terms, stem
from citegrid.core.language.text import sentences
from citegrid.core.messages import Message, say
from citegrid.core.table import Cell, Status
from citegrid.pipeline.evidence.claim_tokens import numbers_in

#: Share of the words of the shorter of two sentences, and their number, that both hold when they speak of the same.
ALIKE, ALIKE_TERMS = 0.5, 5

Number = tuple[str, float, str | None]


def side_by_side(own: Cell, cited: Cell, whole: Sequence[str], language: str) -> Cell:
    """A cell in the work's own words, with the citing paper's view beside it and what contradicts between the two;
    the citing paper's cell where the work itself says nothing.  ``whole`` is the work's text, part by part."""
    if own.status is not Status.SUPPORTED:
        return cited
    citing = [e.quote for e in (*cited.evidence, *cited.near) if not e.first_hand]
    differing = contradictions(quotes_of(own.evidence), citing, whole)
    notes = [_numbers_differ(differing)] if differing else []
    if cited.status is not Status.SUPPORTED:
        return replace(own, note=_in_one_note(notes, language))
    notes.append(Message("The citing paper says: {text}", text=cited.text))
    return replace(own, evidence=(*own.evidence, *cited.evidence), note=_in_one_note(notes, language))


def _numbers_differ(pairs: Sequence[tuple[str, str]]) -> Message:
    first, *more = (Message("{theirs} in the citing paper, {ours} in the work", theirs=t, ours=o) for t, o in pairs)
    listed = first
    for pair in more:
        listed = Message("{pairs}; {last}", pairs=listed, last=pair)
    return Message("The numbers differ ({pairs}).", pairs=listed)


def _in_one_note(notes: Sequence[Message], language: str) -> str:
    """A note is part of the table and in its language."""
    if len(notes) < 2:
        return "".join(say(note, language) for note in notes)
    return say(Message("{first} {second}", first=notes[0], second=notes[1]), language)


def contradictions(own: Sequence[str], citing: Sequence[str], whole: Sequence[str]) -> list[tuple[str, str]]:
    """Numbers with a unit that the citing sentences give, the whole work nowhere does, and its own sentences (``own``, and
    those of ``whole`` that speak of the same) give otherwise: ``(theirs, the work's)`` as printed."""
    known = {(value, unit) for text in whole for _, value, unit in numbers_in(text)}
    found: dict[str, str] = {}  # one figure of the work is the pair of one of theirs
    for text in citing:
        ours = [number for words in (*_alike(text, whole), *own) for number in numbers_in(words)]
        for shown, value, unit in numbers_in(text):
            other = _other_figure(value, unit, ours)
            if other and (value, unit) not in known:
                found.setdefault(other, shown)
    return [(theirs, other) for other, theirs in found.items()]


def _other_figure(value: float, unit: str | None, ours: Iterable[Number]) -> str:
    """The first figure in the same unit that is not ``value``; none for one without a unit."""
    if unit is None:
        return ""
    return next((shown for shown, other, its_unit in ours if its_unit == unit and other != value), "")


def _alike(text: str, whole: Sequence[str]) -> list[str]:
    """The sentences of ``whole`` that speak of the same as ``text``, the closest first."""
    asked = _stems(text)
    scored = []
    for words in (part[a:b] for part in whole for a, b in sentences(part)):
        there = _stems(words)
        shared = len(asked & there)
        share = shared / max(1, min(len(asked), len(there)))
        if share >= ALIKE and shared >= ALIKE_TERMS:
            scored.append((-share, words))
    return [words for _, words in sorted(scored)]


def _stems(text: str) -> set[str]:
    return set(map(stem, asked_terms(text)))
