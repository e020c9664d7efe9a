"""Another project, another paper, a file that fails: no pane shows what is no more."""

from __future__ import annotations

import pytest
from conftest import Driver
from stale import faults

from citegrid.core.errors import UsageError
from citegrid.gui.dialogs.columns import ColumnsDialog
from citegrid.pipeline.relocate import Rebound


@pytest.fixture
def checked(driver: Driver) -> Driver:
    """A filled table whose first cell is shown with its evidence, and a message over the panes."""
    driver.open()
    driver.fill()
    window = driver.window
    window.actions_["check"].trigger()
    window.table.filter.setCurrentIndex(1)
    window.library.wanted.setText("geese")
    window.fail(UsageError("Something of this project.", "Try again."))
    assert window.evidence._cell is not None and window.message.isVisible() and not faults(driver)
    return driver


def nothing_is_shown(driver: Driver) -> None:
    window = driver.window
    assert faults(driver) == []
    assert window.evidence._cell is None and not window.message.isVisible() and not window.glossary.bar.isVisible()
    assert window.table.rows.kind == "all" and window.library.wanted.text() == ""
    assert "Something" not in window.evidence.text.toPlainText() and window.evidence.where.text() == ""


def test_a_new_project_leaves_nothing_behind(checked: Driver) -> None:
    checked.window.actions_["new"].trigger()
    checked.idle()
    nothing_is_shown(checked)
    assert checked.window.stack.currentWidget() is checked.window.start
    assert checked.workbench.folder is None


def test_another_paper_begins_another_project_and_leaves_nothing_behind(checked: Driver) -> None:
    first = checked.workbench.folder
    checked.window.files.open_paper(checked.file("second.pdf"))
    checked.wait(lambda: checked.workbench.folder != first)
    checked.wait(lambda: checked.workbench.shown_paper.document is not None)
    checked.idle()
    nothing_is_shown(checked)
    assert checked.workbench.folder is not None and checked.workbench.folder.name == "second"
    assert checked.workbench.project.table.columns and not checked.workbench.project.table.rows
    checked.window.files.open_project(first)
    checked.wait(lambda: checked.workbench.folder == first)
    checked.wait(lambda: checked.workbench.shown_paper.document is not None)
    checked.idle()
    assert faults(checked) == [] and not checked.window.message.isVisible()
    assert checked.window.evidence._cell is not None, "it is looked at as it was left"


def test_a_paper_that_cannot_be_opened_leaves_all_as_it_was(checked: Driver) -> None:
    before, project = checked.workbench.folder, checked.workbench.project
    checked.window.files.open_paper(checked.file("broken.pdf"))
    checked.wait(lambda: "broken" in checked.window.message.text.text())
    checked.idle()
    assert (checked.workbench.folder, checked.workbench.project) == (before, project)
    assert checked.window.evidence._cell is not None and faults(checked) == []
    assert checked.workbench.session.can_undo or not checked.window.actions_["undo"].isEnabled()


def test_a_file_that_fails_gives_its_name_to_no_project(driver: Driver) -> None:
    driver.window.files.open_paper(driver.file("broken.pdf"))
    driver.wait(driver.window.message.isVisible)
    driver.idle()
    assert driver.workbench.folder is None and driver.settings.recent == [] and faults(driver) == []
    driver.open()
    assert driver.workbench.folder is not None and driver.workbench.folder.name == "paper"


def test_a_dialog_about_a_project_goes_with_it(checked: Driver) -> None:
    first = checked.workbench.folder
    checked.window.actions_["new"].trigger()
    checked.idle()
    checked.window.files.open_project(first)
    checked.window.actions_["type_columns"].trigger()
    assert checked.window.findChild(ColumnsDialog) is not None
    checked.wait(lambda: checked.workbench.folder == first)
    checked.wait(lambda: checked.window.findChild(ColumnsDialog) is None)


def test_a_row_that_is_dropped_takes_its_evidence_along(checked: Driver) -> None:
    row = checked.workbench.project.table.rows[0]
    checked.window.table.choose(row.work.id, row.cells[0].column)
    checked.workbench.table.drop_row(row.work.id)
    checked.bot.wait(20)
    assert faults(checked) == []
    checked.workbench.session.undo()
    checked.bot.wait(20)
    assert faults(checked) == []


def test_what_is_being_written_is_kept_when_another_project_is_begun(checked: Driver) -> None:
    first, text = checked.workbench.folder, checked.window.review.text
    text.setFocus()
    text.insertPlainText("MINE ")
    checked.window.actions_["new"].trigger()
    checked.idle()
    checked.window.files.open_project(first)
    checked.wait(lambda: checked.workbench.folder == first)
    assert any("MINE" in one.text for one in checked.workbench.project.review.sentences)  # type: ignore[union-attr]


def test_another_paper_in_the_place_of_the_projects_own_is_asked_about(
    checked: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, project = checked.workbench.folder, checked.workbench.project
    checked.window.actions_["new"].trigger()
    checked.idle()
    (checked.folder / "paper.pdf").write_bytes(b"quite another one")
    foreign = lambda table, review, *more, **names: (table, review, Rebound("paper.pdf", 0, 0, 7))  # noqa: E731
    monkeypatch.setattr("citegrid.workbench.papers.use.relocate", foreign)
    checked.window.files.open_project(folder)
    checked.wait(lambda: "Another paper lies where paper.pdf was" in checked.window.message.text.text())
    checked.idle()
    assert (checked.workbench.project.table, checked.workbench.project.paper) == (project.table, project.paper)
    assert checked.workbench.shown_paper.source is None and faults(checked) == []
    checked.window.files.rebind_paper(checked.file("moved.pdf"))
    checked.wait(lambda: checked.workbench.shown_paper.source is not None)
    checked.idle()
    paper = checked.workbench.project.paper
    assert paper is not None and paper.path.endswith("moved.pdf") and checked.workbench.project.table == project.table
