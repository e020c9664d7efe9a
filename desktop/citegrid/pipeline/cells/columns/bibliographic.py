"""Bibliographic columns: filled from the parsed entry, exactly; the model never retypes a name or a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from citegrid.core.document import BlockKind, Document, Span
from citegrid.core.evidence import Evidence
from citegrid.core.messages import Message
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.table import Cell, Status
from citegrid.core.text import TextIndex, key_text
from citegrid.pipeline.cells.patterns import (
    BETWEEN_AUTHORS,
    BETWEEN_FIELDS,
    FIELD_GROUP,
    FIELDS,
    IMPRINT,
    PLURAL_IN_BRACKETS,
    WHOLE_ENTRY,
    phrase,
)
from citegrid.pipeline.evidence import verify
from citegrid.pipeline.evidence.claim_tokens import words_missing

#: Authors that a cell shows by name, and characters of a block of the front page that may stand as one quote.
SHOWN_AUTHORS, LONGEST_QUOTE = 4, 300
#: Blocks of the first pages that say nothing of the paper itself.
NOT_FRONT = (BlockKind.ENTRY, BlockKind.LINE_NUMBER)
NOT_PRINTED, NO_PLACE = Message("the entry does not print it"), Message("its place in the source was not found")
#: Authors that a cell names before it breaks off, and most that it names all of.
NAMED_AUTHORS, ALL_AUTHORS = 3, 4
#: Characters beside a year that are looked at for what it is the year of.
BEFORE_YEAR, AFTER_YEAR = 40, 12


@dataclass(frozen=True, slots=True)
class EntryData:
    """A work's bibliographic data and the place they are printed at."""

    work: Work
    venue: str = ""
    link: str = ""
    evidence: tuple[Evidence, ...] = ()


def fields_of(column: str) -> tuple[str, ...]:
    """The bibliographic fields a column asks for, in its order; empty when it asks for anything else.

    ``"作者与年份"`` gives ``("authors", "year")``; ``"Authors (year)"`` too.
    """
    name = PLURAL_IN_BRACKETS.sub("s", column.strip())  # "Author(s)"
    if WHOLE_ENTRY.fullmatch(name):
        return ("authors", "year", "title")
    parts = [part.strip() for part in BETWEEN_FIELDS.split(name) if part]
    found = [_field_of(part) for part in parts if not FIELD_GROUP.fullmatch(part)]
    return () if None in found else tuple(dict.fromkeys(field for field in found if field is not None))


def _field_of(name: str) -> str | None:
    return next((field for field, pattern in FIELDS.items() if pattern.fullmatch(name)), None)


def of_reference(document: Document, work: Work, reference: Reference) -> EntryData:
    """The data of an entry, proved by the entry."""
    link = reference.doi and f"https://doi.org/{reference.doi}"
    link = link or (reference.arxiv and f"arXiv:{reference.arxiv}") or reference.url
    evidence = tuple(verify.quote_at(document, span, first_hand=False) for span in reference.spans)
    return EntryData(work, reference.venue, link, evidence)


def of_paper(document: Document, work: Work) -> EntryData:
    """The paper's own data, proved by its first pages: the blocks that hold its title, authors and year."""
    index = TextIndex(document)
    title = index.find(work.title, _front(document)) if work.title else None
    spans = [*title.spans] if title is not None else []
    places = (_author_place(document, index, author) for author in work.authors[:SHOWN_AUTHORS])
    spans += [span for span in (*places, _year_place(document, work.year)) if span is not None]
    quotes = [verify.quote_at(document, span, first_hand=True) for span in spans]
    return EntryData(work, evidence=tuple(one for i, one in enumerate(quotes) if one not in quotes[:i]))


def of_library(work: Work, evidence: Sequence[Evidence], doi: str) -> EntryData:
    """The data of a background document, proved by its title and its byline."""
    return EntryData(work, link=f"https://doi.org/{doi}" if doi else "", evidence=tuple(evidence))


def fill(column: str, fields: Sequence[str], source: EntryData, language: str) -> Cell:
    """The cell of a bibliographic column; not stated when the entry does not print what it asks for."""
    values = _values(source, language)
    texts = [values[f] for f in fields if values[f]]
    searched = tuple(sorted({e.page for e in source.evidence if e.page}))
    if not texts:
        return Cell(column, "", Status.NOT_STATED, reason=NOT_PRINTED, searched=searched)
    text = phrase("between_fields", language).join(texts)
    evidence, printed = _proof(source, values, fields)
    cell = Cell(column, text, Status.SUPPORTED, evidence, searched=searched, draft=text)
    if evidence and not words_missing(text, printed):
        return cell
    return replace(cell, status=Status.UNSUPPORTED, reason=NO_PLACE)


def _values(source: EntryData, language: str) -> dict[str, str]:
    """What a cell shows for each field; empty where the entry does not print it."""
    work = source.work
    return {
        "title": work.title,
        "authors": _authors(work.authors, language),
        "year": str(work.year or ""),
        "venue": source.venue,
        "link": source.link,
    }


def _proof(
    source: EntryData, values: Mapping[str, str], fields: Sequence[str]
) -> tuple[tuple[Evidence, ...], list[str]]:
    """The quotes that prove ``fields``, and all words that a cell may say: theirs, and what an entry was read as."""
    work = source.work
    if work.kind is WorkKind.PAPER:
        evidence = _needed(source.evidence, values, fields)
        return evidence, [e.quote for e in evidence]
    quotes = [e.quote for e in source.evidence]
    return source.evidence, [*quotes, *work.authors, work.title, str(work.year or "")]


def short_authors(work: Work, language: str) -> str:
    """``Gao等``, ``Gao et al.``, ``Gao and Liu``: how a sentence names a work's authors; empty without authors."""
    families = [_family(a) for a in work.authors if a]
    if len(families) < 2:
        return "".join(families)
    if len(families) == 2:
        return phrase("two_authors", language).format(*families)
    return families[0] + phrase("more_authors", language)


def _authors(authors: Sequence[str], language: str) -> str:
    names = [_in_order(a) for a in authors if a]
    between = phrase("between_authors", language)
    if len(names) > ALL_AUTHORS:
        return between.join(names[:NAMED_AUTHORS]) + phrase("more_authors", language)
    return between.join(names)


def _in_order(author: str) -> str:
    """``Family, Given`` as ``Given Family``."""
    return " ".join(reversed([part.strip() for part in author.split(",", 1)]))


def _family(author: str) -> str:
    if "," in author:
        return author.split(",", 1)[0].strip()
    words = author.split()
    return words[-1] if words else author


def _needed(evidence: Sequence[Evidence], values: Mapping[str, str], fields: Sequence[str]) -> tuple[Evidence, ...]:
    """The quotes that hold the values of ``fields``: all of a title or a year, any name of the authors."""
    return tuple(e for e in evidence if any(_holds(e.quote, field, values) for field in fields))


def _holds(quote: str, field: str, values: Mapping[str, str]) -> bool:
    """Whether a quote holds the value of a field."""
    value, key = values[field], key_text(quote)
    match field:
        case "title":
            return bool(key_text(value)) and key_text(value) in key
        case "year":
            return bool(value) and value in quote
        case "authors":
            return any(len(name) > 1 and key_text(name) in key for name in BETWEEN_AUTHORS.split(value))
    return False


def _author_place(document: Document, index: TextIndex, author: str) -> Span | None:
    """The block of the front pages that names ``author``, or the name alone where the block is long."""
    family, _, given = author.partition(",")
    forms = (author, f"{given.strip()} {family}") if given else (author,)
    found = next((f for form in forms if (f := index.find(form, _front(document))) is not None), None)
    return _widened(document, found.spans[0]) if found is not None else None


def _year_place(document: Document, year: int | None) -> Span | None:
    """Where the front pages print ``year`` as a number of its own; beside the words of a date before anywhere else."""
    found = list(_years(document, year)) if year else []
    return _widened(document, min(found, key=lambda s: not _is_dated(document, s))) if found else None


def _years(document: Document, year: int | None) -> Iterator[Span]:
    pattern = re.compile(rf"(?<![\d\-–]){year}(?![\d\-–])")
    for page in map(document.page, _front(document)):
        for block in page.blocks:
            if block.kind not in NOT_FRONT:
                for match in pattern.finditer(page.text[block.start : block.end]):
                    yield Span(page.number, block.start + match.start(), block.start + match.end())


def _is_dated(document: Document, span: Span) -> bool:
    """Whether the words beside a year are those of a date, a copyright line or a running head."""
    text = document.page(span.page).text
    beside = text[max(0, span.start - BEFORE_YEAR) : span.end + AFTER_YEAR]
    return bool(IMPRINT.search(beside.replace("\n", " ")))


def _widened(document: Document, span: Span) -> Span:
    """The block of ``span`` when it is short enough to quote, else its line."""
    page = document.page(span.page)
    block = next((b for b in page.blocks if b.start <= span.start < b.end), None)
    if block is not None and block.end - block.start <= LONGEST_QUOTE:
        return Span(span.page, block.start, block.end)
    start = page.text.rfind("\n", 0, span.start) + 1
    end = page.text.find("\n", span.end)
    return Span(span.page, start, end if end >= 0 else len(page.text))


def _front(document: Document) -> range:
    return range(1, min(2, len(document.pages)) + 1)
