"""The window: the panes in their docks, and the one block in which wishes and facts are wired."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
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
from citegrid.gui.controllers.availability import enable
from citegrid.gui.controllers.checking import Checking
from citegrid.gui.controllers.closing import Closing
from citegrid.gui.controllers.columns import ColumnWork
from citegrid.gui.controllers.files import Files
from citegrid.gui.controllers.filling import Filling
from citegrid.gui.controllers.glossary import GlossaryWork
from citegrid.gui.controllers.library import LibraryWork
from citegrid.gui.controllers.papers import PaperWork
from citegrid.gui.controllers.preferences import Preferences
from citegrid.gui.controllers.problems import Problems
from citegrid.gui.controllers.project_view import ProjectView
from citegrid.gui.controllers.reports import ReportDialogs
from citegrid.gui.dock_area import DockArea
from citegrid.gui.i18n import language, set_language, tr
from citegrid.gui.panes.evidence_pane import EvidencePane
from citegrid.gui.panes.library_pane import LibraryPane
from citegrid.gui.panes.pdf_pane import PdfPane
from citegrid.gui.panes.picture_pane import PicturePane
from citegrid.gui.panes.references_pane import ReferencesPane
from citegrid.gui.panes.review_pane import ReviewPane
from citegrid.gui.panes.start_page import StartPage
from citegrid.gui.panes.table_pane import TablePane
from citegrid.gui.pdf_view.citation_navigation import Citing
from citegrid.gui.settings import Settings
from citegrid.gui.toolbar import Toolbar
from citegrid.gui.widgets.job_bar import JobStrip
from citegrid.gui.widgets.message_bar import MessageBar
from citegrid.workbench.readiness import Readiness

if TYPE_CHECKING:
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
        self.library = LibraryPane()
        right = [self.picture, self.references, self.evidence, self.library]
        self.dock_area = DockArea(self.pdf, right, self.table, self.review)
        self.start = StartPage()
        self.message = MessageBar()
        self.jobs = JobStrip()
        self.files = Files(workbench, settings, self)
        self.reports = ReportDialogs(workbench, settings, self)
        self.columns = ColumnWork(workbench, self.files, self)
        self.checking = Checking(workbench, self)
        self.citing = Citing(self)
        self._stepping: Checking | Citing = self.checking
        self.problems = Problems(workbench, self.message, self)
        self.papers = PaperWork(workbench, settings, self)
        self.closing = Closing(workbench, self.jobs, self)
        self.preferences = Preferences(workbench, settings, self)
        self.glossary = GlossaryWork(workbench, settings, self)
        self.pdf.body.insertWidget(0, self.papers.tabs)
        self.library_work = LibraryWork(workbench, self.library, self)
        self.view = ProjectView(
            workbench, self.pdf, self.picture, self.references, self.table, self.review, self.papers, self.citing
        )
        self._ended: set[int] = set()
        self.setWindowIcon(theme.app_icon())
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._build()
        self.filling = Filling(workbench, settings, self.query, self.picture, self)
        self.start.set_recent(settings.recent)
        self._wire()
        self._restore()
        self.retranslate()
        self._on_changed(Changed(frozenset(Part)))

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
        column.addWidget(self.message)
        column.addWidget(self.glossary.bar)
        column.addWidget(self.stack, 1)
        column.addWidget(self.jobs)
        self.setCentralWidget(middle)

    def _wire(self) -> None:
        """All wishes and facts of the window, in one place."""
        act, workbench, files, checking = self.actions_, self.workbench, self.files, self.checking
        filling, library = self.filling, self.library_work
        # facts from below
        workbench.session.watch(self._on_changed)
        workbench.session.watch_jobs(self._on_job)
        # commands
        self.query.editingFinished.connect(filling.take_query)
        act.connect("new", files.new)
        act.connect("open_project", files.ask_project)
        act.connect("open_paper", files.ask_paper)
        act.connect("add_paper", self.papers.ask_paper)
        act.connect("details", self.papers.ask_details)
        act.connect("open_picture", files.ask_picture)
        act.connect("fill", filling.fill)
        act.connect("fill_again", lambda: filling.fill(again=True))
        act.connect("fill_anew", lambda: filling.fill(anew=True))
        act.connect("check", lambda: self.table.step(1))
        act.connect("pause", self.jobs.toggle_pause)
        act.connect("export", self.reports.ask_export)
        act.connect("read_back", self.reports.ask_back)
        act.connect("paste", self.columns.paste)
        act.connect("type_columns", self.columns.type_columns)
        act.connect("save_template", self.columns.ask_template)
        act.connect("printed", self.pdf.ask_printed)
        act.connect("undo", workbench.session.undo)
        act.connect("redo", workbench.session.redo)
        act.connect("language", lambda: self.speak("en" if language() == "zh" else "zh"))
        act.connect("sample", files.open_sample)
        act.connect("layout", self.dock_area.arrange)
        act.connect("preferences", self.preferences.ask_preferences)
        act.connect("models", self.preferences.show_models)
        act.connect("glossary", self.glossary.show)
        act.connect("about", self.preferences.show_about)
        act.connect("quit", self.close)
        # the start page
        self.start.paper_requested.connect(files.ask_paper)
        self.start.picture_requested.connect(files.ask_picture)
        self.query.installEventFilter(self.columns)
        self.start.names_requested.connect(self.columns.type_columns)
        self.start.sample_requested.connect(files.open_sample)
        self.start.project_requested.connect(lambda folder: files.open_project(Path(folder)))
        # picture and references
        picture, columns = self.picture, self.columns
        picture.picture_requested.connect(files.ask_picture)
        picture.columns_requested.connect(columns.set_columns)
        picture.frame_requested.connect(lambda frame: self._try(lambda: workbench.picture.read_within(frame)))
        picture.paste_requested.connect(columns.paste)
        picture.names_requested.connect(columns.type_columns)
        picture.save_requested.connect(columns.ask_template)
        picture.template_requested.connect(columns.use_template)
        picture.templates_menu.aboutToShow.connect(lambda: picture.offer_templates(columns.templates()))
        columns.refused.connect(self.view.show_columns)
        columns.saved.connect(lambda name: self.message.show_note(tr("The template “{name}” is saved.", name=name)))
        self.references.reference_chosen.connect(self.citing.choose)
        self.references.row_requested.connect(lambda one: self._try(lambda: workbench.table.add_row(one)))
        # checking
        self.table.cell_chosen.connect(checking.choose_cell)
        self.table.verdict_requested.connect(checking.judge)
        self.table.edit_requested.connect(checking.edit)
        self.table.again_requested.connect(lambda cells: filling.fill(only=cells))
        self.table.wide_requested.connect(checking.widen)
        self.table.keys_changed.connect(self.jobs.say_keys)
        self.table.all_checked.connect(self._all_checked)
        self.table.pin_requested.connect(lambda works, on: self._try(lambda: workbench.table.pin_rows(works, on)))
        self.table.drop_requested.connect(lambda work: self._try(lambda: workbench.table.drop_row(work)))
        self.table.move_requested.connect(lambda work, to: self._try(lambda: workbench.table.move_row(work, to)))
        self.review.citation_chosen.connect(checking.choose_sentence)
        self.review.review_written.connect(lambda review: self._try(lambda: workbench.review.edit(review)))
        self.review.rewrite_requested.connect(filling.rewrite)
        self.evidence.evidence_chosen.connect(checking.choose_quote)
        self.evidence.verdict_requested.connect(checking.judge_shown)
        self.evidence.draft_requested.connect(checking.take_draft)
        self.evidence.confirm_requested.connect(checking.confirm)
        checking.edited.connect(self.glossary.corrected)
        self.evidence.wide_requested.connect(checking.widen)
        checking.context_changed.connect(self.evidence.set_context)
        self.evidence.attach_requested.connect(checking.attach)
        self.evidence.typed.connect(lambda event: QApplication.sendEvent(self.table.view, event))
        # the paper: its selection, its citations, and stepping through what is shown
        self.pdf.selection_changed.connect(checking.select)
        self.pdf.selection_changed.connect(lambda spans: self.evidence.set_selection(bool(spans)))
        self.pdf.evidence_requested.connect(lambda _: checking.attach())
        self.pdf.place_clicked.connect(self.citing.click)
        self.citing.reference_shown.connect(self._reference_shown)
        checking.focus_changed.connect(self.papers.bring)
        for steps in (self.citing, checking):
            steps.focus_changed.connect(self.pdf.show_focus)
            steps.focus_changed.connect(lambda _, steps=steps: setattr(self, "_stepping", steps))
        self.pdf.step_requested.connect(self._step)
        checking.focus_lost.connect(self.pdf.clear_marks)
        checking.cell_shown.connect(self._cell_shown)
        checking.sentence_shown.connect(self._sentence_shown)
        self.pdf.printed_requested.connect(
            lambda page, text: self._try(lambda: workbench.shown_paper.set_printed_label(page, text))
        )
        # the library
        act.connect("open_library", files.ask_library_folder)
        self.library.folder_requested.connect(files.ask_library_folder)
        self.library.files_requested.connect(files.ask_library_files)
        self.library.update_requested.connect(library.update)
        self.library.remove_requested.connect(library.remove)
        self.library.search_requested.connect(library.search)
        self.library.open_requested.connect(library.open)
        library.opened.connect(lambda: self.dock_area.raise_pane(self.library))
        self.table.passage_requested.connect(checking.attach_passage)
        checking.passage_chosen.connect(library.show_passage)
        # files and failures
        for source in (picture, columns, checking, files, filling, library, self.papers, self.reports, self.glossary):
            source.failed.connect(self._fail)
        self.problems.find_requested.connect(files.find_paper)
        self.problems.models_requested.connect(self.preferences.show_models)
        self.preferences.preferred.connect(self._prefer)
        self.reports.exported.connect(self._exported)
        self.reports.noted.connect(self.message.show_note)
        self.glossary.noted.connect(self.message.show_note)

    def _restore(self) -> None:
        if not self.restoreGeometry(self.settings.bytes("window")):
            screen = QApplication.primaryScreen().availableGeometry()
            self.resize(min(1480, int(screen.width() * 0.95)), min(940, int(screen.height() * 0.92)))
        self._laid_out = self.dock_area.restore(self.settings.bytes("desk"))

    # -- facts ---------------------------------------------------------------------------------------------------------

    def _on_changed(self, changed: Changed) -> None:
        """The project changed: refresh what shows it."""
        self.view.show(changed)
        if Part.PAPER in changed.parts:
            self.problems.tell_rebound()
        if Part.LIBRARY in changed.parts:
            self.library_work.show()
        if Part.QUERY in changed.parts:
            self.filling.show_query()
        self.jobs.show_project(self.workbench.project)
        self._enable()

    def _on_job(self, job: Job[object]) -> None:
        was_busy = self.jobs.busy
        self.jobs.follow(job)
        if not job.running and id(job) not in self._ended:
            self._ended = {id(job), *list(self._ended)[:50]}
            self._job_ended(job)
        if not job.running or self.jobs.busy != was_busy:  # not at each step
            self._enable()
        if not self.jobs.busy:
            self.filling.jobs_ended()

    def _job_ended(self, job: Job[object]) -> None:
        asked = self.files.ended(job) or self.papers.ended(job, self.workbench.project)
        if job.state is JobState.FAILED and not asked and job.error is not None:
            self._fail(job.error)
        self.reports.ended(job)

    def _enable(self) -> None:
        session, read = self.workbench.session, self.workbench.shown_paper.document is not None
        now = Readiness(session.project, read, self.jobs.busy)
        self._show_page(self.dock_area if now.begun else self.start)
        self.table.set_ready(now.fillable)
        self.review.set_busy(now.busy or not now.read)
        enable(self.actions_, now, can_undo=session.can_undo, can_redo=session.can_redo)
        self.setWindowTitle(f"{session.folder.name} — CiteGrid" if session.folder is not None else "CiteGrid")

    def _show_page(self, page: QWidget) -> None:
        """The start page, or the panes; these are laid out when they are shown for the first time."""
        if self.stack.currentWidget() is page:
            return
        self.start.set_recent(self.settings.recent)
        self.stack.setCurrentWidget(page)
        if page is self.dock_area and not self._laid_out:
            self._laid_out = True
            self.pdf.canvas.setFocus()
            QTimer.singleShot(0, self.dock_area.share)

    def _cell_shown(self, row: object, cell: object, quote: int) -> None:
        self.evidence.show_cell(row, cell, quote)  # type: ignore[arg-type]
        self.pdf.set_takes_evidence(True)
        self.review.choose(-1, -1)
        self.dock_area.raise_pane(self.evidence)

    def _sentence_shown(self, sentence: object, quote: int) -> None:
        self.evidence.show_sentence(sentence, quote)  # type: ignore[arg-type]
        self.pdf.set_takes_evidence(False)
        self.dock_area.raise_pane(self.evidence)

    def _all_checked(self, count: int) -> None:
        words = tr("All {count} cells are checked. What remains is the report.", count=count)
        self.message.show_note(words, tr("Export…"), self.reports.ask_export)

    def _fail(self, error: CiteGridError) -> None:
        self.problems.tell(error)

    def _exported(self, path: str) -> None:
        name = Path(path).name
        self.message.show_note(
            tr("{name} is written.", name=name),
            tr("Open it"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(path)),
        )

    # -- wishes --------------------------------------------------------------------------------------------------------

    def _try(self, call) -> None:  # type: ignore[no-untyped-def]
        try:
            call()
        except CiteGridError as error:
            self._fail(error)

    def _step(self, by: int) -> None:
        self._stepping.step(by)

    def _reference_shown(self, reference_id: str) -> None:
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

    def _prefer(self, rows: int, length: int, code: str, colours: str, model: str) -> None:
        self.settings.model = model
        project = self.workbench.project
        if (rows, length) != (project.max_rows, project.target):
            self._try(lambda: self.workbench.table.set_limits(rows, length))
            if rows != project.max_rows and project.table.rows:
                words = tr("The table keeps its rows until they are chosen anew; pinned ones stay then, too.")
                self.message.show_note(words, tr("Choose the rows anew"), self.actions_["fill_anew"].trigger)
        self.settings.colours = colours
        theme.wear(colours)
        self.speak(code)

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.actions_.retranslate()
        self.dock_area.retranslate()
        self.start.retranslate()
        self.jobs.retranslate()
        self.message.retranslate()
        self.glossary.bar.retranslate()
        self.toolbar.retranslate()
        self._enable()

    def _fill_menu(self) -> None:
        recent = [(Path(folder).name, folder) for folder in self.settings.recent[:8]]
        panes = [dock.toggleViewAction() for dock in self.dock_area.docks.values()]
        self.toolbar.fill_menu(recent, lambda folder: self.files.open_project(Path(folder)), panes)

    # -- events --------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if Files.welcome(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files.drop(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.preferences.close()
        if not self.closing.ready():
            event.ignore()
            return
        self.settings.keep_bytes("window", self.saveGeometry())
        if self._laid_out:
            self.settings.keep_bytes("desk", self.dock_area.state())
        self.settings.sync()
        self.pdf.stop()
        event.accept()
