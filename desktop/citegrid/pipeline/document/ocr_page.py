"""A page made of the lines that OCR read in its picture: upright for the layout, then back to where things stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import atan2, cos, degrees, hypot, radians, sin

from citegrid.core.document import Block, BlockKind, Box, Page, TextFrom, Word
from citegrid.ports import OcrLine

Point = tuple[float, float]
#: Degrees: a page that is skewed less is left as it is.
_STRAIGHT = 0.4
#: Degrees off the page's direction from which a line (a label of an axis, a stamp) is no line of the text.
_ASIDE = 30.0
#: Share by which the height of a line's box varies with its letters.
_UNEVEN = 0.25


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page's text is turned: ``angle`` degrees clockwise; the page's size as shown, and upright."""

    angle: float
    shown: Point
    upright: Point

    def to_upright(self, point: Point) -> Point:
        """A point of the page as shown, in the page turned upright."""
        return _rotated(point, self.shown, self.upright, -self.angle)

    def to_shown(self, point: Point) -> Point:
        """The way back."""
        return _rotated(point, self.upright, self.shown, self.angle)


def turn_of(lines: Sequence[OcrLine], width: float, height: float) -> Turn:
    """The direction of most of the text of a page of ``width`` × ``height`` points."""
    weighed = sorted((_angle(line), len(line.text)) for line in lines)
    quarters: Counter[int] = Counter(dict.fromkeys(range(4), 0))
    for angle, letters in weighed:
        quarters[_quarter(angle)] += letters
    main = quarters.most_common(1)[0][0]
    skew = _middle([(_off(angle, 90.0 * main), letters) for angle, letters in weighed if _quarter(angle) == main])
    angle = 90.0 * main + (skew if abs(skew) >= _STRAIGHT else 0.0)
    return Turn(angle, (width, height), (height, width) if main % 2 else (width, height))


def _quarter(angle: float) -> int:
    """The direction nearest to ``angle``, in quarters of a turn."""
    return round(angle / 90) % 4


def _middle(weighed: Sequence[tuple[float, int]]) -> float:
    """The median of values by their weights; 0 without any."""
    left = sum(weight for _, weight in weighed) / 2
    for value, weight in sorted(weighed):
        left -= weight
        if left <= 0:
            return value
    return 0.0


def page_of(page: Page, lines: Sequence[OcrLine], scale: float) -> tuple[Page, Turn]:
    """``page`` with the words of ``lines`` (in pixels, ``scale`` a point), turned upright."""
    turn = turn_of(lines, page.width, page.height)
    words: list[Word] = []
    text: list[str] = []
    at = 0
    placed = sorted(((_rect(line, turn, scale), line) for line in lines), key=lambda one: (one[0][1], one[0][0]))
    for index, (rect, line) in enumerate(placed):
        words += _words(line, rect, page.number, at, index, turn, scale)
        text.append(line.text)
        at += len(line.text) + 1
    words = _even(words)
    joined = "".join(f"{line}\n" for line in text)
    width, height = turn.upright
    box = Box(page.number, 0, 0, width, height)
    blocks = (Block(0, BlockKind.BODY, 0, max(len(joined) - 1, 0), box),) if words else ()
    made = replace(
        page, width=width, height=height, text=joined, words=tuple(words), blocks=blocks, text_from=TextFrom.OCR
    )
    return made, turn


def as_shown(page: Page, turn: Turn) -> Page:
    """An upright page with its boxes where they are in the page as shown; text and order stay."""
    if turn.angle == 0:
        return page
    words = tuple(replace(word, box=_box_back(word.box, turn), edges=_edges_back(word, turn)) for word in page.words)
    blocks = tuple(replace(block, box=_box_back(block.box, turn)) for block in page.blocks)
    return replace(page, width=turn.shown[0], height=turn.shown[1], words=words, blocks=blocks)


def _words(
    line: OcrLine, rect: tuple[float, float, float, float], page: int, at: int, index: int, turn: Turn, scale: float
) -> list[Word]:
    left, top, right, bottom = rect
    length = len(line.text)
    level = abs(_off(_angle(line), turn.angle)) < _ASIDE
    shares = line.edges if len(line.edges) == length + 1 else tuple(i / max(length, 1) for i in range(length + 1))
    tall = hypot(line.corners[3][0] - line.corners[0][0], line.corners[3][1] - line.corners[0][1]) / scale
    words = []
    start = 0
    for part in line.text.split(" "):
        end = start + len(part)
        if part:
            edges = tuple(left + (right - left) * share for share in shares[start : end + 1])
            box = Box(page, edges[0], top, edges[-1], bottom) if level else Box(page, left, top, right, bottom)
            size = round(0.8 * tall, 1)
            words.append(Word(part, at + start, at + end, box, index, index, size, edges=edges if level else ()))
        start = end + 1
    return words


def _even(words: list[Word]) -> list[Word]:
    """Sizes near the usual one become it: the height of a line's box depends on its letters (no g, no l: smaller)."""
    sizes = sorted(word.size for word in words for _ in word.text)
    if not sizes:
        return words
    usual = sizes[len(sizes) // 2]
    return [replace(word, size=usual) if abs(word.size - usual) <= _UNEVEN * usual else word for word in words]


def _rect(line: OcrLine, turn: Turn, scale: float) -> tuple[float, float, float, float]:
    corners = [turn.to_upright((x / scale, y / scale)) for x, y in line.corners]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _box_back(box: Box, turn: Turn) -> Box:
    corners = [turn.to_shown(p) for p in ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(box.page, min(xs), min(ys), max(xs), max(ys))


def _edges_back(word: Word, turn: Turn) -> tuple[float, ...]:
    """x positions between the characters; none where the text runs up or down the page."""
    if abs(_off(turn.angle, 180.0 * round(turn.angle / 180))) > _ASIDE:
        return ()
    middle = (word.box.y0 + word.box.y1) / 2
    return tuple(turn.to_shown((x, middle))[0] for x in word.edges)


def _rotated(point: Point, from_: Point, to: Point, angle: float) -> Point:
    a = radians(angle)
    x, y = point[0] - from_[0] / 2, point[1] - from_[1] / 2
    return x * cos(a) - y * sin(a) + to[0] / 2, x * sin(a) + y * cos(a) + to[1] / 2


def _angle(line: OcrLine) -> float:
    (x0, y0), (x1, y1) = line.corners[:2]
    return degrees(atan2(y1 - y0, x1 - x0))


def _off(angle: float, from_: float) -> float:
    return (angle - from_ + 180.0) % 360.0 - 180.0
