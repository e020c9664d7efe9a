"""The window: the panes in their docks, and the one block in which wishes and facts are wired."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from citegrid.concurrency.jobs import Job, JobState
from citegrid.core.errors import CiteGridError
from citegrid.core.project import DEFAULT_QUERY, Changed, Part
from citegrid.gui import theme
from citegrid.gui.actions import Actions
from citegrid.gui.controllers.annotating import Annotating
from citegrid.gui.controllers.asking import Asking
from citegrid.gui.controllers.availability import enable
from citegrid.gui.controllers.checking import Checking
from citegrid.gui.controllers.closing import Closing
from citegrid.gui.controllers.columns import ColumnWork
from citegrid.gui.controllers.files import Files
from citegrid.gui.controllers.filling import Filling
from citegrid.gui.controllers.glossary import GlossaryWork
from citegrid.gui.controllers.library import LibraryWork
from citegrid.gui.controllers.many_papers import BatchWork
from citegrid.gui.controllers.papers import PaperWork
from citegrid.gui.controllers.preferences import Preferences
from citegrid.gui.controllers.problems import Problems
from citegrid.gui.controllers.project_view import ProjectView
from citegrid.gui.controllers.reports import ReportDialogs
from citegrid.gui.controllers.view_state import ViewKeeper
from citegrid.gui.controllers.zotero import ZoteroWork
from citegrid.gui.dock_area import DockArea
from citegrid.gui.i18n import language, set_language, tr
from citegrid.gui.panes.ask_pane import AskPane
from citegrid.gui.panes.evidence_pane import EvidencePane
from citegrid.gui.panes.library_pane import LibraryPane
from citegrid.gui.panes.pdf_pane import PdfPane
from citegrid.gui.panes.picture_pane import PicturePane
from citegrid.gui.panes.references_pane import ReferencesPane
from citegrid.gui.panes.review_pane import ReviewPane
from citegrid.gui.panes.start_page import StartPage, recent_words
from citegrid.gui.panes.table_pane import TablePane
from citegrid.gui.pdf_view.citation_navigation import Citing
from citegrid.gui.settings import Settings
from citegrid.gui.toolbar import Toolbar
from citegrid.gui.widgets.job_bar import JobStrip
from citegrid.gui.widgets.message_bar import MessageBar
from citegrid.gui.widgets.pane import Pane
from citegrid.gui.widgets.task_panel import Task, task_of
from citegrid.gui.wiring import wire
from citegrid.workbench.readiness import Readiness

if TYPE_CHECKING:
    from citegrid.core.review import Sentence
    from citegrid.core.table import Cell, Row
    from citegrid.gui.dialogs.preferences import Preferred
    from citegrid.workbench.workbench import Workbench


class Window(QMainWindow):
    """Owns the panes; the Workbench owns the project."""

    def __init__(self, workbench: Workbench, settings: Settings) -> None:
        super().__init__()
        self.workbench = workbench
        self.settings = settings
        self.actions_ = Actions(self)
        self.pdf, self.picture, self.references = PdfPane(), PicturePane(), ReferencesPane()
        self.evidence, self.table, self.review = EvidencePane(), TablePane(), ReviewPane()
        self.library, self.ask = LibraryPane(), AskPane()
        self._panes: tuple[Pane, ...] = (
            self.pdf, self.picture, self.references, self.table, self.review, self.library, self.ask,
        )  # fmt: skip
        right = [self.picture, self.references, self.evidence, self.library, self.ask]
        self.dock_area = DockArea(self.pdf, right, self.table, self.review)
        self.start = StartPage(settings.elsewhere)
        self.message = MessageBar()
        self.jobs = JobStrip()
        self.files = Files(workbench, settings, self)
        self.reports = ReportDialogs(workbench, settings, self)
        self.columns = ColumnWork(workbench, self.files, self)
        self.checking = Checking(workbench, self)
        self.citing = Citing(self)
        self.asking = Asking(workbench, settings, self.ask, self)
        self.stepping: Checking | Citing | Asking = self.checking
        self.problems = Problems(workbench, self.message, self)
        self.papers = PaperWork(workbench, settings, self)
        self.closing = Closing(workbench, self.jobs, self)
        self.preferences = Preferences(workbench, settings, self)
        self.glossary = GlossaryWork(workbench, settings, self)
        self.batch = BatchWork(workbench, self.files, settings, self)
        self.pdf.body.insertWidget(0, self.papers.tabs)
        self.library_work = LibraryWork(workbench, self.library, self)
        self.zotero = ZoteroWork(workbench, settings, self.files, self.library_work, self)
        self.view = ProjectView(
            workbench, self.pdf, self.picture, self.references, self.table, self.review, self.papers, self.citing
        )
        self.annotating = Annotating(workbench, self.pdf, self)
        self.keeper = ViewKeeper(workbench, settings, self.pdf, self.table)
        self._ended: WeakSet[Job[object]] = WeakSet()
        self._laid_out = False
        self._generation = workbench.session.generation
        self.setWindowIcon(theme.app_icon())
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._build()
        self.filling = Filling(workbench, settings, self.query, self.picture, self)
        self.jobs.set_usual_pace(settings.pace)
        self.start.set_recent(settings.recent_projects())
        wire(self)
        self._restore()
        self.retranslate()
        self.show_change(Changed(frozenset(Part)))

    # -- building ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.toolbar = Toolbar(self.actions_, self)
        self.query, self.fill_button = self.toolbar.query, self.toolbar.fill_button
        self.toolbar.main_menu.aboutToShow.connect(self._fill_menu)
        self.addToolBar(self.toolbar)
        self.addActions(self.actions_.without_button())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.dock_area)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(6)
        column.addWidget(self.stack, 1)
        column.addWidget(self.glossary.bar)
        column.addWidget(self.message)  # below the panes: the page that is read stays where it is
        column.addWidget(self.jobs)
        self.setCentralWidget(middle)

    def _restore(self) -> None:
        if not self.restoreGeometry(self.settings.bytes("window")):
            screen = QApplication.primaryScreen().availableGeometry()
            self.resize(min(1480, int(screen.width() * 0.95)), min(940, int(screen.height() * 0.92)))

    # -- facts ---------------------------------------------------------------------------------------------------------

    def show_change(self, changed: Changed) -> None:
        """The project changed: refresh what shows it; of another project than before, from the beginning."""
        self.files.settle()
        another = self._generation != self.workbench.session.generation
        if another:
            self._generation = self.workbench.session.generation
            self._forget()
        self.view.show(changed)
        if another:
            self.keeper.expect()
        if another or Part.ANSWERS in changed.parts:
            self.asking.recall(newest=another)
        if changed.parts & {Part.PAPER, Part.ANNOTATIONS}:
            self.annotating.places = self.citing.places
            self.annotating.show()
        if Part.PAPER in changed.parts:
            self.keeper.pages_shown()
            self.problems.tell_rebound()
        if Part.LIBRARY in changed.parts:
            self.library_work.show()
        if changed.parts & {Part.LIBRARY, Part.PAPER}:
            self.zotero.mark(self.references)
        if Part.QUERY in changed.parts:
            self.filling.show_query()
            self.toolbar.task.show_project(self.workbench.project)
        self.checking.refresh()
        self.jobs.show_project(self.workbench.project)
        self._enable()

    def _forget(self) -> None:
        """Nothing of the project before is shown, told or offered any more."""
        self.checking.forget()
        self.citing.forget()
        self.asking.forget()
        self.jobs.forget()
        for pane in (self.evidence, *self._panes):
            pane.forget()
        for dialog in self.findChildren(QDialog):  # it asks about the project that was left
            asks = dialog.isModal() and dialog.isVisible() and not isinstance(dialog, QFileDialog)
            if asks and dialog is not self.problems.dialog:
                dialog.reject()
        self.message.hide()
        self.glossary.bar.hide()
        self.stepping = self.checking

    def take_over(self) -> None:
        """The project is about to be left: what is being written becomes part of it."""
        self.review.text.commit()
        self.picture.commit()
        self.filling.take_query()
        self.keeper.keep()

    def leave_checking(self) -> None:
        """What was checked is gone."""
        self.evidence.clear()
        self.pdf.set_takes_evidence(False)
        self.review.choose(-1, -1)

    def follow_job(self, job: Job[object]) -> None:
        was_busy = self.jobs.busy
        self.jobs.follow(job)
        if not job.running and job not in self._ended:
            self._ended.add(job)
            self._job_ended(job)
        if not job.running or self.jobs.busy != was_busy:  # not at each step
            self._enable()

    def _job_ended(self, job: Job[object]) -> None:
        asked = self.files.ended(job) or self.papers.ended(job, self.workbench.project)
        if job.state is JobState.FAILED and not asked and job.error is not None:
            self.filling.give_up()
            self.fail(job.error)
        self.reports.ended(job)
        self.library_work.ended(job)
        self.zotero.ended(job)
        self.asking.ended(job)
        self.filling.ended(job)

    def _enable(self) -> None:
        session, read = self.workbench.session, self.workbench.shown_paper.document is not None
        now = Readiness(session.project, read, self.jobs.busy)
        self._show_page(self.dock_area if now.begun else self.start)
        self.table.set_ready(now.fillable, now.project.paper is not None)
        self.review.set_busy(now.busy or not now.read)
        enable(self.actions_, now, can_undo=session.can_undo, can_redo=session.can_redo)
        self.filling.begin_if_ready(now)
        self.setWindowTitle(f"{session.folder.name} — CiteGrid" if session.folder is not None else "CiteGrid")

    def _show_page(self, page: QWidget) -> None:
        """The start page, or the panes; these are laid out when they are shown for the first time."""
        if self.stack.currentWidget() is page:
            return
        self.start.set_recent(self.settings.recent_projects())
        self.stack.setCurrentWidget(page)
        if page is self.dock_area and not self._laid_out:
            self._laid_out = True
            self.pdf.canvas.setFocus()
            QTimer.singleShot(0, self._lay_out)

    def _lay_out(self) -> None:
        """Lay the panes as they were when the window was closed, now that they have their room: laid in a smaller one, each
        would be made smaller and stay so."""
        if not self.dock_area.restore(self.settings.bytes("desk")):
            self.dock_area.share()

    def show_cell(self, row: Row, cell: Cell, quote: int) -> None:
        self.evidence.show_cell(row, cell, quote)
        self.pdf.set_takes_evidence(True)
        self.review.choose(-1, -1)
        self.dock_area.raise_pane(self.evidence)

    def show_sentence(self, sentence: Sentence, quote: int) -> None:
        self.evidence.show_sentence(sentence, quote)
        self.pdf.set_takes_evidence(False)
        self.dock_area.raise_pane(self.evidence)

    def tell_all_checked(self, count: int) -> None:
        words = tr("All {count} cells are checked. What remains is the report.", count=count)
        self.message.show_note(words, tr("Export…"), self.reports.ask_export)

    def fail(self, error: CiteGridError) -> None:
        self.problems.tell(error)

    def tell_exported(self, path: str) -> None:
        name = Path(path).name
        self.message.show_note(
            tr("{name} is written.", name=name),
            tr("Open it"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(path)),
        )

    # -- wishes --------------------------------------------------------------------------------------------------------

    def attempt(self, call: Callable[[], object]) -> None:
        """Do what a person wished; why it cannot be done is told."""
        try:
            call()
        except CiteGridError as error:
            self.fail(error)

    def step(self, by: int) -> None:
        self.stepping.step(by)

    def show_ask(self) -> None:
        """Bring up the pane to ask in."""
        self.dock_area.docks[self.ask.title_key].show()
        self.dock_area.raise_pane(self.ask)
        self.ask.field.setFocus()

    def show_reference(self, reference_id: str) -> None:
        self.references.choose(reference_id)
        self.dock_area.raise_pane(self.references)

    # -- language, colours, menu ---------------------------------------------------------------------------------------

    def speak(self, code: str) -> None:
        """Switch the language of the window, at once."""
        set_language(code)
        self.settings.language = language()
        if self.stack.currentWidget() is self.start and self.workbench.project.query in DEFAULT_QUERY.values():
            self.files.new()  # nothing was asked yet: the question offered is in the language of the window
        self.retranslate()

    def prefer(self, chosen: Preferred) -> None:
        self.settings.model, self.settings.use_card = chosen.model, chosen.use_card
        self.workbench.models.use_card(chosen.use_card)
        project = self.workbench.project
        self.take_task(replace(task_of(project), rows=chosen.rows, length=chosen.length))
        self.settings.colours = chosen.colours
        theme.wear(chosen.colours)
        self.speak(chosen.language)

    def take_task(self, task: Task) -> None:
        """The person wants something else made; rows that are there stay until they are chosen anew."""
        before = self.workbench.project
        if task == task_of(before):
            return
        query = task.query or before.query
        self.attempt(lambda: self.workbench.table.set_task(query, task.language, task.rows, task.length))
        if task.rows != before.max_rows and before.table.rows:
            words = tr("The table keeps its rows until they are chosen anew; pinned ones stay then, too.")
            self.message.show_note(words, tr("Choose the rows anew"), self.actions_["fill_anew"].trigger)

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.actions_.retranslate()
        self.dock_area.retranslate()
        self.start.retranslate()
        self.jobs.retranslate()
        self.message.retranslate()
        self.glossary.bar.retranslate()
        self.annotating.bubble.retranslate()
        self.annotating.show()
        self.toolbar.retranslate()
        self._enable()

    def _fill_menu(self) -> None:
        recent = [(recent_words(one), one.folder) for one in self.settings.recent_projects()[:8]]
        panes = [dock.toggleViewAction() for dock in self.dock_area.docks.values()]
        self.toolbar.fill_menu(recent, lambda folder: self.files.open_project(Path(folder)), panes)

    # -- events --------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if Files.welcome(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        over_library = self.library.isVisible() and self.library.rect().contains(
            self.library.mapFrom(self, event.position().toPoint())
        )
        self.files.drop(event.mimeData(), background=over_library)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.preferences.close()
        self.take_over()
        if not self.closing.ready():
            event.ignore()
            return
        self._keep_settings()
        event.accept()

    def leave(self) -> None:
        """The program is told to end: what is being written becomes part of the project, and nobody is asked."""
        self.preferences.close()
        self.take_over()
        self._keep_settings()

    def _keep_settings(self) -> None:
        self.settings.pace = self.jobs.usual_pace
        self.settings.keep_bytes("window", self.saveGeometry())
        if self._laid_out:
            self.settings.keep_bytes("desk", self.dock_area.state())
        self.settings.sync()
        self.pdf.stop()
