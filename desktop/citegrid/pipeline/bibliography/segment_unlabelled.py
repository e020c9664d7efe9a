"""Where the entries of a list without labels begin.

Four shapes are tried: a hanging indent, an indented first line, gaps between
paragraphs, and authors that follow the end of a sentence.  Each shape cuts the
list into entries, and the cut whose entries look most like entries wins: they
begin like authors, follow the end of another, hold one year, and hide no
second beginning inside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

from citegrid.pipeline.bibliography.lines import AUTHOR_START, ENDS_ENTRY, YEAR, Line

#: Left edges that differ by less are one edge, in points.
_SAME_EDGE = 2.0
#: The least and the most an indent measures, in points.
_INDENT = (4.0, 64.0)
#: The share of lines that begin an entry, right behind the end of another, in a list of short entries.
_WHOLE = 0.7
#: Lines closer than this share a row, however the file cuts it, in points.
_SAME_ROW = 3.0

#: Where and on which pages a work appeared.
_PUBLISHED = re.compile(
    r"\b(?:press|publish(?:ers|ing)|verlag|springer|wiley|elsevier|university|journal|letters|review|proceedings|transactions|pp?\.)|\d[–-]\d",
    re.I,
)
#: What a hanging indent is worth against an entry in seven that looks odd.
_HANGING = 0.15


def starts_by_shape(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines at which an entry begins; the first line is always one."""
    if not lines:
        return []
    begins = [bool(AUTHOR_START.match(line.text)) for line in lines]
    ended = [True, *(bool(ENDS_ENTRY.search(line.text)) for line in lines[:-1])]
    gaps = _gaps(lines)
    offsets, indent = _offsets(lines, begins)
    cuts: list[list[int]] = []
    if indent:
        inner = [o > 0.5 * indent for o in offsets]
        cuts.append([i for i, far in enumerate(inner) if i == 0 or (not far and (begins[i] or ended[i] or gaps[i]))])
        cuts.append([i for i, far in enumerate(inner) if i == 0 or far])
    cuts.append([i for i, gap in enumerate(gaps) if i == 0 or gap])
    cuts.append(_by_paragraph(lines, begins, gaps))
    whole = [b and e for b, e in zip(begins, ended, strict=True)]
    if sum(whole) > _WHOLE * len(lines):  # most entries fill one line
        cuts.append([i for i, begin in enumerate(whole) if i == 0 or begin])
    likeness = _likeness(lines, begins, ended)
    bonus = _HANGING if indent else 0.0  # an indent that returns in each column is the surest sign
    return max(cuts, key=lambda cut: likeness(cut) + (bonus if cut is cuts[0] else 0.0))


def _likeness(lines: Sequence[Line], begins: Sequence[bool], ended: Sequence[bool]) -> Callable[[list[int]], float]:
    """How much a cut (starts of entries) looks like a list of works, the higher the better."""
    dated = [bool(YEAR.search(line.text)) for line in lines]

    def likeness(starts: list[int]) -> float:
        if len(starts) < 2 and len(lines) > 12:
            return -1.0
        good = hidden = 0.0
        for a, b in zip(starts, [*starts[1:], len(lines)], strict=True):
            good += begins[a] + ended[a] + any(dated[a:b])
            for i in range(a + 1, b):
                if begins[i] and any(dated[a:i]) and any(dated[i:b]):
                    hidden += 1.5 if ended[i] else 0.5
        # More entries are better where all else is equal: each start must pay for itself.
        return (good / 3 - hidden) / len(starts) + 0.02 * min(1.0, len(starts) / len(lines))

    return likeness


def _offsets(lines: Sequence[Line], begins: Sequence[bool]) -> tuple[list[float], float]:
    """How far each line stands in from the margin of its column, and the usual indent; no indent gives 0."""
    middle = (min(line.x0 for line in lines) + max(line.x1 for line in lines)) / 2
    groups: dict[tuple[int, int, bool], list[int]] = {}
    for i, line in enumerate(lines):
        if i and _goes_on(lines[i - 1], line):
            continue
        groups.setdefault((line.page, line.column, line.x0 > middle), []).append(i)
    edges = {key: _edges([lines[i].x0 for i in group]) for key, group in groups.items()}
    indent = _usual_indent(list(edges.values()))
    if not indent:
        return [0.0] * len(lines), 0.0
    margins: dict[tuple[int, int, bool], float] = {}
    unsure: dict[tuple[int, int, bool], float] = {}
    for key, found in edges.items():
        pairs = [(n + m, x) for x, n in found for y, m in found if abs(y - x - indent) < _SAME_EDGE]
        if pairs:
            margins[key] = max(pairs)[1]
        else:
            unsure[key] = max(found, key=lambda edge: edge[1])[0]
    for key, x in unsure.items():
        margins[key] = _margin_of_neighbours(key, x, indent, margins, [begins[i] for i in groups[key]])
    offsets: list[float] = []
    for i, line in enumerate(lines):
        key = (line.page, line.column, line.x0 > middle)
        inside = bool(i and _goes_on(lines[i - 1], line))
        offsets.append(offsets[-1] if inside else max(0.0, line.x0 - margins.get(key, line.x0)))
    return offsets, indent


def _goes_on(before: Line, line: Line) -> bool:
    """Whether ``line`` is the rest of the row that ``before`` began, past a wide gap."""
    return before.page == line.page and abs(before.y0 - line.y0) < _SAME_ROW and line.x0 >= before.x1 - 1


def _edges(xs: Sequence[float]) -> list[tuple[float, int]]:
    """The left edges that occur and how many lines begin there."""
    result: list[list[float]] = []
    for x in sorted(xs):
        if result and x - result[-1][-1] < _SAME_EDGE:
            result[-1].append(x)
        else:
            result.append([x])
    return [(median(group), len(group)) for group in result]


def _usual_indent(columns: Sequence[Sequence[tuple[float, int]]]) -> float:
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


def _margin_of_neighbours(
    key: tuple[int, int, bool],
    x: float,
    indent: float,
    sure: dict[tuple[int, int, bool], float],
    begins: Sequence[bool],
) -> float:
    """The margin of a column whose lines all begin at ``x``: at ``x``, or an indent before it.

    Told by columns on the same side, those of pages of the same parity first, else by how many lines begin like authors.
    """
    side = [(k, m) for k, m in sure.items() if k[2] == key[2]]
    alike = [m for k, m in side if (k[0] - key[0]) % 2 == 0] or [m for _, m in side]
    if alike:
        usual = median(alike)
        if min(abs(x - usual), abs(x - indent - usual)) < 2 * _SAME_EDGE:
            return x if abs(x - usual) <= abs(x - indent - usual) else x - indent
    return x if sum(begins) * 2 > len(begins) else x - indent


def _gaps(lines: Sequence[Line]) -> list[bool]:
    """Whether there is more room above each line than usual within an entry."""
    steps = sorted(b.y0 - a.y0 for a, b in pairwise(lines) if a.page == b.page and b.y0 - a.y0 > _SAME_ROW)
    usual = steps[len(steps) // 4] if steps else 12.0
    result = [True]
    for before, line in pairwise(lines):
        same = before.page == line.page and line.y0 >= before.y0
        result.append(same and line.y0 - before.y0 > 1.18 * usual)
    return result


def _by_paragraph(lines: Sequence[Line], begins: Sequence[bool], gaps: Sequence[bool]) -> list[int]:
    """Starts where authors begin and the line before ends an entry: by a gap, a short line, or its last words."""
    with_gap = sum(g and b for g, b in zip(gaps, begins, strict=True))
    trust_gaps = with_gap >= 0.5 * max(sum(gaps), 1) and sum(gaps) >= 3
    wide = sorted(line.x1 for line in lines)[int(0.9 * (len(lines) - 1))] if lines else 0
    starts = []
    text = ""
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        whole = bool(YEAR.search(text))
        jump = before is not None and (before.page != line.page or line.y0 < before.y0 - 20)
        if i and _is_last_words(lines, i, begins, wide):
            text += " " + line.text
            continue
        new = before is None or (gaps[i] and (begins[i] or whole) and trust_gaps)
        if not new and before is not None and begins[i] and whole and (not trust_gaps or jump):
            short = before.x1 < wide - 25
            new = bool(ENDS_ENTRY.search(before.text)) and (
                short or jump or before.text.rstrip().endswith((".", "。", ")"))
            )
        if new:
            starts.append(i)
            text = ""
        text += " " + line.text
    return starts


def _is_last_words(lines: Sequence[Line], i: int, begins: Sequence[bool], wide: float) -> bool:
    """Whether a line that might begin an entry ends one: short, undated, and an author follows ("Academic Press, London.")."""
    line = lines[i]
    followed = i + 1 < len(lines) and begins[i + 1]
    short = line.x1 < wide - 25 and not YEAR.search(line.text)
    return followed and short and bool(_PUBLISHED.search(line.text) and ENDS_ENTRY.search(line.text))
