"""Handing reports out and taking them back, as a person does."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from conftest import Driver
from docx import Document
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from citegrid.core.table import Status, Verdict
from citegrid.gui.dialogs.export import ExportDialog
from citegrid.gui.dialogs.word_changes import WordChangesDialog
from citegrid.pipeline.export.word.write import write_docx
from citegrid.workbench import export_service
from citegrid.workbench.export_service import ExportOptions


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, ExportOptions]]:
    """What was written, and with which choices."""
    written_ones: list[tuple[Path, ExportOptions]] = []

    def write(path: Path, project, sources, helpers, options: ExportOptions, *more) -> Path:  # type: ignore[no-untyped-def]
        done = real(path, project, sources, helpers, options, *more)
        written_ones.append((path, options))
        return done

    real = export_service.write
    monkeypatch.setattr(export_service, "write", write)
    return written_ones


def test_the_export_dialog_warns_and_hands_its_choices_on(
    driver: Driver, exports: list[tuple[Path, ExportOptions]]
) -> None:
    driver.open()
    driver.fill()
    doubted = sum(
        c.status is Status.UNSUPPORTED and bool(c.text) for r in driver.workbench.project.table.rows for c in r.cells
    )
    driver.window.actions_["export"].trigger()
    dialog = driver.window.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.warning.isVisible() == bool(doubted)
    dialog.style_.setCurrentIndex(dialog.style_.findData("ieee"))
    dialog.comments.setChecked(True)
    Document().save(driver.folder / "own.docx")
    dialog.take_template(driver.folder / "own.docx")
    dialog.accept()
    place = next(d for d in driver.window.findChildren(QFileDialog) if d.isVisible())
    out = driver.folder / "报告 #1 50%"
    place.fileSelected.emit(str(out))
    place.close()
    driver.wait(lambda: bool(exports))
    assert exports == [
        (
            out.with_name(out.name + ".docx"),
            ExportOptions("ieee", driver.folder / "own.docx", True, citations="style", track=True),
        )
    ]


def test_word_s_choices_are_shut_for_other_formats(driver: Driver) -> None:
    dialog = ExportDialog((2, 1), ExportOptions(), "en", driver.window)
    dialog.show()
    assert dialog.warning.isVisible() and "(cells: 2, sentences: 1)" in dialog.warning.text()
    dialog.format.setCurrentIndex(dialog.format.findData(".bib"))
    assert not dialog.warning.isVisible()
    assert not dialog.comments.isEnabled() and not dialog.style_.isEnabled() and not dialog.template.isEnabled()
    dialog.reject()


def test_a_preview_shows_how_a_citation_will_look(driver: Driver) -> None:
    dialog = ExportDialog((0, 0), ExportOptions("none", citations="long", evidence=False), "zh", driver.window)
    none = dialog.style_.findData("none")
    assert dialog.style_.currentIndex() == none and "paper.pdf, page 12" in dialog.preview.text()
    assert not dialog.evidence.isChecked() and not dialog.track.isChecked()
    dialog.citations.setCurrentIndex(dialog.citations.findData("style"))
    assert dialog.style_.currentData() == "", "a citation by style needs its list"
    assert "<sup>[3]12</sup>." in dialog.preview.text(), "the usual style of the report's language"
    dialog.style_.setCurrentIndex(dialog.style_.findData("apa"))
    assert "(Gao et al., 2023, p. 12)" in dialog.preview.text()
    dialog.citations.setCurrentIndex(dialog.citations.findData("footnotes"))
    assert "¹ Gao et al., 2023, page 12" in dialog.preview.text()
    dialog.reject()


def answer(driver: Driver, role: QMessageBox.ButtonRole) -> str:
    box = next(b for b in driver.window.findChildren(QMessageBox) if b.isVisible())
    text = box.text()
    next(b for b in box.buttons() if box.buttonRole(b) is role).click()
    driver.bot.wait(20)
    return text


def test_a_file_that_is_not_ours_or_was_changed_is_asked_about(
    driver: Driver, exports: list[tuple[Path, ExportOptions]]
) -> None:
    driver.open()
    driver.fill()
    path = driver.folder / "report.docx"
    path.write_bytes(b"theirs")
    driver.window.reports.export(path)
    assert "did not write it" in answer(driver, QMessageBox.ButtonRole.RejectRole)
    driver.idle()
    assert path.read_bytes() == b"theirs" and not exports
    driver.window.reports.export(path)
    answer(driver, QMessageBox.ButtonRole.AcceptRole)
    driver.wait(lambda: bool(exports))
    assert [one for one, _ in exports] == [path]
    driver.window.reports.export(path)
    driver.wait(lambda: len(exports) > 1)
    assert [one for one, _ in exports] == [path, path]
    path.write_bytes(b"edited by hand")
    driver.window.reports.export(path)
    assert "was changed" in answer(driver, QMessageBox.ButtonRole.RejectRole)


def edited(driver: Driver) -> tuple[Path, str]:
    """A report in which two cells say something else; the column of the first."""
    document = Document(BytesIO(write_docx(driver.workbench.project)))
    cells = document.tables[0].rows[1].cells
    for cell, text in ((cells[1], "A new text"), (cells[2], "Another text")):
        cell.paragraphs[0].runs[0].text = text
        for link in list(cell.paragraphs[0]._p.iter()):
            if link.tag.endswith("}hyperlink"):
                link.getparent().remove(link)
    path = driver.folder / "edited.docx"
    document.save(path)
    return path, driver.workbench.project.table.columns[1].name


def test_what_others_changed_is_taken_over_or_left(driver: Driver) -> None:
    driver.open()
    driver.fill()
    path, column = edited(driver)
    driver.engines.model.sure = -5.0  # it finds nothing likely
    work = driver.workbench.project.table.rows[0].work.id
    other = driver.workbench.project.table.rows[0].cells[2]
    driver.window.reports.read_back(path)
    driver.wait(lambda: driver.window.findChild(WordChangesDialog) is not None)
    dialog = driver.window.findChild(WordChangesDialog)
    assert dialog is not None and len(dialog.boxes) == 2
    dialog.boxes[0].setChecked(True)
    next(b for b in dialog.findChildren(QPushButton) if b.text() == "Take over").click()
    cell = driver.workbench.cells.at(work, column)
    assert (cell.text, cell.status, cell.verdict) == ("A new text", Status.UNSUPPORTED, Verdict.EDITED)
    assert driver.workbench.cells.at(work, other.column) == other
    driver.window.actions_["undo"].trigger()
    assert driver.workbench.cells.at(work, column).text != "A new text"


def test_the_clipboard_has_citations_as_rich_text(driver: Driver) -> None:
    driver.open()
    driver.fill()
    driver.window.table.view.selectAll()
    driver.window.table.view.copy()
    data = QApplication.clipboard().mimeData()
    assert "[doc: paper.pdf" in data.html() and "[doc:" not in data.text()
    driver.window.review.copy()
    data = QApplication.clipboard().mimeData()
    mark = "paper.pdf"
    assert mark in data.html() and mark in data.text() and "<p>" in data.html()
