"""The use-cases of a person's hand on single cells: their text, which the verifier weighs, and the verdict on them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from citegrid.concurrency.jobs import Job
from citegrid.core.edits.review import with_review
from citegrid.core.evidence import Match
from citegrid.core.messages import say
from citegrid.core.project import SetCell, Several
from citegrid.core.table import Cell, Row, Status, Verdict, Wording
from citegrid.ports import Cancel, LanguageModel, Progress
from citegrid.workbench import lazy_imports
from citegrid.workbench.library.use import LibraryUse
from citegrid.workbench.papers.opened import OpenPapers
from citegrid.workbench.session import Session

#: What stands in a cell of which a person said that the paper does not state it; a sentence of the catalogue.
NOT_STATED = "not stated"


def _is_copied(cell: Cell, entries: Collection[str]) -> bool:
    """Whether nobody decided on a cell whose words are printed so in an entry of a reference list."""
    sure = cell.verdict is Verdict.OPEN and cell.status is Status.SUPPORTED and cell.wording is Wording.PRINTED
    exact = all(e.match is Match.EXACT for e in cell.evidence)
    quotes = ["".join(e.quote.split()) for e in cell.evidence]
    return sure and exact and bool(quotes) and all(any(quote in entry for entry in entries) for quote in quotes)


class CellEdits:
    """What a person writes into a cell and says of it."""

    def __init__(self, session: Session, papers: OpenPapers, library: LibraryUse) -> None:
        self._session, self._papers, self._library = session, papers, library

    def at(self, work_id: str, column: str) -> Cell:
        """The cell of a work and a column; raises KeyError."""
        for cell in self.row(work_id).cells:
            if cell.column == column:
                return cell
        raise KeyError((work_id, column))

    def row(self, work_id: str) -> Row:
        """The row of a work; raises KeyError."""
        for row in self._session.project.table.rows:
            if row.work.id == work_id:
                return row
        raise KeyError(work_id)

    def judge(self, work_id: str, column: str, verdict: Verdict) -> None:
        """Accept or reject a cell, or open it again; raises KeyError."""
        self._set(work_id, replace(self.at(work_id, column), verdict=verdict))

    def accept_copied(self) -> int:
        """Accept, in one step, the open cells that are copied from the entry of their work in a reference list, word for word;
        how many there were."""
        entries = {"".join(one.raw.split()) for paper in self._papers.read_so_far() for one in paper.references}
        edits = [
            SetCell(row.work.id, replace(cell, verdict=Verdict.ACCEPTED), by_person=True)
            for row in self._session.project.table.rows
            for cell in row.cells
            if _is_copied(cell, entries)
        ]
        if edits:
            self._session.apply(Several(tuple(edits)))
        return len(edits)

    def mark_not_stated(self, work_id: str, column: str) -> None:
        """Take a person's word that the paper does not state it: the cell says so, accepted and without evidence, and what
        stood there lies beside it; raises KeyError."""
        old = self.at(work_id, column)
        said = replace(old, text=say(NOT_STATED, self._session.project.language), draft=old.text, doubts=())
        bare = replace(said, status=Status.NOT_STATED, evidence=(), reason="", verdict=Verdict.ACCEPTED)
        self._set(work_id, bare)

    def _set(self, work_id: str, cell: Cell) -> None:
        """Set a cell by a person's hand; the review's sentences that rest on it are marked in the same step."""
        edit = SetCell(work_id, cell, by_person=True)
        self._session.apply(with_review(self._session.project, edit))

    # -- text ----------------------------------------------------------------------------------------------------------

    def edit(self, work_id: str, column: str, text: str) -> Job[None] | None:
        """Take a person's text for a cell; the verifier looks for its evidence beside the owner's thread, first by its words,
        then by the model where one is loaded.  The job of the former; None where there is nothing to look for."""
        old = self.at(work_id, column)
        if text.strip() == old.text:
            return None
        new = replace(old, text=text.strip(), verdict=Verdict.EDITED, draft=old.draft or old.text, doubts=())
        self._papers.all_read()
        self._set(work_id, lazy_imports.check_edit.unchecked(new))
        return self._check_words(work_id, new) if new.text else None

    def _check_words(self, work_id: str, edited: Cell) -> Job[None]:
        """Weigh a person's text by its words; in a long paper that takes longer than a window may be held."""
        session = self._session

        def take(cell: Cell) -> None:
            if self._take_check(work_id, cell) and session.model is not None:
                self._check_with_model(work_id, edited)

        work = self._checking(work_id, edited, lambda: None, take)
        return session.start(session.queues.reading, "Checking your text", work, told=False)

    def _check_with_model(self, work_id: str, edited: Cell) -> None:
        """Let the model weigh a person's text."""
        session = self._session

        def take(cell: Cell) -> None:
            self._take_check(work_id, cell)

        work = self._checking(work_id, edited, lambda: session.model, take)
        session.start(session.queues.asking, "Checking your text", work)

    def _checking(
        self,
        work_id: str,
        edited: Cell,
        model: Callable[[], LanguageModel | None],
        take: Callable[[Cell], None],
    ) -> Callable[[Progress, Cancel], None]:
        """The work of a check; ``take`` is given its outcome on the owner's thread, unless another project is open by then."""
        papers, work, language = self._papers.all_read(), self.row(work_id).work, self._session.project.language
        taken = self._session.for_this_project(take)

        def check(progress: Progress, cancel: Cancel) -> None:
            library = self._library.for_run()
            cell = lazy_imports.check_edit.check_edit(
                papers, work, edited, model(), language, library=library, cancel=cancel
            )
            self._session.post(lambda: taken(cell))

        return check

    def _take_check(self, work_id: str, cell: Cell) -> bool:
        """Take what a check found; it counts only while the text is still the same."""
        try:
            now = self.at(work_id, cell.column)
        except KeyError:
            return False
        if now.text != cell.text:
            return False
        edit = SetCell(work_id, replace(cell, verdict=now.verdict), by_person=True)
        self._session.apply(edit, undoable=False)
        return True
