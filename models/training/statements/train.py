"""Learns ``models/statements.npz`` from the labels, and measures it on papers that it has not seen.

    python models/training/statements/train.py measure FOLDER… [--english] [--folds 5] [--out ngrams.npz]
    python models/training/statements/train.py learn FOLDER…

The folders hold the labelled papers, which are known by their hash.  Each head is a softmax regression on the features of
``evidence/statements/features.py``.  Needs scipy.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from citegrid.core.language.script import is_chinese
from citegrid.core.statement import Line
from citegrid.pipeline.evidence.statements.classifier import HEADS, hashes_of
from measures import report, save
from sentences import Label, first_readings, labelled_lines
from targets import Array, ByHead, folds_of, targets_of

WEIGHTS = Path(__file__).resolve().parents[2] / "statements.npz"
#: Sentences that a feature must stand in, strength of the L2 penalty, steps of L-BFGS and how many it remembers.
LEAST, PENALTY, STEPS, MEMORY = 3, 0.3, 60, 6

Hashes = list[int]


@dataclass(frozen=True, slots=True)
class Regression:
    """The hashes of the known features, ascending, and for each head a weight for each of them and a bias for each output."""

    rows: Array
    heads: dict[str, tuple[Array, Array]]

    def shares(self, hashed: Sequence[Hashes]) -> ByHead:
        """What it says of sentences that have these features."""
        known = _matrix(hashed, self.rows)
        return {head: _softmax(known @ weights + bias) for head, (weights, bias) in self.heads.items()}

    def save(self, path: Path) -> None:
        """Writes it as ``classifier.shipped`` reads it."""
        weights = np.hstack([self.heads[head][0] for head in HEADS]).astype(np.float16)
        bias = np.concatenate([self.heads[head][1] for head in HEADS])
        np.savez_compressed(path, rows=self.rows, weights=weights, bias=bias)


def main() -> None:
    given = _arguments()
    found = labelled_lines(given.folders, first_readings(), given.limit)
    if given.english:
        found = [(label, line) for label, line in found if not is_chinese(line.shown)]
    labels, hashed = [label for label, _ in found], [features(line) for _, line in found]
    if given.what == "learn":
        learn(hashed, targets_of(labels)).save(given.out or WEIGHTS)
    else:
        measure(labels, hashed, given.folds, given.out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("measure", "learn"))
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--english", action="store_true", help="only English sentences, as the encoder reads them")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--limit", type=int, help="read so many papers at most")
    parser.add_argument("--out", type=Path, help="learn: where the weights go; measure: the shares, for compare.py")
    return parser.parse_args()


def features(line: Line) -> Hashes:
    return sorted(set(hashes_of(line)))


def measure(labels: Sequence[Label], hashed: Sequence[Hashes], folds: int, out: Path | None) -> None:
    """Prints how well sentences are read by weights that have seen nothing of their papers."""
    guessed = read_unseen(labels, hashed, folds)
    report("n-grams", labels, guessed)
    if out:
        save(out, labels, guessed)


def read_unseen(labels: Sequence[Label], hashed: Sequence[Hashes], folds: int) -> ByHead:
    """What weights that have seen nothing of its paper say of each sentence."""
    fold, targets = folds_of(labels, folds), targets_of(labels)
    guessed = {head: np.zeros_like(target) for head, target in targets.items()}
    for number in range(folds):
        seen, unseen = np.flatnonzero(fold != number).tolist(), np.flatnonzero(fold == number).tolist()
        learnt = learn([hashed[i] for i in seen], {head: target[seen] for head, target in targets.items()})
        for head, shares in learnt.shares([hashed[i] for i in unseen]).items():
            guessed[head][unseen] = shares
    return guessed


def learn(hashed: Sequence[Hashes], targets: ByHead) -> Regression:
    """The regression that says of sentences with these features what ``targets`` say."""
    counts = Counter(feature for one in hashed for feature in one)
    rows = np.array(sorted(feature for feature, count in counts.items() if count >= LEAST), dtype=np.uint32)
    known = _matrix(hashed, rows)
    return Regression(rows, {head: _head(known, target) for head, target in targets.items()})


def _matrix(hashed: Sequence[Hashes], rows: Array) -> csr_matrix:
    """Sentences by known features; the row of a sentence has length one."""
    at = {int(feature): i for i, feature in enumerate(rows)}
    known = [[at[feature] for feature in one if feature in at] for one in hashed]
    lengths = np.array([len(one) for one in known])
    values = np.repeat(1 / np.sqrt(np.maximum(1, lengths)), lengths)
    columns = np.array([column for one in known for column in one], dtype=int)
    return csr_matrix((values, columns, [0, *accumulate(lengths)]), shape=(len(known), len(rows)))


def _head(known: csr_matrix, target: Array) -> tuple[Array, Array]:
    """Weights and bias of one head: cross-entropy with an L2 penalty on the weights, by L-BFGS."""
    size, outputs = known.shape[1], target.shape[1]
    across = known.T.tocsr()

    def loss(flat: Array) -> tuple[float, Array]:
        weights, bias = flat[:-outputs].reshape(size, outputs), flat[-outputs:]
        shares = _softmax(known @ weights + bias)
        off = shares - target
        gradient = np.concatenate([(across @ off + PENALTY * weights).ravel(), off.sum(axis=0)])
        return float(-(target * np.log(shares + 1e-12)).sum() + PENALTY / 2 * (weights**2).sum()), gradient

    start = np.concatenate([np.zeros(size * outputs), np.log(target.mean(axis=0) + 1e-6)])
    options = {"maxiter": STEPS, "maxcor": MEMORY}
    flat = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return flat[:-outputs].reshape(size, outputs), flat[-outputs:]


def _softmax(scores: Array) -> Array:
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Array = likely / likely.sum(axis=1, keepdims=True)
    return shares


if __name__ == "__main__":
    main()
