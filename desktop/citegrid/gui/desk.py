"""The desk the panes lie on: docks that can be resized, swapped, floated and hidden; the layout is remembered."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget

from citegrid.gui.pane import Pane
from citegrid.gui.words import tr

#: Raised when the docks change, so that an old layout is not forced upon new docks.
LAYOUT_VERSION = 2


class Desk(QMainWindow):
    """Paper at the left, picture and its tabs at the right, table and review below."""

    def __init__(self, paper: Pane, right: list[Pane], table: Pane, review: Pane) -> None:
        super().__init__(None, Qt.WindowType.Widget)
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.AnimatedDocks
        )
        self.docks: dict[str, QDockWidget] = {}
        self._right = right
        self._order = (paper, *right, table, review)
        for pane in self._order:
            dock = QDockWidget()
            dock.setObjectName(pane.title_key)
            dock.setWidget(pane)
            dock.setTitleBarWidget(pane.bar)
            dock.topLevelChanged.connect(lambda _: QTimer.singleShot(0, self._title))
            dock.dockLocationChanged.connect(lambda _: QTimer.singleShot(0, self._title))
            self.docks[pane.title_key] = dock
        self._names = (paper.title_key, right[0].title_key, table.title_key, review.title_key)
        for dock in self.docks.values():
            self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        self.arrange()
        self._fresh = self.saveState(LAYOUT_VERSION)

    def _title(self) -> None:
        """A pane in a tab needs no title of its own beside the tab's."""
        for pane in self._order:
            dock = self.docks[pane.title_key]
            pane.title.setVisible(dock.isFloating() or not self.tabifiedDockWidgets(dock))

    def arrange(self) -> None:
        """Put all panes back where they belong."""
        paper, picture, table, review = (self.docks[name] for name in self._names)
        for dock in self.docks.values():
            dock.setFloating(False)
            dock.show()
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, paper)
        self.splitDockWidget(paper, table, Qt.Orientation.Vertical)
        self.splitDockWidget(paper, picture, Qt.Orientation.Horizontal)
        self.splitDockWidget(table, review, Qt.Orientation.Horizontal)
        for pane in self._right[1:]:
            self.tabifyDockWidget(picture, self.docks[pane.title_key])
        picture.raise_()
        self._title()
        self.share()

    def share(self) -> None:
        """Divide the room: the paper a little wider than the picture, the table much wider than the review."""
        paper, picture, table, review = (self.docks[name] for name in self._names)
        width, height = max(900, self.width()), max(500, self.height())
        self.resizeDocks([paper, picture], [int(width * 0.62), int(width * 0.38)], Qt.Orientation.Horizontal)
        self.resizeDocks([table, review], [int(width * 0.74), int(width * 0.26)], Qt.Orientation.Horizontal)
        self.resizeDocks([paper, table], [int(height * 0.49), int(height * 0.51)], Qt.Orientation.Vertical)

    def restore(self, state: QByteArray) -> bool:
        """Lay the panes as they were; False when there was no such layout."""
        return not state.isEmpty() and self.restoreState(state, LAYOUT_VERSION)

    def state(self) -> QByteArray:
        """The layout, to be remembered."""
        return self.saveState(LAYOUT_VERSION)

    def raise_pane(self, pane: Pane) -> None:
        """Bring a tabbed pane to the front; hidden panes stay hidden."""
        dock = self.docks[pane.title_key]
        if dock.isVisible() or not dock.isHidden():
            dock.raise_()

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        for pane in self._order:
            pane.retranslate()
            dock = self.docks[pane.title_key]
            dock.setWindowTitle(tr(pane.title_key))
