"""A Word report edited as word processors and people do it, and read back."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from citegrid.core.errors import InputError
from citegrid.core.project import Project
from citegrid.core.table import Status
from citegrid.pipeline.export.word.changes import Change, ReadBack
from citegrid.pipeline.export.word.options import WordOptions
from citegrid.pipeline.export.word.read_changes import read_back
from citegrid.pipeline.export.word.write import write_docx

Sample = Callable[[str], Project]


def document(project: Project) -> Any:
    return Document(BytesIO(write_docx(project, version="1", options=WordOptions(comments=True))))


def back(edited: Any, project: Project) -> ReadBack:
    out = BytesIO()
    edited.save(out)
    return read_back(out.getvalue(), "report.docx", project)


def supported(project: Project) -> tuple[int, int]:
    """Row and column of a supported cell with citations, but not in the first columns."""
    return next(
        (i, j)
        for i, row in enumerate(project.table.rows)
        for j, cell in enumerate(row.cells)
        if j > 1 and cell.status is Status.SUPPORTED and cell.evidence
    )


def cell_of(edited: Any, row: int, column: int) -> Any:
    return edited.tables[0].rows[row + 1].cells[column]


def sentence_runs(edited: Any, number: int) -> list[Any]:
    for paragraph in edited.element.body.iter(qn("w:p")):
        inside, runs = False, []
        for node in paragraph:
            if node.tag == qn("w:bookmarkStart"):
                inside = node.get(qn("w:name")) == f"sentence_{number}"
            elif node.tag == qn("w:bookmarkEnd") and inside:
                return runs
            elif inside:
                runs.append(node)
    raise AssertionError(number)


def test_nothing_has_changed_in_a_file_nobody_edited(any_project: Project):
    assert back(document(any_project), any_project) == ReadBack()


def test_a_cell_and_a_sentence_that_say_something_else(sample: Sample):
    project = sample("zh")
    assert project.review is not None
    row, column = supported(project)
    edited = document(project)
    cell_of(edited, row, column).paragraphs[0].runs[0].text = "改写后的 内容"
    sentence_runs(edited, 2)[0].find(qn("w:t")).text = "改写后的句子。"
    cell = project.table.rows[row].cells[column]
    assert back(edited, project).changes == (
        Change(cell.text, "改写后的 内容", cell.text, project.table.rows[row].work.id, cell.column),
        Change(project.review.sentences[1].text, "改写后的句子。", project.review.sentences[1].text, sentence=1),
    )


def test_what_is_typed_behind_the_marks_or_over_a_dash_is_text(sample: Sample):
    project = sample("zh")
    edited = document(project)
    row, column = supported(project)
    paragraph = cell_of(edited, row, column)._tc.find(qn("w:p"))
    number = next(r for r in list(paragraph.iter(qn("w:r")))[::-1] if r.find(qn("w:t")) is not None)
    number.find(qn("w:t")).text += "，还有补充"
    r, c = next(
        (i, j)
        for i, line in enumerate(project.table.rows)
        for j, cell in enumerate(line.cells)
        if cell.status is Status.NOT_STATED
    )
    cell_of(edited, r, c).paragraphs[0].runs[0].text = "其实有说明"
    texts = [change.text for change in back(edited, project).changes]
    assert sorted(texts) == sorted([project.table.rows[row].cells[column].text + "，还有补充", "其实有说明"])


def test_tracked_changes_count_as_accepted(sample: Sample):
    project = sample("en")
    edited = document(project)
    row, column = supported(project)
    first = cell_of(edited, row, column).paragraphs[0].runs[0]._r
    inserted, deleted = OxmlElement("w:ins"), OxmlElement("w:del")
    new = deepcopy(first)
    new.find(qn("w:t")).text = "Says something else."
    first.addprevious(inserted)
    inserted.append(new)
    first.addprevious(deleted)
    deleted.append(first)
    assert [c.text for c in back(edited, project).changes] == ["Says something else."]


def test_a_change_of_ours_is_told_from_one_of_theirs(sample: Sample):
    project = sample("zh")
    row, column = supported(project)
    edited = document(project)
    line = project.table.rows[row]
    cells = list(line.cells)
    cells[column] = replace(cells[column], text="项目里已经改了")
    rows = list(project.table.rows)
    rows[row] = replace(line, cells=tuple(cells))
    newer = replace(project, table=replace(project.table, rows=tuple(reversed(rows))))
    assert back(edited, newer).changes == ()
    cell_of(edited, row, column).paragraphs[0].runs[0].text = "别人也改了"
    (change,) = back(edited, newer).changes
    assert (change.work_id, change.text, change.now, change.both) == (
        line.work.id,
        "别人也改了",
        "项目里已经改了",
        True,
    )


def test_rows_that_come_and_go_are_told(sample: Sample):
    project = sample("en")
    edited = document(project)
    table = edited.tables[0]._tbl
    lines = table.findall(qn("w:tr"))
    new = deepcopy(lines[3])
    for mark in [*new.iter(qn("w:bookmarkStart")), *new.iter(qn("w:bookmarkEnd"))]:
        mark.getparent().remove(mark)
    for text in new.iter(qn("w:t")):
        text.text = "new"
    lines[-1].addnext(new)
    table.remove(lines[2])
    table.remove(lines[4])
    found = back(edited, project)
    gone = [project.table.rows[i].work.id for i in (1, 3)]
    assert [(c.work_id, c.text, c.row_gone) for c in found.changes] == [(one, "", True) for one in gone]
    assert all(c.was and not c.both for c in found.changes)
    assert [n.split(":")[0] for n in found.notes] == ["A row that was added is not taken over"]
    rows = tuple(row for row in project.table.rows if row.work.id != gone[0])
    less = replace(project, table=replace(project.table, rows=rows))  # the project let go of one as well
    assert [c.work_id for c in back(edited, less).changes] == gone[1:]


def test_a_sentence_cut_in_two_paragraphs_and_one_added_behind_another(sample: Sample):
    project = sample("zh")
    assert project.review is not None
    edited = document(project)
    sentence_runs(edited, 3)[-1].addnext(deepcopy(sentence_runs(edited, 1)[0]))
    (change,) = back(edited, project).changes
    assert (change.sentence, change.text) == (2, project.review.sentences[2].text + project.review.sentences[0].text)


def test_without_the_custom_part_the_project_is_compared(sample: Sample):
    project = sample("zh")
    edited = document(project)
    for key, relation in list(edited.part.rels.items()):
        if relation.reltype.endswith("/customXml"):
            del edited.part.rels[key]
    row, column = supported(project)
    cell_of(edited, row, column).paragraphs[0].runs[0].text = "改了"
    assert [c.text for c in back(edited, project).changes] == ["改了"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_word_document_is_said_so(data: bytes):
    with pytest.raises(InputError, match=r"report\.docx is not a Word document"):
        read_back(data, "report.docx", Project())


def test_a_report_of_another_project_or_another_document(sample: Sample):
    out = BytesIO()
    Document().save(out)
    with pytest.raises(InputError, match=r"no table"):
        read_back(out.getvalue(), "report.docx", sample("zh"))
    with pytest.raises(InputError, match=r"not a report of this project"):
        back(document(sample("zh")), Project())


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saves_reads_as_unchanged(sample: Sample, tmp_path: Path):
    for name in ("zh", "en", "long-words"):
        (tmp_path / f"{name}.docx").write_bytes(write_docx(sample(name), version="1"))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    files = sorted(str(p) for p in tmp_path.glob("*.docx"))
    command = ["soffice", home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", tmp_path / "out"]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=180)
    for name in ("zh", "en", "long-words"):
        data = (tmp_path / "out" / f"{name}.docx").read_bytes()
        assert read_back(data, name, sample(name)) == ReadBack()
