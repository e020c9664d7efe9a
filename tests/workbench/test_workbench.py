"""The use-cases on real files with a double for the model: what changes, what is kept, what can be undone."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from dataclasses import replace

import pytest
from tests.telling import COLUMNS, QUIET, SAMPLE, Telling

from citegrid import wiring
from citegrid.cli import fill as fill_command
from citegrid.cli.context import Context
from citegrid.cli.parser import make_parser
from citegrid.cli.progress import Loop
from citegrid.core.errors import InputError, ModelError, UsageError
from citegrid.core.messages import say
from citegrid.core.project import Part
from citegrid.core.serialisation.result import from_json, to_json
from citegrid.core.table import AnswerType, Cell, Column, Status, Verdict
from citegrid.engines.fake import CrashingModel
from citegrid.store import models
from citegrid.workbench import lazy_imports
from citegrid.workbench.workbench import Workbench


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def bench(loop, tmp_path, monkeypatch):
    real = wiring.engines()
    monkeypatch.setattr(models, "resolve", lambda name=None: tmp_path / "fake.gguf")
    monkeypatch.setattr("citegrid.workbench.session.checksum", lambda path: "0" * 64)
    doubles = replace(real, load_model=lambda path, sha256: Telling())
    made = Workbench(doubles, loop.post)
    yield made
    made.close()


def fill(bench: Workbench, loop: Loop, rows: int = 4) -> None:
    loop.wait(bench.open_paper(SAMPLE / "paper.pdf"), QUIET)
    bench.set_limits(rows, 120)
    bench.set_columns(COLUMNS)
    loop.wait(bench.fill(), QUIET)


def test_filling_needs_a_paper_and_columns(bench, loop):
    with pytest.raises(UsageError):
        bench.fill()
    loop.wait(bench.open_paper(SAMPLE / "paper.pdf"), QUIET)
    with pytest.raises(UsageError):
        bench.fill()


def test_reading_begins_when_the_first_page_has_been_taken(bench, loop, monkeypatch):
    """What the person waits for, the pages on the screen, does not compete with the reading that comes after it."""
    order: list[str] = []
    read = lazy_imports.run.read_paper
    monkeypatch.setattr(lazy_imports.run, "read_paper", lambda *a, **k: (order.append("read"), read(*a, **k))[1])
    bench.watch(lambda changed: (time.sleep(0.3), order.append("shown")) if not order else None)
    loop.wait(bench.open_paper(SAMPLE / "paper.pdf"), QUIET)
    assert order[:2] == ["shown", "read"]


def test_closing_does_not_wait_for_an_owner_that_takes_nothing_more(bench, loop):
    job = bench.open_paper(SAMPLE / "paper.pdf")
    time.sleep(0.3)  # the pages are open by now, and nobody runs what was posted
    began = time.monotonic()
    bench.close()
    assert time.monotonic() - began < 3
    assert job.future.done()


def test_a_filled_table_has_rows_evidence_a_review_and_checks(bench, loop):
    heard: set[Part] = set()
    bench.watch(lambda changed: heard.update(changed.parts))
    fill(bench, loop)
    rows = bench.project.table.rows
    assert len(rows) == 4
    assert rows[0].work.id == "paper"
    assert all(c.status is not Status.WAITING for r in rows for c in r.cells)
    titles = [bench.cell(r.work.id, "文献名称") for r in rows]
    assert all(c.status is Status.SUPPORTED and c.evidence for c in titles)
    assert bench.project.review is not None
    assert bench.project.checks
    assert bench.project.run.model == "fake.gguf"
    assert {Part.PAPER, Part.RUN, Part.REVIEW} <= heard


def test_what_a_person_accepted_or_wrote_is_never_overwritten(bench, loop):
    fill(bench, loop)
    work = bench.project.table.rows[1].work.id
    loop.wait(bench.edit_cell(work, "主要方法", "我自己的话"), QUIET)
    loop.drain()
    assert bench.cell(work, "主要方法").verdict is Verdict.EDITED
    other = bench.project.table.rows[2].work.id
    bench.judge_cell(other, "文献名称", Verdict.ACCEPTED)
    before = bench.cell(other, "文献名称")
    loop.wait(bench.fill(again=True), QUIET)
    assert bench.cell(work, "主要方法").text == "我自己的话"
    assert bench.cell(other, "文献名称") == before


def test_a_persons_text_is_there_at_once_and_looked_for_beside_the_owners_thread(bench, loop, monkeypatch):
    fill(bench, loop)
    row = next(r for r in bench.project.table.rows[1:] if bench.cell(r.work.id, "主要方法").evidence)
    threads: list[str] = []
    real = lazy_imports.check_edit.check_edit

    def noted(*args, **more):
        threads.append(threading.current_thread().name)
        return real(*args, **more)

    monkeypatch.setattr(lazy_imports.check_edit, "check_edit", noted)
    job = bench.edit_cell(row.work.id, "主要方法", "一种全新的方法")
    now = bench.cell(row.work.id, "主要方法")
    assert (now.text, now.status, now.verdict) == ("一种全新的方法", Status.UNSUPPORTED, Verdict.EDITED)
    assert "尚待核对" in say(now.reason, "zh")
    loop.wait(job, QUIET)
    for _ in range(100):
        loop.drain()
        if len(threads) > 1:
            break
        time.sleep(0.05)
    assert [name.split("_")[0] for name in threads] == ["citegrid-reading", "citegrid-asking"]


def test_a_check_of_a_text_that_was_changed_meanwhile_is_dropped(bench, loop):
    fill(bench, loop)
    work = bench.project.table.rows[1].work.id
    first = bench.edit_cell(work, "主要方法", "第一句")
    second = bench.edit_cell(work, "主要方法", "")
    assert second is None
    loop.wait(first, QUIET)
    assert bench.cell(work, "主要方法").text == ""
    assert bench.cell(work, "主要方法").status is Status.NOT_STATED
    bench.undo()
    assert bench.cell(work, "主要方法").text == "第一句"
    bench.undo()
    assert bench.cell(work, "主要方法").verdict is Verdict.OPEN


def test_every_change_of_the_table_can_be_undone(bench, loop):
    fill(bench, loop)
    first = bench.project
    work = first.table.rows[1].work.id
    bench.drop_row(work)
    bench.set_columns(COLUMNS[:2])
    bench.undo()
    bench.undo()
    assert bench.project.table == first.table
    bench.redo()
    assert all(r.work.id != work for r in bench.project.table.rows)


def test_a_row_can_be_added_and_moved(bench, loop):
    fill(bench, loop)
    known = {r.work.id for r in bench.project.table.rows}
    new = next(r.id for r in bench.references if r.id not in known)
    bench.add_row(new)
    bench.add_row(new)
    assert [r.work.id for r in bench.project.table.rows].count(new) == 1
    bench.move_row(new, 1)
    assert bench.project.table.rows[1].work.id == new
    assert bench.cell(new, "主要方法").status is Status.WAITING
    loop.wait(bench.fill(), QUIET)
    assert bench.cell(new, "主要方法").status is not Status.WAITING


def test_a_project_opens_again_as_it_was(bench, loop, tmp_path):
    bench.new_project(tmp_path / "project")
    fill(bench, loop)
    saved = to_json(bench.project, "1")
    bench.open_project(tmp_path / "project")
    assert to_json(bench.project, "1") == saved
    for job in bench.reopen_sources():
        loop.wait(job, QUIET)
    assert bench.document is not None
    assert json.loads((tmp_path / "project" / "project.json").read_text("utf-8"))


def test_a_model_that_breaks_fails_its_cells_and_keeps_the_rest(bench, loop, tmp_path):
    bench._engines = replace(bench._engines, load_model=lambda path, sha256: CrashingModel())
    loop.wait(bench.open_paper(SAMPLE / "paper.pdf"), QUIET)
    bench.set_limits(2, 120)
    bench.set_columns(COLUMNS)
    with contextlib.suppress(ModelError):
        loop.wait(bench.fill(), QUIET)
    rows = bench.project.table.rows
    assert rows
    assert all(bench.cell(r.work.id, "文献名称").status is Status.SUPPORTED for r in rows)
    assert all(bench.cell(r.work.id, "主要方法").status in (Status.FAILED, Status.WAITING) for r in rows)


@pytest.mark.parametrize("suffix", [".docx", ".md", ".xlsx", ".csv", ".bib"])
def test_it_is_exported(bench, loop, tmp_path, suffix):
    fill(bench, loop, rows=2)
    out = loop.wait(bench.export(tmp_path / f"out{suffix}"), QUIET)
    assert out.stat().st_size > 100


def test_two_columns_of_one_name_are_refused(bench):
    with pytest.raises(UsageError):
        bench.set_columns([Column("A"), Column("A ")])


def test_columns_are_saved_as_a_template_and_taken_from_it(bench, tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    bench.set_columns([Column("Title"), Column(" N ", "only adults", AnswerType.NUMBER)])
    assert bench.save_template("Trials").is_file()
    bench.new_project()
    bench.use_template("Trials")
    assert bench.project.table.columns == (Column("Title"), Column("N", "only adults", AnswerType.NUMBER))
    bench.undo()
    assert bench.project.table.columns == ()


def test_another_picture_is_one_change_that_can_be_undone(bench, loop):
    loop.wait(bench.open_picture(SAMPLE / "table-zh.png"), QUIET)
    first, pixels = bench.project, bench.picture
    bench.set_columns([*bench.project.table.columns[:2], Column("Mine")])
    loop.wait(bench.open_picture(SAMPLE / "table-en.png"), QUIET)
    assert bench.project.table.columns[0].name == "Title"
    bench.undo()
    assert bench.project.picture == first.picture
    assert [c.name for c in bench.project.table.columns][2:] == ["Mine"]
    loop.wait(bench._reading.start("waiting", lambda progress, cancel: None, lambda job: None), QUIET)
    assert bench.picture is not None and bench.picture.width == pixels.width
    bench.undo()
    assert bench.project == first
    bench.undo()
    assert bench.project.picture is None and bench.picture is None and not bench.can_undo
    bench.redo()
    assert bench.project.template == first.template


def test_a_corrected_column_is_a_column_of_the_picture(bench, loop):
    loop.wait(bench.open_picture(SAMPLE / "table-en.png"), QUIET)
    columns = [Column("Heading"), *bench.project.table.columns[1:]]
    bench.set_columns(columns, [("Title", "Heading")])
    assert bench.project.template.columns == tuple(columns)
    bench.undo()
    assert bench.project.template.columns[0].name == "Title"


def test_an_answer_to_a_question_that_was_changed_meanwhile_is_dropped(bench, loop):
    fill(bench, loop, rows=2)
    work = bench.project.table.rows[1].work.id
    late = Cell("主要方法", "late", Status.SUPPORTED)
    bench.set_columns([COLUMNS[0], COLUMNS[1], Column("主要方法", "只写名称")])
    assert bench.cell(work, "主要方法").status is Status.WAITING
    bench._take_cell(work, late, COLUMNS[2].question)
    assert bench.cell(work, "主要方法").status is Status.WAITING
    bench._take_cell(work, late, Column("", "只写名称").question)
    assert bench.cell(work, "主要方法").text == "late"


def test_rows_that_arrive_after_a_change_of_columns_fit_the_new_ones(bench, loop):
    fill(bench, loop, rows=2)
    rows = bench.project.table.rows
    bench.set_columns([Column("New"), COLUMNS[0]])
    bench._take_rows(rows)
    assert [[c.column for c in r.cells] for r in bench.project.table.rows] == [["New", "文献名称"]] * 2


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
    bench, loop, kind, says, status, text
):
    model = Telling()
    model._speech = lambda ask: says
    engines = bench._engines
    bench._engines = replace(engines, load_model=lambda path, sha256: model)
    loop.wait(bench.open_paper(SAMPLE / "paper.pdf"), QUIET)
    bench.set_query("Collect the literature in English.", "en")
    bench.set_limits(3, 100)
    bench.set_columns([Column("Title"), Column("Approach", "only what is new", kind)])
    loop.wait(bench.fill(), QUIET)
    cells = [bench.cell(r.work.id, "Approach") for r in bench.project.table.rows]
    told = [c for c in cells if c.text]
    assert told
    assert {c.text for c in told} == {text}
    assert {c.status for c in told} == {status}
    assert all(bool(c.reason) == (status is Status.UNSUPPORTED) for c in told)
    written = [a for a in model.asked if a.max_tokens > 1 and "Approach" in a.own]
    assert written and all("only what is new" in a.own for a in written)


def test_in_a_strict_run_what_no_evidence_carries_is_not_stated(bench, loop):
    model = Telling()
    model._speech = lambda ask: "Several data sets are used"
    bench._engines = replace(bench._engines, load_model=lambda path, sha256: model)
    loop.wait(bench.open_paper(SAMPLE / "paper.pdf"), QUIET)
    bench.set_query("Collect the literature in English.", "en")
    bench.set_limits(3, 100)
    bench.set_columns([Column("Title"), Column("Approach", "", AnswerType.NUMBER)])
    loop.wait(bench.fill(strict=True), QUIET)
    cells = [bench.cell(r.work.id, "Approach") for r in bench.project.table.rows]
    refused = [c for c in cells if c.draft]
    assert refused
    for cell in refused:
        assert (cell.text, cell.status, cell.draft) == ("", Status.NOT_STATED, "Several data sets are used")
        assert cell.near and cell.searched and cell.reason.startswith("not stated")


def test_another_project_may_keep_picture_and_columns(bench, loop, tmp_path):
    loop.wait(bench.open_picture(SAMPLE / "table-en.png"), QUIET)
    bench.set_columns([Column("Heading"), *bench.project.table.columns[1:]], [("Title", "Heading")])
    before = bench.project
    bench.new_project(tmp_path / "next", keep_columns=True)
    loop.wait(bench._reading.start("waiting", lambda progress, cancel: None, lambda job: None), QUIET)
    assert bench.picture is not None
    assert (bench.project.picture, bench.project.template) == (before.picture, before.template)
    assert bench.project.table == before.table
    assert not bench.can_undo


def test_a_picture_that_arrives_after_it_was_undone_is_not_shown(bench, loop):
    loop.wait(bench.open_picture(SAMPLE / "table-en.png"), QUIET)
    loop.wait(bench.open_picture(SAMPLE / "table-zh.png"), QUIET)
    bench.undo()
    bench.undo()
    loop.wait(bench._reading.start("waiting", lambda progress, cancel: None, lambda job: None), QUIET)
    assert bench.picture is None


def test_the_terminal_takes_typed_columns_and_templates(bench, loop, tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    typed = "Title | Participants :: number :: only those who finished|n (k = 5): mean"
    args = make_parser().parse_args(["fill", "--pdf", str(SAMPLE / "paper.pdf"), "--columns", typed])
    fill_command._prepare(args, Context(bench, loop, QUIET))
    wanted = (
        Column("Title"),
        Column("Participants", "only those who finished", AnswerType.NUMBER),
        Column("n (k = 5): mean"),
    )
    assert bench.project.table.columns == wanted
    bench.save_template("Trials")
    args = make_parser().parse_args(["fill", "--pdf", str(SAMPLE / "paper.pdf"), "--template", "Trials"])
    fill_command._prepare(args, Context(bench, loop, QUIET))
    assert bench.project.table.columns == wanted
    args = make_parser().parse_args(["fill", "--pdf", str(SAMPLE / "paper.pdf"), "--template", "None"])
    with pytest.raises(InputError, match="Trials"):
        fill_command._prepare(args, Context(bench, loop, QUIET))


def test_a_printed_page_number_moves_all_labels_and_those_of_citations(bench, loop):
    fill(bench, loop)
    first = bench.document.page(1).label
    bench.set_printed_label(1, str(int(first) + 100))
    assert bench.document.page(3).label == str(int(first) + 102)
    cited = [e for row in bench.project.table.rows for c in row.cells for e in c.evidence]
    assert cited
    assert all(e.page_label == bench.document.page(e.page).label for e in cited)
    again = from_json(to_json(bench.project, "0"))
    assert again.label_offset == 100
    bench.undo()
    assert bench.document.page(1).label == first
    with pytest.raises(UsageError, match="no page number"):
        bench.set_printed_label(1, "cover")


def test_a_review_that_a_person_wrote_is_judged_where_it_is_new(bench, loop):
    fill(bench, loop)
    old = bench.project.review
    first = next(s for s in old.sentences if s.evidence)
    at = old.sentences.index(first)
    said = list(old.sentences)
    said[at] = replace(first, text=first.text + "它有 987654 个参数。")
    bench.edit_review(replace(old, sentences=tuple(said)))
    loop.drain()
    new = bench.project.review
    assert new.sentences[at].status is Status.UNSUPPORTED and "987654" in new.sentences[at].reason
    assert new.sentences[at].evidence == first.evidence
    assert [s for i, s in enumerate(new.sentences) if i != at] == [s for i, s in enumerate(old.sentences) if i != at]
    bench.undo()
    assert bench.project.review == old


def test_one_paragraph_of_the_review_is_rewritten_and_can_be_undone(bench, loop):
    fill(bench, loop)
    old = bench.project.review
    paragraph = next(s.paragraph for s in old.sentences if s.evidence)
    hand = replace(old, sentences=tuple(
        replace(s, text="人写的话。") if s.paragraph == paragraph and s.evidence else s for s in old.sentences
    ))  # fmt: skip
    bench.edit_review(hand)
    loop.drain()
    loop.wait(bench.rewrite_paragraph(paragraph), QUIET)
    loop.drain()
    before = old
    after = bench.project.review
    assert [s for s in after.sentences if s.paragraph != paragraph] == [
        s for s in before.sentences if s.paragraph != paragraph
    ]
    fresh = [s for s in after.sentences if s.paragraph == paragraph and s.evidence]
    assert any(s.status is Status.SUPPORTED and s.text != "人写的话。" for s in fresh)
    bench.undo()
    assert {s.text for s in bench.project.review.sentences if s.paragraph == paragraph and s.evidence} == {"人写的话。"}


def test_a_run_is_undone_and_done_again_in_one_step(bench, loop):
    loop.wait(bench.open_paper(SAMPLE / "paper.pdf"), QUIET)
    bench.set_limits(4, 120)
    bench.set_columns(COLUMNS)
    loop.wait(bench.fill(), QUIET)
    filled = bench.project
    bench.undo()
    assert bench.project.table.rows == () and bench.project.review is None
    bench.redo()
    assert (bench.project.table, bench.project.review) == (filled.table, filled.review)


def test_cells_asked_again_lie_beside_what_a_person_decided(bench, loop):
    fill(bench, loop, rows=7)
    said = [r for r in bench.project.table.rows if bench.cell(r.work.id, "主要方法").text.startswith("作者")]
    row, other = said[:2]
    bench.judge_cell(row.work.id, "主要方法", Verdict.ACCEPTED)
    before, review = bench.project, bench.project.review
    accepted, open_ = bench.cell(row.work.id, "主要方法"), bench.cell(other.work.id, "主要方法")
    assert bench._model is not None
    bench._model[1]._speech = lambda ask: "作者采用了另一种方法"
    places = [(row.work.id, "主要方法"), (other.work.id, "主要方法")]
    loop.wait(bench.fill(only=places), QUIET)
    after = bench.cell(row.work.id, "主要方法")
    assert (after.text, after.verdict, after.evidence) == (accepted.text, Verdict.ACCEPTED, accepted.evidence)
    assert after.draft and after.draft != after.text
    new = bench.cell(other.work.id, "主要方法")
    assert new.text != open_.text and new.draft == open_.text
    assert bench.project.review == review, "nobody asked for another review"
    untouched = {(r.work.id, c.column): c for r in before.table.rows for c in r.cells}
    for r in bench.project.table.rows:
        for c in r.cells:
            assert (r.work.id, c.column) in places or c == untouched[r.work.id, c.column]
    bench.undo()
    assert bench.project.table == before.table


def test_rows_chosen_anew_keep_the_pinned_one_and_its_answers_and_bring_none_back_that_was_dropped(bench, loop):
    fill(bench, loop, rows=5)
    works = [row.work.id for row in bench.project.table.rows]
    pinned, dropped = works[4], works[1]
    answers = bench._row(pinned).cells
    bench.pin_rows((pinned,))
    bench.drop_row(dropped)
    bench.set_limits(3, 120)
    before = bench.project.table
    loop.wait(bench.fill(anew=True), QUIET)
    chosen = [row.work.id for row in bench.project.table.rows]
    assert len(chosen) == 3 and chosen[0] == works[0] and pinned in chosen and dropped not in chosen
    assert bench._row(pinned).pinned and bench._row(pinned).cells == answers
    assert all(c.status is not Status.WAITING for row in bench.project.table.rows for c in row.cells)
    bench.undo()
    assert bench.project.table == before
