"""The glossary in the window: its dialog, its files, and the offer that follows a corrected translation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from citegrid.core.errors import CiteGridError
from citegrid.core.table import Cell
from citegrid.gui.i18n import tr
from citegrid.gui.settings import Settings
from citegrid.gui.widgets.offer_bar import OfferBar

if TYPE_CHECKING:
    from citegrid.gui.dialogs.glossary import GlossaryDialog
    from citegrid.workbench.glossary.corrections import Offer
    from citegrid.workbench.workbench import Workbench

#: How files of terms are called in a file dialog.
FORMS = "CSV (*.csv);;TBX (*.tbx)"
BOTH = "CSV, TBX (*.csv *.tbx)"


class GlossaryWork(QObject):
    """Facts: ``failed(error)``, ``noted(text)``.  ``bar`` is where a correction is offered."""

    failed = Signal(object)
    noted = Signal(str)

    def __init__(self, workbench: Workbench, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._workbench, self._settings, self._window = workbench, settings, window
        self.bar = OfferBar()

    def _try(self, call: Callable[[], object]) -> None:
        try:
            call()
        except CiteGridError as error:
            self.failed.emit(error)

    # -- the dialog ----------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the terms of the project and of all projects."""
        self._try(self._show)

    def _show(self) -> None:
        from citegrid.gui.dialogs.glossary import GlossaryDialog

        glossary = self._workbench.glossary
        dialog = GlossaryDialog(glossary.own, glossary.shared, self._window)
        dialog.edited.connect(lambda own, shared: self._try(lambda: self._keep(own, shared)))
        dialog.import_requested.connect(lambda: self._ask_import(dialog))
        dialog.export_requested.connect(lambda: self._ask_export(dialog))
        dialog.open()

    def _keep(self, own: object, shared: object) -> None:
        assert isinstance(own, tuple) and isinstance(shared, tuple)
        glossary = self._workbench.glossary
        glossary.set_own(own)
        if shared != glossary.shared:
            glossary.set_shared(shared)

    def _ask_import(self, dialog: GlossaryDialog) -> None:
        files = QFileDialog(dialog, tr("Import terms"), self._settings.folder, f"{BOTH};;{FORMS}")
        files.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._run(files, lambda path: self.take_in(path, dialog))

    def take_in(self, path: Path, dialog: GlossaryDialog) -> None:
        """Add the terms of a file to the project's, and show them."""
        count = self._workbench.glossary.take_in(path)
        dialog.set_terms(self._workbench.glossary.own, self._workbench.glossary.shared)
        self.noted.emit(tr("{count} new terms of {name}.", count=count, name=path.name))

    def _ask_export(self, dialog: GlossaryDialog) -> None:
        files = QFileDialog(dialog, tr("Export terms"), self._settings.folder, FORMS)
        files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        files.setDefaultSuffix("csv")
        files.filterSelected.connect(lambda form: files.setDefaultSuffix(form[-4:-1]))
        self._run(files, self.write)

    def write(self, path: Path) -> None:
        """Write all terms to a file."""
        count = self._workbench.glossary.write(path)
        self.noted.emit(tr("{count} terms are written to {name}.", count=count, name=path.name))

    def _run(self, files: QFileDialog, take: Callable[[Path], object]) -> None:
        def chosen(name: str) -> None:
            path = Path(name)
            self._settings.folder = str(path.parent)
            self._try(lambda: take(path))

        files.fileSelected.connect(chosen)
        files.finished.connect(files.deleteLater)
        files.open()

    # -- corrections ---------------------------------------------------------------------------------------------------

    def corrected(self, before: Cell, text: str) -> None:
        """A person's text was taken for a cell: offer to remember the term that it corrects, and to correct it elsewhere."""
        self._try(lambda: self._offer(before, text))

    def _offer(self, before: Cell, text: str) -> None:
        offer = self._workbench.corrections.offer(before, text)
        if offer is None:
            self.bar.hide()
            return
        for_this = self._workbench.session.for_this_project
        made, count = offer.correction, len(offer.elsewhere)
        choices = [(tr("Remember"), for_this(lambda: self._workbench.corrections.remember(made)))]
        words = tr("Remember “{english}” = {now}?", english=made.english, now=made.now)
        if count:
            choices.append((tr("Remember and look at them…"), for_this(lambda: self._ask_elsewhere(offer))))
            words += " " + tr("{was} stands for it in {count} other places.", was=made.was, count=count)
        self.bar.offer(words, choices)

    def _ask_elsewhere(self, offer: Offer) -> None:
        from citegrid.gui.dialogs.corrections import CorrectionsDialog

        dialog = CorrectionsDialog(offer, self._workbench.project, self._window)
        dialog.taken.connect(lambda chosen: self._carry(offer, chosen))
        dialog.open()

    def _carry(self, offer: Offer, chosen: object) -> None:
        assert isinstance(chosen, list)
        self._workbench.corrections.carry(offer.correction, chosen)
        self.noted.emit(tr("{count} places say {now} now.", count=len(chosen), now=offer.correction.now))
