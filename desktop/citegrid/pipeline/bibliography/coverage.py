"""What stands in the reference lists of a document but was not read as an entry: nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.core.document import BlockKind, Document
from citegrid.core.reference import Reference
from citegrid.core.text import join_lines
from citegrid.pipeline.bibliography.lines import LABELS, Line, lines_of
from citegrid.pipeline.bibliography.locate import find_lists, is_heading

#: So many characters of a lost text are shown.
_SHOWN = 60
_FURNITURE = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.LINE_NUMBER)


def losses_of(document: Document, references: Sequence[Reference]) -> tuple[str, ...]:
    """One sentence for each stretch of text that a list holds and no entry has, and for each heading without a list.

    ``document`` is as it was read, its entries not yet marked.
    """
    lost = [text for found in find_lists(document) for text in _outside(found.lines, references)]
    sentences = [
        f"“{text}” on page {page} stands in the reference list but was not read as an entry." for page, text in lost
    ]
    return (*sentences, *_empty_headings(document, references), *_going_on(document, references))


def _outside(lines: Sequence[Line], references: Sequence[Reference]) -> list[tuple[int, str]]:
    """``(page, first words)`` of each run of ``lines`` that no entry has; mere numbers are no text."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for reference in references:
        for span in reference.spans:
            taken.setdefault(span.page, []).append((span.start, span.end))
    runs: list[list[Line]] = []
    open_ = False
    for line in lines:
        inside = any(a < line.end and line.start < b for a, b in taken.get(line.page, ()))
        if not inside and not open_:
            runs.append([])
        if not inside:
            runs[-1].append(line)
        open_ = not inside
    texts = [(run[0].page, join_lines("\n".join(line.text for line in run))) for run in runs]
    return [(page, shortened(text)) for page, text in texts if any(c.isalpha() for c in text)]


def shortened(text: str) -> str:
    """The first words of ``text``."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 2].rstrip() + " …"


def _empty_headings(document: Document, references: Sequence[Reference]) -> list[str]:
    """Headings of lists in the later part of the document below which no entry was found."""
    pages = {span.page for reference in references for span in reference.spans}
    sentences = []
    for page in document.pages[len(document.pages) // 3 :]:
        if page.number in pages or page.number + 1 in pages or page.number - 1 in pages:
            continue
        for line in lines_of(page):
            if line.kind is BlockKind.HEADING and is_heading(line):
                text = shortened(join_lines(line.text))
                sentences.append(f"no entries were found below “{text}” on page {page.number}.")
    return sentences


def _going_on(document: Document, references: Sequence[Reference]) -> list[str]:
    """The next number of the last list where it begins a line behind the list, in brackets as its entries."""
    pattern = LABELS[0][1]
    last = references[-1] if references else None
    match = pattern.match(last.label) if last is not None else None
    if last is None or match is None:
        return []
    wanted, end = int(match.group(2)) + 1, last.spans[-1] if last.spans else None
    if end is None:
        return []
    for page in document.pages[end.page - 1 : end.page + 2]:
        for line in lines_of(page):
            found = pattern.match(line.text)
            behind = line.page > end.page or line.start >= end.end
            if found and behind and int(found.group(2)) == wanted:
                text = shortened(join_lines(line.text))
                return [f"“{text}” on page {line.page} looks like an entry but stands outside the reference list."]
    return []
