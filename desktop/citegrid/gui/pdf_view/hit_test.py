"""Which reference stands under a place of the paper: entries of the list and in-text citations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

from citegrid.core.document import Box
from citegrid.core.reference import Reference
from citegrid.gui.i18n import tr

#: Points of slack around a box, so that a hand need not be exact.
SLACK = 1.5


class Places:
    """An index by page; ``at`` answers with the reference and its mention (-1: its entry)."""

    def __init__(self, references: Sequence[Reference] = ()) -> None:
        self._references = references

    @cached_property
    def _by_page(self) -> dict[int, list[tuple[Box, Reference, int]]]:
        """Made at the first question: a paper that has just been read gives the window enough to do."""
        found: dict[int, list[tuple[Box, Reference, int]]] = defaultdict(list)
        for reference in self._references:
            for number, mention in enumerate(reference.mentions):
                for box in mention.boxes:
                    found[box.page].append((box, reference, number))
            for box in reference.boxes:
                found[box.page].append((box, reference, -1))
        return found

    def at(self, page: int, x: float, y: float) -> tuple[Reference, int] | None:
        """The smallest place under a point; None where there is none."""
        hits = [
            ((box.x1 - box.x0) * (box.y1 - box.y0), reference, number)
            for box, reference, number in self._by_page.get(page, ())
            if box.x0 - SLACK <= x <= box.x1 + SLACK and box.y0 - SLACK <= y <= box.y1 + SLACK
        ]
        if not hits:
            return None
        _, reference, number = min(hits, key=lambda hit: hit[0])
        return reference, number


def told_of(reference: Reference, mention: int, label: Callable[[int], str]) -> str:
    """What a citation or an entry under the mouse is: the entry with the page it stands on (``label`` is what is printed there), or
    how often it is cited; empty for an entry that is not."""
    count = len(reference.mentions)
    if mention >= 0:
        pages = [tr("p. {page}", page=label(box.page) or box.page) for box in reference.boxes[:1]]
        return "\n".join([reference.raw, *pages])
    if count == 1:
        return tr("Cited once; a click goes there")
    return tr("Cited {count} times; a click goes there", count=count) if count else ""
