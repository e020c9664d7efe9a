"""The cited works' own files: found in a folder or in Zotero, taken in, and filling their rows first-hand with a citation into them."""

from __future__ import annotations

import html
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from tests.doubles.cited_pdfs import write_pdf, write_work
from tests.doubles.zotero import Folder, Item, ZoteroData, serving
from tests.telling import COLUMNS, QUIET, SAMPLE

from citegrid.core.document import PaperDetails
from citegrid.core.errors import InputError, UsageError
from citegrid.core.evidence import SourceKind
from citegrid.core.holdings import CitedFiles, link_of, wanted_list
from citegrid.core.project import LISTED, Project
from citegrid.core.serialisation.result import from_json, to_json
from citegrid.core.table import Status
from citegrid.pipeline.recheck import verify
from citegrid.store.zotero.manager import Zotero
from citegrid.workbench.export_service import ExportOptions
from citegrid.workbench.workbench import Workbench

#: Works of the sample's list: one with an arXiv id, one with a DOI, one by title alone.
BY_ARXIV, BY_DOI, BY_TITLE = "r21", "r6", "r9"


@pytest.fixture
def opened(workbench, loop, tmp_path, monkeypatch) -> Workbench:
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
    return workbench


def entry(workbench: Workbench, name: str):
    return next(r for r in workbench.shown_paper.references if r.id == name)


@pytest.fixture
def folder(opened, tmp_path) -> Path:
    folder = tmp_path / "my papers"
    write_work(folder / "a.pdf", entry(opened, BY_TITLE))
    write_pdf(
        folder / "deep" / "b.pdf",
        "Teaching models to quote",
        ["J. Menick"],
        note="arXiv:2203.11147v1 [cs.CL] 21 Mar 2022",
    )
    write_work(folder / "c.pdf", entry(opened, BY_DOI), note="https://doi.org/10.18653/v1/N19-1423")
    write_pdf(folder / "geese.pdf", "On the wedge in which geese fly over the sea", ["Ann Lee"])
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 oh")
    (folder / "notes.txt").write_text("no PDF")
    return folder


def names(cited: CitedFiles) -> dict[str, str]:
    return {reference.id: Path(file.path).name for reference, file in cited.found}


def test_a_folder_is_matched_with_the_list_and_what_is_missing_is_named(opened, loop, folder):
    cited = loop.wait(opened.cited.in_folder(folder), QUIET)
    assert names(cited) == {BY_TITLE: "a.pdf", BY_DOI: "c.pdf", BY_ARXIV: "b.pdf"}
    assert (len(cited.found), cited.total) == (3, len(opened.shown_paper.references))
    assert len(cited.faults) == 1
    assert cited.faults[0].startswith("broken.pdf")
    lines = wanted_list(cited.missing).splitlines()
    assert len(lines) == len(cited.missing)
    assert any(line.endswith("\t10.18653/v1/N18-1074\thttps://doi.org/10.18653/v1/N18-1074") for line in lines)
    assert "https://arxiv.org/abs/2310.11511" in map(link_of, cited.missing)


def test_a_folder_is_read_once(opened, loop, folder, monkeypatch):
    first = loop.wait(opened.cited.in_folder(folder), QUIET)
    monkeypatch.setattr(
        "citegrid.pipeline.library.front_pages.read_document", lambda *_, **__: pytest.fail("read again")
    )
    (folder / "broken.pdf").unlink()
    assert names(loop.wait(opened.cited.in_folder(folder), QUIET)) == names(first)


def test_files_of_a_folder_are_the_cited_works_for_a_run(opened, loop, folder):
    opened.cited.take_in(loop.wait(opened.cited.in_folder(folder), QUIET))
    assert dict(opened.project.details)
    assert {d.origin for _, d in opened.project.details} == {LISTED}
    loop.wait(opened.library.update(), QUIET)
    assert set(opened.cited.here()) == {BY_TITLE, BY_DOI, BY_ARXIV}
    run = opened.library.for_run()
    assert [run.of_reference(entry(opened, n)).name for n in (BY_TITLE, BY_DOI, BY_ARXIV)] == [
        "a.pdf",
        "c.pdf",
        "b.pdf",
    ]
    assert run.of_reference(entry(opened, "r1")) is None
    opened.session.undo()
    assert (opened.project.library, opened.project.details) == ((), ())


def test_a_file_that_a_list_names_is_read_as_it_is_when_it_is_opened(opened, loop, folder):
    loop.wait(opened.cited.take_in(loop.wait(opened.cited.in_folder(folder), QUIET)), QUIET)
    loop.wait(opened.papers.add(folder / "deep" / "b.pdf"), QUIET)
    assert opened.shown_paper.document.title == "Teaching models to quote"


def _check_first_hand(workbench: Workbench, loop) -> None:
    workbench.table.set_limits(6, 120)
    workbench.table.set_columns(COLUMNS)
    loop.wait(workbench.fill.start(), QUIET)
    project = from_json(json.loads(json.dumps(to_json(workbench.project, "test"))))
    rows = {row.work.id: row for row in project.table.rows}
    assert {BY_TITLE, BY_ARXIV} <= set(rows), "the most cited works have rows"
    for name in (BY_TITLE, BY_ARXIV):
        cell = next(c for c in rows[name].cells if c.column == COLUMNS[2].name)
        assert cell.status is Status.SUPPORTED
        own = cell.evidence[0]
        assert "lantern method" in own.quote or "timetables" in own.quote
        assert (own.kind, own.first_hand) == (SourceKind.LIBRARY, True)
        assert own.sha256 in dict(project.details)
        place = workbench.library.place_of(own)
        assert place is not None
        assert place[1].page == 1
    assert verify(project, workbench.shown_paper.document, workbench.library.place_of)[1] == []


# -- Zotero -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def zotero(opened, tmp_path) -> ZoteroData:
    """A library with three cited works, whose files alone would not tell what they are, and one without its file."""
    folders = (Folder("CREAD001", "To read"),)
    gao, menick, bert, liu = (entry(opened, name) for name in (BY_TITLE, BY_ARXIV, BY_DOI, "r18"))
    items = (
        Item("IGAO0001", gao.title, (("Tianyu", "Gao"),), "2023", {}, "1.pdf", collections=("CREAD001",)),
        Item("IMENICK1", "Quotes", (("Jacob", "Menick"),), "2022", {"extra": "arXiv:2203.11147 [cs.CL]", "url": "https://arxiv.org/abs/2203.11147"}, "2.pdf"),
        Item("IBERT001", "Another name for it", (("J.", "Devlin"),), "2019", {"DOI": bert.doi.upper()}, "3.pdf"),
        Item("ILIU0001", liu.title, (("Nelson", "Liu"),), "2023", {}, "gone.pdf"),
        Item("IALONE01", pdf="alone.pdf"),
    )  # fmt: skip
    data = ZoteroData(tmp_path / "home", items, folders)
    for item in items[:3]:
        write_pdf(data.path_of(item), "Working draft", ["A. Nonymous"], note=item.key)
    write_work(data.path_of(items[4]), entry(opened, "r32"))
    opened.session.engines = replace(opened.session.engines, manager=lambda folder: Zotero(folder, data.home))
    assert menick.arxiv
    return data


def test_zoteros_files_are_found_by_doi_arxiv_id_title_and_first_page(opened, loop, zotero):
    with serving(zotero) as server:
        cited = loop.wait(opened.cited.in_zotero(), QUIET)
    assert server.asked
    assert names(cited) == {BY_TITLE: "1.pdf", BY_ARXIV: "2.pdf", BY_DOI: "3.pdf", "r32": "alone.pdf"}
    assert [str(fault) for fault in cited.faults] == ["gone.pdf is not on this computer."]
    assert "r18" in [r.id for r in cited.missing]
    loop.wait(opened.cited.take_in(cited), QUIET)
    assert sorted(d.origin for _, d in opened.project.details) == ["Zotero", LISTED, LISTED, LISTED]
    assert set(opened.cited.here()) == {BY_TITLE, BY_ARXIV, BY_DOI, "r32"}
    _check_first_hand(opened, loop)


def test_a_collection_becomes_the_background_with_zoteros_data(opened, loop, zotero):
    holdings = loop.wait(opened.cited.list_zotero(), QUIET)
    assert holdings.copied
    key = next(c.key for c in holdings.collections if c.name == "To read")
    files = loop.wait(opened.cited.gather(holdings.within(key)), QUIET)
    loop.wait(opened.cited.use_as_background(files), QUIET)
    assert [d.title for d in opened.library.documents()] == [entry(opened, BY_TITLE).title]
    assert len(opened.library.roots) == 1
    loop.wait(opened.cited.use_as_background(files), QUIET)
    assert len(opened.library.roots) == 1
    with pytest.raises(InputError, match="not on this computer"):
        loop.wait(opened.cited.gather([holdings.of_key("ILIU0001")]), QUIET)


def test_a_paper_of_zotero_bears_its_data_until_a_person_says_otherwise(opened, loop, zotero):
    holdings = loop.wait(opened.cited.list_zotero(), QUIET)
    item = holdings.of_key("FBERT001")
    assert holdings.of_file(item.files[0]) is item
    loop.wait(opened.papers.open(Path(item.files[0]), details=item.details("Zotero")), QUIET)
    document = opened.shown_paper.document
    assert (document.title, document.authors, document.year) == ("Another name for it", ("Devlin, J.",), 2019)
    assert document.corrected.origin == "Zotero"
    project = from_json(json.loads(json.dumps(to_json(opened.project, "test"))))
    assert project.details == opened.project.details
    loop.wait(opened.shown_paper.correct(replace(opened.shown_paper.details, title="As I say", origin="")), QUIET)
    loop.wait(opened.papers.open(Path(item.files[0]), details=item.details("Zotero")), QUIET)
    assert opened.shown_paper.document.title == "As I say"


def test_nothing_is_looked_for_before_a_paper_with_a_list_is_there(workbench, tmp_path):
    with pytest.raises(UsageError, match="No paper"):
        workbench.cited.in_folder(tmp_path)
    assert workbench.cited.here() == {}


def test_a_folder_without_a_pdf_says_so(opened, loop, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no PDF in empty"):
        loop.wait(opened.cited.in_folder(tmp_path / "empty"), QUIET)


def test_details_of_a_person_stay():
    said = Project(details=(("a", details("mine", "")),)).with_details(
        [("a", details("theirs", "Zotero")), ("b", details("new", LISTED))]
    )
    assert [(sha, d.title) for sha, d in said] == [("a", "mine"), ("b", "new")]
    assert Project(details=said).details_of("b") is None


def details(title: str, origin: str):

    return PaperDetails(title, origin=origin)


def test_works_of_zotero_are_fields_of_zotero_in_the_word_report(opened, loop, zotero, tmp_path):
    with serving(zotero):
        loop.wait(opened.cited.take_in(loop.wait(opened.cited.in_zotero(), QUIET)), QUIET)
    loop.wait(opened.library.update(), QUIET)
    keys = opened.cited.in_manager()
    assert {keys[BY_TITLE], keys[BY_ARXIV], keys[BY_DOI]} == {"IGAO0001", "IMENICK1", "IBERT001"}
    opened.table.set_limits(4, 120)
    opened.table.set_columns(COLUMNS)
    loop.wait(opened.fill.start(), QUIET)
    report = tmp_path / "report.docx"
    loop.wait(opened.reports.export(report, ExportOptions(citations="style")), QUIET)
    with zipfile.ZipFile(report) as parts:
        body = html.unescape(parts.read("word/document.xml").decode())
    assert "ADDIN ZOTERO_ITEM CSL_CITATION" in body and "/items/IGAO0001" in body
