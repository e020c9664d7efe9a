"""What a way of reading the picture found, and the choice between ways: candidates with features, one table of weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from citegrid.pipeline.table_image.names_and_answers import is_number, share
from citegrid.pipeline.table_image.weights import Features, weigh

BoxXY = tuple[float, float, float, float]
#: More letters than this are a sentence.
_SENTENCE = 40


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

    ``text`` is the share of the picture's texts within the ruled table, ``features`` is what the way itself saw.
    """

    reading: TableReading
    way: Way
    text: float = 0.0
    features: Mapping[str, float] = field(default_factory=dict)

    def weighed(self) -> Features:
        """All that speaks for and against it."""
        names = [heading.name for heading in self.reading.headings]
        columns = len(names) + len(self.reading.blanks)
        values = [value for row in self.reading.rows for value in row if value]
        return {
            self.way.name.lower(): 1.0,
            "text": self.text,
            "columns": min(8, columns) / 8,
            "two columns": float(columns == 2),
            "examples": min(3, len(self.reading.rows)) / 3,
            "attributes": share(names),
            "numbers as names": sum(map(is_number, names)) / max(1, len(names)),
            "numbers as values": sum(map(is_number, values)) / max(1, len(values)),
            "sentences as names": sum(len(name) > _SENTENCE for name in names) / max(1, len(names)),
            "blanks": float(bool(self.reading.blanks)),
            **self.features,
        }


def weight(candidate: TableCandidate) -> float:
    """How much speaks for a candidate."""
    return weigh("reading", candidate.weighed())


def choose(candidates: Iterable[TableCandidate]) -> TableReading:
    """The reading that most speaks for, the first of equals; nothing without any candidate."""
    best = max(candidates, key=weight, default=None)
    return best.reading if best and weight(best) > 0 else NOTHING
