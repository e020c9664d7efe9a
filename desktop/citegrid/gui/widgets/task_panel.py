"""What is to be made, beside Fill: the question in several lines, how many rows, how long a review, in which language.

The button says what holds now, the defaults included; the panel that it opens changes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QPushButton, QToolButton, QVBoxLayout

from citegrid.core.project import Project
from citegrid.core.review import Unit
from citegrid.gui.i18n import LANGUAGES, tr
from citegrid.gui.theme import icon
from citegrid.gui.widgets.inputs import Choice, LevelForm, Number
from citegrid.pipeline.cells.selection.query import MOST_LENGTH, MOST_ROWS, read_request, request_of

WIDTH, QUERY_LINES = 460, 4


@dataclass(frozen=True, slots=True)
class Task:
    """``rows`` and ``length`` of 0 mean: as the question says, or the default."""

    query: str
    rows: int
    length: int
    language: str


def task_of(project: Project) -> Task:
    """What a project asks for."""
    return Task(project.query, project.max_rows, project.target, project.language)


class TaskButton(QToolButton):
    """``task_changed(Task)`` when the panel is closed with something else in it."""

    task_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("task")
        self.setIcon(icon("next"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
        self.panel = TaskPanel()
        self.panel.closed.connect(self._closed)
        self.clicked.connect(self.open)
        self._project = Project()

    def show_project(self, project: Project) -> None:
        """Say what holds now."""
        self._project = project
        asked = request_of(project)
        unit = tr("words") if asked.unit is Unit.WORDS else tr("characters")
        length, tongue = f"{asked.target} {unit}", LANGUAGES[asked.language]
        self.setText(tr("{rows} rows · {length} · {language}", rows=asked.max_rows, length=length, language=tongue))

    def open(self) -> None:
        """Open the panel below the button."""
        self.panel.show_task(task_of(self._project))
        self.panel.adjustSize()
        corner = self.mapToGlobal(QPoint(self.width() - self.panel.width(), self.height() + 4))
        self.panel.move(max(self.window().x(), corner.x()), corner.y())
        self.panel.show()
        self.panel.query.setFocus()

    def _closed(self) -> None:
        task = self.panel.task()
        if task != task_of(self._project):
            self.task_changed.emit(task)

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.panel.retranslate()
        self.setToolTip(tr("What is to be made: the question, rows, length and language"))
        self.setAccessibleName(tr("What is to be made: the question, rows, length and language"))
        self.show_project(self._project)


class TaskPanel(QFrame):
    """The fields; ``closed`` when the person is done, by the button, Esc or a click elsewhere."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self.query = QPlainTextEdit()
        self.query.setObjectName("field")
        self.query.setTabChangesFocus(True)
        self.query.setFixedHeight(QUERY_LINES * self.query.fontMetrics().lineSpacing() + 18)
        self.query.textChanged.connect(self._say_defaults)
        self.rows, self.length = self._number(MOST_ROWS, 1), self._number(MOST_LENGTH, 50)
        self.language = Choice()
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.currentIndexChanged.connect(lambda _: self._say_defaults())
        self._names = [QLabel() for _ in range(4)]
        form = LevelForm()
        form.setSpacing(10)
        for label, field in zip(self._names[1:], (self.rows, self.length, self.language), strict=True):
            form.addRow(label, field)
        self.done = QPushButton()
        self.done.setObjectName("primary")
        self.done.clicked.connect(self.hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self._names[0])
        column.addWidget(self.query)
        column.addLayout(form)
        column.addWidget(self.done, 0, Qt.AlignmentFlag.AlignRight)
        self._filling = False

    @staticmethod
    def _number(most: int, step: int) -> Number:
        box = Number()
        box.setRange(0, most)
        box.setSingleStep(step)
        return box

    def show_task(self, task: Task) -> None:
        """Fill the fields."""
        self._filling = True
        self.query.setPlainText(task.query)
        self.rows.setValue(task.rows)
        self.length.setValue(task.length)
        self.language.setCurrentIndex(max(0, self.language.findData(task.language)))
        self._filling = False
        self._say_defaults()

    def task(self) -> Task:
        """What stands in the fields; a question is one line for the program."""
        query = " ".join(self.query.toPlainText().split())
        return Task(query, self.rows.value(), self.length.value(), str(self.language.currentData()))

    def _say_defaults(self) -> None:
        """What 0 means, in figures, follows the question as it is typed."""
        if self._filling:
            return
        task = self.task()
        asked = read_request(task.query, language=task.language)
        unit = tr("words") if asked.unit is Unit.WORDS else tr("characters")
        self.rows.setSpecialValueText(tr("Automatic: {count}", count=asked.max_rows))
        self.length.setSpecialValueText(tr("Automatic: {count} {unit}", count=asked.target, unit=unit))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hide()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        names = ("Question", "Rows at most, the paper included", "Length of the review", "Language of table and review")
        for label, name in zip(self._names, names, strict=True):
            label.setText(tr(name))
        for field, name in zip((self.query, self.rows, self.length, self.language), names, strict=True):
            field.setAccessibleName(tr(name))
        self.done.setText(tr("Done"))
        self._say_defaults()
