"""The classifier: from lines to statements, by weights that are learnt (``models/training/statements``).

Each head (whose statement, which kind, how central, understood alone) is a softmax regression on hashed features, after
Weinberger et al. (2009), "Feature hashing for large scale multitask learning".  The weights of features that the training never
saw often enough are 0 and are not kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from citegrid.core.resources import home_of
from citegrid.core.statement import Kind, Speaker, Statement
from citegrid.pipeline.evidence.statements.features import features_of
from citegrid.pipeline.evidence.statements.line import Line

Array = np.ndarray[Any, np.dtype[Any]]

#: Outputs of each head, in the order of the weights.
HEADS = {"speakers": len(Speaker), "kinds": len(Kind), "central": 3, "alone": 2}


@dataclass(frozen=True, slots=True)
class Weights:
    """``rows`` are the hashes of the known features, ascending; ``weights`` has a row for each of them and a column for each
    output of the heads, ``bias`` one value for each output."""

    rows: Array
    weights: Array
    bias: Array


def hashes_of(line: Line) -> list[int]:
    """The hashes (CRC-32) of a line's features."""
    return [zlib.crc32(name.encode("utf-8")) for name in sorted(features_of(line))]


@cache
def shipped() -> Weights:
    """The weights that ship with the program."""
    with np.load(home_of("models") / "statements.npz", allow_pickle=False) as held:
        return Weights(held["rows"], held["weights"].astype(np.float32), held["bias"].astype(np.float32))


def statements_of(lines: Sequence[Line], weights: Weights | None = None) -> list[Statement]:
    """What each line says."""
    used = weights or shipped()
    return [_statement(_scores(line, used)) for line in lines]


def _scores(line: Line, weights: Weights) -> Array:
    """The line's outputs: each feature counts the less, the more there are (the vector of a line has length one)."""
    hashes = np.array(hashes_of(line), dtype=weights.rows.dtype)
    at = np.searchsorted(weights.rows, hashes)
    known = at[(at < len(weights.rows)) & (weights.rows[np.minimum(at, len(weights.rows) - 1)] == hashes)]
    scores: Array = weights.weights[known].sum(axis=0) / np.sqrt(max(1, len(known))) + weights.bias
    return scores


def _statement(scores: Array) -> Statement:
    shares: dict[str, tuple[float, ...]] = {}
    start = 0
    for head, size in HEADS.items():
        shares[head] = _softmax(scores[start : start + size])
        start += size
    useful, telling = shares["central"][1:]
    return Statement(shares["speakers"], shares["kinds"], telling + useful / 3, shares["alone"][1])


def _softmax(scores: Array) -> tuple[float, ...]:
    shares = np.exp(scores - scores.max())
    return tuple(map(float, shares / shares.sum()))
