"""Rows pinned, dropped and moved by mouse and keyboard, and how a pinned row shows."""

from __future__ import annotations

from conftest import Driver
from person import RIGHT, Person
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QMouseEvent
from PySide6.QtWidgets import QApplication

from citegrid.gui import theme
from citegrid.gui.dialogs.preferences import Preferred
from citegrid.gui.items.headers import PIN

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def begin(driver: Driver) -> Person:
    driver.open()
    driver.fill()
    me = Person(driver.bot, driver.window)
    driver.window.activateWindow()
    me.wait(driver.window.isActiveWindow)
    view = driver.window.table.view
    me.click(view.viewport(), view.visualRect(driver.window.table.rows.index(1, 0)).center())
    me.wait(view.hasFocus)
    return me


def ids(driver: Driver) -> list[str]:
    return [row.work.id for row in driver.workbench.project.table.rows]


def pins(driver: Driver) -> list[bool]:
    return [row.pinned for row in driver.workbench.project.table.rows]


def header(driver: Driver, row: int) -> QPoint:
    side = driver.window.table.view.verticalHeader()
    return QPoint(side.width() // 2, side.sectionViewportPosition(row) + 10)


def test_a_row_is_pinned_by_key_and_let_go_by_menu(driver: Driver) -> None:
    me = begin(driver)
    me.key(K.Key_P)
    assert pins(driver) == [False, True, False, False]
    here = driver.window.table.current()
    assert here is not None and here[0].work.id == "r1", "the cell one was at is still the current one"
    side = driver.window.table.view.verticalHeader()
    assert "Pinned" in side.model().headerData(1, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    me.click(side.viewport(), header(driver, 1), RIGHT)
    me.choose("Unpin the row")
    assert pins(driver) == [False] * 4
    me.control(K.Key_Z)
    assert pins(driver) == [False, True, False, False]
    me.control(K.Key_Z)
    assert pins(driver) == [False] * 4


def test_a_pinned_row_shows_its_sign(driver: Driver) -> None:
    me = begin(driver)
    side = driver.window.table.view.verticalHeader()
    corner = QPoint(side.width() - PIN - 10, side.sectionViewportPosition(1) + 4)

    def ink() -> int:
        """Pixels of the corner that are of the accent colour, more or less: the lines of the sign are thin."""
        image, accent = side.viewport().grab().toImage(), QColor(theme.current().accent)
        seen = [image.pixelColor(corner.x() + x, corner.y() + y) for x in range(PIN + 8) for y in range(PIN + 8)]
        return sum(abs(one.red() - accent.red()) < 60 and one.blue() > one.red() + 20 for one in seen)

    assert ink() == 0
    me.key(K.Key_P)
    me.rest()
    assert ink() > 4


def test_rows_are_moved_by_keyboard_and_dropped_by_menu(driver: Driver) -> None:
    me = begin(driver)
    me.key(K.Key_Down, ALT)
    assert ids(driver) == ["paper", "r2", "r1", "r3"]
    here = driver.window.table.current()
    assert here is not None and here[0].work.id == "r1"
    me.key(K.Key_Up, ALT)
    me.key(K.Key_Up, ALT)
    me.key(K.Key_Up, ALT)
    assert ids(driver) == ["r1", "paper", "r2", "r3"]
    side = driver.window.table.view.verticalHeader()
    me.click(side.viewport(), header(driver, 2), RIGHT)
    me.choose("Remove the row")
    assert ids(driver) == ["r1", "paper", "r3"]
    me.control(K.Key_Z)
    assert ids(driver) == ["r1", "paper", "r2", "r3"]


def test_a_new_choice_of_rows_leaves_the_pinned_one(driver: Driver) -> None:
    me = begin(driver)
    me.key(K.Key_Down, ALT)  # r1 is third now
    me.key(K.Key_P)
    driver.workbench.table.set_limits(2, 0)
    window = driver.window
    window.filling.fill(anew=True)
    driver.idle()
    assert ids(driver) == ["paper", "r1"]
    assert pins(driver) == [False, True]


def test_fewer_or_more_rows_in_the_preferences_offer_a_new_choice(driver: Driver) -> None:
    me = begin(driver)
    driver.window.prefer(Preferred(3, 0, "en", "system", ""))
    me.press("Choose the rows anew", driver.window.message)
    driver.idle()
    assert ids(driver) == ["paper", "r1", "r2"]


def test_pinned_rows_stay_above_when_the_table_is_sorted(driver: Driver) -> None:
    me = begin(driver)
    me.click(
        driver.window.table.view.viewport(),
        driver.window.table.view.visualRect(driver.window.table.rows.index(2, 0)).center(),
    )
    me.key(K.Key_P)
    pinned = driver.workbench.project.table.rows[2].work.title
    table = driver.window.table
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        table.rows.sort(0, order)
        shown = [str(table.rows.index(i, 0).data()) for i in range(4)]
        assert shown[0] == pinned
        assert shown[1:] == sorted(shown[1:], key=str.casefold, reverse=order == Qt.SortOrder.DescendingOrder)


def test_a_screen_reader_is_told_of_the_pin(driver: Driver) -> None:
    me = begin(driver)
    me.key(K.Key_P)
    view = driver.window.table.view
    said = view.model().headerData(1, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("Pinned")
    assert QAccessible.queryAccessibleInterface(view) is not None


def test_rows_are_dragged_by_their_heads(driver: Driver) -> None:
    me = begin(driver)
    table = driver.window.table
    side = table.view.verticalHeader()

    def drag(row: int, to: int) -> None:
        start = header(driver, row)
        end = header(driver, to) + QPoint(0, int(0.6 * side.sectionSize(to)))
        driver.bot.mousePress(side.viewport(), Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 9):
            at = start + (end - start) * step / 8
            move = QMouseEvent(
                QEvent.Type.MouseMove, at.toPointF(), side.viewport().mapToGlobal(at).toPointF(),
                Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
            )  # fmt: skip
            QApplication.sendEvent(side.viewport(), move)
        driver.bot.mouseRelease(side.viewport(), Qt.MouseButton.LeftButton, pos=end)

    assert ids(driver) == ["paper", "r1", "r2", "r3"]
    drag(0, 2)
    driver.wait(lambda: ids(driver) == ["r1", "r2", "paper", "r3"])
    assert [side.logicalIndex(i) for i in range(side.count())] == list(range(side.count()))
    assert [row.work.id for row in table.items.table.rows] == ids(driver)
    driver.workbench.session.undo()
    assert ids(driver) == ["paper", "r1", "r2", "r3"]
    me.click(table.view.horizontalHeader().viewport(), QPoint(20, 10), RIGHT)
    me.choose("Sort from A to Z")
    assert not side.sectionsMovable(), "rows that are sorted have their order from the column"
    drag(0, 2)
    driver.bot.wait(50)
    assert ids(driver) == ["paper", "r1", "r2", "r3"]
