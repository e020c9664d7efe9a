"""Asking cells again: which ones wait, what a person decided stays, and the other answer lies beside the one that is shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from citegrid.core.project import Project
from citegrid.core.table import Cell, Column, Row, Table, Verdict

Place = tuple[str, str]
DECIDED = (Verdict.ACCEPTED, Verdict.EDITED)


def asked_anew(project: Project, only: Collection[Place], hint: str = "") -> Project:
    """``project`` as a run sees it that asks the cells ``only`` (work, column): they wait, whatever stood in them.  Their
    columns ask for ``hint`` too, in this run alone."""
    if not only:
        return project
    names = {column for _, column in only}
    columns = tuple(_with_hint(c, hint) if hint and c.name in names else c for c in project.table.columns)
    rows = tuple(
        replace(row, cells=tuple(Cell(c.column) if (row.work.id, c.column) in only else c for c in row.cells))
        for row in project.table.rows
    )
    return replace(project, table=replace(project.table, columns=columns, rows=rows))


def _with_hint(column: Column, hint: str) -> Column:
    return replace(column, instruction=" ".join(filter(None, (column.instruction, hint))))


def said_again(before: Table, after: Table, only: Collection[Place]) -> int:
    """How many of the cells ``only`` say the same after they were asked again."""
    old, new = ({(row.work.id, c.column): c.text for row in table.rows for c in row.cells} for table in (before, after))
    return sum(place in new and old.get(place) == new[place] for place in only)


def keep_decided(rows: Sequence[Row], table: Table, only: Collection[Place]) -> tuple[Row, ...]:
    """The run's ``rows`` with the cells among ``only`` that a person decided on as they stand in ``table``, and pinned as
    they are by now."""
    decided = {
        (row.work.id, c.column): c
        for row in table.rows
        for c in row.cells
        if (row.work.id, c.column) in only and c.verdict in DECIDED
    }
    pinned = {row.work.id: row.pinned for row in table.rows}
    return tuple(
        replace(
            row,
            cells=tuple(decided.get((row.work.id, c.column), c) for c in row.cells),
            pinned=pinned.get(row.work.id, row.pinned),
        )
        for row in rows
    )


def beside(new: Cell, old: Cell | None) -> Cell:
    """A new answer with the old one beside it as the other text, where they differ."""
    if old is None or old.verdict in DECIDED or not old.text or old.text == new.text:
        return new
    return replace(new, draft=old.text)
