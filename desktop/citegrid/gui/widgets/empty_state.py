"""The empty picture pane: the ways to columns, each a click or a key away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from citegrid.gui.i18n import tr
from citegrid.gui.theme import icon


class NoColumns(QWidget):
    """Wishes only; the menu of ``template_button`` is given by its owner."""

    picture_requested = Signal()
    paste_requested = Signal()
    names_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setObjectName("dim")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.picture_button, self.paste_button = self._button("picture"), self._button("paste")
        self.names_button, self.template_button = self._button("edit"), self._button("template")
        self.picture_button.clicked.connect(self.picture_requested)
        self.paste_button.clicked.connect(self.paste_requested)
        self.names_button.clicked.connect(self.names_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self.words)
        column.addSpacing(8)
        for button in (self.picture_button, self.paste_button, self.names_button, self.template_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton()
        button.setIcon(icon(name))
        button.setIconSize(QSize(18, 18))
        button.setMinimumWidth(230)
        return button

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.words.setText(tr("Which columns shall the table have? Drop a picture of it here, or choose another way:"))
        self.picture_button.setText(tr("Open a picture…"))
        self.paste_button.setText(tr("Paste (Ctrl+V)"))
        self.paste_button.setToolTip(tr("A picture of the table, or column names copied from a sheet"))
        self.names_button.setText(tr("Type the columns…"))
        self.template_button.setText(tr("Start from a template"))
