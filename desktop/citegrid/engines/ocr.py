"""RapidOCR behind the port ``OcrEngine``, with the networks of PP-OCRv6 (small) where they are, else those of its wheel (PP-OCRv4).

The three networks are driven one by one: lines are found on a picture of at
most 2000 pixels a side (1500 for pages, whose lines are longer) but read from
the full one; whether lines stand on their head is voted on by all of them; and
a cancel is heard between the steps.  Lines of pages are cut at the white
between words and read in pieces (``ocr_words``).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from citegrid.concurrency.cores import usable_cores
from citegrid.core.resources import home_of
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
#: How much wider than those of PP-OCRv4, for which tables are read by heights of a line, the boxes of the newer networks are at each
#: side, in shares of their height: medians of five pictures were 1.09 to 1.21 times as high.
_MARGIN = 0.055
#: How many times as high as others a piece is that may hold two lines.
_STACKED = 1.6


#: Which network finds lines and which reads them, in ``models/ocr``.
NETWORKS = {"det": "PP-OCRv6_det_small.onnx", "rec": "PP-OCRv6_rec_small.onnx"}


class RapidOcr:
    """Reads text.  The corners of a line start at the top left *of the text*, so they tell its direction too.

    Loaded on first use (about a second); safe to share between threads, which then take turns.
    """

    #: Pictures read at the same time.
    workers = 1

    def __init__(self, threads: int | None = None, *, pages: bool = False) -> None:
        self._pages = pages
        self._threads = threads or min(4, usable_cores())
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

    def close(self) -> None:
        """Let go of the networks; another read loads them again."""
        with self._lock:
            self._engine = None

    def _loaded(self) -> Any:
        if self._engine is None:
            from rapidocr_onnxruntime import RapidOCR

            self._engine = RapidOCR(intra_op_num_threads=self._threads, inter_op_num_threads=1, **newer_networks())
            for name in ("RapidOCR", "OrtInferSession"):
                logging.getLogger(name).setLevel(logging.CRITICAL)
        return self._engine


def newer_networks() -> dict[str, str]:
    """The networks that find and read lines, as RapidOCR wants them named; empty where ``make env`` or the packages brought none."""
    paths = {f"{part}_model_path": home_of("models") / "ocr" / file for part, file in NETWORKS.items()}
    return {name: str(path) for name, path in paths.items()} if all(map(Path.is_file, paths.values())) else {}


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


@dataclass(slots=True)
class _CutLine:
    """A line cut out of the picture: where it stands, its pixels, and how many quarter turns clockwise it is turned there."""

    quad: Floats
    crop: Array
    turn: int

    def turned(self, quarters: int) -> _CutLine:
        """The same line, its pixels turned anticlockwise by so many quarters more."""
        return replace(self, crop=np.ascontiguousarray(np.rot90(self.crop, quarters)), turn=self.turn + quarters)

    def within(self, margin: float) -> _CutLine:
        """The same line, its place smaller at each side by this share of its height."""
        along, down = self.quad[1] - self.quad[0], self.quad[3] - self.quad[0]
        wide, high = float(np.linalg.norm(along)), float(np.linalg.norm(down))
        if not margin or min(wide, high) <= 0:
            return self
        step = margin * min(wide, high)
        x, y = along / wide * step, down / high * step
        return replace(self, quad=self.quad + np.array([x + y, y - x, -x - y, x - y]))

    def read_as(self, text: str, confidence: float, edges: tuple[float, ...] = ()) -> OcrLine:
        """The line as it was read, its corners from the top left of the text on."""
        corners = [(float(x), float(y)) for x, y in np.roll(self.quad, -self.turn, axis=0)]
        return OcrLine(text, (corners[0], corners[1], corners[2], corners[3]), float(confidence), edges)


def _recognise(engine: Any, image: Array, quads: Floats, cancel: Cancel, pages: bool) -> list[OcrLine]:
    lines = [_cut(image, quad) for quad in _one_line_each(image, quads)]
    cancel.check()
    lines = _upright(engine, lines)
    if pages:
        return _in_order(_pages_lines(engine, lines, cancel))
    read = _read_all(engine, [line.crop for line in lines], cancel)
    _second_look(engine, lines, read, cancel)
    _put_spaces(engine, [line.crop for line in lines], read, cancel)
    margin = _MARGIN if newer_networks() else 0.0
    return _in_order(
        [
            line.within(margin).read_as(text.strip(), confidence)
            for line, (text, confidence) in zip(lines, read, strict=True)
            if confidence >= _LEAST_CONFIDENCE and text.strip()
        ]
    )


def _one_line_each(image: Array, quads: Floats) -> list[Floats]:
    """``quads`` with those halved that hold two short lines below each other ("S." over "N."), where most lines lie."""
    sizes = [(float(np.linalg.norm(q[1] - q[0])), float(np.linalg.norm(q[3] - q[0]))) for q in quads]
    high = _STACKED * float(np.median([height for _, height in sizes]))
    lying = sum(width > height for width, height in sizes) > len(sizes) / 2
    found: list[Floats] = []
    for quad, (width, height) in zip(quads, sizes, strict=True):
        at = _white_row(_crop(image, quad)) if lying and high < height and width < height else None
        if at is None:
            found.append(quad)
        else:
            left, right = quad[0] + at * (quad[3] - quad[0]), quad[1] + at * (quad[2] - quad[1])
            found += [np.array([quad[0], quad[1], right, left]), np.array([left, right, quad[2], quad[3]])]
    return found


def _white_row(crop: Array) -> float | None:
    """Where the white between two lines is, as a share of the height; None where there is none near the middle."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY).astype(np.float32)
    strength = np.abs(grey - np.median(grey))
    white = np.flatnonzero((strength > 0.4 * strength.max()).sum(axis=1) == 0) / len(crop)
    middle = white[(white > 0.35) & (white < 0.65)]
    return float(middle.mean()) if len(middle) > 0.05 * len(crop) else None


def _cut(image: Array, quad: Floats) -> _CutLine:
    """The line in ``quad``, lying: one that is higher than wide is turned."""
    line = _CutLine(quad, _crop(image, quad), 0)
    return line.turned(1) if line.crop.shape[0] >= _TALL * line.crop.shape[1] else line


def _upright(engine: Any, lines: list[_CutLine]) -> list[_CutLine]:
    """The lines, turned where they stand on their head, which is voted on by all that are turned alike."""
    _, verdicts, _ = engine.text_cls([_judged_part(line.crop) for line in lines])
    upside_down = _vote(lines, verdicts)
    return [line.turned(2) if upside_down[line.turn] else line for line in lines]


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


def _pages_lines(engine: Any, lines: list[_CutLine], cancel: Cancel) -> list[OcrLine]:
    """The lines of a page, read in pieces, with spaces where the white is and the edges of each character."""
    gaps = [ocr_words.word_gaps(line.crop) for line in lines]
    found = []
    for line, white, (marks, confidence) in zip(lines, gaps, _seen_in_pieces(engine, lines, gaps, cancel), strict=True):
        text, edges = ocr_words.spaced(marks, white, line.crop.shape[1])
        if text and confidence >= _LEAST_CONFIDENCE:
            found.append(line.read_as(text, confidence, edges))
    return found


def _seen_in_pieces(
    engine: Any, lines: list[_CutLine], gaps: list[list[tuple[int, int]]], cancel: Cancel
) -> list[tuple[ocr_words.Seen, float]]:
    """The characters of each line, which is cut in its ``gaps``, and the mean confidence of its characters."""
    parts = [
        (i, a, b)
        for i, line in enumerate(lines)
        for a, b in ocr_words.pieces(line.crop.shape[1], line.crop.shape[0], gaps[i])
    ]
    read = _see_all(engine, [np.ascontiguousarray(lines[i].crop[:, a:b]) for i, a, b in parts], cancel)
    seen: list[ocr_words.Seen] = [[] for _ in lines]
    sure: list[list[float]] = [[] for _ in lines]
    for (i, a, _), (marks, confidence) in zip(parts, read, strict=True):
        seen[i] += [(char, a + x) for char, x in marks]
        sure[i] += [confidence] * len(marks)
    return [(marks, float(np.mean(chances)) if chances else 0.0) for marks, chances in zip(seen, sure, strict=True)]


def _see_all(engine: Any, crops: list[Array], cancel: Cancel) -> list[tuple[ocr_words.Seen, float]]:
    """The characters of each crop with their middles in its pixels, and the mean confidence."""
    recogniser = engine.text_rec
    names = recogniser.postprocess_op.character
    read: list[tuple[ocr_words.Seen, float]] = [([], 0.0)] * len(crops)
    for batch in _batches(crops, cancel):
        widest = max(*(_ratio(crops[i]) for i in batch), 2.0)
        said = recogniser.session(np.stack([recogniser.resize_norm_img(crops[i], widest) for i in batch]))[0]
        for i, chances in zip(batch, said, strict=True):
            read[i] = _seen_in(chances, names, widest * crops[i].shape[0])
    return read


def _seen_in(chances: Any, names: Sequence[object], width: float) -> tuple[ocr_words.Seen, float]:
    """The characters that the recogniser sees in ``width`` pixels: at each step the most likely one, runs of one as one."""
    best = chances.argmax(axis=1)
    step = width / len(best)
    at = [t for t, c in enumerate(best) if c != 0 and (t == 0 or c != best[t - 1])]
    marks = [(str(names[best[t]]), (_middle(best, t) + 0.25) * step) for t in at]
    return marks, float(chances[at, best[at]].mean()) if at else 0.0


def _batches(crops: Sequence[Array], cancel: Cancel) -> Iterator[list[int]]:
    """Numbers of crops of like shape, a few at a time, so that a cancel is heard between them."""
    order = sorted(range(len(crops)), key=lambda i: _ratio(crops[i]))
    for start in range(0, len(order), _BATCH):
        cancel.check()
        yield order[start : start + _BATCH]


def _ratio(crop: Array) -> float:
    """How many times as wide as high."""
    return float(crop.shape[1] / max(1, crop.shape[0]))


def _middle(best: Any, t: int) -> float:
    """The middle of the run of one character that begins at ``t``."""
    end = t
    while end + 1 < len(best) and best[end + 1] == best[t]:
        end += 1
    return (t + end) / 2


def _vote(lines: Sequence[_CutLine], verdicts: list[Any]) -> dict[int, bool]:
    """Whether the lying (0) and the standing (1) lines are upside down, judged by all of them."""
    score = {0: 0.0, 1: 0.0}
    for line, (label, confidence) in zip(lines, verdicts, strict=True):
        weight = min(_JUDGED, _ratio(line.crop)) * (float(confidence) - 0.5)
        score[line.turn] += weight if "180" in str(label) else -weight
    return {turn: value > 0 for turn, value in score.items()}


def _read_all(engine: Any, crops: list[Array], cancel: Cancel) -> list[tuple[str, float]]:
    """Text and confidence of each crop; read in batches of like width so that a cancel is heard between them."""
    read: list[tuple[str, float]] = [("", 0.0)] * len(crops)
    for batch in _batches(crops, cancel):
        results, _ = engine.text_rec([crops[i] for i in batch])
        for i, result in zip(batch, results, strict=True):
            read[i] = (str(result[0]), float(result[1]))
    return read


def _second_look(engine: Any, lines: list[_CutLine], read: list[tuple[str, float]], cancel: Cancel) -> None:
    """Lines that stand while most lie (a digit 1, a single narrow character) are read the other way too.

    The better reading stays; ``lines`` and ``read`` are changed in place.
    """
    few, many = _few_and_many(lines)
    if not few or not many:
        return
    turns = [lines[i].turn for i in many]
    turn = max(turns, key=turns.count)
    again = [lines[i].turned(turn - lines[i].turn) for i in few]
    for i, line, result in zip(few, again, _read_all(engine, [one.crop for one in again], cancel), strict=True):
        if result[1] > read[i][1] or (len(read[i][0]) <= 1 and result[1] >= _LEAST_CONFIDENCE):
            lines[i], read[i] = line, result


def _few_and_many(lines: Sequence[_CutLine]) -> tuple[list[int], list[int]]:
    """The numbers of the lines that lie and of those that stand, the fewer ones first (those that stand where they tie)."""
    lying = [i for i, line in enumerate(lines) if line.turn % 2 == 0]
    standing = [i for i, line in enumerate(lines) if line.turn % 2 == 1]
    return (standing, lying) if len(standing) <= len(lying) else (lying, standing)
