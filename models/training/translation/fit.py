"""Fits the weights of ``citegrid.pipeline.translation.certainty`` to judgements by reading.

    python models/training/translation/fit.py

``judgements.tsv`` holds one translation of the default model a line: the hash of its sentence, whether it is true in meaning
(1 or 0, by strict reading), and its features.  Neither the sentences nor the translations are kept.  Written is
``resources/memory/certainty.toml``; printed, what a threshold would trust and how much of it is true, each tenth of the
judgements scored by weights that were fitted to the others.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parents[2] / "resources" / "memory" / "certainty.toml"
#: Each feature may only speak in one direction: what is wrong makes less certain, whatever a hundred judgements say.
SIGN = {"agreement": 1.0}
#: Strength of the pull to nothing, steps and their size.
RIDGE, STEPS, RATE = 0.02, 4000, 0.1
FOLDS = 10
HEAD = "# How much each feature of a translation says about its truth, fitted by models/training/translation/fit.py.\n[weights]\n"


def read() -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """The names of the features, the features of each judgement, whether it is true, and the number of its sentence."""
    with (HERE / "judgements.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    names = [name for name in rows[0] if name not in ("sentence", "true")]
    values = np.array([[float(row[name]) for name in names] for row in rows])
    hashes = sorted({row["sentence"] for row in rows})
    sentences = np.array([hashes.index(row["sentence"]) for row in rows])
    return names, values, np.array([float(row["true"]) for row in rows]), sentences


def fit(names: list[str], values: np.ndarray, true: np.ndarray) -> np.ndarray:
    """Weights of the features, the bias last: projected gradient descent on scaled features."""
    scale = np.maximum(values.std(axis=0), 1e-6)
    signs = np.array([SIGN.get(name, -1.0) for name in names])
    scaled = values / scale
    weights, bias = np.zeros(len(names)), 0.0
    for _ in range(STEPS):
        wrong = 1 / (1 + np.exp(-(scaled @ weights + bias))) - true
        weights -= RATE * (scaled.T @ wrong / len(true) + RIDGE * weights)
        bias -= RATE * float(wrong.mean())
        weights = np.where(weights * signs < 0, 0.0, weights)
    return np.append(weights / scale, bias)


def score(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The certainty of each."""
    result: np.ndarray = 1 / (1 + np.exp(-(values @ weights[:-1] + weights[-1])))
    return result


def held_out(names: list[str], values: np.ndarray, true: np.ndarray, sentences: np.ndarray) -> np.ndarray:
    """The certainty of each by weights that have seen nothing of its sentence."""
    fold = sentences % FOLDS
    sure = np.zeros(len(true))
    for number in range(FOLDS):
        seen = fold != number
        sure[~seen] = score(fit(names, values[seen], true[seen]), values[~seen])
    return sure


def main() -> None:
    """Fit, write and tell."""
    names, values, true, sentences = read()
    weights = fit(names, values, true)
    lines = [
        f"bias = {weights[-1]:.3f}",
        *(f"{name} = {weight:.3f}" for name, weight in zip(names, weights, strict=False)),
    ]
    _, mark, caps = WEIGHTS.read_text("utf-8").partition("\n# Faults")
    WEIGHTS.write_text(HEAD + "\n".join(lines) + "\n" + mark + caps, encoding="utf-8")
    sure = held_out(names, values, true, sentences)
    print(f"{len(true)} judgements, {true.mean():.3f} true")
    for threshold in np.arange(0.3, 0.96, 0.05):
        trusted = sure >= threshold
        if trusted.any():
            print(f"{threshold:.2f}: trusted {trusted.mean():.2f}, of these true {true[trusted].mean():.3f}")


if __name__ == "__main__":
    main()
