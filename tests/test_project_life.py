"""A project's life: one window at a time, nothing lost to ``kill -9``, sources that moved or changed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from tests.telling import COLUMNS, QUIET, SAMPLE, Telling

from citegrid import wiring
from citegrid.core.errors import InputError
from citegrid.core.evidence import Match, SourceKind
from citegrid.core.project import Part, SetFields
from citegrid.core.table import Status, Verdict
from citegrid.store import models, project_folder
from citegrid.terminal import Loop
from citegrid.workbench import Workbench


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def made(loop, tmp_path, monkeypatch):
    """A maker of workbenches on the double of the model; all are closed in the end."""
    monkeypatch.setattr(models, "resolve", lambda name=None: tmp_path / "fake.gguf")
    monkeypatch.setattr("citegrid.bench.owner.checksum", lambda path: "0" * 64)
    benches: list[Workbench] = []

    def make() -> Workbench:
        benches.append(Workbench(replace(wiring.engines(), load_model=lambda path, sha256: Telling()), loop.post))
        return benches[-1]

    yield make
    for bench in benches:
        bench.close()


@pytest.fixture
def project(made, loop, tmp_path) -> Path:
    """A filled project whose paper lies beside it; the folder of both."""
    home = tmp_path / "desk"
    home.mkdir()
    shutil.copy(SAMPLE / "paper.pdf", home / "paper.pdf")
    bench = made()
    bench.new_project(home / "project")
    loop.wait(bench.open_paper(home / "paper.pdf"), QUIET)
    bench.set_limits(4, 120)
    bench.set_columns(COLUMNS)
    loop.wait(bench.fill(), QUIET)
    bench.close()
    return home


def citations(bench: Workbench) -> list:
    return [e for r in bench.project.table.rows for c in r.cells for e in c.evidence if e.kind is SourceKind.DOCUMENT]


def reopen(bench: Workbench, loop: Loop, folder: Path) -> None:
    bench.open_project(folder)
    for job in bench.reopen_sources():
        loop.wait(job, QUIET)


def test_a_project_is_open_in_one_window_at_a_time(made, project):
    first, second = made(), made()
    first.open_project(project / "project")
    with pytest.raises(InputError, match="open in another window"):
        second.open_project(project / "project")
    first.open_project(project / "project")  # again in the same window
    first.close_project()
    second.open_project(project / "project")
    assert len(second.project.table.rows) == 4


def test_the_window_that_is_refused_keeps_its_own_project(made, project, tmp_path):
    first, second = made(), made()
    first.open_project(project / "project")
    second.new_project(tmp_path / "other", "mine")
    with pytest.raises(InputError):
        second.open_project(project / "project")
    assert second.project.query == "mine" and second.folder == (tmp_path / "other").resolve()


def test_a_folder_moved_with_its_paper_opens_as_it_was(made, loop, project, tmp_path):
    shutil.move(project, tmp_path / "elsewhere")
    bench = made()
    reopen(bench, loop, tmp_path / "elsewhere" / "project")
    assert bench.document is not None and bench.rebound is None
    assert bench.project.paper is not None
    assert Path(bench.project.paper.path) == (tmp_path / "elsewhere" / "paper.pdf").resolve()


def test_a_renamed_paper_is_found_by_its_bytes(made, loop, project):
    (project / "another.pdf").write_bytes(b"%PDF-1.4 not it")
    (project / "paper.pdf").rename(project / "the one I read on the train.pdf")
    bench = made()
    bench.open_project(project / "project")
    bench.apply(SetFields((("label_offset", 2),), frozenset({Part.PAPER})))
    for job in bench.reopen_sources():
        loop.wait(job, QUIET)
    assert bench.project.paper is not None
    assert bench.project.paper.name == "the one I read on the train.pdf"
    assert bench.rebound is None, "the bytes are the same"
    assert bench.project.label_offset == 2, "so is what the person said of its page numbers"


def test_a_lost_paper_is_said_with_its_name(made, loop, project):
    (project / "paper.pdf").unlink()
    bench = made()
    bench.open_project(project / "project")
    with pytest.raises(InputError, match=r"paper\.pdf is no longer where it was"):
        loop.wait(bench.reopen_sources()[0], QUIET)
    assert len(bench.project.table.rows) == 4


def test_a_changed_paper_is_noticed_and_its_citations_are_looked_for_again(made, loop, project):
    bench = made()
    bench.open_project(project / "project")
    for row in bench.project.table.rows:
        for cell in row.cells:
            bench.judge_cell(row.work.id, cell.column, Verdict.ACCEPTED)
    before = citations(bench)
    bench.close()
    with pymupdf.open(project / "paper.pdf") as paper:
        paper.insert_page(0, text="A cover sheet that the library put before the paper.")
        data = paper.tobytes()
    (project / "paper.pdf").write_bytes(data)

    bench = made()
    reopen(bench, loop, project / "project")
    after = citations(bench)
    rebound = bench.rebound
    assert rebound is not None and bench.document is not None
    assert rebound.moved and rebound.moved + rebound.kept + rebound.lost >= len(before)
    assert bench.project.paper is not None and bench.project.paper.sha256 == bench.document.sha256
    found = [(b, a) for b, a in zip(before, after, strict=True) if a.match is not Match.NOT_FOUND]
    assert len(found) >= 0.9 * len(before)
    for old, new in found:
        assert new.page == (old.page or 0) + 1
        assert all(box.page == new.page for box in new.boxes) and new.boxes
    assert project_folder.load(project / "project").paper == bench.project.paper


def test_citations_that_a_changed_paper_lost_are_open_again_and_say_why(made, loop, project):
    bench = made()
    bench.open_project(project / "project")
    row = bench.project.table.rows[1]
    for cell in row.cells:
        bench.judge_cell(row.work.id, cell.column, Verdict.ACCEPTED)
    bench.close()
    with pymupdf.open(project / "paper.pdf") as paper:
        for page in range(len(paper) - 1, 0, -1):
            paper.delete_page(page)
        data = paper.tobytes()
    (project / "paper.pdf").write_bytes(data)
    bench = made()
    reopen(bench, loop, project / "project")
    assert bench.rebound is not None and bench.rebound.lost
    gone = [c for r in bench.project.table.rows for c in r.cells if any(e.match is Match.NOT_FOUND for e in c.evidence)]
    assert gone
    assert all(c.status is Status.UNSUPPORTED and c.reason and c.verdict is not Verdict.ACCEPTED for c in gone)
    assert all(c.text for c in gone), "the words stay"


FILLER = """
import sys, time
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.telling import COLUMNS, QUIET, SAMPLE, Telling
from citegrid import wiring
from citegrid.core.project import Part
from citegrid.core.table import Status
from citegrid.store import models
from citegrid.terminal import Loop
from citegrid.workbench import Workbench
import citegrid.bench.owner
models.resolve = lambda name=None: Path("fake.gguf")
citegrid.bench.owner.checksum = lambda path: "0" * 64

class Slow(Telling):
    def answer(self, asks, **more):
        time.sleep(0.15)
        return super().answer(asks, **more)

loop = Loop()
bench = Workbench(replace(wiring.engines(), load_model=lambda path, sha256: Slow()), loop.post)
bench.new_project(Path(sys.argv[1]))
loop.wait(bench.open_paper(SAMPLE / "paper.pdf"), QUIET)
bench.set_limits(10, 120)
bench.set_columns(COLUMNS)

def heard(changed):
    if Part.CELL in changed.parts or Part.ROWS in changed.parts:
        done = sum(c.status is not Status.WAITING for r in bench.project.table.rows for c in r.cells)
        print("cells", done, flush=True)

bench.watch(heard)
loop.wait(bench.fill(), QUIET)
print("end", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX")
def test_kill_9_loses_at_most_the_cell_in_work(made, loop, tmp_path):
    script = tmp_path / "filler.py"
    script.write_text(textwrap.dedent(FILLER.format(root=str(Path(__file__).parents[1]))), "utf-8")
    folder = tmp_path / "project"
    process = subprocess.Popen([sys.executable, str(script), str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told: list[int] = []
    for line in process.stdout:
        assert not line.startswith("end"), "it ended before it was killed"
        told.append(int(line.split()[1]))
        if len(told) >= 4:
            os.kill(process.pid, signal.SIGKILL)
            break
    told += [int(line.split()[1]) for line in process.stdout if line.startswith("cells")]
    process.stdout.close()
    process.wait(10)

    bench = made()
    bench.open_project(folder)  # the lock of the dead is free
    done = sum(c.status is not Status.WAITING for r in bench.project.table.rows for c in r.cells)
    assert done >= max(told), "every cell that was shown is on the disk"
    for job in bench.reopen_sources():
        loop.wait(job, QUIET)
    loop.wait(bench.fill(), QUIET)
    assert all(c.status is not Status.WAITING for r in bench.project.table.rows for c in r.cells)
