"""Fits the weights of ``cells/score_passages.WEIGHTS``: how likely a sentence is the answer to a column.

    python models/training/statements/fit_answers.py FOLDER… [--readers f4,f5]

Every labelled sentence is held against the columns below.  It is an answer where a reader gave it a kind that the column asks for,
said that it tells of the right work, that it matters, and that it is understood alone.  Use readers whose labels the classifier has
not learnt from.  Needs scipy.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from citegrid import wiring
from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.statement import Kind
from citegrid.core.table import Column
from citegrid.pipeline.cells.columns.column_intents import ColumnIntent, intent_of
from citegrid.pipeline.cells.score_passages import Seen, Signs, signs_of
from citegrid.pipeline.evidence.patterns import OTHER
from citegrid.pipeline.evidence.statements.classifier import statements_of
from sentences import Label, labels, lines_for, read
from train import _hash, _papers

COLUMNS = ("Method", "Key findings", "Limitations", "Contribution", "Research aim", "Data")
PENALTY, ENOUGH = 1.0, 0.5


def main(folders: Sequence[str], readers: set[str]) -> None:
    wanted: dict[str, list[Label]] = {}
    for label in labels():
        if not readers or label.reader in readers:
            wanted.setdefault(label.file, []).append(label)
    encoder = wiring._encoder()
    rows: dict[bool, list[tuple[Signs, bool]]] = {True: [], False: []}
    for path in _papers(folders, set(wanted)):
        found = list(lines_for(read(path), wanted[_hash(path)]))
        lines = [line for _, line in found]
        said = statements_of(lines, encoder.opinions(lines))
        for (label, line), statement in zip(found, said, strict=True):
            own = not label.target
            passage = Passage(
                SourceKind.DOCUMENT,
                "",
                label.page,
                line.shown,
                shown=line.shown,
                section=line.section,
                alone=OTHER not in line.shown,
            )
            rows[own] += [
                (signs_of(Seen(passage, statement, own, line.place), i), _answers(label, i, own))
                for i in map(intent_of, map(Column, COLUMNS))
            ]
    for own, pairs in rows.items():
        _report(own, pairs)


def _answers(label: Label, intent: ColumnIntent, own: bool) -> bool:
    asked = {kind.value for kind, weight in intent.kinds.items() if weight >= ENOUGH}
    return (
        bool(asked & set(label.kinds))
        and label.speaker == ("O" if own else "T")
        and label.central > 0
        and (label.alone or not own)
    )


def _report(own: bool, pairs: Sequence[tuple[Signs, bool]]) -> None:
    names = [sign.name for sign in fields(Signs)]
    x = np.array([[getattr(signs, name) for name in names] for signs, _ in pairs])
    y = np.array([answers for _, answers in pairs], dtype=float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        p = 1 / (1 + np.exp(-z))
        return float(-(y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9)).sum() + PENALTY / 2 * (w @ w)), x.T @ (
            p - y
        ) + PENALTY * w

    w = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    print("own" if own else "cited", len(y), "pairs,", int(y.sum()), "answers")
    print("   " + ", ".join(f"{value:.2f}" for value in w), "  #", " ".join(names))
    order = np.argsort(-(x @ w))
    hits = np.cumsum(y[order])
    for share in (0.2, 0.4, 0.6, 0.8):
        at = int(np.searchsorted(hits, share * y.sum()))
        print(
            f"   recall {share}: precision {hits[at] / (at + 1):.2f} at p = {1 / (1 + np.exp(-(x @ w)[order[at]])):.2f}"
        )


def _arguments(given: Sequence[str]) -> tuple[list[str], set[str]]:
    folders = [a for a in given if not a.startswith("--")]
    readers = {r for a in given if a.startswith("--readers=") for r in a.partition("=")[2].split(",")}
    return folders, readers


if __name__ == "__main__":
    main(*_arguments(sys.argv[1:]))
