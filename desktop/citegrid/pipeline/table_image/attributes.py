"""Attributes: words that name what a person wants to know of a paper, to tell names from values."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.pipeline.table_image.patterns import ATTRIBUTE_WORD

#: The longest name of a column, in letters, and how many of them must belong to words that columns are named with.
_LONGEST, _LEAST_COVERED = 40, 0.6


def is_attribute(text: str) -> bool:
    """Whether a short text says what is asked for (主要方法, Sample size), not what is answered.

    At least three fifths of its letters must belong to words that columns of literature tables are named with.
    """
    letters = _letters(text)
    if not 0 < letters <= _LONGEST or text[-1:].isdecimal():  # “Paper 1” is one of several examples
        return False
    return sum(_letters(found.group()) for found in ATTRIBUTE_WORD.finditer(text)) >= _LEAST_COVERED * letters


def _letters(text: str) -> int:
    return len("".join(text.split()))


def share(texts: Sequence[str]) -> float:
    """The share of the texts that are attributes; 0 of none."""
    return sum(map(is_attribute, texts)) / len(texts) if texts else 0.0
