"""A project's life: one window at a time, nothing lost to ``kill -9``, sources that moved or changed."""

from __future__ import annotations

import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from tests.telling import COLUMNS, QUIET, SAMPLE

from citegrid.cli.progress import Loop
from citegrid.core.annotation import Annotation
from citegrid.core.edits.annotations import put
from citegrid.core.errors import InputError, UsageError
from citegrid.core.evidence import Match, SourceKind
from citegrid.core.outcome.answers import AnswerSentence, QuestionAnswered
from citegrid.core.project import Part, SetFields
from citegrid.core.table import Status, Verdict
from citegrid.store import project_folder
from citegrid.workbench.workbench import Workbench


@pytest.fixture
def project(made, loop, tmp_path) -> Path:
    """A filled project whose paper lies beside it; the folder of both."""
    home = tmp_path / "desk"
    home.mkdir()
    shutil.copy(SAMPLE / "paper.pdf", home / "paper.pdf")
    workbench = made()
    workbench.files.new(home / "project")
    loop.wait(workbench.papers.open(home / "paper.pdf"), QUIET)
    workbench.table.set_limits(4, 120)
    workbench.table.set_columns(COLUMNS)
    loop.wait(workbench.fill.start(), QUIET)
    workbench.close()
    return home


def citations(workbench: Workbench) -> list:
    return [
        e for r in workbench.project.table.rows for c in r.cells for e in c.evidence if e.kind is SourceKind.DOCUMENT
    ]


def reopen(workbench: Workbench, loop: Loop, folder: Path) -> None:
    workbench.files.open(folder)
    for job in workbench.files.reopen_sources():
        loop.wait(job, QUIET)


def test_a_project_is_open_in_one_window_at_a_time(made, project):
    first, second = made(), made()
    first.files.open(project / "project")
    with pytest.raises(InputError, match="open in another window"):
        second.files.open(project / "project")
    first.files.open(project / "project")  # again in the same window
    first.files.close()
    second.files.open(project / "project")
    assert len(second.project.table.rows) == 4


def test_the_window_that_is_refused_keeps_its_own_project(made, project, tmp_path):
    first, second = made(), made()
    first.files.open(project / "project")
    second.files.new(tmp_path / "other", "mine")
    with pytest.raises(InputError):
        second.files.open(project / "project")
    assert second.project.query == "mine" and second.folder == (tmp_path / "other").resolve()


def opened_beside(workbench: Workbench, loop: Loop, folder: Path) -> bool:
    """Whether the project came; the owner lives on meanwhile."""
    came, heard = [], []
    workbench.session.watch_jobs(lambda job: None if job.running else heard.append(job.error))
    workbench.files.open_beside(folder, lambda: came.append(True))
    end = time.monotonic() + 20
    while not came and not heard and time.monotonic() < end:
        loop.drain()
        time.sleep(0.01)
    assert came or heard
    if not came:
        raise heard[0]
    return True


def test_a_project_opened_beside_the_window_does_not_wait_for_a_paper_that_is_being_read(made, loop, project, tmp_path):
    workbench, go_on = made(), threading.Event()
    workbench.files.new(tmp_path / "other", "mine")
    reading = workbench.session.queues.reading.start("Reading", lambda progress, cancel: go_on.wait(30))
    try:
        assert opened_beside(workbench, loop, project / "project")
        assert not reading.future.done() and reading.flag.cancelled()
        assert len(workbench.project.table.rows) == 4
    finally:
        go_on.set()


def test_a_project_opened_beside_the_window_that_another_has_is_refused_and_ours_stays(made, loop, project, tmp_path):
    first, second = made(), made()
    first.files.open(project / "project")
    second.files.new(tmp_path / "other", "mine")
    with pytest.raises(InputError, match="open in another window"):
        opened_beside(second, loop, project / "project")
    assert second.project.query == "mine" and second.folder == (tmp_path / "other").resolve()


def test_a_project_that_came_too_late_lets_go_of_its_lock(made, loop, project, tmp_path):
    workbench, other = made(), made()
    workbench.files.open_beside(project / "project", lambda: pytest.fail("another one is open"))
    workbench.files.new(tmp_path / "other", "mine")
    workbench.session.queues.aside.start("after it", lambda progress, cancel: None).result(20)
    loop.drain()
    assert workbench.project.query == "mine"
    other.files.open(project / "project")


def test_a_folder_moved_with_its_paper_opens_as_it_was(made, loop, project, tmp_path):
    shutil.move(project, tmp_path / "elsewhere")
    workbench = made()
    reopen(workbench, loop, tmp_path / "elsewhere" / "project")
    assert workbench.shown_paper.document is not None and workbench.papers.rebound is None
    assert workbench.project.paper is not None
    assert Path(workbench.project.paper.path) == (tmp_path / "elsewhere" / "paper.pdf").resolve()


def test_a_renamed_paper_is_found_by_its_bytes(made, loop, project):
    (project / "another.pdf").write_bytes(b"%PDF-1.4 not it")
    (project / "paper.pdf").rename(project / "the one I read on the train.pdf")
    workbench = made()
    workbench.files.open(project / "project")
    workbench.session.apply(SetFields((("label_offset", 2),), frozenset({Part.PAPER})))
    for job in workbench.files.reopen_sources():
        loop.wait(job, QUIET)
    assert workbench.project.paper is not None
    assert workbench.project.paper.name == "the one I read on the train.pdf"
    assert workbench.papers.rebound is None, "the bytes are the same"
    assert workbench.project.label_offset == 2, "so is what the person said of its page numbers"


def test_a_lost_paper_is_said_with_its_name(made, loop, project):
    (project / "paper.pdf").unlink()
    workbench = made()
    workbench.files.open(project / "project")
    with pytest.raises(InputError, match=r"paper\.pdf is no longer where it was"):
        loop.wait(workbench.files.reopen_sources()[0], QUIET)
    assert len(workbench.project.table.rows) == 4


def test_a_changed_paper_is_noticed_and_its_citations_are_looked_for_again(made, loop, project):
    workbench = made()
    workbench.files.open(project / "project")
    for row in workbench.project.table.rows:
        for cell in row.cells:
            workbench.cells.judge(row.work.id, cell.column, Verdict.ACCEPTED)
    before = citations(workbench)
    quoted = before[0]
    marked = Annotation("a", workbench.project.paper.sha256, quoted.page, quoted.boxes, quoted.quote, "mine")
    workbench.session.apply(put(workbench.project, marked))
    workbench.questions.keep(QuestionAnswered("Who?", (AnswerSentence(quoted.quote, (quoted,)),)))
    workbench.close()
    with pymupdf.open(project / "paper.pdf") as paper:
        paper.insert_page(0, text="A cover sheet that the library put before the paper.")
        data = paper.tobytes()
    (project / "paper.pdf").write_bytes(data)

    workbench = made()
    reopen(workbench, loop, project / "project")
    after = citations(workbench)
    rebound = workbench.papers.rebound
    assert rebound is not None and workbench.shown_paper.document is not None
    assert rebound.moved and rebound.moved + rebound.kept + rebound.lost >= len(before)
    assert (
        workbench.project.paper is not None and workbench.project.paper.sha256 == workbench.shown_paper.document.sha256
    )
    found = [(b, a) for b, a in zip(before, after, strict=True) if a.match is not Match.NOT_FOUND]
    assert len(found) >= 0.9 * len(before)
    for old, new in found:
        assert new.page == (old.page or 0) + 1
        assert all(box.page == new.page for box in new.boxes) and new.boxes
    (mine,), (answered,) = workbench.annotations.shown, workbench.project.answers
    assert (mine.note, mine.page, mine.boxes[0].page) == ("mine", quoted.page + 1, quoted.page + 1)
    assert [e.page for e in answered.evidence] == [quoted.page + 1]
    assert not rebound.notes
    workbench.session.finish_saving()
    assert project_folder.load(project / "project").paper == workbench.project.paper


def test_citations_that_a_changed_paper_lost_are_open_again_and_say_why(made, loop, project):
    workbench = made()
    workbench.files.open(project / "project")
    row = workbench.project.table.rows[1]
    for cell in row.cells:
        workbench.cells.judge(row.work.id, cell.column, Verdict.ACCEPTED)
    workbench.close()
    with pymupdf.open(project / "paper.pdf") as paper:
        for page in range(len(paper) - 1, 0, -1):
            paper.delete_page(page)
        data = paper.tobytes()
    (project / "paper.pdf").write_bytes(data)
    workbench = made()
    reopen(workbench, loop, project / "project")
    assert workbench.papers.rebound is not None and workbench.papers.rebound.lost
    gone = [
        c for r in workbench.project.table.rows for c in r.cells if any(e.match is Match.NOT_FOUND for e in c.evidence)
    ]
    assert gone
    assert all(c.status is Status.UNSUPPORTED and c.reason and c.verdict is not Verdict.ACCEPTED for c in gone)
    assert all(c.text for c in gone), "the words stay"


def second_paper(path: Path, cover: bool = False, *, short: bool = False) -> None:
    """A further paper of two pages: its own words and its list; ``cover`` puts a sheet before them, ``short`` drops the
    entry of the ledger and the words on it."""
    ledger = "" if short else "Quill and Ember (2019) propose a ledger of claims that we extend. "
    with pymupdf.open() as paper:
        if cover:
            paper.new_page().insert_text((72, 80), "A cover sheet that the library put before the paper.", fontsize=12)
        page = paper.new_page()
        page.insert_text((72, 80), "Checking Desks for Generated Text", fontsize=18, fontname="hebo")
        page.insert_text((72, 110), "Ada Quill, Boris Ember", fontsize=11)
        body = (
            "1 Introduction\n\nWe propose a desk that checks generated text. "
            + ledger
            + "Heron and Stork (2020) introduce a "
            "measure of support for each claim. We train readers after Heron and Stork (2020).\n\n2 Method\n\n"
            "We train four readers on the desk. We introduce a rule for their disagreements."
        )
        page.insert_textbox((72, 130, 540, 700), body, fontsize=11)
        page = paper.new_page()
        page.insert_text((72, 75), "References", fontsize=14, fontname="hebo")
        entries = ["Heron, H. and Stork, S. (2020). Measures of support for claims. Journal of Birds, 5(2), 10-19."]
        if not short:
            entries.append(
                "Quill, A. and Ember, B. (2019). A ledger of claims for careful readers. Journal of Ledgers, 3(1), 1-9."
            )
        for i, entry in enumerate(entries):
            page.insert_textbox((72, 90 + 60 * i, 540, 150 + 60 * i), entry, fontsize=10)
        data = paper.tobytes()
    path.write_bytes(data)


@pytest.fixture
def two(made, loop, tmp_path) -> Path:
    """A filled project of two papers; the folder that holds it and them."""
    home = tmp_path / "desk"
    home.mkdir()
    shutil.copy(SAMPLE / "paper.pdf", home / "paper.pdf")
    second_paper(home / "second.pdf")
    workbench = made()
    workbench.files.new(home / "project")
    loop.wait(workbench.papers.open(home / "paper.pdf"), QUIET)
    loop.wait(workbench.papers.add(home / "second.pdf"), QUIET)
    workbench.table.set_limits(7, 200)
    workbench.table.set_columns(COLUMNS)
    loop.wait(workbench.fill.start(), QUIET)
    workbench.close()
    return home


def rows_of(workbench: Workbench, source: str) -> list:
    return [r for r in workbench.project.table.rows if any(e.source == source for c in r.cells for e in c.evidence)]


def test_a_changed_further_paper_is_bound_again_and_its_rows_follow_it(made, loop, two):
    workbench = made()
    workbench.files.open(two / "project")
    before, old = citations(workbench), workbench.project.also[0]
    key = f"{old.sha256[:8]}:"
    assert any(r.work.id.startswith(key) for r in workbench.project.table.rows)
    workbench.close()
    second_paper(two / "second.pdf", cover=True)

    workbench = made()
    reopen(workbench, loop, two / "project")
    after, rebound = citations(workbench), workbench.papers.rebound
    assert rebound is not None and rebound.name == "second.pdf" and rebound.moved and not rebound.lost
    assert workbench.project.also[0].sha256 != old.sha256
    assert workbench.project.also[0].sha256 == workbench.papers.documents[1].sha256
    for was, now in zip(before, after, strict=True):
        if was.source == "paper.pdf":
            assert now == was, "the other paper's citations are not touched"
        else:
            assert now.page == was.page + 1 and now.boxes and all(b.page == now.page for b in now.boxes)
    ids = [one for r in workbench.project.table.rows for one in (r.work.id, *r.work.also)]
    assert not any(one.startswith(key) for one in ids)
    known = {one for paper in workbench.papers._opened.all_read() for one in paper.ids()}
    assert set(ids) <= known, "every row is still a work of its paper"
    workbench.session.finish_saving()
    assert project_folder.load(two / "project").also == workbench.project.also
    loop.wait(workbench.fill.start(), QUIET)  # it goes on as before
    assert citations(workbench) == after


def test_a_work_that_a_changed_further_paper_no_longer_cites_is_said_to_be_gone(made, loop, two):
    workbench = made()
    workbench.files.open(two / "project")
    ledger = next(r for r in workbench.project.table.rows if "ledger" in r.work.title)
    assert any(c.status is Status.SUPPORTED for c in ledger.cells)
    workbench.close()
    second_paper(two / "second.pdf", short=True)
    workbench = made()
    reopen(workbench, loop, two / "project")
    assert workbench.papers.rebound is not None and workbench.papers.rebound.lost
    ledger = next(r for r in workbench.project.table.rows if "ledger" in r.work.title)
    assert ledger.work.id.startswith("gone:")
    assert all(c.status is not Status.SUPPORTED for c in ledger.cells)
    assert any(c.text for c in ledger.cells), "the words stay"
    heron = next(r for r in workbench.project.table.rows if "Measures of support" in r.work.title)
    assert heron.work.id.startswith(f"{workbench.project.also[0].sha256[:8]}:")
    assert any(c.status is Status.SUPPORTED for c in heron.cells)


def test_a_further_paper_that_became_another_of_the_project_is_refused(made, loop, two):
    shutil.copy(two / "paper.pdf", two / "second.pdf")
    workbench = made()
    workbench.files.open(two / "project")
    jobs = workbench.files.reopen_sources()
    loop.wait(jobs[0], QUIET)
    with pytest.raises(UsageError, match=r"paper\.pdf is in this project already"):
        loop.wait(jobs[1], QUIET)
    assert len(workbench.project.also) == 1


def test_a_moved_further_paper_is_found_and_its_place_is_kept(made, loop, two):
    (two / "second.pdf").rename(two / "elsewhere.pdf")
    workbench = made()
    reopen(workbench, loop, two / "project")
    file = workbench.project.also[0]
    assert (file.name, Path(file.path).name) == ("second.pdf", "elsewhere.pdf")
    assert workbench.papers.rebound is None
    assert rows_of(workbench, "second.pdf")


def test_the_first_of_two_papers_can_be_taken_out_and_comes_back_by_undo(made, loop, two):
    workbench = made()
    reopen(workbench, loop, two / "project")
    before = workbench.project
    workbench.papers.remove("paper.pdf")
    assert [f.name for f in workbench.project.papers] == ["second.pdf"]
    assert workbench.shown_paper.name == "second.pdf"
    assert (
        workbench.shown_paper.document is not None
        and workbench.shown_paper.document.sha256 == workbench.project.papers[0].sha256
    )
    rows = workbench.project.table.rows
    assert rows and all(":" not in one for r in rows for one in (r.work.id, *r.work.also))
    assert {e.source for e in citations(workbench)} == {"second.pdf"}
    assert {r.work.id for r in rows} <= workbench.papers._opened.all_read()[0].ids()
    loop.wait(workbench.fill.start(), QUIET)
    assert workbench.project.table.rows[0].work.id == "paper"
    workbench.session.undo()
    workbench.session.undo()
    assert replace(workbench.project, checks=(), run=before.run) == replace(before, checks=())
    assert [d.name for d in workbench.papers.documents] == ["paper.pdf", "second.pdf"]
    workbench.session.redo()
    workbench.session.finish_saving()
    workbench.close()
    workbench = made()
    reopen(workbench, loop, two / "project")
    assert workbench.project.paper is not None and workbench.project.paper.name == "second.pdf"
    with pytest.raises(UsageError, match="only paper"):
        workbench.papers.remove("second.pdf")
