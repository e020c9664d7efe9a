"""Ruling lines: the straight lines of a table, found in the upright picture."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

import numpy as np

from citegrid.pipeline.table_image.text_boxes import TextBox, overlap
from citegrid.vision import Array, cv2


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A line ``at`` a height (horizontal) or an x position (vertical), from ``start`` to ``end``, in pixels."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class RulingLines:
    """All rules of a picture."""

    horizontal: tuple[RulingLine, ...]
    vertical: tuple[RulingLine, ...]


Stroke = tuple[int, int, int, int]
Thing = TypeVar("Thing", bound=Hashable)


def find_ruling_lines(picture: Array, items: Sequence[TextBox], height: float) -> RulingLines:
    """The rules of an upright RGB picture whose ordinary line of text is ``height`` pixels high.

    Dark and light lines and the edges of coloured fills count; strokes of letters do not.
    """
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    threshold = _threshold(grey)
    long_flat, long_tall = max(12, round(3 * height)), max(8, round(1.15 * height))
    turned = np.ascontiguousarray(grey.T)
    flat_masks, tall_masks = _masks(grey, height, threshold), _masks(turned, height, threshold)
    # A rule vanishes from its mask where another crosses it; what was found across bridges the gap.
    reach = max(3, round(0.3 * height)) | 1
    flat_lines = _any_opened(flat_masks, long_flat, reach)
    tall_lines = _any_opened(tall_masks, long_tall, reach)
    horizontal = _strokes(grey, flat_masks, tall_lines.T, long_flat, height, threshold)
    vertical = _strokes(turned, tall_masks, flat_lines.T, long_tall, height, threshold)
    return RulingLines(
        tuple(rule for rule in horizontal if not _lying_letters(rule, items)),
        tuple(_without_stems(vertical, items, height)),
    )


class LineKind(Enum):
    """What a rule looks like: darker or lighter than both its sides, or a step between two fills."""

    DARK = auto()
    LIGHT = auto()
    EDGE = auto()


def _threshold(grey: Array) -> float:
    low, high = np.percentile(grey, (1, 99))
    return float(max(6.0, 0.06 * (float(high) - float(low))))


def _masks(grey: Array, height: float, threshold: float) -> dict[LineKind, Array]:
    """Where a lying line of each kind may be: 1 in arrays of the picture's shape."""
    across = np.ones((max(5, round(0.45 * height)) | 1, 1), np.uint8)
    step = np.array([[1], [1], [0], [-1], [-1]], np.float32) / 2
    edge = np.abs(cv2.filter2D(grey, cv2.CV_32F, step, None, (-1, -1), 0, cv2.BORDER_REPLICATE))
    strengths = {
        LineKind.DARK: cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, across),
        LineKind.LIGHT: cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, across),
        LineKind.EDGE: edge,
    }
    thicken = np.ones((2, 1), np.uint8)
    return {kind: cv2.dilate((value > threshold).astype(np.uint8), thicken) for kind, value in strengths.items()}


def _any_opened(masks: dict[LineKind, Array], length: int, reach: int) -> Array:
    """Where lines of any kind are, each ``reach`` / 2 longer at its ends than it was seen."""
    bar = np.ones((1, length), np.uint8)
    opened = [cv2.morphologyEx(mask, cv2.MORPH_OPEN, bar) for mask in masks.values()]
    longer: Array = cv2.dilate(np.maximum.reduce(opened), np.ones((1, reach), np.uint8))
    return longer


def _strokes(
    grey: Array, masks: dict[LineKind, Array], crossing: Array, length: int, height: float, threshold: float
) -> list[RulingLine]:
    """Lying rules of at least ``length``, of each kind."""
    bar = np.ones((1, length), np.uint8)
    rules = []
    for kind, mask in masks.items():
        opened = cv2.morphologyEx(np.maximum(mask, crossing), cv2.MORPH_OPEN, bar)
        count, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
        for x, y, along, across, _area in stats[1:count]:
            stroke = (int(x), int(x + along), int(y), int(y + across))
            thin = across <= max(9.0, 0.8 * height) and along >= 2 * across
            if thin and _is_line(grey, stroke, kind, threshold) and _is_even(grey, stroke, kind, crossing, height):
                rules.append(_rule(stroke))
    return rules


def _is_line(grey: Array, stroke: Stroke, kind: LineKind, threshold: float) -> bool:
    """Whether the stroke differs along most of its length from what lies beside it: text beside it is uneven."""
    start, end, top, bottom = stroke
    line = grey[top:bottom, start:end]
    sides = [grey[max(0, top - 3) : max(0, top - 1), start:end], grey[bottom + 1 : bottom + 3, start:end]]
    sides = [side for side in sides if side.size]
    match kind:
        case LineKind.DARK:
            return _is_dark(line, sides, threshold) or _is_darker_everywhere(line, sides, threshold)
        case LineKind.LIGHT:
            return len(sides) == 2 and _is_light(line, sides, threshold)
        case LineKind.EDGE:
            return len(sides) == 2 and _is_step(sides, threshold)


def _quarter(side: Array, percent: int) -> float:
    return float(np.percentile(side, percent))


def _is_dark(line: Array, sides: Sequence[Array], threshold: float) -> bool:
    darkest = float(np.median(line, axis=1).min())
    return any(_quarter(side, 25) > darkest + threshold for side in sides)


def _is_light(line: Array, sides: Sequence[Array], threshold: float) -> bool:
    lightest = float(np.median(line, axis=1).max())
    return all(_quarter(side, 75) < lightest - threshold for side in sides)


def _is_step(sides: Sequence[Array], threshold: float) -> bool:
    """Whether one side is lighter than the other."""
    over, under = sides
    return _quarter(over, 25) > _quarter(under, 75) + threshold or _quarter(under, 25) > _quarter(over, 75) + threshold


def _is_darker_everywhere(stroke: Array, sides: Sequence[Array], threshold: float) -> bool:
    """Across fills of different tones a line is darker than each, though not than the darkest everywhere."""
    line = stroke.min(axis=0).astype(np.float32)
    return any(float(np.percentile(side.mean(axis=0) - line, 15)) > threshold for side in sides)


def _is_even(grey: Array, stroke: Stroke, kind: LineKind, crossing: Array, height: float) -> bool:
    """Whether the stroke is about as strong all along it, but for where others cross it.

    A short stroke must have no gap at all: the stem of a letter that nearly touches a rule has one.
    """
    start, end, top, bottom = stroke
    line = grey[top:bottom, start:end].astype(np.float32)
    over = grey[max(0, top - 3) : max(1, top - 1), start:end].astype(np.float32).mean(axis=0)
    under = grey[min(bottom + 1, len(grey) - 1) : bottom + 3, start:end].astype(np.float32).mean(axis=0)
    if kind is LineKind.DARK:
        strength = np.maximum(over, under) - line.min(axis=0)
    elif kind is LineKind.LIGHT:
        strength = line.max(axis=0) - np.minimum(over, under)
    else:
        strength = np.abs(over - under)
    strength = strength[~crossing[top:bottom, start:end].any(axis=0)]
    if strength.size < 3:
        return True
    weakest = np.percentile(strength, 4 if end - start < 4 * height else 20)
    return bool(weakest >= 0.35 * np.median(strength))


def _rule(stroke: Stroke) -> RulingLine:
    start, end, top, bottom = stroke
    return RulingLine((top + bottom) / 2, float(start), float(end))


def _lying_letters(rule: RulingLine, items: Sequence[TextBox]) -> bool:
    """Whether a lying rule is only strokes of letters: it runs through the middle of texts."""
    parts = [RulingLine(rule.at, i.x0 - 2, i.x1 + 2) for i in items if abs(rule.at - i.cy) < 0.36 * i.height]
    return coverage(parts, rule.at, rule.start, rule.end, 1.0) >= 0.85


def _without_stems(rules: Sequence[RulingLine], items: Sequence[TextBox], height: float) -> list[RulingLine]:
    """Standing rules without the stems of letters: about as high as a text they stand in, and nothing goes on
    above or below them where there is no text."""
    inside = [_texts_around(rule, items) for rule in rules]
    free = [rule for rule, parts in zip(rules, inside, strict=True) if not parts]
    return [
        rule
        for rule, parts in zip(rules, inside, strict=True)
        if not _is_stem(rule, parts) or any(_goes_on(rule, other, height) for other in free)
    ]


def _texts_around(rule: RulingLine, items: Sequence[TextBox]) -> list[RulingLine]:
    """The texts that a standing rule stands in, each as the stretch of the rule that it covers."""
    return [
        RulingLine(rule.at, item.y0 - 0.1 * item.height, item.y1 + 0.1 * item.height)
        for item in items
        if item.x0 - 0.05 * item.height <= rule.at <= item.x1 + 0.05 * item.height
        and overlap(rule.start, rule.end, item.y0, item.y1) > 0.3 * item.height
    ]


def _is_stem(rule: RulingLine, parts: Sequence[RulingLine]) -> bool:
    """Whether a rule is hardly longer than the texts that it stands in."""
    if not parts:
        return False
    through = coverage(parts, rule.at, rule.start, rule.end, 1.0)
    return through >= 0.85 or rule.length < 2.0 * max(part.length for part in parts)


def _goes_on(rule: RulingLine, other: RulingLine, height: float) -> bool:
    """Whether a rule goes on as another one above or below it."""
    return abs(other.at - rule.at) <= max(2.0, 0.08 * height) and _touch(other, rule, 0.35 * height)


def _touch(a: RulingLine, b: RulingLine, reach: float) -> bool:
    return a.start <= b.end + reach and b.start <= a.end + reach


def clusters(values: Sequence[float], tolerance: float) -> list[float]:
    """The mean of each group of values that lie within ``tolerance`` of their neighbour, in order."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def coverage(rules: Sequence[RulingLine], at: float, start: float, end: float, tolerance: float) -> float:
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


class Connected(Generic[Thing]):
    """Disjoint sets of ``things``, in the order that they were given."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._parent = {thing: thing for thing in things}

    def connect(self, one: Thing, other: Thing) -> None:
        """Put the group of ``one`` into that of ``other``."""
        self._parent[self._root(one)] = self._root(other)

    def groups(self) -> list[list[Thing]]:
        """The groups, each in the order of its things, in the order of their first ones."""
        found: dict[Thing, list[Thing]] = {}
        for thing in self._parent:
            found.setdefault(self._root(thing), []).append(thing)
        return list(found.values())

    def _root(self, thing: Thing) -> Thing:
        while self._parent[thing] != thing:
            self._parent[thing] = self._parent[self._parent[thing]]
            thing = self._parent[thing]
        return thing
