"""Choosing a model server: what is there, what it can do, and the question before anything leaves this computer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Driver
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from tests.doubles.engines import FakeModel
from tests.doubles.servers import ToldKeys, ToldServers

from citegrid.core.model.endpoint import Endpoint
from citegrid.gui.dialogs.language_models.manager import ModelsDialog
from citegrid.gui.dialogs.language_models.server import ServerDialog
from citegrid.gui.dialogs.preferences import PreferencesDialog
from citegrid.store.model_files.examinations import Examinations

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def servers(driver: Driver) -> ToldServers:
    told = ToldServers()
    session = driver.workbench.session
    session.engines = replace(session.engines, servers=told)
    return told


@pytest.fixture
def manager(driver: Driver, servers: ToldServers) -> Iterator[ModelsDialog]:
    driver.window.actions_["models"].trigger()
    dialog = driver.window.findChild(ModelsDialog)
    assert isinstance(dialog, ModelsDialog)
    yield dialog
    dialog.close()
    driver.bot.wait(20)


@pytest.fixture
def dialog(driver: Driver, manager: ModelsDialog) -> Iterator[ServerDialog]:
    driver.bot.mouseClick(manager.server, LEFT)
    found = manager.findChild(ServerDialog)
    assert isinstance(found, ServerDialog)
    yield found
    driver.bot.wait(20)


def rows(manager: ModelsDialog) -> list[list[str]]:
    items = [manager.list.topLevelItem(i) for i in range(manager.list.topLevelItemCount())]
    return [[item.text(i) for i in range(4)] for item in items if item is not None]


def test_a_server_of_this_computer_is_tried_and_used(
    driver: Driver, servers: ToldServers, manager: ModelsDialog, dialog: ServerDialog
) -> None:
    driver.bot.mouseClick(dialog.look, LEFT)
    driver.wait(lambda: dialog.names.count() == 2)
    dialog.names.setCurrentIndex(1)
    driver.bot.mouseClick(dialog.test, LEFT)
    driver.wait(lambda: "tokens a second" in dialog.said.text())
    assert "big" in dialog.said.text() and "4096" in dialog.said.text() and "likelihoods" in dialog.said.text()
    assert dialog.names.currentData() == "big"
    driver.bot.mouseClick(dialog.use, LEFT)
    address = "http://127.0.0.1:8080/v1#big"
    assert driver.settings.model == address and driver.settings.servers == [address]
    assert servers.reached[-1] == address
    assert rows(manager)[-1] == ["big  ✓ in use", "", "a server on this computer", ""]
    assert driver.settings.chosen_model == Endpoint("http", "127.0.0.1", 8080, "/v1", "big")


def test_a_key_is_kept_when_the_server_is_used(driver: Driver, manager: ModelsDialog, dialog: ServerDialog) -> None:
    keys = ToldKeys()
    driver.workbench.session.engines = replace(driver.workbench.session.engines, keys=keys)
    dialog.key.setText(" secret-key ")
    assert dialog.key.echoMode() is dialog.key.EchoMode.Password
    driver.bot.mouseClick(dialog.look, LEFT)
    driver.wait(lambda: dialog.names.count() == 2)
    assert keys.told == [("use", "http://127.0.0.1:8080/v1", "secret-key")]
    driver.bot.mouseClick(dialog.use, LEFT)
    driver.wait(lambda: "keyring" in manager.said.text())
    assert keys.told[-1] == ("keep", "http://127.0.0.1:8080/v1", "secret-key")
    assert "secret-key" not in str(driver.settings.servers) + driver.settings.model
    manager.list.setCurrentItem(manager.list.topLevelItem(manager.list.topLevelItemCount() - 1))
    driver.bot.mouseClick(manager.forget, LEFT)
    driver.wait(lambda: keys.told[-1][0] == "forget")


def test_a_server_that_is_not_there_is_said(driver: Driver, dialog: ServerDialog) -> None:
    driver.bot.mouseClick(dialog.look, LEFT)
    driver.wait(lambda: dialog.names.count() == 2)
    dialog.address.setText("127.0.0.1:1/v1")
    assert dialog.names.count() == 0
    driver.bot.mouseClick(dialog.test, LEFT)
    driver.wait(lambda: "No model server answers" in dialog.said.text())
    dialog.address.setText("http://a:b/")
    driver.bot.mouseClick(dialog.look, LEFT)
    assert "is not the address" in dialog.said.text()
    dialog.address.clear()
    assert not any(button.isEnabled() for button in (dialog.look, dialog.test, dialog.use))
    dialog.reject()


def test_nothing_goes_elsewhere_before_the_person_agreed(driver: Driver, dialog: ServerDialog) -> None:
    dialog.address.setText("http://lab.example.org:8000/v1")
    driver.bot.mouseClick(dialog.use, LEFT)
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "lab.example.org" in box.informativeText() and "not encrypted" in box.informativeText()
    driver.bot.mouseClick(box.defaultButton(), LEFT)
    assert driver.settings.model == "" and driver.settings.servers == []
    driver.bot.wait(20)
    driver.bot.mouseClick(dialog.use, LEFT)
    again = dialog.findChild(QMessageBox)
    assert isinstance(again, QMessageBox)
    (agree,) = [b for b in again.buttons() if b is not again.defaultButton()]
    driver.bot.mouseClick(agree, LEFT)
    assert driver.settings.servers == ["http://lab.example.org:8000/v1"]


def test_preferences_keep_the_server_and_forgetting_it_goes_back(driver: Driver, manager: ModelsDialog) -> None:
    address = "http://127.0.0.1:8080/v1#big"
    driver.settings.servers, driver.settings.model = [address], address
    driver.window.actions_["preferences"].trigger()
    preferences = driver.window.findChild(PreferencesDialog)
    assert isinstance(preferences, PreferencesDialog)
    assert preferences.model.currentData() == address
    preferences.reject()
    manager._refresh()
    manager.list.setCurrentItem(manager.list.topLevelItem(manager.list.topLevelItemCount() - 1))
    assert manager.forget.isVisible() and not manager.fetch.isVisible()
    driver.bot.mouseClick(manager.forget, LEFT)
    assert driver.settings.servers == [] and driver.settings.model == ""
    driver.bot.wait(20)


def test_a_setting_that_was_not_agreed_to_sends_nothing(driver: Driver, servers: ToldServers) -> None:
    driver.open()
    driver.settings.model = "http://lab.example.org/v1"
    driver.window.filling.fill()
    driver.bot.wait(50)
    assert servers.reached == []


def test_a_model_is_examined_and_what_was_found_is_shown(
    driver: Driver, servers: ToldServers, manager: ModelsDialog, tmp_path: Path
) -> None:
    address = "http://127.0.0.1:8080/v1#big"
    servers.model = FakeModel()
    servers.model.info = replace(servers.model.info, sha256="", path=address)
    session = driver.workbench.session
    session.engines = replace(session.engines, examinations=Examinations(tmp_path / "kept"))
    driver.settings.servers = [address]
    manager._refresh()
    manager.list.setCurrentItem(manager.list.topLevelItem(manager.list.topLevelItemCount() - 1))
    assert manager.examine.isEnabled() and not manager.found.text()
    driver.bot.mouseClick(manager.examine, LEFT)
    driver.wait(lambda: "writes paragraphs by itself: no" in manager.found.text())
    assert "runs on" in manager.where.text() and manager._job is None
