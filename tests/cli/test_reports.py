"""What the command line makes of a result: exports, Word read back, copies with marks; and what is asked of papers and texts."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.cli.running import SAMPLE, one_sentence, run

from citegrid.core.document import Box
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import Project, SourceFile
from citegrid.core.reference import Work, WorkKind
from citegrid.core.serialisation.result import to_json
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.pipeline.export.word.write import write_docx
from citegrid.store import project_folder
from citegrid.store.files import sha256_of


def test_export_refuses_what_it_cannot_write(tmp_path):
    (tmp_path / "r.json").write_text("{}")
    assert run("export", tmp_path / "r.json", "--out", tmp_path / "r.xyz").returncode in (2, 3)
    (tmp_path / "r.json").write_text("no json")
    one_sentence(run("export", tmp_path / "r.json", "--out", tmp_path / "r.docx"), 3, "r.json")


def test_export_cites_in_full_where_nothing_else_is_asked_for(tmp_path):
    said = Evidence(SourceKind.DOCUMENT, "p.pdf", "its own words", Match.EXACT, 3, "3")
    row = Row(
        Work(WorkKind.PAPER, "paper", "A work", ("Ann Able",), 2024), (Cell("A", "Said.", Status.SUPPORTED, (said,)),)
    )
    project = Project(language="en", paper=SourceFile("p.pdf", "p.pdf", ""), table=Table((Column("A"),), (row,)))
    (tmp_path / "r.json").write_text(json.dumps(to_json(project, "1")), "utf-8")
    found = {}
    for name, chosen in (("long", ()), ("style", ("--citations", "style", "--no-evidence"))):
        assert run("export", tmp_path / "r.json", "--out", tmp_path / f"{name}.docx", *chosen).returncode == 0
        report = Document(str(tmp_path / f"{name}.docx"))
        found[name] = "".join(t.text for t in report.tables[0]._tbl.iter(qn("w:t"))), len(list(report.comments))
    assert found == {"long": ("ASaid. [doc: p.pdf, page 3]1", 0), "style": ("ASaid (Able, 2024, p. 3).", 1)}


def edited_report(folder):
    """A project without a paper, and a report of it in which one cell says something else."""
    project = Project(
        query="q",
        language="en",
        table=Table(
            (Column("Work"), Column("Method")),
            (Row(Work(WorkKind.REFERENCE, "r1", "A work"), (Cell("Work", "A work"), Cell("Method", "Old"))),),
        ),
    )
    project_folder.save(project_folder.create(folder / "project"), project)
    document = Document(BytesIO(write_docx(project)))
    document.tables[0].rows[1].cells[1].paragraphs[0].runs[1].text = "New"
    document.save(folder / "edited #1.docx")
    return folder / "edited #1.docx"


def test_import_shows_and_takes_over_what_others_changed(tmp_path):
    report = edited_report(tmp_path)
    command = ("import", report, "--project", tmp_path / "project")
    shown = run(*command)
    assert shown.returncode == 0, shown.stderr
    assert "A work / Method" in shown.stdout and "is:  New" in shown.stdout and "0 of 1" in shown.stderr
    one_sentence(run(*command, "--take", "2"), 2, "--take 2")
    assert "1 of 1" in run(*command, "--take", "all").stderr
    assert project_folder.load(tmp_path / "project").table.rows[0].cells[1].text == "New"
    assert "0 of 0" in run(*command).stderr


def test_export_asks_before_it_replaces_and_says_what_is_not_proved(tmp_path):
    cell = Cell("A", "claimed", Status.UNSUPPORTED, reason="not found")
    row = Row(Work(WorkKind.REFERENCE, "r1", "A work"), (cell,))
    project = Project(language="en", table=Table((Column("A"),), (row,)))
    (tmp_path / "r.json").write_text(json.dumps(to_json(project, "1")), "utf-8")
    out = tmp_path / "out.md"
    out.write_text("theirs", "utf-8")
    one_sentence(run("export", tmp_path / "r.json", "--out", out), 2, "out.md", "--replace")
    assert out.read_text("utf-8") == "theirs"
    answer = run("export", tmp_path / "r.json", "--out", out, "--replace")
    assert answer.returncode == 0 and "cells: 1, sentences: 0" in answer.stderr
    assert "claimed" in out.read_text("utf-8")


@pytest.fixture
def two_papers(tmp_path) -> tuple[Path, Path, Path]:
    """A result that rests on two papers, and their files under other names by now."""
    files, quotes = [], ("Geese fly in a wedge.", "Herons stand on one leg.")
    for name, words in zip(("a.pdf", "b.pdf"), quotes, strict=True):
        made = pymupdf.open()
        made.new_page().insert_text((72, 100), words, fontsize=12)
        made.save(tmp_path / name)
        files.append(tmp_path / name)
    papers = [SourceFile("", n, sha256_of(f)) for n, f in zip(("first.pdf", "second.pdf"), files, strict=True)]
    box = Box(1, 72.0, 90.0, 200.0, 102.0)
    rows = tuple(
        Row(
            Work(WorkKind.PAPER, work, work),
            (Cell("A", q, Status.SUPPORTED, (Evidence(SourceKind.DOCUMENT, p.name, q, Match.EXACT, 1, "1", (box,)),)),),
        )
        for work, p, q in zip(("paper", f"{papers[1].sha256[:8]}:paper"), papers, quotes, strict=True)
    )
    project = Project("Q", "en", paper=papers[0], also=(papers[1],), table=Table((Column("A"),), rows))
    result = tmp_path / "result.json"
    result.write_text(json.dumps(to_json(project, "0")), "utf-8")
    return result, files[0], files[1]


def test_a_result_of_two_papers_is_verified_against_both_in_any_order(two_papers):
    result, first, second = two_papers
    answer = run("verify", result, "--pdf", second, "--pdf", first)
    assert answer.returncode == 0, answer.stderr
    assert "2 of 2 citations hold" in answer.stderr
    one_sentence(run("-q", "verify", result, "--pdf", first), 3, "second.pdf")
    one_sentence(run("-q", "verify", result, "--pdf", first, "--pdf", SAMPLE / "paper.pdf"), 3, "paper.pdf")


def test_annotated_copies_of_two_papers(two_papers, tmp_path):
    result, first, second = two_papers
    answer = run("export", result, "--pdf", first, "--pdf", second, "--out", tmp_path / "marked.pdf")
    assert answer.returncode == 0, answer.stderr
    for name in ("marked.pdf", "marked (second).pdf"):
        with pymupdf.open(tmp_path / name) as made:
            assert len(list(made[0].annots())) == 1


def test_the_glossary_of_all_projects_goes_out_and_comes_in(tmp_path: Path) -> None:
    env = {"CITEGRID_DATA": str(tmp_path / "data")}
    (tmp_path / "in.csv").write_text("英文,中文\npolicy model,策略模型\n", "utf-8")
    answer = run("glossary", "import", tmp_path / "in.csv", env=env)
    assert answer.returncode == 0 and answer.stderr == "1 new term of in.csv.\n", answer.stderr
    assert run("glossary", "export", tmp_path / "out.tbx", env=env).returncode == 0
    assert "策略模型" in (tmp_path / "out.tbx").read_text("utf-8")
    one_sentence(run("glossary", "import", tmp_path / "none.csv", env=env), 3, "none.csv")
    one_sentence(run("glossary", "export", tmp_path / "out.xml", env=env), 2, "out.xml")


def test_a_question_and_a_text_are_set_against_the_paper(tmp_path: Path) -> None:
    text = tmp_path / "mine.md"
    text.write_text(
        "In an audit of nine search engines, only about half of the generated text is completely supported by what it cites.\n",
        "utf-8",
    )
    asked = run("-q", "ask", SAMPLE / "paper.pdf", "What is the dose of metformin for newborn tortoises?", "--json")
    assert (asked.returncode, json.loads(asked.stdout)["sentences"]) == (1, [])
    checked = run("-q", "check-text", SAMPLE / "paper.pdf", text, "--json")
    (sentence,) = json.loads(checked.stdout)["sentences"]
    assert (checked.returncode, sentence["standing"]) == (1, "contradicted")
    assert sentence["evidence"][0]["page"] == 1 and sentence["evidence"][0]["boxes"]
    assert "0 supported" in checked.stderr
