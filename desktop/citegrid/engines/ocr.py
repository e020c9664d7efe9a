"""RapidOCR (PP-OCRv4 mobile, its models ship in the wheel) behind the port ``OcrEngine``.

The three networks are driven one by one: lines are found on a picture of at
most 2000 pixels a side (1500 for pages, whose lines are longer) but read from
the full one; whether lines stand on their head is voted on by all of them; and
a cancel is heard between the steps.  Lines of pages are cut at the white
between words and read in pieces (``ocr_words``).
"""

from __future__ import annotations

import logging
import os
import threading
from typing import Any

import numpy as np

from citegrid.engines import ocr_words
from citegrid.ports import NEVER, Cancel, OcrLine, Pixels
from citegrid.vision import Array, Floats, as_array, cv2

_MOST_SIDE, _MOST_SIDE_OF_PAGES = 2000, 1500
#: Width by height of what the judge of direction looks at; it squeezes anything wider into this, until it guesses.
_JUDGED = 4
_MOST_ASPECT = 3
_BATCH = 12
_LEAST_CONFIDENCE = 0.5
_TALL = 1.5


class RapidOcr:
    """Reads text.  The corners of a line start at the top left *of the text*, so they tell its direction too.

    Loaded on first use (about a second); safe to share between threads, which then take turns.
    """

    #: Pictures read at the same time.
    workers = 1

    def __init__(self, threads: int | None = None, *, pages: bool = False) -> None:
        self._pages = pages
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
            quads = _detect(engine, image, _MOST_SIDE_OF_PAGES if self._pages else _MOST_SIDE)
            cancel.check()
            return _recognise(engine, image, quads, cancel, self._pages) if len(quads) else []
        finally:
            self._lock.release()

    def _loaded(self) -> Any:
        if self._engine is None:
            from rapidocr_onnxruntime import RapidOCR

            self._engine = RapidOCR(intra_op_num_threads=self._threads, inter_op_num_threads=1)
            for name in ("RapidOCR", "OrtInferSession"):
                logging.getLogger(name).setLevel(logging.CRITICAL)
        return self._engine


def _detect(engine: Any, image: Array, most_side: int) -> Floats:
    """Quadrilaterals of text, shape (n, 4, 2), clockwise from the corner nearest to the top left of the picture."""
    height, width = image.shape[:2]
    scale = min(1.0, most_side / max(height, width))
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


def _recognise(engine: Any, image: Array, quads: Floats, cancel: Cancel, pages: bool) -> list[OcrLine]:
    crops, turns = [], []  # turns: how many quarter turns clockwise the text is turned in the picture
    for quad in quads:
        crop = _crop(image, quad)
        tall = crop.shape[0] >= _TALL * crop.shape[1]
        crops.append(np.ascontiguousarray(np.rot90(crop)) if tall else crop)
        turns.append(1 if tall else 0)
    cancel.check()
    _, verdicts, _ = engine.text_cls([_judged_part(crop) for crop in crops])
    upside_down = _vote(turns, crops, verdicts)
    for i, turn in enumerate(turns):
        if upside_down[turn]:
            crops[i] = np.ascontiguousarray(np.rot90(crops[i], 2))
            turns[i] = turn + 2
    if pages:
        return _in_order(_pages_lines(engine, crops, turns, quads, cancel))
    read = _read_all(engine, crops, cancel)
    _second_look(engine, crops, turns, read, cancel)
    _put_spaces(engine, crops, read, cancel)
    lines = []
    for quad, turn, (text, confidence) in zip(quads, turns, read, strict=True):
        if confidence < _LEAST_CONFIDENCE or not text.strip():
            continue
        corners = [(float(x), float(y)) for x, y in np.roll(quad, -turn, axis=0)]
        lines.append(OcrLine(text.strip(), (corners[0], corners[1], corners[2], corners[3]), float(confidence)))
    return _in_order(lines)


def _put_spaces(engine: Any, crops: list[Array], read: list[tuple[str, float]], cancel: Cancel) -> None:
    """Latin words that were read as one ("Researchaim") are parted where the white between them is plain to see.

    ``read`` is changed in place; its letters stay as they are.
    """
    joined = [i for i, (text, _) in enumerate(read) if len(text) > 4 and text.isascii() and " " not in text]
    gaps = {i: found for i in joined if (found := ocr_words.word_gaps(crops[i], sure=True))}
    for (i, white), (marks, _) in zip(gaps.items(), _see_all(engine, [crops[i] for i in gaps], cancel), strict=True):
        text, _ = ocr_words.spaced(marks, white, crops[i].shape[1])
        if text.replace(" ", "") == read[i][0]:
            read[i] = (text, read[i][1])


def _in_order(lines: list[OcrLine]) -> list[OcrLine]:
    return sorted(lines, key=lambda line: (min(y for _, y in line.corners), min(x for x, _ in line.corners)))


def _judged_part(crop: Array) -> Array:
    """The middle of a long line, in the shape that the judge of direction was trained on."""
    height, width = crop.shape[:2]
    spare = width - _JUDGED * height
    return crop if spare <= 0 else np.ascontiguousarray(crop[:, spare // 2 : spare // 2 + _JUDGED * height])


def _pages_lines(engine: Any, crops: list[Array], turns: list[int], quads: Floats, cancel: Cancel) -> list[OcrLine]:
    """The lines of a page, read in pieces, with spaces where the white is and the edges of each character."""
    gaps = [ocr_words.word_gaps(crop) for crop in crops]
    parts = [
        (i, a, b) for i, crop in enumerate(crops) for a, b in ocr_words.pieces(crop.shape[1], crop.shape[0], gaps[i])
    ]
    read = _see_all(engine, [np.ascontiguousarray(crops[i][:, a:b]) for i, a, b in parts], cancel)
    seen: list[ocr_words.Seen] = [[] for _ in crops]
    sure: list[list[float]] = [[] for _ in crops]
    for (i, a, _), (marks, confidence) in zip(parts, read, strict=True):
        seen[i] += [(char, a + x) for char, x in marks]
        sure[i] += [confidence] * len(marks)
    lines = []
    for i, (quad, turn) in enumerate(zip(quads, turns, strict=True)):
        text, edges = ocr_words.spaced(seen[i], gaps[i], crops[i].shape[1])
        confidence = float(np.mean(sure[i])) if sure[i] else 0.0
        if text and confidence >= _LEAST_CONFIDENCE:
            c = [(float(x), float(y)) for x, y in np.roll(quad, -turn, axis=0)]
            lines.append(OcrLine(text, (c[0], c[1], c[2], c[3]), confidence, edges))
    return lines


def _see_all(engine: Any, crops: list[Array], cancel: Cancel) -> list[tuple[ocr_words.Seen, float]]:
    """The characters of each crop with their middles in its pixels, and the mean confidence."""
    recogniser = engine.text_rec
    names = recogniser.postprocess_op.character
    read: list[tuple[ocr_words.Seen, float]] = [([], 0.0)] * len(crops)
    ratios = [crop.shape[1] / max(1, crop.shape[0]) for crop in crops]
    order = sorted(range(len(crops)), key=lambda i: ratios[i])
    for start in range(0, len(order), _BATCH):
        cancel.check()
        batch = order[start : start + _BATCH]
        widest = max(*(ratios[i] for i in batch), 2.0)
        said = recogniser.session(np.stack([recogniser.resize_norm_img(crops[i], widest) for i in batch]))[0]
        for i, chances in zip(batch, said, strict=True):
            best = chances.argmax(axis=1)
            step = widest * crops[i].shape[0] / len(best)
            at = [t for t, c in enumerate(best) if c != 0 and (t == 0 or c != best[t - 1])]
            marks = [(str(names[best[t]]), (_middle(best, t) + 0.25) * step) for t in at]
            read[i] = (marks, float(chances[at, best[at]].mean()) if at else 0.0)
    return read


def _middle(best: Any, t: int) -> float:
    """The middle of the run of one character that begins at ``t``."""
    end = t
    while end + 1 < len(best) and best[end + 1] == best[t]:
        end += 1
    return (t + end) / 2


def _vote(turns: list[int], crops: list[Array], verdicts: list[Any]) -> dict[int, bool]:
    """Whether the lying (0) and the standing (1) lines are upside down, judged by all of them."""
    score = {0: 0.0, 1: 0.0}
    for turn, crop, (label, confidence) in zip(turns, crops, verdicts, strict=True):
        weight = min(_JUDGED, crop.shape[1] / max(1, crop.shape[0])) * (float(confidence) - 0.5)
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
