"""What is to be written: the format, and for Word how it cites, its evidence, comments and template; and what nobody has proved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from citegrid.gui.dialogs.buttons import ok_and_cancel
from citegrid.gui.i18n import tr
from citegrid.gui.widgets.inputs import Choice, LevelForm
from citegrid.pipeline.export.formats import FORMATS, WORKS_ONLY
from citegrid.workbench.export_service import SAMPLES, STYLES, ExportOptions, usual_style

#: The ways of citing, and how a sentence ends in those that are the same in every style.
_CITATIONS = {"style": "As the style has it", "footnotes": "Footnotes", "long": "File and page in full"}
_PREVIEWS = {
    "footnotes": "… is more accurate.<sup>1</sup> &nbsp; ¹ Gao et al., 2023, page 12",
    "long": "… is more accurate. [doc: paper.pdf, page 12]<sup>1</sup>",
}


class ExportDialog(QDialog):
    """``chosen(suffix, options)`` when the person goes on to name the file."""

    chosen = Signal(str, object)

    def __init__(self, doubts: tuple[int, int], kept: ExportOptions, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export"))
        self._doubts, self._language = doubts, language
        self._template: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        form = LevelForm()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        self.format = Choice()
        for suffix, title in FORMATS.items():
            self.format.addItem(f"{tr(title)} (*{suffix})", suffix)
        self.citations = Choice()
        for name, called in _CITATIONS.items():
            self.citations.addItem(tr(called), name)
        self.style_ = Choice()
        usual = STYLES[usual_style("", language)]
        self.style_.addItem(tr("As usual in the language ({style})", style=usual), "")
        for name, words in STYLES.items():
            self.style_.addItem(words, name)
        self.style_.addItem(tr("No reference list"), "none")
        self.preview = QLabel()
        self.preview.setTextFormat(Qt.TextFormat.RichText)
        self.evidence = QCheckBox(tr("List of the quotes at the end"))
        self.evidence.setToolTip(tr("Without it the quotes stand in comments, or in the footnotes."))
        self.comments = QCheckBox(tr("Put the quotes into Word comments, too"))
        self.track = QCheckBox(tr("Tracked changes where the review of a replaced report changes"))
        self.template = QPushButton(tr("CiteGrid's own"))
        self.template.setAutoDefault(False)
        self.template.clicked.connect(self._ask_template)
        row = QHBoxLayout()
        row.addWidget(self.template)
        row.addStretch(1)
        form.addRow(tr("Format"), self.format)
        form.addRow(tr("Citations"), self.citations)
        form.addRow(tr("Citation style"), self.style_)
        form.addRow("", self.preview)
        for box in (self.evidence, self.comments, self.track):
            form.addRow("", box)
        form.addRow(tr("Template"), row)
        self._take(kept)
        self.warning = QLabel()
        self.warning.setWordWrap(True)
        self.warning.setMinimumWidth(420)
        buttons, _ = ok_and_cancel(self, tr("Choose the place…"))
        self.accepted.connect(self._emit_request)
        for choice in (self.format, self.citations, self.style_):
            choice.currentIndexChanged.connect(self._show)
        column.addLayout(form)
        column.addWidget(self.warning)
        column.addWidget(buttons)
        self._show()

    def _take(self, kept: ExportOptions) -> None:
        """Show the choices that were made last."""
        for choice, name in ((self.citations, kept.citations), (self.style_, kept.style)):
            choice.setCurrentIndex(max(0, choice.findData(name)))
        for box, ticked in ((self.evidence, kept.evidence), (self.comments, kept.comments), (self.track, kept.track)):
            box.setChecked(ticked)

    def _show(self) -> None:
        suffix, form = self.format.currentData(), self.citations.currentData()
        model, none = self.style_.model(), self.style_.findData("none")
        assert isinstance(model, QStandardItemModel)
        model.item(none).setEnabled(form == "long")  # a citation by style or in a note needs its list
        if form != "long" and self.style_.currentIndex() == none:
            self.style_.setCurrentIndex(0)
        style = usual_style(self.style_.currentData(), self._language)
        choices = (self.citations, self.style_, self.evidence, self.comments, self.track, self.template, self.preview)
        for widget in choices:
            widget.setEnabled(suffix == ".docx")
        by_style = tr("… is more accurate{citation}.", citation=SAMPLES[style])
        self.preview.setText(by_style if form == "style" else tr(_PREVIEWS[form]))
        cells, sentences = self._doubts
        is_shown = bool(cells or sentences) and suffix not in WORKS_ONLY
        words = tr(
            "! No evidence carries what some of it says (cells: {cells}, sentences: {sentences}). It is marked in the file; "
            "check it before you pass it on.",
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
        options = ExportOptions(
            self.style_.currentData(),
            self._template,
            self.comments.isChecked(),
            citations=self.citations.currentData(),
            evidence=self.evidence.isChecked(),
            track=self.track.isChecked(),
        )
        self.chosen.emit(self.format.currentData(), options)
