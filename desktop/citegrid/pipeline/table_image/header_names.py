"""Header names: the lines of a header without vertical rules as groups and names of columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from citegrid.pipeline.table_image.readings import Heading
from citegrid.pipeline.table_image.regions import Line
from citegrid.pipeline.table_image.ruling_lines import RulingLine, RulingLines
from citegrid.pipeline.table_image.text_boxes import TextBox, box_of, cell_text, confidence, naming_rows, overlap

#: In heights of a line: how far the middle of a group may be from that of its columns.
_CENTRED = 0.9
#: In heights of a line: how much of their heights texts side by side have in common at least.
_BESIDE = 0.25
#: In heights of a line: how much shorter than its columns the rule below a group is at each end.
_TRIMMED = 0.4
#: In heights of a line: how near the borders of two cells end to each other.
_ABUTTING = 0.12
#: A rule below a group is shorter than this share of the table.
_SHORT = 0.85
Span = tuple[int, ...]


@dataclass(slots=True)
class HeaderColumn:
    """The texts of a column's header: of the groups that it belongs to, with what they span, and its own."""

    groups: list[tuple[Span, TextBox]] = field(default_factory=list)
    leaves: list[TextBox] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The groups from the top down and the column's own texts."""
        levels: dict[Span, list[TextBox]] = {}
        for span, item in self.groups:
            levels.setdefault(span, []).append(item)
        return " / ".join(filter(None, (cell_text(items) for items in [*levels.values(), self.leaves])))

    def heading(self) -> Heading:
        """The column as it goes out."""
        parts = self.leaves or [item for _, item in self.groups]
        return Heading(self.name, box_of(parts), confidence(parts))


@dataclass(frozen=True, slots=True)
class HeaderLines:
    """The lines of a header, the first ``groups`` of which name groups, the edges of the columns, and the rules of the picture."""

    lines: Sequence[Line]
    edges: Sequence[float]
    rules: RulingLines
    height: float
    groups: int = 0

    def columns(self) -> list[HeaderColumn]:
        """What stands over each column."""
        columns = [HeaderColumn() for _ in pairwise(self.edges)]
        for depth, line in enumerate(self.lines):
            for item in line:
                span = self.span(item, depth)
                for number in span:
                    if len(span) > 1:
                        columns[number].groups.append((span, item))
                    else:
                        columns[number].leaves.append(item)
        columns[0].leaves = naming_rows(columns[0].leaves)
        return columns

    def span(self, item: TextBox, depth: int) -> Span:
        """The columns that a text stands over: its own, or those of a group."""
        own = column_of(item, self.edges)
        if depth >= self.groups:
            return (own,)
        below = self._below(depth)
        run = self._free_around(item, below)
        if len(run) < 2:
            return (own,)
        ruled = self._ruled_below(item, run, below)
        if ruled:
            return ruled
        reached = {c for c in run if self._reaches(item, c)}
        spans = [tuple(range(a, b + 1)) for a, b in combinations(run, 2)]
        offs = [(self._off(item, span, below), -len(span), span) for span in spans if reached <= set(span)]
        off, _, span = min(offs, default=(self.height, 0, (own,)))
        return span if off < _CENTRED * self.height else (own,)

    def _below(self, depth: int) -> dict[int, list[TextBox]]:
        """The texts of the lines below, by columns."""
        found: dict[int, list[TextBox]] = {}
        for line in self.lines[depth + 1 :]:
            for item in line:
                found.setdefault(column_of(item, self.edges), []).append(item)
        return found

    def _free_around(self, item: TextBox, below: dict[int, list[TextBox]]) -> Span:
        """The columns side by side around a text's own that have texts below but none beside it."""
        beside = [other for line in self.lines for other in line if other is not item and self._is_beside(other, item)]
        taken = {c for other in beside for c in self._covered(other)} | self._walled_off(item)
        first = last = column_of(item, self.edges)
        while first - 1 in below and first - 1 not in taken:
            first -= 1
        while last + 1 in below and last + 1 not in taken:
            last += 1
        return tuple(range(first, last + 1))

    def _walled_off(self, item: TextBox) -> set[int]:
        """The columns beyond the standing rules at both sides of a text."""
        walls = [rule.at for rule in self.rules.vertical if rule.start < item.cy < rule.end]
        left = max(filter(item.cx.__gt__, walls), default=self.edges[0])
        right = min(filter(item.cx.__lt__, walls), default=self.edges[-1])
        return {n for n, (a, b) in enumerate(pairwise(self.edges)) if not left <= (a + b) / 2 <= right}

    def _is_beside(self, other: TextBox, item: TextBox) -> bool:
        """Whether two texts have some of their height in common: a name that spans the lines of a group and of its columns."""
        return overlap(other.y0, other.y1, item.y0, item.y1) > _BESIDE * self.height

    def _covered(self, item: TextBox) -> list[int]:
        return [c for c in range(len(self.edges) - 1) if self._reaches(item, c)] or [column_of(item, self.edges)]

    def _reaches(self, item: TextBox, column: int) -> bool:
        """Whether a text reaches well into a column."""
        a, b = self.edges[column], self.edges[column + 1]
        return overlap(item.x0, item.x1, a, b) > min(0.35 * (b - a), self.height)

    def _ruled_below(self, item: TextBox, run: Span, below: dict[int, list[TextBox]]) -> Span:
        """The columns over the short rule between a text and those below; none where there is no such rule."""
        width = self.edges[-1] - self.edges[0]
        top = min((one.cy for c in run for one in below.get(c, ())), default=item.cy)
        for rule in self.rules.horizontal:
            near = item.cy < rule.at < top and rule.start - self.height < item.cx < rule.end + self.height
            if near and rule.length < _SHORT * width and not self._is_continued(rule):
                pairs = [(c, self.edges[c], self.edges[c + 1]) for c in run]
                reach = _TRIMMED * self.height
                return tuple(
                    c for c, a, b in pairs if overlap(rule.start - reach, rule.end + reach, a, b) > 0.5 * (b - a)
                )
        return ()

    def _is_continued(self, rule: RulingLine) -> bool:
        """Whether another rule begins right where one ends, as the border of the next cell does."""
        least = _ABUTTING * self.height
        gaps = (
            abs(one.at - rule.at) + min(abs(one.start - rule.end), abs(one.end - rule.start))
            for one in self.rules.horizontal
        )
        return min(gaps) < least

    def _off(self, item: TextBox, span: Span, below: dict[int, list[TextBox]]) -> float:
        """How far the middle of a text is from the middle of what stands below it, or of the columns."""
        texts = [one for c in span for one in below[c]] if all(c in below for c in span) else []
        places = [(self.edges[span[0]] + self.edges[span[-1] + 1]) / 2]
        if texts:
            left, _, right, _ = box_of(texts)
            places.append((left + right) / 2)
        return min(abs(item.cx - place) for place in places)


def column_of(item: TextBox, edges: Sequence[float]) -> int:
    """The column that most of a text stands in."""
    shares = [overlap(item.x0, item.x1, a, b) for a, b in pairwise(edges)]
    if any(shares):
        return shares.index(max(shares))
    return 0 if item.cx < edges[0] else len(shares) - 1
