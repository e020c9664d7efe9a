"""How much of the topic of a paper an entry of its list shares, told by titles alone: those of rivals and of works that it builds on
share words with its own and with each other's; that of a tool, a statistic or a strain of mice stands by itself.
"""

from __future__ import annotations

import math
import operator
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from citegrid.core.language.terms import asked_terms, stem
from citegrid.core.reference import Reference

#: A word that so many other titles have is as much of the topic as one of the paper's own.
_OTHERS = 4


def shares_of_topic(title: str, references: Sequence[Reference]) -> Mapping[str, float]:
    """For each entry the share (0 to 1) of what its title says that the paper's ``title`` or other entries say as well, rare words
    above all; 0 without a title."""
    words = {reference.id: _words(reference.title) for reference in references}
    counts = Counter(chain.from_iterable(words.values()))
    shared = {word: min(1.0, (count - 1) / _OTHERS) for word, count in counts.items()}
    shared |= dict.fromkeys(_words(title), 1.0)
    rare = {word: math.log((len(words) + 1) / (count + 0.5)) for word, count in counts.items()}
    return {one: _mean(of_entry, rare, shared) for one, of_entry in words.items()}


def _mean(words: Sequence[str], weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    weighed = list(map(weights.__getitem__, words))
    return sum(map(operator.mul, weighed, map(values.__getitem__, words))) / sum(weighed) if words else 0.0


def _words(title: str) -> tuple[str, ...]:
    """The beginnings of the words of a title that say something, and its pairs of ideographs, each once."""
    return tuple(dict.fromkeys(map(stem, asked_terms(title))))
