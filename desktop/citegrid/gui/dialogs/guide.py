"""F1: a first table in five minutes, the keys, and what the words beside a cell mean."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from citegrid.gui import theme
from citegrid.gui.i18n import tr

#: The steps of a first table.
STEPS = (
    "Open the paper (Ctrl+O) or drop its PDF anywhere. Its pages appear at once, its references a little later.",
    "Open a picture of the empty table (Ctrl+P), paste it (Ctrl+V), or type the names of the columns (Ctrl+T).",
    "Look at the button beside Fill: it says how many rows, how long a review and which language you will get. Click it "
    "to ask for something else.",
    "Press Fill (Ctrl+Return). The first cells come after some seconds; you can read, check and write meanwhile.",
    "Press Check (F8). Each cell shows its words in the paper: A accepts it, R rejects it, E lets you write it anew, N says "
    "that the paper does not state it. F7 lays the page beside the table.",
    "Read the review. What is underlined red is carried by no source; Shift+F8 goes from one such sentence to the next.",
    "Press Export (Ctrl+E) for a Word report. Everything is saved as you go, and stays on this computer.",
)
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
        self.setWindowTitle(tr("Keys and first steps"))
        self.resize(640, 600)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        tabs = QTabWidget()
        for name, body in (
            ("A first table in five minutes", _steps()),
            ("Keys", _keys(commands)),
            ("What the words mean", _words()),
        ):
            page = QTextBrowser()
            page.setAccessibleName(tr(name))
            page.document().setDocumentMargin(14)
            page.setHtml(f'<body style="color:{theme.current().text}; line-height:140%">{body}</body>')
            tabs.addTab(page, tr(name))
        column.addWidget(tabs, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Close"))
        close.setIcon(QIcon())
        buttons.rejected.connect(self.close)
        column.addWidget(buttons)


def _steps() -> str:
    items = (f'<li style="margin-bottom:8px; line-height:140%">{html.escape(tr(step))}</li>' for step in STEPS)
    return f"<ol>{''.join(items)}</ol>"


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
