"""How much of the topic of a paper an entry of its list shares, told by titles alone: those of rivals and of works that it builds on
share words with its own and with each other's; that of a tool, a statistic or a strain of mice stands by itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from citegrid.core.language.script import has_han
from citegrid.core.reference import Reference

#: Letters that tell a word, and fewer than so many tell none.
_STEM, _SHORTEST = 6, 4
#: A word that so many other titles have is as much of the topic as one of the paper's own.
_OTHERS = 4


def shares_of_topic(title: str, references: Sequence[Reference]) -> Mapping[str, float]:
    """For each entry the share (0 to 1) of what its title says that the paper's ``title`` or other entries say as well, rare words
    above all; 0 without a title."""
    words = {reference.id: frozenset(_words(reference.title)) for reference in references}
    counts = Counter(word for of_entry in words.values() for word in of_entry)
    own = frozenset(_words(title))
    worth = {word: math.log((len(words) + 1) / (count + 0.5)) for word, count in counts.items()}
    shared = {word: 1.0 if word in own else min(1.0, (count - 1) / _OTHERS) for word, count in counts.items()}
    return {one: _mean(of_entry, worth, shared) for one, of_entry in words.items()}


def _mean(words: frozenset[str], worth: Mapping[str, float], shared: Mapping[str, float]) -> float:
    total = sum(worth[word] for word in words)
    return sum(worth[word] * shared[word] for word in words) / total if total else 0.0


def _words(title: str) -> list[str]:
    """The beginnings of the longer words of a title, and its pairs of ideographs."""
    letters = "".join(char if char.isalpha() and not has_han(char) else " " for char in title.casefold()).split()
    signs = "".join(char if has_han(char) else " " for char in title)
    pairs = [first + second for first, second in pairwise(signs) if " " not in (first, second)]
    return [*(word[:_STEM] for word in letters if len(word) >= _SHORTEST), *pairs]
