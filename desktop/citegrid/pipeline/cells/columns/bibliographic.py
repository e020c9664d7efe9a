"""Bibliographic columns: filled from what an entry or a title page prints, exactly; the model never retypes a name or a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from unicodedata import normalize

from citegrid.core.evidence import Evidence, quotes_of
from citegrid.core.language import lexicon
from citegrid.core.language.accents import with_accents
from citegrid.core.language.script import narrow
from citegrid.core.language.text import key_text
from citegrid.core.messages import Message
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Status, Verdict
from citegrid.pipeline.cells.columns.entry_data import AFFILIATION, RESOLVER, EntryData
from citegrid.pipeline.cells.columns.patterns import (
    AND_OTHERS,
    BETWEEN_AUTHORS,
    BETWEEN_FIELDS,
    FIELD_GROUP,
    FIELDS,
    WHOLE_ENTRY,
    printed_year,
)
from citegrid.pipeline.cells.patterns import phrase
from citegrid.pipeline.evidence.claim_tokens import words_missing

NOT_PRINTED, NO_PLACE = Message("the entry does not print it"), Message("its place in the source was not found")
BY_HAND = Message("you gave it; the first pages do not print it so")
#: Authors that a cell names before it breaks off, and most that it names all of.
NAMED_AUTHORS, ALL_AUTHORS = 3, 4
#: The field that counts the rows: it is no claim, and its number is set with the rows (``core.edits.row_numbers``).
NUMBER = "number"


def fields_of(column: str) -> tuple[str, ...]:
    """The bibliographic fields a column asks for, in its order; empty when it asks for anything else.

    ``"作者与年份"`` gives ``("authors", "year")``; ``"Authors (year)"`` too.
    """
    name = column.strip().replace("(s)", "s").replace("（s）", "s")  # "Author(s)"
    if WHOLE_ENTRY.fullmatch(name):
        return ("authors", "year", "title")
    parts = [part.strip() for part in filter(None, BETWEEN_FIELDS.split(name))]
    found = [_field_of(part) for part in parts if not FIELD_GROUP.fullmatch(part)]
    return () if None in found else tuple(dict.fromkeys(field for field in found if field is not None))


def _field_of(name: str) -> str | None:
    """The field that a part of a name asks for; None for anything else."""
    return next((field for field, pattern in FIELDS.items() if pattern.fullmatch(name)), None)


def fill(column: str, fields: Sequence[str], source: EntryData, language: str) -> Cell:
    """The cell of a bibliographic column; not stated when the entry does not print what it asks for."""
    if tuple(fields) == (NUMBER,):
        return Cell(column, status=Status.LINK)
    values = _printed(source, _values(source, language))
    texts = [values[f] for f in fields if values.get(f)]
    searched = tuple(sorted({e.page for e in source.evidence if e.page}))
    if not texts:
        return Cell(column, "", Status.NOT_STATED, reason=NOT_PRINTED, searched=searched)
    text = phrase("between_fields", language).join(texts)
    evidence, printed = _proof(source, values, fields)
    cell = Cell(column, text, Status.SUPPORTED, evidence, searched=searched, draft=text)
    if evidence and not words_missing(text, printed):
        return cell
    if source.origin:
        known = Message("as {origin} knows it; the paper prints it in no place that was found", origin=source.origin)
        return replace(cell, status=Status.UNSUPPORTED, reason=known)
    if source.by_hand:
        return replace(cell, status=Status.UNSUPPORTED, reason=BY_HAND, verdict=Verdict.EDITED)
    return replace(cell, status=Status.UNSUPPORTED, reason=NO_PLACE)


def _values(source: EntryData, language: str) -> dict[str, str]:
    """What a cell shows for each field; empty, or not there, where the entry does not print it."""
    work = source.work
    return {
        **source.fields,
        "title": work.title,
        "authors": _authors(source, language),
        "first_author": _as_printed(work.authors[0], source.raw) if work.authors else "",
        "year": str(work.year or ""),
        "type": _type_named(source.fields.get("type", ""), language),
    }


def _printed(source: EntryData, values: Mapping[str, str]) -> dict[str, str]:
    """``values`` without those that no quote of a title page holds, as a year that the file gives; all that an entry was read
    as stands in it, a person is believed, and a title is what the row is about."""
    if source.work.kind is WorkKind.REFERENCE or source.by_hand:
        return dict(values)
    quotes = quotes_of(source.evidence)
    return {f: v for f, v in values.items() if f == "title" or any(_holds(quote, f, values) for quote in quotes)}


def _proof(
    source: EntryData, values: Mapping[str, str], fields: Sequence[str]
) -> tuple[tuple[Evidence, ...], list[str]]:
    """The quotes that prove ``fields``, and all words that a cell may say: theirs, and what an entry was read as."""
    work = source.work
    if work.kind is WorkKind.PAPER:
        evidence = _needed(source.evidence, values, fields)
        quotes = quotes_of(evidence)
        letters = "\n".join(map(key_text, quotes))
        names = [_as_printed(author, source.raw) for author in work.authors]
        # The mark of an affiliation may be set like its name ("Zhaoa"), accents beside their letters ("G¨unther").
        held = filter(lambda name: key_text(name) in letters, names)
        return evidence, [*quotes, *map(with_accents, quotes), *held]
    return source.evidence, [*quotes_of(source.evidence), *work.authors, work.title, str(work.year or "")]


def short_authors(work: Work, language: str) -> str:
    """``Gao等``, ``Gao et al.``, ``Gao and Liu``: how a sentence names a work's authors; empty without authors."""
    families = list(map(family_of, filter(None, work.authors)))
    if len(families) < 2:
        return "".join(families)
    if len(families) == 2:
        return phrase("two_authors", language).format(*families)
    return families[0] + phrase("more_authors", language)


def _type_named(mark: str, language: str) -> str:
    """``[J]`` as ``journal article [J]``; empty without a mark, the mark alone where it has no name."""
    names = lexicon.tables("document_types")
    kind = mark.strip("[]").split("/")[0]
    return f"{names[kind][language][0]} {mark}" if kind in names else mark


def _authors(source: EntryData, language: str) -> str:
    """All authors, or the first of them and that there are more: also where the entry itself breaks off."""
    names = [_as_printed(a, source.raw) for a in source.work.authors if a]
    between, more = phrase("between_authors", language), phrase("more_authors", language)
    if len(names) > ALL_AUTHORS:
        return between.join(names[:NAMED_AUTHORS]) + more
    return between.join(names) + (more if names and _breaks_off(source) else "")


def _breaks_off(source: EntryData) -> bool:
    """Whether an entry says before its title that there are more authors."""
    before, _, rest = source.raw.partition(source.work.title or "\0")
    return bool(rest) and AND_OTHERS.search(before) is not None


def _as_printed(author: str, raw: str) -> str:
    """``Family, Given`` in the order of its entry: ``Given Family``, or ``Family Given`` where it prints just that."""
    family, _, given = map(str.strip, author.partition(","))
    printed = f"{family} {given}"
    return printed if given and printed in normalize("NFKC", " ".join(raw.split())) else f"{given} {family}".strip()


def family_of(author: str) -> str:
    """The family name of an author: before the comma, or the last word."""
    if "," in author:
        return author.split(",", 1)[0].strip()
    words = author.split()
    return words[-1] if words else author


def _needed(evidence: Sequence[Evidence], values: Mapping[str, str], fields: Sequence[str]) -> tuple[Evidence, ...]:
    """The quotes that hold the values of ``fields``: all of a title or a year, any name of the authors."""
    return tuple(e for e in evidence if any(_holds(e.quote, field, values) for field in fields))


def prints(quote: str, value: str) -> bool:
    """Whether a quote prints a value of some field: a number as a number of its own, words whatever their spaces and points."""
    return printed_year(value).search(narrow(quote)) is not None if value.isdecimal() else _holds_key(value, quote)


def _holds(quote: str, field: str, values: Mapping[str, str]) -> bool:
    """Whether a quote holds the value of a field."""
    value = values.get(field, "")
    return bool(value) and _WAYS_TO_HOLD.get(field, _holds_key)(value, quote)


def _holds_key(value: str, quote: str) -> bool:
    """Whether letters and digits of a value stand together in a quote."""
    key = key_text(value.removeprefix(RESOLVER))
    return bool(key) and key in key_text(quote)


def _holds_a_name(value: str, quote: str) -> bool:
    """Whether a quote names any of the authors that a cell shows."""
    return any(len(name) > 1 and key_text(name) in key_text(quote) for name in BETWEEN_AUTHORS.split(value))


_WAYS_TO_HOLD: dict[str, Callable[[str, str], bool]] = {
    "authors": _holds_a_name,
    "first_author": _holds_a_name,
    AFFILIATION: lambda value, quote: any(key_text(one) in key_text(quote) for one in value.split("; ")),
    "year": lambda value, quote: printed_year(value).search(narrow(quote)) is not None,
}
