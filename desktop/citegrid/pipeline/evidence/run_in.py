"""Headings that are set into the first line of their paragraph, in other letters than its text: no part of its first sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from operator import attrgetter

from citegrid.core.document import Document, Span, Word
from citegrid.pipeline.evidence.patterns import FORMALITY

#: Words that such a heading has, and characters of a paragraph in which it ends.
_FEWEST, _MOST, _REACH = 2, 8, 120


def without_heading(document: Document, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The ``spans`` of a sentence without the heading before it: "*Optimization tool* Joint coverage has been addressed …"."""
    first, *rest = spans
    page = document.page(first.page)
    if first.start not in map(attrgetter("start"), page.blocks):
        return tuple(spans)
    words = [word for word in page.words if first.start <= word.start < min(first.end, first.start + _REACH)]
    heading = list(takewhile(_stands_out, words))
    behind = words[len(heading) :][:1]
    told = _FEWEST <= len(heading) <= _MOST, bool(behind) and _opens(behind[0]), not _is_formality(heading)
    return (replace(first, start=behind[0].start), *rest) if all(told) else tuple(spans)


def _is_formality(heading: Sequence[Word]) -> bool:
    """Whether it begins in small letters, or its words tell that no statement stands behind it ("Competing interests:")."""
    text = " ".join(word.text for word in heading)
    return not text[:1].isupper() or FORMALITY.search(text) is not None


def _stands_out(word: Word) -> bool:
    return word.bold or word.italic


def _opens(word: Word) -> bool:
    """Whether a sentence may begin with a word: its first letter alone is a capital, and it is no initial ("Magnolia officinalis L.")."""
    text = word.text
    return text[:1].isupper() and text[1:] == text[1:].lower() and not text.endswith(".")
