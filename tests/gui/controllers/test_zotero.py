"""Zotero and the cited works in the window: listed, opened, dropped, taken in, marked; and told when they cannot be had."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Driver
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication, QWidget
from tests.doubles.zotero import Folder, Item, ZoteroData, serving

from citegrid.core.holdings import Holdings, LibraryItem
from citegrid.core.library import Background, Chunk, IndexedFile
from citegrid.gui.dialogs.cited_works import CitedDialog
from citegrid.gui.dialogs.zotero import ZoteroDialog
from citegrid.gui.i18n import set_language
from citegrid.gui.items.library_items import YEAR
from citegrid.pipeline.library.ingest import IngestReport
from citegrid.store import paths
from citegrid.store.files import sha256_of
from citegrid.store.library_index import LibraryIndex
from citegrid.store.zotero.manager import Zotero
from citegrid.workbench.library.service import FILE

LIU = "Evaluating verifiability in generative search engines"
GEESE = "On the wedge in which geese fly"


@pytest.fixture
def data(tmp_path: Path) -> ZoteroData:
    items = (
        Item("ILIU0001", LIU, (("Nelson", "Liu"),), "2023", {"DOI": "10.1/liu"}, "liu.pdf", collections=("CSEARCH1",)),
        Item("IGEESE01", GEESE, (("Ann", "Lee"),), "1906", {}, "geese.pdf"),
        Item("INOFILE1", "Without a file", (("Bo", "Chen"),), "2001"),
    )
    made = ZoteroData(tmp_path / "home", items, (Folder("CSEARCH1", "Search engines"), Folder("CEMPTY01", "Empty")))
    for item in items[:2]:
        path = made.path_of(item)
        path.parent.mkdir(parents=True)
        path.write_bytes(item.key.encode())
    return made


@pytest.fixture
def zotero(driver: Driver, data: ZoteroData) -> Iterator[Driver]:
    """A window whose Zotero is the double, and whose library holds what is taken in, by the names of the files."""

    def update(roots: tuple[Path, ...], **_: object) -> IngestReport:
        index = LibraryIndex(paths.cache_folder() / FILE)
        for root in roots:
            sha256 = sha256_of(root)
            index.put(Background(sha256, root.name, f"As read: {root.stem}", chunks=(Chunk(1, "Words."),)))
            index.note(IndexedFile(str(root), 1, 1, sha256))
        index.close()
        return IngestReport(read=len(roots))

    def front(path: Path, data: bytes, **_: object) -> LibraryItem:
        return LibraryItem(str(path), LIU, ("Liu, Nelson",), 2023, files=(str(path),))

    session = driver.workbench.session
    manager = lambda folder: Zotero(folder, data.home)  # noqa: E731
    session.engines = replace(session.engines, manager=manager, update_library=update, read_front=front)
    yield driver


def listed(driver: Driver) -> ZoteroDialog:
    driver.window.actions_["zotero"].trigger()
    driver.wait(lambda: isinstance(driver.window.zotero.dialog, ZoteroDialog))
    dialog = driver.window.zotero.dialog
    assert isinstance(dialog, ZoteroDialog)
    return dialog


def titles(dialog: ZoteroDialog) -> list[str]:
    return [dialog.items.index(row, 0).data() for row in range(dialog.items.rowCount())]


def test_nothing_is_asked_before_a_person_wishes_it(zotero: Driver, data: ZoteroData) -> None:
    with serving(data) as server:
        zotero.open()
        assert server.asked == []


def test_collections_and_search_narrow_what_is_shown(zotero: Driver, data: ZoteroData) -> None:
    with serving(data):
        dialog = listed(zotero)
    assert "As Zotero gives it now" in dialog.origin.text()
    assert titles(dialog) == [LIU, GEESE, "Without a file"]
    assert dialog.count.text() == "3 items, 2 with a PDF"
    assert not dialog.open_.isEnabled()
    assert not dialog.cited.isEnabled()  # there is no list yet
    dialog.search.setText("lee 1906")
    assert titles(dialog) == [GEESE]
    dialog.search.setText("nothing")
    assert titles(dialog) == []
    assert dialog.view.hint == "No item has these words."
    assert not dialog.background.isEnabled()
    dialog.search.clear()
    assert [dialog.tree.topLevelItem(i).text(0) for i in range(4)] == [
        "Everything",
        "Empty",
        "Search engines",
        "Reading group",
    ]
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(2))
    assert titles(dialog) == [LIU]
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(1))
    assert dialog.view.hint == "No item here."
    dialog.reject()


def test_an_item_is_opened_with_zoteros_data_and_the_origin_is_told(zotero: Driver, data: ZoteroData) -> None:
    dialog = listed(zotero)
    assert "copy of Zotero's database" in dialog.origin.text()
    assert "does not run" in dialog.origin.text()
    dialog.view.selectRow(2)
    assert not dialog.open_.isEnabled()  # it has no PDF
    dialog.view.clearSelection()  # a modifier key that an earlier test pressed last would make this add a row to it
    dialog.view.selectRow(1)
    dialog.open_.click()
    zotero.wait(lambda: zotero.workbench.shown_paper.document is not None, 20_000)
    document = zotero.workbench.shown_paper.document
    assert (document.title, document.authors, document.year) == (GEESE, ("Lee, Ann",), 1906)
    assert document.corrected.origin == "Zotero"
    zotero.window.papers.ask_details()
    shown = [label.text() for label in zotero.window.papers.dialog.findChildren(type(dialog.origin))]
    assert any("These data come from Zotero" in text for text in shown)
    zotero.window.papers.dialog.reject()


@pytest.mark.parametrize("running", [True, False])
def test_a_file_dropped_from_zotero_bears_its_data(zotero: Driver, data: ZoteroData, running: bool) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(data.path_of(data.items[1])))])
    if not running:
        data.database.write_bytes(b"broken")  # the paper is opened all the same
    assert zotero.window.files.welcome(dropped)
    zotero.window.files.drop(dropped)
    zotero.wait(lambda: zotero.workbench.shown_paper.document is not None, 20_000)
    assert (zotero.workbench.shown_paper.document.title == GEESE) == running
    assert zotero.window.message.isVisible() != running


def test_a_link_of_zotero_is_an_item(zotero: Driver) -> None:
    def drop(key: str) -> None:
        dropped = QMimeData()
        dropped.setUrls([QUrl(f"zotero://select/library/items/{key}")])
        assert zotero.window.files.welcome(dropped)
        zotero.window.files.drop(dropped)

    drop("INOFILE1")
    zotero.wait(zotero.window.message.isVisible)
    assert zotero.workbench.project.paper is None
    drop("ILIU0001")
    zotero.wait(lambda: zotero.workbench.shown_paper.document is not None, 20_000)
    assert zotero.workbench.shown_paper.document.title == LIU


def cited(driver: Driver) -> CitedDialog:
    driver.wait(lambda: isinstance(driver.window.zotero.dialog, CitedDialog))
    dialog = driver.window.zotero.dialog
    assert isinstance(dialog, CitedDialog)
    return dialog


def test_the_cited_works_are_found_taken_in_and_marked(zotero: Driver, data: ZoteroData) -> None:
    zotero.open()
    pane = zotero.window.references
    assert pane.count.text() == "3 entries"
    pane.in_zotero.trigger()
    dialog = cited(zotero)
    assert dialog.lead.text() == "1 of 3 works are here."
    here, missing = (dialog.list.topLevelItem(i) for i in range(2))
    assert (here.childCount(), missing.childCount()) == (1, 2)
    assert here.child(0).text(1) == "liu.pdf"
    dialog.copy.click()
    assert QApplication.clipboard().text().splitlines() == [
        "Gao (2023). Enabling language models to generate text with citations",
        "Rashkin (2021). Measuring attribution in natural language generation models",
    ]
    dialog.take.click()
    zotero.wait(lambda: pane.count.text() == "3 entries, 1 here")
    zotero.idle()
    liu = pane.filter.index(2, 0)
    assert "In the library: " in liu.data(Qt.ItemDataRole.ToolTipRole)
    assert zotero.window.message.text.text() == "1 document taken in"
    assert [d.origin for _, d in zotero.workbench.project.details] == ["Zotero"]
    zotero.window.actions_["undo"].trigger()
    zotero.wait(lambda: pane.count.text() == "3 entries")


def test_a_folder_is_matched_and_the_dialog_speaks_chinese(zotero: Driver, tmp_path: Path) -> None:
    zotero.open()
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "x.pdf").write_bytes(b"drawn")
    zotero.window.zotero.find_in(folder)
    dialog = cited(zotero)
    assert dialog.lead.text() == "1 of 3 works are here."
    dialog.reject()
    zotero.wait(lambda: zotero.window.zotero.dialog is None)
    set_language("zh")
    zotero.window.zotero.find_in(folder)
    assert cited(zotero).lead.text() == "3 篇文献中有 1 篇在这里。"
    cited(zotero).reject()
    zotero.wait(lambda: zotero.window.zotero.dialog is None)
    dialog = listed(zotero)
    heads = [dialog.items.headerData(i, Qt.Orientation.Horizontal) for i in range(4)]
    assert heads == ["题名", "作者", "年份", "PDF"]
    dialog.reject()


def test_a_collection_becomes_the_background(zotero: Driver) -> None:
    zotero.open()
    dialog = listed(zotero)
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(2))
    assert dialog.background.text() == "Use 1 as background"
    dialog.background.click()
    zotero.wait(lambda: bool(zotero.workbench.library.files()))
    zotero.idle()
    assert [d.title for d in zotero.workbench.library.documents()] == [LIU]
    assert zotero.window.references.count.text() == "3 entries, 1 here"


def test_a_collection_becomes_the_rows_of_one_table(zotero: Driver) -> None:
    zotero.window.actions_["many_papers"].trigger()
    batch = zotero.window.batch.dialog
    assert batch is not None
    batch.zotero.click()
    zotero.wait(lambda: isinstance(zotero.window.zotero.dialog, ZoteroDialog))
    dialog = zotero.window.zotero.dialog
    assert isinstance(dialog, ZoteroDialog)
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(2))
    name = dialog.tree.topLevelItem(2).text(0)  # type: ignore[union-attr]
    dialog.rows.click()
    zotero.wait(lambda: batch.items.rowCount() > 0)
    assert batch.place.text() == f"Zotero: {name}"
    (one,) = zotero.workbench.many_papers.account
    assert one.name == LIU and one.sha256
    batch.close()


def test_a_zotero_that_cannot_be_read_is_one_sentence_with_the_next_step(zotero: Driver, data: ZoteroData) -> None:
    data.database.unlink()
    with serving(data, "off"):
        zotero.window.actions_["zotero"].trigger()
        zotero.wait(zotero.window.message.isVisible)
    assert zotero.window.message.text.text().startswith(
        "Zotero runs, but does not let other programs read its library."
    )
    assert "Allow other applications" in zotero.window.message.text.text()
    assert zotero.window.message.button.text() == "Zotero's data folder…"
    zotero.window.message.button.click()
    assert zotero.window.zotero.dialog.windowTitle() == "Choose Zotero's data folder"
    zotero.window.zotero.dialog.reject()


@pytest.mark.parametrize(
    "words",
    [
        f"Liu, Nelson, et al. “{LIU}.” arXiv, 2023.",
        "@article{liu, doi = {10.1/liu},",
        "zotero://select/library/items/ILIU0001",
    ],
)
def test_an_item_dropped_as_its_entry_opens_its_pdf(zotero: Driver, data: ZoteroData, words: str) -> None:
    assert not zotero.window.files.welcome(of_zotero("")) and not zotero.window.files.welcome(plain(LIU))
    assert zotero.window.files.welcome(of_zotero(words))
    zotero.window.files.drop(of_zotero(words))
    zotero.wait(lambda: zotero.workbench.shown_paper.document is not None)
    assert zotero.workbench.shown_paper.details.title == LIU


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Chen, Bo. Without a file. 2001.", "That item of Zotero has no PDF on this computer."),
        (f"Liu. {LIU}. 2023.\n\nLee. {GEESE}. 1906.", "Drop one item"),
        ("Nothing that anybody knows.", "What was dropped names no item of Zotero."),
    ],
)
def test_a_drop_that_opens_nothing_says_why(zotero: Driver, words: str, told: str) -> None:
    zotero.window.files.drop(of_zotero(words))
    zotero.wait(lambda: zotero.window.message.text.text().startswith(told))
    assert zotero.workbench.project.paper is None


def of_zotero(words: str) -> QMimeData:
    """What Zotero offers of an item without a file of its own."""
    dropped = plain(words)
    dropped.setData("text/x-moz-url-priv", b"")
    return dropped


def plain(words: str) -> QMimeData:
    dropped = QMimeData()
    dropped.setText(words)
    return dropped


def test_what_was_asked_for_a_project_that_was_left_is_dropped(zotero: Driver) -> None:
    zotero.open()
    zotero.window.zotero.find_in_zotero()
    zotero.window.files.new()
    zotero.idle()
    assert zotero.window.zotero.dialog is None


def test_thousands_of_items_are_shown_searched_and_sorted_in_a_moment(qtbot) -> None:  # type: ignore[no-untyped-def]
    items = tuple(
        LibraryItem(f"K{n}", f"Work {n * 7919 % 5000} of many", ("Smith, A",), 2000 + n % 9) for n in range(5000)
    )
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ZoteroDialog(Holdings(items), parent, listed=True)
    began = time.process_time()
    dialog.search.setText("work 17")
    assert all("17" in title for title in titles(dialog))
    dialog.view.sortByColumn(YEAR, Qt.SortOrder.DescendingOrder)
    assert dialog.items.shown[0].year == 2008
    assert time.process_time() - began < 0.5
    dialog.close()
