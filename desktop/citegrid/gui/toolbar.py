"""The bar at the top: sources, the query, Fill, Check and Export, and the menu with everything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from citegrid.gui import theme
from citegrid.gui.actions import Actions
from citegrid.gui.i18n import tr
from citegrid.gui.widgets.inputs import QuietLine
from citegrid.gui.widgets.task_panel import TaskButton

#: The buttons that say what they do beside their icon.
WORDED = ("open_paper", "open_picture", "open_library", "check", "export")


class Toolbar(QToolBar):
    """Shows the commands of ``actions``; ``query`` is what the person asks for."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._worded, self._wanted = True, 0
        self.setObjectName("tools")
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.query: QLineEdit = QuietLine()
        self.query.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.query.setMinimumWidth(120)
        self.query.setAcceptDrops(False)
        for name in ("open_paper", "open_picture", "open_library"):
            self.addAction(actions[name])
        self.addSeparator()
        self.addWidget(self.query)
        self.fill_button = QToolButton()
        self.fill_button.setObjectName("primary")
        self.fill_button.setDefaultAction(actions["fill"])
        self.fill_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.task = TaskButton()
        self.addWidget(self.task)
        self.addWidget(_spacer(4))
        actions["fill"].setIcon(theme.icon("fill", QPalette.ColorRole.HighlightedText))
        self.addWidget(self.fill_button)
        self.addWidget(_spacer(8))
        for name in ("check", "checking", "export"):
            self.addAction(actions[name])
        self.addSeparator()
        for name in ("undo", "redo"):
            self.addAction(actions[name])
        for name in ("checking", "undo", "redo"):
            button = self.widgetForAction(actions[name])
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.menu_button = QToolButton()
        self.menu_button.setIcon(theme.icon("menu"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.main_menu = QMenu(self)
        self.menu_button.setMenu(self.main_menu)
        self.addWidget(self.menu_button)
        for action in self.actions():
            button = self.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # in a bar Qt leaves its buttons to the mouse

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return done

    def _fit(self) -> None:
        """Words beside the icons while there is room for them, so that the menu at the end is never pushed out."""
        if self._worded:
            self._wanted = self.sizeHint().width()
        if self._worded != (self._wanted <= self.width()):
            self._say(not self._worded)

    def _say(self, worded: bool) -> None:
        self._worded = worded
        words, icons = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for name in WORDED:
            button = self.widgetForAction(self._actions[name])
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(words if worded else icons)
        self.task.setToolButtonStyle(words if worded else icons)

    def fill_menu(
        self, recent: Sequence[tuple[str, str]], open_recent: Callable[[str], object], panes: Sequence[QAction]
    ) -> None:
        """Make the menu anew, with the projects of the last days (name, folder) and the panes that can be hidden."""
        menu, act = self.main_menu, self._actions
        for before in menu.findChildren(QMenu):  # clearing takes their entries only
            before.deleteLater()
        menu.clear()
        for name in ("new", "open_project"):
            menu.addAction(act[name])
        projects = menu.addMenu(theme.icon("clock"), tr("Recent projects"))
        for name, folder in recent:
            projects.addAction(name, lambda folder=folder: open_recent(folder))  # type: ignore[misc]
        projects.setEnabled(bool(recent))
        menu.addAction(act["sample"])
        menu.addSeparator()
        for name in ("add_paper", "many_papers", "zotero", "details", "printed"):
            menu.addAction(act[name])
        columns = menu.addMenu(theme.icon("template"), tr("Columns"))
        columns.addActions([act[name] for name in ("paste", "type_columns", "save_template")])
        menu.addSeparator()
        for name in ("ask", "fill_again", "fill_anew", "pause", "copied", "doubt", "read_back"):
            menu.addAction(act[name])
        menu.addSeparator()
        shown = menu.addMenu(theme.icon("layout"), tr("Panes"))
        shown.addActions(list(panes))
        shown.addSeparator()
        shown.addAction(act["checking"])
        shown.addAction(act["layout"])
        for name in ("language", "preferences", "models", "glossary"):
            menu.addAction(act[name])
        helping = menu.addMenu(theme.icon("info"), tr("Help"))
        helping.addActions([act[name] for name in ("guide", "problem", "about")])
        menu.addSeparator()
        menu.addAction(act["quit"])

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.query.setPlaceholderText(tr("What should be collected, and how long shall the review be?"))
        self.query.setAccessibleName(tr("Query"))
        self.task.retranslate()
        self._say(True)  # and measure again
        self.menu_button.setToolTip(tr("More"))
        self.menu_button.setAccessibleName(tr("More"))


def _spacer(width: int) -> QWidget:
    made = QWidget()
    made.setFixedWidth(width)
    return made
