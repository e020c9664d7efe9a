"""A sentence in its place: what the classifier sees of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as shown (citations marked), its section, how far into the running text it stands (0 to 1), and the
    sentences before and behind it in the same stretch of text, empty at its ends.

    ``goes_on``: it has no mark itself and is read as going on about the work that the sentence before it marks.
    """

    shown: str
    section: str = ""
    place: float = 0.5
    before: str = ""
    behind: str = ""
    goes_on: bool = False
