"""How far the lines of a list stand in from the margins of their columns, and whether its entries hang."""

from __future__ import annotations

import math
import operator
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from citegrid.pipeline.bibliography.lines import PrintedLine

#: Left edges that differ by less are one edge, in points.
_SAME_EDGE = 2.0
#: The least and the most an indent measures, in points.
_INDENT = (4.0, 64.0)
#: Lines closer than this share a row, however the file cuts it, in points.
SAME_ROW = 3.0

#: The page, the column, and whether it lies in the right half of the list.
Column = tuple[int, int, bool]
#: The left edges that occur in a column and how many lines begin there.
Edges = list[tuple[float, int]]


def offsets_of(lines: Sequence[PrintedLine], begins: Sequence[bool]) -> tuple[list[float], float]:
    """How far each line stands in from the margin of its column, and the usual indent; no indent gives 0.

    ``begins`` says which lines begin like an entry.
    """
    keys = _columns(lines)
    groups: dict[Column, list[int]] = {}
    for i, key in enumerate(keys):
        if not _goes_on(lines, i):
            groups.setdefault(key, []).append(i)
    edges = {key: _edges([lines[i].x0 for i in group]) for key, group in groups.items()}
    indent = _usual_indent(list(edges.values()))
    if not indent:
        return [0.0] * len(lines), 0.0
    margins = _margins(edges, indent, {key: [begins[i] for i in group] for key, group in groups.items()})
    offsets: list[float] = []
    for i, line in enumerate(lines):
        inside = _goes_on(lines, i)
        offsets.append(offsets[-1] if inside else max(0.0, line.x0 - margins.get(keys[i], line.x0)))
    return offsets, indent


def _columns(lines: Sequence[PrintedLine]) -> list[Column]:
    """The column that each line stands in."""
    middle = (min(line.x0 for line in lines) + max(line.x1 for line in lines)) / 2
    return [(line.page, line.column, line.x0 > middle) for line in lines]


def _goes_on(lines: Sequence[PrintedLine], at: int) -> bool:
    """Whether a line is the rest of the row that the line before began, past a wide gap."""
    before, line = lines[at - 1], lines[at]
    same_row = at > 0 and before.page == line.page and abs(before.y0 - line.y0) < SAME_ROW
    return same_row and line.x0 >= before.x1 - 1


def _edges(xs: Sequence[float]) -> Edges:
    """The left edges that occur and how many lines begin there."""
    result: list[list[float]] = []
    for x in sorted(xs):
        if result and x - result[-1][-1] < _SAME_EDGE:
            result[-1].append(x)
        else:
            result.append([x])
    return [(median(group), len(group)) for group in result]


def _usual_indent(columns: Sequence[Edges]) -> float:
    """The distance of two left edges that most lines agree on; 0 if there are none."""
    votes: Counter[float] = Counter()
    for edges in columns:
        for x, n in edges:
            for y, m in edges:
                if _INDENT[0] <= y - x <= _INDENT[1]:
                    votes[round(y - x)] += min(n, m)
    if not votes:
        return 0.0
    best = max(votes, key=lambda d: votes[d - 1] + votes[d] + votes[d + 1])
    return float(best) if votes[best - 1] + votes[best] + votes[best + 1] >= 2 else 0.0


def _margins(
    edges: Mapping[Column, Edges], indent: float, begins: Mapping[Column, Sequence[bool]]
) -> dict[Column, float]:
    """The margin of each column: the left one of two edges an indent apart, else as its neighbours say."""
    sure: dict[Column, float] = {}
    for key, found in edges.items():
        pairs = [(n + m, x) for x, n in found for y, m in found if abs(y - x - indent) < _SAME_EDGE]
        if pairs:
            sure[key] = max(pairs)[1]
    margins = dict(sure)
    for key, found in edges.items():
        if key not in sure:
            x = max(found, key=operator.itemgetter(1))[0]
            margins[key] = _margin_of_neighbours(key, x, indent, margins, begins[key])
    return margins


def _margin_of_neighbours(
    key: Column, x: float, indent: float, known: Mapping[Column, float], begins: Sequence[bool]
) -> float:
    """The margin of a column whose lines all begin at ``x``: at ``x``, or an indent before it.

    Told by columns on the same side, those of pages of the same parity first, else by how many lines begin like authors.
    """
    neighbours = _neighbours(key, known)
    usual = median(neighbours) if neighbours else math.inf
    near = min((x, x - indent), key=lambda margin: abs(margin - usual))
    if abs(near - usual) < 2 * _SAME_EDGE:
        return near
    return x if sum(begins) * 2 > len(begins) else x - indent


def _neighbours(key: Column, known: Mapping[Column, float]) -> list[float]:
    """The margins of columns on the same side, of pages of the same parity if there are any."""
    side = {k: margin for k, margin in known.items() if k[2] == key[2]}
    return [margin for k, margin in side.items() if (k[0] - key[0]) % 2 == 0] or list(side.values())
