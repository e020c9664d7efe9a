"""The whole job through real widgets, on the double."""

from __future__ import annotations

from conftest import Driver
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox, QPlainTextEdit, QPushButton

from citegrid.core.table import Status, Verdict
from citegrid.gui.dialogs.password import PasswordDialog


def test_it_begins_with_the_three_steps(desk: Driver) -> None:
    window = desk.window
    assert window.stack.currentWidget() is window.start
    assert not window.actions_["fill"].isEnabled()
    words = [title.text() for title, _, _ in window.start._cards]
    assert words == ["1 · Open the paper", "2 · Open the picture of the table", "3 · Fill and check"]


def test_opening_shows_pages_columns_and_references(desk: Driver) -> None:
    desk.open()
    window = desk.window
    assert window.stack.currentWidget() is window.dock_area
    assert window.pdf.canvas.page_count == 12
    assert window.picture.list.item(0).text() == "文献名称"
    assert window.references.items.rowCount() == 3
    assert window.actions_["fill"].isEnabled()
    assert desk.workbench.folder is not None and desk.workbench.folder.name == "paper"
    assert desk.settings.recent == [str(desk.workbench.folder)]


def test_filling_streams_cells_and_ends_with_the_review(desk: Driver) -> None:
    desk.open()
    desk.run.pause = 0.03
    window = desk.window
    window.fill_button.click()
    desk.wait(lambda: window.table.items.rowCount() == 4)
    cells = lambda: [c for r in window.table.items.table.rows for c in r.cells]  # noqa: E731
    desk.wait(lambda: 2 <= sum(c.status is not Status.WAITING for c in cells()) < 24)
    assert window.jobs.busy and window.jobs.cancel.isVisible()
    assert "Filling the table" in window.jobs.what.text()
    desk.wait(lambda: desk.workbench.project.review is not None)
    desk.idle()
    assert all(c.status is not Status.WAITING for c in cells())
    assert "Rashkin" in window.review.text.toPlainText()
    assert window.jobs.checked.text() == "0 / 24 checked"


def test_cancel_keeps_what_was_done_and_continue_ends_it(desk: Driver) -> None:
    desk.open()
    desk.run.pause = 0.05
    window = desk.window
    window.fill_button.click()
    filled = lambda: sum(c.status is not Status.WAITING for r in desk.workbench.project.table.rows for c in r.cells)  # noqa: E731
    desk.wait(lambda: filled() >= 3)
    desk.bot.mouseClick(window.jobs.cancel, Qt.MouseButton.LeftButton)
    desk.idle()
    kept = filled()
    assert 3 <= kept < 24
    assert window.fill_button.text() == "Continue"
    assert window.jobs.what.text() == "Stopped. What was done is kept."
    desk.run.pause = 0.0
    window.fill_button.click()
    desk.wait(lambda: filled() == 24)


def test_a_click_on_a_chip_moves_the_paper_and_marks_the_words(desk: Driver) -> None:
    desk.open()
    desk.fill()
    window, view = desk.window, desk.window.table.view
    desk.bot.keyClick(view, Qt.Key.Key_W)  # whole texts: every citation has its chip
    index = window.table.rows.index(1, 2)
    view.scrollTo(index)
    desk.bot.wait(50)
    rect = view.visualRect(index)
    laid = view.delegate.layout_of(index.data(Qt.ItemDataRole.UserRole), rect.width(), view.font())
    chip, label, _ = laid.chips[2]
    place = rect.topLeft() + chip.center().toPoint()
    assert label == "p. 7"
    desk.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    strong, pale = window.pdf.canvas.marks
    assert {box.page for box in strong} == {7}
    assert {box.page for box in pale} == {2, 3}
    assert window.pdf.canvas.mark_in_view()
    assert "carried by its source" in window.evidence.text.toPlainText()
    window.pdf.back_button.click()
    assert window.pdf.canvas.page == 2


def test_checking_by_keyboard_alone(desk: Driver) -> None:
    desk.open()
    desk.fill()
    view, workbench = desk.window.table.view, desk.workbench
    desk.window.actions_["check"].trigger()
    view.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_J):
        desk.bot.keyClick(view, key)
    verdicts = [c.verdict for c in workbench.project.table.rows[0].cells]
    assert verdicts[:4] == [Verdict.ACCEPTED, Verdict.REJECTED, Verdict.ACCEPTED, Verdict.OPEN]
    assert workbench.project.table.rows[0].cells[2].text == "未提及"
    assert view.currentIndex().column() == 4
    assert desk.window.jobs.checked.text() == "3 / 24 checked"
    assert "文中没有这样的说法" in desk.window.evidence.text.toPlainText()


def test_editing_in_place_and_undo(desk: Driver) -> None:
    desk.open()
    desk.fill()
    view, workbench = desk.window.table.view, desk.workbench
    view.setCurrentIndex(desk.window.table.rows.index(0, 3))
    view.setFocus()
    desk.bot.keyClick(view, Qt.Key.Key_E)
    editor = view.findChild(QPlainTextEdit)
    assert editor is not None
    editor.selectAll()
    desk.bot.keyClicks(editor, "half of them")
    desk.bot.keyClick(editor, Qt.Key.Key_Return)
    cell = workbench.project.table.rows[0].cells[3]
    assert (cell.text, cell.verdict) == ("half of them", Verdict.EDITED)
    desk.window.actions_["undo"].trigger()
    assert "51.5%" in workbench.project.table.rows[0].cells[3].text
    desk.window.actions_["redo"].trigger()
    assert workbench.project.table.rows[0].cells[3].text == "half of them"


def test_columns_are_corrected_in_the_picture_pane(desk: Driver) -> None:
    desk.open()
    pane, workbench = desk.window.picture, desk.workbench
    pane.list.item(0).setText("Title")
    assert workbench.project.table.columns[0].name == "Title"
    pane.list.choose([0])
    desk.bot.mouseClick(pane.down_button, Qt.MouseButton.LeftButton)
    assert [c.name for c in workbench.project.table.columns[:2]] == ["作者与年份", "Title"]
    desk.bot.mouseClick(pane.add_button, Qt.MouseButton.LeftButton)
    assert workbench.project.table.columns[2].name == "New column"
    assert pane.form.name.selectedText() == "New column"
    desk.bot.keyClicks(pane.form.name, "Data sets")
    desk.bot.keyClick(pane.form.name, Qt.Key.Key_Return)
    desk.wait(lambda: workbench.project.table.columns[2].name == "Data sets")
    pane.list.choose([2])
    desk.bot.mouseClick(pane.remove_button, Qt.MouseButton.LeftButton)
    assert len(workbench.project.table.columns) == 6
    desk.window.actions_["undo"].trigger()
    assert len(workbench.project.table.columns) == 7
    pane.list.item(1).setText("作者与年份")  # a name that is taken is refused
    assert pane.list.item(1).text() == "Title"


def test_the_language_switches_at_once(desk: Driver) -> None:
    desk.open()
    desk.window.actions_["language"].trigger()
    assert desk.window.actions_["export"].iconText() == "导出"
    assert desk.window.table.title.text() == "表格"
    assert desk.settings.language == "zh"
    desk.window.actions_["language"].trigger()
    assert desk.window.table.title.text() == "Table"


def test_an_encrypted_paper_asks_for_its_password(desk: Driver) -> None:
    desk.engines.password = "sesame"
    desk.window.files.open_paper(desk.file("locked.pdf"))
    desk.wait(lambda: isinstance(desk.window.files.dialog, PasswordDialog))
    dialog = desk.window.files.dialog
    desk.bot.keyClicks(dialog.field, "wrong")
    desk.bot.keyClick(dialog.field, Qt.Key.Key_Return)
    desk.wait(lambda: isinstance(desk.window.files.dialog, PasswordDialog) and desk.window.files.dialog is not dialog)
    dialog = desk.window.files.dialog
    desk.bot.keyClicks(dialog.field, "sesame")
    desk.bot.keyClick(dialog.field, Qt.Key.Key_Return)
    desk.wait(lambda: desk.workbench.shown_paper.document is not None)
    assert not desk.window.message.isVisible()


def test_a_broken_paper_is_told_calmly(desk: Driver) -> None:
    desk.window.files.open_paper(desk.file("broken.pdf"))
    desk.wait(desk.window.message.isVisible)
    assert desk.window.message.text.text() == "broken.pdf is not a PDF. Open another file."


def test_files_can_be_dropped(desk: Driver) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(desk.file(name))) for name in ("paper.pdf", "table.PNG")])
    drop = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(desk.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(desk.window, drop)
    desk.wait(lambda: desk.workbench.shown_paper.document is not None and bool(desk.workbench.project.table.columns))
    data.setUrls([QUrl.fromLocalFile("/tmp/notes.odt")])
    assert not desk.window.files.welcome(data)


def test_closing_while_busy_asks_and_stops(desk: Driver) -> None:
    desk.open()
    desk.run.pause = 0.2
    window = desk.window
    window.fill_button.click()
    desk.wait(lambda: window.jobs.busy)
    window.close()
    assert window.isVisible()
    box = window.findChild(QMessageBox)
    assert box is not None
    go_on = next(b for b in box.buttons() if b.text() == "Go on working")
    desk.bot.mouseClick(go_on, Qt.MouseButton.LeftButton)
    assert window.isVisible() and window.jobs.busy
    window.close()
    desk.wait(lambda: any(b.isVisible() for b in window.findChildren(QMessageBox)))
    box = next(b for b in window.findChildren(QMessageBox) if b.isVisible())
    stop = next(b for b in box.buttons() if b.text() == "Stop and close")
    desk.bot.mouseClick(stop, Qt.MouseButton.LeftButton)
    desk.wait(lambda: not window.isVisible(), timeout=3000)


def test_the_layout_is_remembered(desk: Driver) -> None:
    desk.open()
    desk.window.dock_area.docks["Review"].hide()
    state = desk.window.dock_area.state()
    desk.window.close()
    assert desk.settings.bytes("desk") == state
    desk.window.dock_area.arrange()
    assert desk.window.dock_area.restore(desk.settings.bytes("desk"))
    assert desk.window.dock_area.docks["Review"].isHidden()


def test_a_review_citation_shows_its_words(desk: Driver) -> None:
    desk.open()
    desk.fill()
    desk.window.review.text.chosen_at.emit(1, 1)
    assert {b.page for b in desk.window.pdf.canvas.marks[0]} == {5}
    assert "Sentence of the review" in desk.window.evidence.where.text()
    desk.window.review.text.chosen_at.emit(3, 0)
    assert "没有证据支撑这一论断" in desk.window.evidence.text.toPlainText()
    assert desk.window.pdf.canvas.marks == ((), ())
    assert desk.window.review.doubts.text() == "1 sentence to look at"


def test_filter_sort_and_copy(desk: Driver) -> None:
    desk.open()
    desk.fill()
    table = desk.window.table
    table.view.selectRow(0)
    table.view.copy()
    text = QApplication.clipboard().mimeData().text()
    assert text.count("\t") == 5 and "not stated" in text
    assert "<td " in QApplication.clipboard().mimeData().html()
    table.filter.setCurrentIndex(table.filter.findData("decided"))
    assert table.rows.rowCount() == 0
    table.filter.setCurrentIndex(table.filter.findData("doubtful"))
    assert table.rows.rowCount() == 4
    table._sort(1, Qt.SortOrder.DescendingOrder)
    assert "Rashkin" in table.rows.index(0, 1).data()


def test_every_tool_has_a_name_and_a_tooltip(desk: Driver) -> None:
    desk.open()
    nameless = [
        b.objectName() or b.parent().objectName()
        for b in desk.window.findChildren(QPushButton)
        if b.isVisible() and not b.text() and not b.accessibleName()
    ]
    assert not nameless
    from PySide6.QtWidgets import QToolButton

    mute = [
        b
        for b in desk.window.findChildren(QToolButton)
        if b.isVisible() and not (b.accessibleName() or b.text() or b.toolTip())
    ]
    assert not mute


def test_the_references_pane_shows_each_mention_and_what_is_odd_about_the_list(desk: Driver) -> None:
    desk.engines.warnings = ("the reference list lacks [2].", "1 of 3 entries are never cited: [3].")
    desk.open()
    pane, first = desk.window.references, desk.workbench.shown_paper.references[0]
    assert "The reference list lacks [2]." in pane.notes.text()
    assert "never cited" not in pane.notes.text()
    pane.notes.linkActivated.emit("more")
    assert "1 of 3 entries are never cited" in pane.notes.text()
    pane.choose(first.id)
    assert pane.mentions.count() == len(first.mentions) > 0
    assert first.mentions[0].sentence in pane.mentions.item(0).text()
    pane.mentions.itemClicked.emit(pane.mentions.item(0))
    assert desk.window.pdf.canvas.marks[0] == first.mentions[0].boxes


def test_the_printed_number_of_the_shown_page_is_asked_for(desk: Driver) -> None:
    desk.window.actions_["printed"].trigger()
    assert desk.window.pdf.findChild(QInputDialog) is None  # nothing to number yet
    desk.open()
    desk.window.pdf.canvas.go_to(3)
    desk.window.actions_["printed"].trigger()
    dialog = desk.window.pdf.findChild(QInputDialog)
    assert dialog is not None
    assert "page 3" in dialog.labelText()
    dialog.setTextValue("103")
    dialog.accept()
    paper = desk.workbench.shown_paper
    desk.wait(lambda: paper.document is not None and paper.document.page(3).label == "103")
