"""The picture of a table with mouse and keyboard: zoom, headers, drawing one that was not found."""

from __future__ import annotations

from columns_shown import CTRL, FIRST, LEFT, NONE, names, undone_and_redone
from conftest import Driver
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from citegrid.core.table import Column
from citegrid.gui.i18n import set_language
from citegrid.gui.panes.picture_pane import PicturePane
from citegrid.gui.widgets.picture_view import Drawing

# -- the picture -------------------------------------------------------------------------------------------------------


def test_the_picture_zooms_about_the_mouse_moves_and_fits(driver: Driver, pane: PicturePane) -> None:
    view = pane.view
    before, at = view.rect_of(1), view.rect_of(1).center()
    wheel = QWheelEvent(
        at, view.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
    )  # fmt: skip
    QApplication.sendEvent(view, wheel)
    assert view.zoom > 1.3
    assert view.rect_of(1).width() > 1.3 * before.width()
    assert (view.rect_of(1).center() - at).manhattanLength() < 1.5
    driver.bot.mousePress(view, LEFT, NONE, QPoint(100, 60))
    driver.bot.mouseMove(view, QPoint(120, 70))
    driver.bot.mouseRelease(view, LEFT, NONE, QPoint(120, 70))
    view.setFocus()
    driver.bot.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1.0 and view.rect_of(1) == before
    driver.bot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == 1.25
    driver.bot.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == 1.0


def test_a_turned_picture_is_shown_upright_with_its_cells(driver: Driver) -> None:
    driver.engines.on_its_side = True
    driver.open()
    view = driver.window.picture.view
    assert view.turn == 3
    assert view.rect_of(0).width() > view.rect_of(0).height()
    assert view.rect_of(0).center().x() < view.rect_of(5).center().x()
    driver.window.picture.list.choose([0])
    crop = view.crop(driver.workbench.project.table.columns[0])
    assert crop.width() > crop.height()
    view.setFocus()
    driver.bot.keyClick(view, Qt.Key.Key_R)
    assert view.turn == 0, "as the file has it"
    assert view.rect_of(0).height() > view.rect_of(0).width()
    assert view.rect_of(0).center().y() < view.rect_of(5).center().y()


def test_arrow_keys_step_through_the_headers(driver: Driver, pane: PicturePane) -> None:
    pane.view.setFocus()
    driver.bot.keyClick(pane.view, Qt.Key.Key_Right)
    driver.bot.keyClick(pane.view, Qt.Key.Key_Right)
    driver.bot.keyClick(pane.view, Qt.Key.Key_Left)
    assert pane.list.chosen() == [0]
    driver.bot.keyClick(pane.view, Qt.Key.Key_Return)
    assert pane.form.name.hasFocus()


def test_a_header_that_was_not_found_is_drawn(driver: Driver, pane: PicturePane) -> None:
    pane.list.choose([4])
    driver.bot.mouseClick(pane.remove_button, LEFT)
    pane.list.choose([0])
    before, view = driver.workbench.project.table, pane.view
    driver.bot.mouseClick(pane.draw_buttons[Drawing.HEADER], LEFT)
    assert view.drawing is Drawing.HEADER
    place = view._placing().map
    start, end = place(QPointF(797, 30)).toPoint(), place(QPointF(977, 90)).toPoint()
    driver.bot.mousePress(view, LEFT, NONE, start)
    driver.bot.mouseMove(view, end)
    _move(view, end)
    driver.bot.mouseRelease(view, LEFT, NONE, end)
    assert names(driver)[3:] == [FIRST[3], "New column", FIRST[5]]
    box = driver.workbench.project.table.columns[4].box
    assert box is not None and abs(box[0] - 797) < 5 and abs(box[3] - 90) < 5
    assert view.drawing is Drawing.NOTHING and not pane.draw_buttons[Drawing.HEADER].isChecked()
    assert pane.form.crop.isVisible() and pane.form.name.hasFocus()
    undone_and_redone(driver, before)
    driver.bot.mouseClick(pane.draw_buttons[Drawing.HEADER], LEFT)
    view.setFocus()
    driver.bot.keyClick(view, Qt.Key.Key_Escape)
    assert view.drawing is Drawing.NOTHING


def test_a_drawn_frame_asks_for_the_columns_within_it(driver: Driver, pane: PicturePane, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    asked: list[tuple[float, float, float, float]] = []
    monkeypatch.setattr(driver.workbench.picture, "read_within", asked.append)
    view, frame = pane.view, pane.draw_buttons[Drawing.FRAME]
    driver.bot.mouseClick(frame, LEFT)
    assert view.drawing is Drawing.FRAME and not pane.draw_buttons[Drawing.HEADER].isChecked()
    place = view._placing().map
    start, end = place(QPointF(40, 30)).toPoint(), place(QPointF(600, 200)).toPoint()
    driver.bot.mousePress(view, LEFT, NONE, start)
    _move(view, end)
    driver.bot.mouseRelease(view, LEFT, NONE, end)
    assert view.drawing is Drawing.NOTHING and not frame.isChecked()
    assert len(asked) == 1 and all(abs(a - b) < 6 for a, b in zip(asked[0], (40, 30, 600, 200), strict=True))
    assert names(driver) == FIRST


def _move(view, place: QPoint) -> None:  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    at = QPointF(place)
    QApplication.sendEvent(view, QMouseEvent(QEvent.Type.MouseMove, at, view.mapToGlobal(at), LEFT, LEFT, NONE))


def test_a_slip_of_the_hand_draws_nothing(driver: Driver, pane: PicturePane) -> None:
    driver.bot.mouseClick(pane.draw_buttons[Drawing.HEADER], LEFT)
    driver.bot.mouseClick(pane.view, LEFT, NONE, QPoint(50, 50))
    assert names(driver) == FIRST and pane.view.drawing is Drawing.NOTHING


def test_a_picture_without_a_table_says_so_and_shows_the_manual_way(driver: Driver) -> None:
    driver.window.files.open_picture(driver.file("blank.png"))
    driver.wait(lambda: driver.workbench.picture.pixels is not None)
    driver.idle()
    pane = driver.window.picture
    assert "No table was found" in pane.note.text() and pane.note.isVisible()
    assert pane.view.isVisible()
    set_language("zh")
    driver.window.retranslate()
    assert "没有找到表格" in pane.note.text()
    set_language("en")
    driver.window.columns.set_columns([Column("Typed")])
    assert not pane.note.isVisible()
