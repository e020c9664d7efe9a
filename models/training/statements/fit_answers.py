"""Fits the weights of ``cells/score_passages.WEIGHTS``: how likely a sentence is the answer to a column.

    python models/training/statements/fit_answers.py FOLDER… [--readers f4,f5] [--chinese --folds 4]

Every labelled sentence is held against the columns below.  It is an answer where a reader gave it a kind that the column asks for,
said that it tells of the right work, that it matters, and that it is understood alone.  Use readers whose labels the classifier has
not learnt from: it is surer of those that it has; or ``--folds``, by which each paper is read by a regression that has seen nothing
of it, as Chinese is (it has no encoder).  The weights are printed, and put into the program by hand.  Needs scipy.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields

import numpy as np
from scipy.optimize import minimize

from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.language.script import is_chinese
from citegrid.core.statement import Line, Speaker, Statement
from citegrid.core.table import Column
from citegrid.pipeline.cells.columns.column_intents import ColumnIntent, intent_of
from citegrid.pipeline.cells.score_passages import Seen, Signs, signs_of
from citegrid.pipeline.evidence.patterns import OTHER
from citegrid.pipeline.evidence.statements.classifier import HEADS, statements_of
from citegrid.wiring import engines
from sentences import Label, first_readings, labelled_lines
from targets import Array
from train import features, read_unseen

COLUMNS = ("Method", "Key findings", "Limitations", "Contribution", "Research aim", "Data")
#: Strength of the L2 penalty; a column asks for the kinds that weigh at least so much in its intent.
PENALTY, ENOUGH = 1.0, 0.5
#: Shares of the answers for which the precision is told.
RECALLS = (0.2, 0.4, 0.6, 0.8)

#: The signs of a sentence for a column, and whether it is an answer.
Judged = tuple[Signs, bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--readers", default="", help="whose labels are used, by commas; all without it")
    parser.add_argument("--chinese", action="store_true", help="only Chinese sentences")
    parser.add_argument("--folds", type=int, help="read each paper by weights that have seen nothing of it")
    parser.add_argument("--limit", type=int, help="read so many papers at most")
    given = parser.parse_args()
    readers = set(filter(None, given.readers.split(",")))
    wanted = [label for label in first_readings() if not readers or label.reader in readers]
    found = labelled_lines(given.folders, wanted, given.limit)
    if given.chinese:
        found = [(label, line) for label, line in found if is_chinese(line.shown)]
    said = _unseen(found, given.folds) if given.folds else _shipped(found)
    for own in (True, False):
        judged = list(_judged([one for one in zip(found, said, strict=True) if one[0][0].own == own]))
        if any(answers for _, answers in judged):
            _report("own" if own else "cited", judged)


def _shipped(found: Sequence[tuple[Label, Line]]) -> list[Statement]:
    """What the shipped classifier says of each line."""
    lines = [line for _, line in found]
    return statements_of(lines, engines().encoder.opinions(lines))


def _unseen(found: Sequence[tuple[Label, Line]], folds: int) -> list[Statement]:
    """What regressions say of each line that have seen nothing of its paper."""
    shares = read_unseen([label for label, _ in found], [features(line) for _, line in found], folds)
    return [
        Statement(tuple(speakers), tuple(kinds), central[2] + central[1] / 3, alone[1])
        for speakers, kinds, central, alone in zip(*(shares[head] for head in HEADS), strict=True)
    ]


def _judged(found: Sequence[tuple[tuple[Label, Line], Statement]]) -> Iterator[Judged]:
    """Every sentence against every column that it may answer."""
    for (label, line), statement in found:
        seen = _seen(label, line, statement)
        for intent in (intent_of(Column(name)) for name in COLUMNS):
            yield signs_of(seen, intent), _answers(label, intent)


def _seen(label: Label, line: Line, statement: Statement) -> Seen:
    passage = Passage(
        kind=SourceKind.DOCUMENT,
        source="",
        page=label.page,
        text=line.shown,
        shown=line.shown,
        section=line.section,
        alone=OTHER not in line.shown,
    )
    return Seen(passage, statement, label.own, line.place)


def _answers(label: Label, intent: ColumnIntent) -> bool:
    asked = {kind.value for kind, weight in intent.kinds.items() if weight >= ENOUGH}
    speaker = Speaker.CITING if label.own else Speaker.TARGET
    return (
        bool(asked & set(label.kinds))
        and label.speaker == speaker.value
        and label.central > 0
        and (label.alone or not label.own)
    )


def fit(signs: Array, answers: Array) -> Array:
    """The weight of each sign: logistic regression with an L2 penalty, by L-BFGS."""

    def loss(weights: Array) -> tuple[float, Array]:
        odds = signs @ weights
        likely = _logistic(odds)
        entropy = np.logaddexp(0, odds) - answers * odds
        gradient = signs.T @ (likely - answers) + PENALTY * weights
        return float(entropy.sum() + PENALTY / 2 * (weights @ weights)), gradient

    weights: Array = minimize(loss, np.zeros(signs.shape[1]), jac=True, method="L-BFGS-B").x
    return weights


def _report(name: str, judged: Iterable[Judged]) -> None:
    """Prints the weights and how precise they are on what they were fitted to."""
    judged = list(judged)
    signs = np.array([astuple(one) for one, _ in judged], dtype=float)
    answers = np.array([is_answer for _, is_answer in judged], dtype=float)
    weights = fit(signs, answers)
    print(f"{name}: {len(answers)} pairs, {int(answers.sum())} answers")
    print("  ", ", ".join(f"{field.name}={weight:.2f}" for field, weight in zip(fields(Signs), weights, strict=True)))
    odds = signs @ weights
    order = np.argsort(-odds)
    hits = np.cumsum(answers[order])
    for recall in RECALLS:
        last = int(np.searchsorted(hits, recall * answers.sum()))
        precision, likely = hits[last] / (last + 1), _logistic(odds[order[last]])
        print(f"   recall {recall}: precision {precision:.2f} at p = {likely:.2f}")


def _logistic(odds: Array) -> Array:
    likely: Array = 1 / (1 + np.exp(-odds))
    return likely


if __name__ == "__main__":
    main()
