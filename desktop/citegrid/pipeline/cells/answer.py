"""The answer to one column on its way from passages to a cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from citegrid.core.evidence import Passage
from citegrid.core.table import Column, Doubts, Wording
from citegrid.pipeline.evidence.verify import Finding


@dataclass(frozen=True, slots=True)
class Draft:
    """The words for a column, in one line; ``by_model`` where they are the model's own, not those of its source or of a
    translation of it; ``wording`` and ``doubts`` are as in a cell."""

    text: str
    wording: Wording = Wording.PRINTED
    doubts: Doubts = ()
    by_model: bool = False


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """What is known of one column of a row; each step gives back others, in the same order.

    ``candidates`` are the row's passages; ``chosen`` is the one that speaks of the column most clearly, ``speaks`` how
    clearly, and ``stands_out`` whether that is clear enough to be an answer.  ``draft`` is what was made of it, None where
    there is nothing to say; ``text`` is what the cell says, and ``finding`` how the verifier judged it.
    """

    column: Column
    candidates: tuple[Passage, ...] = ()
    chosen: Passage | None = None
    speaks: float = 0.0
    stands_out: bool = False
    draft: Draft | None = None
    text: str = ""
    finding: Finding | None = None

    @property
    def used(self) -> tuple[Passage, ...]:
        """The chosen passage, as the verifier takes it; empty without one."""
        return (self.chosen,) if self.chosen is not None else ()

    @property
    def carried(self) -> bool:
        """Whether its evidence carries what it says."""
        return self.finding is not None and self.finding.carried


Answers = Sequence[CellAnswer]


def change_some(
    answers: Answers, which: Callable[[CellAnswer], bool], step: Callable[[list[CellAnswer]], Answers]
) -> list[CellAnswer]:
    """``answers``, those that ``which`` picks as ``step`` gives them back; ``step`` sees them together and only once."""
    changed = iter(step(list(filter(which, answers))))
    return [next(changed) if which(answer) else answer for answer in answers]
