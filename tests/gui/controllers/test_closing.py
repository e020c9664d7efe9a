"""Closing the window waits for the last change to be saved, and says when that cannot be."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from conftest import Driver
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from citegrid import wiring
from citegrid.core.errors import StorageError
from citegrid.core.project import Project
from citegrid.gui.bridge import Bridge
from citegrid.gui.settings import Settings
from citegrid.gui.window import Window
from citegrid.store import project_folder


def press(driver: Driver, words: str) -> QMessageBox:
    driver.wait(lambda: any(b.isVisible() for b in driver.window.findChildren(QMessageBox)))
    box = next(b for b in driver.window.findChildren(QMessageBox) if b.isVisible())
    driver.bot.mouseClick(next(b for b in box.buttons() if b.text() == words), Qt.MouseButton.LeftButton)
    return box


class Disk:
    """A disk that may be full, or slow until it is let ``go_on``."""

    def __init__(self) -> None:
        self.full = False
        self.go_on = threading.Event()
        self._save = project_folder.save
        self.go_on.set()

    def save(self, folder: Path, project: Project, number: int = 0, rows: object = None) -> None:
        assert self.go_on.wait(20)
        if self.full:
            raise StorageError(f"{folder} cannot be written: the disk is full.", "Make room.")
        self._save(folder, project, number)


@pytest.fixture
def disk(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk below an open project."""
    driver.workbench.files.new(driver.folder / "project", "What is known?", "en")
    made = Disk()
    monkeypatch.setattr(project_folder, "save", made.save)
    return made


def test_it_waits_with_the_window_alive_until_all_is_saved(driver: Driver, disk: Disk) -> None:
    disk.go_on.clear()
    driver.workbench.table.set_query("What else is known?")
    driver.window.close()
    driver.bot.wait(150)
    assert driver.window.isVisible()
    disk.go_on.set()
    driver.wait(lambda: not driver.window.isVisible())


def test_what_cannot_be_saved_is_said_and_the_person_decides(driver: Driver, disk: Disk) -> None:
    disk.full = True
    driver.workbench.table.set_query("What else is known?")
    driver.window.close()
    box = press(driver, "Go back")
    assert "the disk is full. Make room." in box.informativeText()
    assert driver.window.isVisible()
    assert driver.window.isEnabled()
    driver.window.close()
    press(driver, "Close without saving")
    driver.wait(lambda: not driver.window.isVisible())


def test_once_there_is_room_it_closes_without_a_question(driver: Driver, disk: Disk) -> None:
    disk.full = True
    driver.workbench.table.set_query("What else is known?")
    driver.window.close()
    press(driver, "Go back")
    disk.full = False
    driver.window.close()
    driver.wait(lambda: not driver.window.isVisible())


def test_a_change_that_cannot_be_written_is_told_in_the_window(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    bridge = Bridge()
    workbench = wiring.build_for_window(bridge.post)
    window = Window(workbench, Settings(tmp_path / "window.ini"))
    window.show()
    workbench.files.new(tmp_path / "project", "What is known?", "en")
    real, full = project_folder.save, [True]

    def save(folder, project, noted=0, rows=None):  # type: ignore[no-untyped-def]
        if full[0]:
            raise StorageError(f"{folder} cannot be written: the disk is full.", "Make room.")
        real(folder, project, noted)

    monkeypatch.setattr(project_folder, "save", save)
    workbench.table.set_query("What else is known?")
    qtbot.waitUntil(window.message.isVisible)
    assert "the disk is full" in window.message.text.text()
    assert workbench.project.query == "What else is known?", "the work goes on"
    full[0] = False
    window.close()  # tries once more
    qtbot.waitUntil(lambda: not window.isVisible())
    assert project_folder.load(tmp_path / "project").query == "What else is known?"
    bridge.shut()
    workbench.close()
    window.deleteLater()
