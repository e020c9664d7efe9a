"""Two main papers in one table, with a double for the model: rows, shared works, citations, review, exports, undo."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from docx import Document
from tests.doubles.engines import FakeModel

from citegrid import wiring
from citegrid.cli.progress import ProgressLine
from citegrid.core.errors import UsageError, WouldReplace
from citegrid.core.evidence import SourceKind
from citegrid.core.paper import ids_of
from citegrid.core.reference import WorkKind
from citegrid.core.serialisation.result import from_json, to_json
from citegrid.core.serialisation.statement_json import review_text
from citegrid.core.table import Column, Status, Verdict
from citegrid.pipeline.recheck import verify
from citegrid.store.model_files import models
from citegrid.workbench.workbench import Workbench

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "paper.pdf"
COLUMNS = [Column("文献名称"), Column("作者与年份"), Column("主要方法")]
QUIET = ProgressLine(quiet=True)
OWN = "Checking Desks for Generated Text"


class Telling(FakeModel):
    """Translates into something else each sentence that tells of a ledger or a desk, and all others into the same."""

    def __init__(self) -> None:
        super().__init__(lambda ask: self._say(ask.own.splitlines()[-1]) if "译成中文" in ask.own else "")

    @staticmethod
    def _say(sentence: str) -> str:
        known = {"ledger": "作者提出了记录论断的账本", "desk": "作者提出了检查生成文本的桌面"}
        return next((text for word, text in known.items() if word in sentence), "作者提出了一种核对引用的方法")


def second_paper(path: Path, shared, sample) -> Path:
    """A paper of two pages that cites a work of the sample (``shared``), the sample itself, and one work that only it
    cites."""
    family = shared.authors[0].split(",")[0]
    body = (
        "1 Introduction\n\n"
        f"We propose a desk that checks generated text. {family} et al. ({shared.year}) propose a benchmark for this task. "
        f"They train models whose words are judged. Earlier, {family} et al. ({shared.year}) introduce measures of support. "
        "Quill and Ember (2019) propose a ledger of claims that we extend. Our desk follows Quill and Ember (2019) closely. "
        f"The review of {sample.authors[0].split()[-1]} ({sample.year}) proposes a view of the whole field.\n\n"
        "2 Method\n\nWe train four readers on the desk. We introduce a rule for their disagreements."
    )
    entries = [
        f"{'; '.join(shared.authors)}. ({shared.year}). {shared.title}. In Proceedings of EMNLP.",
        "Quill, A. and Ember, B. (2019). A ledger of claims for careful readers. Journal of Ledgers, 3(1), 1-9.",
        f"{sample.authors[0].split()[-1]}, T. ({sample.year}). {sample.title}. arXiv preprint.",
    ]
    file = pymupdf.open()
    page = file.new_page()
    page.insert_text((72, 80), OWN, fontsize=18, fontname="hebo")
    page.insert_text((72, 110), "Ada Quill, Boris Ember", fontsize=11)
    page.insert_textbox((72, 130, 540, 700), body, fontsize=11)
    page = file.new_page()
    page.insert_text((72, 75), "References", fontsize=14, fontname="hebo")
    y = 90.0
    for entry in sorted(entries):
        page.insert_textbox((72, y, 540, y + 60), entry, fontsize=10)
        y += 60
    file.set_metadata({"title": OWN})
    file.save(path)
    return path


@pytest.fixture
def workbench(loop, tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(models, "resolve", lambda name=None: tmp_path / "fake.gguf")
    monkeypatch.setattr("citegrid.workbench.session.checksum", lambda path, **_: "0" * 64)
    made = Workbench(replace(wiring.engines(), load_model=lambda path, sha256, cancel: Telling()), loop.post)
    made.files.new(tmp_path / "project")
    yield made
    made.close()


@pytest.fixture
def shared(workbench, loop):
    """The work that both papers cite, as the sample's list gives it."""
    loop.wait(workbench.papers.open(SAMPLE), QUIET)
    return max(
        (r for r in workbench.shown_paper.references if len(r.authors) > 2 and r.title), key=lambda r: len(r.mentions)
    )


@pytest.fixture
def both(workbench, loop, tmp_path, shared) -> Workbench:
    (tmp_path / "other").mkdir()
    path = second_paper(
        tmp_path / "other" / "paper.pdf", shared, workbench.shown_paper.document
    )  # the same name as the sample's
    loop.wait(workbench.papers.add(path), QUIET)
    return workbench


@pytest.fixture
def filled(both, loop) -> Workbench:
    both.table.set_limits(8, 300)
    both.table.set_columns(COLUMNS)
    loop.wait(both.fill.start(), QUIET)
    return both


def row_of(workbench: Workbench, title: str):
    return next(r for r in workbench.project.table.rows if title.casefold() in r.work.title.casefold())


def sources(row) -> set[str]:
    return {e.source for c in row.cells for e in c.evidence if e.kind is SourceKind.DOCUMENT}


def test_papers_of_one_name_are_told_apart_and_shown_one_at_a_time(both, shared):
    assert [f.name for f in both.project.papers] == ["paper.pdf", "paper (2).pdf"]
    assert both.shown_paper.name == "paper (2).pdf"
    assert both.shown_paper.document.title == OWN
    assert len(both.shown_paper.references) == 3
    both.shown_paper.show("paper.pdf")
    assert shared.id in {r.id for r in both.shown_paper.references}
    both.shown_paper.show("nobody.pdf")
    assert both.shown_paper.name == "paper.pdf"


def test_the_same_paper_is_not_added_twice(both, loop):
    with pytest.raises(UsageError, match="already"):
        loop.wait(both.papers.add(SAMPLE), QUIET)
    assert len(both.project.papers) == 2


def test_each_paper_has_a_row_and_the_rows_are_grouped(filled):
    rows = filled.project.table.rows
    assert [r.work.kind for r in rows[:3]] == [WorkKind.PAPER, WorkKind.PAPER, WorkKind.REFERENCE]
    assert len(rows) == 8
    assert rows[1].work.title == OWN
    assert rows[2].work.also
    homes = [":" in r.work.id for r in rows[3:]]
    assert homes == sorted(homes)
    assert row_of(filled, "ledger of claims").work.id.endswith(":" + row_of(filled, "ledger").work.id.split(":")[1])


def test_a_work_that_both_cite_is_one_row_with_evidence_of_both(filled, shared):
    rows = [r for r in filled.project.table.rows if shared.id in ids_of(r.work)]
    assert len(rows) == 1
    assert len(ids_of(rows[0].work)) == 2
    title = filled.cells.at(rows[0].work.id, "文献名称")
    assert {e.source for e in title.evidence} == {"paper.pdf", "paper (2).pdf"}
    assert "paper.pdf" in rows[0].work.reasons[-1]
    assert "paper (2).pdf" in rows[0].work.reasons[-1]


def test_a_main_paper_that_another_cites_is_one_row_in_its_own_words(filled):
    first = filled.project.table.rows[0]
    assert first.work.id == "paper"
    assert len(first.work.also) == 1
    title = filled.cells.at("paper", "文献名称")
    assert title.status is Status.SUPPORTED
    assert {e.source for e in title.evidence} == {"paper.pdf"}
    said = [e for c in first.cells for e in c.evidence]
    assert all((e.source == "paper.pdf") == e.first_hand for e in said)
    assert any(not e.first_hand for e in said)  # the other paper's view


def test_a_row_of_one_paper_is_proved_by_that_paper(filled):
    assert sources(row_of(filled, OWN)) == {"paper (2).pdf"}
    assert sources(row_of(filled, "ledger of claims")) == {"paper (2).pdf"}


def test_what_is_not_stated_names_the_papers_that_were_searched(filled, loop):
    filled.session._model = None
    filled.session.engines = replace(
        filled.session.engines, load_model=lambda path, sha256, cancel: FakeModel(lambda ask: "")
    )
    filled.table.set_columns([*COLUMNS, Column("样本量")])
    loop.wait(filled.fill.start(), QUIET)
    silent = [c for r in filled.project.table.rows for c in r.cells if c.status is Status.NOT_STATED]
    assert silent
    assert all("paper" in c.reason for c in silent if c.column == "样本量")


def test_every_citation_holds_in_its_own_paper(filled):
    total, faults = verify(filled.project, filled.papers.documents[0], None, filled.papers.documents[1:])
    assert total > 10
    assert faults == []
    assert all(c.passed for c in filled.project.checks if "引用" in c.name)
    assert verify(filled.project, filled.papers.documents[0])[
        1
    ]  # looked up in the first alone, the second's quotes are absent


def test_the_review_names_each_paper_and_never_this_paper(filled):
    text = review_text(filled.project.review, "zh")
    assert "[文档: paper (2).pdf, 第1页]" in text or "paper (2).pdf, 第1" in text
    assert "本文" not in text
    assert "回到" not in text


def test_the_json_carries_the_document_of_each_quote_and_reads_back(filled):
    data = json.loads(json.dumps(to_json(filled.project, "0")))
    assert [p["name"] for p in data["run"]["papers"]] == ["paper.pdf", "paper (2).pdf"]
    hashes = {f.name: f.sha256 for f in filled.project.papers}
    said = [c for row in data["rows"] for cell in row["cells"] for c in cell["citations"]]
    said += [c for s in data["review"]["sentences"] for c in s["citations"]]
    assert {c["document_sha256"] for c in said} == set(hashes.values())
    assert all(c["document_sha256"] == hashes[c["source"]] for c in said)
    again = from_json(data)
    assert to_json(again, "0") == data
    assert [f.sha256 for f in again.papers] == list(hashes.values())


def test_a_result_of_one_paper_has_none_of_these_fields(workbench, loop):
    loop.wait(workbench.papers.open(SAMPLE), QUIET)
    workbench.table.set_limits(3, 100)
    workbench.table.set_columns(COLUMNS)
    loop.wait(workbench.fill.start(), QUIET)
    text = json.dumps(to_json(workbench.project, "0"))
    assert not re.search('"papers"|"also"|"label_offsets"|document_sha256', text)


def test_the_project_opens_with_both_papers(filled, loop):
    before = filled.project
    folder = filled.folder
    filled.files.open(folder)
    for job in filled.files.reopen_sources():
        loop.wait(job, QUIET)
    assert to_json(filled.project, "0") == to_json(before, "0")
    assert filled.project.papers == before.papers
    assert [d.name for d in filled.papers.documents] == ["paper.pdf", "paper (2).pdf"]


def test_a_paper_that_comes_later_brings_its_rows_and_decided_cells_stay(workbench, loop, tmp_path, shared):
    workbench.table.set_limits(4, 200)
    workbench.table.set_columns(COLUMNS)
    loop.wait(workbench.fill.start(), QUIET)
    before = {r.work.id: r for r in workbench.project.table.rows}
    assert shared.id in before
    workbench.cells.judge(shared.id, "文献名称", Verdict.ACCEPTED)
    accepted = workbench.cells.at(shared.id, "文献名称")
    loop.wait(workbench.papers.add(second_paper(tmp_path / "later.pdf", shared, workbench.shown_paper.document)), QUIET)
    loop.wait(workbench.fill.start(), QUIET)
    rows = workbench.project.table.rows
    assert set(before) <= {r.work.id for r in rows}
    assert rows[1].work.title == OWN
    assert len([r for r in rows if shared.id in ids_of(r.work)]) == 1
    assert workbench.cells.at(shared.id, "文献名称") == accepted
    assert {e.source for e in workbench.cells.at(shared.id, "作者与年份").evidence} == {"paper.pdf", "later.pdf"}
    assert row_of(workbench, "ledger of claims")


def test_a_paper_can_be_taken_out_and_back_in(filled, shared):
    before = filled.project
    filled.papers.remove("paper (2).pdf")
    assert filled.project.also == ()
    assert filled.shown_paper.name == "paper.pdf"
    rows = filled.project.table.rows
    assert all(not r.work.also and ":" not in r.work.id for r in rows)
    assert all(sources(r) <= {"paper.pdf"} for r in rows)
    assert filled.cells.at(shared.id, "文献名称").status is Status.WAITING
    filled.session.undo()
    assert filled.project == before
    assert len(filled.papers.documents) == 2


def test_a_page_label_is_put_right_for_one_paper_alone(filled):
    filled.shown_paper.show("paper (2).pdf")
    filled.shown_paper.set_printed_label(1, "101")
    labels = {(e.source, e.page): e.page_label for r in filled.project.table.rows for c in r.cells for e in c.evidence}
    assert labels["paper (2).pdf", 1] == "101"
    assert all(int(label) < 100 for (name, _), label in labels.items() if name == "paper.pdf" and label.isdigit())
    assert from_json(to_json(filled.project, "0")).offset_of("paper (2).pdf") == 100


def test_word_links_each_quote_to_its_own_file(filled, loop, tmp_path):
    path = tmp_path / "report.docx"
    loop.wait(filled.reports.export(path), QUIET)
    links = {r.target_ref.split("#")[0] for r in Document(str(path)).part.rels.values() if r.is_external}
    assert "other/paper.pdf" in links
    text = "\n".join(p.text for p in Document(str(path)).paragraphs)
    assert OWN in text
    assert "paper (2).pdf" in text


def test_each_paper_gets_its_own_annotated_copy_or_none_is_written(filled, loop, tmp_path):
    path = tmp_path / "marked.pdf"
    second = tmp_path / "marked (paper (2)).pdf"
    second.write_bytes(b"somebody's")
    with pytest.raises(WouldReplace):
        loop.wait(filled.reports.export(path), QUIET)
    assert not path.exists()
    second.unlink()
    loop.wait(filled.reports.export(path), QUIET)
    for file, name in ((path, "paper.pdf"), (second, "paper (2).pdf")):
        with pymupdf.open(file) as made:
            marks = sum(len(list(page.annots() or ())) for page in made)
        quotes = {
            (e.page, e.quote)
            for r in filled.project.table.rows
            for c in r.cells
            for e in c.evidence
            if e.source == name
        }
        assert marks >= len(quotes) > 0


@pytest.mark.parametrize("suffix", [".md", ".csv", ".xlsx", ".bib", ".ris", ".json"])
def test_every_format_takes_the_table_of_two_papers(filled, loop, tmp_path, suffix):
    path = tmp_path / f"report{suffix}"
    loop.wait(filled.reports.export(path), QUIET)
    if suffix != ".xlsx":
        assert "ledger of claims" in path.read_text("utf-8-sig")
