"""Pictures of the quoted lines, for evidence lists."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from citegrid.core.document import Box
from citegrid.core.evidence import Evidence
from citegrid.ports import PageSource

#: Points around the quoted lines, and pixels a point (150 dpi).
MARGIN, SCALE = 6.0, 150 / 72
#: A row whose pixels differ by less than this (of 255) shows nothing.
_BLANK = 24
#: Sixteen tones a channel are enough for type, and halve the file.
_TONE = 17
_PAPER_YELLOW = np.array([255, 236, 150], dtype=np.float32) / 255


def crop(source: PageSource, evidence: Evidence) -> bytes | None:
    """The evidence's lines on its page as PNG, the quoted words marked; None without boxes or page."""
    boxes = [b for b in evidence.boxes if b.page == evidence.page]
    if not boxes or evidence.page is None:
        return None
    pixels = source.render(evidence.page, SCALE)
    page = np.frombuffer(pixels.data, np.uint8).reshape(pixels.height, pixels.width, 3)
    part = _marked(page, [_scaled(b) for b in boxes])
    if not part.size:
        return None
    part = (np.rint(part / _TONE) * _TONE).astype(np.uint8)
    ok, data = cv2.imencode(".png", cv2.cvtColor(part, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 6])
    return data.tobytes() if ok else None


def _scaled(box: Box) -> tuple[int, int, int, int]:
    """The box in pixels of the page."""
    x0, y0, x1, y1 = (max(0, round(v * SCALE)) for v in (box.x0, box.y0, box.x1, box.y1))
    return x0, y0, x1, y1


def _marked(page: np.ndarray, boxes: Sequence[tuple[int, int, int, int]]) -> np.ndarray:
    """What surrounds ``boxes`` on ``page``, the words in them marked; empty where they lie outside of it."""
    around = round(MARGIN * SCALE)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    first, last = min(tops), max(bottoms)
    left, top = max(0, min(lefts) - around), max(0, first - around)
    part = page[top : last + around, left : max(rights) + around].astype(np.float32)
    if not part.size:
        return part
    for x0, y0, x1, y1 in boxes:
        part[y0 - top : y1 - top, x0 - left : x1 - left] *= _PAPER_YELLOW
    return _whole_lines(part, first - top, max(0, len(part) - (last - top)))


def _whole_lines(part: np.ndarray, above: int, below: int) -> np.ndarray:
    """``part`` with what its ``above`` first and ``below`` last rows show of neighbouring lines painted over.

    From the quoted lines outwards, everything beyond the first blank row is a neighbour cut in half.
    """
    blank = part.max(axis=(1, 2)) - part.min(axis=(1, 2)) < _BLANK
    out = part.copy()
    for row in range(above - 1, -1, -1):
        if blank[row]:
            out[:row] = part[row, 0]
            break
    for row in range(len(part) - below, len(part)):
        if blank[row]:
            out[row + 1 :] = part[row, 0]
            break
    return out
