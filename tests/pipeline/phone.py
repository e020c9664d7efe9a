"""A phone photo of a sheet on a desk, seeded: perspective, light from one side, slight blur, noise, 12 megapixels."""

from __future__ import annotations

import numpy as np

from citegrid.ports import Pixels
from citegrid.vision import Array, as_array, as_pixels, cv2

WIDTH, HEIGHT = 4000, 3000


def desk(width: int, height: int, rng: np.random.Generator) -> Array:
    """A surface with grain in a random colour, without anything to read."""
    colour = rng.uniform(50, 170, 3)
    grain = rng.normal(0, 1, (height // 16, width // 160, 1)).astype(np.float32)
    grain = cv2.resize(grain, (width, height), None, 0, 0, cv2.INTER_CUBIC)
    return np.clip(colour + 10 * grain[:, :, None], 0, 255).astype(np.uint8)


def phone(picture: Pixels, seed: int, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Pixels:
    """``picture`` as a sheet on a desk, photographed from aside; ``size`` is (width, height) of the photo."""
    rng = np.random.default_rng([seed, 77])
    sheet = as_array(picture)
    tall, wide = sheet.shape[:2]
    if (tall > wide) != (size[1] > size[0]):
        size = size[1], size[0]
    width, height = size
    scale = min(0.86 * width / wide, 0.86 * height / tall)
    half = np.array([wide * scale / 2, tall * scale / 2])
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
    corners = signs * half * (1 - rng.uniform(0, 0.07, (4, 2)))
    angle = np.radians(rng.uniform(-5, 5))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = corners @ turn.T + np.array([width / 2, height / 2])
    source = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    photo = desk(width, height, rng)
    warped = cv2.warpPerspective(sheet, matrix, size, None, cv2.INTER_CUBIC)
    mask = cv2.warpPerspective(np.full((tall, wide), 255, np.uint8), matrix, size)
    photo = np.where(mask[:, :, None] > 127, warped, photo)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    side = rng.uniform(0, 2 * np.pi)
    ramp = 0.5 + 0.5 * ((xs / width - 0.5) * np.cos(side) + (ys / height - 0.5) * np.sin(side)) / 0.71
    lit = photo * (1.0 - 0.4 * ramp)[:, :, None]
    lit = cv2.GaussianBlur(lit, (0, 0), 1.2) + rng.normal(0, 3, (height, width, 1)).astype(np.float32)
    return as_pixels(np.clip(lit, 0, 255).astype(np.uint8))
