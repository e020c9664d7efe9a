"""The use-case that the program is for: fill the table and write the review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from citegrid.concurrency.jobs import Job
from citegrid.core.edits.ask_again import asked_anew, beside, keep_decided
from citegrid.core.errors import UsageError
from citegrid.core.project import (
    Part,
    Run,
    SetCell,
    SetFields,
    fit_rows,
    set_rows,
)
from citegrid.core.review import Review
from citegrid.core.table import Cell, Row
from citegrid.pipeline.cells.selection.query import request_of
from citegrid.ports import Cancel, Progress
from citegrid.workbench import lazy_imports
from citegrid.workbench.library import Shelf
from citegrid.workbench.sources import Sources


class Filling(Sources, Shelf):
    """A fill runs as a job; what it finds is taken here, on the owner's thread."""

    def fill(
        self,
        model: Path | None = None,
        *,
        again: bool = False,
        anew: bool = False,
        strict: bool = False,
        only: Sequence[tuple[str, str]] = (),
    ) -> Job[None]:
        """Fill the waiting cells (all of them with ``again``) and write the review; cells arrive one by one.

        With ``anew`` the rows are chosen anew: those that are pinned or that a person decided on stay.

        With ``strict`` a cell whose evidence does not carry it is left as not stated.

        With ``only``, pairs of work and column, these cells are asked again and the review stays: what the model says
        now takes the place of the old answer, which lies beside it; what a person accepted or wrote stays, and the
        new answer lies beside that.  A run is undone in one step.

        Raises UsageError when there is no paper or there are no columns yet.
        """
        papers, project, generation = self._papers(), asked_anew(self.project, only), self._generation
        if not project.table.columns:
            raise UsageError("The table has no columns yet.", "Open a picture of the table, or type the column names.")

        asked = {c.name: c.question for c in project.table.columns}
        before = {
            (r.work.id, c.column): c for r in self.project.table.rows for c in r.cells if (r.work.id, c.column) in only
        }

        def mine(call: Callable[[], None]) -> None:
            self._post(lambda: call() if generation == self._generation else None)

        listener = lazy_imports.run.RunListener(
            rows=lambda rows: mine(lambda: self._take_rows(rows, only)),
            cell=lambda work_id, cell: mine(
                lambda: self._take_cell(work_id, beside(cell, before.get((work_id, cell.column))), asked[cell.column])
            ),
            review=lambda review: mine(lambda: self._take_review(review)),
        )

        def work(progress: Progress, cancel: Cancel) -> None:
            progress.report("Loading the model", 0, 0)
            engine = self._load_model(model)
            roots = self.library_roots
            library = self._librarian.for_walk(roots, engine, cancel) if roots else None
            context = lazy_imports.context.RunContext(
                tuple(papers), request_of(project), engine, library, progress, cancel
            )
            options = lazy_imports.run.RunOptions(again, anew, review=not only, strict=strict)
            run = lazy_imports.run.fill_table(context, project, listener, options)
            mine(lambda: self._take_run(run))

        return self._asking.start("Filling the table", work, self._hear)  # type: ignore[arg-type]

    def _take_rows(self, rows: tuple[Row, ...], only: Sequence[tuple[str, str]] = ()) -> None:
        """The rows of a fill; columns may have changed since it began.  What stood before is what undo brings back."""
        table, review = self.project.table, self.project.review
        rows = fit_rows(keep_decided(rows, table, only), table.columns)
        self.apply(set_rows(rows, table), undoable=False)
        self._undo.append(SetFields((("table", table), ("review", review)), frozenset({Part.ROWS, Part.REVIEW})))
        self._redo.clear()

    def _take_cell(self, work_id: str, cell: Cell, question: object) -> None:
        if all((c.name, c.question) != (cell.column, question) for c in self.project.table.columns):
            return  # its column asks something else by now
        try:
            self.apply(SetCell(work_id, cell), undoable=False)
        except KeyError:
            return  # its row was removed while it was asked

    def _take_review(self, review: Review) -> None:
        self.apply(SetFields((("review", review),), frozenset({Part.REVIEW})), undoable=False)

    def _take_run(self, run: Run) -> None:
        papers = self._papers_read()  # another one may have been added meanwhile
        checks = lazy_imports.quality_checks.checks_of(self.project, papers) if papers else ()
        values = (("run", run), ("checks", checks))
        self.apply(SetFields(values, frozenset({Part.RUN})), undoable=False)

    def note_seconds(self, step: str, seconds: float) -> None:
        """Add the time of a step to the run's account."""
        run = self.project.run
        run = replace(run, seconds=(*(s for s in run.seconds if s[0] != step), (step, round(seconds, 2))))
        self.apply(SetFields((("run", run),), frozenset({Part.RUN})), undoable=False)
