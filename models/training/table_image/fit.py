"""``python fit.py``: fit the weights of gutters and readings to ``features.json.gz`` and write them into ``resources``.

Gutters: a logistic regression.  Readings: of all those of a picture, and none, the right one is to weigh most (a softmax over the
picture's readings); in both each feature has one weight.  Prints how often that holds for pictures that were left out (five parts, no source
in two of them).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from collect import FEATURES
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

WEIGHTS = Path(__file__).resolve().parents[3] / "resources" / "table_image_weights.toml"
HEAD = """\
# How much each feature speaks for a gutter between columns (log odds) and for a reading of a picture of a table; without any
# reading above nought there is no table.  Fitted by models/training/table_image; what the features are is told where they are made
# (pipeline/table_image: gutters, borderless, readings).
"""
#: How right a reading must be to count as right, and what no reading is worth where there is a table.
_RIGHT, _NOTHING = 0.97, 0.35
#: How much better the right reading is to weigh, how much its rows count, and the penalty of large weights.
_SHARP, _ROWS, _RIDGE = 40.0, 0.05, 0.05
#: How much a reading by rules is preferred to others that are as right: rules are drawn to be seen.
_RULED = 0.1
_PARTS = 5


@dataclass(frozen=True)
class Choice:
    """The features of a picture's readings and of none (last), how right each is, and how much each is wanted."""

    source: str
    features: np.ndarray
    right: np.ndarray
    wanted: np.ndarray


def choice(picture: dict[str, Any], names: Sequence[str]) -> Choice:
    """The choice that a picture is."""
    found = picture["readings"]
    features = np.array([[one["features"].get(name, 0.0) for name in names] for one in found] + [[0.0] * len(names)])
    right = np.array([one["names"] for one in found] + [_NOTHING if picture["table"] else 1.0])
    rows = np.array([one["rows"] for one in found] + [0.0], float)
    best = right > right.max() - 0.01
    worth = right + np.where(best, _ROWS * (rows - rows[best].max()) / max(1.0, rows[best].max()), -_ROWS)
    worth += _RULED * (features[:, names.index("bordered")] + features[:, names.index("key_value")])
    wanted = np.exp(_SHARP * (worth - worth.max()))
    return Choice(picture["source"], features, right, wanted / wanted.sum())


def fit_readings(choices: Sequence[Choice]) -> np.ndarray:
    """The weight of each feature."""
    features = np.concatenate([one.features for one in choices])
    wanted = np.concatenate([one.wanted for one in choices])
    counts = [len(one.features) for one in choices]
    starts = np.cumsum([0, *counts[:-1]])
    owner = np.repeat(np.arange(len(counts)), counts)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        said = features @ weights
        said -= np.maximum.reduceat(said, starts)[owner]
        said -= np.log(np.add.reduceat(np.exp(said), starts))[owner]
        slope = features.T @ (np.exp(said) - wanted)
        return _RIDGE * float(weights @ weights) - float(wanted @ said), 2 * _RIDGE * weights + slope

    start = np.zeros(features.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x)


def fit_gutters(pictures: Sequence[dict[str, Any]], names: Sequence[str]) -> np.ndarray:
    """The weight of each feature; each picture counts by the root of its gutters."""
    rows = [(f, right, len(p["gutters"]) ** -0.5) for p in pictures for f, right in p["gutters"]]
    features = np.array([[f.get(name, 0.0) for name in names] for f, _, _ in rows])
    counts = np.array([count for _, _, count in rows])
    model = LogisticRegression(C=30, max_iter=5000, fit_intercept=False)
    model.fit(features, [right for _, right, _ in rows], sample_weight=counts * len(counts) / counts.sum())
    return np.asarray(model.coef_[0])


def main() -> None:
    """Fit, report, write."""
    pictures = json.loads(gzip.decompress(FEATURES.read_bytes()))
    gutter_names = sorted({name for p in pictures for f, _ in p["gutters"] for name in f})
    names = sorted({name for p in pictures for one in p["readings"] for name in one["features"]})
    choices = [choice(p, names) for p in pictures if p["readings"]]
    left_out = []
    for kept, tried in GroupKFold(_PARTS).split(choices, groups=[one.source for one in choices]):
        weights = fit_readings([choices[n] for n in kept])
        left_out += [choices[n].right[np.argmax(choices[n].features @ weights)] > _RIGHT for n in tried]
    print(f"{len(choices)} pictures, right where left out: {np.mean(left_out):.3f}")
    tables = {"gutter": (gutter_names, fit_gutters(pictures, gutter_names)), "reading": (names, fit_readings(choices))}
    lines = [HEAD.rstrip()]
    for table, (keys, weights) in tables.items():
        lines += ["", f"[{table}]", *(f'"{key}" = {weight:.3f}' for key, weight in zip(keys, weights, strict=True))]
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
