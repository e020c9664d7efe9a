"""When something goes wrong: the work is kept, the next step is at hand, and a report says nothing of the work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import Driver
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from citegrid.core.errors import InternalError, ModelError, SourceLost
from citegrid.gui.dialogs.failure import FailureDialog
from citegrid.gui.dialogs.language_models.manager import ModelsDialog
from citegrid.pipeline.relocate import Rebound
from citegrid.workbench.help.problem_report import report_of


def fault() -> InternalError:
    try:
        raise ValueError("could not read “a secret sentence” of 'secret.pdf'")
    except ValueError as cause:
        error = InternalError("CiteGrid itself failed while it was busy with “Reading secret.pdf”.", "Report this.")
        error.__cause__ = cause
        return error


def dialog_of(driver: Driver) -> FailureDialog:
    driver.wait(lambda: driver.window.problems.dialog is not None)
    dialog = driver.window.problems.dialog
    assert dialog is not None and dialog.isVisible()
    return dialog


def close(driver: Driver) -> None:
    dialog = dialog_of(driver)
    driver.bot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    driver.wait(lambda: driver.window.problems.dialog is None)


def test_a_report_tells_the_fault_and_nothing_of_the_work() -> None:
    text = report_of(fault())
    assert (
        "ValueError" in text and "test_problems.py" in text and text.index("ValueError") < text.index("InternalError")
    )
    assert "secret" not in text
    assert str(Path.home()) not in text and str(Path(__file__).parent) not in text


def test_a_fault_of_ours_keeps_the_work_and_offers_a_report(driver: Driver, tmp_path: Path) -> None:
    driver.open()
    driver.fill()
    before = driver.workbench.project
    driver.window.fail(fault())
    dialog = dialog_of(driver)
    assert "saved" in dialog.words.text()
    dialog.write(tmp_path / "report.txt")
    assert "ValueError" in (tmp_path / "report.txt").read_text("utf-8")
    assert not dialog.save.isEnabled()
    driver.bot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == dialog.report.toPlainText()
    close(driver)
    assert driver.workbench.project == before
    assert driver.window.isEnabled() and driver.window.actions_["export"].isEnabled()


def test_a_report_that_cannot_be_written_says_why(driver: Driver, tmp_path: Path) -> None:
    driver.open()
    driver.window.fail(fault())
    dialog = dialog_of(driver)
    (tmp_path / "file").write_text("")
    dialog.write(tmp_path / "file" / "report.txt")
    assert "cannot be" in dialog.words.text() or "is a file" in dialog.words.text()
    assert dialog.save.isEnabled()
    close(driver)


def test_an_uncaught_error_is_told_and_the_window_lives_on(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.open()
    heard: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, fault, trace: heard.append(str(fault)))
    end = driver.window.problems.listen(driver.bridge.post)
    try:
        sys.excepthook(RuntimeError, RuntimeError("a slot broke"), None)
        sys.excepthook(RuntimeError, RuntimeError("and again"), None)
        dialog = dialog_of(driver)
        assert "a slot broke" in dialog.report.toPlainText()
        assert len(driver.window.findChildren(FailureDialog)) == 1
        close(driver)
    finally:
        end()
    assert heard == ["a slot broke", "and again"], "the terminal hears of it too"


def test_a_lost_paper_can_be_shown_where_it_lies(driver: Driver) -> None:
    driver.open()
    driver.window.fail(SourceLost("paper.pdf is no longer where it was (/old).", "Say where it lies now."))
    message = driver.window.message
    assert message.button.isVisible() and message.button.text() == "Find it…"
    driver.bot.mouseClick(message.button, Qt.MouseButton.LeftButton)
    dialog = driver.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(driver.file("elsewhere.pdf")))
    dialog.close()
    driver.wait(
        lambda: driver.workbench.project.paper is not None and driver.workbench.project.paper.name == "elsewhere.pdf"
    )
    driver.idle()


def test_what_became_of_the_citations_of_a_changed_paper_is_told_once(driver: Driver) -> None:
    driver.open()
    driver.workbench.papers.rebound = Rebound("paper.pdf", 50, 7, 3)
    driver.window.files.rebind_paper(driver.file("paper.pdf"))
    driver.wait(driver.window.message.isVisible)
    driver.idle()
    text = driver.window.message.text.text()
    assert "50 stand" in text and "3 nowhere" in text and "Doubtful" in text
    driver.window.message.hide()
    driver.window.problems.tell_rebound()
    assert not driver.window.message.isVisible()


def test_a_missing_model_leads_to_the_model_manager(driver: Driver) -> None:
    driver.window.fail(ModelError("The model Tiny is not here yet.", "Get it."))
    driver.bot.mouseClick(driver.window.message.button, Qt.MouseButton.LeftButton)
    dialog = driver.window.findChild(ModelsDialog)
    assert isinstance(dialog, ModelsDialog) and dialog.isVisible()
    dialog.close()
    driver.bot.wait(20)
