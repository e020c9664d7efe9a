"""Entries of a numbered list whose number was lost, printed beside a running head or in a margin of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Protocol

#: The most lines that may stand before the entry numbered 2 and still be the first.
_FIRST_LINES = 12


class _Line(Protocol):
    @property
    def page(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def text(self) -> str: ...


def with_lost(
    lines: Sequence[_Line],
    starts: Mapping[int, str],
    begins: Sequence[bool],
    year: re.Pattern[str],
    ends: re.Pattern[str],
) -> dict[int, str]:
    """``starts`` (line index to label) with the entries that a gap in the numbers says are missing.

    ``begins`` tells which lines begin like an entry.  Only a gap of one number is filled, and only where the text
    between says so: the line before ends an entry that has its year, the new one begins with authors and has a year too.
    """
    result = dict(starts)
    order = sorted(starts)
    numbers = {i: int(m.group()) for i in order if (m := re.search(r"\d+", starts[i]))}
    if len(numbers) < len(order) or len(order) < 3:
        return result
    if numbers[order[0]] == 2 and 0 < order[0] <= _FIRST_LINES and _whole(lines[: order[0]], year):
        result[0] = starts[order[0]].replace("2", "1")
    for a, b in pairwise(order):
        if numbers[b] != numbers[a] + 2:
            continue
        candidates = [
            i
            for i in range(a + 1, b)
            if begins[i] and ends.search(lines[i - 1].text) and _whole(lines[a:i], year) and _whole(lines[i:b], year)
        ]
        jumping = [i for i in candidates if _jumps(lines[i - 1], lines[i])]
        if jumping or candidates:
            lost = str(numbers[a] + 1)
            result[(jumping or candidates)[0]] = starts[a].replace(str(numbers[a]), lost)
    return result


def _whole(lines: Sequence[_Line], year: re.Pattern[str]) -> bool:
    return bool(year.search(" ".join(line.text for line in lines)))


def _jumps(before: _Line, line: _Line) -> bool:
    return before.page != line.page or before.column != line.column
