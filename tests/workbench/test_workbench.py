"""The use-cases on real files with a double for the model: what changes, what is kept, what can be undone."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from dataclasses import replace

import pytest
from tests.doubles.engines import CrashingModel
from tests.telling import COLUMNS, QUIET, SAMPLE, Telling
from tests.workbench.filled import fill

from citegrid.core.errors import ModelError, UsageError
from citegrid.core.messages import say
from citegrid.core.project import Part
from citegrid.core.serialisation.result import from_json, to_json
from citegrid.core.table import AnswerType, Column, Status, Verdict
from citegrid.workbench import lazy_imports


def test_filling_needs_a_paper_and_columns(workbench, loop):
    with pytest.raises(UsageError):
        workbench.fill.start()
    loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
    with pytest.raises(UsageError):
        workbench.fill.start()


def test_reading_begins_when_the_first_page_has_been_taken(workbench, loop, monkeypatch):
    """What the person waits for, the pages on the screen, does not compete with the reading that comes after it."""
    order: list[str] = []
    read = lazy_imports.run.read_paper
    monkeypatch.setattr(lazy_imports.run, "read_paper", lambda *a, **k: (order.append("read"), read(*a, **k))[1])
    workbench.session.watch(lambda changed: (time.sleep(0.3), order.append("shown")) if not order else None)
    loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
    assert order[:2] == ["shown", "read"]


def test_closing_does_not_wait_for_an_owner_that_takes_nothing_more(workbench, loop):
    job = workbench.papers.open(SAMPLE / "paper.pdf")
    time.sleep(0.3)  # the pages are open by now, and nobody runs what was posted
    began = time.monotonic()
    workbench.close()
    assert time.monotonic() - began < 3
    assert job.future.done()


def test_a_filled_table_has_rows_evidence_a_review_and_checks(workbench, loop):
    heard: set[Part] = set()
    workbench.session.watch(lambda changed: heard.update(changed.parts))
    fill(workbench, loop)
    rows = workbench.project.table.rows
    assert len(rows) == 4
    assert rows[0].work.id == "paper"
    assert all(c.status is not Status.WAITING for r in rows for c in r.cells)
    titles = [workbench.cells.at(r.work.id, "文献名称") for r in rows]
    assert all(c.status is Status.SUPPORTED and c.evidence for c in titles)
    assert workbench.project.review is not None
    assert workbench.project.checks
    assert workbench.project.run.model == "fake.gguf"
    assert {Part.PAPER, Part.RUN, Part.REVIEW} <= heard


def test_what_a_person_accepted_or_wrote_is_never_overwritten(workbench, loop):
    fill(workbench, loop)
    work = workbench.project.table.rows[1].work.id
    loop.wait(workbench.cells.edit(work, "主要方法", "我自己的话"), QUIET)
    loop.drain()
    assert workbench.cells.at(work, "主要方法").verdict is Verdict.EDITED
    other = workbench.project.table.rows[2].work.id
    workbench.cells.judge(other, "文献名称", Verdict.ACCEPTED)
    before = workbench.cells.at(other, "文献名称")
    loop.wait(workbench.fill.start(again=True), QUIET)
    assert workbench.cells.at(work, "主要方法").text == "我自己的话"
    assert workbench.cells.at(other, "文献名称") == before


def test_a_persons_text_is_there_at_once_and_looked_for_beside_the_owners_thread(workbench, loop, monkeypatch):
    fill(workbench, loop)
    row = next(r for r in workbench.project.table.rows[1:] if workbench.cells.at(r.work.id, "主要方法").evidence)
    threads: list[str] = []
    real = lazy_imports.check_edit.check_edit

    def noted(*args, **more):
        threads.append(threading.current_thread().name)
        return real(*args, **more)

    monkeypatch.setattr(lazy_imports.check_edit, "check_edit", noted)
    job = workbench.cells.edit(row.work.id, "主要方法", "一种全新的方法")
    now = workbench.cells.at(row.work.id, "主要方法")
    assert (now.text, now.status, now.verdict) == ("一种全新的方法", Status.UNSUPPORTED, Verdict.EDITED)
    assert "尚待核对" in say(now.reason, "zh")
    loop.wait(job, QUIET)
    for _ in range(100):
        loop.drain()
        if len(threads) > 1:
            break
        time.sleep(0.05)
    assert [name.split("_")[0] for name in threads] == ["citegrid-reading", "citegrid-asking"]


def test_a_check_of_a_text_that_was_changed_meanwhile_is_dropped(workbench, loop):
    fill(workbench, loop)
    work = workbench.project.table.rows[1].work.id
    first = workbench.cells.edit(work, "主要方法", "第一句")
    second = workbench.cells.edit(work, "主要方法", "")
    assert second is None
    loop.wait(first, QUIET)
    assert workbench.cells.at(work, "主要方法").text == ""
    assert workbench.cells.at(work, "主要方法").status is Status.NOT_STATED
    workbench.session.undo()
    assert workbench.cells.at(work, "主要方法").text == "第一句"
    workbench.session.undo()
    assert workbench.cells.at(work, "主要方法").verdict is Verdict.OPEN


def test_every_change_of_the_table_can_be_undone(workbench, loop):
    fill(workbench, loop)
    first = workbench.project
    work = first.table.rows[1].work.id
    workbench.table.drop_row(work)
    workbench.table.set_columns(COLUMNS[:2])
    workbench.session.undo()
    workbench.session.undo()
    assert workbench.project.table == first.table
    workbench.session.redo()
    assert all(r.work.id != work for r in workbench.project.table.rows)


def test_a_row_can_be_added_and_moved(workbench, loop):
    fill(workbench, loop)
    known = {r.work.id for r in workbench.project.table.rows}
    new = next(r.id for r in workbench.shown_paper.references if r.id not in known)
    workbench.table.add_row(new)
    workbench.table.add_row(new)
    assert [r.work.id for r in workbench.project.table.rows].count(new) == 1
    workbench.table.move_row(new, 1)
    assert workbench.project.table.rows[1].work.id == new
    assert workbench.cells.at(new, "主要方法").status is Status.WAITING
    loop.wait(workbench.fill.start(), QUIET)
    assert workbench.cells.at(new, "主要方法").status is not Status.WAITING


def test_a_project_opens_again_as_it_was(workbench, loop, tmp_path):
    workbench.files.new(tmp_path / "project")
    fill(workbench, loop)
    saved = to_json(workbench.project, "1")
    workbench.files.open(tmp_path / "project")
    assert to_json(workbench.project, "1") == saved
    for job in workbench.files.reopen_sources():
        loop.wait(job, QUIET)
    assert workbench.shown_paper.document is not None
    assert json.loads((tmp_path / "project" / "project.json").read_text("utf-8"))


def test_a_model_that_breaks_fails_its_cells_and_keeps_the_rest(workbench, loop, tmp_path):
    workbench.session.engines = replace(
        workbench.session.engines, load_model=lambda path, sha256, cancel: CrashingModel()
    )
    loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
    workbench.table.set_limits(2, 120)
    workbench.table.set_columns(COLUMNS)
    with contextlib.suppress(ModelError):
        loop.wait(workbench.fill.start(), QUIET)
    rows = workbench.project.table.rows
    assert rows
    assert all(workbench.cells.at(r.work.id, "文献名称").status is Status.SUPPORTED for r in rows)
    assert all(workbench.cells.at(r.work.id, "主要方法").status in (Status.FAILED, Status.WAITING) for r in rows)


def test_what_is_asked_again_stays_where_the_model_cannot_be_loaded_and_a_new_table_has_its_rows(workbench, loop):
    def broken(path, sha256, cancel):
        raise ModelError("fake.gguf is damaged.")

    working = workbench.session.engines
    workbench.session.engines = replace(working, load_model=broken)
    loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
    workbench.table.set_limits(2, 120)
    workbench.table.set_columns(COLUMNS)
    with pytest.raises(ModelError):
        loop.wait(workbench.fill.start(), QUIET)
    titles = [workbench.cells.at(r.work.id, "文献名称").status for r in workbench.project.table.rows]
    assert titles == [Status.SUPPORTED] * 2, "what the entries print is there"
    workbench.session.engines = working
    loop.wait(workbench.fill.start(), QUIET)
    filled = workbench.project.table
    workbench.session.engines = replace(working, load_model=broken)
    workbench.session.use_card = False  # so that the model is loaded once more
    with pytest.raises(ModelError):
        loop.wait(workbench.fill.start(again=True), QUIET)
    assert workbench.project.table == filled


@pytest.mark.parametrize("suffix", [".docx", ".md", ".xlsx", ".csv", ".bib"])
def test_it_is_exported(workbench, loop, tmp_path, suffix):
    fill(workbench, loop, rows=2)
    out = loop.wait(workbench.reports.export(tmp_path / f"out{suffix}"), QUIET)
    assert out.stat().st_size > 100


def test_in_a_strict_run_what_no_evidence_carries_is_not_stated(workbench, loop):
    model = Telling()
    model._speech = lambda ask: "Several data sets are used"
    workbench.session.engines = replace(workbench.session.engines, load_model=lambda path, sha256, cancel: model)
    loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
    workbench.table.set_query("Collect the literature in English.", "en")
    workbench.table.set_limits(3, 100)
    workbench.table.set_columns([Column("Title"), Column("Approach", "", AnswerType.NUMBER)])
    loop.wait(workbench.fill.start(strict=True), QUIET)
    cells = [workbench.cells.at(r.work.id, "Approach") for r in workbench.project.table.rows]
    refused = [c for c in cells if c.draft]
    assert refused
    for cell in refused:
        assert (cell.text, cell.status, cell.draft) == ("", Status.NOT_STATED, "Several data sets are used")
        assert cell.near and cell.searched and cell.reason.startswith("not stated")


def test_another_project_may_keep_picture_and_columns(workbench, loop, tmp_path):
    loop.wait(workbench.picture.open(SAMPLE / "table-en.png"), QUIET)
    workbench.table.set_columns([Column("Heading"), *workbench.project.table.columns[1:]], [("Title", "Heading")])
    before = workbench.project
    workbench.files.new(tmp_path / "next", keep_columns=True)
    loop.wait(workbench.session.queues.reading.start("waiting", lambda progress, cancel: None, lambda job: None), QUIET)
    assert workbench.picture.pixels is not None
    assert (workbench.project.picture, workbench.project.template) == (before.picture, before.template)
    assert workbench.project.table == before.table
    assert not workbench.session.can_undo


def test_a_printed_page_number_moves_all_labels_and_those_of_citations(workbench, loop):
    fill(workbench, loop)
    first = workbench.shown_paper.document.page(1).label
    workbench.shown_paper.set_printed_label(1, str(int(first) + 100))
    assert workbench.shown_paper.document.page(3).label == str(int(first) + 102)
    cited = [e for row in workbench.project.table.rows for c in row.cells for e in c.evidence]
    assert cited
    assert all(e.page_label == workbench.shown_paper.document.page(e.page).label for e in cited)
    again = from_json(to_json(workbench.project, "0"))
    assert again.label_offset == 100
    workbench.session.undo()
    assert workbench.shown_paper.document.page(1).label == first
    with pytest.raises(UsageError, match="no page number"):
        workbench.shown_paper.set_printed_label(1, "cover")


def test_a_review_that_a_person_wrote_is_judged_where_it_is_new(workbench, loop):
    fill(workbench, loop)
    old = workbench.project.review
    first = next(s for s in old.sentences if s.evidence)
    at = old.sentences.index(first)
    said = list(old.sentences)
    said[at] = replace(first, text=first.text + "它有 987654 个参数。")
    workbench.review.edit(replace(old, sentences=tuple(said)))
    loop.drain()
    new = workbench.project.review
    assert new.sentences[at].status is Status.UNSUPPORTED and "987654" in new.sentences[at].reason
    assert new.sentences[at].evidence == first.evidence
    assert [s for i, s in enumerate(new.sentences) if i != at] == [s for i, s in enumerate(old.sentences) if i != at]
    workbench.session.undo()
    assert workbench.project.review == old


def test_one_paragraph_of_the_review_is_rewritten_and_can_be_undone(workbench, loop):
    fill(workbench, loop)
    old = workbench.project.review
    paragraph = next(s.paragraph for s in old.sentences if s.evidence)
    hand = replace(old, sentences=tuple(
        replace(s, text="人写的话。") if s.paragraph == paragraph and s.evidence else s for s in old.sentences
    ))  # fmt: skip
    workbench.review.edit(hand)
    loop.drain()
    loop.wait(workbench.review.rewrite_paragraph(paragraph), QUIET)
    loop.drain()
    before = old
    after = workbench.project.review
    assert [s for s in after.sentences if s.paragraph != paragraph] == [
        s for s in before.sentences if s.paragraph != paragraph
    ]
    fresh = [s for s in after.sentences if s.paragraph == paragraph and s.evidence]
    assert any(s.status is Status.SUPPORTED and s.text != "人写的话。" for s in fresh)
    workbench.session.undo()
    assert {s.text for s in workbench.project.review.sentences if s.paragraph == paragraph and s.evidence} == {
        "人写的话。"
    }


def test_a_run_is_undone_and_done_again_in_one_step(workbench, loop):
    loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
    workbench.table.set_limits(4, 120)
    workbench.table.set_columns(COLUMNS)
    workbench.session.forget_undo()
    heard: list[bool] = []  # a button that looks when it hears of the rows is on from then
    session = workbench.session
    session.watch(lambda changed: heard.append(session.can_undo) if Part.ROWS in changed.parts else None)
    loop.wait(workbench.fill.start(), QUIET)
    assert heard and all(heard)
    filled = workbench.project
    workbench.session.undo()
    assert workbench.project.table.rows == () and workbench.project.review is None
    workbench.session.redo()
    assert (workbench.project.table, workbench.project.review) == (filled.table, filled.review)


def test_cells_asked_again_lie_beside_what_a_person_decided(workbench, loop):
    fill(workbench, loop, rows=7)
    said = [
        r for r in workbench.project.table.rows if workbench.cells.at(r.work.id, "主要方法").text.startswith("作者")
    ]
    row, other = said[:2]
    workbench.cells.judge(row.work.id, "主要方法", Verdict.ACCEPTED)
    before, review = workbench.project, workbench.project.review
    accepted, open_ = workbench.cells.at(row.work.id, "主要方法"), workbench.cells.at(other.work.id, "主要方法")
    workbench.session._main.model._speech = lambda ask: "作者采用了另一种方法"
    places = [(row.work.id, "主要方法"), (other.work.id, "主要方法")]
    loop.wait(workbench.fill.start(only=places), QUIET)
    after = workbench.cells.at(row.work.id, "主要方法")
    assert (after.text, after.verdict, after.evidence) == (accepted.text, Verdict.ACCEPTED, accepted.evidence)
    assert after.draft and after.draft != after.text
    new = workbench.cells.at(other.work.id, "主要方法")
    assert new.text != open_.text and new.draft == open_.text
    assert workbench.project.review == review, "nobody asked for another review"
    untouched = {(r.work.id, c.column): c for r in before.table.rows for c in r.cells}
    for r in workbench.project.table.rows:
        for c in r.cells:
            assert (r.work.id, c.column) in places or c == untouched[r.work.id, c.column]
    workbench.session.undo()
    assert workbench.project.table == before.table


def test_rows_chosen_anew_keep_the_pinned_one_and_its_answers_and_bring_none_back_that_was_dropped(workbench, loop):
    fill(workbench, loop, rows=5)
    works = [row.work.id for row in workbench.project.table.rows]
    pinned, dropped = works[4], works[1]
    answers = workbench.cells.row(pinned).cells
    workbench.table.pin_rows((pinned,))
    workbench.table.drop_row(dropped)
    workbench.table.set_limits(3, 120)
    before = workbench.project.table
    loop.wait(workbench.fill.start(anew=True), QUIET)
    chosen = [row.work.id for row in workbench.project.table.rows]
    assert len(chosen) == 3 and chosen[0] == works[0] and pinned in chosen and dropped not in chosen
    assert workbench.cells.row(pinned).pinned and workbench.cells.row(pinned).cells == answers
    assert all(c.status is not Status.WAITING for row in workbench.project.table.rows for c in row.cells)
    workbench.session.undo()
    assert workbench.project.table == before
