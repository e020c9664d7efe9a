"""Window tests: no screen, no Qt warning, no thread left behind."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from tests.doubles.drawn_engines import DrawnEngines
from tests.doubles.made_up_run import MadeUpRun

from citegrid.gui import theme
from citegrid.gui.app import drop_strays
from citegrid.gui.bridge import Bridge
from citegrid.gui.i18n import set_language
from citegrid.gui.panes.picture_pane import PicturePane
from citegrid.gui.settings import Settings
from citegrid.gui.window import Window
from citegrid.store.model_files import models
from citegrid.workbench import lazy_imports
from citegrid.workbench.workbench import Workbench

drop_strays()

#: What the offscreen platform says of itself, whatever we do.
HARMLESS = (
    "This plugin does not support propagateSizeHints",
    "This plugin does not support raise",
    "This plugin does not support grabbing the keyboard",
)


@pytest.fixture(autouse=True)
def no_qt_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """A Qt message of warning or worse fails the test that caused it."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    said: list[str] = []

    def hear(kind: QtMsgType, context: object, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not text.startswith(HARMLESS):
            said.append(text)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert not said, said


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Every thread a test starts has ended when it ends."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and t.name.startswith("citegrid")]
    assert not left, left


@pytest.fixture(autouse=True)
def english(qapp: object) -> Iterator[None]:
    """Tests read English unless they switch."""
    set_language("en")
    yield
    set_language("en")


@pytest.fixture
def driver(qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:  # type: ignore[no-untyped-def]
    """A shown window on drawn engines; ``driver.open()`` opens paper and picture, ``driver.fill()`` fills."""
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))  # file dialogs begin there, and random clicks make folders and save files
    theme.apply(qtbot_app(), theme.LIGHT)
    made = Driver(qtbot, tmp_path)
    yield made
    made.close()


@pytest.fixture
def pane(driver: Driver) -> PicturePane:
    driver.open()
    return driver.window.picture


def qtbot_app():  # type: ignore[no-untyped-def]
    from PySide6.QtWidgets import QApplication

    return QApplication.instance()


class Driver:
    """A window on a real Workbench, whose engines and run are doubles, and what a person does with it."""

    def __init__(self, qtbot, folder: Path, pages: int = 12) -> None:  # type: ignore[no-untyped-def]
        self.bot = qtbot
        self.folder = folder
        self.bridge = Bridge()
        self.engines, self.run = DrawnEngines(pages), MadeUpRun()
        self._patch = pytest.MonkeyPatch()
        self._patch.setattr(models, "resolve", lambda name=None: folder / "fake.gguf")
        self._patch.setattr("citegrid.workbench.session.checksum", lambda path, **_: "0" * 64)
        self._patch.setattr(lazy_imports.run, "choose_rows", self.run.choose_rows)
        self._patch.setattr(lazy_imports.run, "fill_table", self.run.fill_table)
        self.workbench = Workbench(self.engines.engines(), self.bridge.post)
        self.settings = Settings(folder / "window.ini")
        self.window = Window(self.workbench, self.settings)
        self.window.resize(1280, 800)
        self.window.show()
        qtbot.waitExposed(self.window)

    def file(self, name: str) -> Path:
        """A file of that name: what it holds is drawn, whatever its bytes."""
        path = self.folder / name
        path.write_bytes(b"drawn")
        return path

    def wait(self, condition, timeout: int = 5000) -> None:  # type: ignore[no-untyped-def]
        """Let the window live until ``condition()`` holds."""
        self.bot.waitUntil(condition, timeout=timeout)

    def idle(self) -> None:
        """Wait until no job is under way and everything posted has arrived."""
        self.wait(lambda: not self.window.jobs.busy)
        self.bot.wait(30)

    def open(self) -> None:
        """Open the drawn paper and picture."""
        self.window.files.open_paper(self.file("paper.pdf"))
        self.window.files.open_picture(self.file("table.png"))
        self.wait(lambda: self.workbench.shown_paper.document is not None)
        self.wait(lambda: bool(self.workbench.project.table.columns))
        self.idle()

    def fill(self) -> None:
        """Press Fill and wait for the review."""
        self.window.fill_button.click()
        self.wait(lambda: self.workbench.project.review is not None)
        self.idle()

    def close(self) -> None:
        """Close the window and everything behind it."""
        self.workbench.session.queues.asking.cancel_all()
        self.wait(lambda: not self.window.jobs.busy)
        self.window.close()
        self.wait(lambda: not self.window.isVisible())
        qtbot_app().clipboard().clear()  # Qt crashes at exit while it holds data made in Python
        self.bridge.shut()
        self.workbench.close()
        self._patch.undo()
        self.window.deleteLater()
