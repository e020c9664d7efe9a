"""Columns of text on a page: the gutter, and the bands that lines across it cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from citegrid.pipeline.document.layout.lines import PageLine, box_around, letters_in

#: The share of the width of the page that a usual line of one of two columns has at least.
_FULL = 0.36
#: Lines of a column begin at most this far from its edge, or stand in by less than an indent, in points.
_EDGE, _INDENT = 2.5, 40.0
#: Points by which a line may reach over the gutter, where it is given and where it is sought.
_OVER, _NEAR = 6, 2
#: A page of two columns has so many lines; the share of them that crosses the gutter at most, here and where it is known.
_FEWEST, _MOST_CROSSING, _MOST_OVER = 8, 0.45, 0.05
#: Lines on either side of a gutter, and those as wide as text (shares of the page), and the share that begins at one edge.
_FEWEST_BESIDE, _FEWEST_WIDE, _LEFT_WIDE, _RIGHT_WIDE, _STEADY = 4, 3, 0.25, 0.2, 0.3
#: The gutter is looked for in these percents of the width; off the middle it costs more.
_PLACES, _MIDDLE, _OFF_MIDDLE = range(30, 71), 50, 400
#: Shares of the width of the page: of a line of the text beside a panel, and of the panel; characters of a usual line of a panel;
#: the band of what is read last.
_TEXT, _PANEL, _WORDY, _LAST = 0.6, 0.2, 8, 1000
#: So many lines above three columns their heading may stand.
_HEADED = 6
#: How many times as wide as another one of three columns may be; the share of their letters that their gutter parts (a table within
#: a column has gutters, too).
_ALIKE, _PARTED = 1.2, 0.75
#: The share of the left column that its lines fill on a page whose columns are known from others.
_FILLED = 0.55


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a page are: the gutter between them and the left edge of the right one, in points."""

    gutter: float
    right: float


@dataclass(frozen=True, slots=True)
class _PageCut:
    """Lines parted at ``x``: those left of it and right of it; the others cross it."""

    x: float
    left: list[PageLine]
    right: list[PageLine]


def columns_of(lines: Sequence[PageLine]) -> Columns | None:
    """The columns of a page, told from its own lines; None for one column."""
    gutter = _gutter(lines) or _gutter_between(lines)
    if gutter is None:
        return None
    edges = Counter(round(ln.box.x0) for ln in lines if ln.box.x0 >= gutter - _NEAR)
    right = float(edges.most_common(1)[0][0])
    return Columns(_behind_stops(lines, gutter, right), right)


def _behind_stops(lines: Sequence[PageLine], gutter: float, right: float) -> float:
    """The place of a gutter behind the lines of text left of it that end a sign further on: stops hang over the edge of a column."""
    text = (ln for ln in lines if ln.width > _FILLED * gutter and ln.box.x1 < right - _NEAR)
    return max((ln.box.x1 for ln in text if gutter < ln.box.x1 < gutter + ln.height), default=gutter)


def as_elsewhere(lines: Sequence[PageLine], others: Sequence[Columns]) -> Columns | None:
    """The columns of ``others``, pages of the same document, where this page has them too but too few lines to tell.

    So the last page, where the list of references ends a few lines down the right column, and the first, where the text begins with a
    few lines between an abstract and notes.
    """
    for columns in dict.fromkeys(others):
        parts = (lines, *_between(lines, columns.gutter))
        if any(_fits(part, columns) for part in parts):
            return columns
    return None


def set_columns(lines: Sequence[PageLine], columns: Columns | None) -> None:
    """Set band and column of each line."""
    if columns is None:
        for line in _side_panel(lines):
            line.band, line.column = _LAST, 1
        return
    below = _below_of_three(lines, columns.gutter)
    if below:
        above = [line for line in lines if line not in below]
        set_columns(above, columns)
        set_columns(below, columns_of(below))
        for line in below:
            line.band += 1 + max((one.band for one in above), default=0)
        return
    gutters = (columns.gutter, *_third_column(lines, columns.gutter))
    band = 0
    last_wide = False
    for line in sorted(lines, key=lambda ln: ln.middle):
        wide = any(_crosses(line, gutter, _OVER) for gutter in gutters)
        band += wide != last_wide
        last_wide = wide
        line.band = band
        line.column = line.column if wide else sum(line.box.x0 >= gutter - _OVER for gutter in gutters)


def _below_of_three(lines: Sequence[PageLine], gutter: float) -> list[PageLine]:
    """The lines at the foot of a page of two columns that stand in three, as lists of references do; none where there are not."""
    left, right = _sides(lines)
    across = [ln for ln in lines if _crosses(ln, gutter, _OVER) and ln.width < _FULL * (right - left)]
    if len(across) < _FEWEST:
        return []
    top = min(ln.middle for ln in across)
    first = max((ln.box.y1 for ln in lines if ln.middle < top - _HEADED * across[0].height), default=0.0)
    below = [ln for ln in lines if ln.middle > first]  # with the heading that stands over them alone
    inner = columns_of(below) if len(below) < len(lines) else None
    return below if inner is not None and _third_column(below, inner.gutter) else []


def _third_column(lines: Sequence[PageLine], gutter: float) -> tuple[float, ...]:
    """The second gutter of a page of three columns as wide as each other, of which ``gutter`` parts one from the others."""
    cut = _cut(lines, gutter)
    for part, other in ((cut.right, cut.left), (cut.left, cut.right)):
        inner = _gutter(part)
        if inner is not None and other:
            two = _cut(part, inner)
            widths = [_usual_width(column) for column in (two.left, two.right, other)]
            parted = letters_in((*two.left, *two.right)) > _PARTED * letters_in(part)
            if parted and max(widths) < _ALIKE * min(widths):
                return (inner,)
    return ()


def _side_panel(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines of a narrow panel left of the text (what to cite, dates, a licence), which is read after it."""
    if len(lines) < _FEWEST:
        return []
    left, right = _sides(lines)
    starts = Counter(round(ln.box.x0) for ln in lines if ln.width > _TEXT * (right - left))
    edge = max(starts, key=lambda x: starts[x], default=0)
    panel = [ln for ln in lines if ln.box.x1 < edge - _NEAR]
    wordy = sum(len(ln.text) > _WORDY for ln in panel)
    is_panel = edge - left > _PANEL * (right - left) and min(starts[edge], wordy) >= _FEWEST_BESIDE
    return panel if is_panel else []


def _fits(lines: Sequence[PageLine], columns: Columns) -> bool:
    """Whether ``lines`` stand in ``columns``: the right ones at their edge, hardly one across, the left ones filled."""
    left = [ln for ln in lines if ln.box.x1 <= columns.gutter + _NEAR]
    right = [ln for ln in lines if ln.box.x0 >= columns.gutter - _OVER]
    if not left or len(lines) - len(left) - len(right) > _MOST_OVER * len(lines):
        return False
    margin = min(ln.box.x0 for ln in left)
    filled = _usual_width(left) > _FILLED * (columns.gutter - margin)
    return filled and _begin_at(right, columns.right, Counter(round(ln.box.x0 - margin) for ln in left))


def _usual_width(lines: Sequence[PageLine]) -> float:
    return median(ln.width for ln in lines)


def _begin_at(lines: Sequence[PageLine], edge: float, steps: Counter[int]) -> bool:
    """Whether all of ``lines`` begin at ``edge`` or stand in, and one at the edge or as far in as several on the left do."""
    indents = [ln.box.x0 - edge for ln in lines]
    # A hanging indent stands in as far on both sides.
    at_edge = any(indent < _EDGE or steps[round(indent)] > 2 for indent in indents)
    return at_edge and all(-_EDGE < indent < _INDENT for indent in indents)


def _gutter_between(lines: Sequence[PageLine]) -> float | None:
    """The gutter of columns that stand only below a title and an abstract, or above notes, which fill most of the page."""
    if not lines:
        return None
    left, right = _sides(lines)
    middle = (left + right) / 2
    between = max(_between(lines, middle), key=len, default=[])
    gutter = _gutter(between)
    if gutter is None:
        return None
    # A table on the page has columns too, but its cells do not fill them.
    cut = _cut(between, gutter)
    narrower = min(_usual_width(cut.left), _usual_width(cut.right))
    return gutter if narrower >= _FULL * (right - left) else None


def _between(lines: Sequence[PageLine], x: float) -> list[list[PageLine]]:
    """The lines, from the top down, that stand between those which cross ``x``: each such part that may have columns."""
    rows = sorted(lines, key=lambda ln: ln.middle)
    parts = [(wide, list(part)) for wide, part in groupby(rows, lambda ln: _crosses(ln, x, _OVER))]
    return [part for wide, part in parts if not wide and len(part) >= _FEWEST_BESIDE]


def _gutter(lines: Sequence[PageLine]) -> float | None:
    """The x of the gutter between two columns; None for one column."""
    if len(lines) < _FEWEST:
        return None
    best = min(_gutters(lines), default=None)
    return best[1] if best else None


def _gutters(lines: Sequence[PageLine]) -> Iterator[tuple[float, float]]:
    """Each place where a gutter may be, with what speaks against it: lines that cross it, and how far from the middle it is."""
    left, right = _sides(lines)
    for percent in _PLACES:
        cut = _cut(lines, left + (right - left) * percent / 100)
        crossing = sum(_crosses(ln, cut.x, _NEAR) for ln in lines) / len(lines)
        if crossing <= _MOST_CROSSING and _are_columns(cut, right - left):
            yield crossing + abs(percent - _MIDDLE) / _OFF_MIDDLE, cut.x


def _cut(lines: Sequence[PageLine], x: float) -> _PageCut:
    left = [ln for ln in lines if ln.box.x1 <= x + _NEAR]
    return _PageCut(x, left, [ln for ln in lines if ln.box.x0 >= x - _NEAR])


def _crosses(line: PageLine, x: float, by: float) -> bool:
    """Whether a line reaches over ``x`` on both sides by more than ``by`` points."""
    return line.box.x0 < x - by and line.box.x1 > x + by


def _are_columns(cut: _PageCut, span: float) -> bool:
    """Whether text stands on both sides of a cut; the columns of a table are narrow, and begin anywhere."""
    if min(len(cut.left), len(cut.right)) < _FEWEST_BESIDE:
        return False
    filled = sum(ln.width > _LEFT_WIDE * span for ln in cut.left)
    wide = [ln for ln in cut.right if ln.width > _RIGHT_WIDE * span]
    if min(filled, len(wide)) < _FEWEST_WIDE:
        return False
    starts = Counter(round(ln.box.x0 / 3) for ln in wide)
    return starts.most_common(1)[0][1] >= _STEADY * len(wide)


def _sides(lines: Sequence[PageLine]) -> tuple[float, float]:
    around = box_around(lines)
    return around.x0, around.x1
