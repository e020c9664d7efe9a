"""Second look: header cells whose text is doubtful or missing are read again, each from a crop of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from citegrid.pipeline.table_image.deskew import quarter_turn
from citegrid.pipeline.table_image.header import BoxXY, Found, Heading
from citegrid.pipeline.table_image.text_boxes import Item, cell_text
from citegrid.ports import Cancel, OcrEngine, OcrLine
from citegrid.vision import Array, as_pixels, cv2

DOUBTFUL = 0.92
_MOST_CROPS = 16
_READABLE = 40.0
"""Crops are enlarged until a line of text is this high."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The text of a crop, how sure it is, and the quarter turns that made it lie."""

    text: str = ""
    sure: float = 0.0
    turns: int = 0


def look_again(picture: Array, found: Found, height: float, ocr: OcrEngine, cancel: Cancel) -> Found:
    """``found`` with its doubtful names read again from the upright RGB picture; the surer reading stays."""
    if not found.cells:
        return found
    headings = list(found.headings)
    doubtful = [i for i, heading in enumerate(headings) if heading.confidence < DOUBTFUL][:_MOST_CROPS]
    turned: dict[int, int] = {}
    for i in doubtful:
        cancel.check()
        read = _read(picture, headings[i].box, height, ocr, cancel)
        turned[i] = read.turns
        if _is_better(read, headings[i]):
            headings[i] = _renamed(headings[i], read)
    # Where several names stand, one of two or three letters may too, which alone cannot be told.
    standing = [turn for turn in turned.values() if turn]
    turn = max(set(standing), key=standing.count, default=0)
    if standing.count(turn) >= 2:
        for i in [i for i, h in enumerate(headings) if turned.get(i) != turn and _is_tall(h.box)][:_MOST_CROPS]:
            cancel.check()
            read = _read(picture, headings[i].box, height, ocr, cancel, turn)
            if read.text and read.sure > 0.85:
                headings[i] = _renamed(headings[i], read)
    return replace(found, headings=tuple(headings))


def read_blanks(picture: Array, boxes: Sequence[BoxXY], height: float, ocr: OcrEngine, cancel: Cancel) -> list[Item]:
    """The text of header cells in which the first reading saw none although something is drawn there."""
    items = []
    for box in [b for b in boxes if _has_ink(picture, b, height)][:_MOST_CROPS]:
        cancel.check()
        read = _read(picture, box, height, ocr, cancel)
        if read.text and read.sure >= 0.6:
            inset = 0.2 * height
            items.append(Item(read.text, box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset, read.sure))
    return items


def _renamed(heading: Heading, read: _Reading) -> Heading:
    group, slash, _ = heading.name.rpartition(" / ")
    return replace(heading, name=group + slash + read.text, confidence=read.sure)


def _is_better(read: _Reading, heading: Heading) -> bool:
    """Surer, and without losing letters of a text that was not bad: what is cut off at an edge is often read surely."""
    kept = len(read.text) >= len(heading.name.rpartition(" / ")[2]) or heading.confidence < 0.7
    return bool(read.text) and read.sure > heading.confidence and kept


def _is_tall(box: BoxXY) -> bool:
    return box[3] - box[1] > 1.3 * (box[2] - box[0])


def _crop(picture: Array, box: BoxXY, pad: float) -> Array:
    tall, wide = picture.shape[:2]
    x0, y0 = max(0, round(box[0] - pad)), max(0, round(box[1] - pad))
    x1, y1 = min(wide, round(box[2] + pad)), min(tall, round(box[3] + pad))
    return picture[y0:y1, x0:x1]


def _has_ink(picture: Array, box: BoxXY, height: float) -> bool:
    part = _crop(picture, box, -0.25 * height)
    if min(part.shape[:2]) < 4:
        return False
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return bool((np.abs(grey - np.median(grey)) > 60).sum() > 0.15 * height**2)


def _read(
    picture: Array, box: BoxXY, height: float, ocr: OcrEngine, cancel: Cancel, turns: int | None = None
) -> _Reading:
    """The text of a crop; text that stands is turned (by ``turns``, or as it looks) and read lying."""
    crop = _crop(picture, box, 0.12 * height)
    if min(crop.shape[:2]) < 4:
        return _Reading()
    scale = max(1.0, min(3.0, _READABLE / height))
    fill = [int(v) for v in np.median(crop.reshape(-1, 3), axis=0)]
    crop = cv2.resize(crop, None, None, scale, scale, cv2.INTER_CUBIC)
    rim = round(0.5 * height * scale)
    crop = cv2.copyMakeBorder(crop, rim, rim, rim, rim, cv2.BORDER_CONSTANT, None, fill)
    best = _Reading()
    if turns is None:
        lines = ocr.read(as_pixels(crop), cancel=cancel)
        best = _reading(lines, 0)
        turns = quarter_turn(lines) if lines else 0
    if turns:
        turned = np.ascontiguousarray(np.rot90(crop, turns))
        best = max(best, _reading(ocr.read(as_pixels(turned), cancel=cancel), turns), key=lambda read: read.sure)
    return best


def _reading(lines: Sequence[OcrLine], turns: int) -> _Reading:
    items = []
    for line in lines:
        xs, ys = [x for x, _ in line.corners], [y for _, y in line.corners]
        standing = abs(line.corners[1][1] - line.corners[0][1]) > abs(line.corners[1][0] - line.corners[0][0])
        sure = line.confidence * (0.5 if standing and len(line.text) > 1 else 1.0)
        items.append(Item(line.text, min(xs), min(ys), max(xs), max(ys), sure))
    letters = sum(len(i.text) for i in items)
    if not letters:
        return _Reading()
    return _Reading(cell_text(items), sum(i.confidence * len(i.text) for i in items) / letters, turns)
