"""The model manager on a folder of its own: use, add, check, and a fetch that stops when asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Driver
from PySide6.QtCore import Qt

from citegrid.core.errors import ModelError
from citegrid.gui.dialogs.about import PARTS, AboutDialog, licence_of
from citegrid.gui.dialogs.language_models.manager import ModelsDialog
from citegrid.store.model_files import models
from citegrid.store.model_files.models import Model
from citegrid.store.model_files.recommend import Pace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def manager(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelsDialog]:
    folder = driver.folder / "models"
    folder.mkdir()
    known = [
        Model("big", "Big one", folder / "big.gguf", 2_000_000, "Apache-2.0", 4096, True, True, "here"),
        Model("small", "Small one", folder / "small.gguf", 1_000_000, "MIT", 4096, True, False, "not here"),
        Model("mine", "Mine", folder / "mine.gguf", 3_000_000, "", 4096, False, False, "here"),
    ]
    monkeypatch.setattr(models, "list_models", lambda: known)
    driver.window.actions_["models"].trigger()
    dialog = driver.window.findChild(ModelsDialog)
    assert isinstance(dialog, ModelsDialog)
    yield dialog
    dialog.close()
    driver.bot.wait(20)


def choose(dialog: ModelsDialog, row: int) -> None:
    item = dialog.list.topLevelItem(row)
    assert item is not None
    dialog.list.setCurrentItem(item)


def test_every_model_is_listed_with_size_state_and_licence(manager: ModelsDialog) -> None:
    rows = [manager.list.topLevelItem(i) for i in range(manager.list.topLevelItemCount())]
    texts = [[row.text(i) for i in range(4)] for row in rows if row is not None]
    assert texts[0] == ["Big one  ✓ in use", "2 MB", "on this computer", "Apache-2.0"]
    assert texts[1][1:] == ["1 MB", "not downloaded yet", "MIT"]
    assert texts[2][3] == "your own"


def test_another_model_is_used_from_now_on(driver: Driver, manager: ModelsDialog) -> None:
    choose(manager, 0)
    assert not manager.use.isEnabled()
    choose(manager, 1)
    assert not manager.use.isEnabled() and manager.fetch.isEnabled()
    choose(manager, 2)
    driver.bot.mouseClick(manager.use, LEFT)
    assert driver.settings.model == str(driver.folder / "models" / "mine.gguf")
    item = manager.list.topLevelItem(2)
    assert item is not None and "in use" in item.text(0)
    choose(manager, 0)
    driver.bot.mouseClick(manager.use, LEFT)
    assert driver.settings.model == ""


def test_another_model_translates_until_it_no_longer_shall(driver: Driver, manager: ModelsDialog) -> None:
    choose(manager, 0)
    assert not manager.translate.isEnabled()  # the model in use translates anyway
    choose(manager, 2)
    driver.bot.mouseClick(manager.translate, LEFT)
    mine = driver.folder / "models" / "mine.gguf"
    assert driver.settings.translator == str(mine) and driver.workbench.session.translator == mine
    item = manager.list.topLevelItem(2)
    assert item is not None and item.text(0).endswith("✓ translates")
    driver.bot.mouseClick(manager.translate, LEFT)
    assert driver.settings.translator == "" and driver.workbench.session.translator is None


def test_what_fits_is_said_at_once_and_its_time_after_a_measurement(
    driver: Driver, manager: ModelsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = manager.list.topLevelItem(0)
    assert item is not None and item.text(4) == "fits: 1.5 GB"
    monkeypatch.setattr(driver.workbench.models, "pace", lambda cancel: Pace(2_000_000, 8.0, 8.0))
    driver.bot.mouseClick(manager.measure, LEFT)
    driver.wait(lambda: "quick enough is Mine: about 24 min" in manager.said.text())
    item = manager.list.topLevelItem(0)
    assert item is not None and item.text(4) == "fits: about 16 min a table"


def test_a_fetch_shows_its_progress_and_stops_when_asked(
    driver: Driver, manager: ModelsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(name, progress, cancel):  # type: ignore[no-untyped-def]
        for n in range(1, 1000):
            cancel.check()
            progress.report("Fetching Small one (MB)", n, 1000)
            time.sleep(0.01)

    monkeypatch.setattr(models, "fetch", fetch)
    choose(manager, 1)
    driver.bot.mouseClick(manager.fetch, LEFT)
    driver.wait(lambda: manager.bar.maximum() == 1000 and manager.bar.value() > 2)
    assert "Fetching" in manager.said.text() and not manager.fetch.isEnabled()
    driver.window.query.setText("the window can be used meanwhile")
    driver.bot.mouseClick(manager.stop, LEFT)
    driver.wait(lambda: "Stopped" in manager.said.text())
    assert manager.fetch.isEnabled() and not manager.bar.isVisible()
    driver.bot.mouseClick(manager.fetch, LEFT)
    driver.wait(lambda: manager.bar.value() > 2)  # closing stops it: the fixture and the conftest look for its thread


def test_a_check_reads_the_bytes_and_says_what_it_found(
    driver: Driver, manager: ModelsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified = models.Verified(Path("big.gguf"), "ab" * 32, True)
    monkeypatch.setattr(models, "verify", lambda name, progress, cancel: verified)
    choose(manager, 0)
    driver.bot.mouseClick(manager.check, LEFT)
    driver.wait(lambda: "abababab" in manager.said.text())
    assert "publisher" in manager.said.text()

    def damaged(name, progress, cancel):  # type: ignore[no-untyped-def]
        raise ModelError("big.gguf is damaged.", "Fetch it anew.")

    monkeypatch.setattr(models, "verify", damaged)
    driver.bot.mouseClick(manager.check, LEFT)
    driver.wait(lambda: "damaged" in manager.said.text())
    assert "Fetch it anew" in manager.said.text()


def test_a_file_that_is_no_model_is_refused_with_a_reason(driver: Driver, manager: ModelsDialog) -> None:
    other = driver.folder / "notes.gguf"
    other.write_bytes(b"not a model at all")
    manager.take_in(other)
    driver.wait(lambda: "notes.gguf" in manager.said.text())


def test_about_names_version_licence_parts_and_that_nothing_leaves(driver: Driver) -> None:
    driver.window.actions_["about"].trigger()
    dialog = driver.window.findChild(AboutDialog)
    assert isinstance(dialog, AboutDialog)
    text = dialog.text.toPlainText()
    assert "leaves this computer" in text and "Affero" in text
    for package in PARTS:
        version, licence = licence_of(package)
        assert version in text and licence, package
    dialog.close()
    driver.bot.wait(20)
