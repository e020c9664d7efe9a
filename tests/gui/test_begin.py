"""What was named on the command line is opened, asked and filled."""

from __future__ import annotations

import pytest
from conftest import Driver

from citegrid.gui.app import begin


@pytest.mark.parametrize("sample", [False, True])
def test_fill_waits_for_all_that_is_read_and_the_query_is_asked(driver: Driver, sample: bool) -> None:
    driver.workbench.papers.get_ready(lambda: None)  # as the window does: its end is not that of the reading
    driver.idle()
    driver.workbench.papers.get_ready(lambda: None)
    paper, picture = (None, None) if sample else (driver.file("paper.pdf"), driver.file("table.png"))
    begin(driver.window, None, paper, picture, "Eight works on citations.", fill=True, sample=sample)
    driver.wait(lambda: driver.workbench.project.review is not None, 10_000)
    assert driver.workbench.project.query == "Eight works on citations." == driver.window.query.text()


def test_a_project_is_filled_and_asked(driver: Driver) -> None:
    driver.open()
    folder = driver.workbench.folder
    driver.window.actions_["new"].trigger()
    driver.idle()
    begin(driver.window, folder, None, None, "Something else.", fill=True, sample=False)
    driver.wait(lambda: driver.workbench.project.review is not None, 10_000)
    assert driver.workbench.project.query == "Something else."


def test_a_paper_that_fails_fills_nothing_later(driver: Driver) -> None:
    begin(driver.window, None, driver.file("broken.pdf"), driver.file("table.png"), "", fill=True, sample=False)
    driver.wait(lambda: bool(driver.workbench.project.table.columns))
    driver.idle()
    driver.open()
    driver.idle()
    assert not driver.workbench.project.table.rows
