"""What a person says of a paper's title page and of its picture: what follows, what is proved, what stays."""

from __future__ import annotations

from dataclasses import replace

from docx import Document as WordFile
from tests.telling import COLUMNS, QUIET, SAMPLE
from tests.workbench.filled import fill

from citegrid.core.messages import say
from citegrid.core.reference import WorkKind
from citegrid.core.serialisation.result import from_json, to_json
from citegrid.core.table import Status, Verdict


def own_row(workbench):
    return next(row for row in workbench.project.table.rows if row.work.kind is WorkKind.PAPER)


def own_cell(workbench, column: str):
    return next(cell for cell in own_row(workbench).cells if cell.column == column)


def test_corrected_details_of_the_paper_reach_its_row_the_report_and_the_result(workbench, loop, tmp_path):
    fill(workbench, loop)
    read = workbench.shown_paper.details
    right = replace(read, title="Automatic checks", authors=read.authors[:1], year=1999, doi="10.1000/mine")
    loop.wait(workbench.shown_paper.correct(right), QUIET)
    work = own_row(workbench).work
    assert (work.title, work.authors, work.year) == ("Automatic checks", read.authors[:1], 1999)
    assert workbench.shown_paper.details == right
    assert workbench.shown_paper.document.title == "Automatic checks"
    assert from_json(to_json(workbench.project, "0")).details == workbench.project.details != ()
    assert workbench.shown_paper.correct(right) is None
    loop.wait(workbench.reports.export(tmp_path / "report.docx"), QUIET)
    report = WordFile(str(tmp_path / "report.docx"))
    listed = [p.text for p in report.paragraphs if "Automatic checks" in p.text]
    assert len(listed) >= 2  # on top and in the list of references
    assert any("1999" in line for line in listed)
    assert not any(read.title in p.text for p in report.paragraphs)
    workbench.session.undo()
    assert own_row(workbench).work.title == read.title
    assert workbench.shown_paper.details == read


def test_corrected_details_are_proved_where_they_are_printed_and_a_persons_word_elsewhere(workbench, loop):
    fill(workbench, loop)
    column = next(c.name for c in COLUMNS if "作者" in c.name)
    details = workbench.shown_paper.details
    loop.wait(workbench.shown_paper.correct(replace(details, doi="10.1000/mine")), QUIET)
    cell = own_cell(workbench, column)
    assert cell.status is Status.SUPPORTED
    assert all(e.page == 1 and e.boxes for e in cell.evidence)
    loop.wait(workbench.shown_paper.correct(replace(details, authors=("Nobody, Printed Here",))), QUIET)
    cell = own_cell(workbench, column)
    assert "Nobody" in cell.text
    assert cell.verdict is Verdict.EDITED
    assert cell.status is Status.UNSUPPORTED
    assert "you gave it" in say(cell.reason, "en")


def test_a_cell_that_a_person_accepted_keeps_its_words_beside_corrected_details(workbench, loop):
    fill(workbench, loop)
    column = next(c.name for c in COLUMNS if "作者" in c.name)
    before, own = own_cell(workbench, column), own_row(workbench).work.id
    workbench.cells.judge(own, column, Verdict.ACCEPTED)
    details = workbench.shown_paper.details
    loop.wait(workbench.shown_paper.correct(replace(details, authors=("Quill, Ada",))), QUIET)
    cell = own_cell(workbench, column)
    assert cell.text == before.text
    assert "Quill" in cell.draft


def test_a_name_typed_from_the_title_page_is_supported_by_it(workbench, loop):
    fill(workbench, loop)
    column = next(c.name for c in COLUMNS if "作者" in c.name)
    own, author = own_row(workbench).work.id, workbench.shown_paper.document.authors[-1]
    loop.wait(workbench.cells.edit(own, column, author), QUIET)
    cell = own_cell(workbench, column)
    assert cell.status is Status.SUPPORTED
    assert [e.page for e in cell.evidence] == [1]
    loop.wait(workbench.cells.edit(own, column, f"{author} 1066"), QUIET)
    assert own_cell(workbench, column).status is Status.UNSUPPORTED


def test_columns_are_read_anew_within_a_frame_of_the_picture(workbench, loop):
    assert workbench.picture.read_within((0, 0, 10, 10)) is None  # no picture yet
    loop.wait(workbench.picture.open(SAMPLE / "table-en.png"), QUIET)
    whole = workbench.project.table.columns
    left, right = whole[0].box, whole[2].box
    bottom = workbench.picture.pixels.height
    loop.wait(workbench.picture.read_within((left[0] - 8, left[1] - 8, right[2] + 8, bottom)), QUIET)
    assert [c.name for c in workbench.project.table.columns] == [c.name for c in whole[:3]]
    assert all(abs(a - b) < 8 for a, b in zip(workbench.project.table.columns[0].box, left, strict=True))
    workbench.session.undo()
    assert workbench.project.table.columns == whole
