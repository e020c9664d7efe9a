"""Rules: the straight lines of a table, found in the upright picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from citegrid.pipeline.items import Item, overlap
from citegrid.vision import Array, cv2


@dataclass(frozen=True, slots=True)
class Rule:
    """A line ``at`` a height (horizontal) or an x position (vertical), from ``start`` to ``end``, in pixels."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a picture."""

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]


Stroke = tuple[int, int, int, int]


def find_rules(picture: Array, items: Sequence[Item], height: float) -> Rules:
    """The rules of an upright RGB picture whose ordinary line of text is ``height`` pixels high.

    Dark and light lines and the edges of coloured fills count; strokes of letters do not.
    """
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    block = max(15, round(height * 1.5) | 1)
    mean = cv2.blur(grey, (block, block), None, (-1, -1), cv2.BORDER_REPLICATE).astype(np.int16)
    contrast = grey.astype(np.int16) - mean
    threshold = _threshold(grey)
    dark, light = (contrast < -threshold).astype(np.uint8), (contrast > threshold).astype(np.uint8)
    found: dict[bool, list[Rule]] = {}
    for flat, length in ((True, max(12, round(3 * height))), (False, max(8, round(1.15 * height)))):
        turned = grey if flat else grey.T
        boxes = [box for box in _long(dark, length, height, flat=flat) if _is_line(turned, box, -threshold)]
        boxes += [box for box in _long(light, length, height, flat=flat) if _is_line(turned, box, threshold)]
        found[flat] = [_rule(box) for box in boxes if not _inside_text(box, items, flat=flat)]
    return Rules(tuple(found[True]), tuple(found[False]))


def _threshold(grey: Array) -> float:
    low, high = np.percentile(grey, (1, 99))
    return float(max(6.0, 0.06 * (float(high) - float(low))))


def _long(mask: Array, length: int, height: float, *, flat: bool) -> list[Stroke]:
    """Straight strokes of at least ``length`` in a mask: start and end along, start and end across."""
    if not flat:
        mask = mask.T
    joined = cv2.dilate(np.ascontiguousarray(mask), np.ones((2, 1), np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    return [
        (int(x), int(x + along), int(y), int(y + across))
        for x, y, along, across, _area in stats[1:count]
        if across <= max(8.0, 0.7 * height) and along >= 2 * across
    ]


def _is_line(grey: Array, stroke: Stroke, contrast: float) -> bool:
    """Whether the stroke differs along most of its length from what lies beside it.

    A dark line or the edge of a fill is darker than at least one side, a light
    line lighter than both: so white between two lines of text is no line.
    """
    start, end, top, bottom = stroke
    inner = np.median(grey[top:bottom, start:end], axis=1)
    value = float(inner.min() if contrast < 0 else inner.max())
    sides = [grey[max(0, top - 3) : max(0, top - 1), start:end], grey[bottom + 1 : bottom + 3, start:end]]
    steps = [float(np.median(side)) - value for side in sides if side.size]
    if contrast < 0:
        return any(step > -contrast for step in steps)
    return len(steps) == 2 and all(step < -contrast for step in steps)


def _rule(stroke: Stroke) -> Rule:
    start, end, top, bottom = stroke
    return Rule((top + bottom) / 2, float(start), float(end))


def _inside_text(stroke: Stroke, items: Sequence[Item], *, flat: bool) -> bool:
    """Whether a rule is only a stroke of a letter: almost all of it lies within one piece of text."""
    start, end, top, bottom = stroke
    at = (top + bottom) / 2
    for item in items:
        pad = 0.1 * item.height
        if flat:
            within = abs(at - item.cy) < 0.36 * item.height
            share = overlap(start, end, item.x0 - pad, item.x1 + pad)
            if within and share >= 0.9 * (end - start):
                return True
        elif item.x0 - pad <= at <= item.x1 + pad:
            share = overlap(start, end, item.y0 - pad, item.y1 + pad)
            if share >= 0.85 * (end - start):
                return True
    return False


def clusters(values: Sequence[float], tolerance: float) -> list[float]:
    """The mean of each group of values that lie within ``tolerance`` of their neighbour, in order."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def coverage(rules: Sequence[Rule], at: float, start: float, end: float, tolerance: float) -> float:
    """The share of the stretch ``start``–``end`` that rules near ``at`` cover."""
    if end <= start:
        return 0.0
    parts = sorted(
        (max(start, rule.start), min(end, rule.end))
        for rule in rules
        if abs(rule.at - at) <= tolerance and rule.end > start and rule.start < end
    )
    covered, reached = 0.0, start
    for a, b in parts:
        if b > reached:
            covered += b - max(a, reached)
            reached = b
    return covered / (end - start)
