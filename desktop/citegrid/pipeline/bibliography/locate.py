"""Where the reference lists of a document are: below their headings, at its end, or wherever their entries bear marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import filterfalse, pairwise, starmap

from citegrid.core.document import BlockKind, Document
from citegrid.core.language.text import key_text
from citegrid.pipeline.bibliography.extent import is_heading, is_list, lines_of_list
from citegrid.pipeline.bibliography.lines import PrintedLine, chain_of, lines_of
from citegrid.pipeline.bibliography.locate_unheaded import marked_lists
from citegrid.pipeline.bibliography.patterns import DATED, LABEL_FORMS, LabelForm

#: The share of a page's height in which running heads stand.
_TOP = 0.08
#: So many lines below a heading say whether it is that of a list.
_BELOW = 39
#: Entries, and years for each of them, that make a numbered list at the end of the document.
_FEWEST, _YEARS = 5, 0.6
_FURNITURE = (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.LINE_NUMBER)


@dataclass(slots=True)
class LocatedList:
    """The lines of one reference list, in reading order; ``starts`` are its entries' first lines and labels where they are known."""

    lines: list[PrintedLine] = field(default_factory=list)
    starts: dict[int, str] = field(default_factory=dict)


def find_lists(document: Document) -> list[LocatedList]:
    """The reference lists of ``document``; one without a heading is found by its numbered or dated entries at the end."""
    lines = [line for page in document.pages for line in lines_of(page) if line.kind not in _FURNITURE]
    lists = list(_headed_lists(lines)) or _numbered_list(lines)
    taken = {(line.page, line.start) for found in lists for line in found.lines}
    free = [line for line in lines if (line.page, line.start) not in taken]
    lists += list(starmap(LocatedList, marked_lists(free)))
    return sorted(lists, key=lambda found: (found.lines[0].page, found.lines[0].start))


def _headed_lists(lines: Sequence[PrintedLine]) -> Iterator[LocatedList]:
    """The lists below headings; a heading printed again at the top of each page is one."""
    starts = [i for i, line in enumerate(lines) if is_heading(line) and is_list(lines[i + 1 : i + 1 + _BELOW])]
    running = _running_heads(lines, starts)
    starts = list(filterfalse(running.__contains__, starts))
    for start, until in zip(starts, [*starts[1:], len(lines)], strict=False):
        found = lines_of_list([lines[i] for i in range(start + 1, until) if i not in running], lines[start])
        if found:
            yield LocatedList(found)


def _running_heads(lines: Sequence[PrintedLine], starts: Sequence[int]) -> set[int]:
    """Headings of a list that are printed at the top of its pages: the first line of the page after one with the same heading."""
    return {b for a, b in pairwise(starts) if lines[b - 1].page < lines[b].page and _runs_on(lines, a, b)}


def _runs_on(lines: Sequence[PrintedLine], a: int, b: int) -> bool:
    """Whether the heading at ``b`` is that at ``a`` again: on the next page, and without numbers that begin again."""
    before, line = lines[a], lines[b]
    if line.page - before.page != 1 or any(form.number(lines[b + 1].text) == 1 for form in LABEL_FORMS):
        return False
    same = key_text(before.text).strip("0123456789") == key_text(line.text).strip("0123456789")
    return same or line.y1 < _TOP * line.page_height


def _numbered_list(lines: Sequence[PrintedLine]) -> list[LocatedList]:
    """A numbered list at the end of the document that no heading announces: at least five entries, most with years."""
    tail = lines[len(lines) // 3 :]
    for form in LABEL_FORMS:
        start = _start_of_numbers(tail, form) if form.counts else None
        if start is not None:
            return [LocatedList(lines_of_list(tail[start:], tail[start]))]
    return []


def _start_of_numbers(lines: Sequence[PrintedLine], form: LabelForm) -> int | None:
    """The line of the last number 1 from which numbers count up through a list of works."""
    numbered = [(i, number) for i, line in enumerate(lines) for number in form.numbers([line.text])]
    for k in reversed([k for k, (_, number) in enumerate(numbered) if number == 1]):
        chain = chain_of([number for _, number in numbered[k:]])
        if len(chain) < _FEWEST:
            continue
        start, end = numbered[k][0], numbered[k + chain[-1]][0]
        years = sum(len(DATED.findall(line.text)) for line in lines[start : end + 4])
        if years >= _YEARS * len(chain):
            return start
    return None
