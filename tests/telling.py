"""A double of the model that answers at once, and the sample that it is asked about."""

from __future__ import annotations

from pathlib import Path

from tests.doubles.engines import FakeModel

from citegrid.cli.progress import ProgressLine
from citegrid.core.table import Column

SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample"
COLUMNS = [Column("文献名称"), Column("作者与年份"), Column("主要方法")]
QUIET = ProgressLine(quiet=True)


class Telling(FakeModel):
    """Finds that sentences with the word "propose" or "introduce" speak of every column, and repeats them in Chinese."""

    def __init__(self) -> None:
        super().__init__(lambda ask: "作者提出了一种新的方法")

    def weigh(self, asks, choices, *, cancel=None):
        self.asked.extend(asks)
        speaks = ("propose", "introduce", "train", "Claim: ")
        rest = [0.0] * (len(choices) - 2)
        told = [any(w in a.shared + a.own for w in speaks) for a in asks]
        return [(3.0, -3.0, *rest) if yes else (-2.0, 2.0, *rest) for yes in told]
