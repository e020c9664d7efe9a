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
from itertools import accumulate
from typing import Any

import numpy as np

from citegrid.core.resources import home_of
from citegrid.core.statement import Kind, Line, Speaker, Statement
from citegrid.pipeline.evidence.statements.features import features_of

Array = np.ndarray[Any, np.dtype[Any]]

#: How much an encoder's opinion counts beside the regression's.
ENCODER = 0.65
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


def statements_of(lines: Sequence[Line], opinions: Sequence[Sequence[float]] = ()) -> list[Statement]:
    """What each line says; ``opinions`` are those of an encoder (``ports.SentenceEncoder``), empty where it has none."""
    held = list(opinions) or [()] * len(lines)
    return [_statement(_together(_scores(line, shipped()), held_of)) for line, held_of in zip(lines, held, strict=True)]


def _together(scores: Array, opinion: Sequence[float]) -> Array:
    """The outputs of the regression and of the encoder, the geometric mean of their shares."""
    if not opinion:
        return scores
    mine = np.concatenate([np.log(_shares(scores[part])) for part in _parts()])
    together: Array = ENCODER * np.array(opinion) + (1 - ENCODER) * mine
    return together


def _scores(line: Line, weights: Weights) -> Array:
    """The line's outputs: each feature counts the less, the more there are (the vector of a line has length one)."""
    hashes = np.array(hashes_of(line), dtype=weights.rows.dtype)
    at = np.searchsorted(weights.rows, hashes)
    known = at[(at < len(weights.rows)) & (weights.rows[np.minimum(at, len(weights.rows) - 1)] == hashes)]
    scores: Array = weights.weights[known].sum(axis=0) / np.sqrt(max(1, len(known))) + weights.bias
    return scores


def _statement(scores: Array) -> Statement:
    speakers, kinds, central, alone = (tuple(map(float, _shares(scores[part]))) for part in _parts())
    return Statement(speakers, kinds, central[2] + central[1] / 3, alone[1])


@cache
def _parts() -> tuple[slice, ...]:
    """Where the outputs of each head stand."""
    ends = list(accumulate(HEADS.values()))
    return tuple(slice(end - size, end) for end, size in zip(ends, HEADS.values(), strict=True))


def _shares(scores: Array) -> Array:
    likely: Array = np.exp(scores - scores.max())
    shares: Array = likely / likely.sum()
    return shares
