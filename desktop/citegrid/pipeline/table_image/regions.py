"""Regions: where in a picture a table without vertical rules may stand, as lines of text below each other.

Lying rules that begin and end together bound a strip of the picture, so that a table is found in a page of two columns and
between a caption and a note; where there are none, lines with texts side by side do.  Regions overlap: what is read from each
is weighed later (``readings``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

from citegrid.pipeline.table_image.ruling_lines import RulingLine, RulingLines
from citegrid.pipeline.table_image.text_boxes import TextBox, bottom_of, box_of, centre_of, in_lines, top_of

Line = Sequence[TextBox]

#: In heights of a line: the least length of a rule of a table, how far ends of its rules may differ, how near two are one.
_LONG, _ENDS, _SAME = 8.0, 1.5, 0.5
#: In heights of a line: white that ends a table below its last rule, and white within a header above a rule.
_FAR, _NEAR = 3.0, 1.2
#: In heights of a line: white between the lines of a cell, at most.
_CLOSE = 0.8
#: The most lines above a rule that a table may begin with, and the most rules of a strip that it may begin at.
_MOST_ABOVE, _MOST_STARTS = 4, 10
#: The most lines of a header, and how many of them may name groups of columns.
_MOST_HEADER, _MOST_GROUPS = 6, 2
#: As many lines with as many texts, alike in all, are rows.
_ROWS = 3


@dataclass(frozen=True)
class Strip:
    """The lines of text between two x positions, and the rules that reach from the one to the other."""

    lines: tuple[Line, ...]
    rules: tuple[RulingLine, ...]
    left: float
    right: float

    @cached_property
    def at_rules(self) -> tuple[int, ...]:
        """For each rule how many lines stand above it."""
        return tuple(sum(centre_of(line) < rule.at for line in self.lines) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Region:
    """The lines ``start`` to ``end`` (exclusive) of a strip: the first ``depth`` are the header, and ``groups`` of these stand
    over several columns."""

    strip: Strip
    start: int
    depth: int
    end: int
    groups: int = 0

    @property
    def header(self) -> Sequence[Line]:
        return self.strip.lines[self.start : self.start + self.depth]

    @property
    def body(self) -> Sequence[Line]:
        return self.strip.lines[self.start + self.depth : self.end]

    def has_rule_at(self, line: int) -> bool:
        """Whether a rule of the strip stands right above a line of it."""
        return line in self.strip.at_rules


def find_regions(items: Sequence[TextBox], rules: RulingLines, height: float) -> Iterator[Region]:
    """Where a table may stand, each with every header that it may have."""
    for strip in _strips(items, rules, height):
        for start, end in sorted(_stretches(strip, height)):
            for depth in sorted(_depths(strip, start, end, height)):
                for groups in range(min(_MOST_GROUPS + 1, depth)):
                    yield Region(strip, start, depth, end, groups)


def _strips(items: Sequence[TextBox], rules: RulingLines, height: float) -> list[Strip]:
    """A strip for each stack of rules, and the whole picture."""
    stacks: list[list[RulingLine]] = []
    for rule in sorted(rules.horizontal, key=lambda rule: rule.at):
        if rule.length > _LONG * height:
            near = (s for s in stacks if _ends_alike(s[0], rule, height))
            _add(next(near, None), rule, stacks, height)
    strips = [_strip(items, stack, height) for stack in stacks]
    return [*(strip for strip in strips if strip.lines), Strip(tuple(in_lines(items)), (), *_sides(items))]


def _ends_alike(one: RulingLine, other: RulingLine, height: float) -> bool:
    return abs(one.start - other.start) < _ENDS * height and abs(one.end - other.end) < _ENDS * height


def _add(stack: list[RulingLine] | None, rule: RulingLine, stacks: list[list[RulingLine]], height: float) -> None:
    if stack is None:
        stacks.append([rule])
    elif rule.at - stack[-1].at > _SAME * height:
        stack.append(rule)


def _strip(items: Sequence[TextBox], stack: Sequence[RulingLine], height: float) -> Strip:
    left, right = min(r.start for r in stack) - 0.5 * height, max(r.end for r in stack) + 0.5 * height
    inside = [item for item in items if left <= item.cx <= right]
    return Strip(tuple(in_lines(inside)), tuple(stack), left, right)


def _sides(items: Sequence[TextBox]) -> tuple[float, float]:
    left, _, right, _ = box_of(items)
    return left, right


def _stretches(strip: Strip, height: float) -> set[tuple[int, int]]:
    """The first line and the one behind the last of all that may be a table."""
    if not strip.rules:
        return set(chain.from_iterable(_parted_by_white(strip, height)))
    places = sorted(set(strip.at_rules))
    found: set[tuple[int, int]] = set()
    for n, place in enumerate(places[:_MOST_STARTS]):
        ends = {*places[n + 1 : n + 4], places[-1], _open_end(strip, places[-1], height)}
        if n + 1 < len(places):
            ends.add(_open_end(strip, places[n + 1], height))
        found |= {(start, end) for start in _starts(strip, place, height) for end in ends if start < end}
        found |= {(start, _open_end(strip, place, height)) for start in _starts(strip, place, height) if start < place}
    return {(start, end) for start, end in found if start < end}


def _starts(strip: Strip, place: int, height: float) -> list[int]:
    """The line below a rule, and those close above it: a header may stand above its only rule."""
    starts = [place]
    for above in range(place - 1, max(-1, place - 1 - _MOST_ABOVE), -1):
        inner = above + 1 < place
        if inner and top_of(strip.lines[above + 1]) - bottom_of(strip.lines[above]) > _NEAR * height:
            break
        starts.append(above)
    return starts


def _open_end(strip: Strip, place: int, height: float) -> int:
    """Behind the lines that go on below a rule without a wide gap or a line of prose."""
    end = place
    while end < len(strip.lines):
        line = strip.lines[end]
        if end > place and top_of(line) - bottom_of(strip.lines[end - 1]) > _FAR * height:
            break
        if len(line) == 1 and line[0].width > 0.6 * (strip.right - strip.left):
            break
        end += 1
    return end


def _parted_by_white(strip: Strip, height: float) -> Iterator[set[tuple[int, int]]]:
    """Stretches of lines without wide gaps, from each of their first lines with texts side by side on."""
    begin = 0
    for n in range(1, len(strip.lines) + 1):
        if n == len(strip.lines) or top_of(strip.lines[n]) - bottom_of(strip.lines[n - 1]) > _FAR * height:
            several = [i for i in range(begin, n) if len(strip.lines[i]) >= 2]
            starts = {start for i in several[:3] for start in (i, i - 1) if start >= begin}
            yield {(start, _end_beside(strip, start, n, height)) for start in starts}
            begin = n


def _end_beside(strip: Strip, start: int, end: int, height: float) -> int:
    """Behind the last line with texts side by side, and the single short texts close below it: they end its cells."""
    last = max(i for i in range(start, end) if len(strip.lines[i]) >= 2) + 1
    while last < end:
        line = strip.lines[last]
        close = top_of(line) - bottom_of(strip.lines[last - 1]) < _CLOSE * height
        if not close or line[0].width > 0.5 * (strip.right - strip.left):
            break
        last += 1
    return last


def _depths(strip: Strip, start: int, end: int, height: float) -> set[int]:
    """How many lines the header may have: down to one of the first rules, or to a jump of the white between lines."""
    ruled = [place - start for place in strip.at_rules if start < place <= end]
    depths = {*ruled[:3], 1, _first_block(strip.lines[start:end], height), *(() if ruled else (2, 3))}
    return {depth for depth in depths if 1 <= depth <= min(_MOST_HEADER, end - start)}


def _first_block(lines: Sequence[Line], height: float) -> int:
    """The lines before the first jump of the white between lines."""
    return len(blocks(lines, height)[0])


def blocks(lines: Sequence[Line], height: float) -> list[list[Line]]:
    """Lines as rows of a table: lines of one cell stand closer than rows do, where the two differ at all."""
    if len(lines) < 2:
        return [list(lines)] if lines else []
    gaps = []
    low = bottom_of(lines[0])
    for line in lines[1:]:
        gaps.append(top_of(line) - low)
        low = max(low, bottom_of(line))
    limit = _row_gap(gaps, height)
    found: list[list[Line]] = [[lines[0]]]
    for line, gap in zip(lines[1:], gaps, strict=True):
        if gap > limit:
            found.append([line])
        else:
            found[-1].append(line)
    return list(chain.from_iterable(map(_rows_of, found)))


def _rows_of(block: list[Line]) -> list[list[Line]]:
    """Lines that stand close as one row, or as rows all the same: each has a text in every column, which the lines of one row rarely
    have."""
    full = min(len(block), len(block[0])) >= _ROWS and len(set(map(len, block))) == 1
    return [[line] for line in block] if full else [block]


def _row_gap(gaps: Sequence[float], height: float) -> float:
    """The gap from which on two lines are two rows: in the widest jump between narrow and wide gaps.

    Without a clear jump each line is a row.
    """
    ordered = sorted(gaps)
    jump, narrow, wide = max(
        ((b - a, a, b) for a, b in pairwise(ordered)), key=lambda one: one[0], default=(0.0, 0.0, 0.0)
    )
    parted = jump > 0.22 * height and narrow < 0.45 * height
    return (narrow + wide) / 2 if parted else -0.35 * height


def sticking_out(region: Region, height: float) -> float:
    """The share of a region's lines that reach out of its strip: running text beside a table does."""
    lines = [*region.header, *region.body]
    out = sum(
        _sides(line)[0] < region.strip.left - height or _sides(line)[1] > region.strip.right + height for line in lines
    )
    return out / len(lines)
