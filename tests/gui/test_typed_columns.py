"""Columns without a picture of their own: typed, pasted, kept as a template."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from columns_shown import CTRL, FIRST, LEFT, names, undone_and_redone
from conftest import Driver
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from citegrid.core.messages import Message
from citegrid.core.table import AnswerType, Column
from citegrid.gui.dialogs.columns import ColumnsDialog, TemplateDialog
from citegrid.gui.i18n import set_language, tr_sentence
from citegrid.gui.panes.picture_pane import PicturePane
from citegrid.gui.widgets.picture_view import Drawing
from citegrid.store import templates

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
