"""A library in a filled project, with a double for the model: rows, first-hand sources, review, export, verify, renames."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from tests.doubles.engines import FakeModel

from citegrid import wiring
from citegrid.cli.progress import ProgressLine
from citegrid.core.evidence import SourceKind
from citegrid.core.project import Part
from citegrid.core.reference import WorkKind
from citegrid.core.serialisation.result import from_json, to_json
from citegrid.core.serialisation.statement_json import review_text
from citegrid.core.table import Column, Status
from citegrid.pipeline.recheck import verify
from citegrid.store import project_folder
from citegrid.store.model_files import models
from citegrid.workbench.workbench import Workbench

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
COLUMNS = [Column("文献名称"), Column("作者与年份"), Column("主要方法")]
QUIET = ProgressLine(quiet=True)
TOPIC = (
    "We propose a checking desk where language models give citations for every claim.\n\n"
    "We train annotators to judge whether a citation supports the generated sentence in 40 minutes.\n"
)


class Telling(FakeModel):
    """Translates each sentence of the library into words of its own, all others into the same, and carries every claim."""

    def __init__(self) -> None:
        super().__init__(lambda ask: self._say(ask.own.splitlines()[-1]) if "译成中文" in ask.own else "")

    @staticmethod
    def _say(sentence: str) -> str:
        """Different words for the library's sentences: the review says nothing twice."""
        known = {"checking desk": "该桌面要求每个论断附带出处", "annotators": "训练标注者判断句子是否得到引用支持"}
        return next((text for words, text in known.items() if words in sentence), "作者提出了一种核对引用的方法")


@pytest.fixture
def workbench(loop, tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    real = wiring.engines()
    monkeypatch.setattr(models, "resolve", lambda name=None: tmp_path / "fake.gguf")
    monkeypatch.setattr("citegrid.workbench.session.checksum", lambda path, **_: "0" * 64)
    doubles = replace(real, load_model=lambda path, sha256, cancel: Telling())
    made = Workbench(doubles, loop.post)
    yield made
    made.close()


@pytest.fixture
def filled(workbench, loop, tmp_path) -> Workbench:
    """The sample, filled with a library of one cited work, one document on its topic, one on something else."""
    loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
    folder = tmp_path / "library"
    folder.mkdir()
    cited = max(workbench.shown_paper.references, key=lambda r: len(r.mentions))
    front = f"---\ntitle: {cited.title}\nauthor: {cited.authors[0].split(',')[0]}\nyear: {cited.year}\n---\n\n"
    (folder / "cited.md").write_text(front + TOPIC.replace("checking desk", "first-hand desk"), "utf-8")
    title = workbench.shown_paper.document.title
    (folder / "topic.md").write_text(f"# Notes on {title}\n\n{TOPIC}", "utf-8")
    (folder / "geese.txt").write_text("Geese\n\nGeese fly in a wedge because the leader breaks the wind for them.\n")
    loop.wait(workbench.library.add([folder]), QUIET)
    workbench.table.set_limits(7, 200)
    workbench.table.set_columns(COLUMNS)
    loop.wait(workbench.fill.start(), QUIET)
    return workbench


def test_a_document_on_the_topic_becomes_a_row_and_another_does_not(filled):
    rows = [r for r in filled.project.table.rows if r.work.kind is WorkKind.LIBRARY]
    assert [r.work.title.startswith("Notes on") for r in rows] == [True]
    assert len(filled.project.table.rows) == 7
    cell = filled.cells.at(rows[0].work.id, "主要方法")
    assert cell.status is Status.SUPPORTED
    assert all(e.kind is SourceKind.LIBRARY and e.first_hand and e.chunk == 1 for e in cell.evidence)
    assert cell.evidence[0].quote in " ".join(TOPIC.split())
    assert filled.cells.at(rows[0].work.id, "文献名称").status is Status.SUPPORTED


def test_a_cited_work_in_the_library_speaks_for_itself(filled):
    cited = max(filled.shown_paper.references, key=lambda r: len(r.mentions))
    cell = filled.cells.at(cited.id, "主要方法")
    assert cell.status is Status.SUPPORTED
    assert "first-hand desk" in cell.evidence[0].quote or "annotators" in cell.evidence[0].quote
    assert cell.evidence[0].first_hand
    others = [r for r in filled.project.table.rows if r.work.kind is WorkKind.REFERENCE and r.work.id != cited.id]
    assert others
    assert not any(e.kind is SourceKind.LIBRARY for r in others for c in r.cells for e in c.evidence)


def test_the_review_cites_the_library_by_title_and_chunk(filled):
    text = review_text(filled.project.review, "zh")
    assert '[long_context: "' in text
    assert ", chunk 1]" in text


@pytest.mark.parametrize("suffix", [".docx", ".md", ".csv", ".xlsx", ".bib", ".ris", ".json"])
def test_every_format_takes_rows_of_the_library(filled, loop, tmp_path, suffix):
    path = tmp_path / f"report{suffix}"
    loop.wait(filled.reports.export(path), QUIET)
    if suffix == ".docx":
        text = "\n".join(c.text for table in Document(str(path)).tables for row in table.rows for c in row.cells)
    else:
        text = path.read_text("utf-8-sig") if suffix != ".xlsx" else ""
    if suffix in (".docx", ".md", ".csv"):
        assert "long_context" in text.replace("\\_", "_")  # Markdown escapes it
        assert "Notes on" in text
    elif text:
        assert "Notes on" in text
    assert path.stat().st_size > 200


def test_citations_hold_after_files_were_renamed_and_moved_and_fail_when_the_words_are_gone(filled, loop, tmp_path):
    project = from_json(json.loads(json.dumps(to_json(filled.project, "test"))))
    total, faults = verify(project, filled.shown_paper.document, filled.library.place_of)
    assert not faults
    assert total > verify(project, filled.shown_paper.document)[0]
    folder = tmp_path / "library"
    (folder / "inner").mkdir()
    (folder / "topic.md").rename(folder / "inner" / "renamed.md")
    folder.rename(tmp_path / "moved")
    filled.library.remove(folder)
    loop.wait(filled.library.add([tmp_path / "moved"]), QUIET)
    assert verify(project, filled.shown_paper.document, filled.library.place_of) == (total, [])
    changed = tmp_path / "moved" / "inner" / "renamed.md"
    changed.write_text(changed.read_text("utf-8").replace("propose", "doubt").replace("train", "feed"), "utf-8")
    loop.wait(filled.library.update(), QUIET)
    faults = verify(project, filled.shown_paper.document, filled.library.place_of)[1]
    assert faults
    assert all("Notes on" in fault for fault in faults)


def test_a_persons_edit_of_a_library_cell_is_checked_against_its_document(filled, loop):
    row = next(r for r in filled.project.table.rows if r.work.kind is WorkKind.LIBRARY)
    loop.wait(filled.cells.edit(row.work.id, "主要方法", "用40分钟训练标注者"), QUIET)
    assert any(e.kind is SourceKind.LIBRARY for e in filled.cells.at(row.work.id, "主要方法").evidence)


def test_the_project_remembers_its_library(filled, loop, tmp_path):
    filled.session.keep_in(project_folder.create(tmp_path / "project"), None)
    filled.session.save()
    filled.files.open(tmp_path / "project")
    assert filled.library.roots == (tmp_path / "library",)
    assert len(filled.library.files()) == 3
    assert len(filled.project.library[0].sha256) == 64


def test_a_library_that_is_being_read_shows_what_it_has(workbench, loop, tmp_path, monkeypatch):
    monkeypatch.setattr("citegrid.workbench.library.service.EVERY", 0.0)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Title {name}\n\nThe text of document {name} stands here.\n")
    seen: list[int] = []
    workbench.session.watch(
        lambda changed: seen.append(len(workbench.library.files())) if Part.LIBRARY in changed.parts else None
    )
    loop.wait(workbench.library.add([tmp_path]), QUIET)
    assert seen[-1] == 3
    assert len(seen) > 3


def test_a_search_finds_in_both_languages(filled):
    assert filled.library.search("为什么 geese 飞")[0].title == "Geese"
    assert filled.library.search("模型的引用")
    assert filled.library.search("") == []
