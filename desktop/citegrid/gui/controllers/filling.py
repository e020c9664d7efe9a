"""Filling: the question of the toolbar, a run, and a paragraph said anew; between the window and the Workbench."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from citegrid.concurrency.jobs import Job, JobState
from citegrid.core.document import Span
from citegrid.core.edits.ask_again import Place, said_again
from citegrid.core.errors import CiteGridError
from citegrid.core.evidence import Selection
from citegrid.core.table import Status, Table
from citegrid.gui.dialogs.buttons import one_field
from citegrid.gui.dialogs.new_text import NewTextDialog
from citegrid.gui.i18n import tr
from citegrid.gui.panes.picture_pane import PicturePane
from citegrid.gui.panes.review_pane import ReviewPane
from citegrid.gui.settings import Settings
from citegrid.workbench.readiness import Readiness

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench


class Filling(QObject):
    """``failed(CiteGridError)`` when a run cannot begin."""

    failed = Signal(object)
    noted = Signal(str)

    def __init__(
        self, workbench: Workbench, settings: Settings, query: QLineEdit, picture: PicturePane, window: QWidget
    ) -> None:
        super().__init__(window)
        self._workbench, self._settings, self._query, self._picture = workbench, settings, query, picture
        self._when_ready = False
        self._window = window
        self._asked: tuple[Job[None], Table, tuple[Place, ...]] | None = None

    def _try(self, call: Callable[[], object]) -> None:
        try:
            call()
        except CiteGridError as error:
            self.failed.emit(error)

    def fill(
        self,
        again: bool = False,
        only: Sequence[Place] = (),
        anew: bool = False,
        hint: str = "",
        at: Selection | None = None,
    ) -> None:
        """Fill the waiting cells (all with ``again``) of the rows, chosen ``anew`` or not; or ask the cells ``only`` anew, with
        a ``hint`` to the model, or ``at`` one place of a paper."""
        self.take_query()
        self._picture.commit()
        start, before = self._workbench.fill.start, self._workbench.project.table

        def begin() -> None:
            job = start(self._settings.chosen_model, again=again, anew=anew, only=only, hint=hint, at=at)
            self._asked = (job, before, tuple(only)) if only else None

        self._try(begin)

    def ask_hint(self, only: Sequence[Place]) -> None:
        """Ask the cells ``only`` again with what the person adds to the question."""
        lead = tr("What is the model to look for? For example: name the data set, or: give the number of patients.")
        dialog = one_field(self._window, tr("Ask again with a hint"), lead, tr("Ask again"))
        dialog.textValueSelected.connect(lambda hint: self.fill(only=only, hint=hint.strip()))
        dialog.open()

    def ask_at(self, only: Sequence[Place], spans: Sequence[Span]) -> None:
        """Ask the cells ``only`` again, of the words ``spans`` of the shown paper alone."""
        if only:
            self.fill(only=only, at=Selection(self._workbench.shown_paper.name, tuple(spans)))

    def ended(self, job: Job[object]) -> None:
        """A job has ended: where cells were asked again and say the same, the person is told."""
        asked, self._asked = (
            (self._asked, None) if self._asked is not None and self._asked[0] is job else (None, self._asked)
        )
        if asked is None or job.state is not JobState.DONE:
            return
        _, before, only = asked
        same = said_again(before, self._workbench.project.table, only)
        if same == len(only) == 1:
            self.noted.emit(tr("Asked again, the answer is the same."))
        elif same:
            self.noted.emit(tr("Asked again, {same} of {count} answers are the same.", same=same, count=len(only)))

    def add_row(self, reference_id: str) -> None:
        """Give a reference a row; in a table that is being filled it is filled at once."""
        table = self._workbench.project.table
        begun = any(cell.status is not Status.WAITING for row in table.rows for cell in row.cells)
        self._try(lambda: self._workbench.table.add_row(reference_id))
        rows = [row for row in self._workbench.project.table.rows if row not in table.rows]
        if begun and rows and not self._workbench.session.queues.asking.busy:
            self.fill(only=[(row.work.id, cell.column) for row in rows for cell in row.cells])

    def when_ready(self) -> None:
        """Fill as soon as everything has been read, however many jobs end before."""
        self._when_ready = True

    def give_up(self) -> None:
        """What was to be read failed: nothing begins by itself any more."""
        self._when_ready = False

    def begin_if_ready(self, now: Readiness) -> None:
        """Begin what waits for everything to be read, once it is."""
        all_read = len(self._workbench.papers.documents) == len(now.project.papers)
        if self._when_ready and now.can_fill and all_read:
            self._when_ready = False
            self.fill()

    def take_query(self) -> None:
        """Take the question over when it was changed."""
        text = self._query.text().strip()
        if text and text != self._workbench.project.query:
            self._try(lambda: self._workbench.table.set_query(text))

    def show_query(self) -> None:
        """Show the project's question."""
        query = self._workbench.project.query
        if self._query.text() != query:
            self._query.setText(query)
            self._query.setCursorPosition(0)
            self._query.setToolTip(query)

    def compare(self, pane: ReviewPane) -> None:
        """Show what a later run wrote beside the person's text, to be taken or left."""
        pane.text.commit()
        project = self._workbench.project
        if project.review is None or project.beside is None:
            return
        dialog = NewTextDialog(project.review, project.beside, pane)
        dialog.taken.connect(self._workbench.review.take_new)
        dialog.open()

    def rewrite(self, paragraph: int) -> None:
        """Have a paragraph of the review said anew."""
        self._try(lambda: self._workbench.review.rewrite_paragraph(paragraph, self._settings.chosen_model))
