"""What is to be learnt: the labels as shares of the outputs of each head, and the papers in folds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from citegrid.core.statement import Kind, Speaker
from citegrid.pipeline.evidence.statements.classifier import HEADS
from sentences import Label

Array = np.ndarray[Any, np.dtype[Any]]
#: Shares of each output, a row for each label, by head (``classifier.HEADS``).
ByHead = dict[str, Array]

#: A second kind that a reader gave counts so much beside the first.
SECOND_KIND = 0.35
SPEAKERS, KINDS = "".join(one.value for one in Speaker), "".join(one.value for one in Kind)


def targets_of(labels: Sequence[Label]) -> ByHead:
    """What each head should say of each label."""
    targets = {
        "speakers": _one_of(HEADS["speakers"], [SPEAKERS.index(label.speaker) for label in labels]),
        "kinds": np.array([_kinds(label) for label in labels]),
        "central": _one_of(HEADS["central"], [label.central for label in labels]),
        "alone": _one_of(HEADS["alone"], [int(label.alone) for label in labels]),
    }
    return {head: targets[head] for head in HEADS}


def _one_of(outputs: int, chosen: Sequence[int]) -> Array:
    rows: Array = np.eye(outputs)[list(chosen)]
    return rows


def _kinds(label: Label) -> Array:
    first, *more = (KINDS.index(kind) for kind in label.kinds[:2])
    shares = np.zeros(len(KINDS))
    shares[first] = 1 - SECOND_KIND * len(more)
    for other in more:
        shares[other] += SECOND_KIND
    return shares


def folds_of(labels: Sequence[Label], folds: int) -> Array:
    """The fold of each label: all sentences of a paper lie in one, so that no paper is measured by what was learnt from it."""
    papers = sorted({label.file for label in labels})
    return np.array([papers.index(label.file) % folds for label in labels])
