"""A sheet with texts and rules drawn on it, and the reader that sees its texts: pictures of tables without an OCR engine."""

import numpy as np
from PIL import Image, ImageDraw
from tests.pipeline.drawn_tables import font

from citegrid.pipeline.table_image.read_template import read_columns
from citegrid.ports import NEVER, OcrLine
from citegrid.vision import as_pixels


class Sheet:
    """A drawing and the reader that sees its texts; crops are read as nothing."""

    def __init__(self, width=900, height=400):
        self.image = Image.new("RGB", (width, height), "white")
        self.draw = ImageDraw.Draw(self.image)
        self.lines = []

    def text(self, x, y, text, parts=None, size=24, sure=0.99):
        """``parts`` are pieces and where they stand, when the reader takes several for one text."""
        for at, piece in parts or [(x, text)]:
            self.draw.text((at, y), piece, font=font(size), fill="black")
            right = at + font(size).getlength(piece)
        box = ((x - 2, y), (right + 2, y), (right + 2, y + size + 6), (x - 2, y + size + 6))
        self.lines.append(OcrLine(text, box, sure))
        return self

    def grid(self, xs, ys):
        for x in xs:
            self.draw.line((x, ys[0], x, ys[-1]), fill="black", width=2)
        for y in ys:
            self.draw.line((xs[0], y, xs[-1], y), fill="black", width=2)
        return self

    def rules(self, ys, left=40, right=860):
        for y in ys:
            self.draw.line((left, y, right, y), fill="black", width=2)
        return self

    def row(self, y, texts, xs):
        for x, text in zip(xs, texts, strict=True):
            if text:
                self.text(x, y, text)
        return self

    def read(self, picture, *, cancel=NEVER):
        return self.lines if picture.width == self.image.width else []

    def columns(self, frame=None):
        template = read_columns(as_pixels(np.asarray(self.image)), self, frame=frame)
        return [c.name for c in template.columns], template
