"""Seeded random keys, clicks, wheels, drags and sizes: no crash, no Qt warning, no leftover thread, the project whole."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Driver, qtbot_app
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from shiboken6 import isValid
from stale import faults

from citegrid.gui import theme

pytestmark = pytest.mark.slow

RUNS, EVENTS, SECONDS = 200, 30, 45.0
KEYS = [
    *(Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_O, Qt.Key.Key_E, Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_D),
    *(
        Qt.Key.Key_W,
        Qt.Key.Key_P,
        Qt.Key.Key_F6,
        Qt.Key.Key_Plus,
        Qt.Key.Key_BracketLeft,
        Qt.Key.Key_BracketRight,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Return,
    ),
    *(Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_Space, Qt.Key.Key_Delete),
]
CHORDS = [Qt.Key.Key_Z, Qt.Key.Key_Return, Qt.Key.Key_F, Qt.Key.Key_C, Qt.Key.Key_E, Qt.Key.Key_Comma, Qt.Key.Key_T]
NONE, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
)  # fmt: skip


class Monkey:
    """One run's events on the widgets that are really there."""

    def __init__(self, driver: Driver, seed: int) -> None:
        self.driver, self.dice = driver, random.Random(seed)

    def _widget(self) -> QWidget:
        tops = (QApplication.activePopupWidget(), QApplication.activeModalWidget(), self.driver.window)
        top = next(w for w in tops if w is not None and isValid(w))
        found = [w for w in top.findChildren(QWidget) if isValid(w) and w.isVisible() and w.isEnabled()]
        found = [w for w in found if w.width() > 4]
        return self.dice.choice(found) if found else self.driver.window

    def act(self) -> None:
        # Qt's own dialogs are not ours to try; in /proc they would read what never ends, to choose an icon for it
        self.close_file_dialogs()
        dice = self.dice
        what = dice.random()
        if what < 0.40:
            target = QApplication.focusWidget() or self.driver.window.table.view
            QTest.keyClick(
                target, dice.choice(KEYS), dice.choice((NONE, NONE, NONE, SHIFT, Qt.KeyboardModifier.AltModifier))
            )
        elif what < 0.50:
            target = QApplication.focusWidget() or self.driver.window
            QTest.keyClick(target, dice.choice(CHORDS), dice.choice((CONTROL, CONTROL | SHIFT)))
        elif what < 0.80:
            widget = self._widget()
            if not isValid(widget):  # it went away with the menu it stood in
                return
            place = QPoint(dice.randrange(widget.width()), dice.randrange(max(1, widget.height())))
            button = dice.choice((Qt.MouseButton.LeftButton,) * 3 + (Qt.MouseButton.RightButton,))
            click = QTest.mouseDClick if dice.random() < 0.2 else QTest.mouseClick
            click(widget, button, NONE, place)
        elif what < 0.90:
            widget = self._widget()
            if not isValid(widget):  # it went away with the menu it stood in
                return
            centre = QPointF(widget.rect().center())
            turn = QPoint(0, dice.choice((-240, -120, 120, 240)))
            keys = dice.choice((NONE, NONE, CONTROL))
            event = QWheelEvent(
                centre, widget.mapToGlobal(centre), QPoint(), turn, Qt.MouseButton.NoButton, keys,
                Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(widget, event)
        elif what < 0.95:
            view = self.driver.window.table.view.viewport()
            QTest.mousePress(view, Qt.MouseButton.LeftButton, NONE, view.rect().center())
            QTest.mouseMove(view, view.rect().center() + QPoint(dice.randrange(-90, 90), dice.randrange(-60, 60)))
            QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, view.rect().center())
        elif what < 0.965:
            self.change_project()
        elif what < 0.985:
            self.driver.window.resize(dice.choice((900, 1100, 1280, 1600)), dice.choice((600, 800, 1000)))
        else:
            self.driver.window.speak(dice.choice(("zh", "en")))
        QApplication.processEvents()

    def change_project(self) -> None:
        """Another project, a new one, another paper, or a file that cannot be opened."""
        driver, files = self.driver, self.driver.window.files
        match self.dice.randrange(5):
            case 0:
                files.new()
            case 1:
                files.open_paper(driver.file(self.dice.choice(("second.pdf", "broken.pdf"))))
            case 2:
                files.open_project(driver.folder / "nothing here")
            case _:
                files.open_project(Path(self.dice.choice(driver.settings.recent)))

    @staticmethod
    def close_file_dialogs() -> None:
        for dialog in [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()]:
            dialog.close()

    @staticmethod
    def let_go() -> None:
        """A button's menu runs a loop of its own until it is closed; a person would press Esc."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            popup.close()
        elif isinstance(modal, QDialog):
            modal.reject()

    def tidy(self) -> None:
        """Close what popped up, as a person would with Esc."""
        for popup in [w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible()]:
            popup.close()
        self.close_file_dialogs()
        for dialog in [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]:
            dialog.reject()
        QApplication.processEvents()


@contextmanager
def esc_pressed_often(window: QWidget) -> Iterator[None]:
    """Close what waits for an answer, until the block ends in whatever way."""
    timer = QTimer(window)
    timer.setInterval(60)
    timer.timeout.connect(Monkey.let_go)
    timer.start()
    try:
        yield
    finally:
        timer.stop()


def test_two_hundred_random_runs(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[BaseException] = []
    driver.open()
    driver.fill()
    window = driver.window
    began, done = time.monotonic(), 0
    with monkeypatch.context() as patch, esc_pressed_often(window):
        patch.setattr("sys.excepthook", lambda kind, fault, trace: caught.append(fault))
        patch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: True)
        patch.setattr(type(window), "close", lambda self: False)  # Ctrl+Q is another test's
        for seed in range(RUNS):
            if time.monotonic() - began > SECONDS:
                break
            monkey = Monkey(driver, seed)
            for step in range(EVENTS):
                monkey.act()
                assert not caught, (seed, step, caught)
            monkey.tidy()
            table = driver.workbench.project.table
            assert all([c.column for c in r.cells] == [c.name for c in table.columns] for r in table.rows), seed
            driver.window.jobs.pause.setChecked(False)
            QApplication.processEvents()
            assert faults(driver) == [], seed
            done += 1
    print(f"{done} runs of {EVENTS} events in {time.monotonic() - began:.1f} s")
    assert done >= 40, "too slow to mean anything"
    theme.apply(qtbot_app(), theme.LIGHT)
    window.jobs.pause.setChecked(False)
    for job in list(window.jobs._jobs):
        job.pause(False)
    driver.workbench.session.queues.asking.cancel_all()
    driver.idle()


def test_the_words_of_a_crash_would_be_seen(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The net holds: a fault planted behind a key is caught."""
    caught: list[BaseException] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, fault, trace: caught.append(fault))
    driver.open()
    driver.fill()
    driver.window.table.view.wide_requested.connect(lambda: 1 / 0)
    driver.window.table.view.setFocus()
    QTest.keyClick(driver.window.table.view, Qt.Key.Key_Plus)
    assert caught and isinstance(caught[0], ZeroDivisionError)
    assert Path(__file__).exists()
