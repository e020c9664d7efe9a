"""The two buttons at the foot of a dialog."""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton

from citegrid.gui.i18n import tr


def ok_and_cancel(dialog: QDialog, words: str) -> tuple[QDialogButtonBox, QPushButton]:
    """A row of two buttons, and the one of them that accepts ``dialog``; it says ``words`` and is what Enter presses."""
    row = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    accept = row.button(QDialogButtonBox.StandardButton.Ok)
    cancel = row.button(QDialogButtonBox.StandardButton.Cancel)
    accept.setText(words)
    accept.setObjectName("primary")
    accept.setDefault(True)
    cancel.setText(tr("Cancel"))
    for button in (accept, cancel):
        button.setIcon(QIcon())  # the style's own icons are of another family
    row.accepted.connect(dialog.accept)
    row.rejected.connect(dialog.reject)
    return row, accept
