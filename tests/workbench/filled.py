"""A filled table of the sample, for the tests of the use-cases."""

from __future__ import annotations

from tests.telling import COLUMNS, QUIET, SAMPLE

from citegrid.cli.progress import Loop
from citegrid.workbench.workbench import Workbench


def fill(workbench: Workbench, loop: Loop, rows: int = 4) -> None:
    loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
    workbench.table.set_limits(rows, 120)
    workbench.table.set_columns(COLUMNS)
    loop.wait(workbench.fill.start(), QUIET)
