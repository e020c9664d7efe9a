"""What a file says of itself: its title, its authors and the date it was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from citegrid.core.document import Page
from citegrid.core.text import key_text
from citegrid.pipeline.document.metadata.candidates import AuthorsCandidate, TitleCandidate, YearCandidate
from citegrid.pipeline.document.metadata.patterns import FILE_DATE, IN_FILE_BETWEEN, LEFTOVER, NO_AUTHOR

#: A title of fewer characters is found on any page.
_SHORT = 8
#: So many characters of its key must stand on a page.
_ENOUGH = 60
_MOST_AUTHORS = 30


def titles(metadata: Mapping[str, str], pages: Sequence[Page]) -> list[TitleCandidate]:
    """The file's own title, unless it is one that a program left there."""
    said = " ".join(metadata.get("title", "").split())
    if not said or LEFTOVER.match(said):
        return []
    key = key_text(said)[:_ENOUGH]
    agreed = len(said) > _SHORT and any(key in key_text(page.text) for page in pages)
    return [TitleCandidate(said, in_file=1.0, agreed=float(agreed))]


def authors(metadata: Mapping[str, str]) -> list[AuthorsCandidate]:
    """The file's own authors, without what no author is called."""
    parts = (" ".join(part.split()) for part in IN_FILE_BETWEEN.split(metadata.get("author", "")))
    names = tuple(part for part in parts if 2 < len(part) < 60 and not NO_AUTHOR.search(part))
    return [AuthorsCandidate(names[:_MOST_AUTHORS], in_file=1.0)] if names else []


def years(metadata: Mapping[str, str]) -> list[YearCandidate]:
    """The year in which the file was made."""
    made = FILE_DATE.match(metadata.get("creationDate", ""))
    return [YearCandidate(int(made.group(1)), in_file=1.0)] if made else []
