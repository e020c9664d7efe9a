"""The regression, the encoder and both together, on the same sentences and folds.

    python models/training/statements/compare.py ngrams.npz encoder.npz

The two files are what ``train.py measure --english --folds 3`` and ``train_encoder.py measure`` write with ``--out``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from citegrid.pipeline.evidence.statements.classifier import ENCODER, HEADS
from measures import report
from sentences import first_readings
from targets import Array, ByHead


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ngrams", type=Path)
    parser.add_argument("encoder", type=Path)
    given = parser.parse_args()
    (keys, ngrams), (same, encoder) = _load(given.ngrams), _load(given.encoder)
    if not np.array_equal(keys, same):
        parser.error("the two files are about other sentences")
    by_key = {label.key: label for label in first_readings()}
    labels = [by_key[file, sentence, target] for file, sentence, target in keys.tolist()]
    for name, shares in (("n-grams", ngrams), ("encoder", encoder), ("both", _both(ngrams, encoder))):
        report(name, labels, shares)


def _load(path: Path) -> tuple[Array, ByHead]:
    with np.load(path, allow_pickle=False) as held:
        return held["keys"], {head: held[head] for head in HEADS}


def _both(ngrams: ByHead, encoder: ByHead) -> ByHead:
    """The weighted geometric mean, as ``classifier`` takes it."""
    means = {head: encoder[head] ** ENCODER * ngrams[head] ** (1 - ENCODER) for head in HEADS}
    return {head: mean / mean.sum(axis=1, keepdims=True) for head, mean in means.items()}


if __name__ == "__main__":
    main()
