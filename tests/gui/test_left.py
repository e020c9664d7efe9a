"""A project and the window open as they were left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Driver
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar


@pytest.fixture
def again(driver: Driver, qtbot, tmp_path: Path) -> Iterator[Driver]:  # type: ignore[no-untyped-def]
    """A second window with the settings of the first, as after a restart."""
    made = Driver(qtbot, tmp_path)
    yield made
    made.close()


def sizes(driver: Driver) -> dict[str, tuple[int, int]]:
    docks = driver.window.dock_area.docks
    return {name: (dock.width(), dock.height()) for name, dock in docks.items() if not dock.visibleRegion().isEmpty()}


def test_panes_columns_page_zoom_and_choice_are_as_they_were(driver: Driver, again: Driver) -> None:
    driver.open()
    driver.fill()
    window = driver.window
    docks = window.dock_area.docks
    window.dock_area.resizeDocks([docks["Paper"], docks["Picture"]], [820, 440], Qt.Orientation.Horizontal)
    window.dock_area.resizeDocks([docks["Paper"], docks["Table"]], [300, 420], Qt.Orientation.Vertical)
    driver.bot.wait(50)
    row = driver.workbench.project.table.rows[1]
    window.table.choose(row.work.id, row.cells[2].column)
    window.table.view.horizontalHeader().resizeSection(1, 231)
    window.pdf.canvas.set_zoom(1.7)
    window.pdf.canvas.go_to(7, 0, 120)
    driver.bot.wait(50)
    before, place, folder = sizes(driver), window.pdf.canvas.place, driver.workbench.folder
    window.close()
    driver.wait(lambda: not window.isVisible())
    driver.workbench.files.close()
    assert folder is not None
    again.window.files.open_project(folder)
    again.wait(lambda: again.workbench.shown_paper.document is not None)
    again.idle()
    assert sizes(again) == before
    canvas, table = again.window.pdf.canvas, again.window.table
    assert (canvas.place[0], round(canvas.zoom, 3)) == (place[0], 1.7)
    assert abs(canvas.place[2] - place[2]) < 4
    assert table.view.horizontalHeader().sectionSize(1) == 231
    here = table.current()
    assert here is not None and (here[0].work.id, here[1].column) == (row.work.id, row.cells[2].column)


def test_the_layout_for_checking_comes_and_goes(driver: Driver) -> None:
    driver.open()
    driver.fill()
    window, before = driver.window, sizes(driver)
    window.actions_["checking"].trigger()
    driver.bot.wait(50)
    docks = window.dock_area.docks
    assert docks["Table"].width() > docks["Paper"].width() and docks["Table"].height() > 500
    assert docks["Review"].isHidden() and window.evidence.isVisible()
    window.actions_["checking"].trigger()
    driver.bot.wait(50)
    assert sizes(driver) == before
    bars = window.dock_area.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert [bar.count() for bar in bars if bar.isVisible()] == [5], "no tabs of another layout are left"
