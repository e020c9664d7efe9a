"""What is to be made stands beside Fill, its defaults included, and a row that is added is filled."""

from __future__ import annotations

import pytest
from conftest import Driver
from PySide6.QtCore import Qt

from citegrid.core.table import Status
from citegrid.gui.widgets.task_panel import TaskButton


@pytest.fixture
def button(driver: Driver) -> TaskButton:
    driver.open()
    driver.workbench.table.set_query("Collect the important literature in a table.", "en")
    return driver.window.toolbar.task


def test_the_button_says_what_holds_and_follows_the_question(button: TaskButton, driver: Driver) -> None:
    assert button.text() == "10 rows · 500 words · English"
    driver.workbench.table.set_query("Collect works and write a review of 150 words.")
    assert button.text() == "10 rows · 150 words · English"


def test_everything_is_set_in_one_step(button: TaskButton, driver: Driver) -> None:
    before = driver.workbench.project
    button.open()
    panel = button.panel
    assert "10" in panel.rows.text() and "500" in panel.length.text()
    panel.query.setPlainText("Which works\nmeasure citations?")
    panel.rows.setValue(6)
    panel.length.setValue(150)
    panel.language.setCurrentIndex(panel.language.findData("zh"))
    driver.bot.keyClick(panel.rows, Qt.Key.Key_Escape)
    project = driver.workbench.project
    assert (project.query, project.max_rows, project.target, project.language) == (
        "Which works measure citations?", 6, 150, "zh",
    )  # fmt: skip
    assert driver.window.query.text() == project.query and button.text().startswith("6 rows · 150 characters")
    driver.window.query.setText("Which works count citations?")
    driver.window.filling.take_query()
    assert driver.workbench.project.language == "zh", "the language was chosen"
    driver.workbench.session.undo()
    driver.workbench.session.undo()
    assert driver.workbench.project == before


def test_a_row_that_is_added_is_filled(driver: Driver) -> None:
    driver.open()
    driver.workbench.table.set_limits(2, 0)
    driver.fill()
    review = driver.workbench.project.review
    reference = driver.workbench.shown_paper.references[-1].id
    driver.window.references.row_requested.emit(reference)
    driver.wait(
        lambda: not any(c.status is Status.WAITING for r in driver.workbench.project.table.rows for c in r.cells)
    )
    driver.idle()
    assert len(driver.workbench.project.table.rows) == 3 and driver.workbench.project.review == review
