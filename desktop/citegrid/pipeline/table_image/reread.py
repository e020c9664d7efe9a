"""Second look: header cells whose text is doubtful or missing are read again, each from a crop of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from citegrid.pipeline.table_image.deskew import quarter_turn
from citegrid.pipeline.table_image.readings import BoxXY, Heading, TableReading
from citegrid.pipeline.table_image.text_boxes import TextBox, cell_text, text_box
from citegrid.ports import Cancel, OcrEngine, OcrLine
from citegrid.vision import Array, as_pixels, cv2

DOUBTFUL = 0.92
_MOST_CROPS = 16
#: How sure a text must be that was read in a turned crop, and one in a cell that seemed empty.
_SURE, _SURE_ENOUGH = 0.85, 0.6
_LEAST_PIXELS = 4
_READABLE = 40.0
"""Crops are enlarged until a line of text is this high."""


@dataclass(frozen=True, slots=True)
class CropReading:
    """The text of a crop, how sure it is, and the quarter turns that made it lie."""

    text: str = ""
    sure: float = 0.0
    turns: int = 0


def reread_doubtful(picture: Array, found: TableReading, height: float, ocr: OcrEngine, cancel: Cancel) -> TableReading:
    """``found`` with its doubtful names read again from the upright RGB picture; the surer reading stays."""
    if not found.cells:
        return found
    crops = _Crops(picture, height, ocr, cancel)
    headings = list(found.headings)
    turns: dict[int, int] = {}
    for i in [i for i, heading in enumerate(headings) if heading.confidence < DOUBTFUL][:_MOST_CROPS]:
        read = crops.read(headings[i].box)
        turns[i] = read.turns
        if _is_better(read, headings[i]):
            headings[i] = _renamed(headings[i], read)
    _reread_standing(headings, turns, crops)
    return replace(found, headings=tuple(headings))


def _reread_standing(headings: list[Heading], turns: Mapping[int, int], crops: _Crops) -> None:
    """Read the tall boxes turned where several names stand: one of two or three letters cannot be told alone."""
    turn, count = _most_common_turn(turns.values())
    if count < 2:
        return
    for i in [i for i, h in enumerate(headings) if turns.get(i) != turn and _is_tall(h.box)][:_MOST_CROPS]:
        read = crops.read(headings[i].box, turn)
        if read.text and read.sure > _SURE:
            headings[i] = _renamed(headings[i], read)


def _most_common_turn(turns: Iterable[int]) -> tuple[int, int]:
    """The turn that most of the standing names have, and how many."""
    return next(iter(Counter(turn for turn in turns if turn).most_common(1)), (0, 0))


def reread_blanks(
    picture: Array, boxes: Sequence[BoxXY], height: float, ocr: OcrEngine, cancel: Cancel
) -> list[TextBox]:
    """The text of header cells in which the first reading saw none although something is drawn there."""
    crops = _Crops(picture, height, ocr, cancel)
    items = []
    for box in [b for b in boxes if _has_ink(picture, b, height)][:_MOST_CROPS]:
        read = crops.read(box)
        if read.text and read.sure >= _SURE_ENOUGH:
            inset = 0.2 * height
            items.append(TextBox(read.text, box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset, read.sure))
    return items


def _renamed(heading: Heading, read: CropReading) -> Heading:
    group, slash, _ = heading.name.rpartition(" / ")
    return replace(heading, name=group + slash + read.text, confidence=read.sure)


def _is_better(read: CropReading, heading: Heading) -> bool:
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
    if min(part.shape[:2]) < _LEAST_PIXELS:
        return False
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return bool((np.abs(grey - np.median(grey)) > 60).sum() > 0.15 * height**2)


@dataclass(frozen=True, slots=True)
class _Crops:
    """Reads crops of an upright picture whose ordinary line of text is ``height`` pixels high."""

    picture: Array
    height: float
    ocr: OcrEngine
    cancel: Cancel

    def read(self, box: BoxXY, turns: int | None = None) -> CropReading:
        """The text in a box; text that stands is turned (by ``turns``, or as it looks) and read lying."""
        self.cancel.check()
        crop = _crop(self.picture, box, 0.12 * self.height)
        if min(crop.shape[:2]) < _LEAST_PIXELS:
            return CropReading()
        crop = self._enlarged(crop)
        best = CropReading()
        if turns is None:
            lines = self.ocr.read(as_pixels(crop), cancel=self.cancel)
            best = _reading(lines, 0)
            turns = quarter_turn(lines) if lines else 0
        if turns:
            turned = np.ascontiguousarray(np.rot90(crop, turns))
            lying = _reading(self.ocr.read(as_pixels(turned), cancel=self.cancel), turns)
            best = max(best, lying, key=lambda read: read.sure)
        return best

    def _enlarged(self, crop: Array) -> Array:
        """The crop as large as it is read best, with a rim of its own fill."""
        scale = max(1.0, min(3.0, _READABLE / self.height))
        fill = [int(v) for v in np.median(crop.reshape(-1, 3), axis=0)]
        crop = cv2.resize(crop, None, None, scale, scale, cv2.INTER_CUBIC)
        rim = round(0.5 * self.height * scale)
        enlarged: Array = cv2.copyMakeBorder(crop, rim, rim, rim, rim, cv2.BORDER_CONSTANT, None, fill)
        return enlarged


def _reading(lines: Sequence[OcrLine], turns: int) -> CropReading:
    items = [text_box(line.text, np.array(line.corners), line.confidence) for line in lines]
    letters = sum(len(i.text) for i in items)
    if not letters:
        return CropReading()
    return CropReading(cell_text(items), sum(i.confidence * len(i.text) for i in items) / letters, turns)
