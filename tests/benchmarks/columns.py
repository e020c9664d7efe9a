"""Measures the columns read from pictures: drawn layouts, damaged ones, photos.  Prints Markdown rows for RESULTS.md.

python tests/benchmarks/columns.py [--seed N] [--damaged]     recall, precision and order by layout (and by damage)
python tests/benchmarks/columns.py --corpus FOLDER             the same for pictures with NAME.gold.json, by damage
python tests/benchmarks/columns.py --photo                     seconds for photos of 12 megapixels, engine warm
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.pipeline.drawn_tables import LAYOUTS, drawn
from tests.pipeline.phone import phone
from tests.pipeline.pictures import VARIANTS, variant

from citegrid.engines.ocr import RapidOcr
from citegrid.engines.picture import load_picture
from citegrid.pipeline.table_image.read_template import read_columns
from citegrid.ports import Pixels
from citegrid.vision import as_pixels

Score = tuple[float, float, bool]


def plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(text.translate(str.maketrans("／（），：", "/(),:")).split())


def score(want: Sequence[str], picture: Pixels, ocr: RapidOcr) -> Score:
    """Precision, recall, and whether all columns are right and in order."""
    expected, got = [plain(n) for n in want], [plain(c.name) for c in read_columns(picture, ocr).columns]
    hit = len(set(expected) & set(got))
    return (hit / len(got) if got else 0.0), hit / len(expected), expected == got


def report(scores: dict[str, list[Score]]) -> None:
    print("| | pictures | precision | recall | in order |")
    print("|---|---|---|---|---|")
    for name, found in [*scores.items(), ("**all**", [s for part in scores.values() for s in part])]:
        print(
            f"| {name} | {len(found)} | " + " | ".join(f"{np.mean([s[i] for s in found]):.3f}" for i in range(3)) + " |"
        )


def layouts(seed: int, damaged: bool, ocr: RapidOcr) -> None:
    by_style: dict[str, list[Score]] = defaultdict(list)
    by_damage: dict[str, list[Score]] = defaultdict(list)
    kinds = ["none", *VARIANTS] if damaged else ["none"]
    for i, (style, language) in enumerate((s, la) for s in LAYOUTS for la in ("zh", "en", "mix")):
        picture = drawn(style, language, seed)
        pixels, kind = as_pixels(np.asarray(picture.image)), kinds[i % len(kinds)]
        found = score(picture.columns, pixels if kind == "none" else variant(pixels, kind, seed), ocr)
        by_style[style].append(found)
        by_damage[kind].append(found)
    report(by_style)
    if damaged:
        print()
        report(by_damage)


def corpus(folder: Path, ocr: RapidOcr) -> None:
    scores: dict[str, list[Score]] = defaultdict(list)
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        picture = load_picture(folder / gold["image"])
        for kind in ["none", *VARIANTS]:
            scores[kind].append(score(gold["columns"], picture if kind == "none" else variant(picture, kind, 1), ocr))
    report(scores)


def photos(ocr: RapidOcr) -> None:
    print("| photo | seconds | seconds of processor | right |")
    print("|---|---|---|---|")
    for style in ("ruled", "three-line", "form", "twelve columns"):
        picture = drawn(style, "zh", 3)
        photo = phone(as_pixels(np.asarray(picture.image)), 3)
        began, used = time.perf_counter(), time.process_time()
        right = score(picture.columns, photo, ocr)[2]
        seconds, processor = time.perf_counter() - began, time.process_time() - used
        print(
            f"| {style}, {photo.width} × {photo.height} | {seconds:.1f} | {processor:.1f} | {'yes' if right else 'no'} |",
            flush=True,
        )


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the columns read from pictures.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--damaged", action="store_true")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--photo", action="store_true")
    chosen = parser.parse_args()
    ocr = RapidOcr()
    ocr.read(as_pixels(np.asarray(drawn("ruled", "en", 0).image)))
    if chosen.corpus:
        corpus(chosen.corpus, ocr)
    elif chosen.photo:
        photos(ocr)
    else:
        layouts(chosen.seed, chosen.damaged, ocr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
