"""The use-cases on real files with a double for the model: what changes, what is kept, what can be undone."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from citegrid import wiring
from citegrid.core.errors import ModelError, UsageError
from citegrid.core.project import Part
from citegrid.core.result import to_json
from citegrid.core.table import Column, Status, Verdict
from citegrid.engines.fake import CrashingModel, FakeModel
from citegrid.store import models
from citegrid.terminal import Loop, ProgressLine
from citegrid.workbench import Workbench

SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample"
COLUMNS = [Column("文献名称"), Column("作者与年份"), Column("主要方法")]
QUIET = ProgressLine(quiet=True)


class Telling(FakeModel):
    """Finds that sentences with the word "propose" or "introduce" speak of every column, and repeats them in Chinese."""

    def __init__(self) -> None:
        super().__init__(lambda ask: "作者提出了一种新的方法")

    def weigh(self, asks, choices, *, cancel=None):
        self.asked.extend(asks)
        speaks = ("propose", "introduce", "train", "Claim: ")
        rest = [0.0] * (len(choices) - 2)
        told = [any(w in a.shared + a.own for w in speaks) for a in asks]
        return [(3.0, -3.0, *rest) if yes else (-2.0, 2.0, *rest) for yes in told]


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def bench(loop, tmp_path, monkeypatch):
    real = wiring.engines()
    monkeypatch.setattr(models, "resolve", lambda name=None: tmp_path / "fake.gguf")
    monkeypatch.setattr("citegrid.workbench.checksum", lambda path: "0" * 64)
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
    bench.edit_cell(work, "主要方法", "我自己的话")
    loop.drain()
    assert bench.cell(work, "主要方法").verdict is Verdict.EDITED
    other = bench.project.table.rows[2].work.id
    bench.judge_cell(other, "文献名称", Verdict.ACCEPTED)
    before = bench.cell(other, "文献名称")
    loop.wait(bench.fill(again=True), QUIET)
    assert bench.cell(work, "主要方法").text == "我自己的话"
    assert bench.cell(other, "文献名称") == before


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
