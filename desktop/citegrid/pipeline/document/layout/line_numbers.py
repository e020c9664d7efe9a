"""The numbers of lines that review copies print: they count up in the margin of most pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from citegrid.core.document import BlockKind
from citegrid.pipeline.document.layout.lines import PageLine, box_around
from citegrid.pipeline.document.layout.patterns import NUMBER

#: Points by which the numbers of lines are out of their column.
_SAME_PLACE = 4.0
#: The steps in which lines are counted, the fewest numbers that tell, and the share of the steps that agrees.
_STEPS, _FEWEST, _SHARE = (1, 2, 5, 10), 3, 0.6
#: Lines of a full page, and the share of the full pages that count theirs.
_FULL, _MOST_PAGES = 8, 0.4
#: Characters of a line of text, and the share of such lines that may run over a number in the margin.
_LONG, _CROSSED = 20, 0.1


@dataclass(frozen=True, slots=True)
class _Margin:
    """The bare numbers beside the text of a page, by side: left (0) and right (1)."""

    sides: tuple[list[PageLine], list[PageLine]]

    def counting(self) -> list[int]:
        """The sides on which the numbers count up."""
        return [side for side, lines in enumerate(self.sides) if _counts_up([int(line.text) for line in lines])]


def mark_line_numbers(pages: Sequence[Sequence[PageLine]]) -> None:
    """Set the kind of the numbers of lines: they count up by one, two, five or ten in the margin of most pages."""
    margins = list(map(_margin, pages))
    full = sum(len(lines) > _FULL for lines in pages)
    if sum(bool(margin.counting()) for margin in margins) < max(1, _MOST_PAGES * full):
        return
    for side in (0, 1):
        counted = [margin.sides[side] for margin in margins if side in margin.counting()]
        _mark([line for margin in margins for line in margin.sides[side]], counted)


def _mark(lines: Sequence[PageLine], counted: Sequence[Sequence[PageLine]]) -> None:
    """Mark the numbers that end where the ``counted`` ones of some page end."""
    places = {line.box.x1 for of_page in counted for line in of_page}
    for line in lines:
        if any(abs(line.box.x1 - x) < _SAME_PLACE for x in places):
            line.kind = BlockKind.LINE_NUMBER


def _margin(lines: Sequence[PageLine]) -> _Margin:
    """The bare numbers of a page that stand beside its text, from the top."""
    numbers = sorted(_beside_text(lines), key=lambda line: line.box.y0)
    if not numbers:
        return _Margin(([], []))
    around = box_around(lines)
    middle = (around.x0 + around.x1) / 2
    return _Margin(([ln for ln in numbers if ln.box.x0 <= middle], [ln for ln in numbers if ln.box.x0 > middle]))


def _beside_text(lines: Sequence[PageLine]) -> Iterator[PageLine]:
    """The bare numbers over whose place hardly a longer line runs."""
    long = [line for line in lines if len(line.text) > _LONG]
    for line in lines:
        if NUMBER.fullmatch(line.text) and sum(_runs_over(other, line) for other in long) <= _CROSSED * len(long):
            yield line


def _runs_over(line: PageLine, number: PageLine) -> bool:
    return line.box.x0 < number.box.x1 - 1 and line.box.x1 > number.box.x0 + 1


def _counts_up(numbers: Sequence[int]) -> bool:
    if len(numbers) < _FEWEST:
        return False
    step, times = Counter(b - a for a, b in pairwise(numbers)).most_common(1)[0]
    return step in _STEPS and times >= _SHARE * (len(numbers) - 1)
