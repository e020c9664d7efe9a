"""What the title page of a paper says, beside the page itself, for what the reader got wrong."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from citegrid.core.document import Document, PaperDetails
from citegrid.gui.dialogs.buttons import ok_and_cancel
from citegrid.gui.i18n import tr
from citegrid.gui.pdf_view.canvas import PdfCanvas
from citegrid.gui.theme import icon
from citegrid.ports import PageSource

#: Digits of a year, and lines of the fields that take several.
YEAR_DIGITS, TITLE_LINES, AUTHOR_LINES = 4, 3, 7

_Field = TypeVar("_Field", QPlainTextEdit, QLineEdit)


class DetailsDialog(QDialog):
    """``chosen(PaperDetails)`` when it is accepted.  Words that are selected on the page can be taken into a field."""

    chosen = Signal(object)

    def __init__(self, details: PaperDetails, source: PageSource, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Details of the paper"))
        self.resize(1040, 680)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(8)
        self._takers: list[QToolButton] = []
        self._origin = details.origin
        self.title = self._field(tr("Title"), _lines(details.title, TITLE_LINES))
        self.authors = self._field(tr("Authors, one a line"), _lines("\n".join(details.authors), AUTHOR_LINES))
        self.year = self._field(tr("Year"), QLineEdit(str(details.year or "")))
        self.doi = self._field("DOI", QLineEdit(details.doi))
        self.page = PdfCanvas()
        self.page.set_source(source)
        self.page.set_document(document)
        self.page.selection_changed.connect(self._look)
        self.page.selection_changed.connect(self.page.viewport().update)
        self._build()
        self.year.textChanged.connect(self._look)
        self.title.textChanged.connect(self._look)
        self.accepted.connect(lambda: self.chosen.emit(self.details()))
        self.finished.connect(lambda: self.page.set_source(None))
        self.title.setFocus()
        self._look()

    def _build(self) -> None:
        """The page at the left, the fields and the buttons at the right."""
        lead = QLabel(
            tr("Correct what was read wrongly. Select words on the page and take them into a field, or type.")
        )
        if self._origin:
            lead.setText(
                f"{lead.text()} {tr('These data come from {origin}; what you save is yours.', origin=self._origin)}"
            )
        lead.setWordWrap(True)
        self.state = QLabel()
        self.state.setObjectName("dim")
        self.state.setWordWrap(True)
        buttons, self.ok = ok_and_cancel(self, tr("Save"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.ok.click)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(lead)
        column.addLayout(self._grid)
        column.addWidget(self.state)
        column.addStretch(1)
        column.addWidget(buttons)
        split = QSplitter()
        split.addWidget(self.page)
        split.addWidget(side)
        split.setSizes([600, 440])
        split.setChildrenCollapsible(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 16)
        around.addWidget(split)

    def _field(self, name: str, field: _Field) -> _Field:
        """A field below its name, with the button that takes the selected words."""
        row = self._grid.rowCount()
        label = QLabel(name)
        label.setBuddy(field)
        field.setAccessibleName(name)
        take = QToolButton()
        take.setIcon(icon("quote"))
        take.setIconSize(QSize(18, 18))
        take.setToolTip(tr("Take the words that are selected on the page"))
        take.setAccessibleName(f"{take.toolTip()}: {name}")
        take.clicked.connect(lambda: self._take(field))
        self._takers.append(take)
        self._grid.addWidget(label, row, 0, 1, 2)
        self._grid.addWidget(field, row + 1, 0)
        self._grid.addWidget(take, row + 1, 1, Qt.AlignmentFlag.AlignTop)
        return field

    def details(self) -> PaperDetails:
        """What the fields hold."""
        authors = tuple(" ".join(line.split()) for line in self.authors.toPlainText().splitlines() if line.strip())
        year = self.year.text().strip()
        title = " ".join(self.title.toPlainText().split())
        return PaperDetails(title, authors, int(year) if _is_year(year) else None, self.doi.text().strip())

    def _take(self, field: QPlainTextEdit | QLineEdit) -> None:
        """Put the selected words into a field, in the place of what it held."""
        words = self.page.selection.text
        if isinstance(field, QLineEdit):
            field.setText(words)
        else:
            field.setPlainText(words)
        field.setFocus()

    def _look(self) -> None:
        """Say what is wrong, and let only be taken what is selected."""
        year = self.year.text().strip()
        faults = [] if self.title.toPlainText().strip() else [tr("The title is empty.")]
        if year and not _is_year(year):
            faults.append(tr("A year has four digits."))
        self.state.setText(" ".join(faults))
        self.ok.setEnabled(not faults)
        for take in self._takers:
            take.setEnabled(bool(self.page.selection.text))


def _is_year(text: str) -> bool:
    return len(text) == YEAR_DIGITS and text.isascii() and text.isdecimal()


def _lines(text: str, lines: int) -> QPlainTextEdit:
    """A field of several lines, which Tab leaves."""
    field = QPlainTextEdit(text)
    field.setObjectName("field")
    field.setTabChangesFocus(True)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * lines + 16)
    return field
