"""One column in full: its header cut out of the picture beside its name, the form of its answers, an instruction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from citegrid.core.table import AnswerType, Column
from citegrid.gui import theme
from citegrid.gui.i18n import tr
from citegrid.gui.items.column_list import TYPE_WORDS
from citegrid.gui.widgets.inputs import Choice


class _Crop(QWidget):
    """A header cut out of the picture, as large as its room allows, never more than twice its size."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setFixedHeight(36)

    def set_image(self, image: QImage) -> None:
        """Show another crop; a null image shows none and takes no room."""
        self._image = image
        self.setVisible(not image.isNull())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        room = self.size().boundedTo(self._image.size() * 2)
        shown = self._image.scaled(
            room * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        shown.setDevicePixelRatio(ratio)
        painter.drawImage(0, 0, shown)
        painter.setPen(QColor(theme.current().line))
        painter.drawRect(0, 0, round(shown.width() / ratio) - 1, round(shown.height() / ratio) - 1)


class ColumnForm(QScrollArea):
    """``edited(column)`` is the wish to have the column that is shown so; it comes when a field is left or on Enter.

    ``left`` says that Enter has ended the work on a field: the keyboard may go back to where it came from.
    """

    edited = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column: Column | None = None
        self._offered: tuple[str, ...] = ()
        self._filling = self._pictured = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.crop = _Crop()
        self.name = QLineEdit()
        self.kind = Choice()
        for kind in AnswerType:
            self.kind.addItem("", kind)
        self.instruction = QPlainTextEdit()
        self.instruction.setObjectName("field")
        self.instruction.setTabChangesFocus(True)
        self.instruction.setFixedHeight(self.fontMetrics().height() * 2 + 16)
        self.examples = QLineEdit()
        self.offer = QToolButton()
        self.offer.setIcon(theme.icon("quote"))
        self.offer.setIconSize(QSize(16, 16))
        self.offer.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.offer.clicked.connect(self._take_offer)
        self._labels = [QLabel() for _ in range(4)]
        for field in (self.name, self.instruction, self.examples):
            field.installEventFilter(self)
        self._lay_out()
        self.name.editingFinished.connect(self.commit)
        self.examples.editingFinished.connect(self.commit)
        self.name.returnPressed.connect(self.left)
        self.examples.returnPressed.connect(self.left)
        self.kind.activated.connect(lambda _: self.commit())
        self.show_column(None)

    def _lay_out(self) -> None:
        """Name and answer side by side, for the pane is seldom high; a hint in their place while there is no column."""
        self._inner = inner = QWidget()
        inner.setObjectName("form")
        grid = QGridLayout(inner)
        grid.setContentsMargins(12, 6, 12, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.crop, 0, 0, 1, 2)
        places = ((self.name, 1, 0, 1), (self.kind, 1, 1, 1), (self.instruction, 3, 0, 2), (self.examples, 5, 0, 2))
        for label, (field, row, column, span) in zip(self._labels, places, strict=True):
            label.setObjectName("dim")
            label.setBuddy(field)
            grid.addWidget(label, row, column, 1, span)
            grid.addWidget(field, row + 1, column, 1, span)
        grid.addWidget(self.offer, 7, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        grid.setRowStretch(8, 1)
        self.hint = QLabel()
        self.hint.setObjectName("aside")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        self._pages.setObjectName("form")
        self._pages.addWidget(self.hint)
        self._pages.addWidget(inner)
        self.setWidget(self._pages)

    def show_column(self, column: Column | None, crop: QImage | None = None, offered: Sequence[str] = ()) -> None:
        """Show a column (None for none), its crop, and the examples that the picture offers."""
        self._filling = True
        if column != self._column or column is None:
            if self._column is not None:
                self.verticalScrollBar().setValue(0)
            self._column = column
            shown = column or Column("")
            self.name.setText(shown.name)
            self.name.setCursorPosition(0)
            self.kind.setCurrentIndex(self.kind.findData(shown.answer_type))
            self.instruction.setPlainText(shown.instruction)
            self.examples.setText("; ".join(shown.hints))
            self.examples.setCursorPosition(0)
        self._offered = tuple(offered) if column is not None and not column.hints else ()
        self.crop.set_image(crop if crop is not None else QImage())
        self.offer.setVisible(bool(self._offered))
        self._say_offer()
        self._pages.setCurrentWidget(self._inner if column is not None else self.hint)
        self._filling = False

    def set_pictured(self, on: bool) -> None:
        """Whether headers can be clicked in a picture: the hint says what to do."""
        self._pictured = on
        clicked = tr("Click a header in the picture, or choose a column, to correct it and to say what it asks.")
        self.hint.setText(clicked if on else tr("Choose a column to rename it and to say what it asks."))

    def commit(self) -> None:
        """Wish for what the fields say, when it differs from the column."""
        if self._filling or self._column is None:
            return
        old = self._column
        hints = tuple(h.strip() for h in self.examples.text().replace("；", ";").split(";") if h.strip())
        name = self.name.text().strip()
        new = replace(
            old,
            name=name,
            instruction=self.instruction.toPlainText().strip(),
            answer_type=self.kind.currentData(),
            hints=hints,
            confidence=1.0 if name != old.name else old.confidence,
        )
        if new != old:
            self._filling = True  # leaving the field again while the wish is granted is no second wish
            self._column = None
            try:
                self.edited.emit(new)
            finally:
                self._filling = False

    def edit_name(self) -> None:
        """Put the keyboard into the name, all of it marked."""
        self.verticalScrollBar().setValue(0)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _take_offer(self) -> None:
        self.examples.setText("; ".join(self._offered))
        self.commit()

    def _say_offer(self) -> None:
        shown = "; ".join(self._offered)
        self.offer.setText(tr("Use the picture's examples"))
        self.offer.setToolTip(tr("Answers should look like these: {examples}", examples=shown))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo goes to the window when the field has nothing of its own to undo; a text of several lines is done when
        it is left."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            field = self.instruction.document() if watched is self.instruction else watched
            own = isinstance(field, QLineEdit | QTextDocument) and field.isUndoAvailable()
            if event.matches(QKeySequence.StandardKey.Undo) and not own:
                event.ignore()
                return True
        elif watched is self.instruction and kind == QEvent.Type.FocusOut:
            self.commit()
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        texts = (
            (tr("&Name"), self.name, tr("The name of the column, as it stands in the table")),
            (tr("&Answer"), self.kind, tr("The form of the answers; others are shown as not supported")),
            (tr("&Instruction"), self.instruction, tr("What exactly is asked for; it becomes part of the question")),
            (tr("&Examples"), self.examples, tr("Answers of the wished form, with ; between them")),
        )
        for label, (words, field, tip) in zip(self._labels, texts, strict=True):
            label.setText(words)
            label.setToolTip(tip)
            field.setToolTip(tip)
            field.setAccessibleName(words.replace("&", "").split("(")[0])
            field.setAccessibleDescription(tip)
        for kind, words in TYPE_WORDS.items():
            self.kind.setItemText(self.kind.findData(kind), tr(words))
        self.instruction.setPlaceholderText(tr("For example: only the number of participants who finished"))
        self.examples.setPlaceholderText(tr("For example: 120; 85"))
        self.hint.setText(
            tr("Click a header in the picture, or choose a column, to correct it and to say what it asks.")
        )
        self.crop.setAccessibleName(tr("The header in the picture"))
        self._say_offer()
