"""The command line as a person uses it: real files, a process of its own, exit codes and one sentence for each fault."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from citegrid.core.document import Box
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import Project, SourceFile
from citegrid.core.reference import Work, WorkKind
from citegrid.core.serialisation.result import to_json
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.pipeline.export.word.write import write_docx
from citegrid.store import project_folder
from citegrid.store.files import sha256_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"
CORPUS = ROOT.parent / "shared" / "corpus"


def run(*args: object, env: dict[str, str] | None = None, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "citegrid", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        env=dict(os.environ, PYTHONPATH=str(ROOT / "desktop"), LC_ALL="C.UTF-8", **(env or {})),
        timeout=timeout,
        check=False,
    )


def one_sentence(answer: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """The last line of stderr is the message; there is no traceback; stdout stays clean."""
    assert answer.returncode == code, answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""
    last = answer.stderr.strip().splitlines()[-1]
    assert last.startswith("citegrid: ")
    for word in words:
        assert word in last


def test_help_names_every_command():
    text = run("--help").stdout
    for command in ("read", "columns", "fill", "batch", "verify", "export", "import", "models", "doctor", "sample"):
        assert command in text


def test_wrong_usage_is_2(tmp_path):
    assert run("fill").returncode == 2
    assert run("nonsense").returncode == 2
    one_sentence(run("fill", "--pdf", SAMPLE / "paper.pdf"), 2, "--image", "--columns")


def test_read_gives_the_contract(tmp_path):
    answer = run("read", SAMPLE / "paper.pdf", "--json")
    assert answer.returncode == 0, answer.stderr
    data = json.loads(answer.stdout)
    assert data["document"]["pages"] == len(data["pages"]) == 6
    assert len(data["references"]) == 32
    first = data["references"][0]
    assert {
        "id",
        "label",
        "raw",
        "authors",
        "title",
        "year",
        "venue",
        "doi",
        "arxiv",
        "url",
        "page",
        "boxes",
        "mentions",
    } <= set(first)
    mention = next(m for r in data["references"] for m in r["mentions"])
    assert {"page", "text", "boxes", "sentence", "section"} <= set(mention)
    assert all(r["mentions"] for r in data["references"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_columns_gives_the_contract(language):
    answer = run("columns", SAMPLE / f"table-{language}.png", "--json")
    assert answer.returncode == 0, answer.stderr
    data = json.loads(answer.stdout)
    assert len(data["columns"]) == 6
    assert all(len(c["box"]) == 4 and c["name"] for c in data["columns"])
    assert {"rows", "rotation"} <= set(data)


def test_a_frame_bounds_the_table_in_the_picture():
    whole = json.loads(run("columns", SAMPLE / "table-en.png", "--json").stdout)["columns"]
    x0, y0, x1, y1 = (f(c["box"][n] for c in whole[:3]) for n, f in enumerate((min, min, max, max)))
    frame = f"{x0 - 9},{y0 - 9},{x1 + 4},{y1 + 200}"
    framed = json.loads(run("columns", SAMPLE / "table-en.png", "--frame", frame, "--json").stdout)["columns"]
    assert [c["name"] for c in framed] == [c["name"] for c in whole[:3]]
    assert all(
        abs(a - b) < 12 for c, w in zip(framed, whole, strict=False) for a, b in zip(c["box"], w["box"], strict=True)
    )


@pytest.mark.parametrize("frame", ["1,2,3", "10,10,5,20", "a,b,c,d"])
def test_a_frame_that_is_none(frame):
    assert run("columns", SAMPLE / "table-en.png", "--frame", frame).returncode == 2


def test_a_file_that_is_not_there(tmp_path):
    one_sentence(run("read", tmp_path / "gone.pdf"), 3, "gone.pdf")
    one_sentence(run("columns", tmp_path / "gone.png"), 3, "gone.png")


def test_not_a_pdf_and_an_empty_file(tmp_path):
    (tmp_path / "text.pdf").write_text("This is not a PDF.")
    (tmp_path / "empty.pdf").touch()
    one_sentence(run("read", tmp_path / "text.pdf"), 3, "text.pdf")
    one_sentence(run("read", tmp_path / "empty.pdf"), 3, "empty.pdf", "empty")


def test_an_encrypted_pdf_asks_for_its_password(tmp_path):
    path = tmp_path / "locked.pdf"
    document = pymupdf.open(SAMPLE / "paper.pdf")
    document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open sesame", owner_pw="owner")
    document.close()
    one_sentence(run("read", path), 3, "locked.pdf", "password")
    one_sentence(run("read", path, "--password", "wrong"), 3, "locked.pdf", "password")
    assert run("read", path, "--password", "open sesame").returncode == 0


def test_two_results_are_laid_side_by_side(tmp_path):
    from citegrid.core.project import Project
    from citegrid.core.reference import Work, WorkKind
    from citegrid.core.serialisation.result import to_json
    from citegrid.core.table import Cell, Column, Row, Status, Table

    def result(name, cell):
        row = Row(Work(WorkKind.REFERENCE, "r1", "How geese fly"), (cell,))
        path = tmp_path / name
        path.write_text(json.dumps(to_json(Project(table=Table((Column("Result"),), (row,))), "test")))
        return path

    one = result("one.json", Cell("Result", "A wedge", Status.UNSUPPORTED))
    other = result("other.json", Cell("Result", status=Status.NOT_STATED, reason="not stated (page 3 searched)"))
    assert run("compare", one, one).returncode == 0
    answer = run("compare", one, other)
    assert answer.returncode == 1
    assert answer.stdout.splitlines() == [
        "How geese fly",
        "  Result",
        "    1  A wedge (unsupported)",
        "    2  not stated (page 3 searched) (not stated)",
    ]
    (found,) = json.loads(run("compare", one, other, "--json").stdout)
    assert found["first"] == {"text": "A wedge", "status": "unsupported", "pages": []}
    one_sentence(run("compare", one, tmp_path / "gone.json"), 3, "gone.json")


def test_verify_checks_the_library_too(tmp_path):
    from citegrid.core.evidence import Evidence, Match, SourceKind
    from citegrid.core.project import Project
    from citegrid.core.reference import Work, WorkKind
    from citegrid.core.serialisation.result import to_json
    from citegrid.core.table import Cell, Column, Row, Status, Table

    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "geese.md").write_text("# How geese fly\n\nGeese fly in a wedge, since the leader breaks the wind.\n")
    (folder / "empty.txt").touch()
    quote = Evidence(SourceKind.LIBRARY, "How geese fly", "Geese fly in a wedge", Match.EXACT, chunk=1)
    row = Row(Work(WorkKind.LIBRARY, "l:1", "How geese fly"), (Cell("Result", "A wedge", Status.SUPPORTED, (quote,)),))
    result = tmp_path / "result.json"
    result.write_text(json.dumps(to_json(Project(table=Table((Column("Result"),), (row,))), "test")))
    paper, env = SAMPLE / "paper.pdf", {"CITEGRID_DATA": str(tmp_path / "data")}
    answer = run("verify", result, "--pdf", paper, "--library", folder, env=env)
    assert answer.returncode == 0, answer.stderr
    assert "1 of 1 citations hold" in answer.stderr
    assert "skipped: empty.txt is empty" in answer.stderr
    assert "0 of 0" in run("verify", result, "--pdf", paper, env=env).stderr
    (folder / "geese.md").write_text("# How geese fly\n\nThey walk.\n")
    answer = run("verify", result, "--pdf", paper, "--library", folder, env=env)
    assert answer.returncode == 1
    assert "does not stand in “How geese fly”" in answer.stdout
    one_sentence(run("verify", result, "--pdf", paper, "--library", tmp_path / "gone", env=env), 3, "gone")
    one_sentence(run("fill", "--pdf", paper, "--columns", "A", "--library", tmp_path / "gone", env=env), 3, "gone")


def test_a_pdf_without_references_is_read_and_has_none(tmp_path):
    path = tmp_path / "letter.pdf"
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "Dear reader, there is nothing to cite here, only a short letter to you.")
    document.save(path)
    answer = run("read", path, "--json")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["references"] == []


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_picture_that_is_none(tmp_path, content):
    path = tmp_path / "table.png"
    path.write_bytes(content)
    one_sentence(run("columns", path), 3, "table.png")


def test_a_picture_without_a_table(tmp_path):
    pixmap = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 400, 300))
    pixmap.clear_with(255)
    pixmap.save(tmp_path / "blank.png")
    one_sentence(run("columns", tmp_path / "blank.png"), 3, "blank.png", "--columns")


def test_a_model_that_is_cut_off_is_4(tmp_path):
    (tmp_path / "cut.gguf").write_bytes(b"GGUF\x03\x00\x00\x00")
    answer = run("fill", "--pdf", SAMPLE / "paper.pdf", "--columns", "方法|结论", "--model", tmp_path / "cut.gguf")
    one_sentence(answer, 4, "cut.gguf")


def test_no_model_yet_names_the_command(tmp_path):
    answer = run("fill", "--pdf", SAMPLE / "paper.pdf", "--columns", "方法", env={"CITEGRID_DATA": str(tmp_path)})
    one_sentence(answer, 4, "models fetch")


def test_a_folder_that_does_not_exist_is_said_before_the_work(tmp_path):
    answer = run("fill", "--pdf", SAMPLE / "paper.pdf", "--columns", "方法", "--out", tmp_path / "no" / "r.docx")
    one_sentence(answer, 3, "no")
    assert "Reading" not in answer.stderr


def test_export_refuses_what_it_cannot_write(tmp_path):
    (tmp_path / "r.json").write_text("{}")
    assert run("export", tmp_path / "r.json", "--out", tmp_path / "r.xyz").returncode in (2, 3)
    (tmp_path / "r.json").write_text("no json")
    one_sentence(run("export", tmp_path / "r.json", "--out", tmp_path / "r.docx"), 3, "r.json")


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of papers is not here")
@pytest.mark.parametrize("name", sorted(p.name for p in (CORPUS / "stress").glob("*.pdf")) if CORPUS.is_dir() else [])
def test_broken_files_end_in_a_result_or_one_sentence(name):
    answer = run("read", CORPUS / "stress" / name, "--json", timeout=300)
    assert answer.returncode in (0, 3), answer.stderr
    assert "Traceback" not in answer.stderr
    assert "MuPDF" not in answer.stderr
    if answer.returncode == 0:
        json.loads(answer.stdout)
    else:
        assert name in answer.stderr.strip().splitlines()[-1]


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


@pytest.fixture
def hears_ctrl_c() -> Iterator[None]:
    """A job in the background of a script is started deaf to Ctrl-C, and so are its children; this test's are not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_ctrl_c_stops_within_a_second_and_keeps_what_was_done(tmp_path, hears_ctrl_c):
    project = tmp_path / "project"
    command = [
        sys.executable,
        "-m",
        "citegrid",
        "fill",
        "--pdf",
        SAMPLE / "paper.pdf",
        "--columns",
        "文献名称|主要方法",
        "--project",
        project,
    ]
    process = subprocess.Popen(
        list(map(str, command)),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=dict(os.environ, PYTHONPATH=str(ROOT / "desktop")),
    )
    try:
        deadline = time.monotonic() + 400
        saved = project / "project.json"
        while time.monotonic() < deadline and process.poll() is None:
            if saved.exists() and "supported" in saved.read_text("utf-8"):
                break
            time.sleep(0.1)
        assert process.poll() is None
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        out, err = process.communicate(timeout=30)
        took = time.monotonic() - began
    finally:
        process.kill()
    assert took < 15  # within a second on an idle machine; not to stop at all takes minutes
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert str(project) in err
    assert json.loads(saved.read_text("utf-8"))


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
