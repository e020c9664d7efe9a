"""Gutters: the white between the columns of a table, on which all its lines vote.

Every stretch that fewer lines cross than what is beside it may be a gutter.  How likely each is comes from what header and body
show there; the least likely go one after the other, and the columns beside them become one, until all that are left are likely.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise, starmap

import numpy as np

from citegrid.pipeline.table_image.glyph_gaps import COLUMNS_APART, GlyphRuns, is_set_wide
from citegrid.pipeline.table_image.readings import Features, weigh
from citegrid.pipeline.table_image.regions import Line, Region, Strip
from citegrid.pipeline.table_image.ruling_lines import RulingLine
from citegrid.pipeline.table_image.text_boxes import TextBox, covered_stretches
from citegrid.vision import Array

#: Steps of the profile in one height of a line.
_STEPS = 6
_MOST_GAP, _MOST_OFF = 6.0, 2.0


@dataclass(frozen=True, slots=True)
class Gutter:
    """The white from ``start`` to ``end`` (pixels), and how likely it parts columns (log odds)."""

    start: float
    end: float
    likely: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


class Profile:
    """Where the lines of a strip have letters and pieces of text (``texts``), one row a line, one column a step.

    In ``fine`` words stand apart, as the names of a tight header do, in ``ink`` only what stands as far apart as columns.
    """

    def __init__(self, strip: Strip, runs: GlyphRuns, vertical: Sequence[RulingLine], height: float) -> None:
        self.left, self.height = strip.left, height
        self.step = height / _STEPS
        width = max(2, math.ceil((strip.right - strip.left) / self.step) + 1)
        self.ink = np.zeros((len(strip.lines), width), np.uint8)
        self.fine, self.texts = np.zeros_like(self.ink), np.zeros_like(self.ink)
        self.vertical = tuple(vertical)
        self._runs = runs
        for row, line in enumerate(strip.lines):
            for item in line:
                self._mark(self.texts[row], item.x0, item.x1)
            self._draw(self.ink[row], line, COLUMNS_APART)
            self._draw(self.fine[row], line)

    def header(self, region: Region) -> Array:
        """The ink of the lines of a header; of those that name groups only what stands beside all names of columns."""
        middle = region.start + region.depth
        leaves = self.fine[region.start + region.groups : middle]
        beside = [item for line in region.header[: region.groups] for item in line if self._is_beside(item, leaves)]
        if not beside:
            return leaves
        row = np.zeros(self.ink.shape[1], np.uint8)
        self._draw(row, beside)
        return np.concatenate([row[None], leaves])

    def _is_beside(self, item: TextBox, leaves: Array) -> bool:
        inked = np.flatnonzero(leaves.any(axis=0))
        return not len(inked) or self._bin(item.x1) <= inked[0] or self._bin(item.x0) > inked[-1]

    def _draw(self, row: Array, line: Line, least: float = 0.0) -> None:
        """Mark the letters of a line; those less than ``least`` heights apart are one."""
        for item in line:
            found = self._runs.get(item, ())
            parts = [(item.x0, item.x1)] if not found or is_set_wide(item, found) else [(r.x0, r.x1) for r in found]
            for start, end in covered_stretches(parts, least * item.height):
                self._mark(row, start, end)

    def _mark(self, row: Array, start: float, end: float) -> None:
        first, last = self._bin(start), self._bin(end)
        row[first : max(first + 1, last)] = 1

    def _bin(self, x: float) -> int:
        return int(min(self.ink.shape[1] - 1, max(0, round((x - self.left) / self.step))))

    def x(self, step: float) -> float:
        """The x position of a step."""
        return self.left + step * self.step


def find_gutters(region: Region, profile: Profile) -> list[Gutter]:
    """The gutters of a region from left to right."""
    spans = _minima(region, profile)
    while spans:
        likely = [weigh("gutter", features) for features in gutter_features(region, profile, spans)]
        worst = min(range(len(spans)), key=likely.__getitem__)
        if likely[worst] >= 0:
            return [
                Gutter(profile.x(start), profile.x(end), sure) for (start, end), sure in zip(spans, likely, strict=True)
            ]
        del spans[worst]
    return []


def _parts(region: Region, profile: Profile) -> tuple[Array, Array]:
    """The ink of the header's and of the body's lines."""
    return profile.header(region), profile.ink[region.start + region.depth : region.end]


def _minima(region: Region, profile: Profile) -> list[tuple[int, int]]:
    """The stretches of steps that fewer lines cover than those beside them; the header's lines count as much as the body's."""
    header, body = _parts(region, profile)
    cover = 2 * header.mean(axis=0) + (body.mean(axis=0) if len(body) else 0.0)
    edges = np.flatnonzero(np.abs(np.diff(cover)) > 1e-9) + 1
    starts, ends = [0, *edges.tolist()], [*edges.tolist(), len(cover)]
    levels = [float(cover[start]) for start in starts]
    return [(starts[n], ends[n]) for n in range(1, len(levels) - 1) if levels[n - 1] > levels[n] < levels[n + 1]]


def gutter_features(region: Region, profile: Profile, spans: Sequence[tuple[int, int]]) -> list[Features]:
    """What speaks for and against each of the stretches ``spans`` as a gutter, while the others are gutters."""
    header, body = _parts(region, profile)
    empty = not len(body)
    if empty:
        body = np.zeros((1, header.shape[1]), dtype=bool)
    middles = [(start + end) // 2 for start, end in spans]
    edges = [0, *middles, header.shape[1]]
    over = np.asarray(header.any(axis=0))
    below = np.asarray(body.any(axis=0))
    columns = [(over[a:b], below[a:b]) for a, b in pairwise(edges)]
    head = [names.any() for names, _ in columns]
    filled = [body[:, a:b].any(axis=1).mean() for a, b in pairwise(edges)]
    texts = profile.texts[region.start + region.groups : region.start + region.depth]
    off = list(starmap(_misaligned, columns))
    gaps = list(map(partial(_gap, header), middles))
    lanes = np.concatenate([[0], np.cumsum(below)]) if not empty else np.arange(header.shape[1] + 1)
    found: list[Features] = []
    for n, (middle, (start, end)) in enumerate(zip(middles, spans, strict=True)):
        gap = gaps[n]
        rivals = [gaps[i] for i, other in enumerate(middles) if i != n and lanes[other] == lanes[middle]]
        both, named = min(filled[n], filled[n + 1]), float(head[n] and head[n + 1])
        within = float(texts[:, middle].any() and not header[:, middle].any())
        found.append(
            {
                "bias": 1.0,
                "header crossed": float(header[:, middle].mean()),
                "leaf crossed": float(header[-1, middle]),
                "body crossed": float(body[:, middle].mean()),
                "header gap": min(_MOST_GAP, gap / _STEPS),
                "narrow header gap": float(gap < 0.8 * _STEPS),
                "white": min(_MOST_GAP, (end - start) / _STEPS),
                "misaligned": off[n] + off[n + 1],
                "wider one beside": float(max(rivals, default=0.0) > gap),
                "within a text": within,
                "gap within a text": min(2.0, gap / _STEPS) * within,
                "within a text over nothing": within * (1 - empty) * (1 - both),
                "filled": both,
                "named": named,
                "named and filled": named * both,
                "no body": float(empty),
                "gap without body": min(_MOST_GAP, gap / _STEPS) * empty,
                "ruled": float(_is_ruled(profile, start, end)),
            }
        )
    return found


def _misaligned(header: Array, body: Array) -> float:
    """How far, in heights of a line, a name is from standing over its column's texts: at their left, middle or right."""
    over, below = np.flatnonzero(header), np.flatnonzero(body)
    if not len(over) or not len(below):
        return 0.0
    left, right = float(over[0] - below[0]), float(over[-1] - below[-1])
    return min(abs(left), abs(right), abs(left + right) / 2, _MOST_OFF * _STEPS) / _STEPS


def _gap(header: Array, middle: int) -> float:
    """The steps of white around a place in the header: the least of its lines with letters at both sides, else of all together."""
    lines = [row for row in header if row[:middle].any() and row[middle:].any()]
    gaps = [float(np.flatnonzero(row[middle:])[0] + middle - np.flatnonzero(row[:middle])[-1] - 1) for row in lines]
    if gaps or len(header) == 1:
        return min(gaps, default=0.0)
    return _gap(header.max(axis=0)[None], middle)


def _is_ruled(profile: Profile, start: int, end: int) -> bool:
    """Whether a standing rule is in the white."""
    return any(profile.x(start) <= rule.at <= profile.x(end) for rule in profile.vertical)
