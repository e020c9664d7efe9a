"""The page one sees first: the three steps, the sample, and the projects of the last days."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from citegrid.gui.i18n import tr
from citegrid.gui.settings import RecentProject
from citegrid.gui.theme import icon

STEPS = (
    ("open", "1 · Open the paper", "A PDF, for example a survey or a paper with related work. You can drop it anywhere.", "Open a PDF…"),
    ("picture", "2 · Open the picture of the table", "A photo or screenshot of an empty table; you can also paste it. Its header becomes your columns.", "Open a picture…"),
    ("fill", "3 · Fill and check", "Each cell is answered from the paper and proved by its place in it. You check, then export to Word.", ""),
)  # fmt: skip
MOST_RECENT = 5


def recent_words(project: RecentProject) -> str:
    """A recent project in one line: its name, when it was saved, how far it was checked."""
    day = project.saved.isoformat()
    if not project.filled:
        return f"{project.name} · {day}"
    checked = tr("{done} / {total} checked", done=project.checked, total=project.filled)
    return f"{project.name} · {day} · {checked}"


class StartPage(QWidget):
    """Wishes only; ``elsewhere`` gives the model servers on other computers that are in use."""

    paper_requested = Signal()
    picture_requested = Signal()
    names_requested = Signal()
    sample_requested = Signal()
    project_requested = Signal(str)

    def __init__(self, elsewhere: Callable[[], Sequence[str]] = tuple) -> None:
        super().__init__()
        self._elsewhere = elsewhere
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 24, 32, 24)
        self.hero = QLabel()
        self.hero.setObjectName("hero")
        self.hero.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.lead = QLabel()
        self.lead.setObjectName("dim")
        self.lead.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.lead.setWordWrap(True)
        outer.addStretch(2)
        outer.addWidget(self.hero)
        outer.addSpacing(6)
        outer.addWidget(self.lead)
        outer.addSpacing(28)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        self._signs: list[tuple[QLabel, str]] = []
        self._cards: list[tuple[QLabel, QLabel, QPushButton | None]] = []
        cards.addStretch(1)
        for i, (picture, _, _, words) in enumerate(STEPS):
            cards.addWidget(self._card(i, picture, bool(words)), 4)
        cards.addStretch(1)
        outer.addLayout(cards)
        outer.addSpacing(24)
        self.sample = QPushButton()
        self.sample.setIcon(icon("library"))
        self.sample.clicked.connect(self.sample_requested)
        outer.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignCenter)
        outer.addSpacing(20)
        self.recent_title = QLabel()
        self.recent_title.setObjectName("title")
        self.recent_title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(self.recent_title)
        self._recent = QGridLayout()
        self._recent.setSpacing(2)
        for side in (0, 2):  # all as wide as the widest, in the middle
            self._recent.setColumnStretch(side, 1)
        outer.addLayout(self._recent)
        outer.addStretch(3)
        self.offline = QLabel()
        self.offline.setObjectName("dim")
        self.offline.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(self.offline)
        self._projects: list[RecentProject] = []
        self.set_recent(())

    def _card(self, number: int, picture: str, has_button: bool) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(340)
        card.setMinimumHeight(190)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 20, 20, 18)
        column.setSpacing(8)
        sign = QLabel()
        self._signs.append((sign, picture))
        title = QLabel()
        title.setObjectName("title")
        title.setWordWrap(True)
        text = QLabel()
        text.setObjectName("dim")
        text.setWordWrap(True)
        column.addWidget(sign)
        column.addWidget(title)
        column.addWidget(text)
        column.addStretch(1)
        button = None
        if has_button:
            button = QPushButton()
            button.setObjectName("primary" if number == 0 else "")
            button.clicked.connect(self.paper_requested if number == 0 else self.picture_requested)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            if number == 1:  # one below the other, so that the three cards are equally wide in a narrow window, too
                self.names = QPushButton()
                self.names.clicked.connect(self.names_requested)
                column.addWidget(self.names, 0, Qt.AlignmentFlag.AlignLeft)
        self._cards.append((title, text, button))
        return card

    def set_recent(self, projects: Sequence[RecentProject]) -> None:
        """Offer the projects of the last days."""
        self._projects = list(projects[:MOST_RECENT])
        while self._recent.count():
            item = self._recent.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for i, project in enumerate(self._projects):
            folder = project.folder
            button = QPushButton(recent_words(project).replace("&", "&&"))
            button.setIcon(icon("folder"))
            button.setToolTip(folder)
            button.setFlat(True)
            button.setMinimumWidth(280)
            button.clicked.connect(lambda _=False, folder=folder: self.project_requested.emit(folder))
            self._recent.addWidget(button, i, 1)
        self.recent_title.setVisible(bool(self._projects))

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.set_recent(self._projects)
        self.hero.setText(tr("A table about the literature, proved line by line"))
        self.lead.setText(
            tr("From a paper and a picture of an empty table to a cited table, a review and a Word report.")
        )
        for sign, picture in self._signs:  # in the colours of now
            sign.setPixmap(icon(picture).pixmap(QSize(32, 32), self.devicePixelRatioF()))
        for (title, text, button), (_, name, lead, words) in zip(self._cards, STEPS, strict=True):
            title.setText(tr(name))
            text.setText(tr(lead))
            if button is not None:
                button.setText(tr(words))
        self.names.setText(tr("Type the columns…"))
        self.sample.setText(tr("Try it with the sample project"))
        self.recent_title.setText(tr("Recent projects"))
        self._say_where()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:  # another model may have been chosen meanwhile
            self._say_where()

    def _say_where(self) -> None:
        """What leaves this computer: nothing, unless a server elsewhere is in use."""
        hosts = self._elsewhere()
        said = tr("Everything stays on this computer. CiteGrid works with the network unplugged.")
        if hosts:
            said = tr("Sentences of your papers go to the model server that you chose: {hosts}", hosts=", ".join(hosts))
        self.offline.setText(said)
