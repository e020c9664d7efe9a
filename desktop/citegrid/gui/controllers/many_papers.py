"""Many papers in the window: the dialog, its batch, and what is done with the finished table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from citegrid.concurrency.jobs import Job
from citegrid.core.errors import CiteGridError
from citegrid.core.holdings import Holdings
from citegrid.gui.controllers.files import Files, fresh_folder
from citegrid.gui.i18n import tr
from citegrid.gui.settings import Settings
from citegrid.pipeline.export.formats import FORMATS
from citegrid.store.zotero.manager import NAME

if TYPE_CHECKING:
    from citegrid.gui.dialogs.many_papers import ManyPapersDialog
    from citegrid.workbench.workbench import Workbench

#: The formats that a finished table is offered in.
OFFERED = (".xlsx", ".docx", ".csv", ".md", ".json")


class BatchWork(QObject):
    """Facts: ``failed(error)``, ``noted(text)``; the wish ``zotero_requested``, to choose a collection."""

    zotero_requested = Signal()
    failed = Signal(object)
    noted = Signal(str)

    def __init__(self, workbench: Workbench, files: Files, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._workbench, self._files, self._settings, self._window = workbench, files, settings, window
        self._job: Job[None] | None = None
        self._place = Path()
        self.dialog: ManyPapersDialog | None = None
        workbench.many_papers.watch(self._refresh)
        workbench.session.watch_jobs(self._follow)

    def show(self) -> None:
        """Show the batch; it goes on when the dialog is closed."""
        from citegrid.gui.dialogs.many_papers import ManyPapersDialog

        if self.dialog is not None:
            self.dialog.raise_()
            return
        self.dialog = dialog = ManyPapersDialog(self._workbench.project.table.names, self._window)
        dialog.destroyed.connect(self._forget)
        dialog.folder_requested.connect(self._ask_folder)
        dialog.zotero_requested.connect(self.zotero_requested)
        dialog.start_requested.connect(lambda: self._try(self._start))
        dialog.pause_requested.connect(self._pause)
        dialog.stop_requested.connect(self._stop)
        batch = self._workbench.many_papers
        dialog.exclude_requested.connect(lambda sha256, reason: self._try(lambda: batch.exclude(sha256, reason)))
        dialog.include_requested.connect(lambda sha256: self._try(lambda: batch.include(sha256)))
        dialog.open_requested.connect(lambda: self._try(self._open))
        dialog.export_requested.connect(self._ask_export)
        if batch.account:
            dialog.show_place(str(self._place))
        self._refresh()
        dialog.show()

    def look_at(self, place: Path) -> None:
        """Name the papers of a folder."""
        self._place = place
        if self.dialog is not None:
            self.dialog.show_place(str(place))
        self._workbench.many_papers.find(place)

    def look_at_collection(self, holdings: Holdings, key: str) -> None:
        """Name the papers of a collection of Zotero."""
        self.show()
        self._place = Path(holdings.path_of(key) or NAME)
        if self.dialog is not None:
            self.dialog.show_place(f"{NAME}: {holdings.path_of(key) or tr('Everything')}")
        self._workbench.many_papers.find_collection(holdings, key)

    def _try(self, call: Callable[[], object]) -> None:
        try:
            call()
        except CiteGridError as error:
            self.failed.emit(error)

    def _forget(self) -> None:
        self.dialog = None

    @property
    def _busy(self) -> bool:
        return self._job is not None and self._job.running

    def _refresh(self) -> None:
        batch = self._workbench.many_papers
        if self.dialog is not None:
            self.dialog.show_state(batch.account, busy=self._busy, made=batch.table is not None)

    def _follow(self, job: Job[object]) -> None:
        if job is self._job and not job.running:
            self._refresh()

    def _start(self) -> None:
        self._job = self._workbench.many_papers.start(self._settings.chosen_model)
        self._refresh()

    def _pause(self, on: bool) -> None:
        if self._job is not None:
            self._job.pause(on)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self.dialog, tr("Folder of papers"), self._settings.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.look_at(Path(name)))
        dialog.open()

    def _open(self) -> None:
        """Keep the table as a project of its own and open it."""
        folder = fresh_folder(tr("Table of {name}", name=self._place.name))
        self._workbench.many_papers.keep(folder)
        if self.dialog is not None:
            self.dialog.close()
        self._files.open_project(folder)

    def _ask_export(self) -> None:
        dialog = QFileDialog(self.dialog, tr("Export"), self._settings.folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{tr(FORMATS[suffix])} (*{suffix})" for suffix in OFFERED])
        dialog.selectFile(f"{self._place.name[:80]}{OFFERED[0]}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def chosen(name: str) -> None:
            suffix = OFFERED[dialog.nameFilters().index(dialog.selectedNameFilter())]
            path = Path(name)
            self.export(path if path.suffix.lower() in OFFERED else path.with_name(path.name + suffix))

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def export(self, path: Path) -> None:
        """Write the finished table; the file dialog has asked before it replaces a file."""
        self._workbench.many_papers.export(path)
        self._settings.folder = str(path.parent)
        self.noted.emit(tr("{name} is being written.", name=path.name))
