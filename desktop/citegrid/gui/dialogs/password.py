"""Asks for the password of an encrypted PDF."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from citegrid.gui.dialogs.buttons import ok_and_cancel
from citegrid.gui.i18n import tr


class PasswordDialog(QDialog):
    """``given(password)`` when the person typed one; it is kept nowhere."""

    given = Signal(str)

    def __init__(self, name: str, parent: QWidget, *, wrong: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Password needed"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        words = "That password does not open {name}. Try again:" if wrong else "{name} is protected. Its password:"
        label = QLabel(tr(words, name=name))
        label.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(tr("Password"))
        buttons, _ = ok_and_cancel(self, tr("Open"))
        self.accepted.connect(lambda: self.given.emit(self.field.text()))
        column.addWidget(label)
        column.addWidget(self.field)
        column.addWidget(buttons)
        self.resize(420, 0)
