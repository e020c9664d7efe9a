"""Preferences, models and about: every entry of the menu does something."""

from __future__ import annotations

from conftest import Driver
from PySide6.QtWidgets import QComboBox, QMenu, QSpinBox

from citegrid.gui import theme
from citegrid.gui.dialogs.preferences import PreferencesDialog
from citegrid.gui.i18n import language


def test_preferences_set_rows_length_language_and_colours(driver: Driver) -> None:
    driver.open()
    window, workbench = driver.window, driver.workbench
    window.actions_["preferences"].trigger()
    dialog = window.findChild(PreferencesDialog)
    assert dialog is not None
    assert len(dialog.findChildren(QSpinBox)) == 2
    assert all(box.count() >= 1 for box in dialog.findChildren(QComboBox))
    dialog.rows.setValue(6)
    dialog.length.setValue(800)
    dialog.language.setCurrentIndex(dialog.language.findData("zh"))
    dialog.colours.setCurrentIndex(dialog.colours.findData("dark"))
    dialog.accept()
    assert (workbench.project.max_rows, workbench.project.target) == (6, 800)
    assert language() == "zh"
    assert window.fill_button.text() == "填写"
    assert theme.current() == theme.DARK
    theme.wear("light")


def test_preferences_that_are_cancelled_change_nothing(driver: Driver) -> None:
    driver.open()
    driver.window.actions_["preferences"].trigger()
    dialog = driver.window.findChild(PreferencesDialog)
    assert dialog is not None
    dialog.rows.setValue(9)
    dialog.reject()
    assert driver.workbench.project.max_rows == 0


def test_every_entry_of_the_menu_is_connected(driver: Driver) -> None:
    driver.window._fill_menu()
    dead = [
        a.text()
        for a in driver.window.toolbar.main_menu.actions()
        if not a.isSeparator()
        and a.menu() is None
        and a.isEnabled()
        and not a.receivers("2triggered()")
        and not a.receivers("2triggered(bool)")
    ]
    assert not dead


def test_the_menu_is_made_anew_without_a_rest_of_before(driver: Driver) -> None:
    for _ in range(3):
        driver.window._fill_menu()
        driver.bot.wait(10)
    below = [action.menu() for action in driver.window.toolbar.main_menu.actions() if action.menu() is not None]
    assert len(driver.window.toolbar.main_menu.findChildren(QMenu)) == len(below) > 2


def test_the_numbers_of_the_preferences_can_be_read(driver: Driver) -> None:
    driver.open()
    driver.window.actions_["preferences"].trigger()
    dialog = driver.window.findChild(PreferencesDialog)
    assert dialog is not None
    for box in (dialog.rows, dialog.length):
        field = box.lineEdit()
        assert field.width() >= field.fontMetrics().horizontalAdvance(box.specialValueText())
        assert field.height() >= field.fontMetrics().height()
    dialog.reject()
