"""The PDF pane by mouse and keyboard: citations, selection, search, stepping, pages."""

from __future__ import annotations

import pytest
from conftest import Driver
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication

from citegrid.core.document import Box
from citegrid.core.table import Status, Verdict

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Hand:
    """A mouse over the paper."""

    def __init__(self, driver: Driver) -> None:
        self.driver, self.canvas = driver, driver.window.pdf.canvas

    def over(self, box: Box) -> QPoint:
        """The middle of a box, brought into view."""
        if not self.canvas.viewport().rect().contains(self.canvas.place_of(box).center().toPoint()):
            self.canvas.go_to(box.page, 0, max(1.0, box.y0 - 60))
        self.driver.bot.wait(20)
        return self.canvas.place_of(box).center().toPoint()

    def click(self, box: Box) -> None:
        place = self.over(box)
        self.driver.bot.mouseClick(self.canvas.viewport(), LEFT, pos=place)

    def move(self, place: QPoint, button: Qt.MouseButton = LEFT) -> None:
        spot = QPointF(place)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            spot,
            QPointF(self.canvas.viewport().mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            button,
            NONE,
        )
        QApplication.sendEvent(self.canvas.viewport(), event)

    def drag(self, first: Box, last: Box) -> None:
        start = self.over(first)
        self.driver.bot.mousePress(self.canvas.viewport(), LEFT, pos=start)
        end = self.canvas.place_of(last).center().toPoint()
        self.move(end)
        self.driver.bot.mouseRelease(self.canvas.viewport(), LEFT, pos=end)


@pytest.fixture
def hand(driver: Driver) -> Hand:
    driver.open()
    driver.fill()
    return Hand(driver)


def test_in_text_citations_lead_to_their_entry_and_back(hand: Hand, driver: Driver) -> None:
    first = driver.workbench.shown_paper.references[0]
    mention, entry = first.mentions[0].boxes[0], first.boxes[0]
    place = hand.over(mention)
    hand.move(place, Qt.MouseButton.NoButton)
    assert hand.canvas.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert hand.canvas.probe(mention.page, mention.x0 + 2, mention.y0 + 2) == f"{first.raw}\np. 11"
    hand.click(mention)
    assert hand.canvas.marks[0] == (entry,)
    assert {box.page for box in hand.canvas.marks[1]} == {2, 5}  # where else it is cited
    assert hand.canvas.mark_in_view()
    steps = driver.window.pdf.steps
    assert steps.isVisible() and steps.where.text() == "1 / 3" and "Gao" in steps.about.text()
    driver.bot.mouseClick(steps.following, LEFT)
    driver.bot.keyClick(hand.canvas, Qt.Key.Key_BracketRight)
    assert hand.canvas.marks[0] == first.mentions[1].boxes and hand.canvas.page == 5
    driver.bot.keyClick(hand.canvas, Qt.Key.Key_BracketRight)  # round to the entry
    hand.click(entry)
    assert hand.canvas.marks[0] == first.mentions[0].boxes
    driver.bot.mouseClick(steps.close_button, LEFT)
    assert hand.canvas.marks == ((), ()) and not steps.isVisible()


def test_all_evidence_of_a_cell_is_marked_and_stepped_through_with_one_key(hand: Hand, driver: Driver) -> None:
    table, pdf = driver.window.table, driver.window.pdf
    table.view.setCurrentIndex(table.rows.index(1, 2))
    assert {box.page for box in hand.canvas.marks[0]} == {2}
    assert {box.page for box in hand.canvas.marks[1]} == {3, 7}
    assert pdf.steps.where.text() == "1 / 3"
    assert pdf.side.pages.marked == {2, 3, 7}
    for page in (3, 7, 2):
        driver.bot.keyClick(hand.canvas, Qt.Key.Key_BracketRight)
        assert {box.page for box in hand.canvas.marks[0]} == {page}
        assert hand.canvas.mark_in_view()
    driver.bot.keyClick(table.view, Qt.Key.Key_BracketLeft)
    assert pdf.steps.where.text() == "3 / 3"
    assert "p. 7" in driver.window.evidence.text.toPlainText()


def test_the_sentence_is_pale_around_the_quoted_words(hand: Hand, driver: Driver) -> None:
    table = driver.window.table
    table.view.setCurrentIndex(table.rows.index(1, 1))  # a quote of twelve characters
    marks = hand.canvas.all_marks
    strong, around = marks.strong[0], marks.around
    assert len(around) == 2  # its sentence, on two lines
    assert around[0].x1 > strong.x1 + 100


def test_text_dragged_over_becomes_evidence(hand: Hand, driver: Driver) -> None:
    window, workbench = driver.window, driver.workbench
    window.table.view.setCurrentIndex(window.table.rows.index(0, 4))
    words = workbench.shown_paper.document.page(1).words
    hand.drag(words[0].box, words[5].box)
    assert hand.canvas.selection.text.startswith("ao et al. (2023)")
    bar = window.pdf.chosen
    assert bar.isVisible() and bar.use.isVisible()
    driver.bot.mouseClick(bar.use, LEFT)
    cell = workbench.project.table.rows[0].cells[4]
    assert cell.evidence[0].page == 1 and cell.evidence[0].quote.startswith("ao et al. (2023)")
    assert not bar.isVisible() and not hand.canvas.selection.spans
    assert hand.canvas.marks[0] == cell.evidence[0].boxes
    window.actions_["undo"].trigger()
    assert not workbench.project.table.rows[0].cells[4].evidence


def test_an_empty_cell_takes_the_words_that_are_dragged_over(hand: Hand, driver: Driver) -> None:
    window, workbench = driver.window, driver.workbench
    window.table.view.setCurrentIndex(window.table.rows.index(0, 5))
    words = workbench.shown_paper.document.page(3).words
    hand.drag(words[0].box, words[3].box)
    assert window.evidence.attach.isEnabled()
    driver.bot.mouseClick(window.evidence.attach, LEFT)
    cell = workbench.project.table.rows[0].cells[5]
    assert (cell.status, cell.verdict) == (Status.SUPPORTED, Verdict.EDITED)
    assert cell.text == cell.evidence[0].quote != ""


def test_words_and_sentences_are_selected_and_copied(hand: Hand, driver: Driver) -> None:
    word = driver.workbench.shown_paper.document.page(1).words[12]
    place = hand.over(word.box)
    driver.bot.mouseDClick(hand.canvas.viewport(), LEFT, pos=place)
    driver.bot.keyClick(hand.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == word.text
    driver.bot.keyClick(hand.canvas, Qt.Key.Key_Escape)
    assert not hand.canvas.selection.spans and not driver.window.pdf.chosen.isVisible()
    driver.bot.keyClick(hand.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert hand.canvas.selection.text.startswith("Gao et al.") and hand.canvas.selection.text.endswith("the page.")


def test_finding_marks_and_counts_all_hits(hand: Hand, driver: Driver) -> None:
    pdf = driver.window.pdf
    table = driver.window.table
    table.view.setCurrentIndex(table.rows.index(1, 2))
    evidence = hand.canvas.marks
    driver.bot.keyClick(pdf, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    driver.bot.keyClicks(pdf.finder.wanted, "STATEMENT is")
    driver.wait(lambda: "/" in pdf.finder.count.text())
    assert pdf.finder.count.text().endswith("/ 12")
    assert len(hand.canvas.all_marks.hits) == 12
    assert hand.canvas.marks == evidence  # what proves the cell stays marked
    before = pdf.finder.count.text()
    driver.bot.keyClick(pdf.finder.wanted, Qt.Key.Key_Return)
    assert pdf.finder.count.text() != before
    driver.bot.keyClick(pdf.finder.wanted, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert pdf.finder.count.text() == before
    driver.bot.keyClicks(pdf.finder.wanted, " nowhere")
    driver.wait(lambda: pdf.finder.count.text() == "Nothing found")
    driver.bot.keyClick(pdf.finder.wanted, Qt.Key.Key_Escape)
    assert not pdf.finder.isVisible() and not hand.canvas.all_marks.hits


def test_pages_are_reached_by_number_label_picture_and_contents(hand: Hand, driver: Driver) -> None:
    pdf = driver.window.pdf
    for wanted, page in (("9", 9), ("i", 1), ("11", 11)):
        pdf.number.setFocus()
        pdf.number.selectAll()
        driver.bot.keyClicks(pdf.number, wanted)
        driver.bot.keyClick(pdf.number, Qt.Key.Key_Return)
        assert hand.canvas.page == page
    driver.bot.mouseClick(pdf.side_button, LEFT)
    pages = pdf.side.pages
    assert pages.isVisible()
    driver.wait(lambda: pages.renderer.best(11, pages.scale(11))[1])
    third = pages.pages.index(2)
    pages.scrollTo(third)
    driver.bot.mouseClick(pages.viewport(), LEFT, pos=pages.visualRect(third).center())
    assert hand.canvas.page == 3
    pdf.side.setCurrentIndex(1)
    outline = pdf.side.outline
    item = outline.topLevelItem(0).child(0)
    driver.bot.mouseClick(outline.viewport(), LEFT, pos=outline.visualItemRect(item).center())
    assert hand.canvas.page == 2
    for keys, page in (("Alt+Left", 3), ("Alt+Left", 11), ("Alt+Right", 3)):
        press(driver, keys)
        assert hand.canvas.page == page


def press(driver: Driver, keys: str) -> None:
    """A shortcut of the window."""
    chord = QKeySequence(keys)[0]
    driver.bot.keyClick(driver.window.pdf.canvas, chord.key(), chord.keyboardModifiers())


def test_the_zoom_fits_and_tells_it(hand: Hand, driver: Driver) -> None:
    pdf = driver.window.pdf
    driver.bot.mouseClick(pdf.fits["page"], LEFT)
    assert pdf.fits["page"].isChecked() and not pdf.fits["width"].isChecked()
    assert hand.canvas._layout.rects[0].height() <= hand.canvas.viewport().height()
    press(driver, "Ctrl++")
    assert not pdf.fits["page"].isChecked()
    press(driver, "Ctrl+0")
    assert pdf.fits["width"].isChecked()
    driver.bot.mouseClick(pdf.two, LEFT)
    assert hand.canvas._layout.rects[0].top() == hand.canvas._layout.rects[1].top()
