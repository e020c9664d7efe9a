"""What a person chooses once for all: preferences, the model, and what the program says of itself.

Its dialogs are loaded when they are first asked for, not with the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from citegrid.core.errors import UsageError
from citegrid.gui.i18n import language
from citegrid.gui.settings import Settings

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench


class Preferences(QObject):
    """``preferred(Preferred)`` when preferences were chosen."""

    preferred = Signal(object)

    def __init__(self, workbench: Workbench, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._workbench, self._settings, self._window = workbench, settings, window
        self._models: QDialog | None = None
        workbench.models.use_card(settings.use_card)
        with suppress(UsageError):  # a server that is no longer agreed to
            workbench.models.translate_with(settings.translator, settings.servers)

    def show_about(self) -> None:
        """Licences of every part, and that nothing leaves the computer."""
        from citegrid.gui.dialogs.about import AboutDialog

        AboutDialog(self._window).open()

    def show_guide(self, commands: Sequence[tuple[str, str]]) -> None:
        """A first table in five minutes, and the keys; ``commands`` are words and keys of the window's commands."""
        from citegrid.gui.dialogs.guide import GuideDialog

        GuideDialog(commands, self._window).open()

    def show_models(self) -> None:
        """The model manager; the one that is open comes to the front."""
        if self._models is None:
            from citegrid.gui.dialogs.language_models.manager import ModelsDialog

            self._models = ModelsDialog(self._settings, self._workbench.models, self._window)
            self._models.destroyed.connect(self._forget)
        self._models.show()
        self._models.raise_()

    def _forget(self) -> None:
        self._models = None

    def close(self) -> None:
        """The window closes: what is fetched or checked stops."""
        if self._models is not None:
            self._models.close()

    def ask_preferences(self) -> None:
        """Number of rows, length, language, colours, model, graphics card."""
        from citegrid.gui.dialogs.preferences import PreferencesDialog, Preferred

        project = self._workbench.project
        kept = self._settings
        now = Preferred(project.max_rows, project.target, language(), kept.colours, kept.model, kept.use_card)
        dialog = PreferencesDialog(now, kept.servers, self._window)
        dialog.chosen.connect(self.preferred)
        dialog.open()
