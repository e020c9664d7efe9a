"""The use-cases of a person's hand: the query, the columns, the rows, single cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from citegrid.concurrency.jobs import Job
from citegrid.core.edits import rows
from citegrid.core.edits.columns import check_names, corrected
from citegrid.core.papers import ids_of
from citegrid.core.project import (
    Edit,
    Part,
    SetCell,
    SetColumns,
    SetFields,
    Several,
)
from citegrid.core.table import Cell, Column, Row, Verdict
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.ports import Cancel, LanguageModel, Progress
from citegrid.store import templates
from citegrid.workbench import lazy_imports
from citegrid.workbench.library import Shelf
from citegrid.workbench.sources import Sources


class Editing(Sources, Shelf):
    """What a person changes in the table, and what is asked of it."""

    def set_query(self, query: str, language: str = "") -> None:
        """Set what the person asks for; the language is read from the query unless it is given."""
        language = language or read_request(query).language
        self.apply(SetFields((("query", query), ("language", language)), frozenset({Part.QUERY})))

    def set_limits(self, max_rows: int, target: int) -> None:
        """Set the number of rows and the review's length; 0 means: as the query says, or the default."""
        self.apply(SetFields((("max_rows", max_rows), ("target", target)), frozenset({Part.QUERY})))

    def set_columns(self, columns: Sequence[Column], renamed: Sequence[tuple[str, str]] = ()) -> None:
        """Replace the columns; ``renamed`` pairs old and new names whose cells are to be kept."""
        made = tuple(replace(c, name=c.name.strip()) for c in columns)
        check_names(made)
        edits: list[Edit] = [SetColumns(made, tuple(renamed))]
        if self.project.template is not None:  # what the picture gave, as the person corrected it
            template = corrected(self.project.template, made, renamed)
            edits.append(SetFields((("template", template),), frozenset({Part.COLUMNS})))
        self.apply(Several(tuple(edits)))

    def use_template(self, name: str) -> None:
        """Take the columns of a saved template; raises InputError when it cannot be used."""
        self.set_columns(templates.load(name))

    def save_template(self, name: str) -> Path:
        """Keep the table's columns as a template; the file it lies in."""
        return templates.save(name, self.project.table.columns)

    def edit_cell(self, work_id: str, column: str, text: str) -> Job[None] | None:
        """Take a person's text for a cell; the verifier looks for its evidence beside the owner's thread, first by its words,
        then by the model where one is loaded.  The job of the former; None where there is nothing to look for."""
        old = self.cell(work_id, column)
        if text.strip() == old.text:
            return None
        new = replace(old, text=text.strip(), verdict=Verdict.EDITED, draft=old.draft or old.text)
        self._papers()
        self.apply(SetCell(work_id, lazy_imports.check_edit.unchecked(new), by_person=True))
        return self._check_words(work_id, new) if new.text else None

    def _check_words(self, work_id: str, edited: Cell) -> Job[None]:
        """Weigh a person's text by its words; in a long paper that takes longer than a window may be held."""

        def then(cell: Cell) -> None:
            if self._take_check(work_id, cell) and self._model is not None:
                self._check_again(work_id, edited)

        work = self._checking(work_id, edited, lambda: None, then)
        return self._reading.start("Checking your text", work, self._hear_failure)

    def _check_again(self, work_id: str, edited: Cell) -> None:
        """Let the model weigh a person's text."""

        def loaded() -> LanguageModel | None:
            return self._model[1] if self._model is not None else None

        def then(cell: Cell) -> None:
            self._take_check(work_id, cell)

        self._asking.start("Checking your text", self._checking(work_id, edited, loaded, then), self._hear)

    def _checking(
        self,
        work_id: str,
        edited: Cell,
        model: Callable[[], LanguageModel | None],
        then: Callable[[Cell], None],
    ) -> Callable[[Progress, Cancel], None]:
        """The work of a check; ``then`` hears its outcome on the owner's thread, unless another project is open by then."""
        papers, work, language = self._papers(), self._row(work_id).work, self.project.language
        generation = self._generation

        def check(progress: Progress, cancel: Cancel) -> None:
            library = self._library()
            cell = lazy_imports.check_edit.check_edit(
                papers, work, edited, model(), language, library=library, cancel=cancel
            )
            self._post(lambda: then(cell) if generation == self._generation else None)

        return check

    def _take_check(self, work_id: str, cell: Cell) -> bool:
        """Take what a check found; it counts only while the text is still the same."""
        try:
            now = self.cell(work_id, cell.column)
        except KeyError:
            return False
        if now.text != cell.text:
            return False
        self.apply(SetCell(work_id, replace(cell, verdict=now.verdict), by_person=True), undoable=False)
        return True

    def judge_cell(self, work_id: str, column: str, verdict: Verdict) -> None:
        """Accept or reject a cell, or open it again."""
        self.apply(SetCell(work_id, replace(self.cell(work_id, column), verdict=verdict), by_person=True))

    def drop_row(self, work_id: str) -> None:
        """Remove a row; its work is not chosen again by itself."""
        self.apply(rows.drop(self.project, (work_id,)))

    def pin_rows(self, work_ids: Sequence[str], on: bool = True) -> None:
        """Pin rows, so that they stay when the rows are chosen anew; or let them go again."""
        self.apply(rows.pin(self.project, work_ids, on))

    def move_row(self, work_id: str, to: int) -> None:
        """Move a row to position ``to``."""
        self.apply(rows.move(self.project, work_id, to))

    def add_row(self, reference_id: str) -> None:
        """Add a row of waiting cells for a reference of the shown paper; nothing when it has one."""
        if any(reference_id in ids_of(r.work) for r in self.project.table.rows):
            return
        reference = next(r for r in self.references if r.id == reference_id)
        work = lazy_imports.rank_works.work_of(reference)
        row = lazy_imports.rows.waiting_row(self._papers(), work, self.project.table.columns, self.project.language)
        self.apply(rows.add(self.project, row))

    def cell(self, work_id: str, column: str) -> Cell:
        """The cell of a work and a column; raises KeyError."""
        for cell in self._row(work_id).cells:
            if cell.column == column:
                return cell
        raise KeyError((work_id, column))

    def _row(self, work_id: str) -> Row:
        for row in self.project.table.rows:
            if row.work.id == work_id:
                return row
        raise KeyError(work_id)
