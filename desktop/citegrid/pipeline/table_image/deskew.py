"""Straighten: turns a picture upright, takes out tilt and perspective, and knows the way back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from citegrid.ports import OcrLine
from citegrid.vision import Array, Floats, cv2

_GOOD_HEIGHT = 26.0
"""Small print is enlarged until its lines are this high: rules and letters are easier to tell apart then."""


@dataclass(frozen=True, slots=True)
class UprightPicture:
    """An upright picture and the matrix (3 × 3) that takes points of the given picture to it.

    ``rotation`` is how many degrees clockwise the given picture was turned.
    ``changed`` says whether it was turned, tilt or perspective was taken out, or small print was enlarged: read again.
    """

    picture: Array
    matrix: Floats
    rotation: float
    changed: bool

    def then(self, further: UprightPicture) -> UprightPicture:
        """What ``further`` made of this picture, as made of the given one."""
        rotation = _signed(self.rotation + further.rotation)
        return UprightPicture(further.picture, further.matrix @ self.matrix, rotation, True)


def quarter_turn(lines: Sequence[OcrLine]) -> int:
    """How many quarter turns clockwise the text of the picture is turned, judged by most of it."""
    votes = [0.0, 0.0, 0.0, 0.0]
    for line in lines:
        dx, dy = _direction(line)
        angle = math.degrees(math.atan2(dy, dx))
        votes[round(angle / 90) % 4] += min(12, len(line.text)) * line.confidence
    return votes.index(max(votes))


def _direction(line: OcrLine) -> tuple[float, float]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = line.corners
    return (bx - ax + cx - dx) / 2, (by - ay + cy - dy) / 2


def move(points: Floats, matrix: Floats) -> Floats:
    """Points of shape (n, 2) through a matrix of shape (3, 3)."""
    moved: Floats = cv2.perspectiveTransform(points.reshape(1, -1, 2).astype(np.float64), matrix).reshape(-1, 2)
    return moved


def deskew(picture: Array, lines: Sequence[OcrLine]) -> UprightPicture:
    """The upright form of an RGB picture whose lines of text were read once."""
    turns = quarter_turn(lines)
    height, width = picture.shape[:2]
    turned = np.ascontiguousarray(np.rot90(picture, turns))  # counter-clockwise, which undoes the turn
    matrix = _turn_matrix(turns, width, height)
    rotation = float(90 * turns)
    tall, wide = turned.shape[:2]
    letters = _text_height(lines)
    scale = min(3.0, max(1.0, _GOOD_HEIGHT / letters))
    quad, tilt = _quad(_segments(turned, lines, matrix), wide, tall, 0.3 * letters)
    if quad is None:
        grown = np.diag([scale, scale, 1.0])
        picture = turned if scale == 1.0 else cv2.resize(turned, None, None, scale, scale, cv2.INTER_CUBIC)
        return UprightPicture(picture, grown @ matrix, _signed(rotation), turns != 0 or scale > 1.2)
    target, size = _target(quad, scale)
    warp = np.asarray(cv2.getPerspectiveTransform(quad.astype(np.float32), target.astype(np.float32)), np.float64)
    warp, size = _fit(warp, wide, tall, size)
    straight = cv2.warpPerspective(turned, warp, size, None, cv2.INTER_CUBIC, cv2.BORDER_REPLICATE)
    return UprightPicture(straight, warp @ matrix, _signed(rotation + tilt), True)


def _signed(degrees: float) -> float:
    return round((degrees + 180) % 360 - 180, 2) if degrees % 360 != 180 else 180.0


def _turn_matrix(turns: int, width: int, height: int) -> Floats:
    """The matrix of ``np.rot90(picture, turns)`` for points of a picture of this size."""
    return {
        0: np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]]),
        1: np.array([[0.0, 1, 0], [-1, 0, width], [0, 0, 1]]),
        2: np.array([[-1.0, 0, width], [0, -1, height], [0, 0, 1]]),
        3: np.array([[0.0, -1, height], [1, 0, 0], [0, 0, 1]]),
    }[turns]


def _segments(picture: Array, lines: Sequence[OcrLine], matrix: Floats) -> Floats:
    """UprightPicture strokes of the picture and lines of text: (n, 5) of x0, y0, x1, y1, weight; text counts as lying."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, 1400 / max(grey.shape))
    if scale < 1:
        grey = cv2.resize(grey, None, None, scale, scale, cv2.INTER_AREA)
    least = max(16.0, min(2.0 * _text_height(lines) * scale, 0.06 * max(grey.shape)))
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(grey)[0]
    parts = []
    if found is not None:
        for x0, y0, x1, y1 in np.asarray(found, np.float64).reshape(-1, 4):
            length = math.hypot(x1 - x0, y1 - y0)
            if length >= least:
                parts.append((x0 / scale, y0 / scale, x1 / scale, y1 / scale, length / scale))
    for line in lines:
        points = move(np.array(line.corners), matrix)
        left, right = (points[0] + points[3]) / 2, (points[1] + points[2]) / 2
        length = math.hypot(*(right - left))
        tall = math.hypot(*(points[3] - points[0]))
        if length > 4 * tall and right[0] > left[0]:
            parts.append((left[0], left[1], right[0], right[1], 0.7 * length))
    return np.array(parts).reshape(-1, 5)


def _text_height(lines: Sequence[OcrLine]) -> float:
    heights = []
    for line in lines:
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = line.corners
        heights.append((math.hypot(dx - ax, dy - ay) + math.hypot(cx - bx, cy - by)) / 2)
    return float(np.median(heights)) if heights else 20.0


def _slant(values: Floats, at: Floats, weights: Floats) -> tuple[float, float] | None:
    """Slope of the strokes as a straight function of where they stand: ``(value at 0, change per pixel)``.

    Weighted least squares, made robust by dropping what lies far from the median again and again.
    """
    if len(values) == 0:
        return None
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    middle = values[order][np.searchsorted(total, total[-1] / 2)]
    base, change = float(middle), 0.0
    limit = math.tan(math.radians(12))
    for _ in range(8):
        off = np.abs(values - base - change * at)
        near = off < limit
        if near.sum() < 2:
            return base, change
        spread = float(np.ptp(at[near]))
        w = weights[near]
        if near.sum() >= 6 and spread > 0:
            design = np.stack([np.ones(int(near.sum())), at[near]], 1) * np.sqrt(w)[:, None]
            ridge = np.diag([0.0, 1e-3 * float(w.sum()) * spread**2])
            solved = np.linalg.solve(design.T @ design + ridge, design.T @ (values[near] * np.sqrt(w)))
            base, change = float(solved[0]), float(solved[1])
        else:
            base, change = float(np.average(values[near], weights=w)), 0.0
        limit = max(math.tan(math.radians(0.7)), 0.6 * limit)
    return base, change


def _quad(segments: Floats, width: int, height: int, tolerance: float) -> tuple[Floats | None, float]:
    """The four corners in the picture of what is a rectangle on the paper, and the tilt in degrees.

    None when no line of the picture is off by more than ``tolerance`` pixels from its one end to the other.
    """
    if len(segments) == 0:
        return None, 0.0
    dx, dy = segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1]
    weight = segments[:, 4]
    mx, my = (segments[:, 0] + segments[:, 2]) / 2 - width / 2, (segments[:, 1] + segments[:, 3]) / 2 - height / 2
    lying = np.abs(dx) > 1.7 * np.abs(dy)
    standing = np.abs(dy) > 1.7 * np.abs(dx)
    flat = _slant(dy[lying] / dx[lying], my[lying], weight[lying])
    if flat is None:
        return None, 0.0
    base, change = flat
    upright = _slant(-dx[standing] / dy[standing], mx[standing], weight[standing])
    if upright is None or standing.sum() < 3 or abs(upright[0] - base) > 0.2:
        upright = (base, 0.0)
    half_w, half_h = width / 2, height / 2
    reach = (np.ptp(segments[:, [0, 2]]), np.ptp(segments[:, [1, 3]]))
    off = [(abs(base) + abs(change) * half_h) * reach[0], (abs(upright[0]) + abs(upright[1]) * half_w) * reach[1]]
    if max(off) < tolerance:
        return None, 0.0
    corners = []
    for sy, sx in ((-1, -1), (-1, 1), (1, 1), (1, -1)):
        slope = base + change * sy * half_h * 0.8
        lean = upright[0] + upright[1] * sx * half_w * 0.8
        # y = y0 + slope · x and x = x0 - lean · y meet in one corner
        y0, x0 = sy * half_h * 0.8, sx * half_w * 0.8
        y = (y0 + slope * x0) / (1 + slope * lean)
        x = x0 - lean * y
        corners.append((x + half_w, y + half_h))
    return np.array(corners), math.degrees(math.atan(base))


def _target(quad: Floats, scale: float) -> tuple[Floats, tuple[float, float]]:
    width = float(np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2 * scale
    height = float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2 * scale
    return np.array([[0, 0], [width, 0], [width, height], [0, height]]), (width, height)


def _fit(warp: Floats, wide: int, tall: int, size: tuple[float, float]) -> tuple[Floats, tuple[int, int]]:
    """Shifts the warp so that the whole picture stays in view, within one and a half times its size."""
    corners = move(np.array([[0.0, 0], [wide, 0], [wide, tall], [0, tall]]), warp)
    low = np.maximum(corners.min(0), -0.6 * np.array(size))
    high = np.minimum(corners.max(0), 1.6 * np.array(size))
    shift = np.array([[1.0, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]])
    span = np.ceil(high - low).astype(int)
    return shift @ warp, (max(1, int(span[0])), max(1, int(span[1])))
