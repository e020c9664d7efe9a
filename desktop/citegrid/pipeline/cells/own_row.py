"""A main paper's own row once a person corrected what its title page says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from citegrid.core.paper import Paper, ids_of
from citegrid.core.project import Project, SetFields, set_rows
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Row, Status, Table, Verdict
from citegrid.pipeline.cells.rows import waiting_row


@dataclass(frozen=True, slots=True)
class OwnCells:
    """What a paper's title page says of it now: the work, and the cells that a title page fills, by column."""

    own_id: str
    work: Work
    cells: tuple[Cell, ...]

    def in_table(self, table: Table) -> SetFields:
        """The edit that brings the paper's row in line; what a person decided on stays, with the new value beside it."""
        rows = (self._in_row(row) if self.own_id in ids_of(row.work) else row for row in table.rows)
        return set_rows(tuple(rows), table)

    def _in_row(self, row: Row) -> Row:
        said = self.work
        work = replace(row.work, kind=WorkKind.PAPER, title=said.title, authors=said.authors, year=said.year)
        new = {cell.column: cell for cell in self.cells}
        cells = tuple(_taken(cell, new[cell.column]) if cell.column in new else cell for cell in row.cells)
        return replace(row, work=work, cells=cells)


def cells_of(project: Project, papers: Sequence[Paper], paper: Paper) -> OwnCells:
    """The cells of ``paper`` (one of ``papers``) that its title page fills, each with its place."""
    document = paper.document
    title = document.called
    work = Work(WorkKind.PAPER, paper.own_id, title, document.authors, document.year)
    row = waiting_row(papers, work, project.table.columns, project.language)
    filled = (cell for cell in row.cells if cell.status not in (Status.WAITING, Status.LINK))
    return OwnCells(paper.own_id, work, tuple(filled))


def _taken(old: Cell, new: Cell) -> Cell:
    """The new value of a cell, or the old one with it beside where a person decided on another."""
    return new if old.verdict is Verdict.OPEN or old.text == new.text else replace(old, draft=new.text)
