"""What is to be written: the format, and for Word its reference list, comments and template; and what nobody has proved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from citegrid.gui.dialogs.buttons import ok_and_cancel
from citegrid.gui.i18n import tr
from citegrid.gui.widgets.inputs import Choice
from citegrid.pipeline.export.formats import FORMATS, WORKS_ONLY
from citegrid.workbench.export_service import STYLES, ExportOptions


class ExportDialog(QDialog):
    """``chosen(suffix, options)`` when the person goes on to name the file."""

    chosen = Signal(str, object)

    def __init__(self, doubts: tuple[int, int], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export"))
        self._doubts = doubts
        self._template: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        self.format = Choice()
        for suffix, title in FORMATS.items():
            self.format.addItem(f"{tr(title)} (*{suffix})", suffix)
        self.style_ = Choice()
        self.style_.addItem(tr("As usual in the language"), "")
        for name, words in STYLES.items():
            self.style_.addItem(words, name)
        self.style_.addItem(tr("No reference list"), "none")
        self.comments = QCheckBox(tr("Put the quotes into Word comments, too"))
        self.template = QPushButton(tr("CiteGrid's own"))
        self.template.clicked.connect(self._ask_template)
        row = QHBoxLayout()
        row.addWidget(self.template)
        row.addStretch(1)
        form.addRow(tr("Format"), self.format)
        form.addRow(tr("Reference list"), self.style_)
        form.addRow(tr("Template"), row)
        form.addRow("", self.comments)
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self.warning.setMinimumWidth(420)
        buttons, _ = ok_and_cancel(self, tr("Choose the place…"))
        self.accepted.connect(self._emit_request)
        self.format.currentIndexChanged.connect(self._show)
        column.addLayout(form)
        column.addWidget(self.warning)
        column.addWidget(buttons)
        self._show()

    def _show(self) -> None:
        suffix = self.format.currentData()
        for widget in (self.style_, self.comments, self.template):
            widget.setEnabled(suffix == ".docx")
        cells, sentences = self._doubts
        is_shown = bool(cells or sentences) and suffix not in WORKS_ONLY
        words = tr(
            "! No evidence carries {cells} cells and {sentences} sentences. They are marked in the file; check them "
            "before you pass it on.",
            cells=cells,
            sentences=sentences,
        )
        self.warning.setText(words if is_shown else "")
        self.warning.setVisible(is_shown)

    def _ask_template(self) -> None:
        dialog = QFileDialog(self, tr("Choose a Word file whose styles and page are taken"), "", "Word (*.docx)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_template(Path(name)))
        dialog.open()

    def take_template(self, path: Path) -> None:
        """Use the styles and the page of this file."""
        self._template = path
        self.template.setText(path.name)

    def _emit_request(self) -> None:
        options = ExportOptions(self.style_.currentData(), self._template, self.comments.isChecked())
        self.chosen.emit(self.format.currentData(), options)
