"""What competes to be the title, the authors or the year of a paper, and the one table of weights that chooses.

Every way to find one yields candidates; a feature is 0 where it does not hold and 1 where it holds wholly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """A text that may be the title."""

    value: str
    #: A first page prints it.
    printed: float = 0.0
    #: The file's own data says it.
    in_file: float = 0.0
    #: The file's own data says it and a first page prints it.
    agreed: float = 0.0
    #: A label of a cover says that it is the title.
    labelled: float = 0.0
    #: Its type size, as a share of the largest on its page.
    size: float = 0.0
    #: Names begin right below it.
    names_below: float = 0.0
    #: It is a list of names itself; half where it is one.
    names: float = 0.0
    #: It says that it is a head, a label, a school or a section.
    no_title: float = 0.0
    #: It is as short as the sign of a journal that OCR reads.
    sign: float = 0.0
    #: It does not stand on the first page.
    later: float = 0.0


@dataclass(frozen=True, slots=True)
class AuthorsCandidate:
    """Names that may be the authors."""

    value: tuple[str, ...]
    #: A label of a cover says so.
    labelled: float = 0.0
    #: They stand by the title, as names or as the name of an organisation that signs alone.
    by_title: float = 0.0
    #: They stand above it.
    above: float = 0.0
    #: Blocks between the title and them, in twentieths.
    distance: float = 0.0
    #: They were read from the rows that are seen, not from the blocks of the file.
    seen: float = 0.0
    #: The rows lack names that the blocks have.
    incomplete: float = 0.0
    #: The file's own data names them.
    in_file: float = 0.0
    #: They do not stand on the first page.
    later: float = 0.0
    #: There is a place for names, but no name.
    nameless: float = 0.0


@dataclass(frozen=True, slots=True)
class YearCandidate:
    """A year in which the paper may have come out."""

    value: int
    #: The stamp of arXiv bears it.
    stamped: float = 0.0
    #: A cover prints it as a Chinese date.
    cover: float = 0.0
    #: A block is nothing but a date with it.
    dated: float = 0.0
    #: A line is nothing but a date with it.
    dated_line: float = 0.0
    #: "Published", "copyright" or the like stands before it.
    published: float = 0.0
    #: It stands at the edge of the page as years of journals and meetings do.
    at_edge: float = 0.0
    #: The file was made in it.
    in_file: float = 0.0


#: What each feature speaks for a candidate.
WEIGHTS: dict[type, dict[str, float]] = {
    TitleCandidate: {
        "printed": 5.0, "in_file": 4.0, "agreed": 8.0, "labelled": 5.0, "size": 4.0,
        "names_below": 0.8, "names": -1.2, "no_title": -7.0, "sign": -1.6, "later": -5.2,
    },
    AuthorsCandidate: {
        "labelled": 10.0, "by_title": 6.0, "above": -1.5, "distance": -3.0, "seen": 0.1, "incomplete": -2.0, "in_file": 2.0,
        "later": -3.2, "nameless": -1.0,
    },
    YearCandidate: {
        "stamped": 7.0, "cover": 6.0, "dated": 5.0, "dated_line": 4.0, "published": 3.0, "at_edge": 2.0, "in_file": 1.0,
    },
}  # fmt: skip
#: What a candidate must be worth: a banner alone is no title.
LEAST = 3.5

AnyCandidate = TypeVar("AnyCandidate", TitleCandidate, AuthorsCandidate, YearCandidate)


def score(candidate: TitleCandidate | AuthorsCandidate | YearCandidate) -> float:
    """What a candidate is worth: its features by the table of weights."""
    weights = WEIGHTS[type(candidate)]
    return float(sum(weight * getattr(candidate, feature) for feature, weight in weights.items()))


def best(candidates: Iterable[AnyCandidate], least: float = 0.0) -> AnyCandidate | None:
    """The candidate that is worth most, the first of equals; None where none is worth ``least``."""
    found = max(candidates, key=score, default=None)
    return found if found is not None and score(found) >= least else None
