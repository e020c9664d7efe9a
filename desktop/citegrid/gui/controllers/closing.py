"""Closing the window: jobs are stopped, the last change is on the disk, and the person decides where that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from citegrid.core.errors import CiteGridError
from citegrid.gui.dialogs.leaving import ask_to_lose, ask_to_stop, when_quiet
from citegrid.gui.i18n import tr_sentence
from citegrid.gui.widgets.job_bar import JobStrip

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench


class Closing(QObject):
    """Asks and waits with the window alive, and closes the window again once it may be closed."""

    def __init__(self, workbench: Workbench, jobs: JobStrip, window: QWidget) -> None:
        super().__init__(window)
        self._workbench, self._jobs, self._window = workbench, jobs, window
        self._stopped = self._waited = self._given_up = False

    def ready(self) -> bool:
        """Whether the window may close now; otherwise what must come first has begun."""
        if self._jobs.busy and not self._stopped:
            ask_to_stop(self._window, self._stop)
            return False
        if self._workbench.session.saving and not self._waited:
            self._waited = True
            self._close_when_quiet()
            return False
        self._waited = False
        return self._given_up or self._saved()

    def _saved(self) -> bool:
        try:
            self._workbench.session.finish_saving()
        except CiteGridError as error:
            self._window.setEnabled(True)
            ask_to_lose(self._window, f"{tr_sentence(error.sentence)} {tr_sentence(error.hint)}".strip(), self._lose)
            return False
        return True

    def _stop(self) -> None:
        self._stopped = True
        self._jobs.stop()
        self._close_when_quiet()

    def _lose(self) -> None:
        self._given_up = True
        self._window.close()

    def _close_when_quiet(self) -> None:
        self._window.setEnabled(False)
        when_quiet(self._window, lambda: self._jobs.busy or self._workbench.session.saving, self._window.close)
