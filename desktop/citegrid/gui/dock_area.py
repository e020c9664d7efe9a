"""The dock area of the panes: docks that can be resized, swapped, floated and hidden; the layout is remembered."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QMenu, QTabWidget, QToolButton

from citegrid.gui.i18n import tr
from citegrid.gui.theme import icon
from citegrid.gui.widgets.pane import Pane

#: Raised when the docks change, so that an old layout is not forced upon new docks.
LAYOUT_VERSION = 3


class DockArea(QMainWindow):
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
        self._before: QByteArray | None = None
        self._right = right
        self._order = (paper, *right, table, review)
        self._menus: list[_PaneMenu] = []
        for pane in self._order:
            dock = QDockWidget()
            dock.setObjectName(pane.title_key)
            dock.setWidget(pane)
            dock.setTitleBarWidget(pane.bar)
            dock.topLevelChanged.connect(lambda _: QTimer.singleShot(0, self._title))
            dock.dockLocationChanged.connect(lambda _: QTimer.singleShot(0, self._title))
            self.docks[pane.title_key] = dock
            self._menus.append(_PaneMenu(self, pane))
        self._names = (paper.title_key, right[0].title_key, table.title_key, review.title_key)
        for dock in self.docks.values():
            self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        self.arrange()
        for keys, by in (("F6", 1), ("Shift+F6", -1)):
            QShortcut(QKeySequence(keys), self, lambda by=by: self.walk(by))

    def _title(self) -> None:
        """A pane in a tab needs no title of its own beside the tab's."""
        for pane in self._order:
            dock = self.docks[pane.title_key]
            pane.title.setVisible(dock.isFloating() or not self.tabifiedDockWidgets(dock))

    def arrange(self) -> None:
        """Put all panes back where they belong."""
        self._before = None
        paper, picture, table, review = (self.docks[name] for name in self._names)
        for dock in self.docks.values():
            dock.setFloating(False)
            self.removeDockWidget(dock)  # a dock that is added where it is already stays where it was moved to
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, paper)
        self.splitDockWidget(paper, table, Qt.Orientation.Vertical)
        self.splitDockWidget(paper, picture, Qt.Orientation.Horizontal)
        self.splitDockWidget(table, review, Qt.Orientation.Horizontal)
        for pane in self._right[1:]:
            self.tabifyDockWidget(picture, self.docks[pane.title_key])
        for dock in self.docks.values():
            dock.show()
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

    @property
    def checking(self) -> bool:
        """Whether the panes are laid out for checking."""
        return self._before is not None

    def set_checking(self, on: bool) -> None:
        """The page beside the table, which gets most of the room, and the evidence below the page; all else is folded away.
        Without ``on`` the panes lie as they did before."""
        if on == self.checking:
            return
        focused = QApplication.focusWidget()
        self._lay_out(on)
        if focused is not None and focused.isVisible():
            focused.setFocus()  # panes that are moved lose it

    def _lay_out(self, checking: bool) -> None:
        if not checking:
            before = self._before
            self.arrange()  # first, or Qt forgets to hide the tabs of the layout that is left
            if before is not None:
                self.restoreState(before, LAYOUT_VERSION)
                self._title()
            return
        before = self.saveState(LAYOUT_VERSION)
        self.arrange()
        self._before = before
        paper, picture, table, review = (self.docks[name] for name in self._names)
        right = [self.docks[pane.title_key] for pane in self._right]
        for dock in (table, *right):
            self.removeDockWidget(dock)
        self.splitDockWidget(paper, table, Qt.Orientation.Horizontal)
        self.splitDockWidget(paper, picture, Qt.Orientation.Vertical)
        for dock in right[1:]:
            self.tabifyDockWidget(picture, dock)
        for dock in (paper, table, *right):
            dock.show()
        review.hide()
        self.docks["Evidence"].raise_()
        self._title()
        width, height = max(900, self.width()), max(500, self.height())
        self.resizeDocks([paper, table], [int(width * 0.4), int(width * 0.6)], Qt.Orientation.Horizontal)
        self.resizeDocks([paper, picture], [int(height * 0.66), int(height * 0.34)], Qt.Orientation.Vertical)

    def swap(self, one: str, other: str) -> None:
        """Let two panes change places; what is tabbed with one is tabbed with the other."""
        first, second = self.docks[one], self.docks[other]
        state = self.saveState(LAYOUT_VERSION)
        # docks are told apart by name alone, so a layout read under changed names puts each in the other's place
        first.setObjectName(other)
        second.setObjectName(one)
        self.restoreState(state, LAYOUT_VERSION)
        first.setObjectName(one)
        second.setObjectName(other)
        self._title()

    def set_floating(self, name: str, on: bool) -> None:
        """Take a pane out into a window of its own, or put it back."""
        dock = self.docks[name]
        size = dock.size()
        dock.setFloating(on)
        if on:
            dock.resize(size.expandedTo(QSize(520, 420)))

    def panes(self) -> list[tuple[str, str]]:
        """``(name, title)`` of each pane, in order."""
        return [(pane.title_key, tr(pane.title_key)) for pane in self._order]

    def restore(self, state: QByteArray) -> bool:
        """Lay the panes as they were; False when there was no such layout."""
        return not state.isEmpty() and self.restoreState(state, LAYOUT_VERSION)

    def state(self) -> QByteArray:
        """The layout, to be remembered; that of before where the panes are laid out for checking."""
        return self._before if self._before is not None else self.saveState(LAYOUT_VERSION)

    def raise_pane(self, pane: Pane) -> None:
        """Bring a tabbed pane to the front; hidden panes stay hidden."""
        dock = self.docks[pane.title_key]
        if dock.isVisible() or not dock.isHidden():
            dock.raise_()

    def walk(self, by: int) -> None:
        """Give the keyboard to the next pane that is seen, or the previous one with -1."""
        seen = [pane for pane in self._order if not pane.visibleRegion().isEmpty()]
        here = self.focusWidget()
        inside = (i for i, p in enumerate(seen) if here and (p.isAncestorOf(here) or p.bar.isAncestorOf(here)))
        at = next(inside, -1 if by > 0 else 0)
        for distance in range(1, len(seen) + 1):
            goal = seen[(at + by * distance) % len(seen)].main()
            if goal is not None:
                goal.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        for pane in self._order:
            pane.retranslate()
            dock = self.docks[pane.title_key]
            dock.setWindowTitle(tr(pane.title_key))
        for menu in self._menus:
            menu.retranslate()


class _PaneMenu:
    """The button at the end of a pane's bar: swap, float, hide."""

    def __init__(self, dock_area: DockArea, pane: Pane) -> None:
        self._dock_area, self._name, self._bar = dock_area, pane.title_key, pane.bar
        self.button = QToolButton()
        self.button.setObjectName("pane_menu")
        self.button.setIcon(icon("dots"))
        self.button.setIconSize(QSize(16, 16))
        self.button.setAutoRaise(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)
        pane.bar.row.addWidget(self.button)

    def _fill(self) -> None:
        dock_area, name, menu = self._dock_area, self._name, self.menu
        dock = dock_area.docks[name]
        menu.clear()
        for button in self._bar.folded:  # tools that the bar has no room for
            action = menu.addAction(button.icon(), button.toolTip(), button.click)
            action.setCheckable(button.isCheckable())
            action.setChecked(button.isChecked())
            action.setEnabled(button.isEnabled())
        if self._bar.folded:
            menu.addSeparator()
        self._add_swaps(menu.addMenu(tr("Swap places with")))
        floating = dock.isFloating()
        words = tr("Put back into the window") if floating else tr("Take out into a window of its own")
        menu.addAction(words, lambda: dock_area.set_floating(name, not floating))
        menu.addAction(tr("Hide"), dock.hide)
        menu.addSeparator()
        hidden = [other for other, _ in dock_area.panes() if dock_area.docks[other].isHidden()]
        if hidden:
            shown = menu.addMenu(tr("Show again"))
            for other in hidden:
                shown.addAction(tr(other), dock_area.docks[other].show)
        menu.addAction(tr("Reset the layout"), dock_area.arrange)

    def _add_swaps(self, menu: QMenu) -> None:
        """The panes that this one can change places with."""
        for other, title in self._dock_area.panes():
            if other != self._name and not self._dock_area.docks[other].isHidden():
                menu.addAction(title, lambda other=other: self._dock_area.swap(self._name, other))  # type: ignore[misc]

    def retranslate(self) -> None:
        """Show all words in the language of now."""
        self.button.setToolTip(tr("Swap, take out or hide this pane"))
        self.button.setAccessibleName(tr("Swap, take out or hide this pane"))
