"""A calm line below the panes that says what went wrong and what to try; it never steals the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from citegrid.core.errors import CiteGridError, InternalError
from citegrid.gui import theme
from citegrid.gui.i18n import tr, tr_sentence

#: Good news goes away by itself after this many milliseconds; errors stay.
GOOD_NEWS = 8000


class MessageBar(QFrame):
    """One message at a time, the newest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        self._sign = QLabel()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setIcon(theme.icon("close"))
        self._close.setIconSize(QSize(16, 16))
        self._close.clicked.connect(self.hide)
        row.addWidget(self._sign)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        row.addWidget(self._close)
        self._action: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.retranslate()
        self.hide()

    def show_error(self, error: CiteGridError, words: str = "", action: Callable[[], object] | None = None) -> None:
        """Say what failed and what to try, with a button for it when there is one."""
        kind = "error" if isinstance(error, InternalError) else "warning"
        self._show(kind, tr_sentence(error.whole), words, action)
        self._timer.stop()

    def show_warning(self, text: str, words: str = "", action: Callable[[], object] | None = None) -> None:
        """Tell what a person must know and that stays until it is read, with a button for the next step when there is one."""
        self._show("warning", text, words, action)
        self._timer.stop()

    def show_note(self, text: str, words: str = "", action: Callable[[], object] | None = None) -> None:
        """Tell good news, with a button for the next step when there is one."""
        self._show("info", text, words, action)
        self._timer.start(GOOD_NEWS)

    def _show(self, sign: str, text: str, words: str = "", action: Callable[[], object] | None = None) -> None:
        self._sign.setPixmap(theme.icon(sign).pixmap(QSize(20, 20), self.devicePixelRatioF()))
        self.text.setText(text)
        self._action = action
        self.button.setText(words)
        self.button.setVisible(bool(words))
        self.setAccessibleName(text)
        self.show()

    def retranslate(self) -> None:
        """Show the words that stay in the language of now; the message is gone soon."""
        self._close.setToolTip(tr("Close this message"))
        self._close.setAccessibleName(tr("Close this message"))

    def _act(self) -> None:
        if self._action is not None:
            self._action()
        self.hide()
