"""A person at the window: mouse and keyboard events given to the windows of the screen, what is seen read from widgets.

Nothing behind a widget is called: a button is found by its name for screen readers, clicked where it is drawn, and a
file is named by typing into Qt's own file dialog.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)
from shiboken6 import isValid

W = TypeVar("W", bound=QWidget)
NONE = Qt.KeyboardModifier.NoModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def name_of(widget: QWidget) -> str:
    """What a screen reader says of a widget.  Of a box with choices Qt says on Linux which one is chosen, and leaves the
    name to the label that belongs to it."""
    if isinstance(widget, QComboBox):
        labels = [label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
        return widget.accessibleName() or next(iter(labels), "")
    seen = QAccessible.queryAccessibleInterface(widget)
    return seen.text(QAccessible.Text.Name) if seen is not None else ""


class Person:
    """Looks at ``window`` and acts on it; ``bot`` is pytest-qt's, for waiting."""

    def __init__(self, bot, window: QWidget) -> None:  # type: ignore[no-untyped-def]
        self.bot, self.window = bot, window
        self.clicks = 0  # of the mouse, two in a row for one

    def wait(self, seen: Callable[[], object], seconds: float = 30) -> None:
        """Look until something is seen."""
        self.bot.waitUntil(lambda: bool(seen()), timeout=int(seconds * 1000))

    def rest(self, seconds: float = 0.05) -> None:
        """Do nothing for a moment."""
        self.bot.wait(int(seconds * 1000))

    # -- looking -------------------------------------------------------------------------------------------------------

    def find(self, kind: type[W], name: str, inside: QWidget | None = None) -> W:
        """The widget of that kind that is seen under that name."""
        for widget in (inside or self.window).findChildren(kind):
            if widget.isVisible() and name_of(widget) == name:
                return widget
        raise AssertionError(f"no {kind.__name__} is called {name!r}: {sorted(self.names(kind, inside))}")

    def names(self, kind: type[QWidget], inside: QWidget | None = None) -> Iterable[str]:
        """The names of all widgets of a kind that are seen."""
        return {name_of(w) for w in (inside or self.window).findChildren(kind) if w.isVisible()}

    def dialog(self, kind: type[W]) -> W:
        """The dialog of that kind, as soon as it is seen."""
        self.wait(lambda: any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets()))
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())

    # -- the mouse -----------------------------------------------------------------------------------------------------

    def click(self, widget: QWidget, place: QPoint | None = None, button: Qt.MouseButton = LEFT) -> None:
        """Press and release a button of the mouse over a place of the widget, its middle when none is given."""
        top, at = self._spot(widget, place)
        self.clicks += 1
        QTest.mouseClick(top, button, NONE, at)

    def double_click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click twice."""
        top, at = self._spot(widget, place)
        self.clicks += 1
        QTest.mouseDClick(top, LEFT, NONE, at)

    @staticmethod
    def _spot(widget: QWidget, place: QPoint | None) -> tuple[QWindow, QPoint]:
        assert widget.isVisible() and widget.isEnabled(), name_of(widget)
        top = widget.window()
        handle = top.windowHandle()
        assert handle is not None
        at = widget.mapTo(top, widget.rect().center() if place is None else place)
        hit = top.childAt(at)
        assert hit is None or hit is widget or widget.isAncestorOf(hit) or hit.isAncestorOf(widget), (
            f"{name_of(widget)!r} is covered by {hit}"
        )
        return handle, at

    def scroll_to(self, view: QAbstractScrollArea, place: Callable[[], QRect]) -> None:
        """Turn the wheel over a view until a place (in its viewport) is wholly seen."""
        for _ in range(100):
            area, rect = view.viewport().rect(), place()
            if area.top() <= rect.top() and rect.bottom() <= area.bottom():
                return
            top, at = self._spot(view.viewport(), None)
            QTest.wheelEvent(top, at, QPoint(0, 60 if rect.top() < area.top() else -60))
            self.rest(0.01)
        raise AssertionError(f"{name_of(view)!r} does not scroll there")

    def press(self, name: str, inside: QWidget | None = None) -> None:
        """Click the button of that name."""
        self.click(self.find(QAbstractButton, name, inside))

    def choose(self, words: str) -> None:
        """Click an entry of the menu that is open."""
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for action in menu.actions():
            if action.text().split("\t")[0] == words and action.isEnabled():
                self.click(menu, menu.actionGeometry(action).center())
                return
        raise AssertionError(f"no entry {words!r}: {[a.text() for a in menu.actions()]}")

    # -- the keyboard --------------------------------------------------------------------------------------------------

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key in the window that has the keyboard."""
        QTest.keyClick(self._focused(), key, modifiers)

    def control(self, key: Qt.Key) -> None:
        """Press a key with Ctrl."""
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def write(self, text: str) -> None:
        """Type (ASCII)."""
        for character in text:
            QTest.keyClick(self._focused(), character)

    def _focused(self) -> QWindow:
        """The window that has the keyboard; without a window manager nobody gives it back when a menu is closed."""
        if QGuiApplication.focusWindow() is None:
            self.window.activateWindow()
            self.wait(QGuiApplication.focusWindow)
        found = QGuiApplication.focusWindow()
        assert found is not None
        return found

    def name_file(self, path: str) -> None:
        """Type a path into the file dialog that is open, and press Enter."""
        dialog = self.dialog(QFileDialog)
        self.wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit) and dialog.isActiveWindow())
        self.control(Qt.Key.Key_A)
        self.write(path)
        self.key(Qt.Key.Key_Return)
        self.wait(lambda: not isValid(dialog) or not dialog.isVisible())

    def answer(self, words: str, kind: type[QDialog] = QDialog) -> None:
        """Click a button of the dialog that is open."""
        self.press(words, self.dialog(kind))
