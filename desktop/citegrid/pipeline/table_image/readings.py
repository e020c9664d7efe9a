"""What a way of reading the picture found, and the choice between ways: candidates with features, one table of weights.

``resources/table_image_weights.toml`` holds the weights; ``models/training/table_image`` how they were fitted on labelled pictures.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from itertools import pairwise, starmap
from operator import itemgetter, lt

from citegrid.core.resources import resource
from citegrid.pipeline.table_image.names_and_answers import is_number, share
from citegrid.pipeline.table_image.text_boxes import is_sign, is_wide

Features = Mapping[str, float]
BoxXY = tuple[float, float, float, float]
#: As many names as begin with the same character and are Latin behind it have an icon there.
_ICONS = 3
#: What programs set before the names of texts in the place of an icon, and what stands between a group and its column.
_TEXT_ICON, _GROUPED = "Aa", " / "
#: What stands over the place where a program adds a column.
_ADDS = "+"
#: Letters over the columns of a spreadsheet, and the most digits of the numbers beside its rows.
#: What may stand behind the number of a row.
_STOPS = str.maketrans("", "", ".、")
#: The share of the numbers that must be more than the one above.
_COUNTED = 0.8
_LETTERS, _DIGITS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 3
#: More letters than the first are no name, more than the second a sentence; what the rest of a text may begin with.
_LONG, _SENTENCE, _OPENING = 24, 40, tuple("(（/")


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


def without_row_numbers(reading: TableReading) -> TableReading:
    """The reading without a first column in which a spreadsheet counts its rows, that of its header too; one number may be misread."""
    column = [*(heading.name for heading in reading.headings[:1]), *map(itemgetter(0), filter(None, reading.rows))]
    if not _counts_rows(list(filter(None, column))):
        return reading
    return replace(reading, headings=reading.headings[1:], rows=tuple(row[1:] for row in reading.rows))


def _counts_rows(column: Sequence[str]) -> bool:
    """Whether the texts of a column, from its header on, are numbers that grow."""
    numbers = [int(text) for text in column if text.isdecimal() and len(text) <= _DIGITS]
    growing = sum(starmap(lt, pairwise(numbers))) + 1
    return len(column) > 2 and column[0].isdecimal() and growing >= _COUNTED * len(column)


def without_title(reading: TableReading) -> TableReading:
    """The reading without a group that all of its columns are in: the table's title."""
    first, slash, _ = reading.headings[0].name.partition(_GROUPED)
    is_title = slash and all(heading.name.startswith(first + slash) for heading in reading.headings)
    return _renamed(reading, lambda name: name.removeprefix(first + slash)) if is_title else reading


def without_icons(reading: TableReading) -> TableReading:
    """The reading without the icons before several of its names ("三 Title", "≡作者"), and columns of one alone."""
    if reading.headings[-1].name == _ADDS:
        reading = _of_columns(reading, range(len(reading.headings) - 1))
    icons = [heading.name[:1] for heading in reading.headings if _begins_with_icon(heading.name)]
    if max(Counter(icons).values(), default=0) < _ICONS and sum(map(is_sign, icons)) < _ICONS:
        return reading
    kept = [n for n, heading in enumerate(reading.headings) if heading.name not in icons]
    return _renamed(_of_columns(reading, kept), _without_icon)


def _of_columns(reading: TableReading, kept: Sequence[int]) -> TableReading:
    """The reading with some of its columns, by their numbers."""
    rows = tuple(tuple(row[n] for n in kept) for row in reading.rows)
    return replace(reading, headings=tuple(reading.headings[n] for n in kept), rows=rows)


def _renamed(reading: TableReading, name: Callable[[str], str]) -> TableReading:
    """The reading with other names."""
    return replace(reading, headings=tuple(replace(heading, name=name(heading.name)) for heading in reading.headings))


def _without_icon(name: str) -> str:
    """A name without the icon before it, or the letters that stand for one."""
    bare = name[1:] if _begins_with_icon(name) else name.removeprefix(_TEXT_ICON)
    return bare.strip() or name


def _begins_with_icon(name: str) -> bool:
    """Whether a name begins with a sign before a word, or with a wide character before a Latin word."""
    first, rest = name[:1], name[1:].lstrip()
    if is_sign(first):
        return rest[:1].isalpha()
    return is_wide(first or " ") and rest[:1].isascii() and rest[:1].isalpha()


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
            "numbers in names": sum(map(_ends_in_number, names)) / max(1, len(names)),
            "numbers as values": sum(map(is_number, values)) / max(1, len(values)),
            "letters as names": sum(name in _LETTERS for name in names) / max(1, len(names)),
            "sentences as names": sum(len(name) > _SENTENCE for name in names) / max(1, len(names)),
            "blanks": float(bool(self.reading.blanks)),
            **self.features,
        }


def _ends_in_number(name: str) -> bool:
    """Whether a name goes on with a number, as one does that took a row of values into it."""
    *words, last = name.split() or [""]
    return bool(words) and is_number(last)


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(resource("table_image_weights.toml").read_text("utf-8"))


def weigh(table: str, features: Features) -> float:
    """What speaks for something: the sum of its features, each with its weight in ``table``; one without says nothing yet."""
    weights = _weights()[table]
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def weight(candidate: TableCandidate) -> float:
    """How much speaks for a candidate."""
    return weigh("reading", candidate.weighed())


def choose(candidates: Iterable[TableCandidate]) -> TableReading:
    """The reading that most speaks for, the first of equals; nothing without any candidate."""
    best = max(candidates, key=weight, default=None)
    return without_title(without_icons(best.reading)) if best and weight(best) > 0 else NOTHING


def of_rows(rows: Sequence[Sequence[str]]) -> Features:
    """What rows of cells tell: whether they are filled and short, and go on with what stands above them."""
    cells = [cell for row in rows for cell in row]
    said = list(filter(None, cells))
    held = [sum(map(bool, row)) for row in rows]
    width, full = len(rows[0]), len(said) / len(cells)
    return {
        "rows": float(min(3, len(rows))),
        "no rows": 0.0,
        "filled": full,
        "long cells": mean([float(len(cell) > _LONG) for cell in said]),
        "lone rows": held.count(1) / len(rows),
        "bare columns": sum(not any(column) for column in zip(*rows, strict=True)) / width,
        "first row": held[0] / width - full,
        "goes on below": sum(map(_goes_on, rows[0])) / width,
    }


def mean(values: Sequence[float]) -> float:
    """Their mean, 0 of none."""
    return sum(values) / len(values) if values else 0.0


def _goes_on(text: str) -> bool:
    """Whether a text looks like the rest of one that begins above it."""
    return text[:1].islower() or text[:1] in _OPENING


def _is_template(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows hold no text but what numbers or names each of them."""
    filled = [list(filter(None, column)) for column in zip(*rows, strict=True)]
    said = list(filter(None, filled))
    labels = len(rows) in map(len, filled[:1])
    return not said or (len(said) == 1 and (labels or "".join(said[0]).translate(_STOPS).isdecimal()))


def of_ruled_rows(reading: TableReading) -> Features:
    """What the rows of a ruled table tell; nought of all where none is odd, and where all are empty, as in a template, or numbered."""
    columns = len(reading.headings) + len(reading.blanks)
    told = {"filled": 1.0} if _is_template(reading.rows) else of_rows(reading.rows)
    return {
        "ruled, without names": len(reading.blanks) / max(1, columns),
        "ruled, blank": 1 - told["filled"],
        "ruled, long cells": told.get("long cells", 0.0),
        "ruled, lone rows": told.get("lone rows", 0.0),
        "ruled, bare columns": told.get("bare columns", 0.0),
        "ruled, first row": told.get("first row", 0.0),
        "ruled, goes on below": told.get("goes on below", 0.0),
    }
