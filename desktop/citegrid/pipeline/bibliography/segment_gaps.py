"""Entries of a numbered list whose number was lost, printed beside a running head or in a margin of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from citegrid.pipeline.bibliography.lines import PrintedLine
from citegrid.pipeline.bibliography.patterns import AUTHOR_START, DATED, ENDS_ENTRY

#: The most lines that may stand before the entry numbered 2 and still be the first.
_FIRST_LINES = 12
#: A list of fewer entries has no gaps.
_FEWEST = 3


def with_lost(lines: Sequence[PrintedLine], starts: Mapping[int, str]) -> dict[int, str]:
    """``starts`` (line index to label) with the entries that a gap in the numbers says are missing.

    Only a gap of one number is filled, and only where the text between says so: the line before ends an entry that has
    its year, the new one begins with authors and has a year too.
    """
    order = sorted(starts)
    numbers = {i: int(digits) for i in order if (digits := "".join(filter(str.isdecimal, starts[i])))}
    if len(numbers) < max(len(order), _FEWEST):
        return dict(starts)
    lost: dict[int, str] = {}
    first = order[0]
    if numbers[first] == 2 and 0 < first <= _FIRST_LINES and _is_dated(lines[:first]):
        lost[0] = starts[first].replace("2", "1")
    for a, b in pairwise(order):
        if numbers[b] == numbers[a] + 2 and (at := _beginning_between(lines, a, b)) is not None:
            lost[at] = starts[a].replace(str(numbers[a]), str(numbers[a] + 1))
    return {**starts, **lost}


def _beginning_between(lines: Sequence[PrintedLine], a: int, b: int) -> int | None:
    """Where between two entries another begins: best at the top of a page or column."""
    may = [i for i in range(a + 1, b) if AUTHOR_START.match(lines[i].text) and ENDS_ENTRY.search(lines[i - 1].text)]
    may = [i for i in may if _is_dated(lines[a:i]) and _is_dated(lines[i:b])]
    jumping = [i for i in may if (lines[i - 1].page, lines[i - 1].column) != (lines[i].page, lines[i].column)]
    return next(iter(jumping or may), None)


def _is_dated(lines: Sequence[PrintedLine]) -> bool:
    return any(DATED.search(line.text) for line in lines)
