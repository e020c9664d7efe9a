"""The columns beside the picture of a table, a click on one of them, and undo and redo of what was done."""

from __future__ import annotations

from conftest import Driver
from PySide6.QtCore import Qt

LEFT = Qt.MouseButton.LeftButton
NONE, CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
FIRST = ["文献名称", "作者与年份", "主要方法/理论/算法", "关键实验结论", "创新点/理论贡献", "影响/备注"]


def names(driver: Driver) -> list[str]:
    return [c.name for c in driver.workbench.project.table.columns]


def click_box(driver: Driver, place: int, keys: Qt.KeyboardModifier = NONE) -> None:
    view = driver.window.picture.view
    driver.bot.mouseClick(view, LEFT, keys, view.rect_of(place).center().toPoint())


def undone_and_redone(driver: Driver, before: object) -> None:
    """One step back is the table before, one forward the table of now."""
    now = driver.workbench.project.table
    assert now != before
    driver.window.actions_["undo"].trigger()
    assert driver.workbench.project.table == before
    shown = driver.window.picture.list
    assert [shown.item(i).text() for i in range(shown.count())] == [c.name for c in before.columns]  # type: ignore[attr-defined]
    driver.window.actions_["redo"].trigger()
    assert driver.workbench.project.table == now
