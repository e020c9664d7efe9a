"""The whole job through real widgets, on the double."""

from __future__ import annotations

from pathlib import Path

from conftest import Driver
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox, QPlainTextEdit, QPushButton, QToolButton

from citegrid.concurrency.jobs import Job, JobState
from citegrid.core.table import Status, Verdict
from citegrid.gui.dialogs.paper_details import DetailsDialog
from citegrid.gui.dialogs.password import PasswordDialog


def test_it_begins_with_the_three_steps(driver: Driver) -> None:
    window = driver.window
    assert window.stack.currentWidget() is window.start
    assert not window.actions_["fill"].isEnabled()
    words = [title.text() for title, _, _ in window.start._cards]
    assert words == ["1 · Open the paper", "2 · Open the picture of the table", "3 · Fill and check"]


def test_opening_shows_pages_columns_and_references(driver: Driver) -> None:
    driver.open()
    window = driver.window
    assert window.stack.currentWidget() is window.dock_area
    assert window.pdf.canvas.page_count == 12
    assert window.picture.list.item(0).text() == "文献名称"
    assert window.references.items.rowCount() == 3
    assert window.actions_["fill"].isEnabled()
    assert driver.workbench.folder is not None and driver.workbench.folder.name == "paper"
    assert driver.settings.recent == [str(driver.workbench.folder)]


def test_a_picture_is_shown_when_it_is_opened(driver: Driver) -> None:
    driver.open()
    window = driver.window
    window.dock_area.raise_pane(window.evidence)
    driver.wait(lambda: window.picture.visibleRegion().isEmpty())
    window.files.open_picture(driver.file("another.png"))
    driver.wait(lambda: not window.picture.visibleRegion().isEmpty())
    driver.idle()


def test_an_empty_table_says_that_its_paper_is_still_read(driver: Driver) -> None:
    table = driver.window.table
    for ready, has_paper, words in (
        (False, False, "Open the paper next"),
        (False, True, "when the paper has been read"),
        (True, True, "Press “Fill”"),
    ):
        table.set_ready(ready, has_paper)
        assert words in table.view.hint


def test_filling_streams_cells_and_ends_with_the_review(driver: Driver) -> None:
    driver.open()
    driver.run.pause = 0.03
    window = driver.window
    window.fill_button.click()
    driver.wait(lambda: window.table.items.rowCount() == 4)
    cells = lambda: [c for r in window.table.items.table.rows for c in r.cells]  # noqa: E731
    driver.wait(lambda: 2 <= sum(c.status is not Status.WAITING for c in cells()) < 24)
    assert window.jobs.busy and window.jobs.cancel.isVisible()
    assert "Filling the table" in window.jobs.what.text()
    driver.wait(lambda: driver.workbench.project.review is not None)
    driver.idle()
    assert all(c.status is not Status.WAITING for c in cells())
    assert "Rashkin" in window.review.text.toPlainText()
    assert window.jobs.checked.text() == "0 / 24 checked"


def test_cancel_keeps_what_was_done_and_continue_ends_it(driver: Driver) -> None:
    driver.open()
    driver.run.pause = 0.05
    window = driver.window
    window.fill_button.click()
    filled = lambda: sum(c.status is not Status.WAITING for r in driver.workbench.project.table.rows for c in r.cells)  # noqa: E731
    driver.wait(lambda: filled() >= 3)
    driver.bot.mouseClick(window.jobs.cancel, Qt.MouseButton.LeftButton)
    driver.idle()
    kept = filled()
    assert 3 <= kept < 24
    assert window.fill_button.text() == "Continue"
    assert window.jobs.what.text() == "Stopped. What was done is kept."
    driver.run.pause = 0.0
    window.fill_button.click()
    driver.wait(lambda: filled() == 24)


def test_a_click_on_a_chip_moves_the_paper_and_marks_the_words(driver: Driver) -> None:
    driver.open()
    driver.fill()
    window, view = driver.window, driver.window.table.view
    driver.bot.keyClick(view, Qt.Key.Key_W)  # whole texts: every citation has its chip
    index = window.table.rows.index(1, 2)
    view.scrollTo(index)
    driver.bot.wait(50)
    rect = view.visualRect(index)
    laid = view.delegate.layout_of(index.data(Qt.ItemDataRole.UserRole), rect.width(), view.font())
    chip, label, _ = laid.chips[2]
    place = rect.topLeft() + chip.center().toPoint()
    assert label == "p. 7"
    driver.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    strong, pale = window.pdf.canvas.marks
    assert {box.page for box in strong} == {7}
    assert {box.page for box in pale} == {2, 3}
    assert window.pdf.canvas.mark_in_view()
    assert "carried by its source" in window.evidence.text.toPlainText()
    window.pdf.back_button.click()
    assert window.pdf.canvas.page == 2


def test_checking_by_keyboard_alone(driver: Driver) -> None:
    driver.open()
    driver.fill()
    view, workbench = driver.window.table.view, driver.workbench
    driver.window.actions_["check"].trigger()
    view.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_J):
        driver.bot.keyClick(view, key)
    verdicts = [c.verdict for c in workbench.project.table.rows[0].cells]
    assert verdicts[:4] == [Verdict.ACCEPTED, Verdict.REJECTED, Verdict.ACCEPTED, Verdict.OPEN]
    assert workbench.project.table.rows[0].cells[2].text == "未提及"
    assert view.currentIndex().column() == 4
    assert driver.window.jobs.checked.text() == "3 / 24 checked"
    assert "文中没有这样的说法" in driver.window.evidence.text.toPlainText()


def test_editing_in_place_and_undo(driver: Driver) -> None:
    driver.open()
    driver.fill()
    view, workbench = driver.window.table.view, driver.workbench
    view.setCurrentIndex(driver.window.table.rows.index(0, 3))
    view.setFocus()
    driver.bot.keyClick(view, Qt.Key.Key_E)
    editor = view.findChild(QPlainTextEdit)
    assert editor is not None
    editor.selectAll()
    driver.bot.keyClicks(editor, "half of them")
    driver.bot.keyClick(editor, Qt.Key.Key_Return)
    cell = workbench.project.table.rows[0].cells[3]
    assert (cell.text, cell.verdict) == ("half of them", Verdict.EDITED)
    driver.window.actions_["undo"].trigger()
    assert "51.5%" in workbench.project.table.rows[0].cells[3].text
    driver.window.actions_["redo"].trigger()
    assert workbench.project.table.rows[0].cells[3].text == "half of them"


def test_columns_are_corrected_in_the_picture_pane(driver: Driver) -> None:
    driver.open()
    pane, workbench = driver.window.picture, driver.workbench
    pane.list.item(0).setText("Title")
    assert workbench.project.table.columns[0].name == "Title"
    pane.list.choose([0])
    driver.bot.mouseClick(pane.down_button, Qt.MouseButton.LeftButton)
    assert [c.name for c in workbench.project.table.columns[:2]] == ["作者与年份", "Title"]
    driver.bot.mouseClick(pane.add_button, Qt.MouseButton.LeftButton)
    assert workbench.project.table.columns[2].name == "New column"
    assert pane.form.name.selectedText() == "New column"
    driver.bot.keyClicks(pane.form.name, "Data sets")
    driver.bot.keyClick(pane.form.name, Qt.Key.Key_Return)
    driver.wait(lambda: workbench.project.table.columns[2].name == "Data sets")
    pane.list.choose([2])
    driver.bot.mouseClick(pane.remove_button, Qt.MouseButton.LeftButton)
    assert len(workbench.project.table.columns) == 6
    driver.window.actions_["undo"].trigger()
    assert len(workbench.project.table.columns) == 7
    pane.list.item(1).setText("作者与年份")  # a name that is taken is refused
    assert pane.list.item(1).text() == "Title"


def test_the_language_switches_at_once(driver: Driver) -> None:
    driver.open()
    driver.window.actions_["language"].trigger()
    assert driver.window.actions_["export"].iconText() == "导出"
    assert driver.window.table.title.text() == "表格"
    assert driver.settings.language == "zh"
    driver.window.actions_["language"].trigger()
    assert driver.window.table.title.text() == "Table"


def test_an_encrypted_paper_asks_for_its_password(driver: Driver) -> None:
    driver.engines.password = "sesame"
    driver.window.files.open_paper(driver.file("locked.pdf"))
    driver.wait(lambda: isinstance(driver.window.files.dialog, PasswordDialog))
    dialog = driver.window.files.dialog
    driver.bot.keyClicks(dialog.field, "wrong")
    driver.bot.keyClick(dialog.field, Qt.Key.Key_Return)
    driver.wait(
        lambda: isinstance(driver.window.files.dialog, PasswordDialog) and driver.window.files.dialog is not dialog
    )
    dialog = driver.window.files.dialog
    driver.bot.keyClicks(dialog.field, "sesame")
    driver.bot.keyClick(dialog.field, Qt.Key.Key_Return)
    driver.wait(lambda: driver.workbench.shown_paper.document is not None)
    assert not driver.window.message.isVisible()


def test_a_broken_paper_is_told_calmly(driver: Driver) -> None:
    driver.window.files.open_paper(driver.file("broken.pdf"))
    driver.wait(driver.window.message.isVisible)
    assert driver.window.message.text.text() == "broken.pdf is not a PDF. Open another file."


def dropped(driver: Driver, at: QPoint, *paths: Path) -> None:
    """Files are dragged over a place of the window and let go there."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, action, data, button, key)
    QApplication.sendEvent(driver.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(driver.window, QDropEvent(QPointF(at), action, data, button, key))


def test_files_can_be_dropped(driver: Driver) -> None:
    dropped(driver, QPoint(50, 50), driver.file("paper.pdf"), driver.file("table.PNG"))
    driver.wait(
        lambda: driver.workbench.shown_paper.document is not None and bool(driver.workbench.project.table.columns)
    )
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/notes.odt")])
    assert not driver.window.files.welcome(data)
    data.setUrls([QUrl("https://example.org/folder/")])
    assert not driver.window.files.welcome(data)


def test_texts_and_folders_are_dropped_into_the_library_and_papers_onto_it(driver: Driver) -> None:
    window, notes, paper = driver.window, driver.file("notes.docx"), driver.file("paper.pdf")
    folder = driver.folder / "background"
    folder.mkdir()
    taken: list[Path] = []
    window.files.library_chosen.connect(taken.extend)
    dropped(driver, QPoint(50, 50), notes, folder, paper)
    assert taken == [notes, folder]
    driver.wait(lambda: driver.workbench.shown_paper.document is not None)
    driver.wait(window.library.isVisible)
    place = driver.workbench.folder
    dropped(driver, window.library.mapTo(window, window.library.rect().center()), paper)
    assert taken == [notes, folder, paper]
    assert driver.workbench.folder == place
    driver.idle()


def test_a_message_leaves_the_page_where_it_is(driver: Driver) -> None:
    driver.window.files.open_paper(driver.file("paper.pdf"))
    driver.wait(lambda: driver.workbench.shown_paper.document is not None)
    before = driver.window.pdf.mapTo(driver.window, QPoint(0, 0))
    driver.window.message.show_note("Two documents taken in")
    QApplication.processEvents()
    assert driver.window.message.isVisible()
    assert driver.window.pdf.mapTo(driver.window, QPoint(0, 0)) == before


def test_closing_while_busy_asks_and_stops(driver: Driver) -> None:
    driver.open()
    driver.run.pause = 0.2
    window = driver.window
    window.fill_button.click()
    driver.wait(lambda: window.jobs.busy)
    window.close()
    assert window.isVisible()
    box = window.findChild(QMessageBox)
    assert box is not None
    go_on = next(b for b in box.buttons() if b.text() == "Go on working")
    driver.bot.mouseClick(go_on, Qt.MouseButton.LeftButton)
    assert window.isVisible() and window.jobs.busy
    window.close()
    driver.wait(lambda: any(b.isVisible() for b in window.findChildren(QMessageBox)))
    box = next(b for b in window.findChildren(QMessageBox) if b.isVisible())
    stop = next(b for b in box.buttons() if b.text() == "Stop and close")
    driver.bot.mouseClick(stop, Qt.MouseButton.LeftButton)
    driver.wait(lambda: not window.isVisible(), timeout=3000)


def test_the_layout_is_remembered(driver: Driver) -> None:
    driver.open()
    driver.window.dock_area.docks["Review"].hide()
    state = driver.window.dock_area.state()
    driver.window.close()
    assert driver.settings.bytes("desk") == state
    driver.window.dock_area.arrange()
    assert driver.window.dock_area.restore(driver.settings.bytes("desk"))
    assert driver.window.dock_area.docks["Review"].isHidden()


def test_a_review_citation_shows_its_words(driver: Driver) -> None:
    driver.open()
    driver.fill()
    driver.window.review.text.chosen_at.emit(1, 1)
    assert {b.page for b in driver.window.pdf.canvas.marks[0]} == {5}
    assert "Sentence of the review" in driver.window.evidence.where.text()
    driver.window.review.text.chosen_at.emit(3, 0)
    assert "没有证据支撑这一论断" in driver.window.evidence.text.toPlainText()
    assert driver.window.pdf.canvas.marks == ((), ())
    assert driver.window.review.doubts.text() == "1 sentence to look at"


def test_filter_sort_and_copy(driver: Driver) -> None:
    driver.open()
    driver.fill()
    table = driver.window.table
    table.view.selectRow(0)
    table.view.copy()
    text = QApplication.clipboard().mimeData().text()
    assert text.count("\t") == 5 and "not stated" in text
    assert "<td " in QApplication.clipboard().mimeData().html()
    table.filter.setCurrentIndex(table.filter.findData("decided"))
    assert table.rows.rowCount() == 0
    table.filter.setCurrentIndex(table.filter.findData("doubtful"))
    assert table.rows.rowCount() == 4
    table.sort(1, Qt.SortOrder.DescendingOrder)
    assert "Rashkin" in table.rows.index(0, 1).data()


def test_every_tool_has_a_name_and_a_tooltip(driver: Driver) -> None:
    driver.open()
    nameless = [
        b.objectName() or b.parent().objectName()
        for b in driver.window.findChildren(QPushButton)
        if b.isVisible() and not b.text() and not b.accessibleName()
    ]
    assert not nameless
    from PySide6.QtWidgets import QToolButton

    mute = [
        b
        for b in driver.window.findChildren(QToolButton)
        if b.isVisible() and not (b.accessibleName() or b.text() or b.toolTip())
    ]
    assert not mute


def test_the_references_pane_shows_each_mention_and_what_is_odd_about_the_list(driver: Driver) -> None:
    driver.engines.warnings = ("the reference list lacks [2].", "1 of 3 entries are never cited: [3].")
    driver.open()
    pane, first = driver.window.references, driver.workbench.shown_paper.references[0]
    assert "The reference list lacks [2]." in pane.notes.text()
    assert "never cited" not in pane.notes.text()
    pane.notes.linkActivated.emit("more")
    assert "1 of 3 entries are never cited" in pane.notes.text()
    pane.choose(first.id)
    assert pane.mentions.count() == len(first.mentions) > 0
    assert first.mentions[0].sentence in pane.mentions.item(0).text()
    pane.mentions.itemClicked.emit(pane.mentions.item(0))
    assert driver.window.pdf.canvas.marks[0] == first.mentions[0].boxes


def test_the_details_of_the_paper_are_corrected_beside_its_title_page(driver: Driver) -> None:
    act = driver.window.actions_["details"]
    assert not act.isEnabled()  # nothing to correct yet
    driver.open()
    driver.wait(act.isEnabled)
    act.trigger()
    dialog = driver.window.findChild(DetailsDialog)
    assert dialog is not None
    assert dialog.page.page_count == 12
    take = next(b for b in dialog.findChildren(QToolButton) if b.accessibleName().endswith(": Title"))
    assert not take.isEnabled()  # nothing is selected
    dialog.page.selection.take_sentence(1, 60, 66)
    dialog.page.selection_changed.emit()
    take.click()
    title = dialog.title.toPlainText()
    assert title.startswith("Gao et al. (2023) let a model answer")
    dialog.year.setText("20x3")
    assert not dialog.ok.isEnabled()
    dialog.year.setText("2023")
    dialog.authors.setPlainText(" Gao, Tianyu \n\nYen, Howard")
    dialog.accept()
    paper = driver.workbench.shown_paper
    driver.wait(lambda: paper.details.title == title)
    assert paper.details.authors == ("Gao, Tianyu", "Yen, Howard")
    assert paper.details.year == 2023


def test_the_printed_number_of_the_shown_page_is_asked_for(driver: Driver) -> None:
    driver.window.actions_["printed"].trigger()
    assert driver.window.pdf.findChild(QInputDialog) is None  # nothing to number yet
    driver.open()
    driver.window.pdf.canvas.go_to(3)
    driver.window.actions_["printed"].trigger()
    dialog = driver.window.pdf.findChild(QInputDialog)
    assert dialog is not None
    assert "page 3" in dialog.labelText()
    dialog.setTextValue("103")
    dialog.accept()
    paper = driver.workbench.shown_paper
    driver.wait(lambda: paper.document is not None and paper.document.page(3).label == "103")


def test_each_job_is_seen_to_end_also_where_one_that_ended_lay_in_memory(driver: Driver) -> None:
    seen = 0

    def ended(_: Job[object]) -> bool:
        nonlocal seen
        seen += 1
        return False

    driver.window.files.ended = ended
    places = set()
    for _ in range(100):  # each is forgotten at once, so that the next one takes its place
        job: Job[object] = Job("made up")
        job.state = JobState.DONE
        driver.window.follow_job(job)
        driver.window.follow_job(job)
        places.add(id(job))
        del job
    assert len(places) < 100
    assert seen == 100


def test_the_start_page_says_what_leaves_this_computer(driver: Driver) -> None:
    start = driver.window.start
    assert start.offline.text().startswith("Everything stays on this computer.")
    driver.settings.model = "http://127.0.0.1:8080/v1#one"
    start.changeEvent(QEvent(QEvent.Type.ActivationChange))
    assert start.offline.text().startswith("Everything stays on this computer.")
    driver.settings.model = "https://models.example/v1#one"
    start.changeEvent(QEvent(QEvent.Type.ActivationChange))
    assert start.offline.text() == "Sentences of your papers go to the model server that you chose: models.example"
