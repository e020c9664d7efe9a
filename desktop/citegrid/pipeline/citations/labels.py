"""The numbers and keys by which a text cites the entries of its lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.reference import Reference
from citegrid.pipeline.citations.text_spans import PLAIN

#: Behind every character of a page.
_LAST = 1 << 30


@dataclass(frozen=True, slots=True)
class EntryLabels:
    """Numbers and keys of the entries.  A number that several lists use leads to one entry of each, in reading order.

    ``printed`` is False where the entries bear no labels, so that numbers are positions in the list.
    """

    numbers: dict[int, tuple[int, ...]]
    keys: dict[str, tuple[int, ...]]
    places: tuple[tuple[int, int], ...]
    printed: bool = True

    @property
    def last(self) -> int:
        """The highest number."""
        return max(self.numbers, default=0)

    def entry(self, candidates: Sequence[int], place: tuple[int, int]) -> int:
        """The entry meant at ``place``, a page and a character: that of the next list, or of the last one."""
        return next((c for c in candidates if self.places[c] >= place), candidates[-1])


def labels_of(references: Sequence[Reference]) -> EntryLabels:
    """Numbers from the labels; by position in the list where no entry has a label."""
    numbers: dict[int, tuple[int, ...]] = {}
    keys: dict[str, tuple[int, ...]] = {}
    for i, label in enumerate(bare_label(r.label) for r in references):
        if label.isdecimal():
            numbers[int(label)] = (*numbers.get(int(label), ()), i)
        elif label:
            keys[label.casefold()] = (*keys.get(label.casefold(), ()), i)
    places = tuple((r.page, r.spans[0].start if r.spans else _LAST) for r in references)
    if not numbers and not keys:
        return EntryLabels({i + 1: (i,) for i in range(len(references))}, {}, places, printed=False)
    return EntryLabels(numbers, keys, places)


def bare_label(label: str) -> str:
    """A label without its brackets, stops and spaces, in ASCII where it can be."""
    return "".join(label.translate(PLAIN).split()).strip("[]().:{}")
