"""Captions of figures that stand beside the text of their own column: their lines lie between its lines, and are read behind it."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.pipeline.document.layout.lines import PageLine, box_around
from citegrid.pipeline.document.layout.patterns import CAPTION

#: A line of text beside a caption is at least so wide, in shares of its column; points by which the two may touch.
_WIDE, _TOUCH = 0.3, 2.0
#: So many lines the text beside it has at least, and so many times its height below a line of a caption the next one begins.
_FEWEST, _STEP = 2, 2.2
#: A caption's label alone, beside its words, has so many characters at most.
_LABEL = 12
#: What is read behind the text of a column.
_BEHIND = 100


def set_aside(lines: Sequence[PageLine]) -> None:
    """Put such captions behind the text of their column."""
    for caption in list(filter(_begins_caption, lines)):
        column = [line for line in lines if (line.band, line.column) == (caption.band, caption.column)]
        for line in _lines_of(caption, column):
            line.column += _BEHIND


def _begins_caption(line: PageLine) -> bool:
    """Whether a line begins a caption with words behind its label."""
    return all((CAPTION.match(line.text), len(line.text) > _LABEL))


def _lines_of(caption: PageLine, column: Sequence[PageLine]) -> list[PageLine]:
    """The lines of a caption that stands beside text; none where it stands alone, as most do."""
    left, right = _room(caption, column)
    found = [caption] * (left < right)
    for line in sorted(column, key=lambda one: one.box.y0) if found else ():
        follows = 0 < line.box.y0 - found[-1].box.y0 < _STEP * found[-1].height
        found += [line] * (follows and left <= line.box.x0 < line.box.x1 <= right)
    return found


def _room(caption: PageLine, column: Sequence[PageLine]) -> tuple[float, float]:
    """From where to where the lines of a caption may stand, beside text that is all on one side of it; nowhere without such text."""
    around = box_around(column)
    least = _WIDE * (around.x1 - around.x0)
    near = [
        line for line in column if abs(line.middle - caption.middle) < _STEP * caption.height and line.width > least
    ]
    ends = [line.box.x1 - _TOUCH for line in near if line.box.x1 - _TOUCH <= caption.box.x0]
    starts = [line.box.x0 + _TOUCH for line in near if line.box.x0 + _TOUCH >= caption.box.x1]
    on_one_side = len(ends) + len(starts) in (len(ends), len(starts))
    told = on_one_side, len(ends) + len(starts) >= _FEWEST
    return (max(ends, default=around.x0), min(starts, default=around.x1)) if all(told) else (0.0, 0.0)
