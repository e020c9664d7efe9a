"""Two small bars that float over the paper: one steps through places, one offers what to do with selected text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from citegrid.gui.i18n import tr
from citegrid.gui.theme import icon

MARGIN = 10
MOST_ABOUT = 260


class Floater(QFrame):
    """A bar over a canvas."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setObjectName("floater")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(6, 3, 6, 3)
        self.row.setSpacing(2)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def button(self, name: str) -> QToolButton:
        """A tool with an icon."""
        made = QToolButton()
        made.setIcon(icon(name))
        made.setIconSize(QSize(16, 16))
        made.setAutoRaise(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.row.addWidget(made)
        return made


class StepBar(Floater):
    """“2 / 4 · Gao 2023 · Method”: which place is shown of how many.  ``stepped(±1)`` and ``left`` are wishes."""

    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.previous = self.button("previous")
        self.where = QLabel()
        self.where.setContentsMargins(4, 0, 4, 0)
        self.row.addWidget(self.where)
        self.following = self.button("next")
        self.about = QLabel()
        self.about.setObjectName("dim")
        self.about.setContentsMargins(4, 0, 4, 0)
        self.row.addWidget(self.about)
        self.close_button = self.button("close")
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.following.clicked.connect(lambda: self.stepped.emit(1))
        self.close_button.clicked.connect(self.left)
        self._words = ""

    def show_step(self, number: int, total: int, about: str) -> None:
        """Tell the place at ``number`` (from 0) of ``total``."""
        self.where.setText(f"{number + 1} / {total}")
        self._words = about
        self.show()
        self.settle()

    def settle(self) -> None:
        """Lie in the middle of the lower edge."""
        if self.isHidden():
            return
        room = self._canvas.size()
        metrics = QFontMetrics(self.about.font())
        widest = max(60, min(MOST_ABOUT, room.width() - 200))
        self.about.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideMiddle, widest))
        self.about.setVisible(bool(self._words))
        self.adjustSize()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - MARGIN)

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        for button, words in (
            (self.previous, tr("Previous place ([)")),
            (self.following, tr("Next place (])")),
            (self.close_button, tr("Take the marks away")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)


class SelectionBar(Floater):
    """What to do with the selected text.  ``evidence_wished``, ``asked``, ``marked``, ``copy_wished`` and ``find_wished`` are wishes."""

    evidence_wished = Signal()
    asked = Signal()
    marked = Signal()
    copy_wished = Signal()
    find_wished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.use = QPushButton()
        self.use.setObjectName("primary")
        self.use.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.use.setIconSize(QSize(16, 16))
        self.row.addWidget(self.use)
        self.ask = QPushButton()
        self.ask.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.row.addWidget(self.ask)
        self.ask.clicked.connect(self.asked)
        self.mark_button = self.button("highlight")
        self.mark_button.clicked.connect(self.marked)
        self.copy_button = self.button("copy")
        self.find_button = self.button("search")
        self.use.clicked.connect(self.evidence_wished)
        self.copy_button.clicked.connect(self.copy_wished)
        self.find_button.clicked.connect(self.find_wished)

    def show_beside(self, area: QRect, for_cell: bool) -> None:
        """Lie below ``area`` (pixels of the canvas), or above it near the lower edge; hidden when it is out of view."""
        room = self._canvas.rect()
        if not room.intersects(area):
            self.hide()
            return
        self.use.setVisible(for_cell)
        self.ask.setVisible(for_cell)
        self.adjustSize()
        below = area.bottom() + MARGIN
        y = below if below + self.height() < room.height() - 4 else max(4, area.top() - self.height() - MARGIN)
        x = min(max(4, area.right() - self.width() // 2), max(4, room.width() - self.width() - 4))
        self.move(QPoint(x, y))
        self.show()
        self.raise_()

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.use.setText(tr("Use as evidence"))
        self.use.setToolTip(tr("Make the selected text evidence of the chosen cell (Ctrl+Shift+E)"))
        self.ask.setText(tr("Answer from here"))
        self.ask.setToolTip(tr("Ask the chosen cell again, of this place alone (Ctrl+Shift+A)"))
        for button, words in (
            (self.mark_button, tr("Highlight it (Ctrl+Shift+H)")),
            (self.copy_button, tr("Copy (Ctrl+C)")),
            (self.find_button, tr("Find it in the paper")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
