"""The cited works and Zotero in the window: asked when a person wishes it, shown in dialogs, taken into the project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from citegrid.concurrency.jobs import Job, JobState
from citegrid.core.errors import CiteGridError
from citegrid.core.holdings import CitedFiles, HeldFile, Holdings, LibraryItem
from citegrid.gui.controllers.files import Files
from citegrid.gui.controllers.library import LibraryWork
from citegrid.gui.dialogs.cited_works import CitedDialog
from citegrid.gui.dialogs.zotero import ZoteroDialog
from citegrid.gui.i18n import tr
from citegrid.gui.panes.references_pane import ReferencesPane
from citegrid.gui.settings import Settings
from citegrid.store.zotero.manager import NAME

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench

T = TypeVar("T")


class ZoteroWork(QObject):
    """Between the window and ``workbench.cited``; ``failed(error)`` when something cannot be done, ``rows_requested(holdings, key)`` of
    a collection that one table is to be made of."""

    failed = Signal(object)
    rows_requested = Signal(object, str)
    noted = Signal(str)

    def __init__(
        self, workbench: Workbench, settings: Settings, files: Files, library: LibraryWork, window: QWidget
    ) -> None:
        super().__init__(window)
        self._cited, self._workbench, self._settings = workbench.cited, workbench, settings
        self._files, self._library, self._window = files, library, window
        self._then: dict[int, tuple[object, Callable[[], None]]] = {}
        self._data: Path | None = None
        self.dialog: QDialog | None = None

    # -- Zotero --------------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """List what Zotero holds, and show it."""
        self._start(lambda: self._cited.list_zotero(self._data), self._show_holdings)

    def _show_holdings(self, holdings: Holdings) -> None:
        dialog = ZoteroDialog(holdings, self._window, listed=bool(self._workbench.shown_paper.references))
        dialog.open_requested.connect(self.open_item)
        dialog.background_requested.connect(self._gather)
        dialog.cited_requested.connect(self.find_in_zotero)
        dialog.folder_requested.connect(self.ask_data)
        dialog.rows_requested.connect(lambda key: self.rows_requested.emit(holdings, key))
        self._keep(dialog)

    def ask_data(self) -> None:
        """Choose the data folder of Zotero."""
        dialog = QFileDialog(self._window, tr("Choose Zotero's data folder"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self._read_data(Path(name)))
        self._keep(dialog)

    def _read_data(self, folder: Path) -> None:
        self._data = folder
        self.show()

    def open_item(self, item: LibraryItem) -> None:
        """Open an item's PDF as the paper, with the data that Zotero has of it."""
        place = next((file for file in item.files if Path(file).is_file()), item.files[0])
        self._files.open_paper(Path(place), details=item.details(NAME) if item.title else None)

    def drop(self, path: Path) -> None:
        """A file of Zotero's storage was dropped: open it with the data that Zotero has of it, without them where it cannot be
        asked."""
        self._start(
            lambda: self._cited.list_zotero(self._data),
            lambda holdings: self._open_dropped(path, holdings),
            lambda: self._open_dropped(path, Holdings()),
        )

    def drop_key(self, key: str) -> None:
        """An item was dropped by its ``zotero:`` link."""
        self._start(lambda: self._cited.list_zotero(self._data), lambda holdings: self._open_key(key, holdings))

    def drop_words(self, words: str) -> None:
        """Items were dropped of which Zotero says only what they are: open the PDF of the one that is named."""
        self._start(lambda: self._cited.list_zotero(self._data), lambda holdings: self._open_named(words, holdings))

    def _open_named(self, words: str, holdings: Holdings) -> None:
        named = holdings.named_in(words)
        with_file = [item for item in named if item.files]
        if len(with_file) == 1:
            self.open_item(with_file[0])
        elif with_file:
            self.noted.emit(
                tr("Drop one item of Zotero at a time to open its PDF; for several, choose Zotero… in the menu.")
            )
        elif named:
            self.noted.emit(tr("That item of Zotero has no PDF on this computer."))
        else:
            self.noted.emit(tr("What was dropped names no item of Zotero."))

    def _open_dropped(self, path: Path, holdings: Holdings) -> None:
        item = holdings.of_file(str(path))
        self._files.open_paper(path, details=item.details(NAME) if item is not None and item.title else None)

    def _open_key(self, key: str, holdings: Holdings) -> None:
        item = holdings.of_key(key)
        if item is not None and item.files:
            self.open_item(item)
        else:
            self.noted.emit(tr("That item of Zotero has no PDF on this computer."))

    # -- the cited works -----------------------------------------------------------------------------------------------

    def find_in_zotero(self) -> None:
        """Look for the cited works in Zotero."""
        self._start(lambda: self._cited.in_zotero(self._data), self._show_cited)

    def ask_folder(self) -> None:
        """Choose a folder, and look for the cited works in it."""
        dialog = QFileDialog(self._window, tr("Find the cited works in a folder"), self._settings.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.find_in(Path(name)))
        self._keep(dialog)

    def find_in(self, folder: Path) -> None:
        """Look for the cited works in a folder."""
        self._settings.folder = str(folder)
        self._start(lambda: self._cited.in_folder(folder), self._show_cited)

    def _show_cited(self, cited: CitedFiles) -> None:
        dialog = CitedDialog(cited, self._window)
        dialog.taken.connect(lambda found: self._library.follow(lambda: self._cited.take_in(found)))
        self._keep(dialog)

    def _gather(self, items: Sequence[LibraryItem]) -> None:
        self._start(lambda: self._cited.gather(items), self._use)

    def _use(self, files: Sequence[HeldFile]) -> None:
        self._library.follow(lambda: self._cited.use_as_background(files))

    def mark(self, pane: ReferencesPane) -> None:
        """Mark the entries whose work lies in the library."""
        try:
            pane.set_here(self._cited.here())
        except CiteGridError as error:
            self.failed.emit(error)

    # -- jobs ----------------------------------------------------------------------------------------------------------

    def _start(
        self, begin: Callable[[], Job[T]], then: Callable[[T], None], failed: Callable[[], None] = lambda: None
    ) -> None:
        """Begin a job, and go on with what it found, or where it failed; nothing goes on for a project that was left."""

        def ended() -> None:
            if job.state is JobState.DONE:
                then(job.result(0))
            elif job.state is JobState.FAILED:
                failed()

        try:
            job = begin()
        except CiteGridError as error:
            self.failed.emit(error)
            return
        self._then[id(job)] = (job, self._workbench.session.for_this_project(ended))

    def ended(self, job: Job[object]) -> None:
        """A job has ended: go on with what it found."""
        known = self._then.pop(id(job), None)
        if known is not None:
            known[1]()

    def _keep(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.destroyed.connect(lambda: self._forget(dialog))
        dialog.open()

    def _forget(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
