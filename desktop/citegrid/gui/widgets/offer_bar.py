"""A calm line below the panes that offers something and waits: it takes neither the keyboard nor the sight of anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from citegrid.gui import theme
from citegrid.gui.i18n import tr

#: The words of a button and what it does.
Way = tuple[str, Callable[[], object]]


class OfferBar(QFrame):
    """One offer at a time, the newest; a button that is pressed, or the cross, ends it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 6, 6)
        self._sign = QLabel()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self._close = QToolButton()
        self._close.setIcon(theme.icon("close"))
        self._close.setIconSize(QSize(16, 16))
        self._close.clicked.connect(self.hide)
        self._row.addWidget(self._sign)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self._close)
        self.buttons: list[QPushButton] = []
        self.retranslate()
        self.hide()

    def offer(self, text: str, choices: Sequence[Way]) -> None:
        """Say what is offered, with a button for each way of taking it."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._button(words, call) for words, call in choices]
        self._sign.setPixmap(theme.icon("glossary").pixmap(QSize(20, 20), self.devicePixelRatioF()))
        self.text.setText(text)
        self.setAccessibleName(text)
        self.show()

    def _button(self, words: str, call: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)

        def act() -> None:
            self.hide()
            call()

        button.clicked.connect(act)
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def retranslate(self) -> None:
        """Show the words that stay in the language of now; an offer in another one goes."""
        self.hide()
        self._close.setToolTip(tr("Not now"))
        self._close.setAccessibleName(tr("Not now"))
