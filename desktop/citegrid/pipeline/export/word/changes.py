"""What others changed in a Word report: the values that reading it back gives, and that a person judges."""

from __future__ import annotations

from dataclasses import dataclass

from citegrid.core.review import Sentence
from citegrid.core.table import Cell


@dataclass(frozen=True, slots=True)
class Change:
    """A cell (``work_id`` and ``column``) or a sentence (``sentence``, from 0) that says something else in Word, or a row that
    was deleted there (``work_id`` alone).

    ``was`` is what the report had, ``text`` what Word has, ``now`` what the project says today; an empty ``text``
    means that it was deleted.  ``judged`` is the cell or sentence as it would be taken over, once it was judged.
    """

    was: str
    text: str
    now: str
    work_id: str = ""
    column: str = ""
    sentence: int | None = None
    judged: Cell | Sentence | None = None

    @property
    def both(self) -> bool:
        """Whether the project was changed too since the report was written."""
        return self.now != self.was

    @property
    def row_gone(self) -> bool:
        """Whether a whole row was deleted."""
        return self.sentence is None and not self.column


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The changes in the order of the report, and what was done to the file that cannot be taken over."""

    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
