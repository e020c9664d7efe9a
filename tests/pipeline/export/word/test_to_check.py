"""Translations that are to be checked: the mark in every report, and that reading Word back takes it for no edit."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from tests.pipeline.export.samples import marked, place_of

from citegrid.core.project import Project
from citegrid.core.table import Cell, Status, Verdict, Wording
from citegrid.pipeline.export.markdown import write_markdown
from citegrid.pipeline.export.provenance import facts_of
from citegrid.pipeline.export.spreadsheets import write_csv, write_xlsx
from citegrid.pipeline.export.strings import wording_in
from citegrid.pipeline.export.word.apply_changes import judged
from citegrid.pipeline.export.word.options import WordOptions
from citegrid.pipeline.export.word.read_changes import read_back
from citegrid.pipeline.export.word.write import write_docx

Sample = Callable[[str], Project]
MARK = {"zh": "（译文待核）", "en": " (translation to be checked)"}


def cell_of(project: Project) -> Cell:
    i, j = place_of(project)
    return project.table.rows[i].cells[j]


def opened(project: Project, **options: Any) -> Any:
    return Document(BytesIO(write_docx(project, version="1", options=WordOptions(**options))))


def underlined(element: Any) -> list[str]:
    runs = [
        r
        for r in element.iter(qn("w:r"))
        if r.find(f"{qn('w:rPr')}/{qn('w:rStyle')}[@{qn('w:val')}='CiteGridToCheck']") is not None
    ]
    return ["".join(t.text for t in r.iter(qn("w:t"))) for r in runs]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_doubtful_words_are_underlined_marked_and_commented(sample: Sample, language: str) -> None:
    project = marked(sample(language))
    i, j = place_of(project)
    report, cell = opened(project), cell_of(project)
    printed = report.tables[0].rows[i + 1].cells[j]
    assert underlined(printed._tc) == [cell.text[2:5], cell.text[7:9]]
    assert cell.text + MARK[language] in printed.text
    comments = [c.text for c in report.comments if c.text.startswith(("译文待核", "Translation to be checked"))]
    assert len(comments) == 2  # one on the cell, one on the sentence, although nobody asked for comments
    assert cell.evidence[0].quote in comments[0]
    assert ("点线" in printed._tc.getroottree().getroot().xpath("string(.)")) is (language == "zh")


def test_a_cell_has_one_comment_where_all_quotes_are_asked_for(sample: Sample) -> None:
    project = marked(sample("zh"))
    cited = sum(bool(c.evidence) for row in project.table.rows for c in row.cells)
    assert len(list(opened(project, comments=True).comments)) == cited + 2  # and the two sentences in doubt


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_nothing_carries_is_commented(sample: Sample, language: str) -> None:
    project = sample(language)
    said = [c for c in project.table.cells if c.verdict is not Verdict.REJECTED] + list(project.sentences)
    doubted = [one for one in said if one.status is Status.UNSUPPORTED and one.text]
    comments = [c.text for c in opened(project).comments]
    assert len(comments) == len(doubted) > 1
    assert all(c.startswith(("没有找到支持这句话的依据", "Nothing was found that carries this")) for c in comments)
    assert all(one.reason in comment for one, comment in zip(doubted, comments, strict=True))


@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.EDITED, Verdict.REJECTED])
def test_a_decision_takes_the_mark_away(sample: Sample, verdict: Verdict) -> None:
    project = marked(sample("zh"), verdict)
    assert MARK["zh"] not in wording_in("zh").cell(cell_of(project))
    i, j = place_of(project)
    assert underlined(opened(project).tables[0].rows[i + 1].cells[j]._tc) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("comments", [False, True])
def test_the_mark_is_no_edit(sample: Sample, language: str, comments: bool) -> None:
    project = marked(sample(language))
    data = write_docx(project, version="1", options=WordOptions(comments=comments))
    assert read_back(data, "r.docx", project).changes == ()


def test_words_typed_among_the_doubtful_ones_are_read_without_the_mark(sample: Sample) -> None:
    project = marked(sample("zh"))
    i, j = place_of(project)
    report, cell = opened(project), cell_of(project)
    doubtful = next(t for t in report.tables[0].rows[i + 1].cells[j]._tc.iter(qn("w:t")) if t.text == cell.text[2:5])
    doubtful.text = "新词"
    out = BytesIO()
    report.save(out)
    (change,) = read_back(out.getvalue(), "r.docx", project).changes
    assert change.text == cell.text[:2] + "新词" + cell.text[5:]
    made = judged(project, None, change, None).judged
    assert isinstance(made, Cell) and not made.to_be_checked and made.doubts == ()


def test_an_unsupported_translation_has_both_signs(sample: Sample) -> None:
    cell = Cell("a", "甲", Status.UNSUPPORTED, wording=Wording.TO_BE_CHECKED)
    assert wording_in("zh").cell(cell) == "! 甲（译文待核）（无依据）"


def test_sheets_and_markdown_carry_the_mark(sample: Sample) -> None:
    project = marked(sample("zh"))
    assert write_markdown(project).count("（译文待核）") == 2
    assert write_csv(project).decode("utf-8-sig").count("（译文待核）") == 1
    book = load_workbook(BytesIO(write_xlsx(project)))
    said = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    assert sum("（译文待核）" in text for text in said) == 2


def test_the_facts_count_them(sample: Sample) -> None:
    assert ("译文待核", "2") in facts_of(marked(sample("zh")), "1", wording_in("zh"))
    assert all(name != "译文待核" for name, _ in facts_of(sample("zh"), "1", wording_in("zh")))
