"""The picture of a table that is drawn, upright or lying on its side, and the OCR that reads it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from citegrid.ports import NEVER, Cancel, OcrLine, Pixels

NAMES = ("文献名称", "作者与年份", "主要方法/理论/算法", "关键实验结论", "创新点/理论贡献", "影响/备注")
ROWS = (("A work", "Gao 2023", "", "51.5%", "", ""), ("Another", "Liu 2021", "", "a tenth", "", ""))
WIDTH, HEIGHT = 1200, 290
#: Where the table begins, how wide its cells are and how high.
LEFT, CELL, LINE = 20, 193, 80


def picture() -> Pixels:
    """A table with six header cells, the fifth of which is hard to read, and two rows."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB888)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    font = QFont()
    font.setPixelSize(22)
    painter.setFont(font)
    for column, name in enumerate(NAMES):
        for row in range(len(ROWS) + 1):
            painter.drawRect(LEFT + CELL * column, LEFT + LINE * row, CELL, LINE)
        painter.drawText(QRectF(LEFT + CELL * column, LEFT, CELL, LINE), Qt.AlignmentFlag.AlignCenter, name)
    painter.end()
    return _pixels(image)


def blank() -> Pixels:
    """A picture without a table."""
    image = QImage(640, 400, QImage.Format.Format_RGB888)
    image.fill(QColor("#ffffff"))
    return _pixels(image)


def turned(upright: Pixels) -> Pixels:
    """A picture that lies on its side, turned by a quarter clockwise."""
    rows = np.frombuffer(upright.data, np.uint8).reshape(upright.height, upright.width, 3)
    return Pixels(upright.height, upright.width, np.rot90(rows, -1).tobytes())


def _pixels(image: QImage) -> Pixels:
    data = b"".join(bytes(image.constScanLine(y))[: 3 * image.width()] for y in range(image.height()))
    return Pixels(image.width(), image.height(), data)


def _line(text: str, column: int, row: int, confidence: float = 0.98) -> OcrLine:
    left, top = LEFT + 10 + CELL * column, LEFT + 25 + LINE * row
    right, bottom = left + min(170, 24 * len(text)), top + 26
    return OcrLine(text, ((left, top), (right, top), (right, bottom), (left, bottom)), confidence)


class TableOcr:
    """Reads the drawn table, whichever way it lies; of any other picture it reads a few words, and of a part nothing."""

    workers = 1

    def __init__(self) -> None:
        header = [_line(name, i, 0, 0.7 if i == 4 else 0.98) for i, name in enumerate(NAMES)]
        rows = [_line(text, c, r + 1) for r, row in enumerate(ROWS) for c, text in enumerate(row) if text]
        self._lines = [*header, *rows]

    def read(self, picture: Pixels, *, cancel: Cancel = NEVER) -> list[OcrLine]:
        cancel.check()
        match picture.width, picture.height:
            case (1200, 290):
                return list(self._lines)
            case (290, 1200):
                return [self._turned(line) for line in self._lines]
            case (640, 400):
                return [_line("Only a sentence", 0, 0)]
        return []

    @staticmethod
    def _turned(line: OcrLine) -> OcrLine:
        a, b, c, d = ((HEIGHT - y, x) for x, y in line.corners)
        return OcrLine(line.text, (a, b, c, d), line.confidence)
