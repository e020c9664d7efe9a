"""Loading pictures: photos and screenshots become upright 8-bit RGB on white."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from citegrid.core.errors import InputError
from citegrid.core.messages import Message
from citegrid.engines.picture_file import HINT, picture_bytes
from citegrid.ports import Pixels

MOST_PIXELS = 60_000_000
MOST_SIDE = 8000
"""A picture between this side and ``MOST_PIXELS`` is made smaller: no reader of tables needs more."""

# What cameras, phones and screenshots write, and nothing else: Pillow goes by a file's first bytes, not its name, and hands
# an EPS named .png to Ghostscript, which runs what stands in it.
_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF", "PPM")

#: Rows that are made 8 bit at a time.
_BAND = 256
_HEIC_HINT = "Save it as JPEG in the photo app, or take a screenshot of it."


def load_picture(path: Path) -> Pixels:
    """The picture in ``path`` as shown: EXIF orientation applied, transparency on white, 16 bit made 8 bit.

    The size in the file's header is checked before anything is decoded.
    Raises InputError when the file is missing, empty, cut off, not a picture,
    without pixels, or has more than 60 million of them.
    """
    return picture_of(picture_bytes(path), path.name)


def picture_of(data: bytes, name: str) -> Pixels:
    """The picture ``data``, whose file is called ``name``; see ``load_picture``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures; the size is checked below
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                return _decode(name, image)
    except UnidentifiedImageError as error:
        if _is_heic(data):
            raise InputError(
                Message("“{name}” is a HEIC photo, which cannot be read.", name=name), _HEIC_HINT
            ) from error
        raise InputError(Message("“{name}” is not a picture that can be read.", name=name), HINT) from error
    except Image.DecompressionBombError as error:
        raise InputError(
            Message("“{name}” has too many pixels.", name=name), "Make it smaller than 60 megapixels."
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        raise InputError(
            Message("“{name}” is damaged or cut off.", name=name),
            "Copy or export it again, as a PNG, JPEG, WebP, BMP or TIFF picture.",
        ) from error


def _is_heic(data: bytes) -> bool:
    """Whether the file is of the family that phones store photos in (HEIF, AVIF)."""
    return data[4:8] == b"ftyp"


def _decode(name: str, image: Image.Image) -> Pixels:
    width, height = image.size
    if width < 1 or height < 1:
        raise InputError(Message("“{name}” has no pixels.", name=name), HINT)
    if width * height > MOST_PIXELS:
        raise InputError(
            Message(
                "“{name}” has {number} megapixels; 60 are the most.",
                name=name,
                number=f"{width * height / 1e6:.0f}",
            ),
            "Make it smaller and try again.",
        )
    if max(width, height) > MOST_SIDE:
        image.draft("RGB", (MOST_SIDE, MOST_SIDE))  # JPEG only: decodes at a half or a quarter of the size
    rgb = _to_rgb(ImageOps.exif_transpose(image))
    if max(rgb.size) > MOST_SIDE:
        rgb.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.BOX)
    return Pixels(rgb.width, rgb.height, rgb.tobytes())


def _to_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image)
        top = float(values.max()) if values.size else 0.0
        scale = 255.0 if top <= 1.0 else 1.0 if top <= 255.0 else 255.0 / max(65535.0, top)
        grey = np.empty(values.shape, np.uint8)
        for row in range(0, len(values), _BAND):  # the whole of it as 64-bit numbers would be eight times its size
            band = values[row : row + _BAND].astype(np.float64)
            grey[row : row + _BAND] = np.clip(band * scale, 0, 255)
        return Image.fromarray(grey).convert("RGB")
    if "A" in image.mode or "a" in image.mode or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        white.alpha_composite(image)
        return white.convert("RGB")
    return image.convert("RGB")
