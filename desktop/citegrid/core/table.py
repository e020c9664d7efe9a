"""Template, Column, Row, Cell and Table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from citegrid.core.evidence import Evidence
from citegrid.core.reference import Work


class AnswerType(Enum):
    """The form a column's answers take."""

    TEXT = "text"
    NUMBER = "number"
    YEAR = "year"
    LIST = "list"
    YES_NO = "yes/no"


class Status(Enum):
    """What the program found out about a cell or a sentence.

    SUPPORTED: its evidence carries it.  UNSUPPORTED: there is text, but no evidence carries it.
    NOT_STATED: the source says nothing; ``Cell.searched`` names the pages read.
    FAILED: it could not be asked.  LINK: a connecting sentence, or the number of a row: no claim.  WAITING: not asked yet.
    """

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    NOT_STATED = "not_stated"
    FAILED = "failed"
    LINK = "link"
    WAITING = "waiting"


class Wording(Enum):
    """How a text came from its quote.

    PRINTED: as it stands there, but for marks of citations.  SHORTENED: with its own words, but not all of them.
    TRANSLATED: in another language, and sure of it.  TO_BE_CHECKED: in another language, and not sure of all of it.
    """

    PRINTED = "printed"
    SHORTENED = "shortened"
    TRANSLATED = "translated"
    TO_BE_CHECKED = "translated, to be checked"


#: Places of a text that a person should look at: ``(start, end)`` offsets, in order.
Doubts = tuple[tuple[int, int], ...]


def stretches(text: str, doubts: Doubts) -> list[tuple[str, bool]]:
    """``text`` cut at the edges of ``doubts``: each piece, and whether it is in doubt.

    Offsets outside the text, and places that overlap, do no harm: the pieces joined are always the text.
    """
    made: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(doubts):
        start, end = max(at, start), min(end, len(text))
        if start >= end:
            continue
        made += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(piece, doubtful) for piece, doubtful in (*made, (text[at:], False)) if piece]


class Verdict(Enum):
    """What the person decided; anything but OPEN keeps the program's hands off."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its name as printed in the picture, and what the person added to it.

    ``box`` is ``(x0, y0, x1, y1)`` in pixels of the picture, None for a typed name.  ``hints`` are answers that show
    the wished form, as the example rows of the picture give them.
    """

    name: str
    instruction: str = ""
    answer_type: AnswerType = AnswerType.TEXT
    box: tuple[float, float, float, float] | None = None
    confidence: float = 1.0
    hints: tuple[str, ...] = ()

    @property
    def question(self) -> tuple[str, AnswerType, tuple[str, ...]]:
        """What the model is asked beyond the name; another question needs another answer."""
        return self.instruction, self.answer_type, self.hints


@dataclass(frozen=True, slots=True)
class Template:
    """What a picture of a table gave: columns in order, rows already filled, and its rotation in degrees (clockwise)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    rotation: float = 0.0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """The answer to one column about one work.

    ``reason`` is one phrase in plain words for every status but SUPPORTED;
    ``searched`` are the pages whose text was read for it; ``near`` what came nearest to an answer when none is stated;
    ``note`` what stands beside the answer: the citing paper's view of a work that speaks for itself, numbers that differ;
    ``wording`` how ``text`` came from its quote, and ``doubts`` its places that a person should look at.
    """

    column: str
    text: str = ""
    status: Status = Status.WAITING
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    searched: tuple[int, ...] = ()
    verdict: Verdict = Verdict.OPEN
    draft: str = ""
    near: tuple[Evidence, ...] = ()
    note: str = ""
    wording: Wording = Wording.PRINTED
    doubts: Doubts = ()

    @property
    def to_be_checked(self) -> bool:
        """Whether the text is a translation that a person is still to compare with its quote; any decision ends that."""
        return self.wording is Wording.TO_BE_CHECKED and self.verdict is Verdict.OPEN and bool(self.text)

    @property
    def open_doubts(self) -> Doubts:
        """The places that a person is still to look at."""
        return self.doubts if self.to_be_checked else ()


@dataclass(frozen=True, slots=True)
class Row:
    """One work and its cells, one per column of the table, in its order; ``pinned`` rows stay when rows are chosen anew."""

    work: Work
    cells: tuple[Cell, ...]
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; every row has exactly the columns' cells."""

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def row_of(self, work_id: str) -> Row | None:
        """The row of the work with that id; None where it has none."""
        return next((row for row in self.rows if row.work.id == work_id), None)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, row by row."""
        return tuple(cell for row in self.rows for cell in row.cells)
