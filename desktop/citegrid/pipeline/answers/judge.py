"""How likely a sentence of a source tells of the same as a claim, and how likely it then says something else: two logistic
regressions over named features (``compare``).

``resources/answers_weights.toml`` holds the weights; ``models/training/answers`` how they were found.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from citegrid.core.resources import resource
from citegrid.pipeline.answers.claims import Claim
from citegrid.pipeline.answers.compare import Comparison, closeness, conflict, numbers_missing
from citegrid.pipeline.answers.sources import Shelf

#: Sentences of the sources that a claim is held against.
NEAREST = 6
#: From which likelihood a sentence tells of the same, and says something else; and the share of the first's likelihood with which
#: another sentence may support what the first contradicts.
SAME, OTHERWISE, RESCUE = 0.2, 0.45, 0.8


@dataclass(frozen=True)
class Judged:
    """A sentence of the shelf (its number) held against a claim: the likelihoods that it tells of the same and that it then says
    something else, and whether all numbers and names of the claim are in it."""

    number: int
    pair: Comparison
    same: float
    otherwise: float
    complete: bool

    @property
    def supports(self) -> float:
        """The likelihood that it carries the claim; nought where numbers or names are missing."""
        return self.same * (1 - self.otherwise) if self.complete and self.otherwise < OTHERWISE else 0.0

    @property
    def contradicts(self) -> bool:
        """Whether it tells of the same and says something else."""
        return self.same >= SAME and self.otherwise >= OTHERWISE


def judge(claim: Claim, shelf: Shelf) -> list[Judged]:
    """The sentences that say most of what the claim is about, the likeliest to tell of the same first."""
    numbers = shelf.nearest(claim, NEAREST)
    pairs = [Comparison(claim, shelf.claims[number], shelf.weigh) for number in numbers]
    words, figures = [pair.coverage for pair in pairs], [pair.numbers_held for pair in pairs]
    margins = ({"margin": _margin(words, i), "margin of numbers": _margin(figures, i)} for i in range(len(pairs)))
    found = (_judged(n, pair, margin) for n, pair, margin in zip(numbers, pairs, margins, strict=True))
    return sorted(found, key=lambda one: -one.same)


def _margin(shares: Sequence[float], at: int) -> float:
    """How much more of a claim one sentence has than the others do on the average."""
    others = sum(shares) - shares[at]
    return shares[at] - others / max(1, len(shares) - 1)


def _judged(number: int, pair: Comparison, margins: Mapping[str, float]) -> Judged:
    against = conflict(pair)
    complete = not numbers_missing(pair) and not pair.names_lost
    same = _likelihood("same subject", {**closeness(pair), **margins})
    return Judged(number, pair, same, _likelihood("says otherwise", against), complete)


def _likelihood(table: str, features: Mapping[str, float]) -> float:
    weights = _weights()[table]
    return 1 / (1 + math.exp(-weights["bias"] - sum(weights[name] * value for name, value in features.items())))


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(resource("answers_weights.toml").read_text("utf-8"))
