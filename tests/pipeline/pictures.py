"""Pictures for the tests: damage done to a picture as a phone, a scanner or a mailer does it, all seeded."""

from __future__ import annotations

import math

import numpy as np

from citegrid.ports import Pixels
from citegrid.vision import Array, as_array, as_pixels, cv2

VARIANTS = ("tilt", "quarter", "perspective", "blur", "half", "jpeg", "gradient")


def variant(picture: Pixels, kind: str, seed: int) -> Pixels:
    """``picture`` damaged in one of the ways of ``VARIANTS``; the same seed gives the same damage."""
    rng = np.random.default_rng([seed, *kind.encode()])
    image = as_array(picture).copy()
    return as_pixels(_DAMAGE[kind](image, rng))


def _border(image: Array) -> tuple[int, int, int]:
    edge = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    red, green, blue = np.median(edge, axis=0)
    return int(red), int(green), int(blue)


def _tilt(image: Array, rng: np.random.Generator) -> Array:
    """Turned by 2 to 8 degrees, either way, on a larger sheet."""
    angle = float(rng.uniform(2, 8)) * (1 if rng.random() < 0.5 else -1)
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    c, s = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
    new_width, new_height = math.ceil(width * c + height * s), math.ceil(width * s + height * c)
    matrix[:, 2] += (new_width - width) / 2, (new_height - height) / 2
    size = (new_width, new_height)
    return cv2.warpAffine(image, matrix, size, None, cv2.INTER_CUBIC, cv2.BORDER_CONSTANT, _border(image))


def _quarter(image: Array, rng: np.random.Generator) -> Array:
    """Lying on its left or on its right side."""
    return np.ascontiguousarray(np.rot90(image, 1 if rng.random() < 0.5 else 3))


def _perspective(image: Array, rng: np.random.Generator) -> Array:
    """Seen from aside: each corner moved inwards by up to 6 % of the shorter side (12 % of it along the longer)."""
    height, width = image.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inward = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
    reach = np.array([min(0.06 * width, 0.12 * height), 0.06 * height], np.float32)
    moved = corners + inward * rng.uniform(0, 1, (4, 2)).astype(np.float32) * reach
    margin = np.float32(0.05 * min(width, height))
    matrix = cv2.getPerspectiveTransform(corners, moved + margin)
    size = (width + 2 * int(margin), height + 2 * int(margin))
    return cv2.warpPerspective(image, matrix, size, None, cv2.INTER_CUBIC, cv2.BORDER_CONSTANT, _border(image))


def _blur(image: Array, rng: np.random.Generator) -> Array:
    """Out of focus: a Gaussian of σ 1 pixel."""
    return cv2.GaussianBlur(image, (0, 0), 1.0)


def _half(image: Array, rng: np.random.Generator) -> Array:
    """Half the size."""
    return cv2.resize(image, (image.shape[1] // 2, image.shape[0] // 2), None, 0, 0, cv2.INTER_AREA)


def _jpeg(image: Array, rng: np.random.Generator) -> Array:
    """Saved as JPEG of quality 40."""
    _, data = cv2.imencode(".jpg", image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 40])
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[:, :, ::-1])


def _gradient(image: Array, rng: np.random.Generator) -> Array:
    """Under a lamp at one side: brightness falls to 55 % across the picture, in any direction."""
    height, width = image.shape[:2]
    angle = rng.uniform(0, 2 * math.pi)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    ramp = xs / width * math.cos(angle) + ys / height * math.sin(angle)
    ramp = (ramp - ramp.min()) / float(np.ptp(ramp))
    return np.clip(image * (1.0 - 0.45 * ramp)[:, :, None], 0, 255).astype(np.uint8)


_DAMAGE = {
    "tilt": _tilt,
    "quarter": _quarter,
    "perspective": _perspective,
    "blur": _blur,
    "half": _half,
    "jpeg": _jpeg,
    "gradient": _gradient,
}
