"""Columns of text on a page: the gutter, and the bands that lines across it cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from citegrid.pipeline.document.layout.lines import Line

#: The share of the width of the page that a usual line of one of two columns has at least.
_FULL = 0.36
#: Lines of a column begin at most this far from its edge, or stand in by less than an indent, in points.
_EDGE, _INDENT = 2.5, 40.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a page are: the gutter between them and the left edge of the right one, in points."""

    gutter: float
    right: float


def columns_of(lines: Sequence[Line]) -> Columns | None:
    """The columns of a page, told from its own lines; None for one column."""
    gutter = _gutter(lines)
    if gutter is None:
        gutter = _gutter_below(lines)
    if gutter is None:
        return None
    edges = Counter(round(ln.box.x0) for ln in lines if ln.box.x0 >= gutter - 2)
    return Columns(gutter, float(edges.most_common(1)[0][0]))


def as_elsewhere(lines: Sequence[Line], others: Sequence[Columns]) -> Columns | None:
    """The columns of ``others``, pages of the same document, where this page has them too but too few lines to tell.

    So the last page, where the list of references ends a few lines down the right column.
    """
    for columns in dict.fromkeys(others):
        beside = [ln for ln in lines if ln.box.x0 >= columns.gutter - 6]
        left = [ln for ln in lines if ln.box.x1 <= columns.gutter + 2]
        over = len(lines) - len(beside) - len(left)
        margin = min((ln.box.x0 for ln in left), default=0.0)
        # A hanging indent stands in as far on both sides.
        steps = Counter(round(ln.box.x0 - margin) for ln in left)
        edged = [
            ln for ln in beside if ln.box.x0 - columns.right < _EDGE or steps[round(ln.box.x0 - columns.right)] > 2
        ]
        inside = [ln for ln in beside if -_EDGE < ln.box.x0 - columns.right < _INDENT]
        if not edged or len(inside) < len(beside) or over > 0.05 * len(lines):
            continue
        if left and median(ln.box.x1 - ln.box.x0 for ln in left) > 0.55 * (columns.gutter - margin):
            return columns
    return None


def set_columns(lines: Sequence[Line], columns: Columns | None) -> None:
    """Set band and column of each line."""
    if columns is None:
        return
    gutter = columns.gutter
    ranked = sorted(lines, key=lambda ln: (ln.box.y0 + ln.box.y1) / 2)
    band = 0
    last_wide = False
    for line in ranked:
        wide = line.box.x0 < gutter - 6 and line.box.x1 > gutter + 6
        if wide != last_wide:
            band += 1
            last_wide = wide
        line.band = band
        if not wide:
            line.column = 1 if line.box.x0 >= gutter - 6 else 0


def _gutter_below(lines: Sequence[Line]) -> float | None:
    """The gutter of columns that begin only below a title and an abstract which fill most of the page."""
    left, right = min((ln.box.x0 for ln in lines), default=0.0), max((ln.box.x1 for ln in lines), default=0.0)
    middle = (left + right) / 2
    last = max((ln.box.y1 for ln in lines if ln.box.x0 < middle - 6 and ln.box.x1 > middle + 6), default=0.0)
    below = [ln for ln in lines if (ln.box.y0 + ln.box.y1) / 2 > last]
    gutter = _gutter(below)
    if gutter is None:
        return None
    for column in ([ln for ln in below if ln.box.x1 <= gutter + 2], [ln for ln in below if ln.box.x0 >= gutter - 2]):
        # A table at the foot of the page has columns too, but its cells do not fill them.
        if median(ln.box.x1 - ln.box.x0 for ln in column) < _FULL * (right - left):
            return None
    return gutter


def _gutter(lines: Sequence[Line]) -> float | None:
    """The x of the gutter between two columns; None for one column."""
    if len(lines) < 8:
        return None
    left, right = min(ln.box.x0 for ln in lines), max(ln.box.x1 for ln in lines)
    span = right - left
    best: tuple[float, float] | None = None
    for step in range(30, 71):
        x = left + span * step / 100
        crossing = sum(ln.box.x0 < x - 2 and ln.box.x1 > x + 2 for ln in lines)
        on_left = [ln for ln in lines if ln.box.x1 <= x + 2]
        on_right = [ln for ln in lines if ln.box.x0 >= x - 2]
        if len(on_left) < 4 or len(on_right) < 4:
            continue
        filled = [ln for ln in on_left if ln.box.x1 - ln.box.x0 > 0.25 * span]
        # What stands to the right must be text too: the columns of a table are narrow.
        wide = [ln for ln in on_right if ln.box.x1 - ln.box.x0 > 0.2 * span]
        share = crossing / len(lines)
        if share > 0.45 or len(filled) < 3 or len(wide) < 3:
            continue
        starts = Counter(round(ln.box.x0 / 3) for ln in wide)
        steady = starts.most_common(1)[0][1] / len(wide)
        if steady < 0.3:
            continue
        cost = share + abs(step - 50) / 400
        if best is None or cost < best[0]:
            best = (cost, x)
    if best is None:
        return None
    return best[1]
