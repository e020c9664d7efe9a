"""The ways in which a Word report cites: each keeps its proof, and none is taken for an edit when the report comes back."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from tests.pipeline.export.samples import EN_COLUMNS, ZH_COLUMNS
from tests.pipeline.export.samples import project as small

from citegrid.core.document import Box
from citegrid.core.project import Project
from citegrid.core.table import Status
from citegrid.pipeline.export.word.embedded_project import kept
from citegrid.pipeline.export.word.options import CitationForm, LinkedItem, WordOptions
from citegrid.pipeline.export.word.read_changes import ReadBack, read_back, review_in
from citegrid.pipeline.export.word.write import write_docx

Sample = Callable[[str], Project]
#: As the samples are, but small.
SMALL = {"zh": small(ZH_COLUMNS, 3), "en": small(EN_COLUMNS, 4, "en")}
CSL = Path(__file__).resolve().parents[4] / "resources" / "csl"
ZOTERO = {
    "r1": LinkedItem.of_key("BOHNET22", {"title": "Attributed QA", "volume": "7"}),
}


def options(style: str = "apa", form: CitationForm = CitationForm.STYLE, **more: Any) -> WordOptions:
    return WordOptions(style=(CSL / f"{style}.csl").read_bytes(), citations=form, **more)


CHOICES = {
    "apa": options(),
    "ieee": options("ieee", appendix=False),
    "raised": options("gb-t-7714", comments=True),
    "footnotes": options("gb-t-7714", CitationForm.FOOTNOTES),
    "footnotes-with-quotes": options("apa", CitationForm.FOOTNOTES, appendix=False),
    "long-without-list": options("apa", CitationForm.LONG, appendix=False),
    "zotero": options("gb-t-7714", linked=ZOTERO),
    "zotero-ieee": options("ieee", linked=ZOTERO),
    "zotero-apa": options(linked=ZOTERO, appendix=False),
    "tracked": options(previous=("Said before.", "On methods, the works differ.")),
}


def written(project: Project, chosen: WordOptions) -> bytes:
    return write_docx(project, version="1", options=chosen)


def opened(project: Project, chosen: WordOptions) -> Any:
    return Document(BytesIO(written(project, chosen)))


def text_of(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def anchors(element: Any) -> list[str]:
    return [h.get(qn("w:anchor")) for h in element.iter(qn("w:hyperlink"))]


@pytest.mark.parametrize("choice", ["apa", "raised", "footnotes"])
def test_a_work_of_which_nothing_is_known_is_cited_in_full(choice: str) -> None:
    project = SMALL["en"]
    nameless = replace(project.table.rows[1].work, title="", authors=(), year=None)
    rows = (project.table.rows[0], replace(project.table.rows[1], work=nameless), *project.table.rows[2:])
    odd = replace(project, table=replace(project.table, rows=rows))
    report = opened(odd, CHOICES[choice])
    first = text_of(report.tables[0].rows[2].cells[0]._tc)
    assert "[doc: 2023.emnlp-main.398.pdf, page 12]" in first or choice == "footnotes"
    names = {b.get(qn("w:name")) for b in report.element.body.iter(qn("w:bookmarkStart"))}
    notes = notes_of(report) if choice == "footnotes" else []
    assert {a for element in (report.element.body, *notes) for a in anchors(element)} <= names
    assert read_back(written(odd, CHOICES[choice]), "r.docx", odd) == ReadBack()


def test_a_report_without_rows_or_review_cites_nothing(sample: Sample) -> None:
    for name in ("no-rows", "no-columns", "odd-characters"):
        for choice in ("zotero", "footnotes"):
            data = written(sample(name), replace(CHOICES[choice], previous=("Before.",)))
            assert read_back(data, "r.docx", sample(name)) == ReadBack()


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_comes_back_as_it_went_out(language: str, choice: str) -> None:
    project = SMALL[language]
    data = written(project, CHOICES[choice])
    assert read_back(data, "r.docx", project) == ReadBack()
    assert list(review_in(data, "r.docx")) == [s.text for s in project.sentences]
    body = Document(BytesIO(data)).element.body
    names = [b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names) and set(filter(None, anchors(body))) <= set(names)


@pytest.mark.parametrize(
    ("style", "own", "of_another"),
    [
        ("apa", "(Gao & Yen, 2023, p. 11)", "(Bohnet, 2022, as cited in Gao & Yen, 2023, p. 12)"),
        ("ieee", "[1, p. 11]", "[2], as cited in [1, p. 12]"),
        ("gb-t-7714", "[1]11", "[2] (as cited in [1]12)"),
    ],
)
def test_a_page_is_never_another_work_s(style: str, own: str, of_another: str) -> None:
    """The pages are the paper's: the work of a row is cited through it, and its row's further cells by the paper alone."""
    rows = opened(SMALL["en"], options(style)).tables[0].rows
    assert text_of(rows[2].cells[0]._tc).endswith(of_another)
    assert "Bohnet" not in text_of(rows[2].cells[2]._tc)
    assert text_of(rows[1].cells[0]._tc).endswith(own)
    cited = rows[2].cells[0]._tc
    assert anchors(cited)[0].startswith("ref_") and anchors(cited)[1].startswith("ev_")


def test_the_citation_stands_before_the_full_stop_and_names_what_the_sentence_does_not() -> None:
    project = SMALL["en"]
    assert project.review is not None
    plain = replace(project.sentences[1], text="Recall reaches 73.6 on ASQA.", works=("r1",))
    naming = replace(plain, text="Bohnet (2022) reaches 73.6.", works=("r1",))
    about = replace(project, review=replace(project.review, sentences=(plain, naming)))
    text = "\n".join(text_of(p._p) for p in opened(about, options()).paragraphs)
    page = plain.evidence[0].page
    assert f"on ASQA (Bohnet, 2022, as cited in Gao & Yen, 2023, p. {page})." in text
    assert f"reaches 73.6 (as cited in Gao & Yen, 2023, p. {page})." in text


@pytest.mark.parametrize("style", ["apa", "gb-t-7714"])
def test_each_page_leads_to_its_quote(style: str) -> None:
    project = SMALL["zh"]
    report = opened(project, options(style))
    entries = {
        b.get(qn("w:name")): text_of(b.getparent())
        for b in report.element.body.iter(qn("w:bookmarkStart"))
        if b.get(qn("w:name")).startswith("ev_")
    }
    seen = 0
    for i, row in enumerate(project.table.rows):
        for j, cell in enumerate(row.cells):
            links = report.tables[0].rows[i + 1].cells[j]._tc.iter(qn("w:hyperlink"))
            led = {
                entries[h.get(qn("w:anchor"))].split("“", 1)[1][:-1] for h in links if h.get(qn("w:anchor")) in entries
            }
            assert led == {e.quote for e in cell.evidence}
            seen += len(led)
    assert seen > 15


def test_two_quotes_of_one_page_are_both_told() -> None:
    project = SMALL["en"]
    cell = project.table.rows[0].cells[0]
    second = replace(cell.evidence[0], quote="and more", boxes=(Box(11, 0, 0, 9, 9),))
    cells = (replace(cell, evidence=(*cell.evidence, second)), *project.table.rows[0].cells[1:])
    table = replace(project.table, rows=(replace(project.table.rows[0], cells=cells), *project.table.rows[1:]))
    td = opened(replace(project, table=table), options()).tables[0].rows[1].cells[0]._tc
    tips = [h.get(qn("w:tooltip")) for h in td.iter(qn("w:hyperlink"))]
    assert all("and more" in tip and cell.evidence[0].quote in tip for tip in tips)


@pytest.mark.parametrize("choice", ["ieee", "long-without-list", "zotero-apa"])
def test_without_the_list_every_quote_stands_in_a_comment(choice: str) -> None:
    project = SMALL["en"]
    report = opened(project, CHOICES[choice])
    told = "\n".join(c.text for c in report.comments)
    said = [c for c in project.table.cells if c.evidence] + [s for s in project.sentences if s.evidence]
    assert len(list(report.comments)) == len(said)
    assert all(e.quote in told for one in said for e in one.evidence)
    assert not any((a or "").startswith("ev_") for a in anchors(report.element.body))
    assert "Evidence" not in [p.text for p in report.paragraphs]


def notes_of(report: Any) -> list[Any]:
    part = next(r.target_part for r in report.part.rels.values() if r.reltype.endswith("/footnotes"))
    return [n for n in parse_xml(part.blob) if n.get(qn("w:type")) is None]


@pytest.mark.parametrize(("choice", "quoted"), [("footnotes", False), ("footnotes-with-quotes", True)])
def test_a_footnote_names_work_and_page(choice: str, quoted: bool) -> None:
    project = SMALL["en"]
    report = opened(project, CHOICES[choice])
    notes = notes_of(report)
    cited = [c for c in project.table.cells if c.evidence] + [s for s in project.sentences if s.evidence]
    assert len(notes) == len(cited)
    references = [r.get(qn("w:id")) for r in report.element.body.iter(qn("w:footnoteReference"))]
    assert references == [n.get(qn("w:id")) for n in notes]
    for one, note in zip(cited, notes, strict=True):
        text = text_of(note)
        assert all(f"page {e.page_label}" in text or e.page is None for e in one.evidence)
        assert all(e.quote in text for e in one.evidence) == quoted


def test_a_footnote_says_who_it_is_in_a_style_of_numbers_too() -> None:
    notes = [text_of(note) for note in notes_of(opened(SMALL["zh"], CHOICES["footnotes"]))]
    assert notes[0] == " Gao、Yen，2023 [1]，第11页"
    assert any(" Bohnet，2022 [2]，转引自Gao、Yen，2023 [1]，第12页" in note for note in notes)


def test_a_template_keeps_its_own_footnotes() -> None:
    first = write_docx(SMALL["en"], version="1", options=CHOICES["footnotes"])
    again = opened(SMALL["en"], replace(CHOICES["footnotes"], template=first))
    ids = [n.get(qn("w:id")) for n in notes_of(again)]
    assert len(set(ids)) == len(ids) and len(ids) == 2 * len(list(again.element.body.iter(qn("w:footnoteReference"))))


def fields(body: Any) -> list[tuple[str, str]]:
    """Code and result of the complex fields of a document."""
    found: list[list[str]] = []
    shown = False
    for run in body.iter(qn("w:r")):
        for part in run:
            kind = part.get(qn("w:fldCharType"))
            if kind == "begin":
                found.append(["", ""])
            shown = (shown or kind == "separate") and kind != "end"
            if part.tag == qn("w:instrText"):
                found[-1][0] += part.text
            elif part.tag == qn("w:t") and shown:
                found[-1][1] += part.text
    return [(code, result) for code, result in found]


@pytest.mark.parametrize("choice", ["zotero", "zotero-apa"])
def test_citations_are_fields_that_zotero_reads(choice: str) -> None:
    project = SMALL["en"]
    found = fields(opened(project, CHOICES[choice]).element.body)
    assert sum("ADDIN ZOTERO_BIBL" in code for code, _ in found) == 1
    items = [(code, result) for code, result in found if "ADDIN ZOTERO_ITEM CSL_CITATION" in code]
    cited = [c for c in project.table.cells if c.evidence] + [s for s in project.sentences if s.evidence]
    assert len(items) == len(cited)
    made = [json.loads(code.split("CSL_CITATION", 1)[1]) for code, _ in items]
    assert [m["properties"]["plainCitation"] for m in made] == [result for _, result in items]
    assert len({m["citationID"] for m in made}) == len(made)
    addresses: dict[str, set[str]] = {}
    for item in (item for m in made for item in m["citationItems"]):
        assert item["itemData"]["title"] and "type" in item["itemData"] and item["label" if "locator" in item else "id"]
        addresses.setdefault(item["id"], set()).update(item["uris"])
    assert all(len(one) == 1 for one in addresses.values()), "a work with two addresses would be two works for Zotero"
    assert {*ZOTERO["r1"].uris} in addresses.values()
    through = next(m["citationItems"] for m in made if ZOTERO["r1"].uris[0] in m["citationItems"][0]["uris"])
    assert through[0]["itemData"]["volume"] == "7" and "locator" not in through[0]
    assert (through[1]["prefix"], through[1]["locator"], through[1]["label"]) == ("as cited in ", "12", "page")


def test_what_zotero_writes_anew_is_no_edit() -> None:
    project = SMALL["zh"]
    report = opened(project, CHOICES["zotero"])
    inside = False
    for run in report.element.body.iter(qn("w:r")):
        for part in run:
            inside = part.get(qn("w:fldCharType")) not in ("begin", "end") if part.tag == qn("w:fldChar") else inside
            if part.tag == qn("w:t") and inside:
                part.text = "Anew 2099"
    for td in (c._tc for c in report.tables[0].rows[1].cells[2:] if c.text):
        beside = [h for h in td.iter(qn("w:hyperlink")) if text_of(h).startswith("E")]
        assert len(beside) == len({*anchors(td)}), "each quote is led to from beside the field, too"
    out = BytesIO()
    report.save(out)
    assert read_back(out.getvalue(), "r.docx", project) == ReadBack()


@pytest.mark.parametrize("choice", ["apa", "raised", "footnotes", "zotero"])
def test_what_a_person_writes_is_found_beside_any_citation(choice: str) -> None:
    project = SMALL["en"]
    report = opened(project, CHOICES[choice])
    i, j = next(
        (i, j)
        for i, row in enumerate(project.table.rows)
        for j, cell in enumerate(row.cells)
        if j > 1 and cell.status is Status.SUPPORTED and cell.evidence and cell.text.endswith(".")
    )
    td = report.tables[0].rows[i + 1].cells[j]._tc
    texts = [t for t in td.iter(qn("w:t")) if t.text.strip()]
    texts[-1].text += " And more."
    out = BytesIO()
    report.save(out)
    (change,) = read_back(out.getvalue(), "r.docx", project).changes
    assert change.text == f"{project.table.rows[i].cells[j].text} And more."


def test_a_citation_that_was_edited_is_not_taken_for_words() -> None:
    project = SMALL["en"]
    report = opened(project, options())
    page = next(t for t in report.tables[0]._tbl.iter(qn("w:t")) if t.getparent().getparent().tag == qn("w:hyperlink"))
    page.text = "Someone else, 1999"
    out = BytesIO()
    report.save(out)
    assert read_back(out.getvalue(), "r.docx", project) == ReadBack()
    assert all(kept(report).citations)  # type: ignore[union-attr]


def test_the_review_shows_what_it_says_otherwise_than_before() -> None:
    project = SMALL["en"]
    now = [s.text for s in project.sentences]
    before = [now[0], "Was said of the second.", *now[2:4], "Is gone.", *now[4:]]
    report = opened(project, options(previous=before))
    body = report.element.body
    deleted = ["".join(t.text for t in d.iter(qn("w:delText"))).strip() for d in body.iter(qn("w:del"))]
    assert deleted == ["Was said of the second.", "Is gone."]
    inserted = "".join(text_of(one) for one in body.iter(qn("w:ins")))
    assert inserted.startswith(now[1][:-1]) and now[2] not in inserted
    ids = [e.get(qn("w:id")) for e in body.iter(qn("w:ins"), qn("w:del"), qn("w:bookmarkStart"))]
    assert len(set(ids)) == len(ids)
    assert not list(opened(project, options(previous=now)).element.body.iter(qn("w:ins"), qn("w:del")))


def test_the_text_that_stands_in_the_file_is_what_a_person_left_there() -> None:
    project = SMALL["en"]
    report = opened(project, options())
    start = next(b for b in report.element.body.iter(qn("w:bookmarkStart")) if b.get(qn("w:name")) == "sentence_2")
    start.getnext().find(qn("w:t")).text = "Mine"
    out = BytesIO()
    report.save(out)
    standing = review_in(out.getvalue(), "r.docx")
    assert standing[1] == "Mine." and len(standing) == len(project.sentences)
    assert review_in(written(replace(project, review=None), options()), "r.docx") == ()


@pytest.mark.slow
@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_is_a_valid_file(sample: Sample, choice: str, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed; `make env` does that")
    path = tmp_path / "r.docx"
    path.write_bytes(written(sample("zh"), CHOICES[choice]))
    assert [str(e.description) for e in audit.OpenXmlValidator().validate(path).errors] == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saves_reads_as_unchanged(sample: Sample, tmp_path: Path) -> None:
    names = ("raised", "footnotes", "zotero", "tracked")
    for name in names:
        (tmp_path / f"{name}.docx").write_bytes(written(sample("zh"), CHOICES[name]))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", tmp_path / "out"]
    files = sorted(map(str, tmp_path.glob("*.docx")))
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    for name in names:
        assert read_back((tmp_path / "out" / f"{name}.docx").read_bytes(), name, sample("zh")) == ReadBack(), name
