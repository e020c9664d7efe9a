"""Asking again with a hint, accepting what is copied, rows by value and by status."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Driver
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from citegrid.core.evidence import Match, Selection
from citegrid.core.project import SetCell
from citegrid.core.table import Status, Verdict
from citegrid.gui.items.table_items import CELL


@pytest.fixture
def filled(driver: Driver) -> Driver:
    driver.open()
    driver.fill()
    return driver


def test_a_hint_goes_to_the_model_for_this_once_and_the_same_answer_is_said(filled: Driver) -> None:
    row, seen = filled.workbench.project.table.rows[1], []
    real = filled.run.fill_table

    def run(context, project, listener, options, rows):  # type: ignore[no-untyped-def]
        seen.append({c.name: c.instruction for c in project.table.columns})
        return real(context, project, listener, options, rows)

    filled._patch.setattr("citegrid.workbench.lazy_imports.run.fill_table", run)
    filled.window.table.hint_requested.emit([(row.work.id, row.cells[2].column)])
    dialog = filled.window.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("name the data set")
    dialog.accept()
    filled.wait(lambda: bool(seen))
    filled.idle()
    assert seen[0][row.cells[2].column] == "name the data set"
    assert sum(bool(words) for words in seen[0].values()) == 1
    assert not any(c.instruction for c in filled.workbench.project.table.columns)
    assert filled.window.message.text.text() == "Asked again, the answer is the same."


def test_a_cell_is_asked_again_of_the_selected_place(filled: Driver) -> None:
    row, seen = filled.workbench.project.table.rows[1], []
    real = filled.run.fill_table

    def run(context, project, listener, options, rows):  # type: ignore[no-untyped-def]
        seen.append(context.selection)
        return real(context, project, listener, options, rows)

    filled._patch.setattr("citegrid.workbench.lazy_imports.run.fill_table", run)
    canvas = filled.window.pdf.canvas
    canvas.selection.take_page(1)
    spans = canvas.selection.spans
    filled.window.pdf.ask_here()  # no cell is chosen yet
    assert canvas.selection.spans == spans and seen == []
    filled.window.checking.choose_cell(row, row.cells[2], 0)
    filled.window.pdf.ask_here()
    filled.wait(lambda: bool(seen))
    filled.idle()
    assert seen == [Selection(filled.workbench.shown_paper.name, tuple(spans))]
    assert canvas.selection.spans == ()
    filled.workbench.session.undo()
    assert filled.workbench.cells.at(row.work.id, row.cells[2].column) == row.cells[2]


def test_what_is_copied_from_the_reference_list_is_accepted_in_one_step(filled: Driver) -> None:
    reference = filled.workbench.shown_paper.references[0]
    row = next(r for r in filled.workbench.project.table.rows if r.work.id == reference.id)
    proof = replace(row.cells[0].evidence[0], quote=reference.raw[:20], match=Match.EXACT)
    copied = replace(row.cells[0], evidence=(proof,))
    filled.workbench.session.apply(SetCell(row.work.id, copied, by_person=True))
    filled.window.actions_["copied"].trigger()
    verdicts = [c.verdict for r in filled.workbench.project.table.rows for c in r.cells]
    assert verdicts.count(Verdict.ACCEPTED) == 1
    assert filled.workbench.cells.at(row.work.id, copied.column).verdict is Verdict.ACCEPTED
    filled.workbench.session.undo()
    assert filled.workbench.cells.at(row.work.id, copied.column) == copied


def test_rows_are_shown_by_value_and_sorted_by_status(filled: Driver) -> None:
    table, rows = filled.window.table, filled.workbench.project.table.rows
    table.menus.value_requested.emit(0, rows[2].cells[0].text)
    assert table.rows.rowCount() == 1 and table.shape.text() == "1 of 4 rows shown"
    table.menus.value_requested.emit(-1, "")
    assert table.rows.rowCount() == 4
    worst = replace(rows[2].cells[0], status=Status.UNSUPPORTED)
    filled.workbench.session.apply(SetCell(rows[2].work.id, worst, by_person=True))
    table.menus.status_sort_requested.emit(0)
    assert table.rows.index(0, 0).data(CELL) == worst
    table.sort(-1, Qt.SortOrder.AscendingOrder)
    assert table.rows.index(2, 0).data(CELL) == worst


def test_the_doubt_of_the_review_has_a_key(filled: Driver) -> None:
    filled.window.actions_["doubt"].trigger()
    sentence = filled.window.evidence._sentence
    assert sentence is not None and sentence.status is Status.UNSUPPORTED
