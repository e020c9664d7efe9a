"""A failure of CiteGrid itself, or a problem that a person has: what would be given away can be read, and written to a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from citegrid.core.errors import CiteGridError
from citegrid.gui import theme
from citegrid.gui.i18n import tr, tr_sentence
from citegrid.store.files import write_atomically


class FailureDialog(QDialog):
    """Shown without blocking; closing it goes back to the work.  ``own``: the person asked for it, and may write in the report."""

    def __init__(self, what: str, report: str, saved: bool, parent: QWidget, *, own: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("CiteGrid")
        self.resize(640, 440)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(16)
        sign = QLabel()
        sign.setPixmap(theme.icon("info" if own else "error").pixmap(QSize(40, 40), self.devicePixelRatioF()))
        safe = tr(
            "Your work is saved up to the last change; you can go on."
            if saved
            else "Your work is still in the window, but it could not be saved. Export it before you close the window."
        )
        title = tr("Report a problem") if own else tr("CiteGrid made a mistake")
        if own:
            self.resize(760, 620)
            safe = tr("Say what happened, read the rest, then save or copy the text for who helps you.")
        self.words = QLabel(f"<h3>{title}</h3><p>{safe}</p>")
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.words, 1)
        column.addLayout(head)
        sentence = QLabel(what)
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        sentence.setVisible(bool(what))
        column.addWidget(sentence)
        self.report = QPlainTextEdit(report)
        self.report.setObjectName("field")
        self.report.setReadOnly(not own)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(tr("The report"))
        column.addWidget(self.report, 1)
        hint = QLabel(
            tr("The report holds no words of your paper, table or review. It goes nowhere unless you send it.")
        )
        hint.setObjectName("dim")
        hint.setWordWrap(True)
        column.addWidget(hint)
        row = QHBoxLayout()
        self.save = QPushButton(tr("Save the report…"))
        self.copy = QPushButton(tr("Copy the report"))
        self.go_on = QPushButton(tr("Close") if own else tr("Go on working"))
        self.go_on.setObjectName("primary")
        self.go_on.setDefault(True)
        for button in (self.save, self.copy):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.go_on)
        column.addLayout(row)
        self.save.clicked.connect(self._ask_place)
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.report.toPlainText()))
        self.go_on.clicked.connect(self.close)

    def complete(self, placeholder: str, text: str) -> None:
        """Put ``text`` where ``placeholder`` stands, beside what the person has written meanwhile."""
        at = self.report.document().find(placeholder)
        if not at.isNull():
            at.insertText(text)

    def _ask_place(self) -> None:
        dialog = QFileDialog(self, tr("Save the report…"), str(Path.home()), "Text (*.txt)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile("citegrid-report.txt")
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.open()

    def write(self, path: Path) -> None:
        """Write the report to ``path`` and say so, or why not."""
        try:
            write_atomically(path, self.report.toPlainText().encode("utf-8"))
        except CiteGridError as error:
            self.words.setText(f"{tr_sentence(error.sentence)} {tr_sentence(error.hint)}")
        else:
            self.save.setText(tr("{name} is written.", name=path.name).rstrip("。."))
            self.save.setEnabled(False)
