"""The columns editor with mouse and keyboard: each operation, and undo and redo of each."""

from __future__ import annotations

import pytest
from columns_shown import ALT, CTRL, FIRST, LEFT, NONE, SHIFT, click_box, names, undone_and_redone
from conftest import Driver
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from citegrid.core.table import AnswerType, Status, Verdict
from citegrid.gui.i18n import set_language
from citegrid.gui.panes.picture_pane import PicturePane
from citegrid.gui.widgets.picture_view import Drawing

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
