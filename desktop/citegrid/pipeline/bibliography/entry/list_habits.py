"""How the signs of one list part its fields, learnt from its own entries: where 29 titles of 30 end at ``.”``, the thirtieth does too.

What the tagger made of the list is counted at each kind of sign, which label stands before it and which it bears; the counts become
what a pair of labels is worth there when the list is read once more.  A kind that the list hardly has, or has in many ways, says little.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from citegrid.pipeline.bibliography.entry.tokens import EntryToken, shape_of

Array = np.ndarray[Any, np.dtype[Any]]

#: What tells signs of one kind from others: itself, what stands behind it, whether white is between and italics begin, and whether a
#: short word stands before it, as initials do.  Empty for what is no sign, and before a year, which ends rare fields as well.
SignKind = tuple[str, ...]
#: Shorter lists have no habits.
LEAST = 5
#: How much habits weigh; how many signs their absence counts as; how far a pair of labels can fall.
_WEIGHT, _UNSEEN, _LOWEST = 0.5, 2.0, -3.0
#: Words that are no longer may be initials or abbreviations.
_SHORT = 2


def sign_kinds(tokens: Sequence[EntryToken], italic: Sequence[bool | None]) -> list[SignKind]:
    """The kind of each token of an entry; ``italic`` says which stand in italics."""
    shapes = [shape_of(token.text) for token in tokens]
    kinds: list[SignKind] = [()] * len(tokens)
    for n in range(1, len(tokens) - 1):
        if not tokens[n].text.isalnum() and shapes[n + 1] != "year":
            turns = bool(italic[n + 1]) and not italic[n - 1]
            kinds[n] = (
                tokens[n].text,
                shapes[n + 1],
                f"{tokens[n + 1].gap} {turns} {len(tokens[n - 1].text) <= _SHORT}",
            )
    return kinds


def habits(paths: Sequence[Array], kinds: Sequence[Sequence[SignKind]], labels: int) -> tuple[Array, list[Array]]:
    """What each pair of labels is worth at signs of each kind, and the row of that table for each token of each entry; ``paths`` are
    the labels that were read.  Row 0 says nothing."""
    rows: dict[SignKind, int] = {(): 0}
    placed = [np.array([rows.setdefault(kind, len(rows)) for kind in entry], int) for entry in kinds]
    counts = np.zeros((len(rows), labels, labels), np.float32)
    for path, row in zip(paths, placed, strict=True):
        np.add.at(counts, (row[1:], path[: len(row) - 1], path[1 : len(row)]), 1)
    shares = (counts + _UNSEEN / labels**2) / (counts.sum((1, 2), keepdims=True) + _UNSEEN)
    worth: Array = _WEIGHT * np.maximum(np.log(shares), _LOWEST)
    worth[0] = 0
    return worth.astype(np.float32), placed
