"""The printed lines of a page while it is being arranged."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from citegrid.core.document import BlockKind, Box, Page, Word
from citegrid.core.language.script import has_han

#: A line is bold, or slanted, where more than this share of its letters is.
_MOST = 0.6
#: Pieces with a smaller gap (in type sizes, of at least so many points) are one line.
_GAP, _SMALLEST = 0.9, 4.0
#: A word that is so many sizes tall stands upright in the margin.
_TALL = 1.3
#: Signs of Chinese type that are set in half of their box.
_HALF_SET = frozenset("，。：；、？！“”‘’（）《》〈〉「」『』【】〔〕［］")
#: The share of a page's letters below which what is turned is no table that fills the page.
_ASIDE = 0.3


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
    slanted: bool = False

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


class Printed(Protocol):
    """Words or lines: what stands in a box in type of a size."""

    @property
    def text(self) -> str: ...
    @property
    def size(self) -> float: ...


class Placed(Protocol):
    """What stands in a box."""

    @property
    def box(self) -> Box: ...


def box_around(items: Iterable[Placed]) -> Box:
    """The smallest box that holds all of ``items``, which stand on one page."""
    boxes = [item.box for item in items]
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


def usual_size(printed: Iterable[Printed]) -> float:
    """The type size of most characters of words or lines; 0 where there are none."""
    return commonest_size((round(one.size, 1), len(one.text)) for one in printed)


def letters_in(printed: Iterable[Printed]) -> int:
    """How many characters words or lines hold."""
    return sum(len(one.text) for one in printed)


def words_by_line(page: Page) -> dict[tuple[int, int], list[Word]]:
    """The words of a page by the block and the line that they stand in, in the order of the file."""
    lines: dict[tuple[int, int], list[Word]] = {}
    for word in page.words:
        lines.setdefault((word.block, word.line), []).append(word)
    return lines


def are_turned(words: Sequence[Word]) -> bool:
    """Whether the words of a line run up or down the page: most of their letters are in boxes much taller than their type."""
    return letters_in(word for word in words if _is_tall(word)) > _MOST * letters_in(words)


def _is_tall(word: Word) -> bool:
    height = word.box.y1 - word.box.y0
    return len(word.text) > 2 and height > max(_TALL * word.size, word.box.x1 - word.box.x0)


def mark_turned(lines: Sequence[PageLine]) -> None:
    """Set stamps and notices that run up the margin apart from the text, on a page that is not turned itself."""
    turned = [line for line in lines if are_turned(line.words)]
    if letters_in(turned) < _ASIDE * letters_in(lines):
        for line in turned:
            line.kind = BlockKind.FOOTER


def pieces_of(page: Page) -> list[PageLine]:
    """The pieces of lines of a page, in the order of the file."""
    return list(map(_line, words_by_line(page).values()))


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
    gap, size = line.box.x0 - last.box.x1, max(last.size, line.size, _SMALLEST)
    least = -size if _give_way(last, line) else -1.0
    beside = last.overlap(line) > 0.5 and least <= gap < _GAP * size and line.box.x1 > last.box.x1
    return beside and line.kind is last.kind is BlockKind.BODY


def _give_way(last: PageLine, line: PageLine) -> bool:
    """Whether a bracket or a stop stands at the seam of two pieces: in Chinese such signs are set in half of their box, and the next
    box begins within it; narrow ones only beside ideographs."""
    seam = last.text[-1:] + line.text[:1]
    signs = any(unicodedata.category(char).startswith("P") for char in seam)
    return not _HALF_SET.isdisjoint(seam) or (signs and has_han(last.text + line.text))


def _line(words: list[Word]) -> PageLine:
    level = [w for w in words if not w.raised] or words  # the size of a line is not that of its raised numbers
    most = _MOST * letters_in(words)
    bold, slanted = letters_in(w for w in words if w.bold) > most, letters_in(w for w in words if w.italic) > most
    text = " ".join(w.text for w in words)
    return PageLine(words, box_around(words), usual_size(level), bold, text, slanted=slanted)
