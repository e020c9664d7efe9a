"""What stands in the reference lists of a document but was not read as an entry: nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from citegrid.core.document import BlockKind, Document, Page, Span
from citegrid.core.language.text import join_lines
from citegrid.core.messages import Message
from citegrid.core.reference import Reference
from citegrid.pipeline.bibliography.extent import is_heading
from citegrid.pipeline.bibliography.lines import PrintedLine, lines_of
from citegrid.pipeline.bibliography.locate import find_lists
from citegrid.pipeline.bibliography.patterns import BRACKET

#: So many characters of a lost text are shown.
_SHOWN = 60


def losses_of(document: Document, references: Sequence[Reference]) -> tuple[str, ...]:
    """One sentence for each stretch of text that a list holds and no entry has, and for each heading without a list.

    ``document`` is as it was read, its entries not yet marked.
    """
    lost = [text for found in find_lists(document) for text in _outside(found.lines, references)]
    sentences = [
        Message(
            "“{text}” on page {page} stands in the reference list but was not read as an entry.", text=text, page=page
        )
        for page, text in lost
    ]
    return (*sentences, *_empty_headings(document, references), *_going_on(document, references))


def _outside(lines: Sequence[PrintedLine], references: Sequence[Reference]) -> list[tuple[int, str]]:
    """``(page, first words)`` of each run of ``lines`` that no entry has; mere numbers are no text."""
    taken = spans_by_page(references)

    def inside(line: PrintedLine) -> bool:
        return any(a < line.end and line.start < b for a, b in taken.get(line.page, ()))

    runs = [list(run) for is_inside, run in groupby(lines, inside) if not is_inside]
    texts = [(run[0].page, join_lines("\n".join(line.text for line in run))) for run in runs]
    return [(page, shortened(text)) for page, text in texts if any(map(str.isalpha, text))]


def spans_by_page(references: Sequence[Reference]) -> dict[int, list[tuple[int, int]]]:
    """The characters that entries stand at: page → starts and ends."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for reference in references:
        for span in reference.spans:
            taken.setdefault(span.page, []).append((span.start, span.end))
    return taken


def shortened(text: str) -> str:
    """The first words of ``text``."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 2].rstrip() + " …"


def _empty_headings(document: Document, references: Sequence[Reference]) -> list[str]:
    """Headings of lists in the later part of the document below which no entry was found."""
    pages = {span.page + step for reference in references for span in reference.spans for step in (-1, 0, 1)}
    later = document.pages[len(document.pages) // 3 :]
    return [
        Message(
            "no entries were found below “{heading}” on page {page}.",
            heading=shortened(join_lines(line.text)),
            page=line.page,
        )
        for page in later
        if page.number not in pages
        for line in _headings(page)
    ]


def _headings(page: Page) -> list[PrintedLine]:
    """The headings of lists on a page."""
    return [line for line in lines_of(page) if line.kind is BlockKind.HEADING and is_heading(line)]


def _going_on(document: Document, references: Sequence[Reference]) -> list[str]:
    """The next number of the last list where it begins a line behind the list, in brackets as its entries."""
    number = BRACKET.number(references[-1].label) if references and references[-1].spans else None
    if number is None:
        return []
    behind = _lines_behind(document, references[-1].spans[-1])
    line = next((line for line in behind if BRACKET.number(line.text) == number + 1), None)
    if line is None:
        return []
    return [
        Message(
            "“{text}” on page {page} looks like an entry but stands outside the reference list.",
            text=shortened(join_lines(line.text)),
            page=line.page,
        )
    ]


def _lines_behind(document: Document, end: Span) -> Iterator[PrintedLine]:
    """The lines behind ``end`` on its page and the next two."""
    for page in document.pages[end.page - 1 : end.page + 2]:
        yield from (line for line in lines_of(page) if line.page > end.page or line.start >= end.end)
