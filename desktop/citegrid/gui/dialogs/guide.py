"""F1: the guide page by page, with search; the keys, and what the words beside a cell mean, are pages of it."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QIcon, QImage, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from citegrid.gui import theme
from citegrid.gui.i18n import language, tr
from citegrid.workbench.help.guide import GuidePage, folder_of, found, pages

#: Keys by where they work; those of the commands of the window are added to the first.
KEYS: Mapping[str, Sequence[tuple[str, str]]] = {
    "Everywhere": (("F6 · Shift+F6", "To the next pane, to the previous one"),),
    "In the table": (
        ("A", "Accept the cell"),
        ("R", "Reject the cell"),
        ("N", "Say that the paper does not state it"),
        ("E · Enter", "Edit the cell"),
        ("O", "Open the cell again"),
        ("J · Space", "Next cell to check"),
        ("K", "Previous cell to check"),
        ("D", "Next cell in doubt"),
        ("[ · ]", "Previous and next quote of the cell"),
        ("+", "Show the words around each quote"),
        ("W", "Show the whole text of every cell"),
        ("P", "Pin the row"),
        ("Alt+↑ · Alt+↓", "Move the row"),
    ),
    "In the paper": (
        ("Ctrl+F · F3", "Find, find again"),
        ("Ctrl+G", "Go to a page"),
        ("Ctrl++ · Ctrl+−", "Larger, smaller"),
        ("Ctrl+0", "Fit the width"),
        ("Alt+← · Alt+→", "Back to where you were, forward again"),
        ("Ctrl+Shift+E", "Make the selected text evidence of the cell"),
        ("Ctrl+Shift+A", "Ask the cell again, of the selected text alone"),
        ("Ctrl+Shift+H", "Highlight the selected text"),
        ("Ctrl+Shift+B", "Bookmark the page, or take its mark away"),
    ),
}
#: The words and signs of checking, in plain words.
WORDS = (
    ("✓", "A source carries what the cell says."),
    ("~", "A source carries it, but the words were found only nearly, or in another order."),
    ("!", "No source was found that carries it. Look yourself before you use it."),
    ("–", "The pages that were read do not say it."),
    ("word for word", "The quote stands in the source exactly so."),
    ("told by another work", "What a paper says of a work that it cites; the work itself was not read."),
    ("translation to be checked", "The words were translated, and the program is not sure of all of them."),
)


class GuideDialog(QDialog):
    """Shown without blocking; ``commands`` are words and keys of the window's commands."""

    def __init__(self, commands: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Guide and keys"))
        self.resize(980, 680)
        self._pages = (
            *pages(language()),
            GuidePage("keys", tr("Keys"), _keys(commands)),
            GuidePage("words", tr("What the words mean"), _words()),
        )
        self._shown: list[GuidePage] = []
        self.wanted = QLineEdit()
        self.wanted.setPlaceholderText(tr("Find in the guide"))
        self.wanted.setAccessibleName(tr("Find in the guide"))
        self.wanted.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setAccessibleName(tr("Pages of the guide"))
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = PageBrowser()
        left, beside = QWidget(), QVBoxLayout()
        left.setLayout(beside)
        beside.setContentsMargins(0, 0, 8, 0)
        beside.addWidget(self.wanted)
        beside.addWidget(self.contents, 1)
        desk = QSplitter()
        desk.addWidget(left)
        desk.addWidget(self.text)
        desk.setStretchFactor(1, 1)
        desk.setSizes([270, 690])
        desk.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(desk, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Close"))
        close.setIcon(QIcon())
        close.setAutoDefault(False)
        buttons.rejected.connect(self.close)
        column.addWidget(buttons)
        self.wanted.textChanged.connect(self._find)
        self.contents.currentRowChanged.connect(self._turn_to)
        self.text.anchorClicked.connect(self._follow)
        self._find("")

    def show_page(self, name: str) -> None:
        """Turn to the page of this name, whatever was looked for."""
        if all(page.name != name for page in self._shown):
            self.wanted.clear()
        self.contents.setCurrentRow(next((n for n, page in enumerate(self._shown) if page.name == name), 0))

    def _find(self, words: str) -> None:
        self._shown = found(self._pages, words)
        self.contents.clear()
        self.contents.addItems([page.title for page in self._shown])
        self.contents.setCurrentRow(0)

    def _turn_to(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            self.text.show_page(self._shown[row], self.wanted.text())

    def _follow(self, link: QUrl) -> None:
        self.show_page(link.path().removesuffix(".md"))


class PageBrowser(QTextBrowser):
    """Shows a page; nothing is loaded but the guide's own pictures, which are made as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Page of the guide"))
        self.setOpenLinks(False)
        self.document().setDocumentMargin(18)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # a page that grows makes no other room
        self._page: GuidePage | None = None

    def show_page(self, page: GuidePage, words: str = "") -> None:
        """Show ``page`` from its top, or from the first of the ``words`` that were looked for."""
        self._page = page
        if page.text.startswith("#"):
            self.setMarkdown(page.text)
            self._space_out()
        else:
            self.setHtml(f'<body style="color:{theme.current().text}; line-height:140%">{page.text}</body>')
        self.verticalScrollBar().setValue(0)
        if words.split():
            self.find(words.split()[0])

    def _space_out(self) -> None:
        """Lines and paragraphs as far apart as they are easy to read."""
        whole, form = QTextCursor(self.document()), QTextBlockFormat()
        whole.select(QTextCursor.SelectionType.Document)
        form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        whole.mergeBlockFormat(form)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        place = QUrl(name)
        picture = QImage(str(folder_of(language()) / place.path())) if place.isRelative() else QImage()
        room = QSize(max(200, self.viewport().width() - 40), 10_000)
        if picture.width() <= room.width():
            return picture
        return picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Show the page again, its pictures as wide as there is room now."""
        if self._page is not None:
            at = self.verticalScrollBar().value()
            self.show_page(self._page)
            self.verticalScrollBar().setValue(at)


def _keys(commands: Sequence[tuple[str, str]]) -> str:
    everywhere = [(keys, words) for words, keys in commands]
    groups = {name: [(one, tr(words)) for one, words in keys] for name, keys in KEYS.items()}
    groups["Everywhere"] = everywhere + groups["Everywhere"]
    return "".join(f"<h3>{html.escape(tr(name))}</h3>{_table(rows)}" for name, rows in groups.items())


def _words() -> str:
    return _table([(tr(sign), tr(meaning)) for sign, meaning in WORDS])


def _table(rows: Sequence[tuple[str, str]]) -> str:
    lines = (
        f"<tr><td><b>{html.escape(key)}</b>&nbsp;&nbsp;&nbsp;</td><td>{html.escape(words)}</td></tr>"
        for key, words in rows
    )
    return f"<table cellpadding='4'>{''.join(lines)}</table>"
