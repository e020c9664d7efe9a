"""The strip over the review that says that a later run wrote another text, which waits beside the person's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from citegrid.core.edits.new_text import pairs
from citegrid.core.review import Review
from citegrid.gui.i18n import tr


class NewTextStrip(QFrame):
    """Seen while there is such a text.  Wishes: ``compare_requested``, ``leave_requested``."""

    compare_requested = Signal()
    leave_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane_foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._count = 0
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.compare = QPushButton()
        self.compare.setObjectName("primary")
        self.compare.clicked.connect(self.compare_requested)
        self.leave = QPushButton()
        self.leave.clicked.connect(self.leave_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.compare)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        column = QVBoxLayout(self)  # the review is often narrow: the buttons stand below the words
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addLayout(buttons)
        self.hide()

    def show_count(self, mine: Review | None, new: Review | None) -> None:
        """Say in how many places the new text differs; hidden where there is none."""
        self._count = sum(not pair.same for pair in pairs(mine, new)) if mine is not None and new is not None else 0
        self.setVisible(bool(self._count))
        self.retranslate()

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.words.setText(tr("New text beside yours. Places that differ: {count}", count=self._count))
        self.compare.setText(tr("Compare…"))
        self.leave.setText(tr("Leave the new text"))
