"""A program that is killed in the middle of a run loses at most the cell in work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tests.telling import QUIET

from citegrid.core.table import Status

FILLER = """
import sys, time
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.telling import COLUMNS, QUIET, SAMPLE, Telling
from citegrid import wiring
from citegrid.core.project import Part
from citegrid.core.table import Status
from citegrid.store.model_files import models
from citegrid.cli.progress import Loop
from citegrid.workbench.workbench import Workbench
import citegrid.workbench.session
models.resolve = lambda name=None: Path("fake.gguf")
citegrid.workbench.session.checksum = lambda path, **_: "0" * 64

class Slow(Telling):
    def answer(self, asks, **more):
        time.sleep(0.15)
        return super().answer(asks, **more)

loop = Loop()
workbench = Workbench(replace(wiring.engines(), load_model=lambda path, sha256, cancel: Slow()), loop.post)
workbench.files.new(Path(sys.argv[1]))
loop.wait(workbench.papers.open(SAMPLE / "paper.pdf"), QUIET)
workbench.table.set_limits(10, 120)
workbench.table.set_columns(COLUMNS)

def heard(changed):
    if Part.CELL in changed.parts or Part.ROWS in changed.parts:
        done = sum(c.status is not Status.WAITING for r in workbench.project.table.rows for c in r.cells)
        print("cells", done, flush=True)

workbench.session.watch(heard)
loop.wait(workbench.fill.start(), QUIET)
print("end", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX")
def test_kill_9_loses_at_most_the_cell_in_work(made, loop, tmp_path):
    script = tmp_path / "filler.py"
    script.write_text(textwrap.dedent(FILLER.format(root=str(Path(__file__).parents[2]))), "utf-8")
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

    workbench = made()
    workbench.files.open(folder)  # the lock of the dead is free
    done = sum(c.status is not Status.WAITING for r in workbench.project.table.rows for c in r.cells)
    assert done >= max(told), "every cell that was shown is on the disk"
    for job in workbench.files.reopen_sources():
        loop.wait(job, QUIET)
    loop.wait(workbench.fill.start(), QUIET)
    assert all(c.status is not Status.WAITING for r in workbench.project.table.rows for c in r.cells)
