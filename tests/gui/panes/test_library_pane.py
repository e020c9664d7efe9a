"""The library pane through real widgets: add, search, read at the chunk, drag a passage onto a cell, click a citation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from conftest import Driver
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QTextDocument

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.table import Status, Verdict
from citegrid.gui.i18n import set_language
from citegrid.gui.status_style import short_title
from citegrid.gui.widgets.passage_mime import Dragged, from_mime, to_mime


def stocked(driver: Driver) -> Driver:
    driver.open()
    driver.fill()
    driver.window.files.add_library([Path("/somewhere/birds")])
    driver.wait(lambda: driver.window.library.list.count() == 3)
    return driver


def drop(driver: Driver, row: int, column: int, data: QMimeData) -> None:
    view = driver.window.table.view
    index = driver.window.table.rows.index(row, column)
    view.scrollTo(index)
    place = view.visualRect(index).center()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view.dragEnterEvent(QDragEnterEvent(place, Qt.DropAction.CopyAction, data, buttons, keys))
    view.dropEvent(QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, buttons, keys))


def test_an_empty_library_tells_the_next_step(driver: Driver) -> None:
    driver.open()
    assert "Add a folder" in driver.window.library.empty.text()
    assert driver.window.library.empty.isVisibleTo(driver.window.library)


def test_documents_show_their_state_and_a_fault_its_sentence(driver: Driver) -> None:
    pane = stocked(driver).window.library
    texts = [pane.list.item(i).text() for i in range(3)]
    assert texts[0] == "✓ How geese fly\n12 passages"
    assert texts[2] == "! worn.docx\nworn.docx is broken."
    assert pane.count.text() == "2 documents"
    set_language("zh")
    driver.window.retranslate()
    assert pane.list.item(2).text().endswith("worn.docx 已损坏。")


def test_a_search_shows_snippets_and_opens_the_document_at_the_chunk(driver: Driver) -> None:
    pane = stocked(driver).window.library
    pane.wanted.setText("glide")
    driver.wait(lambda: pane.list.count() == 1)
    assert pane.list.item(0).text() == "§ 12 · How geese fly\nStorks, however, glide."
    pane.list.itemClicked.emit(pane.list.item(0))
    assert pane.reader.isVisibleTo(pane)
    shown: QTextDocument = pane.reader.document()
    found = shown.find("Storks, however, glide.")
    assert not found.isNull()
    assert found.charFormat().fontWeight() > 400
    assert shown.find("in a wedge").charFormat().fontWeight() <= 400
    pane.wanted.clear()
    driver.wait(lambda: pane.list.count() == 3)


def test_a_hit_and_selected_words_are_dragged_as_a_passage(driver: Driver) -> None:
    pane = stocked(driver).window.library
    pane.wanted.setText("glide")
    driver.wait(lambda: pane.list.count() == 1)
    assert from_mime(pane.list.mimeData([pane.list.item(0)])) == Dragged("a" * 64, 12, "Storks, however, glide.")
    pane.list.itemClicked.emit(pane.list.item(0))
    pane.reader.setTextCursor(pane.reader.document().find("The leader breaks the wind"))
    made = from_mime(pane.reader.createMimeDataFromSelection())
    assert made == Dragged("a" * 64, 1, "The leader breaks the wind")
    pane.reader.setTextCursor(pane.reader.document().find("How geese fly"))
    assert from_mime(pane.reader.createMimeDataFromSelection()) is None


def test_a_passage_dropped_on_a_cell_is_its_evidence(driver: Driver) -> None:
    window = stocked(driver).window
    drop(driver, 1, 5, to_mime(Dragged("a" * 64, 12, "Storks, however, glide.")))
    cell = driver.workbench.project.table.rows[1].cells[5]
    assert (cell.text, cell.status, cell.verdict) == ("Storks, however, glide.", Status.SUPPORTED, Verdict.EDITED)
    assert cell.evidence == (
        Evidence(
            SourceKind.LIBRARY, "How geese fly", "Storks, however, glide.", Match.EXACT, 9, "9",
            chunk=12, sha256="a" * 64, first_hand=False,
        ),
    )  # fmt: skip
    window.workbench.session.undo()
    assert driver.workbench.project.table.rows[1].cells[5].status is Status.NOT_STATED
    before = driver.workbench.project.table
    words = QMimeData()
    words.setText("Storks")
    drop(driver, 1, 5, words)
    assert driver.workbench.project.table == before


def test_a_click_on_a_library_citation_opens_it_at_its_chunk(driver: Driver) -> None:
    window = stocked(driver).window
    drop(driver, 1, 5, to_mime(Dragged("a" * 64, 12, "Storks, however, glide.")))
    window.library.reader.clear()
    row = driver.workbench.project.table.rows[1]
    window.checking.choose_cell(row, row.cells[5], 0)
    assert not window.library.reader.document().find("Storks, however, glide.").isNull()
    driver.engines.lose_library()
    window.checking.choose_cell(row, row.cells[5], 0)
    assert "no longer in the library" in window.message.text.text()


def test_a_folder_is_removed_again(driver: Driver) -> None:
    window = stocked(driver).window
    window.library.remove_requested.emit(str(Path("/somewhere/birds")))
    driver.wait(lambda: window.library.list.count() == 0)
    assert window.library.empty.isVisibleTo(window.library)


def test_what_stands_beside_a_cell_is_shown_with_its_evidence(driver: Driver) -> None:
    driver.open()
    driver.fill()
    row = driver.workbench.project.table.rows[1]
    beside = replace(row.cells[2], note="The numbers differ (60% in the citing paper, 51.5% in the work).")
    driver.window.evidence.show_cell(row, beside, 0)
    assert "60% in the citing paper, 51.5% in the work" in driver.window.evidence.text.toPlainText()
    driver.window.evidence.show_cell(row, row.cells[2], 0)
    assert "citing paper" not in driver.window.evidence.text.toPlainText()


def test_a_citation_is_judged_where_it_is_read(driver: Driver) -> None:
    window = stocked(driver).window
    assert "2 documents taken in" in window.message.text.text()
    drop(driver, 1, 5, to_mime(Dragged("a" * 64, 12, "Storks, however, glide.")))
    row = driver.workbench.project.table.rows[1]
    window.checking.choose_cell(row, row.cells[5], 0)
    assert window.library.foot.isVisible()
    window.library.accept.click()
    assert driver.workbench.cells.at(row.work.id, row.cells[5].column).verdict is Verdict.ACCEPTED
    window.library.back.click()
    assert not window.evidence.visibleRegion().isEmpty() and window.evidence.accept.isVisible()
    window.files.new()
    assert not window.library.foot.isVisible()


def test_a_chip_names_a_document_by_whole_words() -> None:
    assert short_title("How geese fly over the warm fields of summer") == "How geese fly over…"
    assert short_title("How geese fly") == "How geese fly"
    assert (
        short_title("候鸟迁徙中的队形选择与能量消耗研究综述以及展望") == "候鸟迁徙中的队形选择与能量消耗研究综述以及展…"
    )
