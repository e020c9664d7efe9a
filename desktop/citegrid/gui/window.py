"""The window: the panes on their desk, and the one block in which wishes and facts are wired."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from citegrid.concurrency.jobs import Job, JobState
from citegrid.core.errors import CiteGridError, InputError
from citegrid.core.evidence import Evidence
from citegrid.core.papers import ids_of
from citegrid.core.project import DEFAULT_QUERY, Changed, Part
from citegrid.core.table import Status
from citegrid.gui import theme
from citegrid.gui.actions import Actions
from citegrid.gui.controllers.checking import Checking
from citegrid.gui.controllers.closing import Leaving
from citegrid.gui.controllers.columns import ColumnWork
from citegrid.gui.controllers.files import Files
from citegrid.gui.controllers.papers import PaperWork
from citegrid.gui.controllers.preferences import Choices
from citegrid.gui.controllers.problems import Troubles
from citegrid.gui.controllers.reports import Reports
from citegrid.gui.dock_area import Desk
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
from citegrid.gui.pdf_view.page_cache import to_image
from citegrid.gui.settings import Settings
from citegrid.gui.toolbar import Toolbar
from citegrid.gui.widgets.job_bar import JobStrip
from citegrid.gui.widgets.message_bar import MessageBar
from citegrid.ports import PageSource, Pixels

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
        self.desk = Desk(self.pdf, right, self.table, self.review)
        self.start = StartPage()
        self.message = MessageBar()
        self.jobs = JobStrip()
        self.files = Files(workbench, settings, self)
        self.reports = Reports(workbench, settings, self)
        self.columns = ColumnWork(workbench, self.files, self)
        self.checking = Checking(workbench, self)
        self.citing = Citing(self)
        self._stepping: Checking | Citing = self.checking
        self.troubles = Troubles(workbench, self.message, self)
        self.papers = PaperWork(workbench, settings, self)
        self.leaving = Leaving(workbench, self.jobs, self)
        self.choices = Choices(workbench, settings, self)
        self.pdf.body.insertWidget(0, self.papers.tabs)
        self._source: PageSource | None = None
        self._pixels: Pixels | None = None
        self._ended: set[int] = set()
        self._fill_when_ready = False
        self.setWindowIcon(theme.app_icon())
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._build()
        self.start.set_recent(settings.recent)
        self._wire()
        self._restore()
        self.retranslate()
        self._on_changed(Changed(frozenset(Part)))

    # -- building ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.toolbar = Toolbar(self.actions_, self)
        self.query, self.fill_button = self.toolbar.query, self.toolbar.fill_button
        self.query.editingFinished.connect(self._take_query)
        self.toolbar.main_menu.aboutToShow.connect(self._fill_menu)
        self.addToolBar(self.toolbar)
        self.addActions(self.actions_.without_button())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.desk)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(6)
        column.addWidget(self.message)
        column.addWidget(self.stack, 1)
        column.addWidget(self.jobs)
        self.setCentralWidget(middle)

    def _wire(self) -> None:
        """All wishes and facts of the window, in one place."""
        act, workbench, files, checking = self.actions_, self.workbench, self.files, self.checking
        # facts from below
        workbench.session.watch(self._on_changed)
        workbench.session.watch_jobs(self._on_job)
        # commands
        act.connect("new", self._new)
        act.connect("open_project", files.ask_project)
        act.connect("open_paper", files.ask_paper)
        act.connect("add_paper", self.papers.ask_paper)
        act.connect("open_picture", files.ask_picture)
        act.connect("fill", self.fill)
        act.connect("fill_again", lambda: self.fill(again=True))
        act.connect("fill_anew", lambda: self.fill(anew=True))
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
        act.connect("sample", self.open_sample)
        act.connect("layout", self.desk.arrange)
        act.connect("preferences", self.choices.ask_preferences)
        act.connect("models", self.choices.show_models)
        act.connect("about", self.choices.show_about)
        act.connect("quit", self.close)
        # the start page
        self.start.paper_requested.connect(files.ask_paper)
        self.start.picture_requested.connect(files.ask_picture)
        self.query.installEventFilter(self.columns)
        self.start.names_requested.connect(self.columns.type_columns)
        self.start.sample_requested.connect(self.open_sample)
        self.start.project_requested.connect(lambda folder: files.open_project(Path(folder)))
        # picture and references
        picture, columns = self.picture, self.columns
        picture.picture_requested.connect(files.ask_picture)
        picture.columns_requested.connect(columns.set_columns)
        picture.paste_requested.connect(columns.paste)
        picture.names_requested.connect(columns.type_columns)
        picture.save_requested.connect(columns.ask_template)
        picture.template_requested.connect(columns.use_template)
        picture.templates_menu.aboutToShow.connect(lambda: picture.offer_templates(columns.templates()))
        picture.failed.connect(self._fail)
        columns.failed.connect(self._fail)
        columns.refused.connect(self._show_columns)
        columns.saved.connect(lambda name: self.message.show_note(tr("The template “{name}” is saved.", name=name)))
        self.references.reference_chosen.connect(self.citing.choose)
        self.references.row_requested.connect(lambda one: self._try(lambda: workbench.table.add_row(one)))
        # checking
        self.table.cell_chosen.connect(checking.choose_cell)
        self.table.verdict_requested.connect(checking.judge)
        self.table.edit_requested.connect(checking.edit)
        self.table.again_requested.connect(lambda cells: self.fill(only=cells))
        self.table.wide_requested.connect(checking.widen)
        self.table.keys_changed.connect(self.jobs.say_keys)
        self.table.all_checked.connect(self._all_checked)
        self.table.pin_requested.connect(lambda works, on: self._try(lambda: workbench.table.pin_rows(works, on)))
        self.table.drop_requested.connect(lambda work: self._try(lambda: workbench.table.drop_row(work)))
        self.table.move_requested.connect(lambda work, to: self._try(lambda: workbench.table.move_row(work, to)))
        self.review.citation_chosen.connect(checking.choose_sentence)
        self.review.review_written.connect(lambda review: self._try(lambda: workbench.review.edit(review)))
        self.review.rewrite_requested.connect(self._rewrite)
        self.evidence.evidence_chosen.connect(checking.choose_quote)
        self.evidence.verdict_requested.connect(checking.judge_shown)
        self.evidence.draft_requested.connect(checking.take_draft)
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
        checking.failed.connect(self._fail)
        self.pdf.printed_requested.connect(
            lambda page, text: self._try(lambda: workbench.shown_paper.set_printed_label(page, text))
        )
        # the library
        act.connect("open_library", files.ask_library_folder)
        self.library.folder_requested.connect(files.ask_library_folder)
        self.library.files_requested.connect(files.ask_library_files)
        self.library.update_requested.connect(lambda: self._try(workbench.library.update))
        self.library.remove_requested.connect(lambda root: self._try(lambda: workbench.library.remove(Path(root))))
        self.library.search_requested.connect(self._search_library)
        self.library.open_requested.connect(self._open_background)
        self.table.passage_requested.connect(checking.attach_passage)
        checking.passage_chosen.connect(self._show_passage)
        # files
        files.failed.connect(self._fail)
        self.troubles.find_requested.connect(files.find_paper)
        self.troubles.models_requested.connect(self.choices.show_models)
        self.choices.preferred.connect(self._prefer)
        self.papers.failed.connect(self._fail)
        self.reports.failed.connect(self._fail)
        self.reports.exported.connect(self._exported)
        self.reports.noted.connect(self.message.show_note)

    def _restore(self) -> None:
        if not self.restoreGeometry(self.settings.bytes("window")):
            screen = QApplication.primaryScreen().availableGeometry()
            self.resize(min(1480, int(screen.width() * 0.95)), min(940, int(screen.height() * 0.92)))
        self._laid_out = self.desk.restore(self.settings.bytes("desk"))

    # -- facts ---------------------------------------------------------------------------------------------------------

    def _on_changed(self, changed: Changed) -> None:
        """The project changed: refresh what shows it."""
        project, parts = self.workbench.project, changed.parts
        if Part.PAPER in parts:
            self._show_paper()
            for chips in (self.table.view, self.review.text):
                chips.name_papers(len(project.papers) > 1)
            self.troubles.tell_rebound()
        if Part.PICTURE in parts and self.workbench.picture.pixels is not self._pixels:
            self._pixels = self.workbench.picture.pixels
            turned = project.template.rotation if project.template is not None else 0.0
            self.picture.set_image(to_image(self._pixels) if self._pixels is not None else QImage(), turned)
        if parts & {Part.COLUMNS, Part.PICTURE}:
            self._show_columns()
        if parts & {Part.COLUMNS, Part.ROWS}:
            self.table.set_table(project.table)
            self.references.set_used(frozenset(one for row in project.table.rows for one in ids_of(row.work)))
        elif Part.CELL in parts:
            self.table.set_table(project.table, changed.cells)
        if Part.LIBRARY in parts:
            self._try(lambda: self.library.set_library(self.workbench.library.roots, self.workbench.library.files()))
        if Part.REVIEW in parts:
            self.review.set_review(project.review)
        if Part.QUERY in parts and self.query.text() != project.query:
            self.query.setText(project.query)
            self.query.setCursorPosition(0)
            self.query.setToolTip(project.query)
        self.jobs.show_project(project)
        self._enable()

    def _show_columns(self) -> None:
        self.picture.set_columns(self.workbench.project.table.columns, self.workbench.project.template)

    def _show_paper(self) -> None:
        self.papers.refresh()
        source = self.workbench.shown_paper.source
        if source is not self._source:
            self._source = source
            self.pdf.set_source(source, list(source.outline()) if source is not None else [])
        self.pdf.set_document(self.workbench.shown_paper.document)
        pages = self.workbench.shown_paper.document.pages if self.workbench.shown_paper.document is not None else ()
        self.references.set_references(
            self.workbench.shown_paper.references,
            self.workbench.shown_paper.warnings,
            {page.number: page.label for page in pages},
        )
        self.citing.set_references(self.workbench.shown_paper.references)
        self.pdf.set_places(self.citing.places.at)
        self.references.set_used(
            frozenset(one for row in self.workbench.project.table.rows for one in ids_of(row.work))
        )

    def _on_job(self, job: Job[object]) -> None:
        was_busy = self.jobs.busy
        self.jobs.hear(job)
        if not job.running and id(job) not in self._ended:
            self._ended = {id(job), *list(self._ended)[:50]}
            asked = self.files.ended(job) or self.papers.ended(job, self.workbench.project)
            if job.state is JobState.FAILED and not asked and job.error is not None:
                self._fail(job.error)
            self.reports.ended(job)
        if not job.running or self.jobs.busy != was_busy:  # not at each step
            self._enable()
        if self._fill_when_ready and not self.jobs.busy:
            self._fill_when_ready = False
            if self.workbench.shown_paper.document is not None and self.workbench.project.table.columns:
                self.fill()

    def _enable(self) -> None:
        project, act = self.workbench.project, self.actions_
        begun = project.paper is not None or project.picture is not None or bool(project.table.columns)
        page: QWidget = self.desk if begun else self.start
        if self.stack.currentWidget() is not page:
            self.start.set_recent(self.settings.recent)
            self.stack.setCurrentWidget(page)
            if page is self.desk and not self._laid_out:
                self._laid_out = True
                self.pdf.canvas.setFocus()
                QTimer.singleShot(0, self.desk.share)
        ready = self.workbench.shown_paper.document is not None and bool(project.table.columns)
        waiting = any(c.status is Status.WAITING for row in project.table.rows for c in row.cells)
        self.table.set_ready(ready)
        act["fill"].setEnabled(ready and not self.jobs.busy)
        part_done = (
            not self.jobs.busy
            and waiting
            and any(c.status is not Status.WAITING for row in project.table.rows for c in row.cells)
        )
        for say in (act["fill"].setText, act["fill"].setIconText):  # the button shows the latter
            say(tr("Continue") if part_done else tr("Fill"))
        act["add_paper"].setEnabled(project.paper is not None)
        for name in ("fill_again", "fill_anew"):
            act[name].setEnabled(act["fill"].isEnabled() and bool(project.table.rows))
        self.review.set_busy(self.jobs.busy or self.workbench.shown_paper.document is None)
        act["export"].setEnabled(bool(project.table.rows))
        act["read_back"].setEnabled(bool(project.table.rows))
        act["save_template"].setEnabled(bool(project.table.columns))
        act["check"].setEnabled(bool(project.table.rows))
        act["undo"].setEnabled(self.workbench.session.can_undo)
        act["redo"].setEnabled(self.workbench.session.can_redo)
        name = self.workbench.folder.name if self.workbench.folder is not None else ""
        self.setWindowTitle(f"{name} — CiteGrid" if name else "CiteGrid")

    def _cell_shown(self, row: object, cell: object, quote: int) -> None:
        self.evidence.show_cell(row, cell, quote)  # type: ignore[arg-type]
        self.pdf.set_takes_evidence(True)
        self.review.choose(-1, -1)
        self.desk.raise_pane(self.evidence)

    def _sentence_shown(self, sentence: object, quote: int) -> None:
        self.evidence.show_sentence(sentence, quote)  # type: ignore[arg-type]
        self.pdf.set_takes_evidence(False)
        self.desk.raise_pane(self.evidence)

    def _search_library(self, question: str) -> None:
        self._try(lambda: self.library.set_hits(question, self.workbench.library.search(question)))

    def _open_background(self, sha256: str, chunk: int, quote: str) -> None:
        document = self.workbench.library.document(sha256)
        if document is not None:
            self.library.show_document(document, chunk, quote)

    def _show_passage(self, evidence: Evidence) -> None:
        """A citation of the library was chosen: open its document at the chunk, wherever it stands by now."""
        place = self.workbench.library.place_of(evidence)
        if place is None:
            self._fail(InputError("The cited words are no longer in the library.", "Read the library again."))
            return
        self.library.show_document(place[0], place[1].number, evidence.quote)
        self.desk.raise_pane(self.library)

    def _all_checked(self, count: int) -> None:
        words = tr("All {count} cells are checked. What remains is the report.", count=count)
        self.message.show_note(words, tr("Export…"), self.reports.ask_export)

    def _fail(self, error: CiteGridError) -> None:
        self.troubles.tell(error)

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

    def fill(self, again: bool = False, only: Sequence[tuple[str, str]] = (), anew: bool = False) -> None:
        """Fill the waiting cells (all with ``again``) of the rows, chosen ``anew`` or not; or ask the cells ``only`` anew."""
        self._take_query()
        self.picture.commit()
        model = Path(self.settings.model) if self.settings.model else None
        self._try(lambda: self.workbench.fill.start(model, again=again, anew=anew, only=only))

    def _take_query(self) -> None:
        text = self.query.text().strip()
        if text and text != self.workbench.project.query:
            self._try(lambda: self.workbench.table.set_query(text))

    def _rewrite(self, paragraph: int) -> None:
        model = Path(self.settings.model) if self.settings.model else None
        self._try(lambda: self.workbench.review.rewrite_paragraph(paragraph, model))

    def _step(self, by: int) -> None:
        self._stepping.step(by)

    def _reference_shown(self, reference_id: str) -> None:
        self.references.choose(reference_id)
        self.desk.raise_pane(self.references)

    def _new(self) -> None:
        self._try(lambda: self.workbench.files.new(None, "", language()))

    def open_sample(self) -> None:
        """Open the paper and the picture that come with CiteGrid."""
        from citegrid.core.resources import resource

        paper = resource("sample", "paper.pdf")
        picture = resource("sample", f"table-{language()}.png")
        self._try(lambda: self.workbench.files.new(None, "", language()))
        self.files.open_paper(paper)
        self.files.open_picture(picture)

    def fill_when_ready(self) -> None:
        """Fill as soon as the paper and the picture have been read."""
        self._fill_when_ready = True

    # -- language, colours, menu ---------------------------------------------------------------------------------------

    def speak(self, code: str) -> None:
        """Switch the language of the window, at once."""
        set_language(code)
        self.settings.language = language()
        if self.stack.currentWidget() is self.start and self.workbench.project.query in DEFAULT_QUERY.values():
            self._new()  # nothing was asked yet: the question offered is in the language of the window
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
        self.desk.retranslate()
        self.start.retranslate()
        self.jobs.retranslate()
        self.message.retranslate()
        self.toolbar.retranslate()
        self._enable()

    def _fill_menu(self) -> None:
        recent = [(Path(folder).name, folder) for folder in self.settings.recent[:8]]
        panes = [dock.toggleViewAction() for dock in self.desk.docks.values()]
        self.toolbar.fill_menu(recent, lambda folder: self.files.open_project(Path(folder)), panes)

    # -- events --------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if Files.welcome(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files.drop(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.choices.close()
        if not self.leaving.ready():
            event.ignore()
            return
        self.settings.keep_bytes("window", self.saveGeometry())
        if self._laid_out:
            self.settings.keep_bytes("desk", self.desk.state())
        self.settings.sync()
        self.pdf.stop()
        event.accept()
