"""The glossary as a person works on it: searched, edited, imported, exported, undone; and a correction that is offered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from conftest import Driver
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.glossary import Term
from citegrid.core.project import SetCell
from citegrid.core.table import Cell, Status, Wording
from citegrid.gui.dialogs.corrections import CorrectionsDialog
from citegrid.gui.dialogs.glossary import GlossaryDialog
from citegrid.gui.items.term_items import SHARED
from citegrid.store import glossary as store

POLICY, MODEL = Term("policy", "策略", "paper"), Term("reward model", "奖励模型")


def dialog_of(driver: Driver) -> GlossaryDialog:
    driver.window.actions_["glossary"].trigger()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, GlossaryDialog) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def texts(dialog: GlossaryDialog) -> list[list[str]]:
    shown = dialog.shown
    return [[str(shown.index(r, c).data()) for c in range(4)] for r in range(shown.rowCount())]


def test_it_shows_the_terms_of_the_project_and_of_all(driver: Driver) -> None:
    driver.workbench.glossary.set_own([POLICY])
    driver.workbench.glossary.set_shared([MODEL])
    dialog = dialog_of(driver)
    assert texts(dialog) == [
        ["policy", "策略", "paper", "this project"],
        ["reward model", "奖励模型", "", "all projects"],
    ]
    assert dialog.count.text() == "2 terms"
    dialog.search.setText("奖励")
    assert [row[0] for row in texts(dialog)] == ["reward model"] and dialog.count.text() == "1 of 2 terms"
    dialog.reject()


def test_a_term_is_added_edited_removed_and_each_step_undone(driver: Driver) -> None:
    workbench = driver.workbench
    dialog = dialog_of(driver)
    dialog.add.click()
    assert dialog.view.state() == dialog.view.State.EditingState
    items = dialog.items
    items.setData(items.index(0, 0), " policy  model ")
    assert workbench.project.glossary == ()  # half a term is none
    items.setData(items.index(0, 1), "策略模型")
    assert workbench.project.glossary == (Term("policy model", "策略模型"),)
    items.setData(items.index(0, 1), "策略网络")
    assert [t.chinese for t in workbench.project.glossary] == ["策略网络"]
    dialog.view.selectRow(0)
    dialog.drop.click()
    assert workbench.project.glossary == () and not dialog.drop.isEnabled()
    dialog.reject()
    for left in (["策略网络"], ["策略模型"], []):
        workbench.session.undo()
        assert [t.chinese for t in workbench.project.glossary] == left


def test_a_tick_makes_a_term_one_of_all_projects(driver: Driver) -> None:
    driver.workbench.glossary.set_own([POLICY])
    dialog = dialog_of(driver)
    items = dialog.items
    items.setData(items.index(0, SHARED), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert driver.workbench.project.glossary == () and store.shared() == (POLICY,)
    items.setData(items.index(0, SHARED), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert driver.workbench.project.glossary == (POLICY,) and store.shared() == ()
    dialog.reject()


def test_files_come_in_and_go_out(driver: Driver, tmp_path: Path) -> None:
    work = driver.window.glossary
    dialog = dialog_of(driver)
    assert not dialog.write.isEnabled()
    (tmp_path / "terms.csv").write_text("english,chinese\npolicy,策略\npolicy,策略\n", "utf-8")
    work.take_in(tmp_path / "terms.csv", dialog)
    assert texts(dialog) == [["policy", "策略", "terms.csv", "this project"]]
    assert driver.window.message.text.text() == "1 new term of terms.csv."
    work.write(tmp_path / "out.tbx")
    assert store.read(tmp_path / "out.tbx") == (Term("policy", "策略", "terms.csv"),)
    (tmp_path / "bad.tbx").write_bytes(b"x")
    work._try(lambda: work.take_in(tmp_path / "bad.tbx", dialog))
    assert "bad.tbx is no glossary that can be read" in driver.window.message.text.text()
    dialog.reject()


def test_terms_that_came_before_the_paper_come_along_and_a_new_project_has_none(driver: Driver) -> None:
    driver.workbench.glossary.set_own([POLICY])
    driver.open()
    assert driver.workbench.project.glossary == (POLICY,) and driver.workbench.folder is not None
    driver.window.files.new()
    assert driver.workbench.project.glossary == ()


def test_a_run_is_given_the_terms(driver: Driver) -> None:
    driver.open()
    driver.workbench.glossary.set_own([POLICY])
    driver.workbench.glossary.set_shared([MODEL])
    driver.fill()
    assert driver.run.glossary[:2] == (POLICY, MODEL)


# -- corrections ---------------------------------------------------------------------------------------------------------


def corrected(driver: Driver) -> tuple[str, str]:
    """Three cells say 政策模型 of the same English; the first of them, by work and column."""
    driver.open()
    driver.fill()
    driver.workbench.glossary.set_own([Term("policy", "策略")])
    quoted = (Evidence(SourceKind.DOCUMENT, "paper.pdf", "They train a policy model.", Match.EXACT, 2),)
    places = [(row.work.id, row.cells[2].column) for row in driver.workbench.project.table.rows[:3]]
    for work, column in places:
        made = Cell(column, f"训练了政策模型（{work}）。", Status.SUPPORTED, quoted, wording=Wording.TRANSLATED)
        driver.workbench.session.apply(SetCell(work, made, by_person=True))
    return places[0]


def test_a_correction_is_offered_and_carried_to_the_cells_that_are_ticked(driver: Driver) -> None:
    work, column = corrected(driver)
    window, cells = driver.window, driver.workbench.cells
    window.table.edit_requested.emit(work, column, f"训练了策略模型（{work}）。")
    driver.idle()
    bar = window.glossary.bar
    assert bar.isVisible() and "Remember “policy” = 策略? 政策 stands for it in 2 other places." in bar.text.text()
    assert not bar.isWindow()
    bar.buttons[1].click()
    (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, CorrectionsDialog) and w.isVisible()]
    assert [box.isChecked() for box in dialog.boxes] == [True, True]
    dialog.boxes[1].setChecked(False)
    dialog.accept()
    said = [row.cells[2].text for row in driver.workbench.project.table.rows[:3]]
    assert [("策略" in text, "政策" in text) for text in said] == [(True, False), (True, False), (False, True)]
    assert driver.workbench.project.glossary[0] == Term("policy", "策略", "改正译文")
    driver.workbench.session.undo()  # one step: the cell and the term
    assert "政策" in driver.workbench.project.table.rows[1].cells[2].text
    assert driver.workbench.project.glossary == (Term("policy", "策略"),)
    assert "策略" in cells.at(work, column).text


def test_it_can_be_remembered_alone_or_left(driver: Driver) -> None:
    work, column = corrected(driver)
    bar = driver.window.glossary.bar
    driver.window.table.edit_requested.emit(work, column, f"训练了策略模型（{work}）。")
    driver.idle()
    bar._close.click()
    assert not bar.isVisible() and driver.workbench.project.glossary == (Term("policy", "策略"),)
    driver.window.checking.edited.emit(
        replace(
            driver.workbench.cells.at(work, column),
            text="政策模型",
            verdict=driver.workbench.cells.at(work, column).verdict,
        ),
        "策略模型",
    )
    bar.buttons[0].click()
    assert driver.workbench.project.glossary[0].source == "改正译文"


def test_other_edits_offer_nothing(driver: Driver) -> None:
    work, column = corrected(driver)
    driver.window.table.edit_requested.emit(work, column, "完全不同的一句话，与原来毫无关系，而且更长一些。")
    driver.idle()
    assert not driver.window.glossary.bar.isVisible()
