"""Checking by keyboard alone, pausing, and asking again, with real key presses."""

from __future__ import annotations

from conftest import Driver
from person import RIGHT, Person
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from citegrid.core.table import Status, Verdict
from citegrid.gui.widgets.job_bar import Speed, spoken_time

K = Qt.Key


def begin(driver: Driver) -> None:
    driver.open()
    driver.fill()
    driver.bot.keyClick(driver.window, K.Key_F8)
    driver.wait(lambda: driver.window.table.current() is not None)


def press(driver: Driver, *keys: Qt.Key) -> None:
    for key in keys:
        target = QApplication.focusWidget() or driver.window.table.view
        driver.bot.keyClick(target, key)


def test_checking_begins_with_the_first_cell_though_the_table_has_the_keyboard(driver: Driver) -> None:
    driver.open()
    driver.fill()
    table = driver.window.table
    table.view.setFocus()  # Qt makes the first cell the current one then
    driver.bot.keyClick(driver.window, K.Key_F8)
    first = driver.workbench.project.table.rows[0]
    driver.wait(lambda: table.place() == (first.work.id, first.cells[0].column))
    assert table.view.selectionModel().hasSelection()


def test_a_whole_table_is_checked_by_keyboard_alone(driver: Driver) -> None:
    begin(driver)
    table = driver.window.table
    assert table.view.hasFocus()
    total = 24
    for n in range(total):
        assert table.checked.text() == f"{n} / {total} checked"
        press(driver, (K.Key_A, K.Key_R, K.Key_N)[n % 3])
    assert table.checked.text() == f"{total} / {total} checked"
    verdicts = [c.verdict for r in driver.workbench.project.table.rows for c in r.cells]
    assert Verdict.OPEN not in verdicts and Verdict.REJECTED in verdicts
    press(driver, K.Key_J)
    assert "All 24 cells are checked" in driver.window.message.text.text()


def test_the_paper_follows_and_every_doubt_has_its_reason(driver: Driver) -> None:
    begin(driver)
    table, evidence = driver.window.table, driver.window.evidence
    for _ in range(2):
        press(driver, K.Key_D)
        row, cell = table.current() or (None, None)
        assert row is not None and cell is not None
        assert cell.status is Status.UNSUPPORTED or "small differences" in evidence.text.toPlainText()
        if cell.status is Status.UNSUPPORTED:
            assert cell.reason in evidence.text.toPlainText()
        else:
            assert driver.window.pdf.canvas.page == cell.evidence[0].page


def test_more_of_the_page_is_shown_and_hidden(driver: Driver) -> None:
    begin(driver)
    press(driver, K.Key_J, K.Key_J)
    evidence = driver.window.evidence
    narrow = evidence.text.toPlainText()
    press(driver, K.Key_Plus)
    assert evidence.wide.isChecked()
    assert len(evidence.text.toPlainText()) > len(narrow) + 100
    press(driver, K.Key_J)
    assert evidence.wide.isChecked(), "the next cell is shown as wide"
    driver.bot.mouseClick(evidence.wide, Qt.MouseButton.LeftButton)
    assert not evidence.wide.isChecked()


def test_the_keys_are_named_while_the_table_has_the_keyboard(driver: Driver) -> None:
    begin(driver)
    assert driver.window.jobs.what.text().startswith("A accept")
    driver.window.query.setFocus()
    driver.wait(lambda: driver.window.jobs.what.text() == "Ready")


def test_filling_pauses_and_goes_on(driver: Driver) -> None:
    driver.open()
    driver.run.pause = 0.03
    driver.window.fill_button.click()
    jobs = driver.window.jobs
    driver.wait(lambda: jobs.pause.isVisible() and jobs.bar.value() > 1)
    driver.bot.mouseClick(jobs.pause, Qt.MouseButton.LeftButton)
    driver.wait(lambda: jobs.what.text().startswith("Paused"))
    driver.bot.wait(200)  # a cell that was posted before the work came to rest arrives
    done = [c.status for r in driver.workbench.project.table.rows for c in r.cells]
    assert jobs.pause.text() == "Go on"
    driver.bot.wait(200)
    assert [c.status for r in driver.workbench.project.table.rows for c in r.cells] == done
    driver.bot.keyClick(driver.window, K.Key_F9)
    driver.wait(lambda: driver.workbench.project.review is not None)
    driver.idle()
    assert not jobs.pause.isVisible() and not jobs._look.isActive()


def test_a_paused_filling_can_be_cancelled(driver: Driver) -> None:
    driver.open()
    driver.run.pause = 0.03
    driver.window.fill_button.click()
    jobs = driver.window.jobs
    driver.wait(jobs.pause.isVisible)
    driver.bot.mouseClick(jobs.pause, Qt.MouseButton.LeftButton)
    driver.bot.mouseClick(jobs.cancel, Qt.MouseButton.LeftButton)
    driver.idle()
    assert "Stopped" in jobs.what.text()


def test_the_pace_does_not_count_the_pause() -> None:
    speed = Speed()
    speed.measure("fill", 0, 60, 0.0)
    assert speed.measure("fill", 10, 60, 10.0) == (60.0, 50.0)
    speed.forget()
    speed.measure("fill", 10, 60, 1000.0)
    assert speed.measure("fill", 20, 60, 1010.0) == (60.0, 40.0)


def test_times_are_said_no_finer_than_they_are_known(qapp: object) -> None:
    assert [spoken_time(s) for s in (1, 61, 599, 601, 1080)] == ["5 s", "1 min 5 s", "10 min", "11 min", "18 min"]


def test_a_cell_a_row_and_a_column_are_asked_again(driver: Driver) -> None:
    begin(driver)
    me = Person(driver.bot, driver.window)
    table = driver.window.table
    rows, columns = driver.workbench.project.table.rows, driver.workbench.project.table.columns

    def choose(words: str) -> None:
        me.choose(words)
        driver.idle()

    me.click(table.view.viewport(), table.view.visualRect(table.view.currentIndex()).center(), RIGHT)
    choose("Ask again")
    assert driver.run.asked == [(rows[0].work.id, columns[0].name)]
    side = table.view.verticalHeader()
    me.click(side.viewport(), QPoint(20, side.sectionViewportPosition(0) + 10), RIGHT)
    choose("Ask the row again")
    assert driver.run.asked == [(rows[0].work.id, c.name) for c in columns]
    top = table.view.horizontalHeader()
    me.click(top.viewport(), QPoint(top.sectionViewportPosition(2) + 20, 10), RIGHT)
    choose("Ask the column again")
    assert driver.run.asked == [(row.work.id, columns[2].name) for row in rows]


def test_the_menu_of_a_cell_comes_by_keyboard_too(driver: Driver) -> None:
    begin(driver)
    me = Person(driver.bot, driver.window)
    table = driver.window.table
    press(driver, K.Key_J)
    here = table.current()
    assert here is not None
    place = table.view.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()  # as Qt asks for it
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, table.view.mapToGlobal(place))
    QApplication.sendEvent(table.view, asked)
    me.choose("Ask again")
    driver.idle()
    assert driver.run.asked == [(here[0].work.id, here[1].column)]


def test_rows_are_filtered_by_status_with_the_keyboard(driver: Driver) -> None:
    begin(driver)
    me, table = Person(driver.bot, driver.window), driver.window.table
    press(driver, K.Key_A)
    me.click(table.filter)
    me.wait(lambda: QApplication.activePopupWidget() is not None)
    me.key(K.Key_End)
    me.key(K.Key_Return)
    assert table.filter.currentText() == "Decided by you"
    assert table.rows.rowCount() == 1
    table.filter.setFocus()
    me.key(K.Key_Home)
    assert table.rows.rowCount() == 4


def test_cells_are_copied_as_excel_and_word_understand_them(driver: Driver) -> None:
    begin(driver)
    row = driver.workbench.project.table.rows[0]
    driver.workbench.cells.edit(row.work.id, row.cells[0].column, "3-5\nand <more>")
    me = Person(driver.bot, driver.window)
    me.control(K.Key_A)
    me.control(K.Key_C)
    data = QApplication.clipboard().mimeData()
    lines = [line.split("\t") for line in data.text().split("\n")]
    assert [len(line) for line in lines] == [6] * 5, "a header and four rows, no line end within a cell"
    assert lines[0] == [c.name for c in driver.workbench.project.table.columns]
    assert lines[1][0] == "3-5 and <more>"
    read = QTextDocument()
    read.setHtml(data.html())
    tables = [f for f in read.rootFrame().childFrames() if isinstance(f, QTextTable)]
    assert [(t.rows(), t.columns()) for t in tables] == [(5, 6)]
    first = tables[0].cellAt(1, 0)
    said = read.toPlainText()[first.firstPosition() : first.lastPosition()]
    assert said.startswith("3-5\nand <more>") and "[doc: paper.pdf, page" in said
    second = tables[0].cellAt(1, 1)
    assert "[doc: paper.pdf, page 2" in read.toPlainText()[second.firstPosition() : second.lastPosition()]
    assert data.html().count("mso-number-format:'\\@'") == 30


def test_an_edit_by_keyboard_is_taken_and_undone(driver: Driver) -> None:
    begin(driver)
    old = (driver.window.table.current() or (None, None))[1]
    assert old is not None
    press(driver, K.Key_E)
    driver.wait(lambda: isinstance(QApplication.focusWidget(), QPlainTextEdit))
    editor = QApplication.focusWidget()
    assert isinstance(editor, QPlainTextEdit)
    for char in "Mine":
        QApplication.sendEvent(editor, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char))
    driver.bot.keyClick(editor, K.Key_Return)
    cell = driver.workbench.project.table.rows[0].cells[0]
    assert (cell.text, cell.verdict) == ("Mine", Verdict.EDITED)
    driver.bot.keyClick(driver.window, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert driver.workbench.project.table.rows[0].cells[0].text == old.text


def test_the_keys_of_the_table_work_while_its_evidence_is_read(driver: Driver) -> None:
    begin(driver)
    me, table = Person(driver.bot, driver.window), driver.window.table
    me.click(driver.window.evidence.text.viewport())
    assert driver.window.evidence.text.hasFocus()
    row, cell = table.current() or (None, None)
    assert row is not None and cell is not None
    me.key(K.Key_A)
    at = (row.work.id, cell.column)
    assert driver.workbench.cells.at(*at).verdict is Verdict.ACCEPTED
    me.click(driver.window.evidence.text.viewport())
    me.control(K.Key_Z)
    assert driver.workbench.cells.at(*at).verdict is Verdict.OPEN
