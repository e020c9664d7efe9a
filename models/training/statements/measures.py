"""How well a classifier says what readers said: by head, and as the first choice of a paper for a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from citegrid.core.statement import Kind, Speaker
from sentences import Label
from targets import KINDS, SPEAKERS, Array, ByHead

#: The kinds that columns ask for; own sentences that a paper must have to be asked for them; no share counts as smaller.
ASKED = (Kind.METHOD, Kind.RESULT, Kind.LIMIT, Kind.AIM, Kind.CONTRIBUTION, Kind.DATA, Kind.AVAILABILITY)
ENOUGH, LEAST = 15, 1e-9


def report(name: str, labels: Sequence[Label], shares: ByHead) -> None:
    """Prints the figures of one classifier; ``shares`` are its outputs for each label by head."""
    print(f"{name}, n = {len(labels)}")
    for line in (*_heads(labels, shares), *_first_choices(labels, shares)):
        print("  ", line)


def _heads(labels: Sequence[Label], shares: ByHead) -> Iterator[str]:
    own = np.array([label.own for label in labels])
    speaker = np.array([SPEAKERS.index(label.speaker) for label in labels])
    kind = np.array([KINDS.index(label.kinds[0]) for label in labels])
    central = np.array([label.central for label in labels])
    alone = np.array([label.alone for label in labels])
    said = {head: outputs.argmax(axis=1) for head, outputs in shares.items()}
    target, citing = (list(Speaker).index(one) for one in (Speaker.TARGET, Speaker.CITING))
    yield f"kind {np.mean(said['kinds'] == kind):.3f}"
    yield f"whose {np.mean(said['speakers'] == speaker):.3f}"
    for name, group, output in (("cited", ~own, target), ("own", own, citing)):
        if group.any():
            area = area_under_curve(shares["speakers"][group, output], speaker[group] == output)
            share = np.mean(said["speakers"][group] == speaker[group])
            yield f"whose, {name} {share:.3f} (AUC of {SPEAKERS[output]} {area:.3f})"
    yield f"central {np.mean(said['central'] == central):.3f} (AUC of 2 {area_under_curve(shares['central'][:, 2], central == 2):.3f})"
    yield f"alone {np.mean(said['alone'] == alone):.3f} (AUC {area_under_curve(shares['alone'][:, 1], alone):.3f})"


def area_under_curve(scores: Array, positive: Array) -> float:
    """The area under the ROC curve: how often a positive stands above a negative one (ties: in the order given)."""
    count = int(positive.sum())
    if count in (0, len(positive)):
        return float("nan")
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(len(scores))
    return float((ranks[positive].sum() - count * (count - 1) / 2) / (count * (len(scores) - count)))


def _first_choices(labels: Sequence[Label], shares: ByHead) -> Iterator[str]:
    """P@1: how often the best own sentence of a paper for a kind is of that kind and tells of the paper."""
    papers: dict[str, list[int]] = {}
    for row, label in enumerate(labels):
        if label.own:
            papers.setdefault(label.file, []).append(row)
    asked = [rows for rows in papers.values() if len(rows) >= ENOUGH]
    for kind in ASKED if asked else ():
        score = _score(shares, kind)
        best = [labels[max(rows, key=score.__getitem__)] for rows in asked]
        hits = sum(kind.value in label.kinds and label.speaker == Speaker.CITING.value for label in best)
        yield f"P@1 {kind.name.lower()} {hits / len(best):.2f} (papers: {len(best)})"


def _score(shares: ByHead, kind: Kind) -> Array:
    """How good an own sentence of each label is for ``kind``: a product of powers of its shares."""
    central = shares["central"][:, 2] + 0.3 * shares["central"][:, 1]
    factors = (
        (shares["kinds"][:, KINDS.index(kind.value)], 1.0),
        (central, 1.0),
        (shares["speakers"][:, SPEAKERS.index(Speaker.CITING.value)], 0.5),
        (shares["alone"][:, 1], 0.5),
    )
    score: Array = np.sum([power * np.log(share + LEAST) for share, power in factors], axis=0)
    return score


def save(path: Path, labels: Sequence[Label], shares: ByHead) -> None:
    """Keeps out-of-fold shares for ``compare.py``."""
    arrays: dict[str, Any] = {"keys": np.array([label.key for label in labels]), **shares}
    np.savez(path, **arrays)
