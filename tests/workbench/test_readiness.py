"""What can be done with a project: begun, fillable, broken off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citegrid.core.project import Project, SourceFile
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.workbench.readiness import Readiness

EMPTY = Project()
ASKING = Project(table=Table((Column("A"), Column("B"))))


def table(*statuses: Status) -> Project:
    """A project of one row whose cells have these statuses."""
    columns = tuple(Column(str(i)) for i, _ in enumerate(statuses))
    cells = tuple(Cell(c.name, status=s) for c, s in zip(columns, statuses, strict=True))
    return Project(table=Table(columns, (Row(Work(WorkKind.PAPER, "paper", "T"), cells),)))


def test_a_project_is_begun_with_its_first_paper_picture_or_column() -> None:
    file = SourceFile("/a.pdf", "a.pdf", "0")
    assert not Readiness(EMPTY, False, False).begun
    for one in (replace(EMPTY, paper=file), replace(EMPTY, picture=file), ASKING):
        assert Readiness(one, False, False).begun


@pytest.mark.parametrize(
    ("project", "read", "busy", "fillable", "can_fill"),
    [
        (EMPTY, True, False, False, False),
        (ASKING, False, False, False, False),
        (ASKING, True, True, True, False),
        (ASKING, True, False, True, True),
    ],
)
def test_a_run_needs_a_paper_columns_and_no_other_job(project, read, busy, fillable, can_fill) -> None:  # type: ignore[no-untyped-def]
    now = Readiness(project, read, busy)
    assert (now.fillable, now.can_fill) == (fillable, can_fill)


def test_a_run_broke_off_where_some_cells_wait_and_nobody_is_at_them() -> None:
    half = table(Status.SUPPORTED, Status.WAITING)
    assert Readiness(half, True, False).broke_off
    assert not Readiness(half, True, True).broke_off
    assert not Readiness(table(Status.WAITING, Status.WAITING), True, False).broke_off
    assert not Readiness(table(Status.SUPPORTED, Status.FAILED), True, False).broke_off
    assert not Readiness(EMPTY, True, False).broke_off
