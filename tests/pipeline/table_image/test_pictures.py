"""Columns read by the real OCR engine from pictures drawn by the tests and from the corpus, also damaged ones."""

import json
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from tests.pipeline.drawn_tables import LAYOUTS, drawn
from tests.pipeline.phone import phone
from tests.pipeline.pictures import VARIANTS, variant

from citegrid.engines.ocr import RapidOcr
from citegrid.engines.picture import load_picture
from citegrid.pipeline.table_image.read_template import read_columns
from citegrid.vision import as_pixels

TABLES = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "tables"
GOLD = sorted(TABLES.glob("*.gold.json"))
LANGUAGES = ("zh", "en", "mix")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ocr():
    return RapidOcr()


def plain(name):
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(text.translate(str.maketrans("／（），：", "/(),:")).split())


def recall(want, template):
    got = {plain(column.name) for column in template.columns}
    return sum(plain(name) in got for name in want) / len(want)


@pytest.mark.parametrize("style", LAYOUTS)
def test_each_layout_in_each_language(style, ocr):
    found = []
    for language in LANGUAGES:
        picture = drawn(style, language, 1)
        found.append(recall(picture.columns, read_columns(as_pixels(np.asarray(picture.image)), ocr)))
    assert np.mean(found) >= 0.9


@pytest.mark.parametrize("kind", VARIANTS)
def test_damaged_drawings(kind, ocr):
    found = []
    for i, style in enumerate(["ruled", "three-line", "groups, ruled", "empty grid", "no lines", "dark slide"]):
        picture = drawn(style, LANGUAGES[i % 3], 5)
        damaged = variant(as_pixels(np.asarray(picture.image)), kind, i)
        found.append(recall(picture.columns, read_columns(damaged, ocr)))
    assert np.mean(found) >= 0.85


@pytest.mark.parametrize("style", ["ruled", "three-line", "form"])
def test_a_photo_of_twelve_megapixels(style, ocr):
    picture = drawn(style, "zh", 3)
    template = read_columns(phone(as_pixels(np.asarray(picture.image)), 3), ocr)
    assert recall(picture.columns, template) == 1.0
    assert all(0 <= c.box[0] < c.box[2] <= 4000 for c in template.columns)


def test_rows_that_are_filled_are_read(ocr):
    picture = drawn("half filled", "zh", 1)
    template = read_columns(as_pixels(np.asarray(picture.image)), ocr)
    assert [row for row in template.rows if any(row)] == list(picture.rows)


@pytest.mark.skipif(not GOLD, reason="the corpus of tables lies beside the repository, in shared/corpus/tables")
def test_the_corpus(ocr):
    found = []
    for path in GOLD:
        gold = json.loads(path.read_text("utf-8"))
        found.append(recall(gold["columns"], read_columns(load_picture(path.parent / gold["image"]), ocr)))
    assert np.mean(found) >= 0.97


@pytest.mark.skipif(not GOLD, reason="the corpus of tables lies beside the repository, in shared/corpus/tables")
@pytest.mark.parametrize("kind", VARIANTS)
def test_the_corpus_damaged(kind, ocr):
    found = []
    for path in GOLD:
        gold = json.loads(path.read_text("utf-8"))
        damaged = variant(load_picture(path.parent / gold["image"]), kind, 1)
        found.append(recall(gold["columns"], read_columns(damaged, ocr)))
    assert np.mean(found) >= 0.9


def noise(seed, width, height):
    """Something like a photo of fur and leaves: noise of every size, in colour."""
    rng = np.random.default_rng(seed)
    image = np.zeros((height, width, 3), np.float32)
    for size in (4, 16, 64, 256):
        small = rng.normal(0, 1, (height // size + 2, width // size + 2, 3))
        image += np.kron(small, np.ones((size, size, 1)))[:height, :width] * size**0.5 * 4
    return as_pixels(np.clip(image + 120, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("seed", range(3))
def test_a_photo_of_something_else_has_no_columns_and_says_so(seed, ocr):
    template = read_columns(noise(seed, 1200, 900), ocr)
    assert template.columns == ()
    assert "Type the names" in template.warnings[0]


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (1, 3000), (5000, 4)])
def test_pictures_too_small_to_hold_a_table(size, ocr):
    pixels = as_pixels(np.full((size[1], size[0], 3), 255, np.uint8))
    assert read_columns(pixels, ocr).columns == ()
