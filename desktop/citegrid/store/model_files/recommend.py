"""Which of the models fits this computer, and what a table will cost in time there: from its memory and a short measurement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.store.model_files.models import Model

#: Bytes beside a model's weights: the program itself with its context and networks.
BESIDE = 1_500_000_000
#: Tokens read and written for a table of 10 works and 6 columns with its review (measured on the sample).
TABLE_READ, TABLE_WRITTEN = 4_308, 3_408
#: The task of a model that is too small for any other.
TESTS = "tests"
#: Seconds for a table above which a model is not recommended.
PATIENCE = 30 * 60


@dataclass(frozen=True, slots=True)
class Pace:
    """What was measured: tokens a second, read and written, of a model of ``bytes``."""

    bytes: int
    read: float
    written: float

    def table(self, size: int) -> float:
        """Seconds for a table with a model of ``size`` bytes, each of which is as much work as one of the measured model's."""
        return (TABLE_READ / self.read + TABLE_WRITTEN / self.written) * size / max(1, self.bytes)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A model with the memory that it needs (bytes), whether that is there, and seconds for a table (0: not measured)."""

    model: Model
    needed: int
    fits: bool
    seconds: float = 0.0
    best: bool = False


def recommended(found: Sequence[Model], free: int, pace: Pace | None, language: str = "") -> list[Recommendation]:
    """Each file that is or can be here, the largest first; of those that fit and are quick enough, the largest that does all of the work
    and speaks ``language`` is the best.

    ``free`` bytes of memory, of the processor or the card, whichever the model would use.
    """
    offered = (model for model in found if not model.served and model.bytes > 0 and model.task != TESTS)
    told: list[Recommendation] = []
    for model in sorted(offered, key=lambda model: -model.bytes):
        seconds = pace.table(model.bytes) if pace is not None else 0.0
        fits = model.bytes + BESIDE <= free
        does_all = not model.task and (not model.languages or not language or language in model.languages)
        best = fits and does_all and seconds <= PATIENCE and not any(one.best for one in told)
        told.append(Recommendation(model, model.bytes + BESIDE, fits, seconds, best))
    return told
