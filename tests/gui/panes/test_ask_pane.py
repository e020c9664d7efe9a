"""Asking in the window: an answer a click away from its place, a text whose contradictions come first, an answer put into a cell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Driver
from PySide6.QtCore import Qt, QUrl

from citegrid.core.outcome.answers import CheckedSentence, CheckedText, QuestionAnswered, Standing
from citegrid.gui.dialogs.into_table import IntoTableDialog
from citegrid.gui.panes.ask_pane import AskPane

QUESTION = "What percent of the sentences are fully supported?"


@pytest.fixture
def pane(driver: Driver) -> AskPane:
    driver.open()
    return driver.window.ask


def ask(driver: Driver, pane: AskPane, words: str) -> None:
    driver.window.actions_["ask"].trigger()
    pane.field.setPlainText(words)
    driver.bot.keyClick(pane.field, Qt.Key.Key_Return)
    driver.wait(pane.ask.isEnabled, timeout=10000)


def test_an_answer_is_a_click_away_from_its_place(driver: Driver, pane: AskPane) -> None:
    ask(driver, pane, QUESTION)
    assert "51.5 percent" in pane.evidence[0].quote
    pane.text.anchorClicked.emit(QUrl("place:0"))
    assert driver.window.stepping is driver.window.asking
    assert driver.window.pdf.canvas.page == pane.evidence[0].page


def test_its_key_brings_up_the_pane_with_the_keyboard_in_the_field(driver: Driver, pane: AskPane) -> None:
    driver.bot.keyClick(driver.window.pdf.canvas, Qt.Key.Key_F4)
    assert pane.isVisible()
    assert driver.window.focusWidget() is pane.field


def test_what_nobody_says_is_said_so(driver: Driver, pane: AskPane) -> None:
    ask(driver, pane, "Quantum chromodynamics of volcanic tortoises?")
    assert not pane.evidence
    assert "do not say" in pane.text.toPlainText()


def test_what_is_contradicted_stands_first_by_sign_and_word(pane: AskPane) -> None:
    pane.show_found(
        CheckedText(
            (CheckedSentence("It fits.", Standing.SUPPORTED), CheckedSentence("Not so.", Standing.CONTRADICTED))
        )
    )
    text = pane.text.toPlainText()
    assert text.index("✕ Contradicted") < text.index("Not so.") < text.index("✓ Supported")
    assert pane.where.text() == "✕ 1 contradicted · ✓ 1 supported"


def test_nothing_of_a_project_that_was_left_is_shown(driver: Driver, pane: AskPane) -> None:
    pane.field.setPlainText("Why?")
    pane.show_found(QuestionAnswered("Why?", (), "because"))
    driver.window.files.new()
    assert not pane.words
    assert "because" not in pane.text.toPlainText()


def test_a_place_in_a_paper_that_left_the_project_moves_no_other_paper(driver: Driver, pane: AskPane) -> None:
    ask(driver, pane, QUESTION)
    gone = replace(pane.evidence[0], source="gone.pdf")
    pane.evidence = (gone,)
    heard: list[object] = []
    driver.window.asking.failed.connect(heard.append)
    driver.window.asking.focus_changed.connect(heard.append)
    driver.window.asking.step(1)
    assert [str(one) for one in heard] == ["This paper is no longer part of the project. Ask again."]


def test_an_answer_is_put_into_the_cell_that_is_chosen(driver: Driver, pane: AskPane) -> None:
    driver.fill()
    window = driver.window
    ask(driver, pane, QUESTION)
    pane.text.anchorClicked.emit(QUrl("table:"))
    dialog = window.findChild(IntoTableDialog)
    assert dialog is not None
    work, column = dialog.row.currentData(), dialog.column.currentText()
    dialog.accept()
    cell = window.workbench.cells.at(work, column)
    assert cell.text == window.asking._answered.text
    assert cell.evidence == window.asking._answered.evidence
    assert cell.draft


def test_what_was_found_is_shown_again_when_the_project_is_opened_again(driver: Driver, pane: AskPane) -> None:
    ask(driver, pane, "Who audits four search engines?")
    ask(driver, pane, QUESTION)
    shown, folder = pane.text.toPlainText(), driver.workbench.folder
    driver.window.files.new()
    assert not pane.earlier.isEnabled()
    driver.window.files.open_project(folder)
    driver.wait(lambda: driver.workbench.folder == folder)
    driver.wait(lambda: driver.workbench.shown_paper.document is not None)
    assert pane.text.toPlainText() == shown
    assert [one.text() for one in pane.menu.actions()][:2] == [QUESTION, "Who audits four search engines?"]
    pane.text.anchorClicked.emit(QUrl("place:0"))
    assert driver.window.pdf.canvas.page == pane.evidence[0].page
    pane.menu.actions()[1].trigger()
    assert "Who audits" in pane.text.toPlainText()
    pane.menu.actions()[-1].trigger()
    assert driver.workbench.project.answers == () and not pane.earlier.isEnabled()


def test_a_place_in_a_paper_that_is_not_there_is_said(driver: Driver, pane: AskPane) -> None:
    ask(driver, pane, QUESTION)
    folder = driver.workbench.folder
    driver.window.files.new()
    (driver.folder / "paper.pdf").unlink()
    driver.window.files.open_project(folder)
    driver.wait(lambda: driver.workbench.folder == folder)
    driver.idle()
    heard: list[object] = []
    driver.window.asking.failed.connect(heard.append)
    pane.text.anchorClicked.emit(QUrl("place:0"))
    assert [str(one) for one in heard] == [
        "paper.pdf has not been read yet. Wait, open it again, or take it out of the project."
    ]


def test_a_translation_that_comes_late_takes_its_place_and_is_not_shown_over_what_was_asked_since(
    driver: Driver, pane: AskPane
) -> None:
    asking = driver.window.asking
    first, printed, translated = (
        asking._taking(),
        QuestionAnswered("Why?", reason="printed"),
        QuestionAnswered("Why?", reason="said"),
    )
    first(printed)
    asking._taking()(CheckedText((CheckedSentence("Mine.", Standing.SUPPORTED),)))
    first(translated)
    assert "Mine." in pane.text.toPlainText()
    kept = driver.workbench.project.answers
    assert isinstance(kept[0], CheckedText) and kept[1:] == (translated,)


def test_what_is_shown_follows_what_became_of_it(driver: Driver, pane: AskPane) -> None:
    ask(driver, pane, QUESTION)
    (kept,) = driver.workbench.project.answers
    assert isinstance(kept, QuestionAnswered)
    driver.workbench.questions.renew(replace(kept, sentences=(), reason="the paper was changed"))
    assert "the paper was changed" in pane.text.toPlainText() and pane.evidence == ()
