"""The reference list: where it is, where each entry begins and ends, and what it names.

An entry begins where its label does (``[12]``, ``12.``, ``[Smi+20]``), judged
by the sequence of the labels; without labels where the hanging indent does, or
else where a new paragraph or a new list of authors begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import chain

from citegrid.core.document import Document, Span, boxes_of
from citegrid.core.language.text import join_lines, weight
from citegrid.core.reference import Reference
from citegrid.pipeline.bibliography.entry.line_fields import full_lines, is_by_lines, parse_lines, without_label
from citegrid.pipeline.bibliography.entry.parse import Fields, PrintedEntry, parse_entries
from citegrid.pipeline.bibliography.lines import PrintedLine, italics_of
from citegrid.pipeline.bibliography.locate import find_lists
from citegrid.pipeline.bibliography.patterns import DATED, SAME_AUTHORS
from citegrid.pipeline.bibliography.segment import split_entries

#: Letters and digits an entry has at least (see ``weight``), with a year and without one; less is a stray page number or a heading.
SHORTEST, _SHORTEST_DATED = 18, 10
#: Half of the entries of a list have at most so many; what lies below the head of a table's column goes on into the text.
_LONGEST = 1500
#: Of so many entries at least one has authors and a year, or an address.
_NAMED = 3

#: An entry as it was cut out: its label and its lines.
Entry = tuple[str, Sequence[PrintedLine]]


def find_references(document: Document) -> tuple[Reference, ...]:
    """Every entry of every reference list, in order; ``mentions`` are empty.  No list gives an empty tuple."""
    cut = list(map(split_entries, find_lists(document)))
    lists = [tuple(_read(document, entries)) for entries in list(filter(_is_sound, cut)) or cut]
    naming = filter(_names_works, lists)
    result: list[Reference] = []
    for reference in chain.from_iterable(list(naming) or lists):
        result.append(_with_authors_above(replace(reference, id=f"r{len(result) + 1}"), result))
    return tuple(result)


def _read(document: Document, entries: Sequence[Entry]) -> Iterator[Reference]:
    """The entries of a list as references, which have no ids yet."""
    by_lines = is_by_lines([[line.text for line in lines] for _, lines in entries])
    return (_references, _references_by_lines)[by_lines](document, entries)


def _names_works(references: Sequence[Reference]) -> bool:
    """Whether enough of what was read of a list names a work; a table of the literature has years, too."""
    named = (any((one.authors and one.year, one.doi, one.url)) for one in references)
    return _NAMED * sum(named) >= len(references)


def _is_sound(entries: Sequence[Entry]) -> bool:
    """Whether these look like works rather than, say, the column of a table that is headed “References”."""
    texts = [" ".join(line.text for line in lines) for _, lines in entries]
    told = sum(bool(DATED.search(text) or "http" in text or "doi" in text.casefold()) for text in texts)
    letters = sorted(map(weight, texts))
    return bool(texts) and 3 * told >= len(texts) and SHORTEST <= letters[len(letters) // 2] <= _LONGEST


def _references(document: Document, entries: Sequence[Entry]) -> Iterator[Reference]:
    """The entries as references, without those that are too short for one; they have no ids yet."""
    placed = [(label, _spans(lines)) for label, lines in entries]
    printed_ones = ((label, spans, _printed(document, spans)) for label, spans in placed)
    kept = [entry for entry in printed_ones if _is_long_enough(entry[2])]
    read = parse_entries([_without_label(document, *entry) for entry in kept])
    for (label, spans, printed), fields in zip(kept, read, strict=True):
        boxes = [box for span in spans for box in boxes_of(document.page(span.page), span.start, span.end)]
        known = {**asdict(fields), "imprint": fields.imprint}
        yield Reference("", label, join_lines(printed), spans[0].page, tuple(boxes), spans, **known)


def _printed(document: Document, spans: Sequence[Span]) -> str:
    return "\n".join(document.page(s.page).text[s.start : s.end] for s in spans).strip()


def _is_long_enough(printed: str) -> bool:
    """Whether this is more than a stray page number or a heading."""
    raw = join_lines(printed)
    return weight(raw) >= (SHORTEST, _SHORTEST_DATED)[DATED.search(raw) is not None]


def _without_label(document: Document, label: str, spans: Sequence[Span], printed: str) -> PrintedEntry:
    return PrintedEntry(printed.removeprefix(label), tuple(italics_of(document, spans)))


def _references_by_lines(document: Document, entries: Sequence[Entry]) -> Iterator[Reference]:
    """The same for a list that prints each field on lines of its own."""
    widest = max(line.x1 for _, lines in entries for line in lines)
    long = [entry for entry in entries if _is_long_enough(_printed(document, _spans(entry[1])))]
    for reference, (_, lines) in zip(_references(document, long), long, strict=True):
        yield _by_lines(reference, lines, widest)


def _spans(lines: Sequence[PrintedLine]) -> tuple[Span, ...]:
    """The characters of these lines, one span for those that follow each other."""
    spans: list[Span] = []
    for line in lines:
        last = spans[-1] if spans else None
        if last is not None and last.page == line.page and 0 <= line.start - last.end <= 2:
            spans[-1] = Span(last.page, last.start, line.end)
        else:
            spans.append(Span(line.page, line.start, line.end))
    return tuple(spans)


def _by_lines(reference: Reference, lines: Sequence[PrintedLine], widest: float) -> Reference:
    """``reference`` with its fields as its lines part them."""
    texts = without_label([line.text for line in lines], reference.label)
    full = full_lines(texts, [line.x0 for line in lines], [line.x1 for line in lines], widest)
    kept = [i for i, text in enumerate(texts) if text]
    fields = Fields(reference.authors, reference.title, reference.year, reference.venue)
    fields = parse_lines([texts[i] for i in kept], [full[i] for i in kept], [lines[i].bold for i in kept], fields)
    return replace(reference, authors=fields.authors, title=fields.title, year=fields.year, venue=fields.venue)


def _with_authors_above(reference: Reference, above: Sequence[Reference]) -> Reference:
    """``reference`` with the authors of the entry above where a dash or a word stands for them."""
    body = reference.raw.removeprefix(reference.label).strip()
    return replace(reference, authors=above[-1].authors) if above and SAME_AUTHORS.match(body) else reference
