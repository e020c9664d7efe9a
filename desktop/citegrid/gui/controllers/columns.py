"""Where columns come from: typed, pasted, a template, the picture pane; between the window and the Workbench."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from citegrid.core.edits.columns import renames
from citegrid.core.errors import CiteGridError, UsageError
from citegrid.core.table import Column
from citegrid.gui.controllers.files import Files
from citegrid.gui.dialogs.columns import ColumnsDialog, TemplateDialog
from citegrid.store import templates

if TYPE_CHECKING:
    from citegrid.workbench.workbench import Workbench


def _copied() -> QMimeData:
    """What lies in the clipboard; Qt gives None while another program changes it."""
    return QGuiApplication.clipboard().mimeData() or QMimeData()


class ColumnWork(QObject):
    """Facts: ``failed(error)``, ``saved(name)`` of a template, ``refused`` when the columns stay as they were."""

    failed = Signal(object)
    refused = Signal()
    saved = Signal(str)

    def __init__(self, workbench: Workbench, files: Files, window: QWidget) -> None:
        super().__init__(window)
        self._workbench, self._files, self._window = workbench, files, window

    def _try(self, call: Callable[[], object]) -> bool:
        try:
            call()
        except CiteGridError as error:
            self.failed.emit(error)
            return False
        return True

    def set_columns(self, columns: Sequence[Column], renamed: Sequence[tuple[str, str]] = ()) -> None:
        """Have these columns."""
        if not self._try(lambda: self._workbench.table.set_columns(columns, renamed)):
            self.refused.emit()

    def read_within(self, frame: tuple[float, float, float, float]) -> None:
        """Read the columns anew, of the table within a frame that was drawn over the picture."""
        self._try(lambda: self._workbench.picture.read_within(frame))

    # -- typed and pasted ----------------------------------------------------------------------------------------------

    def type_columns(self, text: str = "") -> None:
        """Ask for the columns as text: those of now, or ``text``."""
        old = self._workbench.project.table.columns
        dialog = ColumnsDialog(old, text, self._window)
        dialog.chosen.connect(lambda columns: self.set_columns(columns, renames(old, columns)))
        dialog.open()

    def paste(self) -> None:
        """Take what lies in the clipboard: a picture, files, or names copied from a sheet."""
        data = _copied()
        text = data.text() if data.hasText() else ""
        if data.hasUrls() and Files.welcome(data):
            self._files.drop(data)
        elif data.hasImage() and "\t" not in text:  # cells of a sheet come as picture and text: the text is better
            self._paste_picture(QGuiApplication.clipboard().image())
        elif text.strip():
            self.type_columns(text)
        else:
            self._nothing()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field of text leaves a picture in the clipboard to the window: it could not take it anyway."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            data = _copied()
            if event.matches(QKeySequence.StandardKey.Paste) and data.hasImage() and not data.hasText():
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _paste_picture(self, image: QImage) -> None:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        # little compression: a photo of twelve megapixels shall not hold up the window
        if image.isNull() or not image.save(buffer, "PNG", 80):  # type: ignore[call-overload]
            self._nothing()
            return
        self._files.paste_picture(bytes(buffer.data().data()))

    def _nothing(self) -> None:
        hint = "Copy a picture of the table, or the names of its columns, and try again."
        self.failed.emit(UsageError("There is nothing in the clipboard that columns could be read from.", hint))

    # -- templates -----------------------------------------------------------------------------------------------------

    def templates(self) -> list[tuple[str, str]]:
        """Saved templates by name, each with what is wrong with its file or an empty text."""
        return [(t.name, t.fault) for t in templates.saved()]

    def use_template(self, name: str) -> None:
        """Have the columns of a saved template."""
        self._files.named = name
        self._try(lambda: self._workbench.table.use_template(name))
        self._files.named = ""

    def ask_template(self) -> None:
        """Ask for a name and save the columns under it."""
        columns = self._workbench.project.table.columns
        if not columns:
            self._try(lambda: self._workbench.table.save_template("-"))  # says what is missing
            return
        dialog = TemplateDialog(len(columns), [name for name, _ in self.templates()], self._window)
        dialog.chosen.connect(self.save_template)
        dialog.open()

    def save_template(self, name: str) -> None:
        """Save the columns under ``name``."""
        if self._try(lambda: self._workbench.table.save_template(name)):
            self.saved.emit(name)
