"""RapidOCR (PP-OCRv4 mobile, its models ship in the wheel) behind the port ``OcrEngine``.

The three networks are driven one by one: lines are found on a picture of at
most 2000 pixels a side but read from the full one; whether lines stand on
their head is voted on by all of them, since one short line alone is often
misjudged; and a cancel is heard between the steps.
"""

from __future__ import annotations

import logging
import os
import threading
from typing import Any

import numpy as np

from citegrid.ports import NEVER, Cancel, OcrLine, Pixels
from citegrid.vision import Array, Floats, as_array, cv2

_MOST_SIDE = 2000
_MOST_ASPECT = 3
_BATCH = 12
_LEAST_CONFIDENCE = 0.5
_TALL = 1.5


class RapidOcr:
    """Reads text.  The corners of a line start at the top left *of the text*, so they tell its direction too.

    Loaded on first use (about a second); safe to share between threads, which then take turns.
    """

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._engine: Any = None

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        """The lines of text in the picture, from top to bottom, then left to right; raises Cancelled."""
        if picture.width < 4 or picture.height < 4:
            return []
        while not self._lock.acquire(timeout=0.1):
            cancel.check()
        try:
            engine = self._loaded()
            cancel.check()
            image = cv2.cvtColor(as_array(picture), cv2.COLOR_RGB2BGR)
            quads = _detect(engine, image)
            cancel.check()
            return _recognise(engine, image, quads, cancel) if len(quads) else []
        finally:
            self._lock.release()

    def _loaded(self) -> Any:
        if self._engine is None:
            from rapidocr_onnxruntime import RapidOCR

            self._engine = RapidOCR(intra_op_num_threads=self._threads, inter_op_num_threads=1)
            for name in ("RapidOCR", "OrtInferSession"):
                logging.getLogger(name).setLevel(logging.CRITICAL)
        return self._engine


def _detect(engine: Any, image: Array) -> Floats:
    """Quadrilaterals of text, shape (n, 4, 2), clockwise from the corner nearest to the top left of the picture."""
    height, width = image.shape[:2]
    scale = min(1.0, _MOST_SIDE / max(height, width))
    small = image
    if scale < 1.0:
        small = cv2.resize(
            image, (max(1, round(width * scale)), max(1, round(height * scale))), None, 0, 0, cv2.INTER_AREA
        )
    tall, wide = small.shape[:2]
    # Very long strips are padded: the detector would blow up their short side to 736 pixels.
    pad_y = max(0, -(-wide // _MOST_ASPECT) - tall) // 2
    pad_x = max(0, -(-tall // _MOST_ASPECT) - wide) // 2
    if pad_x or pad_y:
        small = cv2.copyMakeBorder(small, pad_y, pad_y, pad_x, pad_x, cv2.BORDER_REPLICATE)
    quads, _ = engine.text_det(small)
    if quads is None or len(quads) == 0:
        return np.zeros((0, 4, 2))
    shifted = (np.asarray(quads, np.float64) - (pad_x, pad_y)) / scale
    clipped: Floats = np.clip(shifted, 0, (width, height))
    return clipped


def _crop(image: Array, quad: Floats) -> Array:
    width = max(1, int(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[3] - quad[2]))))
    height = max(1, int(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    crop: Array = cv2.warpPerspective(image, matrix, (width, height), None, cv2.INTER_CUBIC, cv2.BORDER_REPLICATE)
    return crop


def _recognise(engine: Any, image: Array, quads: Floats, cancel: Cancel) -> list[OcrLine]:
    crops, turns = [], []  # turns: how many quarter turns clockwise the text is turned in the picture
    for quad in quads:
        crop = _crop(image, quad)
        tall = crop.shape[0] >= _TALL * crop.shape[1]
        crops.append(np.ascontiguousarray(np.rot90(crop)) if tall else crop)
        turns.append(1 if tall else 0)
    cancel.check()
    _, verdicts, _ = engine.text_cls(crops)
    upside_down = _vote(turns, crops, verdicts)
    for i, turn in enumerate(turns):
        if upside_down[turn]:
            crops[i] = np.ascontiguousarray(np.rot90(crops[i], 2))
            turns[i] = turn + 2
    read = _read_all(engine, crops, cancel)
    _second_look(engine, crops, turns, read, cancel)
    lines = []
    for quad, turn, (text, confidence) in zip(quads, turns, read, strict=True):
        if confidence < _LEAST_CONFIDENCE or not text.strip():
            continue
        corners = [(float(x), float(y)) for x, y in np.roll(quad, -turn, axis=0)]
        lines.append(OcrLine(text.strip(), (corners[0], corners[1], corners[2], corners[3]), float(confidence)))
    return sorted(lines, key=lambda line: (min(y for _, y in line.corners), min(x for x, _ in line.corners)))


def _vote(turns: list[int], crops: list[Array], verdicts: list[Any]) -> dict[int, bool]:
    """Whether the lying (0) and the standing (1) lines are upside down, judged by all of them, long ones first."""
    score = {0: 0.0, 1: 0.0}
    for turn, crop, (label, confidence) in zip(turns, crops, verdicts, strict=True):
        weight = min(8.0, crop.shape[1] / max(1, crop.shape[0])) * (float(confidence) - 0.5)
        score[turn] += weight if "180" in str(label) else -weight
    return {turn: value > 0 for turn, value in score.items()}


def _read_all(engine: Any, crops: list[Array], cancel: Cancel) -> list[tuple[str, float]]:
    """Text and confidence of each crop; read in batches of like width so that a cancel is heard between them."""
    read: list[tuple[str, float]] = [("", 0.0)] * len(crops)
    order = sorted(range(len(crops)), key=lambda i: crops[i].shape[1] / max(1, crops[i].shape[0]))
    for start in range(0, len(order), _BATCH):
        cancel.check()
        batch = order[start : start + _BATCH]
        results, _ = engine.text_rec([crops[i] for i in batch])
        for i, result in zip(batch, results, strict=True):
            read[i] = (str(result[0]), float(result[1]))
    return read


def _second_look(
    engine: Any, crops: list[Array], turns: list[int], read: list[tuple[str, float]], cancel: Cancel
) -> None:
    """Lines that stand while most lie (a digit 1, a single narrow character) are read the other way too.

    The better reading stays; ``crops``, ``turns`` and ``read`` are changed in place.
    """
    lying = [i for i, turn in enumerate(turns) if turn % 2 == 0]
    standing = [i for i, turn in enumerate(turns) if turn % 2 == 1]
    few, many = (standing, lying) if len(standing) <= len(lying) else (lying, standing)
    if not few or not many:
        return
    turn = max((turns[i] for i in many), key=[turns[i] for i in many].count)
    again = [np.ascontiguousarray(np.rot90(crops[i], turn - turns[i])) for i in few]
    for i, crop, result in zip(few, again, _read_all(engine, again, cancel), strict=True):
        if result[1] > read[i][1] or (len(read[i][0]) <= 1 and result[1] >= _LEAST_CONFIDENCE):
            crops[i], turns[i], read[i] = crop, turn, result
