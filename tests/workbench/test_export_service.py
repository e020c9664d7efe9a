"""Exports on the disk: names, links, templates, progress, cancel, and files that must not be lost."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pymupdf
import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt

from citegrid import wiring
from citegrid.core.document import Box
from citegrid.core.errors import Cancelled, InputError, StorageError, UsageError, WouldReplace
from citegrid.core.project import Project, SourceFile
from citegrid.engines.annotate import annotate
from citegrid.engines.crop import crop
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.export.word.read_changes import read_back
from citegrid.ports import NEVER, SILENT, Flag
from citegrid.workbench.export_service import (
    EXPECTED,
    ExportOptions,
    ExportSources,
    Helpers,
    doubts,
    options_from,
    tells,
    write,
)

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "paper.pdf"
HELPERS = Helpers(crop, annotate)


def _samples() -> ModuleType:
    path = Path(__file__).parents[1] / "pipeline" / "export" / "samples.py"
    spec = importlib.util.spec_from_file_location("citegrid_exporting_samples", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SAMPLES = _samples()


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "论文 #1 50%.pdf"
    path.parent.mkdir()
    path.write_bytes(SAMPLE.read_bytes())
    return path


def of(paper: Path, project: Project) -> Project:
    """``project`` as if it were about ``paper``, with quotes that lie on its first pages."""
    source = open_pdf(paper)
    rows = [
        replace(row, cells=tuple(replace(c, evidence=tuple(_moved(e, source.page_count) for e in c.evidence)) for c in row.cells))
        for row in project.table.rows
    ]  # fmt: skip
    assert project.review is not None
    said = [
        replace(s, evidence=tuple(_moved(e, source.page_count) for e in s.evidence)) for s in project.review.sentences
    ]
    project = replace(project, review=replace(project.review, sentences=tuple(said)))
    file = SourceFile(str(paper), paper.name, source.sha256)
    return replace(project, paper=file, table=replace(project.table, rows=tuple(rows)))


def _moved(evidence, pages):  # type: ignore[no-untyped-def]
    page = (evidence.page or 1) % pages + 1
    return replace(evidence, page=page, boxes=tuple(Box(page, b.x0, b.y0, b.x1, b.y1) for b in evidence.boxes))


def sources(paper: Path) -> ExportSources:
    return ExportSources(paper, "", open_pdf(paper))


def export(path: Path, project: Project, given: ExportSources, options: ExportOptions | None = None, **more) -> Path:  # type: ignore[no-untyped-def]
    return write(
        path,
        project,
        given,
        HELPERS,
        options or ExportOptions(),
        more.get("progress", SILENT),
        more.get("cancel", NEVER),
    )


@pytest.mark.parametrize("name", ["报告 #1 50% & ü", "a" * 200, "报" * 70])
@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".csl.json", ".xlsx"])
def test_any_name_is_written_and_may_be_written_again(tmp_path: Path, paper: Path, name: str, suffix: str):
    path = tmp_path / f"{name}{suffix}"
    project = of(paper, SAMPLES.project(rows=2))
    for _ in range(2):
        assert export(path, project, sources(paper)) == path
    assert path.stat().st_size > 100
    assert [p.name for p in tmp_path.glob("*.tmp")] == []


def test_a_name_that_the_disk_cannot_hold_is_one_sentence(tmp_path: Path, paper: Path):
    with pytest.raises(StorageError, match="too long"):
        export(tmp_path / f"{'报' * 200}.md", SAMPLES.project(rows=1), ExportSources())


def test_the_link_to_the_page_resolves(tmp_path: Path, paper: Path):
    out = export(tmp_path / "reports.docx", of(paper, SAMPLES.project(rows=2)), sources(paper))
    rels = zipfile.ZipFile(out).read("word/_rels/document.xml.rels").decode("utf-8")
    targets = [part.split('"')[0] for part in rels.split('Target="')[1:] if "#page=" in part]
    assert targets
    for target in targets:
        file, page = target.split("#page=")
        assert (out.parent / unquote(file)).samefile(paper)
        assert 1 <= int(page) <= open_pdf(paper).page_count


def test_a_paper_far_away_gets_no_link(tmp_path: Path, paper: Path):
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    out = export(deep / "r.docx", of(paper, SAMPLES.project(rows=2)), sources(paper))
    assert b"#page=" not in zipfile.ZipFile(out).read("word/_rels/document.xml.rels")


def test_nothing_is_replaced_that_is_not_ours(tmp_path: Path):
    path, project = tmp_path / "r.md", SAMPLES.project(rows=1)
    path.write_text("theirs", "utf-8")
    with pytest.raises(WouldReplace, match=r"r\.md is there already"):
        export(path, project, ExportSources())
    export(path, project, ExportSources(), ExportOptions(replace=True))
    path.write_text("edited", "utf-8")
    with pytest.raises(WouldReplace, match="was changed"):
        export(path, project, ExportSources())
    assert path.read_text("utf-8") == "edited"


def test_the_paper_itself_is_never_written(paper: Path):
    before = paper.read_bytes()
    with pytest.raises(UsageError, match="the paper itself"):
        export(paper, SAMPLES.project(), sources(paper), ExportOptions(replace=True))
    assert paper.read_bytes() == before


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".bib"])
def test_another_paper_lends_neither_pictures_nor_references(tmp_path: Path, paper: Path, suffix: str):
    with pytest.raises(InputError, match="is not the paper"):
        export(tmp_path / f"r{suffix}", SAMPLES.project(rows=2), sources(paper))


def test_highlights_need_the_paper(tmp_path: Path):
    project = SAMPLES.project(rows=2)
    with pytest.raises(UsageError, match="copy of the paper"):
        export(tmp_path / "r.pdf", project, ExportSources())


def test_highlights_tell_what_rests_on_them(tmp_path: Path, paper: Path):
    project = of(paper, SAMPLES.project(rows=3))
    out = export(tmp_path / "r.pdf", replace(project, review=None), sources(paper))
    with pymupdf.open(out) as document:
        told = [note.info["content"] for page in document for note in page.annots()]
    assert told and all(text.startswith("[") for text in told)
    first = project.table.rows[0].cells[0]
    assert any(f"第1行“{first.column}”：{first.text}" in text for text in told)


def test_it_stops_when_asked_and_leaves_nothing(tmp_path: Path, paper: Path):
    flag = Flag()

    class Stopper:
        def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
            if done == 3:
                flag.set()

    with pytest.raises(Cancelled):
        export(tmp_path / "r.docx", of(paper, SAMPLES.project()), sources(paper), progress=Stopper(), cancel=flag)
    assert not (tmp_path / "r.docx").exists()


def test_a_template_of_one_s_own_is_honoured(tmp_path: Path):
    own = Document()
    own.add_paragraph("to be left out")
    own.sections[0].page_width, own.sections[0].left_margin = Cm(18), Cm(4)
    own.sections[0].footer.paragraphs[0].text = "Institute of Things"
    own.styles["Heading 1"].font.size = Pt(31)
    own.styles.add_style("CiteGrid Cell", WD_STYLE_TYPE.PARAGRAPH).font.name = "Georgia"
    own.save(tmp_path / "own.docx")
    options = ExportOptions(template=tmp_path / "own.docx")
    out = export(tmp_path / "r.docx", SAMPLES.project(), ExportSources(), options)
    made = Document(str(out))
    assert made.styles["Heading 1"].font.size == Pt(31) and made.styles["CiteGrid Cell"].font.name == "Georgia"
    assert (round(made.sections[-1].left_margin.cm, 1), round(made.sections[-1].page_width.cm, 1)) == (4.0, 18.0)
    assert "Institute of Things" in made.sections[-1].footer.paragraphs[0].text
    assert not any("to be left out" in p.text for p in made.paragraphs)
    assert read_back(out.read_bytes(), "r.docx", SAMPLES.project()).changes == ()


@pytest.mark.parametrize("options", [ExportOptions(style="no-such"), ExportOptions(template=Path("no-such.docx"))])
def test_a_choice_that_is_not_there_is_named(tmp_path: Path, options: ExportOptions):
    with pytest.raises(InputError, match="no-such"):
        export(tmp_path / "r.docx", SAMPLES.project(rows=1), ExportSources(), options)


def test_the_style_follows_the_language_and_the_choice(tmp_path: Path):
    found = {}
    for name, options in (("usual", ExportOptions()), ("apa", ExportOptions("apa")), ("none", ExportOptions("none"))):
        out = export(tmp_path / f"{name}.docx", SAMPLES.project(rows=2), ExportSources(), options)
        found[name] = "\n".join(p.text for p in Document(str(out)).paragraphs)
    assert "GAO T, YEN H." in found["usual"]
    assert "Gao, T., & Yen, H. (2023)" in found["apa"]
    assert "参考文献" not in found["none"]


def test_the_choices_of_the_last_report_are_kept() -> None:
    chosen = ExportOptions("ieee", None, True, citations="footnotes", evidence=False, track=True)
    assert options_from(chosen.kept) == chosen
    for unreadable in ("", "no json", "[1]", '{"style": 3, "more": 1}'):
        assert options_from(unreadable) == EXPECTED
    assert options_from('{"citations": "long"}') == replace(EXPECTED, citations="long")


def test_a_report_written_anew_tracks_what_its_review_says_otherwise(tmp_path: Path) -> None:
    path, project = tmp_path / "r.docx", SAMPLES.project(rows=2)
    options = ExportOptions(citations="style", evidence=False, track=True)
    export(path, project, ExportSources(), options)
    assert b"<w:ins " not in zipfile.ZipFile(path).read("word/document.xml")
    assert project.review is not None
    said = (replace(project.review.sentences[0], text="全新的一句。"), *project.review.sentences[1:])
    newer = replace(project, review=replace(project.review, sentences=said))
    export(path, newer, ExportSources(), options)
    written_anew = zipfile.ZipFile(path).read("word/document.xml").decode("utf-8")
    assert written_anew.count("<w:del ") == 1 and project.review.sentences[0].text in written_anew
    assert read_back(path.read_bytes(), "r.docx", newer).changes == ()
    path.write_bytes(b"no report")
    export(path, newer, ExportSources(), replace(options, replace=True))
    assert b"<w:ins " not in zipfile.ZipFile(path).read("word/document.xml")


def test_citations_by_style_come_with_their_list(tmp_path: Path) -> None:
    options = ExportOptions("none", citations="style")
    out = export(tmp_path / "r.docx", SAMPLES.project(rows=2), ExportSources(), options)
    texts = [p.text for p in Document(str(out)).paragraphs]
    assert "参考文献" in texts and any(text.startswith("[1]") for text in texts)


def test_what_nobody_proved_is_counted():
    assert doubts(Project()) == (0, 0)
    cells, sentences = doubts(SAMPLES.project())
    assert (cells > 0, sentences) == (True, 1)
    assert tells(Path("a.docx")) and not tells(Path("a.csl.json")) and tells(Path("a.json"))


def test_the_workbench_hands_everything_on(tmp_path: Path, paper: Path):
    workbench = wiring.build()
    try:
        workbench.papers.open(paper).result(60)
        workbench.files.take(of(paper, SAMPLES.project(rows=2)))
        workbench.reports.export(tmp_path / "r.csl.json").result(60)
        assert [i["title"] for i in json.loads((tmp_path / "r.csl.json").read_text("utf-8"))]
        workbench.reports.export(tmp_path / "r.docx").result(60)
        assert any(n.startswith("word/media/") for n in zipfile.ZipFile(tmp_path / "r.docx").namelist())
        document = Document(str(tmp_path / "r.docx"))
        document.tables[0].rows[1].cells[2].paragraphs[0].runs[0].text = "别人的话"
        out = BytesIO()
        document.save(out)
        (tmp_path / "edited.docx").write_bytes(out.getvalue())
        (change,) = workbench.reports.read_back(tmp_path / "edited.docx").result(60).changes
        assert change.judged is not None and change.judged.text == "别人的话"
        workbench.reports.take_back([change])
        assert workbench.cells.at(change.work_id, change.column).text == "别人的话"
        workbench.session.undo()
        assert workbench.cells.at(change.work_id, change.column).text == change.was
    finally:
        workbench.close()


def test_a_template_without_page_or_margins_gets_ours(tmp_path: Path):
    own = Document()
    section = own.sections[0]._sectPr
    for child in list(section):
        if child.tag.endswith(("}pgSz", "}pgMar")):
            section.remove(child)
    own.save(tmp_path / "own.docx")
    out = export(tmp_path / "r.docx", SAMPLES.project(), ExportSources(), ExportOptions(template=tmp_path / "own.docx"))
    assert round(Document(str(out)).sections[-1].page_width.cm, 1) == 21.0


def test_a_template_that_is_none_or_a_bomb_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "own.docx"
    path.write_bytes(b"no zip")
    with pytest.raises(InputError, match="template is not a Word document"):
        export(tmp_path / "r.docx", SAMPLES.project(), ExportSources(), ExportOptions(template=path))
    Document().save(str(path))
    monkeypatch.setattr("citegrid.pipeline.export.word.open.MOST_BYTES", 1000)
    with pytest.raises(InputError, match="template is not a Word document"):
        export(tmp_path / "r.docx", SAMPLES.project(), ExportSources(), ExportOptions(template=path))
