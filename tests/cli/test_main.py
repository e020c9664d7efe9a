"""The command line as a person uses it: real files, a process of its own, exit codes and one sentence for each fault."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pymupdf
import pytest
from tests.cli.running import CORPUS, ROOT, SAMPLE, one_sentence, run

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import Project
from citegrid.core.reference import Work, WorkKind
from citegrid.core.serialisation.result import to_json
from citegrid.core.table import Cell, Column, Row, Status, Table


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
    from citegrid.core.project import Project

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
