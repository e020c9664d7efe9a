"""The one door to OpenCV, and the way between ``Pixels`` and arrays.

The OpenCV wheel points Qt at its own plugins and fonts (and changes the path
of shared libraries for child processes) when it is imported, which keeps our
window from opening.  So it is imported here and nowhere else, and the
environment is put back at once.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import numpy.typing as npt

from citegrid.ports import Pixels

_CHANGED_BY_OPENCV = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH", "PATH")


def _import_opencv() -> Any:
    before = {name: os.environ.get(name) for name in _CHANGED_BY_OPENCV}
    import cv2

    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    return cv2


cv2: Any = _import_opencv()

Array = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]


def as_array(picture: Pixels) -> Array:
    """The pixels as a read-only array of shape (height, width, 3), RGB."""
    return np.frombuffer(picture.data, np.uint8).reshape(picture.height, picture.width, 3)


def as_pixels(array: Array) -> Pixels:
    """An RGB or grey array of bytes as ``Pixels``."""
    if array.ndim == 2:
        array = np.repeat(array[:, :, None], 3, axis=2)
    height, width = array.shape[:2]
    return Pixels(width, height, np.ascontiguousarray(array, np.uint8).tobytes())
