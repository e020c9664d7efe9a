"""The guide in the window: its pages, what is looked for, its links; and the text that a person makes of a problem."""

from __future__ import annotations

from pathlib import Path

from conftest import Driver
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage

from citegrid.gui.dialogs.guide import GuideDialog
from citegrid.workbench.help.guide import links_of, pages


def opened(driver: Driver) -> GuideDialog:
    driver.window.actions_["guide"].trigger()
    dialog = driver.window.findChild(GuideDialog)
    assert dialog is not None
    driver.bot.waitExposed(dialog)
    return dialog


def titles(dialog: GuideDialog) -> list[str]:
    return [dialog.contents.item(n).text() for n in range(dialog.contents.count())]


def test_pages_keys_and_words_are_one_list(driver: Driver) -> None:
    dialog = opened(driver)
    assert titles(dialog) == [*(page.title for page in pages("en")), "Keys", "What the words mean"]
    dialog.show_page("keys")
    assert "Ctrl+Shift+E" in dialog.text.toPlainText() and "Next flagged sentence" in dialog.text.toPlainText()


def test_a_link_turns_to_its_page_and_pictures_fit(driver: Driver) -> None:
    dialog = opened(driver)
    dialog.text.anchorClicked.emit(QUrl("checking.md"))
    assert dialog.text.toPlainText().startswith("Checking what the table says")
    picture = next(link for link in links_of(pages("en")[2].text) if link.endswith(".png"))
    shown = dialog.text.loadResource(2, QUrl(picture))
    assert isinstance(shown, QImage) and 200 < shown.width() <= dialog.text.viewport().width()
    assert dialog.text.horizontalScrollBar().maximum() == 0


def test_what_is_looked_for_leaves_its_pages(driver: Driver) -> None:
    dialog = opened(driver)
    dialog.wanted.setText("zotero")
    assert titles(dialog)[0] == "The cited works themselves: a folder, or Zotero" and len(titles(dialog)) < len(
        pages("en")
    )
    assert dialog.text.textCursor().selectedText().lower() == "zotero"
    dialog.text.anchorClicked.emit(QUrl("word.md"))
    assert dialog.wanted.text() == "" and dialog.text.toPlainText().startswith("Word, Excel")
    dialog.wanted.setText("xyzzy")
    assert titles(dialog) == []


def test_nothing_but_the_guide_is_loaded(driver: Driver) -> None:
    dialog = opened(driver)
    for name in ("https://example.org/a.png", "file:///etc/hostname"):
        shown = dialog.text.loadResource(2, QUrl(name))
        assert isinstance(shown, QImage) and shown.isNull()


def test_a_report_is_read_first_and_tells_nothing_of_the_work(driver: Driver, tmp_path: Path) -> None:
    driver.open()
    driver.fill()
    driver.window.actions_["problem"].trigger()
    dialog = driver.window.problems.dialog
    assert dialog is not None and not dialog.report.isReadOnly()
    cursor = dialog.report.textCursor()
    cursor.insertText("It did not beep. ")
    driver.wait(lambda: "PyMuPDF" in dialog.report.toPlainText())
    text = dialog.report.toPlainText()
    assert text.startswith("It did not beep. ") and "-- the log" in text
    held = driver.workbench.project
    assert not any(row.work.title in text for row in held.table.rows)
    assert held.query not in text
    dialog.write(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text("utf-8") == text
    dialog.go_on.click()
