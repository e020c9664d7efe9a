"""The year of an entry: beside its authors, in brackets, before a volume, or the last one printed."""

from __future__ import annotations

from citegrid.pipeline.bibliography.entry.identifiers import arxiv_year, without_arxiv, without_identifiers
from citegrid.pipeline.bibliography.entry.patterns import (
    BARE_YEAR,
    DAY_OF_CITING,
    LEADING_YEAR,
    LICENCE,
    LOOKED_AT,
    YEAR_PLACES,
)


def year_of_entry(rest: str, title: str) -> int | None:
    """The year of an entry from ``rest``, its text after the authors; a year of its title counts only as a last resort.

    ``None`` when none is printed, and for works that are in press or undated.
    """
    leading = LEADING_YEAR.match(rest)
    if leading:
        return int(leading["year"]) if leading["year"].isdigit() else None
    rest = LOOKED_AT.sub(" ", LICENCE.sub("", rest))
    bare = without_arxiv(without_identifiers(rest))
    found = next((year for text in _readings(bare, title) if (year := _printed(text))), None)
    loose = BARE_YEAR.findall(bare)
    return found or arxiv_year(rest) or (int(loose[-1]) if loose else None)


def _readings(text: str, title: str) -> list[str]:
    """``text`` without what may hold another year, the surest reading first: the day of citing, the title."""
    cited = DAY_OF_CITING.sub(" ", text)
    return [cited.replace(title, " ", 1), text.replace(title, " ", 1), text] if title else [cited, text]


def _printed(text: str) -> int | None:
    """The year at the surest place of ``text`` where one stands."""
    for pattern, at in YEAR_PLACES:
        if found := pattern.findall(text):
            return int(found[at])
    return None
