"""The review as an editor: marks that jump and survive, sentences that are judged anew, one undo for everything."""

from __future__ import annotations

import pytest
from conftest import Driver
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QTextCursor
from PySide6.QtWidgets import QApplication
from tests.doubles.drawn_paper import DrawnSource, document
from tests.doubles.made_up_run import made_up_review

from citegrid.core.messages import say
from citegrid.core.table import Status
from citegrid.gui import theme
from citegrid.gui.dialogs.new_text import NewTextDialog
from citegrid.gui.review_editor.editor import OBJECT_CHARACTER, ReviewText
from citegrid.gui.review_editor.runs import TextRun, review_of, runs_of
from citegrid.gui.widgets.hint import CENTRED, SIDE

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEEP = QTextCursor.MoveMode.KeepAnchor


@pytest.fixture
def text(driver: Driver) -> ReviewText:
    driver.open()
    driver.fill()
    driver.window.review.text.setFocus()
    return driver.window.review.text


def cursor_at(text: ReviewText, words: str, after: bool = True) -> None:
    """Put the cursor behind some words, or before them."""
    whole = text.document().toRawText()
    place = whole.index(words) + (len(words) if after else 0)
    cursor = text.textCursor()
    cursor.setPosition(place)
    text.setTextCursor(cursor)


def mark_place(text: ReviewText, number: int) -> QPoint:
    """The middle of the n-th mark, in pixels of the viewport."""
    whole, at = text.document().toRawText(), -1
    for _ in range(number + 1):
        at = whole.index(OBJECT_CHARACTER, at + 1)
    cursor = text.textCursor()
    cursor.setPosition(at)
    left = text.cursorRect(cursor)
    cursor.setPosition(at + 1)
    return QPoint((left.center().x() + text.cursorRect(cursor).center().x()) // 2, left.center().y())


def test_runs_give_back_the_very_review() -> None:
    told = made_up_review(document(DrawnSource(pages=12)))
    assert review_of(runs_of(told), told) == told
    runs = runs_of(told)
    assert [run.mark for run in runs if run.sentence == 1] == [-1, 0, 1]
    moved = [TextRun(0, r.sentence, r.text, r.mark) for r in runs]  # all in one paragraph
    assert [s.text for s in review_of(moved, told).sentences] == [s.text for s in told.sentences]
    added = [*runs, TextRun(1, -1, "一句新话。又一句。")]
    assert [(s.text, s.status, s.evidence) for s in review_of(added, told).sentences[-2:]] == [
        ("一句新话。", Status.UNSUPPORTED, ()), ("又一句。", Status.UNSUPPORTED, ()),
    ]  # fmt: skip


def test_a_click_on_a_mark_shows_its_words(text: ReviewText, driver: Driver) -> None:
    driver.bot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=mark_place(text, 1))
    assert text.chosen == (1, 1)
    assert {box.page for box in driver.window.pdf.canvas.marks[0]} == {5}
    assert "Sentence of the review" in driver.window.evidence.where.text()
    assert driver.window.pdf.steps.where.text() == "2 / 2"


def test_the_cursor_in_a_sentence_shows_its_evidence(text: ReviewText, driver: Driver) -> None:
    cursor_at(text, "在12个数据集")
    assert text.chosen[0] == 2
    assert {box.page for box in driver.window.pdf.canvas.marks[0]} == {3}
    driver.bot.keyClick(text, Qt.Key.Key_Down)
    driver.window.table.view.setCurrentIndex(driver.window.table.rows.index(1, 2))
    assert text.chosen == (-1, -1)  # a cell is shown now


def test_marks_survive_free_editing(text: ReviewText, driver: Driver) -> None:
    before = driver.workbench.project.review
    cursor_at(text, "衡量每个论断")
    driver.bot.keyClicks(text, " and weigh ")
    live = text.said()
    assert live is not None and live.sentences[1].evidence == before.sentences[1].evidence
    counted = driver.window.review.count.text()
    driver.bot.keyClicks(text, "xyz")
    assert driver.window.review.count.text() != counted  # the counter is live
    text.commit()
    after = driver.workbench.project.review
    assert "and weigh xyz" in after.sentences[1].text
    assert after.sentences[1].evidence == before.sentences[1].evidence
    assert after.sentences[1].status is Status.UNSUPPORTED  # until it has been read or judged
    assert [s for i, s in enumerate(after.sentences) if i != 1] == [s for i, s in enumerate(before.sentences) if i != 1]
    assert text.document().toRawText().count(OBJECT_CHARACTER) == 4
    driver.bot.keyClicks(text, "more")  # the cursor is where it was
    text.commit()
    assert "xyzmore" in driver.workbench.project.review.sentences[1].text.replace(" ", "")


def test_undo_takes_back_what_was_written_and_nothing_else(text: ReviewText, driver: Driver) -> None:
    before = driver.workbench.project.review
    cursor_at(text, "研究热点")
    driver.bot.keyClicks(text, "abc")
    driver.bot.keyClick(text, Qt.Key.Key_Z, CONTROL)
    assert driver.workbench.project.review == before
    assert "abc" not in text.toPlainText()
    driver.bot.keyClick(text, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert "abc" in text.toPlainText()


def test_a_mark_is_deleted_as_one_and_the_sentence_says_so(text: ReviewText, driver: Driver) -> None:
    cursor_at(text, "可归因性的定义。" + OBJECT_CHARACTER)
    driver.bot.keyClick(text, Qt.Key.Key_Backspace)
    text.commit()
    sentence = driver.workbench.project.review.sentences[2]
    assert sentence.evidence == () and sentence.status is Status.UNSUPPORTED
    assert say(sentence.reason, "zh") == "没有引用"
    assert driver.window.review.doubts.text() == "2 sentences to look at"


def test_marks_survive_cut_and_paste(text: ReviewText, driver: Driver) -> None:
    evidence = driver.workbench.project.review.sentences[2].evidence
    cursor_at(text, "Rashkin与", after=False)
    cursor = text.textCursor()
    cursor.setPosition(cursor.position() + len("Rashkin与Das（2021）在12个数据集上给出了可归因性的定义。") + 1, KEEP)
    text.setTextCursor(cursor)
    driver.bot.keyClick(text, Qt.Key.Key_X, CONTROL)
    assert "[p. 3]" in QApplication.clipboard().text()
    driver.bot.keyClick(text, Qt.Key.Key_End, CONTROL)
    driver.bot.keyClick(text, Qt.Key.Key_V, CONTROL)
    text.commit()
    last = driver.workbench.project.review.sentences[-1]
    assert last.text.startswith("Rashkin与Das") and last.evidence == evidence and last.status is Status.SUPPORTED


def test_a_new_sentence_without_a_citation_is_marked(text: ReviewText, driver: Driver) -> None:
    driver.bot.keyClick(text, Qt.Key.Key_End, CONTROL)
    driver.bot.keyClick(text, Qt.Key.Key_Return)
    assert len(driver.workbench.project.review.sentences) == 5
    driver.bot.keyClicks(text, "Nobody says this.")
    text._rested()
    last = driver.workbench.project.review.sentences[-1]
    assert (last.text, last.status, last.paragraph) == ("Nobody says this.", Status.UNSUPPORTED, 2)
    cursor_at(text, "Nobody says")
    style = text.textCursor().charFormat()
    assert style.underlineColor().name() == theme.LIGHT.unsupported


def test_going_from_doubt_to_doubt(text: ReviewText, driver: Driver) -> None:
    pane = driver.window.review
    driver.bot.mouseClick(pane.doubts, Qt.MouseButton.LeftButton)
    assert text.chosen[0] == 3
    assert "没有证据支撑这一论断" in driver.window.evidence.text.toPlainText()


def test_one_paragraph_is_rewritten(text: ReviewText, driver: Driver) -> None:
    before = driver.workbench.project.review
    cursor_at(text, "Liu（2023）审计")
    driver.bot.mouseClick(driver.window.review.again, Qt.MouseButton.LeftButton)
    driver.wait(lambda: driver.workbench.project.review != before)
    after = driver.workbench.project.review
    assert after.sentences[:3] == before.sentences[:3]
    uncited, cited = after.sentences[3:]
    assert uncited == before.sentences[3], "nothing proves it: there is nothing to say anew"
    assert cited.text.startswith("Liu（2023）") and cited.text != before.sentences[4].text
    assert cited.evidence[0].quote.startswith("Liu (2023)"), "from what the table holds of this work now"
    driver.window.actions_["undo"].trigger()
    assert driver.workbench.project.review == before


def test_the_hint_of_an_empty_review_is_whole(driver: Driver) -> None:
    driver.open()
    text = driver.window.review.text
    for width in (500, 260, 180):
        text.resize(width, 300)
        image = text.viewport().grab().toImage()
        ground = image.pixelColor(2, 2)
        inked = [
            y for y in range(image.height()) if any(image.pixelColor(x, y) != ground for x in range(image.width()))
        ]
        room = QFontMetrics(text.font()).boundingRect(QRect(0, 0, width - 2 * SIDE, 300), CENTRED, text.hint)
        assert inked[-1] - inked[0] > 0.6 * room.height(), (width, len(inked), room)


def said(driver: Driver) -> list[str]:
    return [sentence.text for sentence in driver.workbench.project.review.sentences]


def test_a_persons_text_is_not_replaced_by_a_run_and_the_new_one_is_taken_in_part(
    text: ReviewText, driver: Driver
) -> None:
    pane, workbench = driver.window.review, driver.workbench
    fresh = said(driver)
    cursor = QTextCursor(text.document())
    cursor.setPosition(3)
    text.setTextCursor(cursor)
    text.insertPlainText("MINE ")
    text.commit()
    mine = said(driver)
    assert mine != fresh and not pane.beside.isVisible()
    driver.window.filling.fill(again=True)
    driver.wait(lambda: workbench.project.beside is not None)
    driver.idle()
    assert said(driver) == mine and pane.beside.isVisible()
    pane.beside.compare.click()
    dialog = driver.window.findChild(NewTextDialog)
    assert dialog is not None and len(dialog.boxes) == 1
    assert not dialog.take.isEnabled(), "nothing is ticked"
    dialog.boxes[0].setChecked(True)
    assert dialog.take.isDefault()
    dialog.take.click()
    assert said(driver) == fresh and not pane.beside.isVisible()
    workbench.session.undo()
    assert said(driver) == mine and pane.beside.isVisible(), "one thing is taken back"
    pane.beside.leave.click()
    assert said(driver) == mine and not pane.beside.isVisible()
