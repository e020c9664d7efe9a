"""Several main papers in the window: a tab for each over the pages, adding one, taking one out, and bringing up the one
that a citation names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QTabBar, QWidget

from citegrid.concurrency.jobs import Job, JobState
from citegrid.core.errors import CiteGridError, PasswordNeeded
from citegrid.core.project import Project, SourceFile
from citegrid.gui.dialogs.paper_details import DetailsDialog
from citegrid.gui.dialogs.password import PasswordDialog
from citegrid.gui.i18n import tr
from citegrid.gui.pdf_view.focus import Focus
from citegrid.gui.settings import Settings

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench


class PaperTabs(QTabBar):
    """The project's papers by name, shown from two on.  Wishes: ``paper_requested(name)``, ``remove_requested(name)``."""

    paper_requested = Signal(str)
    remove_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setUsesScrollButtons(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask)
        self.currentChanged.connect(lambda at: self.paper_requested.emit(self.tabData(at)) if at >= 0 else None)
        self.hide()

    def set_papers(self, papers: tuple[SourceFile, ...], shown: str) -> None:
        """Show a tab for each paper, that of ``shown`` in front."""
        self.blockSignals(True)
        names = [file.name for file in papers]
        if names != [self.tabData(i) for i in range(self.count())]:
            while self.count():
                self.removeTab(0)
            for file in papers:
                at = self.addTab(file.name.replace("&", "&&"))
                self.setTabData(at, file.name)
                self.setTabToolTip(at, file.path)
        if shown in names:
            self.setCurrentIndex(names.index(shown))
        self.blockSignals(False)
        self.setAccessibleName(tr("Papers"))
        self.setVisible(len(names) > 1)

    def menu_at(self, at: int) -> QMenu:
        """What can be done with the paper of a tab."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave = menu.addAction(tr("Take this paper out of the project"))
        leave.triggered.connect(lambda: self.remove_requested.emit(self.tabData(at)))
        return menu

    def _ask(self, place: QPoint) -> None:
        at = self.tabAt(place)
        if at >= 0:
            self.menu_at(at).popup(self.mapToGlobal(place))


class PaperWork(QObject):
    """Between the tabs and the Workbench; ``failed(CiteGridError)`` when something cannot be done."""

    failed = Signal(object)

    def __init__(self, workbench: Workbench, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._workbench, self._settings, self._window = workbench, settings, window
        self._jobs: dict[int, tuple[Job[None], Path, SourceFile | None, bool]] = {}
        self.dialog: QWidget | None = None
        self.tabs = PaperTabs()
        self.tabs.paper_requested.connect(workbench.shown_paper.show)
        self.tabs.remove_requested.connect(lambda name: self._try(lambda: workbench.papers.remove(name)))

    def refresh(self) -> None:
        """The papers changed, or another one is shown."""
        self.tabs.set_papers(self._workbench.project.papers, self._workbench.shown_paper.name)

    def bring(self, focus: Focus) -> None:
        """Show the paper of a citation, before the pages move to it."""
        self._workbench.shown_paper.show(focus.document)

    def ask_paper(self) -> None:
        """Choose a further PDF."""
        dialog = QFileDialog(
            self._window, tr("Add a paper to this project"), self._settings.folder, tr("Papers") + " (*.pdf *.PDF)"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.add(Path(name)))
        self._keep(dialog)

    def add(self, path: Path, password: str = "") -> None:
        """Add a paper to the project; a password is asked for when it needs one."""
        self._settings.folder = str(path.parent)
        self._start(lambda: self._workbench.papers.add(path, password), path, None, bool(password))

    def reopen(self, file: SourceFile, password: str = "") -> None:
        """Open a further paper of the project again."""
        self._start(lambda: self._workbench.papers.reopen(file, password), Path(file.path), file, bool(password))

    def ended(self, job: Job[object], project: Project) -> bool:
        """A job has ended; True when its failure was dealt with here (a password is being asked for)."""
        known = self._jobs.pop(id(job), None)
        if job.state is not JobState.FAILED or not isinstance(job.error, PasswordNeeded):
            return False
        if known is not None:
            _, path, file, wrong = known
        else:  # a project was opened, and one of its further papers may need a password
            file, wrong = next((f for f in project.also if job.name == f"Reading {Path(f.path).name}"), None), False
            if file is None:
                return False
            path = Path(file.path)
        dialog = PasswordDialog(path.name, self._window, wrong=wrong)
        again = (lambda word: self.reopen(file, word)) if file is not None else (lambda word: self.add(path, word))
        dialog.given.connect(again)
        self._keep(dialog)
        return True

    def ask_details(self) -> None:
        """Correct what the title page of the shown paper says; nothing before it has been read."""
        shown = self._workbench.shown_paper
        if shown.source is None or shown.document is None:
            return
        dialog = DetailsDialog(shown.details, shown.source, shown.document, self._window)
        dialog.chosen.connect(lambda details: self._try(lambda: shown.correct(details)))
        self._keep(dialog)

    def _keep(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(lambda: setattr(self, "dialog", None))
        dialog.open()

    def _start(self, begin: Callable[[], Job[None]], path: Path, file: SourceFile | None, worded: bool) -> None:
        def start() -> None:
            job = begin()
            self._jobs[id(job)] = (job, path, file, worded)

        self._try(start)

    def _try(self, call: Callable[[], object]) -> None:
        try:
            call()
        except CiteGridError as error:
            self.failed.emit(error)
