"""The labelled pictures, and what the program sees in each: texts, rules, letters, and every reading that it could choose."""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "desktop"))

import numpy as np
from draw_wrapped import wrapped

from citegrid.engines.ocr import RapidOcr
from citegrid.engines.picture import load_picture
from citegrid.pipeline.table_image import read_template
from citegrid.pipeline.table_image.glyph_gaps import GlyphRuns, find_glyph_runs
from citegrid.pipeline.table_image.readings import TableReading
from citegrid.pipeline.table_image.ruling_lines import RulingLines, find_ruling_lines
from citegrid.pipeline.table_image.text_boxes import TextBox, text_height
from citegrid.ports import OcrEngine, Pixels
from citegrid.vision import Array, as_pixels

#: Names less alike than this are not the same name.
_ALIKE = 0.6


@dataclass(frozen=True)
class Labelled:
    """A picture: its hash, that of its source, the names of its columns (none: no table), and what was seen in it."""

    key: str
    source: str
    names: tuple[str, ...]
    picture: Array
    items: list[TextBox]
    rules: RulingLines
    runs: GlyphRuns
    height: float


class _SeenError(Exception):
    """What is wanted was seen."""


def plain(name: str) -> str:
    """A name as names are compared: without width, case and spaces."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(text.split())


def labelled(gold: Sequence[Path]) -> Iterator[Labelled]:
    """The pictures beside gold files ``{"image": …, "columns": […], "source": …}``, each read once.

    Pictures of one document have one ``source``; without any a picture is its own.
    """
    ocr = RapidOcr()
    for path in gold:
        said = json.loads(path.read_text("utf-8"))
        file = path.parent / said["image"]
        seen = _upright(load_picture(file), ocr)
        if seen:
            key, source = _digest(file.read_bytes()), _digest(said.get("source", file.stem).encode())
            yield _labelled(key, source, said["columns"], *seen)


def drawn(count: int) -> Iterator[Labelled]:
    """So many sheets whose names and cells wrap, read without an engine."""
    for seed in range(count):
        sheet, names = wrapped(seed)
        seen = _upright(as_pixels(np.asarray(sheet.image)), sheet)
        if seen:
            yield _labelled(_digest(sheet.image.tobytes()), _digest(f"wrap{seed}".encode()), names, *seen)


def _labelled(key: str, source: str, names: Sequence[str], picture: Array, items: list[TextBox]) -> Labelled:
    height = text_height(items)
    rules, runs = find_ruling_lines(picture, items, height), find_glyph_runs(picture, items)
    return Labelled(key, source, tuple(map(plain, names)), picture, items, rules, runs, height)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _upright(pixels: Pixels, ocr: OcrEngine) -> tuple[Array, list[TextBox]] | None:
    """The upright picture and its texts, as the reader of tables gets them."""
    seen: list[tuple[Array, list[TextBox]]] = []

    def look(picture: Array, items: list[TextBox], *_: object) -> TableReading:
        seen.append((picture, items))
        raise _SeenError

    original, read_template._read_table = read_template._read_table, look
    try:
        read_template.read_columns(pixels, ocr)
    except _SeenError:
        return seen[0] if seen[0][1] else None
    finally:
        read_template._read_table = original
    return None


def agreement(want: Sequence[str], got: Sequence[str]) -> float:
    """How well names agree in their order, 0 to 1: the best alignment, by the length of the longer list."""
    row = [0.0] * (len(got) + 1)
    for name in want:
        last, row = row, [0.0]
        for n, other in enumerate(got):
            alike = 1.0 if name == other else SequenceMatcher(None, name, other, autojunk=False).ratio()
            row.append(max(last[n + 1], row[-1], last[n] + (alike if alike > _ALIKE else 0.0)))
    return row[-1] / max(1, len(want), len(got))
