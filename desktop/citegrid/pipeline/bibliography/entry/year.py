"""The year of an entry: every place where one stands, and the one that says most for itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from citegrid.pipeline.bibliography.entry.identifiers import arxiv_year, without_arxiv, without_identifiers
from citegrid.pipeline.bibliography.entry.patterns import (
    DAY_OF_CITING,
    LEADING_YEAR,
    LICENCE,
    LOOKED_AT,
    YEAR_PLACES,
)

#: What each feature of a year is worth: its place, and what speaks against it.  The day of citing and the title may hold another
#: year than that of the work, and the arXiv id tells only when the preprint came.
WEIGHTS: Mapping[str, float] = {
    "brackets": 5,
    "before a volume": 4,
    "behind a publisher": 3,
    "plain": 2,
    "day": 1,
    "arXiv": -50,
    "anywhere": -60,
    "with_day_of_citing": -10,
    "with_title": -20,
}
#: Of several years at such a place the first counts, elsewhere the last.
_FIRST_COUNTS = "before a volume"


@dataclass(frozen=True, slots=True)
class YearReading:
    """A year, the place where it stands, and what speaks against it."""

    year: int
    place: str
    features: tuple[str, ...] = ()

    def score(self) -> float:
        """What the place and the features are worth together."""
        return WEIGHTS[self.place] + sum(WEIGHTS[feature] for feature in self.features)


def year_of_entry(rest: str, title: str) -> int | None:
    """The year of an entry from ``rest``, its text after the authors; a year of its title counts only as a last resort.

    ``None`` when none is printed, and for works that are in press or undated.
    """
    leading = LEADING_YEAR.match(rest)
    if leading:
        return int(leading["year"]) if leading["year"].isdigit() else None
    best = max(candidates(rest, title), key=YearReading.score, default=None)
    return best.year if best else None


def candidates(rest: str, title: str) -> Iterator[YearReading]:
    """The years that ``rest`` prints, without the day on which somebody looked at it and the licence of the paper."""
    rest = LOOKED_AT.sub(" ", LICENCE.sub("", rest))
    bare = without_arxiv(without_identifiers(rest))
    untitled = bare.replace(title, " ", 1) if title else bare
    yield from _printed(DAY_OF_CITING.sub(" ", untitled), ())
    yield from _printed(untitled, ("with_day_of_citing",))
    yield from _printed(bare, ("with_day_of_citing", "with_title"))
    if year := arxiv_year(rest):
        yield YearReading(year, "arXiv")


def _printed(text: str, features: tuple[str, ...]) -> Iterator[YearReading]:
    """The year at each place of ``text``."""
    for place, pattern in YEAR_PLACES.items():
        if found := pattern.findall(text):
            yield YearReading(int(found[0 if place == _FIRST_COUNTS else -1]), place, features)
