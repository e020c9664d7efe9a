"""Focus: the one value that moves the PDF pane."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from citegrid.core.document import Box
from citegrid.core.evidence import Evidence, SourceKind


@dataclass(frozen=True, slots=True)
class Focus:
    """A page and the places on it (and on its neighbours) to show.

    ``strong`` are the words the eye shall find, ``pale`` the other evidence of the same cell.  ``document`` is the
    source's name.  The place is the one at position ``number`` (from 0) of ``total`` that can be stepped through;
    ``about`` says in a few words what they belong to.
    """

    document: str
    page: int
    strong: tuple[Box, ...] = ()
    pale: tuple[Box, ...] = ()
    number: int = 0
    total: int = 1
    about: str = ""


def focus_on(chosen: Evidence, others: Iterable[Evidence] = (), number: int = 0, about: str = "") -> Focus | None:
    """The focus of one piece of evidence among those of its cell; None when it has no page."""
    if chosen.kind is not SourceKind.DOCUMENT or chosen.page is None:
        return None
    others = tuple(others)
    pale = tuple(box for one in others if one is not chosen and one.source == chosen.source for box in one.boxes)
    page = chosen.boxes[0].page if chosen.boxes else chosen.page
    return Focus(chosen.source, page, chosen.boxes, pale, number, max(1, len(others)), about)
