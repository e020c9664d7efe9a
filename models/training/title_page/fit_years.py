#!/usr/bin/env python3
"""Learn what the features of a printed year are worth; prints the table of ``pipeline/document/metadata/years.py``.

    python models/training/title_page/fit_years.py GOLD.json FOLDER [GOLD.json FOLDER…]

GOLD.json maps names of PDFs in FOLDER to ``{"year": 2019, "also_right": {"years": [2018]}}``; null where none is printed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.document.layout.reading_order import arranged
from citegrid.pipeline.document.metadata.years import PrintedYear, candidates

#: Pages that are read, steps, their length, and how strongly weights are held down.
_READ, _STEPS, _RATE, _DECAY = 6, 1500, 0.03, 0.12
#: How much a paper counts whose right year is taken away: then it prints none of its own.
_ABSENT = 0.15


def examples(gold: Path, folder: Path) -> Iterator[tuple[list[PrintedYear], set[int]]]:
    """The years that each paper prints, and those that are right."""
    for name, facts in json.loads(gold.read_text("utf-8")).items():
        if (folder / name).exists():
            source = open_pdf(folder / name, "")
            pages = arranged([source.page(n) for n in range(1, min(source.page_count, _READ) + 1)])
            years = [facts["year"], *facts.get("also_right", {}).get("years", [])]
            yield candidates(pages, source.metadata), {year for year in years if year}
            source.close()


def without(found: list[PrintedYear], right: set[int]) -> list[PrintedYear]:
    """The years that are left when the right ones are taken away."""
    rest = [one for one in found if one.year not in right]
    last = max((one.year for one in rest), default=0)
    kept = [(one, [feature for feature in one.features if feature != "latest"]) for one in rest]
    return [PrintedYear(one.year, (*features, *["latest"] * (one.year == last))) for one, features in kept]


def main() -> None:
    pairs = zip(map(Path, sys.argv[1::2]), map(Path, sys.argv[2::2]), strict=True)
    held = [example for gold, folder in pairs for example in examples(gold, folder)]
    absent = [(rest, set[int]()) for found, right in held if right and (rest := without(found, right))]
    counted = [1.0] * len(held) + [_ABSENT] * len(absent)
    held += absent
    names = sorted({feature for found, _ in held for one in found for feature in one.features})
    rows = []
    for found, right in held:
        seen = np.array([[name in one.features for name in names] for one in found] + [[False] * len(names)], float)
        good = np.array([one.year in right for one in found] + [False])
        good[-1] = not good.any()
        rows.append((seen, good))
    weights, first, second = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, _STEPS):
        slope = _DECAY * weights
        for (seen, good), counts in zip(rows, counted, strict=True):
            likely = np.exp(seen @ weights - (seen @ weights).max())
            slope = slope + counts * seen.T @ (likely / likely.sum() - likely * good / (likely * good).sum())
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    print({name: round(float(weight), 1) for name, weight in zip(names, weights, strict=True)})


if __name__ == "__main__":
    main()
