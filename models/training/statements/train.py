"""Learns ``models/statements.npz`` from the labels, and measures it on papers that it has not seen.

    python models/training/statements/train.py FOLDER…        # folders with the labelled papers, searched for PDFs by hash

Needs scipy.  Prints the share of right answers of each head in five folds by paper, then learns from everything.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from citegrid.core.statement import Kind, Speaker
from citegrid.pipeline.evidence.statements.classifier import HEADS
from citegrid.pipeline.evidence.statements.features import features_of
from citegrid.core.statement import Line
from sentences import Label, labels, lines_for, read

ROOT = Path(__file__).resolve().parents[3]
#: Sentences that a feature must stand in, strength of the L2 penalty, steps of L-BFGS, folds.
LEAST, PENALTY, STEPS, FOLDS = 3, 0.3, 60, 5
#: A second kind that a reader gave counts so much beside the first.
SECOND = 0.35


def main(folders: Sequence[str]) -> None:
    wanted: dict[str, list[Label]] = {}
    for label in labels():
        wanted.setdefault(label.file, []).append(label)
    found = [pair for path in _papers(folders, set(wanted)) for pair in lines_for(read(path), wanted[_hash(path)])]
    found = [pair for pair in found if pair[0].reader != "second"]
    print(len(found), "sentences of", len({label.file for label, _ in found}), "papers")
    targets = _targets([label for label, _ in found])
    hashed = [sorted({zlib.crc32(f.encode()) for f in features_of(line)}) for _, line in found]
    _measure(found, hashed, targets)
    rows, weights, bias = _learn(hashed, targets)
    np.savez_compressed(ROOT / "models" / "statements.npz", rows=rows, weights=weights.astype(np.float16), bias=bias)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _papers(folders: Sequence[str], wanted: set[str]) -> list[Path]:
    known = {_hash(path): path for folder in folders for path in sorted(Path(folder).rglob("*.pdf"))}
    return [known[one] for one in sorted(wanted & known.keys())]


def _targets(given: Sequence[Label]) -> np.ndarray:
    """A row for each label: the shares of every output of every head."""
    rows = np.zeros((len(given), sum(HEADS.values())))
    kinds, speakers = "".join(k.value for k in Kind), "".join(s.value for s in Speaker)
    for row, label in zip(rows, given, strict=True):
        row[speakers.index(label.speaker)] = 1
        first, *more = [kinds.index(kind) for kind in label.kinds[:2]]
        at = HEADS["speakers"]
        row[at + first] = 1 - SECOND * len(more)
        row[[at + other for other in more]] += SECOND
        row[at + HEADS["kinds"] + label.central] = 1
        row[-2 + label.alone] = 1
    return rows


def _heads() -> list[slice]:
    ends = np.cumsum(list(HEADS.values()))
    return [slice(end - size, end) for end, size in zip(ends, HEADS.values(), strict=True)]


def _matrix(hashed: Sequence[Sequence[int]], rows: np.ndarray) -> csr_matrix:
    at = {int(row): i for i, row in enumerate(rows)}
    known = [[at[h] for h in one if h in at] for one in hashed]
    values = np.concatenate([np.full(len(one), 1 / np.sqrt(max(1, len(one)))) for one in known])
    ends = np.concatenate([[0], np.cumsum([len(one) for one in known])])
    return csr_matrix((values, np.concatenate(known).astype(int), ends), shape=(len(known), len(rows)))


def _learn(hashed: Sequence[Sequence[int]], targets: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Softmax regression for each head, by L-BFGS."""
    counts = Counter(h for one in hashed for h in one)
    rows = np.array(sorted(h for h, n in counts.items() if n >= LEAST), dtype=np.uint32)
    x = _matrix(hashed, rows)
    parts = [_head(x, targets[:, head]) for head in _heads()]
    return rows, np.hstack([weights for weights, _ in parts]), np.concatenate([bias for _, bias in parts])


def _head(x: csr_matrix, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    size, outputs = x.shape[1], y.shape[1]
    across = x.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = flat[:-outputs].reshape(size, outputs), flat[-outputs:]
        shares = _softmax(x @ weights + bias)
        off = shares - y
        gradient = np.concatenate([(across @ off + PENALTY * weights).ravel(), off.sum(axis=0)])
        return -(y * np.log(shares + 1e-12)).sum() + PENALTY / 2 * (weights**2).sum(), gradient

    start = np.concatenate([np.zeros(size * outputs), np.log(y.mean(axis=0) + 1e-6)])
    flat = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 6}).x
    return flat[:-outputs].reshape(size, outputs), flat[-outputs:]


def _softmax(scores: np.ndarray) -> np.ndarray:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def _measure(found: Sequence[tuple[Label, Line]], hashed: Sequence[Sequence[int]], targets: np.ndarray) -> None:
    """Right answers of each head on papers that were left out, and how often the readers agree with each other."""
    names = sorted({label.file for label, _ in found})
    fold = np.array([names.index(label.file) % FOLDS for label, _ in found])
    guessed = np.zeros_like(targets)
    for k in range(FOLDS):
        kept = np.flatnonzero(fold != k)
        rows, weights, bias = _learn([hashed[i] for i in kept], targets[kept])
        left = np.flatnonzero(fold == k)
        guessed[left] = _matrix([hashed[i] for i in left], rows) @ weights + bias
    for name, head in zip(HEADS, _heads(), strict=True):
        right = guessed[:, head].argmax(axis=1) == targets[:, head].argmax(axis=1)
        print(f"{name:9} {right.mean():.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
