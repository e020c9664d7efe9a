"""The use-case that the program is for: fill the table and write the review."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from citegrid.batch.model_when_asked import ModelWhenAsked
from citegrid.concurrency.jobs import Job
from citegrid.core.edits.ask_again import Place, asked_anew, beside, keep_decided
from citegrid.core.edits.new_text import arrived
from citegrid.core.errors import UsageError
from citegrid.core.evidence import Selection
from citegrid.core.model.endpoint import ModelChoice
from citegrid.core.project import (
    Part,
    Project,
    Run,
    SetCell,
    SetFields,
    fit_rows,
    set_rows,
)
from citegrid.core.review import Review
from citegrid.core.table import Cell, Row
from citegrid.ports import Cancel, LanguageModel, Progress
from citegrid.workbench import lazy_imports
from citegrid.workbench.glossary.use import GlossaryUse, with_learnt
from citegrid.workbench.library.use import LibraryUse
from citegrid.workbench.papers.opened import OpenPapers
from citegrid.workbench.session import Session


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stood there when a run began: each column's question, and the cells that are asked again."""

    only: tuple[Place, ...]
    questions: dict[str, object]
    before: dict[Place, Cell]

    @classmethod
    def of(cls, project: Project, only: Sequence[Place]) -> _Asked:
        before = {
            (row.work.id, cell.column): cell
            for row in project.table.rows
            for cell in row.cells
            if (row.work.id, cell.column) in only
        }
        return cls(tuple(only), {c.name: c.question for c in project.table.columns}, before)


class TableFill:
    """A fill runs as a job; what it finds is taken here, on the owner's thread."""

    def __init__(self, session: Session, papers: OpenPapers, library: LibraryUse, glossary: GlossaryUse) -> None:
        self._session, self._papers, self._library, self._glossary = session, papers, library, glossary

    def start(
        self,
        model: ModelChoice | None = None,
        *,
        again: bool = False,
        anew: bool = False,
        strict: bool = False,
        only: Sequence[Place] = (),
        hint: str = "",
        at: Selection | None = None,
    ) -> Job[None]:
        """Fill the waiting cells (all of them with ``again``) and write the review; cells arrive one by one.

        With ``anew`` the rows are chosen anew: those that are pinned or that a person decided on stay.

        With ``strict`` a cell whose evidence does not carry it is left as not stated.

        With ``only``, pairs of work and column, these cells are asked again and the review stays: what the model says
        now takes the place of the old answer, which lies beside it; what a person accepted or wrote stays, and the
        new answer lies beside that.  ``hint`` is what the person adds to the question this once, ``at`` the place
        of a paper that alone is asked.  A run is undone in one step.

        Raises UsageError when there is no paper or there are no columns yet.
        """
        session, papers = self._session, self._papers.all_read()
        if not session.project.table.columns:
            raise UsageError("The table has no columns yet.", "Open a picture of the table, or type the column names.")
        project, listener = asked_anew(session.project, only, hint), self._listener(_Asked.of(session.project, only))
        options = lazy_imports.run.RunOptions(again, anew, review=not only, strict=strict)
        take_run, kept = session.for_this_project(self._take_run), self._glossary.kept()

        def work(progress: Progress, cancel: Cancel) -> None:
            with ThreadPoolExecutor(1, "citegrid-loading") as aside:
                loading = aside.submit(session.load_model, model, cancel)

                def loaded(path: Path, sha256: str) -> LanguageModel:
                    progress.report("Loading the model", 0, 0)
                    return loading.result()

                later = ModelWhenAsked(Path(), "", loaded)
                library = self._library.for_run(later, cancel)
                context = session.context_of(papers, project, later, library, kept, progress, cancel)
                rows = lazy_imports.run.choose_rows(context, project, options)
                if project.table.rows:
                    later.loaded()  # answers that are asked again make room only once somebody can be asked
                listener.rows(rows)  # of a new table what the entries print is there before the model is
                terms = with_learnt(kept, papers, library, cancel)
                context = replace(context, model=later.loaded(), glossary=terms, selection=at)
            run = lazy_imports.run.fill_table(context, project, listener, options, rows)
            session.post(lambda: take_run(run))

        return session.start(session.queues.asking, "Filling the table", work)

    def _listener(self, asked: _Asked) -> lazy_imports.run.RunListener:
        """Hands on to the owner's thread what a run finds."""
        session = self._session
        take_rows, take_review = session.for_this_project(self._take_rows), session.for_this_project(self._take_review)

        def answer(work_id: str, cell: Cell) -> None:
            old = asked.before.get((work_id, cell.column))
            self._take_cell(work_id, beside(cell, old), asked.questions[cell.column])

        take_answer = session.for_this_project(answer)
        return lazy_imports.run.RunListener(
            rows=lambda rows: session.post(lambda: take_rows(rows, asked.only)),
            cell=lambda work_id, cell: session.post(lambda: take_answer(work_id, cell)),
            review=lambda review: session.post(lambda: take_review(review)),
        )

    def _take_rows(self, rows: tuple[Row, ...], only: Sequence[Place] = ()) -> None:
        """The rows of a fill; columns may have changed since it began.  What stood before is what undo brings back."""
        project = self._session.project
        table, review = project.table, project.review
        rows = fit_rows(keep_decided(rows, table, only), table.columns)
        values = (("table", table), ("review", review), ("beside", project.beside))
        before = SetFields(values, frozenset({Part.ROWS, Part.REVIEW}))
        self._session.remember_undo(before)  # first: who hears of the rows looks whether they can be taken back
        self._session.apply(set_rows(rows, table), undoable=False)

    def _take_cell(self, work_id: str, cell: Cell, question: object) -> None:
        columns = self._session.project.table.columns
        if all((c.name, c.question) != (cell.column, question) for c in columns):
            return  # its column asks something else by now
        try:
            self._session.apply(SetCell(work_id, cell), undoable=False)
        except KeyError:
            return  # its row was removed while it was asked

    def _take_review(self, review: Review) -> None:
        """The text of a run; beside the review where a person edited that."""
        self._session.apply(arrived(self._session.project, review), undoable=False)

    def _take_run(self, run: Run) -> None:
        papers = self._papers.read_so_far()  # another one may have been added meanwhile
        checks = lazy_imports.quality_checks.checks_of(self._session.project, papers) if papers else ()
        values = (("run", run), ("checks", checks))
        self._session.apply(SetFields(values, frozenset({Part.RUN})), undoable=False)

    def note_seconds(self, step: str, seconds: float) -> None:
        """Add the time of a step to the run's account."""
        run = self._session.project.run
        run = replace(run, seconds=(*(s for s in run.seconds if s[0] != step), (step, round(seconds, 2))))
        self._session.apply(SetFields((("run", run),), frozenset({Part.RUN})), undoable=False)
