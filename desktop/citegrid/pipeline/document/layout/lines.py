"""The printed lines of a page while it is being arranged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from citegrid.core.document import BlockKind, Box, Page, Word


@dataclass(slots=True)
class Line:
    """A line of a page: its words in order and its box."""

    words: list[Word]
    box: Box
    size: float = 0.0
    bold: bool = False
    text: str = ""
    kind: BlockKind = BlockKind.BODY
    column: int = 0
    band: int = 0


def pieces_of(page: Page) -> list[Line]:
    """The pieces of lines of a page, in the order of the file."""
    groups: dict[tuple[int, int], list[Word]] = {}
    for word in page.words:
        groups.setdefault((word.block, word.line), []).append(word)
    return [_line(words) for words in groups.values()]


def _line(words: list[Word]) -> Line:
    box = Box(
        words[0].box.page,
        min(w.box.x0 for w in words),
        min(w.box.y0 for w in words),
        max(w.box.x1 for w in words),
        max(w.box.y1 for w in words),
    )
    sizes = Counter[float]()
    level = [w for w in words if not w.raised] or words  # the size of a line is not that of its raised numbers
    for w in level:
        sizes[round(w.size, 1)] += len(w.text)
    bold = sum(len(w.text) for w in words if w.bold) > 0.6 * sum(len(w.text) for w in words)
    return Line(words, box, sizes.most_common(1)[0][0], bold, " ".join(w.text for w in words))


def rejoined(lines: list[Line]) -> list[Line]:
    """Join pieces that the file gives as lines of their own although they stand side by side with hardly a gap.

    The numbers of lines, marked before, stay alone.
    """
    result: list[Line] = []
    for line in lines:
        last = result[-1] if result else None
        if last is not None and line.kind is last.kind is BlockKind.BODY:
            height = min(last.box.y1 - last.box.y0, line.box.y1 - line.box.y0)
            overlap = min(last.box.y1, line.box.y1) - max(last.box.y0, line.box.y0)
            gap = line.box.x0 - last.box.x1
            if overlap > 0.5 * height and -1.0 <= gap < 0.9 * max(last.size, line.size, 4.0):
                result[-1] = _line([*last.words, *line.words])
                continue
        result.append(line)
    return result
