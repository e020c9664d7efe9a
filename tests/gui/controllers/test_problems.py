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
from citegrid.gui.dialogs.models import ModelsDialog
from citegrid.gui.failure_report import report_of
from citegrid.pipeline.relocate import Rebound


def fault() -> InternalError:
    try:
        raise ValueError("could not read “a secret sentence” of 'secret.pdf'")
    except ValueError as cause:
        error = InternalError("CiteGrid itself failed while it was busy with “Reading secret.pdf”.", "Report this.")
        error.__cause__ = cause
        return error


def dialog_of(desk: Driver) -> FailureDialog:
    desk.wait(lambda: desk.window.problems.dialog is not None)
    dialog = desk.window.problems.dialog
    assert dialog is not None and dialog.isVisible()
    return dialog


def close(desk: Driver) -> None:
    dialog = dialog_of(desk)
    desk.bot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    desk.wait(lambda: desk.window.problems.dialog is None)


def test_a_report_tells_the_fault_and_nothing_of_the_work() -> None:
    text = report_of(fault())
    assert (
        "ValueError" in text and "test_problems.py" in text and text.index("ValueError") < text.index("InternalError")
    )
    assert "secret" not in text
    assert str(Path.home()) not in text and str(Path(__file__).parent) not in text


def test_a_fault_of_ours_keeps_the_work_and_offers_a_report(desk: Driver, tmp_path: Path) -> None:
    desk.open()
    desk.fill()
    before = desk.workbench.project
    desk.window._fail(fault())
    dialog = dialog_of(desk)
    assert "saved" in dialog.words.text()
    dialog.write(tmp_path / "report.txt")
    assert "ValueError" in (tmp_path / "report.txt").read_text("utf-8")
    assert not dialog.save.isEnabled()
    desk.bot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == dialog.report.toPlainText()
    close(desk)
    assert desk.workbench.project == before
    assert desk.window.isEnabled() and desk.window.actions_["export"].isEnabled()


def test_a_report_that_cannot_be_written_says_why(desk: Driver, tmp_path: Path) -> None:
    desk.open()
    desk.window._fail(fault())
    dialog = dialog_of(desk)
    (tmp_path / "file").write_text("")
    dialog.write(tmp_path / "file" / "report.txt")
    assert "cannot be" in dialog.words.text() or "is a file" in dialog.words.text()
    assert dialog.save.isEnabled()
    close(desk)


def test_an_uncaught_error_is_told_and_the_window_lives_on(desk: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.open()
    heard: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, fault, trace: heard.append(str(fault)))
    end = desk.window.problems.listen(desk.bridge.post)
    try:
        sys.excepthook(RuntimeError, RuntimeError("a slot broke"), None)
        sys.excepthook(RuntimeError, RuntimeError("and again"), None)
        dialog = dialog_of(desk)
        assert "a slot broke" in dialog.report.toPlainText()
        assert len(desk.window.findChildren(FailureDialog)) == 1
        close(desk)
    finally:
        end()
    assert heard == ["a slot broke", "and again"], "the terminal hears of it too"


def test_a_lost_paper_can_be_shown_where_it_lies(desk: Driver) -> None:
    desk.open()
    desk.window._fail(SourceLost("paper.pdf is no longer where it was (/old).", "Say where it lies now."))
    message = desk.window.message
    assert message.button.isVisible() and message.button.text() == "Find it…"
    desk.bot.mouseClick(message.button, Qt.MouseButton.LeftButton)
    dialog = desk.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(desk.file("elsewhere.pdf")))
    dialog.close()
    desk.wait(lambda: desk.workbench.project.paper is not None and desk.workbench.project.paper.name == "elsewhere.pdf")
    desk.idle()


def test_what_became_of_the_citations_of_a_changed_paper_is_told_once(desk: Driver) -> None:
    desk.open()
    desk.workbench.papers.rebound = Rebound("paper.pdf", 50, 7, 3)
    desk.window.files.rebind_paper(desk.file("paper.pdf"))
    desk.wait(desk.window.message.isVisible)
    desk.idle()
    text = desk.window.message.text.text()
    assert "50 stand" in text and "3 nowhere" in text and "Doubtful" in text
    desk.window.message.hide()
    desk.window.problems.tell_rebound()
    assert not desk.window.message.isVisible()


def test_a_missing_model_leads_to_the_model_manager(desk: Driver) -> None:
    desk.window._fail(ModelError("The model Tiny is not here yet.", "Get it."))
    desk.bot.mouseClick(desk.window.message.button, Qt.MouseButton.LeftButton)
    dialog = desk.window.findChild(ModelsDialog)
    assert isinstance(dialog, ModelsDialog) and dialog.isVisible()
    dialog.close()
    desk.bot.wait(20)
