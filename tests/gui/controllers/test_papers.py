"""Several papers in the window, with the real Workbench: tabs, a citation that brings up its paper, taking one out."""

from __future__ import annotations

import pymupdf
import pytest
from PySide6.QtCore import Qt

from citegrid import wiring
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import set_rows
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status
from citegrid.gui.bridge import Bridge
from citegrid.gui.settings import Settings
from citegrid.gui.window import Window
from citegrid.workbench.workbench import Workbench


def paper(path, title, words, password=""):
    file = pymupdf.open()
    for number in range(3):
        page = file.new_page()
        page.insert_text((72, 90), f"{title}, part {number + 1}", fontsize=16)
        page.insert_text((72, 130), words, fontsize=11)
    options = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "user_pw": password} if password else {}
    file.save(path, **options)
    return path


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    bridge = Bridge()
    workbench = Workbench(wiring.caged_engines(), bridge.post)
    made = Window(workbench, Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    made.files.open_paper(paper(tmp_path / "first.pdf", "The first", "Geese fly in a wedge."))
    qtbot.waitUntil(lambda: workbench.shown_paper.document is not None, timeout=60000)
    yield made
    made.close()
    workbench.close()
    bridge.shut()


@pytest.fixture
def two(window, qtbot, tmp_path):
    window.papers.add(paper(tmp_path / "second.pdf", "The second", "Herons stand on one leg."))
    qtbot.waitUntil(lambda: len(window.workbench.papers.documents) == 2, timeout=60000)
    return window


def test_one_paper_has_no_tabs(window):
    assert not window.papers.tabs.isVisible()
    assert window.actions_["add_paper"].isEnabled()


def test_a_tab_for_each_paper_shows_its_pages(two):
    tabs = two.papers.tabs
    assert tabs.isVisible()
    assert [tabs.tabText(i) for i in range(tabs.count())] == ["first.pdf", "second.pdf"]
    assert tabs.currentIndex() == 1
    assert "Herons" in two.workbench.shown_paper.document.pages[0].text
    tabs.setCurrentIndex(0)
    assert two.view.source is two.workbench.shown_paper.source
    assert "Geese" in two.workbench.shown_paper.document.pages[0].text


def test_a_click_on_a_cell_opens_the_paper_that_its_citation_names(two):
    box = two.workbench.shown_paper.document.page(2).words[0].box
    quote = Evidence(SourceKind.DOCUMENT, "second.pdf", "The", Match.EXACT, 2, "2", (box,))
    row = Row(Work(WorkKind.PAPER, "paper", "The first"), (Cell("A", "x", Status.SUPPORTED, (quote,)),))
    two.workbench.table.set_columns([Column("A")])
    two.workbench.session.apply(set_rows((row,), two.workbench.project.table))
    two.papers.tabs.setCurrentIndex(0)
    two.checking.choose_cell(row, row.cells[0], 0)
    assert two.workbench.shown_paper.name == "second.pdf"
    assert two.papers.tabs.currentIndex() == 1
    assert two.pdf.canvas.page == 2
    assert two.pdf.canvas.marks[0] == (box,)


def test_a_paper_is_taken_out_from_its_tab_and_comes_back_by_undo(two):
    first, second = two.papers.tabs.menu_at(0).actions()[0], two.papers.tabs.menu_at(1).actions()[0]
    second.trigger()
    assert [f.name for f in two.workbench.project.papers] == ["first.pdf"]
    assert not two.papers.tabs.isVisible()
    assert "Geese" in two.workbench.shown_paper.document.pages[0].text
    two.workbench.session.undo()
    assert two.papers.tabs.count() == 2
    first.trigger()  # the next one takes its place
    assert [f.name for f in two.workbench.project.papers] == ["second.pdf"]
    assert two.workbench.shown_paper.name == "second.pdf"
    assert "Geese" not in two.workbench.shown_paper.document.pages[0].text


def test_the_same_paper_again_is_refused_with_a_sentence(two, qtbot, tmp_path):
    two.papers.add(tmp_path / "second.pdf")
    qtbot.waitUntil(two.message.isVisible, timeout=60000)
    assert len(two.workbench.project.papers) == 2


def test_a_locked_paper_asks_for_its_password(window, qtbot, tmp_path):
    window.papers.add(paper(tmp_path / "locked.pdf", "Locked", "Owls see at night.", password="sesame"))
    qtbot.waitUntil(lambda: window.papers.dialog is not None, timeout=60000)
    dialog = window.papers.dialog
    dialog.given.emit("sesame")
    dialog.close()
    qtbot.waitUntil(lambda: len(window.workbench.papers.documents) == 2, timeout=60000)
    assert window.workbench.shown_paper.name == "locked.pdf"
    assert window.workbench.project.also[0].name == "locked.pdf"


def test_tabs_are_named_for_screen_readers(two):
    assert two.papers.tabs.accessibleName()
    assert two.papers.tabs.contextMenuPolicy() == Qt.ContextMenuPolicy.CustomContextMenu


def test_chips_in_the_table_and_the_review_say_which_paper(two, qtbot):
    view = two.table.view
    assert view.delegate.named and two.review.text._named
    two.workbench.papers.remove("second.pdf")
    qtbot.waitUntil(lambda: len(two.workbench.project.papers) == 1)
    assert not view.delegate.named and not two.review.text._named
