"""The whole job with real parts: real PDF, real OCR, the default model, a real Word file; looked at with other eyes.

Quotes are looked up again with PyMuPDF's own text and the Word file is read
with python-docx; nothing here uses the program's own search.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from docx import Document
from docx.oxml.ns import qn

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "resources" / "sample"
CORPUS = ROOT.parent / "shared" / "corpus"

pytestmark = [pytest.mark.slow, pytest.mark.model]


def run(*args: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "citegrid", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        env=dict(os.environ, PYTHONPATH=str(ROOT / "desktop")),
        timeout=1500,
        check=False,
    )


def key(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, filled once by the command of `make run`."""
    folder = tmp_path_factory.mktemp("sample")
    answer = run("sample", "--out", folder)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == str(folder / "report-zh.docx")
    return folder


@pytest.fixture(scope="module")
def result(sample: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((sample / "result-zh.json").read_text("utf-8"))
    return loaded


def supported(result: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(r["work"], c) for r in result["rows"] for c in r["cells"] if c["status"] == "supported"]


def test_the_table_has_the_columns_of_the_picture_and_enough_rows(result):
    assert result["columns"] == [
        "文献名称",
        "作者与年份",
        "主要方法/理论",
        "关键实验结论",
        "创新点/理论贡献",
        "局限与备注",
    ]
    assert len(result["rows"]) >= 8
    assert result["rows"][0]["work"]["kind"] == "paper"
    assert all([c["column"] for c in r["cells"]] == result["columns"] for r in result["rows"])
    cells = [c for r in result["rows"] for c in r["cells"]]
    assert len(supported(result)) >= 0.65 * len(cells)
    assert all(c["text"] == "" for c in cells if c["status"] == "not_stated")


def test_every_quote_stands_on_its_page_and_in_its_boxes(result):
    document = pymupdf.open(SAMPLE / "paper.pdf")
    pages = [key(p.get_text("text", flags=pymupdf.TEXT_DEHYPHENATE)) for p in document]
    citations = [c for _, cell in supported(result) for c in cell["citations"]]
    citations += [c for s in result["review"]["sentences"] for c in s["citations"]]
    assert citations
    for citation in citations:
        words = key(citation["quote"])
        assert words
        assert words in pages[citation["page"] - 1], citation["quote"]
        inside = ""
        for number, *box in citation["boxes"]:
            assert number == citation["page"]
            inside += document[number - 1].get_text("text", clip=pymupdf.Rect(box), flags=pymupdf.TEXT_DEHYPHENATE)
        seen = key(inside)
        assert sum(c in seen for c in re.findall(r".{1,12}", words)) >= 0.6 * len(re.findall(r".{1,12}", words))


def test_every_supported_cell_is_cited_and_its_numbers_stand_in_its_quotes(result):
    for work, cell in supported(result):
        assert cell["citations"], cell
        basis = key(
            " ".join(c["quote"] for c in cell["citations"])
            + work["title"]
            + " ".join(work["authors"])
            + str(work["year"])
        )
        for number, scale in re.findall(r"(\d+(?:[.,]\d+)*)([万亿]?)", unicodedata.normalize("NFKC", cell["text"])):
            assert key(number) in basis or said_in_english(number, scale, basis), (cell["text"], number)


#: Numbers that English writes out.
SPELT = {
    **{str(n): word for n, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2)},
    **{str(n): word for n, word in zip(range(20, 100, 10), ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], strict=True)},
}  # fmt: skip


def said_in_english(number: str, scale: str, basis: str) -> bool:
    """Whether a figure stands in the source in words, or, where it is counted in 万 or 亿, as the thousands, millions or billions
    that it is."""
    if not scale and SPELT.get(number, "\n") in basis:
        return True
    size = {"": 0.0, "万": 1e4, "亿": 1e8}[scale] * float(number.replace(",", ""))
    words = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
    return any(word in basis and key(f"{size / of:g}") in basis for word, of in words.items() if size >= of)


def test_citations_of_a_reference_lead_to_pages_that_name_it(result):
    read = json.loads(run("read", SAMPLE / "paper.pdf", "--json").stdout)
    pages = {
        r["id"]: {r["page"], *(m["page"] for m in r["mentions"]), *(b[0] for b in r["boxes"])}
        for r in read["references"]
    }
    for work, cell in supported(result):
        if work["kind"] == "reference":
            assert {c["page"] for c in cell["citations"]} <= pages[work["id"]]


def test_the_review_is_as_long_as_asked_and_every_claim_is_cited(result):
    review = result["review"]
    assert (review["target"], review["unit"]) == (1000, "characters")
    length = len(re.sub(r"\s", "", re.sub(r"\[[^\]]*\]", "", review["text"])))
    assert 0.9 <= length / 1000 <= 1.1
    links = [s for s in review["sentences"] if s["status"] == "link"]
    assert all(s["citations"] for s in review["sentences"] if s["status"] != "link")
    assert sum(len(s["text"]) for s in links) <= 0.15 * sum(len(s["text"]) for s in review["sentences"])
    assert len({s["text"] for s in review["sentences"]}) == len(review["sentences"])


def test_the_self_check_passes_and_the_run_is_accounted_for(result):
    assert result["checks"]
    assert all(c["passed"] for c in result["checks"])
    usage = result["usage"]
    assert usage["prompt_tokens"] > 0
    assert usage["generated_tokens"] > 0
    assert {"read", "fill", "review", "export"} <= set(usage["seconds"])
    assert len(result["run"]["model_sha256"]) == 64


def test_the_word_file_has_the_table_and_links_that_lead_somewhere(sample, result):
    document = Document(str(sample / "report-zh.docx"))
    table = next(t for t in document.tables if len(t.columns) == len(result["columns"]))
    assert [c.text for c in table.rows[0].cells] == result["columns"]
    assert len(table.rows) == len(result["rows"]) + 1
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    body = document.element.body
    marks = [b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))]
    anchors = {h.get(qn("w:anchor")) for h in body.iter(qn("w:hyperlink"))} - {None}
    assert len(marks) == len(set(marks))
    assert anchors
    assert anchors <= set(marks)
    text = "\n".join(p.text for p in document.paragraphs)
    assert result["query"] in text
    assert result["run"]["model"] in "".join(t.text or "" for t in body.iter(qn("w:t")))


def test_verify_finds_every_citation_again_and_a_changed_one_not(sample, result, tmp_path):
    answer = run("verify", sample / "result-zh.json", "--pdf", SAMPLE / "paper.pdf")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    changed = json.loads(json.dumps(result))
    cell = next(c for c in changed["rows"][1]["cells"] if c["citations"])
    cell["citations"][0]["page"] = cell["citations"][0]["page"] % 6 + 1
    (tmp_path / "changed.json").write_text(json.dumps(changed), encoding="utf-8")
    assert run("verify", tmp_path / "changed.json", "--pdf", SAMPLE / "paper.pdf").returncode == 1


@pytest.mark.parametrize("suffix", [".docx", ".md", ".json", ".xlsx", ".csv", ".bib", ".ris"])
def test_a_result_is_exported_by_the_suffix(sample, tmp_path, suffix):
    out = tmp_path / f"report{suffix}"
    answer = run("export", sample / "result-zh.json", "--out", out)
    assert answer.returncode == 0, answer.stderr
    assert out.stat().st_size > 200


def test_a_result_alone_knows_where_its_works_appeared(sample, tmp_path):
    """Without the paper at hand, too: a result is passed on, and the list of its works with it."""
    for suffix, field in ((".bib", "journal = "), (".ris", "T2  - "), (".csl.json", '"container-title"')):
        out = tmp_path / f"works{suffix}"
        assert run("export", sample / "result-zh.json", "--out", out).returncode == 0
        assert field in out.read_text("utf-8")
    assert run("export", sample / "result-zh.json", "--out", tmp_path / "again.json").returncode == 0
    again, first = (json.loads(f.read_text("utf-8")) for f in (tmp_path / "again.json", sample / "result-zh.json"))
    assert again["references"] == first["references"]
    assert {row["work"]["id"] for row in first["rows"]} <= {entry["id"] for entry in first["references"]}


def test_a_second_fill_of_a_finished_project_asks_nothing_again(sample, tmp_path):
    """The same command with --project goes on: accepted and filled cells stay, only what waits is asked."""
    project = tmp_path / "project"
    command = [
        "fill",
        "--pdf",
        SAMPLE / "paper.pdf",
        "--columns",
        "文献名称|作者与年份",
        "--rows",
        "3",
        "--words",
        "60",
        "--project",
        project,
    ]
    first = run(*command, "--json", tmp_path / "a.json")
    assert first.returncode == 0, first.stderr
    second = run(*command, "--json", tmp_path / "b.json")
    assert second.returncode == 0, second.stderr
    a, b = (json.loads((tmp_path / n).read_text("utf-8")) for n in ("a.json", "b.json"))
    assert a["rows"] == b["rows"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of papers is not here")
def test_a_paper_of_the_corpus_runs_through(tmp_path):
    paper = CORPUS / "papers" / "plosone-roadkill.pdf"
    out = tmp_path / "report.docx"
    answer = run(
        "fill", "--pdf", paper, "--image", CORPUS / "tables" / "word-en-1.png", "--query", "At most 5 works, a review of about 150 words",
        "--out", out, "--json", tmp_path / "r.json",
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    result = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert result["language"] == "en"
    assert 2 <= len(result["rows"]) <= 5
    pages = [key(p.get_text("text", flags=pymupdf.TEXT_DEHYPHENATE)) for p in pymupdf.open(paper)]
    for _, cell in supported(result):
        assert cell["citations"]
        for citation in cell["citations"]:
            assert key(citation["quote"])[:60] in pages[citation["page"] - 1]
    assert out.exists()
