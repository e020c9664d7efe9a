"""What a person marks in a main paper for themselves: highlights with or without a note, and marks of whole pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from citegrid.core.document import Box


class Ink(Enum):
    """The colour of a highlight."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlight of the words ``quote`` at ``boxes``, or, without boxes, a bookmark of the page; each with a note or none.

    ``key`` tells it from the project's others, ``sha256`` is the paper's file.
    """

    key: str
    sha256: str
    page: int
    boxes: tuple[Box, ...] = ()
    quote: str = ""
    note: str = ""
    ink: Ink = Ink.YELLOW

    @property
    def is_bookmark(self) -> bool:
        """Whether it marks a page and no words."""
        return not self.boxes

    def covers(self, page: int, x: float, y: float) -> bool:
        """Whether a place (points on a page) lies on its words."""
        return any(b.page == page and b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1 for b in self.boxes)


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words to mark on the pages of a document: their boxes, a title, what a reader shows beside them.

    ``proved`` is false where the words do not carry what is said of them.  ``ink`` is the colour of one that a person made
    themselves; empty for those of evidence.
    """

    boxes: tuple[Box, ...]
    title: str
    text: str
    proved: bool = True
    ink: str = ""
