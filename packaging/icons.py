"""Draws the program's icon in the sizes that systems ask for: ``icons.py FOLDER`` (with the Qt of the packages' environment)."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parent.parent / "resources" / "icons" / "citegrid.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def draw(folder: Path) -> None:
    """``citegrid-SIZE.png`` for each size, and the file of pictures that Windows or macOS wants."""
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(DRAWING))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        image.save(str(folder / f"citegrid-{size}.png"))
    suffix = {"win32": ".ico", "darwin": ".icns"}.get(sys.platform)
    if suffix:
        with Image.open(folder / "citegrid-512.png", formats=["PNG"]) as picture:
            picture.save(folder / f"citegrid{suffix}")


if __name__ == "__main__":
    application = QGuiApplication([])
    draw(Path(sys.argv[1]))
