"""The use-cases of a person's hand on the table: the query, its limits, the columns, the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from citegrid.core.edits import rows
from citegrid.core.edits.columns import check_names, corrected
from citegrid.core.paper import ids_of
from citegrid.core.project import (
    Edit,
    Part,
    SetColumns,
    SetFields,
    Several,
)
from citegrid.core.table import Column
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.store import templates
from citegrid.workbench import lazy_imports
from citegrid.workbench.papers.opened import OpenPapers
from citegrid.workbench.papers.shown import ShownPaper
from citegrid.workbench.session import Session


class TableEdits:
    """What the table asks, and which rows it has."""

    def __init__(self, session: Session, papers: OpenPapers, shown: ShownPaper) -> None:
        self._session, self._papers, self._shown = session, papers, shown

    # -- the query -----------------------------------------------------------------------------------------------------

    def set_query(self, query: str, language: str = "") -> None:
        """Set what the person asks for; the language is read from the query, unless it is given or was chosen before."""
        now = self._session.project
        chosen = now.language if read_request(now.query).language != now.language else ""
        language = language or chosen or read_request(query).language
        self._session.apply(SetFields((("query", query), ("language", language)), frozenset({Part.QUERY})))

    def set_task(self, query: str, language: str, max_rows: int, target: int) -> None:
        """Set all that is asked for, in one step."""
        values = (("query", query), ("language", language), ("max_rows", max_rows), ("target", target))
        self._session.apply(SetFields(values, frozenset({Part.QUERY})))

    def set_limits(self, max_rows: int, target: int) -> None:
        """Set the number of rows and the review's length; 0 means: as the query says, or the default."""
        self._session.apply(SetFields((("max_rows", max_rows), ("target", target)), frozenset({Part.QUERY})))

    # -- columns -------------------------------------------------------------------------------------------------------

    def set_columns(self, columns: Sequence[Column], renamed: Sequence[tuple[str, str]] = ()) -> None:
        """Replace the columns; ``renamed`` pairs old and new names whose cells are to be kept."""
        made = tuple(replace(c, name=c.name.strip()) for c in columns)
        check_names(made)
        edits: list[Edit] = [SetColumns(made, tuple(renamed))]
        template = self._session.project.template
        if template is not None:  # what the picture gave, as the person corrected it
            fields = (("template", corrected(template, made, renamed)),)
            edits.append(SetFields(fields, frozenset({Part.COLUMNS})))
        self._session.apply(Several(tuple(edits)))

    def use_template(self, name: str) -> None:
        """Take the columns of a saved template; raises InputError when it cannot be used."""
        self.set_columns(templates.load(name))

    def save_template(self, name: str) -> Path:
        """Keep the table's columns as a template; the file it lies in."""
        return templates.save(name, self._session.project.table.columns)

    # -- rows ----------------------------------------------------------------------------------------------------------

    def drop_row(self, work_id: str) -> None:
        """Remove a row; its work is not chosen again by itself."""
        self._session.apply(rows.drop(self._session.project, (work_id,)))

    def pin_rows(self, work_ids: Sequence[str], on: bool = True) -> None:
        """Pin rows, so that they stay when the rows are chosen anew; or let them go again."""
        self._session.apply(rows.pin(self._session.project, work_ids, on))

    def move_row(self, work_id: str, to: int) -> None:
        """Move a row to position ``to``."""
        self._session.apply(rows.move(self._session.project, work_id, to))

    def add_row(self, reference_id: str) -> None:
        """Add a row of waiting cells for a reference of the shown paper; nothing when it has one."""
        project = self._session.project
        if any(reference_id in ids_of(r.work) for r in project.table.rows):
            return
        reference = next(r for r in self._shown.references if r.id == reference_id)
        work = lazy_imports.rank_works.work_of(reference)
        row = lazy_imports.rows.waiting_row(self._papers.all_read(), work, project.table.columns, project.language)
        self._session.apply(rows.add(project, row))
