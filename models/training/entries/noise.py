"""What PDFs do to entries: spaces lost and doubled, words broken at a line's end, signs exchanged, italics that nobody knows."""

from __future__ import annotations

import random
from collections.abc import Sequence

from labelled import Labelled

_SIGNS = (
    ("“", '"'),
    ("”", '"'),
    ("–", "-"),
    ("’", "'"),
    ("—", "–"),
    ("-", "–"),
    ("-", "‐"),
    ("’", "´"),
    ("“", "”"),
    (":", " :"),
    ("ﬁ", "fi"),
    ("(", "（"),
    (")", "）"),
)


def noisy(rng: random.Random, entries: Sequence[Labelled], share: float = 0.35) -> list[Labelled]:
    """A list with the faults of one file: some for all of its entries, some for single ones."""
    exchanged = [rng.choice(_SIGNS)] if rng.random() < share else []
    if rng.random() < 0.008:
        exchanged = [(" ", "")]
    return [_entry(rng, entry, exchanged, share) for entry in entries]


def _entry(rng: random.Random, entry: Labelled, exchanged: list[tuple[str, str]], share: float) -> Labelled:
    faults = rng.random() < share
    out: list[tuple[str, str, str]] = []
    for char, label, slant in zip(entry.text, entry.labels, entry.italic, strict=True):
        for old, new in exchanged:
            if char == old:
                char = new
        if faults and rng.random() < 0.012:
            char = _faulty(rng, char)
        elif faults and label == "B" and char in ",." and rng.random() < 0.03:
            char = ""
        out += [(one, label, slant) for one in char]
    out = out or list(zip(entry.text, entry.labels, entry.italic, strict=True))
    if rng.random() < 0.03:
        out = out[: rng.randint(len(out) // 2, len(out))] or out
    return Labelled(*("".join(column) for column in zip(*out, strict=True)))


def _faulty(rng: random.Random, char: str) -> str:
    if char == " ":
        return rng.choice(("", "  "))
    if char.isalpha():
        return rng.choice((char, char, char + "- ", char + " ", char + "-"))
    return rng.choice((char, " " + char, char + " ", ""))
