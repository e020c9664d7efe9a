"""What the file of a picture holds, read without a decoder, so that the decoder can live where no file can be opened."""

from __future__ import annotations

from pathlib import Path

from citegrid.core.errors import InputError
from citegrid.core.messages import Message

HINT = "Give a PNG, JPEG, WebP, BMP or TIFF picture."
#: Bytes; 60 million pixels without compression have 480 MB in 16 bits.
MOST_BYTES = 512 << 20


def picture_bytes(path: Path) -> bytes:
    """What ``path`` holds; raises InputError when it is missing, a folder, empty or too large."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if 0 < size <= MOST_BYTES and not path.is_dir() else b""
    except OSError as error:
        raise InputError(
            Message("“{name}” cannot be opened: {reason}.", name=path.name, reason=error.strerror or error),
            "Check the path.",
        ) from error
    if path.is_dir():
        raise InputError(Message("“{name}” is a folder, not a picture.", name=path.name), HINT)
    if size == 0:
        raise InputError(Message("“{name}” is empty.", name=path.name), HINT)
    if size > MOST_BYTES:
        raise InputError(
            Message("“{name}” has too many pixels.", name=path.name), "Make it smaller than 60 megapixels."
        )
    return data
