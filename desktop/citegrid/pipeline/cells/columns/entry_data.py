"""The bibliographic data of a work, and where they are printed: in its entry, on its title page, in a document of the library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from citegrid.core.document import BlockKind, Document, Span
from citegrid.core.evidence import Evidence
from citegrid.core.language.script import narrow
from citegrid.core.language.text import TextIndex
from citegrid.core.reference import Reference, Work
from citegrid.pipeline.bibliography.entry.identifiers import identifiers
from citegrid.pipeline.cells.columns import printed_fields, repositories
from citegrid.pipeline.cells.columns.patterns import IMPRINT, printed_year
from citegrid.pipeline.evidence import verify

#: Authors whose places are looked for, and characters of a block of the front page that may stand as one quote.
SHOWN_AUTHORS, LONGEST_QUOTE = 4, 300
#: Blocks of the first pages that say nothing of the paper itself.
NOT_FRONT = (BlockKind.ENTRY, BlockKind.LINE_NUMBER)
#: Characters beside a year that are looked at for what it is the year of.
BEFORE_YEAR, AFTER_YEAR = 40, 12
#: What makes a DOI an address.
RESOLVER = "https://doi.org/"
AFFILIATION = "affiliation"


@dataclass(frozen=True, slots=True)
class EntryData:
    """A work's bibliographic data and the place they are printed at.

    ``fields`` are those beside title, authors and year, by the name of their column (``venue``, ``link``, ``doi``, ``pages`` …;
    ``repository`` is where its code or data is kept); one that is not printed is not there.  ``raw`` is the entry as printed, empty where there is none.
    ``by_hand`` is whether a person corrected the data, which then count also where they are not printed; ``origin`` names the
    reference manager where it gave them instead.
    """

    work: Work
    fields: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    raw: str = ""
    by_hand: bool = False
    origin: str = ""


def of_reference(document: Document, work: Work, reference: Reference) -> EntryData:
    """The data of an entry, proved by the entry."""
    fields = {
        "venue": reference.venue,
        **_addresses(reference.doi, reference.arxiv, reference.url),
        **printed_fields.of_entry(reference.raw),
        "repository": repositories.address_in(reference.url),
    }
    evidence = tuple(verify.quote_at(document, span, first_hand=False) for span in reference.spans)
    return EntryData(work, fields, evidence, reference.raw)


def of_paper(document: Document, work: Work) -> EntryData:
    """The paper's own data, proved by its first pages: the blocks that hold its title, authors, year and addresses."""
    spans, fields = list(_named_at(document, work)), dict[str, str]()
    for span, found in _own_fields(document, work.authors) if document.pages else ():
        fields = _with_more(fields, found)
        spans.append(span)
    if document.doi or document.arxiv or document.corrected is not None:
        fields = {**fields, **_addresses(document.doi, document.arxiv, "")}
    repository = repositories.own_repository(document)
    if repository is not None:
        fields["repository"] = repository.address
        spans.append(repository.span)
    quotes = dict.fromkeys(verify.quote_at(document, span, first_hand=True) for span in spans)
    corrected = document.corrected
    origin = corrected.origin if corrected is not None else ""
    return EntryData(work, fields, tuple(quotes), by_hand=corrected is not None, origin=origin)


def _named_at(document: Document, work: Work) -> Iterator[Span]:
    """Where the first pages print the title, the first authors and the year."""
    index = TextIndex(document)
    title = index.find(work.title, _front(document)) if work.title else None
    if title is not None:
        yield from title.spans
    authors = (_author_place(document, index, author) for author in work.authors[:SHOWN_AUTHORS])
    yield from filter(None, (*authors, _year_place(document, work.year)))


def front_quotes(document: Document) -> tuple[Evidence, ...]:
    """The blocks of the first pages that are short enough to quote: title, byline, affiliations, addresses, dates."""
    return tuple(
        verify.quote_at(document, Span(page.number, block.start, block.end), first_hand=True)
        for page in map(document.page, _front(document))
        for block in page.blocks
        if block.kind not in NOT_FRONT and block.end - block.start <= LONGEST_QUOTE
    )


def of_library(work: Work, evidence: Sequence[Evidence], doi: str) -> EntryData:
    """The data of a background document, proved by its title and its byline."""
    return EntryData(work, _addresses(doi, "", ""), tuple(evidence))


def _addresses(doi: str, arxiv: str, url: str) -> dict[str, str]:
    """The columns that an entry's identifiers answer; the link is the most lasting of them."""
    named = f"arXiv:{arxiv}" if arxiv else ""
    return {"doi": doi, "arxiv": named, "link": f"{RESOLVER}{doi}" if doi else named or url}


def _own_fields(document: Document, authors: Sequence[str]) -> Iterator[tuple[Span, dict[str, str]]]:
    """What blocks of the first page print of the paper beside its title, authors and year, each with its place."""
    above = bool(authors)
    for block in document.page(1).blocks:
        text = document.page(1).text[block.start : block.end]
        above = above and not printed_fields.begins_text(text)
        if block.kind in NOT_FRONT or len(text) > LONGEST_QUOTE:
            continue
        doi, arxiv, _ = identifiers(text)
        found = {**_addresses(doi, arxiv, ""), **printed_fields.of_front_block(text, authors, above=above)}
        if any(found.values()):
            yield Span(1, block.start, block.end), found


def _with_more(fields: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """``fields`` with what a further block prints: the first of each, but every affiliation."""
    new = {name: value for name, value in found.items() if value and name not in fields}
    known, more = fields.get(AFFILIATION, ""), found.get(AFFILIATION, "")
    if known and more and more not in known:
        new[AFFILIATION] = f"{known}; {more}"
    return {**fields, **new}


def _author_place(document: Document, index: TextIndex, author: str) -> Span | None:
    """The block of the front pages that names ``author``, or the name alone where the block is long."""
    family, _, given = author.partition(",")
    forms = (author, f"{given.strip()} {family}") if given else (author,)
    found = next((f for form in forms if (f := index.find(form, _front(document))) is not None), None)
    return _widened(document, found.spans[0]) if found is not None else None


def _year_place(document: Document, year: int | None) -> Span | None:
    """Where the front pages print ``year`` as a number of its own; beside the words of a date before anywhere else, and in a short
    block, as a head is, before running text, which cites the years of others."""
    found = list(_years(document, year)) if year else []
    best = min(found, key=lambda one: (not _is_dated(document, one[1]), not one[0]), default=None)
    return _line_of(document, best[1]) if best is not None else None


def _years(document: Document, year: int | None) -> Iterator[tuple[bool, Span]]:
    """Whether in a short block, and where, the front pages print ``year``; running text cites the years of others, so only dates
    count in it."""
    pattern = printed_year(str(year))
    for page in map(document.page, _front(document)):
        for block in page.blocks:
            if block.kind not in NOT_FRONT:
                short = block.end - block.start <= LONGEST_QUOTE
                for match in pattern.finditer(narrow(page.text[block.start : block.end])):
                    place = Span(page.number, block.start + match.start(), block.start + match.end())
                    if short or _is_dated(document, place):
                        yield short, place


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
    return _line_of(document, span)


def _line_of(document: Document, span: Span) -> Span:
    """The line of ``span``: a block of the front pages may hold lines of two columns, which no reader sees side by side."""
    page = document.page(span.page)
    start = page.text.rfind("\n", 0, span.start) + 1
    end = page.text.find("\n", span.end)
    return Span(span.page, start, end if end >= 0 else len(page.text))


def _front(document: Document) -> range:
    return range(1, min(2, len(document.pages)) + 1)
