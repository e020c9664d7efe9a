"""The columns editor with mouse and keyboard: each operation, and undo and redo of each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Driver
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from citegrid.core.messages import Message
from citegrid.core.table import AnswerType, Column, Status, Verdict
from citegrid.gui.dialogs.columns import ColumnsDialog, TemplateDialog
from citegrid.gui.i18n import set_language, tr_sentence
from citegrid.gui.panes.picture_pane import PicturePane
from citegrid.gui.widgets.picture_view import Drawing
from citegrid.store import templates

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


@pytest.fixture
def pane(driver: Driver) -> PicturePane:
    driver.open()
    return driver.window.picture


# -- choosing and correcting -------------------------------------------------------------------------------------------


def test_a_click_on_a_header_shows_its_crop_and_its_name_ready_to_be_corrected(
    driver: Driver, pane: PicturePane
) -> None:
    click_box(driver, 3)
    assert pane.list.chosen() == [3]
    assert pane.form.crop.isVisible()
    assert pane.form.name.hasFocus() and pane.form.name.selectedText() == FIRST[3]
    before = driver.workbench.project.table
    driver.bot.keyClicks(pane.form.name, "Results")
    driver.bot.keyClick(pane.form.name, Qt.Key.Key_Return)
    assert names(driver)[3] == "Results"
    assert pane.list.hasFocus()
    undone_and_redone(driver, before)


def test_a_corrected_name_is_no_longer_in_doubt(driver: Driver, pane: PicturePane) -> None:
    assert "Read with doubt" in pane.list.item(4).toolTip()
    pane.list.choose([4])
    pane.form.name.setText("Novelty")
    pane.form.commit()
    assert driver.workbench.project.table.columns[4].confidence == 1.0
    assert "Read with doubt" not in pane.list.item(4).toolTip()


def test_a_name_is_corrected_in_the_list(driver: Driver, pane: PicturePane) -> None:
    pane.list.setFocus()
    pane.list.choose([1])
    before = driver.workbench.project.table
    driver.bot.keyClick(pane.list, Qt.Key.Key_F2)
    editor = pane.list.findChild(QLineEdit)
    driver.bot.keyClicks(editor, "Who")
    driver.bot.keyClick(editor, Qt.Key.Key_Return)
    driver.wait(lambda: names(driver)[1] == "Who")
    undone_and_redone(driver, before)


@pytest.mark.parametrize("name", ["作者与年份", "", "   "])
def test_a_name_that_is_taken_or_empty_is_refused_with_a_sentence(driver: Driver, pane: PicturePane, name: str) -> None:
    pane.list.choose([0])
    pane.form.name.setText(name)
    pane.form.commit()
    assert "name of its own" in driver.window.message.text.text()
    assert names(driver) == FIRST
    assert pane.form.name.text() == FIRST[0]
    driver.window.message.hide()
    pane.list.item(0).setText(name)
    assert "name of its own" in driver.window.message.text.text()
    assert pane.list.item(0).text() == FIRST[0]
    assert not driver.workbench.session._undo[1:]


def test_leaving_a_field_takes_it_over_and_so_does_fill(driver: Driver, pane: PicturePane) -> None:
    click_box(driver, 0)
    driver.bot.keyClicks(pane.form.name, "Title")
    click_box(driver, 2)
    assert names(driver)[0] == "Title"
    assert pane.form.name.text() == FIRST[2]
    driver.bot.keyClicks(pane.form.name, "Method")
    driver.fill()
    assert names(driver)[2] == "Method"


def test_instruction_answer_type_and_examples(driver: Driver, pane: PicturePane) -> None:
    pane.list.choose([3])
    form, before = pane.form, driver.workbench.project.table
    assert form.offer.isVisibleTo(form)
    assert "51.5%; a tenth" in form.offer.toolTip()
    form.kind.setFocus()
    driver.bot.keyClick(form.kind, Qt.Key.Key_Down)
    assert form.kind.currentData() is AnswerType.NUMBER
    undone_and_redone(driver, before)
    before = driver.workbench.project.table
    form.instruction.setFocus()
    driver.bot.keyClicks(form.instruction, "the main figure")
    driver.bot.keyClick(form.instruction, Qt.Key.Key_Tab)
    assert form.examples.hasFocus()
    undone_and_redone(driver, before)
    before = driver.workbench.project.table
    driver.bot.mouseClick(form.offer, LEFT)
    assert not form.offer.isVisibleTo(form)
    undone_and_redone(driver, before)
    wanted = ("the main figure", AnswerType.NUMBER, ("51.5%", "a tenth"))
    assert driver.workbench.project.table.columns[3].question == wanted
    assert "Number · the main figure" in pane.list.item(3).toolTip()
    form.examples.setText(" 3 ；4;; ")
    form.commit()
    assert driver.workbench.project.table.columns[3].hints == ("3", "4")


def test_another_question_lets_its_cells_wait_but_for_what_a_person_decided(driver: Driver, pane: PicturePane) -> None:
    driver.fill()
    workbench = driver.workbench
    work = workbench.project.table.rows[0].work.id
    workbench.cells.judge(work, FIRST[3], Verdict.ACCEPTED)
    before = workbench.project.table
    pane.list.choose([3])
    pane.form.instruction.setPlainText("only percentages")
    pane.form.commit()
    cells = [workbench.cells.at(row.work.id, FIRST[3]) for row in workbench.project.table.rows]
    assert cells[0].verdict is Verdict.ACCEPTED and cells[0].text
    assert {c.status for c in cells[1:]} == {Status.WAITING}
    assert driver.window.actions_["fill"].text() == "Continue"
    undone_and_redone(driver, before)


# -- adding, removing, moving, merging, splitting ----------------------------------------------------------------------


def test_adding_puts_the_keyboard_into_the_new_name(driver: Driver, pane: PicturePane) -> None:
    pane.list.choose([1])
    before = driver.workbench.project.table
    driver.bot.mouseClick(pane.add_button, LEFT)
    assert names(driver)[1:4] == [FIRST[1], "New column", FIRST[2]]
    undone_and_redone(driver, before)
    driver.bot.mouseClick(pane.add_button, LEFT)
    assert "New column 2" in names(driver)
    assert pane.form.name.hasFocus()


def test_removing_several_at_once(driver: Driver, pane: PicturePane) -> None:
    click_box(driver, 1)
    click_box(driver, 4, CTRL)
    before = driver.workbench.project.table
    driver.bot.mouseClick(pane.remove_button, LEFT)
    assert names(driver) == [FIRST[0], FIRST[2], FIRST[3], FIRST[5]]
    undone_and_redone(driver, before)
    for _ in range(4):
        pane.list.selectAll()
        driver.bot.mouseClick(pane.remove_button, LEFT)
    assert names(driver) == []
    assert not pane.remove_button.isEnabled()


def test_moving_by_button_key_and_drag(driver: Driver, pane: PicturePane) -> None:
    pane.list.choose([2, 3])
    before = driver.workbench.project.table
    driver.bot.mouseClick(pane.up_button, LEFT)
    assert names(driver)[:4] == [FIRST[0], FIRST[2], FIRST[3], FIRST[1]]
    assert pane.list.chosen() == [1, 2]
    undone_and_redone(driver, before)
    pane.list.choose([1, 2])
    driver.bot.keyClick(pane.list, Qt.Key.Key_Up, ALT)
    assert names(driver)[:3] == [FIRST[2], FIRST[3], FIRST[0]]
    assert not pane.up_button.isEnabled()
    driver.bot.keyClick(pane.list, Qt.Key.Key_Up, ALT)
    assert names(driver)[:3] == [FIRST[2], FIRST[3], FIRST[0]]
    driver.bot.keyClick(pane.list, Qt.Key.Key_Down, ALT)
    before, moved = driver.workbench.project.table, names(driver)
    pane.list.insertItem(5, pane.list.takeItem(0))  # what a drag by mouse does to the entries
    pane.list.emit_order()
    driver.wait(lambda: names(driver) == [*moved[1:6], moved[0]])
    undone_and_redone(driver, before)


def test_merging_and_what_becomes_of_the_answers(driver: Driver, pane: PicturePane) -> None:
    driver.fill()
    click_box(driver, 2)
    assert not pane.merge_button.isEnabled()
    click_box(driver, 3, CTRL)
    before = driver.workbench.project.table
    driver.bot.mouseClick(pane.merge_button, LEFT)
    merged = f"{FIRST[2]} / {FIRST[3]}"
    assert names(driver)[2:4] == [merged, FIRST[4]]
    cell = driver.workbench.project.table.rows[0].cells[2]
    assert cell.text.count("；") == 1 and cell.status is Status.SUPPORTED
    assert driver.workbench.project.table.columns[2].box == (407, 21, 793, 101)
    assert pane.form.name.hasFocus() and pane.form.name.selectedText() == merged
    undone_and_redone(driver, before)


def test_splitting(driver: Driver, pane: PicturePane) -> None:
    pane.list.choose([1])
    before = driver.workbench.project.table
    driver.bot.mouseClick(pane.split_button, LEFT)
    assert names(driver)[:4] == [FIRST[0], "作者", "年份", FIRST[2]]
    assert pane.list.chosen() == [1, 2]
    undone_and_redone(driver, before)


def test_everything_by_keyboard_alone(driver: Driver, pane: PicturePane) -> None:
    key = lambda k, m=NONE: driver.bot.keyClick(QApplication.focusWidget(), k, m)  # noqa: E731
    type_ = lambda text: driver.bot.keyClicks(QApplication.focusWidget(), text)  # noqa: E731
    pane.list.setFocus()
    key(Qt.Key.Key_Home)
    key(Qt.Key.Key_Return)
    type_("Title")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_D, CTRL)
    key(Qt.Key.Key_Insert)
    type_("N")
    key(Qt.Key.Key_Tab)  # the answer type
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Tab)
    type_("only adults")
    key(Qt.Key.Key_Tab)
    type_("12; 40")
    key(Qt.Key.Key_Return)
    assert pane.list.hasFocus()
    key(Qt.Key.Key_Up, ALT)
    key(Qt.Key.Key_End)
    key(Qt.Key.Key_Delete)
    key(Qt.Key.Key_End)
    key(Qt.Key.Key_Up, SHIFT)
    key(Qt.Key.Key_M, CTRL)
    type_("Rest")
    key(Qt.Key.Key_Return)
    assert names(driver) == ["Title", "N", "作者", "年份", FIRST[2], "Rest"]
    new = next(c for c in driver.workbench.project.table.columns if c.name == "N")
    assert new.question == ("only adults", AnswerType.NUMBER, ("12", "40"))
    while driver.workbench.session.can_undo and names(driver):
        driver.window.actions_["undo"].trigger()
    while driver.workbench.session.can_redo:
        driver.window.actions_["redo"].trigger()
    assert names(driver)[0] == "Title" and names(driver)[-1] == "Rest"


def test_the_keys_of_the_list_work_in_the_picture_and_tab_leads_on(driver: Driver, pane: PicturePane) -> None:
    click_box(driver, 1)
    pane.view.setFocus()
    driver.bot.keyClick(pane.view, Qt.Key.Key_Down, ALT)
    assert names(driver)[1:3] == [FIRST[2], FIRST[1]]
    driver.bot.keyClick(pane.view, Qt.Key.Key_Delete)
    assert FIRST[1] not in names(driver)
    reached = []
    for _ in range(30):
        driver.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
        if reached[-1] is pane.form.examples:
            break
    wanted = [pane.add_button, pane.remove_button, pane.list, pane.form.name, pane.form.kind, pane.form.instruction]
    assert [w for w in reached if w in wanted] == wanted


def test_the_menu_of_a_header_or_an_entry_does_what_it_says(driver: Driver, pane: PicturePane) -> None:
    def menu_at(place: int) -> dict[str, QAction]:
        for old in pane.findChildren(QMenu):
            old.close()
        pane.view.customContextMenuRequested.emit(pane.view.rect_of(place).center().toPoint())
        menu = next(m for m in pane.findChildren(QMenu) if m.isVisible())
        return {a.text().split("\t")[0]: a for a in menu.actions()}

    before = driver.workbench.project.table
    actions = menu_at(1)
    assert pane.list.chosen() == [1] and not actions["Merge into one"].isEnabled()
    actions["Split in two"].trigger()
    assert names(driver)[1:3] == ["作者", "年份"]
    undone_and_redone(driver, before)
    driver.window.actions_["undo"].trigger()
    pane.list.choose([2, 3])
    actions = menu_at(3)
    assert pane.list.chosen() == [2, 3] and not actions["Correct the name"].isEnabled()
    actions["Merge into one"].trigger()
    assert f"{FIRST[2]} / {FIRST[3]}" in names(driver)
    at = pane.list.visualItemRect(pane.list.item(0)).center()
    pane.list.customContextMenuRequested.emit(at)
    next(a for m in pane.findChildren(QMenu) if m.isVisible() for a in m.actions() if "Remove" in a.text()).trigger()
    assert FIRST[0] not in names(driver)
    for menu in pane.findChildren(QMenu):
        menu.close()


def test_another_paper_takes_the_columns_along(driver: Driver, pane: PicturePane) -> None:
    pane.list.choose([0])
    pane.form.name.setText("Title")
    pane.form.commit()
    driver.fill()
    driver.window.files.open_paper(driver.file("another.pdf"))
    driver.wait(lambda: driver.workbench.shown_paper.document is not None and driver.workbench.folder.name == "another")
    driver.idle()
    assert names(driver) == ["Title", *FIRST[1:]]
    assert driver.workbench.project.table.rows == ()


def test_what_is_being_typed_is_kept_when_the_window_is_closed(driver: Driver, pane: PicturePane) -> None:
    click_box(driver, 0)
    driver.bot.keyClicks(pane.form.name, "Title")
    driver.window.close()
    assert names(driver)[0] == "Title"


def test_undo_reaches_the_window_from_a_field_that_has_nothing_to_undo(driver: Driver, pane: PicturePane) -> None:
    pane.list.choose([0])
    driver.bot.mouseClick(pane.remove_button, LEFT)
    pane.form.edit_name()
    driver.bot.keyClick(pane.form.name, Qt.Key.Key_Z, CTRL)
    assert names(driver) == FIRST
    pane.list.choose([0])
    pane.form.edit_name()
    driver.bot.keyClicks(pane.form.name, "abc")
    driver.bot.keyClick(pane.form.name, Qt.Key.Key_Z, CTRL)
    assert names(driver) == FIRST and driver.workbench.session.can_redo
    assert pane.form.name.text() != "abc"


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


# -- where columns come from -------------------------------------------------------------------------------------------


def typed(driver: Driver, text: str, done: Callable[[ColumnsDialog], object] | None = None) -> ColumnsDialog:
    dialog = driver.window.findChild(ColumnsDialog)
    assert dialog is not None
    dialog.field.selectAll()
    dialog.field.insertPlainText(text)
    (done or (lambda d: d.ok.click()))(dialog)
    return dialog


def test_a_table_without_a_picture_from_typed_names(driver: Driver) -> None:
    driver.bot.mouseClick(driver.window.start.names, LEFT)
    typed(driver, "Title\nSample :: number :: only adults")
    assert driver.workbench.project.table.columns == (
        Column("Title"),
        Column("Sample", "only adults", AnswerType.NUMBER),
    )
    pane = driver.window.picture
    assert (
        pane.pages.currentWidget() is pane.split
        and not pane.view.isVisible()
        and not pane.draw_buttons[Drawing.HEADER].isVisible()
    )
    assert pane.list.count() == 2
    pane.list.choose([1])
    assert not pane.form.crop.isVisible()
    driver.window.actions_["undo"].trigger()
    assert driver.workbench.project.table.columns == ()


def test_typing_over_columns_keeps_their_places_and_answers(driver: Driver, pane: PicturePane) -> None:
    driver.fill()
    before = driver.workbench.project.table
    driver.window.actions_["type_columns"].trigger()
    dialog = driver.window.findChild(ColumnsDialog)
    lines = dialog.field.toPlainText().split("\n")
    assert lines == FIRST
    typed(driver, "\n".join(["Title", *lines[1:]]))
    assert names(driver) == ["Title", *FIRST[1:]]
    assert driver.workbench.project.table.columns[1] == before.columns[1]
    assert driver.workbench.project.table.rows[0].cells[0].text == before.rows[0].cells[0].text
    undone_and_redone(driver, before)


def test_the_dialog_says_what_it_would_do_and_refuses_doubles(driver: Driver) -> None:
    driver.window.actions_["type_columns"].trigger()
    dialog = driver.window.findChild(ColumnsDialog)
    assert not dialog.ok.isEnabled()
    dialog.field.setPlainText("A, B")
    assert dialog.state.text() == "2 columns: A · B" and dialog.ok.isEnabled()
    dialog.field.setPlainText("A\nB\nA")
    assert "name of its own" in dialog.state.text() and not dialog.ok.isEnabled()
    dialog.reject()
    assert driver.workbench.project.table.columns == ()


def clipboard(**what: object) -> None:
    data = QMimeData()
    if "image" in what:
        data.setImageData(what["image"])
    if "text" in what:
        data.setText(str(what["text"]))
    QApplication.clipboard().setMimeData(data)


def some_image() -> QImage:
    image = QImage(64, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


@pytest.mark.parametrize("focus", ["query", "start"])
def test_a_picture_is_pasted_from_the_clipboard(driver: Driver, focus: str) -> None:
    clipboard(image=some_image())
    target = driver.window.query if focus == "query" else driver.window.start.sample
    target.setFocus()
    driver.bot.keyClick(target, Qt.Key.Key_V, CTRL)
    driver.wait(lambda: names(driver) == FIRST)
    path = driver.engines.opened[0]
    assert path.parent == driver.workbench.folder and path.suffix == ".png"
    assert QImage(str(path)).size() == some_image().size()
    driver.idle()
    driver.window.actions_["undo"].trigger()
    assert names(driver) == [] and driver.workbench.project.picture is None


def test_text_is_pasted_into_a_field_as_ever(driver: Driver) -> None:
    clipboard(text="abc", image=some_image())
    driver.window.query.clear()
    driver.window.query.setFocus()
    driver.bot.keyClick(driver.window.query, Qt.Key.Key_V, CTRL)
    assert driver.window.query.text() == "abc"
    assert not driver.engines.opened


def test_a_row_copied_from_a_sheet_becomes_columns(driver: Driver) -> None:
    clipboard(text="Title\tYear\tSample\n", image=some_image())
    driver.window.actions_["paste"].trigger()
    driver.window.findChild(ColumnsDialog).ok.click()
    assert names(driver) == ["Title", "Year", "Sample"]


@pytest.mark.parametrize("what", [{}, {"text": "  "}, {"image": QImage()}])
def test_an_empty_clipboard_is_told_calmly(driver: Driver, what: dict[str, object]) -> None:
    clipboard(**what)
    driver.window.actions_["paste"].trigger()
    assert "nothing in the clipboard" in driver.window.message.text.text()
    assert driver.workbench.folder is None


def test_columns_are_saved_as_a_template_and_another_table_starts_from_it(driver: Driver, pane: PicturePane) -> None:
    pane.list.choose([3])
    pane.form.instruction.setPlainText("in percent")
    pane.form.commit()
    before = driver.workbench.project.table.columns
    driver.window.actions_["save_template"].trigger()
    dialog = driver.window.findChild(TemplateDialog)
    assert not dialog.ok.isEnabled()
    driver.bot.keyClicks(dialog.field, "R&D")
    dialog.ok.click()
    assert "R&D" in driver.window.message.text.text()
    driver.window.actions_["new"].trigger()
    driver.window.files.open_paper(driver.file("paper.pdf"))
    driver.wait(lambda: driver.workbench.shown_paper.document is not None)
    assert pane.pages.currentWidget() is pane.empty and pane.empty.isVisible()
    pane.templates_menu.aboutToShow.emit()
    action = pane.templates_menu.actions()[0]
    assert action.text() == "R&&D"
    action.trigger()
    made = driver.workbench.project.table.columns
    assert [(c.name, c.question) for c in made] == [(c.name, c.question) for c in before]
    assert all(c.box is None for c in made)
    driver.window.actions_["undo"].trigger()
    assert names(driver) == []
    driver.window.actions_["redo"].trigger()
    assert names(driver) == FIRST


def test_saving_under_a_taken_name_says_that_it_replaces(driver: Driver, pane: PicturePane) -> None:
    templates.save("Trials", [Column("A")])
    driver.window.actions_["save_template"].trigger()
    dialog = driver.window.findChild(TemplateDialog)
    driver.bot.keyClicks(dialog.field, "trials")
    assert dialog.ok.text() == "Replace" and "replaces" in dialog.state.text()
    dialog.reject()


def test_a_damaged_template_is_marked_and_refused_with_a_sentence(driver: Driver, pane: PicturePane) -> None:
    path = templates.save("Good", [Column("A")])
    (path.parent / "bad.json").write_text("{", "utf-8")
    pane.templates_menu.aboutToShow.emit()
    bad, good = pane.templates_menu.actions()
    assert (bad.text(), good.text()) == ("bad", "Good")
    assert "no template" in bad.toolTip()
    bad.trigger()
    assert "bad.json is no template" in driver.window.message.text.text()
    assert names(driver) == FIRST
    set_language("zh")
    assert (
        tr_sentence(Message("{name} is no template that can be read.", name="bad.json"))
        == "bad.json 不是可读取的模板。"
    )
    set_language("en")


def test_without_templates_the_menu_says_so(driver: Driver, pane: PicturePane) -> None:
    pane.templates_menu.aboutToShow.emit()
    assert [a.text() for a in pane.templates_menu.actions()] == ["None saved yet"]
    pane.menu.aboutToShow.emit()
    assert [a.text() for a in pane.menu.actions() if a.text()] == [
        "Open a picture…", "Paste a picture or names", "Type the columns…", "Start from a template", "Save as a template…",
    ]  # fmt: skip


# -- for everybody -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_field_and_tool_has_a_name_and_a_tooltip_in_the_language(
    driver: Driver, pane: PicturePane, language: str
) -> None:
    set_language(language)
    driver.window.retranslate()
    form = pane.form
    for field in (form.name, form.kind, form.instruction, form.examples):
        assert field.accessibleName() and field.toolTip()
        assert "&" not in field.accessibleName()
    tools = (pane.add_button, pane.remove_button, pane.up_button, pane.down_button, pane.merge_button,
             pane.split_button, pane.draw_buttons[Drawing.HEADER], pane.more, *pane.picture_tools)  # fmt: skip
    assert all(t.accessibleName() and t.toolTip() for t in tools)
    assert pane.list.accessibleName() and pane.view.accessibleName()
    chinese = [t.toolTip() for t in tools if any("\u4e00" <= c <= "\u9fff" for c in t.toolTip())]
    assert len(chinese) == (len(tools) if language == "zh" else 0)
    assert form.kind.itemText(4) == {"en": "Yes or no", "zh": "是/否"}[language]
    set_language("en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_cut_off_in_a_small_window(driver: Driver, language: str) -> None:
    set_language(language)
    driver.window.retranslate()
    driver.window.files.open_paper(driver.file("paper.pdf"))
    driver.wait(lambda: driver.workbench.shown_paper.document is not None)
    driver.window.resize(1024, 700)
    driver.bot.wait(50)
    pane = driver.window.picture
    empty = pane.empty
    for button in (empty.picture_button, empty.paste_button, empty.names_button, empty.template_button):
        assert button.width() >= button.sizeHint().width()
    assert empty.words.height() >= empty.words.heightForWidth(empty.words.width())
    driver.window.files.open_picture(driver.file("table.png"))
    driver.wait(lambda: bool(driver.workbench.project.table.columns))
    pane.list.choose([0])
    driver.bot.wait(50)
    for widget in (*pane.form._labels, pane.form.kind, pane.form.offer, pane.count):
        assert widget.width() >= widget.minimumSizeHint().width(), widget
    right = [
        b.mapTo(pane.bar, b.rect().topRight()).x()
        for b in (*pane.picture_tools, pane.draw_buttons[Drawing.HEADER], pane.more)
    ]
    assert max(right) <= pane.bar.width()
    set_language("en")
