"""The use-cases of a person's hand: the query, the columns, the rows, single cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from citegrid.bench.shelf import Shelf
from citegrid.bench.sources import Sources
from citegrid.core import rows
from citegrid.core.columns import check_names, corrected
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
from citegrid.pipeline import walk
from citegrid.pipeline.request import read_request
from citegrid.ports import Cancel, Progress
from citegrid.store import templates


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

    def edit_cell(self, work_id: str, column: str, text: str) -> None:
        """Take a person's text for a cell; its evidence is looked for again by the verifier."""
        old = self.cell(work_id, column)
        if text.strip() == old.text:
            return
        new = replace(old, text=text.strip(), verdict=Verdict.EDITED, draft=old.draft or old.text)
        papers, work, language = self._papers(), self._row(work_id).work, self.project.language
        self.apply(
            SetCell(
                work_id, walk.check_edit(papers, work, new, None, language, library=self._library()), by_person=True
            )
        )
        if new.text and self._model is not None:
            self._check_again(work_id, new)

    def _check_again(self, work_id: str, edited: Cell) -> None:
        """Let the model weigh a person's text; the answer counts only while the text is still the same."""
        papers, work, language = self._papers(), self._row(work_id).work, self.project.language
        generation = self._generation

        def judged(cell: Cell) -> None:
            if generation != self._generation:
                return
            try:
                now = self.cell(work_id, cell.column)
            except KeyError:
                return
            if now.text == cell.text:
                self.apply(SetCell(work_id, replace(cell, verdict=now.verdict), by_person=True), undoable=False)

        def check(progress: Progress, cancel: Cancel) -> None:
            model = self._model[1] if self._model is not None else None
            cell = walk.check_edit(papers, work, edited, model, language, library=self._library(), cancel=cancel)
            self._post(lambda: judged(cell))

        self._asking.start("Checking your text", check, self._hear)

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
        work = walk.work_of(reference, self.project.language)
        row = walk.waiting_row(self._papers(), work, self.project.table.columns, self.project.language)
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
