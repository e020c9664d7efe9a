"""Where the entries of a list without labels begin.

Each shape that lists have cuts the list into entries: a hanging indent, an indented first line, gaps between
paragraphs, authors that follow the end of a sentence, a line for each entry.  The cut whose entries look most
like entries wins: they begin like authors, follow the end of another, hold one year, and hide no second beginning
inside.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import pairwise

from citegrid.pipeline.bibliography.indent import SAME_ROW, offsets_of
from citegrid.pipeline.bibliography.lines import PrintedLine
from citegrid.pipeline.bibliography.patterns import AUTHOR_START, DATED, ENDS_ENTRY, PUBLISHED

#: The share of lines that begin an entry, right behind the end of another, in a list of short entries.
_WHOLE = 0.7
#: Room above a line, against that between the lines of an entry, that makes a gap.
_GAP = 1.18
#: So much before the right margin a line is short, in points; so much higher than the one before a line stands in a new column.
_SHORT, _HIGHER = 25, 20
#: A list of more lines than this holds more than one entry.
_ONE_ENTRY = 12

#: What each feature of a cut is worth.  More entries are better where all else is equal: each start must pay for itself.
WEIGHTS: Mapping[str, float] = {
    "begun": 1 / 3,
    "ended": 1 / 3,
    "dated": 1 / 3,
    "hidden": -0.5,
    "hidden_behind_end": -1.0,
    "density": 0.02,
    "hanging": 0.15,
}


@dataclass(frozen=True, slots=True)
class ListCutFeatures:
    """What a cut says for itself, each for one entry: shares, how many beginnings it hides, entries for a line."""

    begun: float
    ended: float
    dated: float
    hidden: float
    hidden_behind_end: float
    density: float
    hanging: bool  # an indent that returns in each column is the surest sign

    def score(self) -> float:
        """What the features are worth together."""
        return math.fsum(WEIGHTS[name] * value for name, value in asdict(self).items())


@dataclass(frozen=True, slots=True)
class ListCut:
    """A list cut into entries by one shape: where each begins."""

    shape: str
    starts: tuple[int, ...]


def starts_by_shape(lines: Sequence[PrintedLine]) -> list[int]:
    """Indices of the lines at which an entry begins; the first line is always one."""
    if not lines:
        return []
    shapes = _ListShapes(lines)
    cuts = [cut for cut in shapes.cuts() if len(cut.starts) > 1 or len(lines) <= _ONE_ENTRY]
    best = max(cuts, key=lambda cut: shapes.features(cut).score(), default=ListCut("whole", (0,)))
    return list(best.starts)


class _ListShapes:
    """The lines of a list, and what is told about each of them."""

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        self.lines = lines
        self.begins = [bool(AUTHOR_START.match(line.text)) for line in lines]
        self.dated = [bool(DATED.search(line.text)) for line in lines]
        self.ended = [True, *(bool(ENDS_ENTRY.search(line.text)) for line in lines[:-1])]
        self.gaps = _gaps(lines)

    def cuts(self) -> Iterator[ListCut]:
        """The list as each shape cuts it."""
        offsets, indent = offsets_of(self.lines, self.begins)
        if indent:
            inner = [offset > 0.5 * indent for offset in offsets]
            yield self._cut("hanging", [not inner[i] and self._may_begin(i) for i in range(len(inner))])
            yield self._cut("indented", inner)
        yield self._cut("gaps", self.gaps)
        yield ListCut("paragraphs", tuple(self._paragraphs()))
        whole = [begun and ended for begun, ended in zip(self.begins, self.ended, strict=True)]
        if sum(whole) > _WHOLE * len(whole):
            yield self._cut("lines", whole)

    def features(self, cut: ListCut) -> ListCutFeatures:
        """How much the entries of a cut look like works."""
        count = len(cut.starts)
        entries = list(zip(cut.starts, [*cut.starts[1:], len(self.lines)], strict=True))
        hidden = [i for a, b in entries for i in range(a + 1, b) if self._hides(a, i, b)]
        return ListCutFeatures(
            sum(self.begins[a] for a, _ in entries) / count,
            sum(self.ended[a] for a, _ in entries) / count,
            sum(any(self.dated[a:b]) for a, b in entries) / count,
            len(hidden) / count,
            sum(self.ended[i] for i in hidden) / count,
            min(1.0, count / len(self.lines)),
            cut.shape == "hanging",
        )

    def _cut(self, shape: str, begins: Sequence[bool]) -> ListCut:
        return ListCut(shape, (0, *(i for i, begin in enumerate(begins) if begin and i)))

    def _may_begin(self, i: int) -> bool:
        return self.begins[i] or self.ended[i] or self.gaps[i]

    def _hides(self, a: int, i: int, b: int) -> bool:
        """Whether the entry from ``a`` to ``b`` holds another that begins at ``i``."""
        return self.begins[i] and any(self.dated[a:i]) and any(self.dated[i:b])

    @cached_property
    def _margin(self) -> float:
        """The right margin of the list."""
        return sorted(line.x1 for line in self.lines)[int(0.9 * (len(self.lines) - 1))]

    @cached_property
    def _trusts_gaps(self) -> bool:
        """Whether gaps stand before entries rather than anywhere."""
        before_authors = sum(gap and begun for gap, begun in zip(self.gaps, self.begins, strict=True))
        return sum(self.gaps) >= 3 and before_authors >= 0.5 * sum(self.gaps)

    def _paragraphs(self) -> Iterator[int]:
        """Starts where authors begin and the line before ends an entry: by a gap, a short line, or its last words."""
        start = 0
        yield start
        for i in range(1, len(self.lines)):
            whole = any(self.dated[start:i])
            if not self._is_last_words(i) and (self._begins_by_gap(i, whole) or self._begins_by_words(i, whole)):
                start = i
                yield start

    def _begins_by_gap(self, i: int, whole: bool) -> bool:
        return self._trusts_gaps and self.gaps[i] and (self.begins[i] or whole)

    def _begins_by_words(self, i: int, whole: bool) -> bool:
        """Whether an entry begins behind one that has its year, without a gap to say so."""
        before, line = self.lines[i - 1], self.lines[i]
        jump = before.page != line.page or line.y0 < before.y0 - _HIGHER
        if not (whole and self.begins[i] and self.ended[i]) or (self._trusts_gaps and not jump):
            return False
        return jump or before.x1 < self._margin - _SHORT or before.text.rstrip().endswith((".", "。", ")"))

    def _is_last_words(self, i: int) -> bool:
        """Whether a line that might begin an entry ends one: short, undated, and an author follows ("Academic Press, London.")."""
        line = self.lines[i]
        if not any(self.begins[i + 1 : i + 2]) or self.dated[i] or line.x1 >= self._margin - _SHORT:
            return False
        return bool(PUBLISHED.search(line.text) and ENDS_ENTRY.search(line.text))


def _gaps(lines: Sequence[PrintedLine]) -> list[bool]:
    """Whether there is more room above each line than usual within an entry."""
    steps = sorted(b.y0 - a.y0 for a, b in pairwise(lines) if a.page == b.page and b.y0 - a.y0 > SAME_ROW)
    usual = steps[len(steps) // 4] if steps else 12.0
    result = [True]
    for before, line in pairwise(lines):
        same = before.page == line.page and line.y0 >= before.y0
        result.append(same and line.y0 - before.y0 > _GAP * usual)
    return result
