"""Every command of the window, once: words, icon, shortcut, what it teaches."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from citegrid.gui.i18n import tr
from citegrid.gui.theme import icon

#: name → (words, icon, shortcut, tooltip)
COMMANDS: dict[str, tuple[str, str, str, str]] = {
    "new": ("New project", "new", "Ctrl+N", "Begin an empty project; this one is saved"),
    "open_project": ("Open project…", "folder", "Ctrl+Shift+O", "Open a project folder"),
    "open_paper": ("Paper…", "open", "Ctrl+O", "Open the paper (PDF); you can also drop it here"),
    "add_paper": ("Add a paper…", "open", "", "Add a further paper (PDF) to this project; one table over all of them"),
    "many_papers": (
        "Many papers…",
        "library",
        "",
        "One table over a folder of papers: a row for each, filled from its own words",
    ),
    "open_picture": (
        "Picture…",
        "picture",
        "Ctrl+P",
        "Open the picture of an empty table; its header becomes the columns",
    ),
    "open_library": (
        "Library…",
        "library",
        "Ctrl+L",
        "Add a folder of background documents; they become rows and evidence",
    ),
    "zotero": (
        "Zotero…",
        "library",
        "",
        "Open a paper of Zotero, take a collection as background, or find the cited works; nothing is written to Zotero",
    ),
    "paste": ("Paste", "paste", "Ctrl+V", "Paste a picture of the table, or column names copied from a sheet"),
    "type_columns": ("Type the columns…", "edit", "Ctrl+T", "Type the columns, without a picture or over what it gave"),
    "save_template": ("Save as a template…", "template", "", "Keep the columns, to start other tables from them"),
    "details": (
        "Details of the paper…",
        "edit",
        "",
        "Correct its title, authors, year and DOI beside its title page; row, report and references follow",
    ),
    "printed": (
        "Printed page number…",
        "edit",
        "",
        "Say what number the shown page bears; the labels of all pages and citations follow",
    ),
    "fill": ("Fill", "fill", "Ctrl+Return", "Fill the table from the paper and write the review, all on this computer"),
    "fill_again": ("Fill everything again", "refresh", "", "Ask all cells again; what you accepted or edited stays"),
    "fill_anew": (
        "Choose the rows anew",
        "sort",
        "",
        "Choose the works for the question and the number of rows of now; rows that are pinned or that you decided on stay",
    ),
    "pause": ("Pause or go on", "pause", "F9", "Hold the filling and let it go on later; what was done is kept"),
    "check": ("Check", "check", "F8", "Go through the cells that nobody has checked yet, each with its page"),
    "ask": (
        "Ask, or check a text",
        "search",
        "F4",
        "Ask the paper and the library in plain words, or see which sentences of a text of yours they support",
    ),
    "checking": (
        "Checking layout",
        "two-pages",
        "F7",
        "The page beside the table and the evidence below it, everything else folded away; again to go back",
    ),
    "export": ("Export…", "export", "Ctrl+E", "Write the table, the review and the evidence to a Word report"),
    "read_back": (
        "Read back a Word report…",
        "open",
        "",
        "Show what others changed in a Word report of this project, and take over what you choose",
    ),
    "undo": ("Undo", "undo", "Ctrl+Z", "Take back the last change"),
    "redo": ("Redo", "redo", "Ctrl+Shift+Z", "Do again what was undone"),
    "language": ("English / 中文", "language", "", "Switch the language of the window"),
    "sample": ("Open the sample project", "library", "", "A short paper and a picture to try everything with"),
    "models": ("Models…", "model", "", "The language models on this computer"),
    "glossary": ("Glossary…", "glossary", "", "How terms are to be translated, in this project and in all"),
    "preferences": ("Preferences…", "settings", "Ctrl+,", "Rows, length of the review, language, colours"),
    "guide": ("Guide and keys", "info", "F1", "How things are done, page by page, all keys, what the words mean"),
    "problem": (
        "Report a problem…",
        "warning",
        "",
        "Make a text for who helps you: read it first, nothing is sent by itself",
    ),
    "copied": (
        "Accept all copied from the reference list",
        "accept",
        "",
        "Accept every cell whose words are printed so in the entry of its work; one undo takes it back",
    ),
    "doubt": (
        "Next flagged sentence",
        "warning",
        "Shift+F8",
        "Go to the next sentence that no source carries, or whose translation is to be checked",
    ),
    "about": ("About CiteGrid", "info", "", "Version, licences, and what stays on this computer"),
    "quit": ("Quit", "close", "Ctrl+Q", "Close the window; the project is saved"),
    "layout": ("Reset the layout", "layout", "", "Put all panes back where they were"),
}


#: The commands with a button in the bar.
BUTTONS = ("open_paper", "open_picture", "open_library", "fill", "check", "checking", "export", "undo", "redo")


class Actions:
    """The QActions by name: ``actions["fill"]``."""

    def __init__(self, parent: QWidget) -> None:
        self._made: dict[str, QAction] = {}
        for name, (_, picture, shortcut, _) in COMMANDS.items():
            action = QAction(icon(picture), "", parent)
            if shortcut:
                action.setShortcut(QKeySequence(shortcut))
            action.setObjectName(name)
            self._made[name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def without_button(self) -> list[QAction]:
        """The commands that have no button; their shortcuts work because the window has them."""
        return [action for name, action in self._made.items() if name not in BUTTONS]

    def keys(self) -> list[tuple[str, str]]:
        """Words and keys of every command that has a key, in the language of now."""
        native = QKeySequence.SequenceFormat.NativeText
        said = [
            (tr(COMMANDS[name][0]).removesuffix("…"), one.shortcut().toString(native))
            for name, one in self._made.items()
        ]
        return [(words, keys) for words, keys in said if keys]

    def connect(self, name: str, call: Callable[[], object]) -> None:
        """Run ``call`` when the command is given."""
        self._made[name].triggered.connect(lambda *_: call())

    def retranslate(self) -> None:
        """Words and tooltips in the language of now; a tooltip names the shortcut."""
        for name, (words, _, shortcut, tip) in COMMANDS.items():
            action = self._made[name]
            action.setText(tr(words))
            action.setIconText(tr(words).removesuffix("…"))
            keys = f" ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})" if shortcut else ""
            action.setToolTip(tr(tip) + keys)
