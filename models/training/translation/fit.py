"""Fits the weights of ``citegrid.pipeline.translation.certainty`` to judgements by reading.

    python models/training/translation/fit.py

``judgements.tsv`` holds one translation of the default model a line: the hash of its sentence, whether it is the candidate that
was chosen, whether it is true in meaning (1 or 0, by strict reading), and its features; one that was not seen is empty and stands
for the mean.  Neither the sentences nor the translations are kept.  Written is ``resources/memory/certainty.toml``; printed, what
a threshold would trust of the chosen ones and how much of it is true, each tenth of the sentences scored by weights that were
fitted to the others.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Judgements:
    """What was judged: the names of the features, a row of them for each, whether it is true and chosen, and its sentence's number."""

    names: list[str]
    values: np.ndarray
    true: np.ndarray
    chosen: np.ndarray
    sentences: np.ndarray


def read() -> Judgements:
    """The judgements that are kept."""
    with (HERE / "judgements.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    names = [name for name in rows[0] if name not in ("sentence", "chosen", "true")]
    values = np.array([[float(row[name] or "nan") for name in names] for row in rows])
    values = np.where(np.isnan(values), np.nanmean(values, axis=0), values)
    hashes = sorted({row["sentence"] for row in rows})
    sentences = np.array([hashes.index(row["sentence"]) for row in rows])
    true, chosen = (np.array([float(row[name]) for row in rows]) for name in ("true", "chosen"))
    return Judgements(names, values, true, chosen == 1, sentences)


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
    """The certainty of each, without the caps."""
    result: np.ndarray = 1 / (1 + np.exp(-(values @ weights[:-1] + weights[-1])))
    return result


def capped(sure: np.ndarray, judged: Judgements) -> np.ndarray:
    """``sure`` with the caps of the faults that are kept in the file of the weights."""
    caps = tomllib.loads(WEIGHTS.read_text("utf-8"))["caps"]
    faults = [np.where(judged.values[:, judged.names.index(name)] > 0, cap, 1.0) for name, cap in caps.items()]
    result: np.ndarray = sure * np.min(faults, axis=0)
    return result


def held_out(judged: Judgements) -> np.ndarray:
    """The certainty of each by weights that have seen nothing of its sentence."""
    fold = judged.sentences % FOLDS
    sure = np.zeros(len(judged.true))
    for number in range(FOLDS):
        seen = fold != number
        sure[~seen] = score(fit(judged.names, judged.values[seen], judged.true[seen]), judged.values[~seen])
    return sure


def area(sure: np.ndarray, true: np.ndarray) -> float:
    """The chance that a true one is surer than a false one."""
    above = sure[true == 1][:, None] - sure[true == 0][None, :]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def main() -> None:
    """Fit, write and tell."""
    judged = read()
    weights = fit(judged.names, judged.values, judged.true)
    lines = [
        f"bias = {weights[-1]:.3f}",
        *(f"{name} = {weight:.3f}" for name, weight in zip(judged.names, weights, strict=False)),
    ]
    _, mark, caps = WEIGHTS.read_text("utf-8").partition("\n# Faults")
    WEIGHTS.write_text(HEAD + "\n".join(lines) + "\n" + mark + caps, encoding="utf-8")
    sure, true = capped(held_out(judged), judged)[judged.chosen], judged.true[judged.chosen]
    print(f"{len(judged.true)} judgements, {judged.true.mean():.3f} true")
    print(f"{len(true)} chosen, {true.mean():.3f} true, area under the curve {area(sure, true):.2f}")
    for threshold in np.arange(0.3, 0.96, 0.05):
        trusted = sure >= threshold
        if trusted.any():
            print(f"{threshold:.2f}: trusted {trusted.mean():.2f}, of these true {true[trusted].mean():.3f}")


if __name__ == "__main__":
    main()
