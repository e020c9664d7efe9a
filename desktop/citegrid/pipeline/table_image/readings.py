"""What a way of reading the picture found, and the choice between ways: candidates with features, one table of weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

BoxXY = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name, the box of its lowest header cell in the upright picture, and how sure its text is."""

    name: str
    box: BoxXY
    confidence: float


@dataclass(frozen=True, slots=True)
class TableReading:
    """The columns, the text of the rows below them, and header cells without text.

    ``cells`` says that each heading's box holds its name and nothing else, so that it can be read again from a crop.
    """

    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    blanks: tuple[BoxXY, ...] = ()
    cells: bool = True


NOTHING = TableReading(())


class Way(Enum):
    """How a picture can be read."""

    KEY_VALUE = "a ruled table whose names stand down the left side"
    BORDERED = "a ruled table with a header"
    MARKED_LIST = "lines with numbers or bullets"
    NUMBERED_PARAGRAPH = "names numbered or listed within a paragraph"
    BARE_LIST = "short lines below each other"
    BORDERLESS = "columns that white space parts"


@dataclass(frozen=True, slots=True)
class TableCandidate:
    """A reading, the way that it was made, and what speaks for it.

    ``text`` is the share of the picture's texts within the ruled table, ``columns`` and ``examples`` are how many columns it
    has and how many filled rows (more than three count as three).
    """

    reading: TableReading
    way: Way
    text: float = 0.0

    @property
    def columns(self) -> int:
        return len(self.reading.headings)

    @property
    def examples(self) -> int:
        return min(3, len(self.reading.rows))


#: What a way is worth: ruling lines are drawn to be seen, a list has no other cause than to name, white space parts prose too.
_WAYS = {
    Way.KEY_VALUE: 6.0,
    Way.BORDERED: 5.0,
    Way.MARKED_LIST: 2.4,
    Way.NUMBERED_PARAGRAPH: 2.2,
    Way.BARE_LIST: 2.0,
    Way.BORDERLESS: 0.0,
}
#: Of several ruled tables the one with most text; of several runs of lines the one with most columns and examples.
_TEXT, _FIELDS = 3.0, 0.01


def weight(candidate: TableCandidate) -> float:
    """How much speaks for a candidate."""
    fields = candidate.columns * (1 + candidate.examples)
    return _WAYS[candidate.way] + _TEXT * candidate.text + _FIELDS * fields


def choose(candidates: Iterable[TableCandidate]) -> TableReading:
    """The reading that most speaks for, the first of equals; nothing without any candidate."""
    best = max(candidates, key=weight, default=None)
    return best.reading if best else NOTHING
