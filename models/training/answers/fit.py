"""Fits the weights of claims held against sentences from ``pairs.json.gz``, and prints how claims of both parts come out."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

HERE = Path(__file__).parent
WEIGHTS = HERE.parents[2] / "resources" / "answers_weights.toml"
HEAD = """\
# How much each feature speaks for it that a sentence of a source tells of the same as a claim, and that it then says something else
# (log odds).  Fitted by models/training/answers; what the features are is told where they are made (pipeline/answers/compare).
"""
#: Penalty, and what a planted sentence of a paper counts beside a claim in our own words: for the subject, turned round, and true.
L2, PLANTED, PLANTED_TURNED, PLANTED_TRUE = 0.2, 0.25, 0.4, 0.2
#: As ``judge`` has them.
SAME, OTHERWISE, RESCUE = 0.2, 0.45, 0.8
#: Features of a conflict that can only speak for one.
ONLY_FOR = {
    "numbers instead", "number instead", "other unit", "denied alone", "denied there", "names lost", "turned",
    "turned, both there", "crossed", "bound otherwise",
}  # fmt: skip
Pair = dict[str, Any]


def matrix(pairs: Sequence[Pair], table: str) -> np.ndarray:
    """A row for each pair: 1 and its features."""
    return np.array([[1.0, *pair[table].values()] for pair in pairs])


def fit(rows: np.ndarray, right: np.ndarray, counts: np.ndarray, only_for: Sequence[bool]) -> np.ndarray:
    """The weights of a logistic regression, the bias first."""
    penalty = np.where(np.arange(rows.shape[1]) == 0, 0.01, 1.0) * L2

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        share = 1 / (1 + np.exp(-(rows @ weights)))
        said = counts * (right * np.log(share + 1e-12) + (1 - right) * np.log(1 - share + 1e-12))
        return -said.sum() + (penalty * weights**2).sum(), rows.T @ (counts * (share - right)) + 2 * penalty * weights

    bounds = [(0, None) if only else (None, None) for only in only_for]
    return minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x


def learnt(pairs: Sequence[Pair]) -> dict[str, np.ndarray]:
    """Both tables of weights."""
    own = np.array([float(pair["own"]) for pair in pairs])
    counts = np.array([PLANTED if pair["planted"] else 1.0 for pair in pairs])
    rows = matrix(pairs, "same")
    told = [pair for pair in pairs if pair["own"]]
    turned = np.array([float(pair["kind"] != "true") for pair in told])
    planted = [PLANTED_TRUE if pair["kind"] == "true" else PLANTED_TURNED for pair in told]
    weigh = np.array([p if pair["planted"] else 1.0 for p, pair in zip(planted, told, strict=True)])
    only_for = [False, *(name in ONLY_FOR for name in told[0]["otherwise"])]
    return {
        "same": fit(rows, own, counts, [False] * rows.shape[1]),
        "otherwise": fit(matrix(told, "otherwise"), turned, weigh, only_for),
    }


def verdict(pairs: Sequence[Pair], same: np.ndarray, otherwise: np.ndarray) -> str:
    """What the pairs of one claim come to; see ``check_text``."""
    first = int(same.argmax())
    whole = np.array([pair["complete"] for pair in pairs]) & (otherwise < OTHERWISE)
    best = (same * (1 - otherwise) * whole).max()
    if same[first] >= SAME and otherwise[first] >= OTHERWISE and best < RESCUE * same[first]:
        return "contradicted"
    return "supported" if best >= SAME else "not found"


def report(pairs: Sequence[Pair], weights: dict[str, np.ndarray]) -> None:
    """How many claims of each kind come out how."""
    claims: defaultdict[tuple[str, str, bool], list[Pair]] = defaultdict(list)
    for pair in pairs:
        claims[pair["claim"], pair["kind"], pair["planted"]].append(pair)
    counts: defaultdict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    for (_, kind, planted), some in claims.items():
        shares = [1 / (1 + np.exp(-(matrix(some, table) @ weights[table]))) for table in ("same", "otherwise")]
        counts[planted, kind][verdict(some, *shares)] += 1
    for (planted, kind), found in sorted(counts.items()):
        print(f"  {'planted' if planted else 'own words':10} {kind:11}", dict(found))


def main() -> None:
    pairs = json.loads(gzip.decompress((HERE / "pairs.json.gz").read_bytes()))
    parts = {part: [pair for pair in pairs if pair["part"] == part] for part in ("fit", "held")}
    weights = learnt(parts["fit"])
    said = [HEAD]
    for title, table in (("same subject", "same"), ("says otherwise", "otherwise")):
        names = ["bias", *pairs[0][table]]
        lines = (f'"{name}" = {weight:.3f}' for name, weight in zip(names, weights[table], strict=True))
        said.append("\n".join((f'["{title}"]', *lines, "")))
    WEIGHTS.write_text("\n".join(said), "utf-8")
    for part, some in parts.items():
        print(part)
        report(some, weights)


if __name__ == "__main__":
    main()
