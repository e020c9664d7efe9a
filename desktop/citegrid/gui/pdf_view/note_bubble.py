"""The bubble beside a highlight: its note, its colour, and taking it away."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from citegrid.core.annotation import Annotation, Ink
from citegrid.gui.i18n import tr
from citegrid.gui.pdf_view.page_painter import INKS
from citegrid.gui.theme import icon

ROOM = QSize(280, 150)
MARGIN = 8
_NAMES = {Ink.YELLOW: "Yellow", Ink.GREEN: "Green", Ink.BLUE: "Blue", Ink.PINK: "Pink"}


def swatch(ink: Ink) -> QIcon:
    """A drop of a highlight's colour."""
    drop = QPixmap(32, 32)
    drop.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drop)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(INKS[ink]))
    painter.setPen(QColor("#8a8577"))
    painter.drawEllipse(3, 3, 26, 26)
    painter.end()
    return QIcon(drop)


class NoteBubble(QFrame):
    """Wishes: ``noted(key, note)``, ``inked(key, ink)``, ``dropped(key)``.  What was typed is kept when the bubble closes."""

    noted = Signal(str, str)
    inked = Signal(str, object)
    dropped = Signal(str)

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.setObjectName("floater")
        self._canvas = canvas
        self._shown: Annotation | None = None
        self.text = QPlainTextEdit()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTabChangesFocus(True)
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(8, 6, 8, 6)
        column.addWidget(self.text, 1)
        column.addLayout(row)
        self.inks = {ink: self._tool(row, swatch(ink)) for ink in Ink}
        row.addStretch(1)
        self.drop_button = self._tool(row, icon("drop"))
        self.done = self._tool(row, icon("accept"))
        for ink, button in self.inks.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, ink=ink: self._ink(ink))
        self.drop_button.clicked.connect(self._drop)
        self.done.clicked.connect(self.shut)
        QShortcut(
            QKeySequence(Qt.Key.Key_Escape), self, self.shut, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def _tool(self, row: QHBoxLayout, sign: QIcon) -> QToolButton:
        made = QToolButton()
        made.setIcon(sign)
        made.setIconSize(QSize(16, 16))
        made.setAutoRaise(True)
        row.addWidget(made)
        return made

    @property
    def key(self) -> str:
        """The annotation that is shown; empty while the bubble is closed."""
        return self._shown.key if self._shown is not None else ""

    def show_note(self, one: Annotation, area: QRect) -> None:
        """Open beside ``area`` (pixels of the canvas)."""
        if self.key != one.key:
            self.shut()
            self.text.setPlainText(one.note)
        self._shown = one
        for ink, button in self.inks.items():
            button.setChecked(ink is one.ink)
        room = self._canvas.rect()
        self.resize(ROOM.boundedTo(room.size() - QSize(2 * MARGIN, 2 * MARGIN)))
        below = area.bottom() + MARGIN
        y = below if below + self.height() < room.height() else max(MARGIN, area.top() - self.height() - MARGIN)
        x = min(max(MARGIN, area.left()), max(MARGIN, room.width() - self.width() - MARGIN))
        self.move(QPoint(x, y))
        self.show()
        self.raise_()

    def shut(self) -> None:
        """Keep what was typed and close."""
        shown, self._shown = self._shown, None
        self.hide()
        if shown is not None and self.text.toPlainText().strip() != shown.note:
            self.noted.emit(shown.key, self.text.toPlainText().strip())

    def forget(self) -> None:
        """Close without keeping anything: the annotation is gone."""
        self._shown = None
        self.hide()

    def _ink(self, ink: Ink) -> None:
        if self._shown is not None:
            self.inked.emit(self._shown.key, ink)

    def _drop(self) -> None:
        key = self.key
        self.forget()
        self.dropped.emit(key)

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.text.setPlaceholderText(tr("A note of your own …"))
        self.text.setAccessibleName(tr("Note"))
        words = {self.drop_button: tr("Remove the highlight"), self.done: tr("Done (Esc)")}
        for button, tip in (words | {self.inks[ink]: tr(name) for ink, name in _NAMES.items()}).items():
            button.setToolTip(tip)
            button.setAccessibleName(tip)
