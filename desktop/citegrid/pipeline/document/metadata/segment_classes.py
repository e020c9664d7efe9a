"""Which segments of a title page are its title and its authors: a small network for each, and how classes follow each other.

The network (one hidden layer, the mean of several) sees a segment with its neighbours; the most likely sequence of classes is
then found by Viterbi's algorithm with weights for pairs of neighbours.  Both are learnt (``models/training/title_page``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from citegrid.core.language.script import has_han
from citegrid.core.resources import home_of
from citegrid.pipeline.document.metadata.segments import Segment

Array = np.ndarray[Any, np.dtype[np.float32]]

#: The classes, in the order of the network's outputs.
OTHER, TITLE, AUTHOR = 0, 1, 2
#: Type sizes that differ by less are one, in points; lines of one text follow each other within so many sizes.
_SAME_SIZE, _CLOSE = 0.6, 1.3
#: How two neighbours stand to each other: in one row, one text, one type, or neither.
EDGES, ONE_TEXT = 4, 1


@dataclass(frozen=True, slots=True)
class Classifier:
    """``hidden`` (nets × features × units) and ``out`` (nets × units × classes) with their biases; ``pairs`` (edge × class above ×
    class below) says how much likelier than by chance a class follows another."""

    hidden: Array
    hidden_bias: Array
    out: Array
    out_bias: Array
    pairs: Array


@cache
def shipped() -> Classifier:
    """The weights that ship with the program."""
    with np.load(home_of("models") / "title_page.npz", allow_pickle=False) as held:
        return Classifier(*(held[name].astype(np.float32) for name in Classifier.__dataclass_fields__))


def shares(features: Array, classifier: Classifier) -> Array:
    """For each row of features the share of each class, between 0 and 1."""
    units = np.tanh(np.einsum("sf,nfu->nsu", features, classifier.hidden) + classifier.hidden_bias[:, None, :])
    outputs = np.einsum("nsu,nuc->nsc", units, classifier.out) + classifier.out_bias[:, None, :]
    likely = np.exp(outputs - outputs.max(axis=2, keepdims=True))
    mean: Array = (likely / likely.sum(axis=2, keepdims=True)).mean(axis=0)
    return mean


def classes(segments: Sequence[Segment], found: Array, pairs: Array) -> list[int]:
    """The likeliest sequence of classes for segments that follow each other, by their shares."""
    if not segments:
        return []
    logs = np.log(np.clip(found, 1e-6, 1.0))
    best, came = logs[0], []
    for n, (above, below) in enumerate(pairwise(segments), start=1):
        steps = best[:, None] + pairs[edge_of(above, below)]
        came.append(steps.argmax(axis=0))
        best = steps.max(axis=0) + logs[n]
    path = [int(best.argmax())]
    for back in reversed(came):
        path.append(int(back[path[-1]]))
    return path[::-1]


def edge_of(above: Segment, below: Segment) -> int:
    """How two neighbours stand to each other, as an index into ``pairs``."""
    if above.row == below.row:
        return 0
    if abs(above.size - below.size) > _SAME_SIZE or above.words[0].bold != below.words[0].bold:
        return 3
    close = below.box.y0 - above.box.y1 < _CLOSE * below.size
    return ONE_TEXT if close and has_han(above.text) == has_han(below.text) else 2
