"""Columns in a project: typed, pictured, corrected, kept as templates; what becomes of answers that come too late, or in another form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.telling import COLUMNS, QUIET, SAMPLE, Telling
from tests.workbench.filled import fill

from citegrid.cli import fill as fill_command
from citegrid.cli.context import Context
from citegrid.cli.parser import make_parser
from citegrid.core.errors import InputError, UsageError
from citegrid.core.table import AnswerType, Cell, Column, Status


def test_two_columns_of_one_name_are_refused(workbench):
    with pytest.raises(UsageError):
        workbench.table.set_columns([Column("A"), Column("A ")])


def test_columns_are_saved_as_a_template_and_taken_from_it(workbench, tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    workbench.table.set_columns([Column("Title"), Column(" N ", "only adults", AnswerType.NUMBER)])
    assert workbench.table.save_template("Trials").is_file()
    workbench.files.new()
    workbench.table.use_template("Trials")
    assert workbench.project.table.columns == (Column("Title"), Column("N", "only adults", AnswerType.NUMBER))
    workbench.session.undo()
    assert workbench.project.table.columns == ()


def test_another_picture_is_one_change_that_can_be_undone(workbench, loop):
    loop.wait(workbench.picture.open(SAMPLE / "table-zh.png"), QUIET)
    first, pixels = workbench.project, workbench.picture.pixels
    workbench.table.set_columns([*workbench.project.table.columns[:2], Column("Mine")])
    loop.wait(workbench.picture.open(SAMPLE / "table-en.png"), QUIET)
    assert workbench.project.table.columns[0].name == "Title"
    workbench.session.undo()
    assert workbench.project.picture == first.picture
    assert [c.name for c in workbench.project.table.columns][2:] == ["Mine"]
    loop.wait(workbench.session.queues.reading.start("waiting", lambda progress, cancel: None, lambda job: None), QUIET)
    assert workbench.picture.pixels is not None and workbench.picture.pixels.width == pixels.width
    workbench.session.undo()
    assert workbench.project == first
    workbench.session.undo()
    assert workbench.project.picture is None and workbench.picture.pixels is None and not workbench.session.can_undo
    workbench.session.redo()
    assert workbench.project.template == first.template


def test_a_corrected_column_is_a_column_of_the_picture(workbench, loop):
    loop.wait(workbench.picture.open(SAMPLE / "table-en.png"), QUIET)
    columns = [Column("Heading"), *workbench.project.table.columns[1:]]
    workbench.table.set_columns(columns, [("Title", "Heading")])
    assert workbench.project.template.columns == tuple(columns)
    workbench.session.undo()
    assert workbench.project.template.columns[0].name == "Title"


def test_an_answer_to_a_question_that_was_changed_meanwhile_is_dropped(workbench, loop):
    fill(workbench, loop, rows=2)
    work = workbench.project.table.rows[1].work.id
    late = Cell("主要方法", "late", Status.SUPPORTED)
    workbench.table.set_columns([COLUMNS[0], COLUMNS[1], Column("主要方法", "只写名称")])
    assert workbench.cells.at(work, "主要方法").status is Status.WAITING
    workbench.fill._take_cell(work, late, COLUMNS[2].question)
    assert workbench.cells.at(work, "主要方法").status is Status.WAITING
    workbench.fill._take_cell(work, late, Column("", "只写名称").question)
    assert workbench.cells.at(work, "主要方法").text == "late"


def test_rows_that_arrive_after_a_change_of_columns_fit_the_new_ones(workbench, loop):
    fill(workbench, loop, rows=2)
    rows = workbench.project.table.rows
    workbench.table.set_columns([Column("New"), COLUMNS[0]])
    workbench.fill._take_rows(rows)
    assert [[c.column for c in r.cells] for r in workbench.project.table.rows] == [["New", "文献名称"]] * 2


@pytest.mark.parametrize(
    ("kind", "says", "status", "text"),
    [
        (AnswerType.NUMBER, "Several data sets are used", Status.UNSUPPORTED, "Several data sets are used"),
        (AnswerType.YES_NO, "The authors use raters", Status.UNSUPPORTED, "The authors use raters"),
        (AnswerType.YES_NO, "Yes", Status.SUPPORTED, "yes"),
        (AnswerType.YEAR, "A long time ago", Status.UNSUPPORTED, "A long time ago"),
    ],
)
def test_an_answer_that_is_not_of_the_form_is_shown_as_unsupported_with_the_reason(
    workbench, loop, kind, says, status, text
):
    model = Telling()
    model._speech = lambda ask: says
    engines = workbench.session.engines
    workbench.session.engines = replace(engines, load_model=lambda path, sha256, cancel: model)
    loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
    workbench.table.set_query("Collect the literature in English.", "en")
    workbench.table.set_limits(3, 100)
    workbench.table.set_columns([Column("Title"), Column("Approach", "only what is new", kind)])
    loop.wait(workbench.fill.start(), QUIET)
    cells = [workbench.cells.at(r.work.id, "Approach") for r in workbench.project.table.rows]
    told = [c for c in cells if c.text]
    assert told
    assert {c.text for c in told} == {text}
    assert {c.status for c in told} == {status}
    assert all(bool(c.reason) == (status is Status.UNSUPPORTED) for c in told)
    written = [a for a in model.asked if a.max_tokens > 1 and "Approach" in a.own]
    assert written and all("only what is new" in a.own for a in written)


def test_a_picture_that_arrives_after_it_was_undone_is_not_shown(workbench, loop):
    loop.wait(workbench.picture.open(SAMPLE / "table-en.png"), QUIET)
    loop.wait(workbench.picture.open(SAMPLE / "table-zh.png"), QUIET)
    workbench.session.undo()
    workbench.session.undo()
    loop.wait(workbench.session.queues.reading.start("waiting", lambda progress, cancel: None, lambda job: None), QUIET)
    assert workbench.picture.pixels is None


def test_the_terminal_takes_typed_columns_and_templates(workbench, loop, tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    typed = "Title | Participants :: number :: only those who finished|n (k = 5): mean"
    args = make_parser().parse_args(["fill", "--pdf", str(SAMPLE / "paper.pdf"), "--columns", typed])
    fill_command._prepare(args, Context(workbench, loop, QUIET))
    wanted = (
        Column("Title"),
        Column("Participants", "only those who finished", AnswerType.NUMBER),
        Column("n (k = 5): mean"),
    )
    assert workbench.project.table.columns == wanted
    workbench.table.save_template("Trials")
    args = make_parser().parse_args(["fill", "--pdf", str(SAMPLE / "paper.pdf"), "--template", "Trials"])
    fill_command._prepare(args, Context(workbench, loop, QUIET))
    assert workbench.project.table.columns == wanted
    args = make_parser().parse_args(["fill", "--pdf", str(SAMPLE / "paper.pdf"), "--template", "None"])
    with pytest.raises(InputError, match="Trials"):
        fill_command._prepare(args, Context(workbench, loop, QUIET))
