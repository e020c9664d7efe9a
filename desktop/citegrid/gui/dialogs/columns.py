"""Two small dialogs: typing the columns of a table, and naming them as a template."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from citegrid.core.edits.columns import check_names, columns_of, text_of
from citegrid.core.errors import UsageError
from citegrid.core.table import Column
from citegrid.gui.dialogs.buttons import ok_and_cancel
from citegrid.gui.i18n import tr, tr_sentence


class _Small(QDialog):
    """Room for a few things above OK and Cancel; ``state`` says what OK would do, or why it cannot."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 20, 20, 16)
        self.column.setSpacing(8)
        self.state = QLabel()
        self.state.setObjectName("dim")
        self.state.setWordWrap(True)
        self.buttons, self.ok = ok_and_cancel(self, tr("OK"))

    def words(self, text: str) -> QLabel:
        """A paragraph."""
        label = QLabel(text)
        label.setWordWrap(True)
        self.column.addWidget(label)
        return label

    def end(self) -> None:
        """Add the state and the buttons."""
        self.column.addWidget(self.state)
        self.column.addSpacing(8)
        self.column.addWidget(self.buttons)


class ColumnsDialog(_Small):
    """``chosen(columns)`` when it is accepted; the text is that of ``columns_of``."""

    chosen = Signal(object)

    def __init__(self, columns: Sequence[Column], text: str, parent: QWidget) -> None:
        super().__init__(tr("Type the columns"), parent)
        self._old = {column.name: column for column in columns}
        self.resize(520, 400)
        self.words(tr("One column a line; Ctrl+Enter when done. A row copied from a sheet can be pasted as it is."))
        self.field = QPlainTextEdit(text or "\n".join(text_of(c) for c in columns))
        self.field.setObjectName("field")
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(tr("Columns of the table"))
        self.field.setPlaceholderText(tr("Title\nAuthors and year\nParticipants :: number :: only those who finished"))
        self.field.textChanged.connect(self._look)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.ok.click)
        self.column.addWidget(self.field, 1)
        hint = self.words(
            tr("After a name may follow :: its answer type (text, number, year, list, yes/no) :: an instruction")
        )
        hint.setObjectName("dim")
        self.end()
        self.accepted.connect(lambda: self.chosen.emit(self.columns()))
        self._look()
        self.field.selectAll()
        self.field.setFocus()

    def columns(self) -> tuple[Column, ...]:
        """What was typed; a column that was there keeps its place in the picture and its examples."""
        made = []
        for typed in columns_of(self.field.toPlainText()):
            old = self._old.get(typed.name, typed)
            made.append(Column(typed.name, typed.instruction, typed.answer_type, old.box, old.confidence, old.hints))
        return tuple(made)

    def _look(self) -> None:
        columns = self.columns()
        try:
            check_names(columns)
            fault = ""
        except UsageError as error:
            fault = f"{tr_sentence(error.sentence)} {tr_sentence(error.hint)}"
        names = " · ".join(c.name for c in columns)
        self.state.setText(fault or f"{tr('{count} columns', count=len(columns))}: {names}".rstrip(": "))
        self.ok.setEnabled(bool(columns) and not fault)


class TemplateDialog(_Small):
    """``chosen(name)`` when it is accepted."""

    chosen = Signal(str)

    def __init__(self, count: int, taken: Collection[str], parent: QWidget) -> None:
        super().__init__(tr("Save as a template"), parent)
        self._count, self._taken = count, {name.casefold() for name in taken}
        self.setMinimumWidth(420)
        self.words(
            tr("The columns, their answer types and instructions can then start other tables, without a picture.")
        )
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Name of the template"))
        self.field.setPlaceholderText(tr("Name of the template"))
        self.field.textChanged.connect(self._look)
        self.column.addWidget(self.field)
        self.end()
        self.accepted.connect(lambda: self.chosen.emit(self.field.text().strip()))
        self._look()

    def _look(self) -> None:
        name = " ".join(self.field.text().split())
        replaces = name.casefold() in self._taken
        self.ok.setEnabled(bool(name))
        self.ok.setText(tr("Replace") if replaces else tr("Save"))
        words = tr("It replaces the template of this name.") if replaces else tr("{count} columns", count=self._count)
        self.state.setText(words)
