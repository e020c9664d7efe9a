"""The printed lines of a page while it is being arranged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from citegrid.core.document import BlockKind, Box, Page, Word

#: A line is bold where more than this share of its letters is.
_MOST = 0.6
#: Pieces with a smaller gap (in type sizes, of at least so many points) are one line.
_GAP, _SMALLEST = 0.9, 4.0


@dataclass(slots=True)
class PageLine:
    """A line of a page: its words in order and its box."""

    words: list[Word]
    box: Box
    size: float = 0.0
    bold: bool = False
    text: str = ""
    kind: BlockKind = BlockKind.BODY
    column: int = 0
    band: int = 0

    @property
    def width(self) -> float:
        return self.box.x1 - self.box.x0

    @property
    def height(self) -> float:
        return self.box.y1 - self.box.y0

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.box.y0 + self.box.y1) / 2

    def overlap(self, other: PageLine) -> float:
        """The points of height that both lines take, as a share of the lower one."""
        shared = min(self.box.y1, other.box.y1) - max(self.box.y0, other.box.y0)
        return shared / max(min(self.height, other.height), 1e-9)


def box_around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of ``boxes``, which are of one page."""
    return Box(
        boxes[0].page,
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def commonest_size(sizes: Iterable[tuple[float, int]]) -> float:
    """The type size of most characters, by ``(size, characters)``; 0 where there are none."""
    weights: Counter[float] = Counter()
    for size, characters in sizes:
        weights[size] += characters
    return weights.most_common(1)[0][0] if weights else 0.0


def pieces_of(page: Page) -> list[PageLine]:
    """The pieces of lines of a page, in the order of the file."""
    groups: dict[tuple[int, int], list[Word]] = {}
    for word in page.words:
        groups.setdefault((word.block, word.line), []).append(word)
    return [_line(words) for words in groups.values()]


def rejoined(lines: list[PageLine]) -> list[PageLine]:
    """Join pieces that the file gives as lines of their own although they stand side by side with hardly a gap.

    The numbers of lines, marked before, stay alone.
    """
    result: list[PageLine] = []
    for line in lines:
        if result and _are_one(result[-1], line):
            result[-1] = _line([*result[-1].words, *line.words])
        else:
            result.append(line)
    return result


def _are_one(last: PageLine, line: PageLine) -> bool:
    """Whether ``line`` is text that goes on right behind ``last``."""
    gap = line.box.x0 - last.box.x1
    beside = last.overlap(line) > 0.5 and -1.0 <= gap < _GAP * max(last.size, line.size, _SMALLEST)
    return beside and line.kind is last.kind is BlockKind.BODY


def _line(words: list[Word]) -> PageLine:
    level = [w for w in words if not w.raised] or words  # the size of a line is not that of its raised numbers
    size = commonest_size((round(w.size, 1), len(w.text)) for w in level)
    letters = sum(len(w.text) for w in words)
    bold = sum(len(w.text) for w in words if w.bold) > _MOST * letters
    return PageLine(words, box_around([w.box for w in words]), size, bold, " ".join(w.text for w in words))
