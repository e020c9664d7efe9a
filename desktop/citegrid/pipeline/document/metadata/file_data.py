"""What a file says of itself: its title, its authors and the date it was made."""

from __future__ import annotations

from collections.abc import Mapping

from citegrid.pipeline.document.metadata.names import MOST_NAMES, persons
from citegrid.pipeline.document.metadata.patterns import DATES, LEFTOVER


def title(metadata: Mapping[str, str]) -> str:
    """The file's own title, unless it is one that a program left there."""
    said = " ".join(metadata.get("title", "").split())
    return "" if LEFTOVER.match(said) else said


def authors(metadata: Mapping[str, str]) -> tuple[str, ...]:
    """The people whom the file names as its authors, not the name of a computer's user."""
    return tuple(dict.fromkeys(persons(metadata.get("author", ""))))[:MOST_NAMES]


def year_made(metadata: Mapping[str, str]) -> int | None:
    """The year in which the file was made."""
    made = DATES["file"].match(metadata.get("creationDate", ""))
    return int(made.group(1)) if made else None
