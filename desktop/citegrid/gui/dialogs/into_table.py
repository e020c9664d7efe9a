"""Which cell an answer is put into: a row and a column."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from citegrid.core.table import Table
from citegrid.gui.dialogs.buttons import ok_and_cancel
from citegrid.gui.dialogs.ticking import shortened
from citegrid.gui.i18n import tr
from citegrid.gui.widgets.inputs import Choice, LevelForm


class IntoTableDialog(QDialog):
    """``chosen(work_id, column)``; the cell ``at`` is offered first."""

    chosen = Signal(str, str)

    def __init__(self, table: Table, at: tuple[str, str] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Put the answer into the table"))
        self.row, self.column = Choice(), Choice()
        for row in table.rows:
            self.row.addItem(shortened(row.work.title), row.work.id)
        self.column.addItems(table.names)
        if at is not None:
            self.row.setCurrentIndex(max(0, self.row.findData(at[0])))
            self.column.setCurrentText(at[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        lead = QLabel(tr("The cell takes the sentences with their places. What stands in it now lies beside it."))
        lead.setWordWrap(True)
        column.addWidget(lead)
        form = LevelForm()
        form.addRow(tr("Row"), self.row)
        form.addRow(tr("Column"), self.column)
        column.addLayout(form)
        buttons, _ = ok_and_cancel(self, tr("Put it there"))
        column.addWidget(buttons)
        self.accepted.connect(lambda: self.chosen.emit(self.row.currentData(), self.column.currentText()))
        self.setMinimumWidth(420)
