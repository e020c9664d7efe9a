"""What dialogs share: the two buttons at the foot, Qt's own small dialogs in our clothes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QInputDialog, QLabel, QMessageBox, QPushButton, QWidget

from citegrid.gui import theme
from citegrid.gui.i18n import tr


def one_field(parent: QWidget, title: str, lead: str, words: str) -> QInputDialog:
    """A dialog with one field below ``lead``, whose button says ``words``: Qt's own, in our clothes."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setLabelText(lead)
    dialog.setOkButtonText(words)
    dialog.setCancelButtonText(tr("Cancel"))
    row, inside, label = dialog.findChild(QDialogButtonBox), dialog.layout(), dialog.findChild(QLabel)
    if row is not None and inside is not None and label is not None:
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(12)
        label.setWordWrap(True)
        label.setMinimumWidth(400)
        row.button(QDialogButtonBox.StandardButton.Ok).setObjectName("primary")
        for button in row.buttons():
            button.setIcon(QIcon())
            button.style().polish(button)
    return dialog


def message(parent: QWidget, sign: str, text: str, more: str) -> QMessageBox:
    """A small question with the line icon ``sign`` beside it: what it is about, and more of it below; buttons are added to it."""
    box, colours = QMessageBox(parent), theme.current()
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIconPixmap(
        theme.tinted(sign, colours.fuzzy if sign == "warning" else colours.accent, 36, parent.devicePixelRatioF())
    )
    box.setWindowTitle("CiteGrid")
    box.setText(text)
    box.setInformativeText(more)
    return box


def ok_and_cancel(dialog: QDialog, words: str) -> tuple[QDialogButtonBox, QPushButton]:
    """A row of two buttons, and the one of them that accepts ``dialog``; it says ``words`` and is what Enter presses."""
    row = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    accept = row.button(QDialogButtonBox.StandardButton.Ok)
    cancel = row.button(QDialogButtonBox.StandardButton.Cancel)
    accept.setText(words)
    accept.setObjectName("primary")
    accept.setDefault(True)  # which the dialog hears only where no other of its buttons is one that Enter may press
    cancel.setText(tr("Cancel"))
    for button in (accept, cancel):
        button.setIcon(QIcon())  # the style's own icons are of another family
    row.accepted.connect(dialog.accept)
    row.rejected.connect(dialog.reject)
    return row, accept
