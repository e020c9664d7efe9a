"""Handing reports out and taking them back: what to write, where, whether it may replace something, what others changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from citegrid.concurrency.jobs import Job, JobState
from citegrid.core.errors import CiteGridError
from citegrid.gui.dialogs.buttons import message
from citegrid.gui.dialogs.export import ExportDialog
from citegrid.gui.dialogs.word_changes import WordChangesDialog
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.gui.settings import Settings
from citegrid.workbench import export_service
from citegrid.workbench.export_service import ExportOptions

if TYPE_CHECKING:
    from citegrid.pipeline.export.word.changes import ReadBack
    from citegrid.workbench.workbench import Workbench


class ReportDialogs(QObject):
    """Turns the person's wishes into exports of the Workbench, and edited reports into changes to choose from."""

    failed = Signal(object)
    exported = Signal(str)
    noted = Signal(str)

    def __init__(self, workbench: Workbench, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._workbench, self._settings, self._window = workbench, settings, window
        self._exports: dict[int, tuple[Job[Path], Path]] = {}
        self._backs: dict[int, tuple[Job[ReadBack], Path]] = {}

    # -- out -----------------------------------------------------------------------------------------------------------

    def ask_export(self) -> None:
        """Ask what is to be written, then where."""
        project = self._workbench.project
        kept = export_service.options_from(self._settings.report)
        dialog = ExportDialog(export_service.doubts(project), kept, project.language, self._window)
        dialog.chosen.connect(self._ask_place)
        dialog.open()

    def _ask_place(self, suffix: str, options: ExportOptions) -> None:
        self._settings.report = options.kept
        name = Path(self._workbench.project.paper.name).stem if self._workbench.project.paper else "CiteGrid"
        dialog = QFileDialog(self._window, tr("Export"), self._settings.folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # we ask ourselves, for only we know whether a file is ours and unchanged
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilter(f"*{suffix}")
        dialog.selectFile(f"{name[:80]} - {tr('report')}{suffix}")

        def chosen(path: Path) -> None:
            if not path.name.lower().endswith(suffix):
                path = path.with_name(path.name + suffix)
            self.export(path, options)

        self._run(dialog, chosen)

    def export(self, path: Path, options: ExportOptions | None = None) -> None:
        """Write a report in the format of the path's suffix; asks before it replaces what is not ours or was changed."""
        options = options or ExportOptions()
        reason = "" if options.replace else export_service.ask_before(path)
        if reason:
            self._ask_replace(reason, lambda: self.export(path, replace(options, replace=True)))
            return
        try:
            job = self._workbench.reports.export(path, options)
        except CiteGridError as error:
            self.failed.emit(error)
            return
        self._exports[id(job)] = (job, path)

    def _ask_replace(self, reason: str, go_on: Callable[[], None]) -> None:
        more = tr("If you replace it, what it holds now is lost.")
        box = message(self._window, "warning", tr_sentence(reason), more)
        box.setWindowTitle(tr("Export"))
        yes = box.addButton(tr("Replace it"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Leave it"), QMessageBox.ButtonRole.RejectRole)
        box.buttonClicked.connect(lambda button: go_on() if button is yes else None)
        box.open()

    # -- back ----------------------------------------------------------------------------------------------------------

    def ask_back(self) -> None:
        """Choose a Word report that others have edited."""
        dialog = QFileDialog(self._window, tr("Read back a Word report"), self._settings.folder, "Word (*.docx)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._run(dialog, self.read_back)

    def read_back(self, path: Path) -> None:
        """Read an edited report; its changes are shown when they have been judged."""
        job = self._workbench.reports.read_back(path)
        self._backs[id(job)] = (job, path)

    def _show_changes(self, path: Path, back: ReadBack) -> None:
        dialog = WordChangesDialog(path.name, back, self._workbench.project, self._window)
        dialog.taken.connect(self._take)
        dialog.open()

    def _take(self, changes: object) -> None:
        assert isinstance(changes, list)
        if changes:
            self._workbench.reports.take_back(changes)
            self.noted.emit(tr("{count} changes are taken over.", count=len(changes)))

    # -- both ----------------------------------------------------------------------------------------------------------

    def _run(self, dialog: QFileDialog, take: Callable[[Path], object]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def chosen(name: str) -> None:
            path = Path(name)
            self._settings.folder = str(path.parent)
            take(path)

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def ended(self, job: Job[object]) -> None:
        """A job has ended; tells of a file that was written and shows what was read back."""
        export, back = self._exports.pop(id(job), None), self._backs.pop(id(job), None)
        if job.state is not JobState.DONE:
            return
        if export is not None:
            self.exported.emit(str(export[1]))
        if back is not None:
            self._show_changes(back[1], back[0].result(0))
