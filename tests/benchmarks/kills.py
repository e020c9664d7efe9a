"""Kills the program without warning while it fills, saves, exports, indexes and imports, and looks for what was lost.

    PYTHONPATH=desktop:. python tests/benchmarks/kills.py [--times 200] [--seed 0] [--only save,fill,export,index,import] [--pace 1.0]

Each kill is a process of its own that says what it has shown to the person (a cell, a verdict, a file that is written); it is
killed at a moment drawn from the seed.  Then the project, report or index is opened as after a restart: whatever was shown must
be there, every file must be whole, no source changed, what was being written is swept away, and no process that it had started
lives on.  Needs ``fork``.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from tests.planted import planted_paper
from tests.telling import QUIET, Telling

from citegrid import wiring
from citegrid.__main__ import main as run_citegrid
from citegrid.cli.progress import Loop
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import Part, Project
from citegrid.core.reference import Work, WorkKind
from citegrid.core.serialisation.result import to_json
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict
from citegrid.pipeline.export.formats import export
from citegrid.store import files, paths, project_folder
from citegrid.store.library_index import LibraryIndex
from citegrid.store.model_files import models
from citegrid.workbench import session
from citegrid.workbench.library import service
from citegrid.workbench.workbench import Workbench

Say = Callable[[str], None]
ROWS = 40
#: Seconds of work within which a scenario is killed.
WINDOWS = {"save": 1.2, "fill": 2.5, "export": 2.0, "index": 4.0, "import": 3.0}


class Slow(Telling):
    """Answers as a model does: not at once."""

    def answer(self, asks, **more):
        time.sleep(0.02)
        return super().answer(asks, **more)

    def weigh(self, asks, choices, *, cancel=None):
        time.sleep(0.02)
        return super().weigh(asks, choices, cancel=cancel)


def project_of(rows: int = ROWS) -> Project:
    """A project of ``rows`` works with two columns, each cell supported by a quote."""
    evidence = (Evidence(SourceKind.DOCUMENT, "paper.pdf", "The words as they stand. " * 8, Match.EXACT, 3),)
    made = []
    for n in range(rows):
        cells = tuple(Cell(name, f"{name} of work {n}", Status.SUPPORTED, evidence) for name in ("Work", "Method"))
        made.append(Row(Work(WorkKind.REFERENCE, f"r{n}", f"Work {n}"), cells))
    return Project("What is known?", "en", table=Table((Column("Work"), Column("Method")), tuple(made)))


def bench(loop: Loop | None = None) -> Workbench:
    """A workbench on the real engines, with a double of the model."""
    models.resolve = lambda name=None: Path("fake.gguf")
    session.checksum = lambda path, **_: "0" * 64
    engines = replace(wiring.engines(), load_model=lambda path, sha256, cancel: Slow())
    return Workbench(engines, loop.post) if loop is not None else Workbench(engines)


# -- what is killed: each begins with what ``prepare`` has made, says "ready", and goes on until it is killed -------------


def save(folder: Path, say: Say) -> None:
    """A person accepts and rejects cells, and changes the question, which has the whole project written."""
    workbench = bench()
    workbench.files.open(folder / "project")
    say("ready")
    for n in range(10**6):
        work, verdict = f"r{n % ROWS}", Verdict.ACCEPTED if n // ROWS % 2 == 0 else Verdict.REJECTED
        workbench.cells.judge(work, "Method", verdict)
        say(f"{work} {verdict.value}")
        if n % 7 == 0:
            workbench.table.set_query(f"What is known, {n}?")
        time.sleep(0.002)


def fill(folder: Path, say: Say) -> None:
    """Tables are filled, one project after the other; each cell is shown as it comes."""
    loop = Loop()
    workbench = bench(loop)

    def heard(changed) -> None:
        if Part.CELL in changed.parts or Part.ROWS in changed.parts:
            count = sum(c.status is not Status.WAITING for c in workbench.project.table.cells)
            if count and workbench.folder is not None:
                say(f"{workbench.folder.name} {count}")  # the first says that it is ready

    workbench.session.watch(heard)
    for number in itertools.count():
        workbench.files.new(folder / f"filled{number}", "", "zh")
        loop.wait(workbench.papers.open(folder / "paper.pdf"), QUIET)
        workbench.table.set_columns([Column("文献名称"), Column("主要方法"), Column("关键结论")])
        loop.wait(workbench.fill.start(), QUIET)


def export_again(folder: Path, say: Say) -> None:
    """The same report is written over and over."""
    say("ready")
    while True:
        run_citegrid(
            ["--quiet", "export", str(folder / "result.json"), "--out", str(folder / "report.docx"), "--replace"]
        )
        say("written")


def index(folder: Path, say: Say) -> None:
    """One library after the other is indexed; each is said when it is done."""
    say("ready")
    for number in itertools.count():
        workbench = bench()
        workbench.library.add([library_of(folder / f"library{number}", number)]).result()
        say(f"library{number} {len([f for f in workbench.library.files() if not f.skipped])}")
        workbench.close()


def take_import(folder: Path, say: Say) -> None:
    """What others changed in a report is taken over; it is read in this process, so that most of the time is for writing."""
    say("ready")
    while True:
        workbench = bench()
        workbench.files.open(folder / "project")
        back = workbench.reports.read_back(folder / "edited.docx", None).result()
        workbench.reports.take_back(back.changes)
        workbench.session.save()
        say("taken")
        workbench.close()
        project_folder.save(folder / "project", project_of())
        say("back")


# -- what must be there afterwards ----------------------------------------------------------------------------------------


def prepare(name: str, folder: Path) -> dict[str, str]:
    """The files that a scenario begins with; the hashes of those that nobody may change."""
    project_folder.create(folder / "project")
    if name != "fill":
        project_folder.save(folder / "project", project_of())
    planted_paper(folder / "paper.pdf", "en", ())
    library_of(folder / "library0", 0)
    (folder / "result.json").write_text(json.dumps(to_json(project_of(), "0")), "utf-8")
    (folder / "report.docx").write_bytes(export(project_of(), ".docx"))
    if name == "import":
        edit_report(folder / "edited.docx")
    sources = [folder / "paper.pdf", folder / "result.json", *(folder / "library0").iterdir()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sources}


def library_of(folder: Path, number: int) -> Path:
    """Six background documents that no other number has."""
    folder.mkdir(exist_ok=True)
    for n in range(6):
        findings = (f"Finding {i} of document {n} in library {number} is {i * n} percent." for i in range(80))
        (folder / f"{n}.md").write_text(f"# Document {n}\n\n" + "\n\n".join(findings), "utf-8")
    return folder


def edit_report(path: Path) -> None:
    """A report in which a person has changed every second cell."""
    from docx import Document

    document = Document(BytesIO(export(project_of(), ".docx")))
    for row in document.tables[0].rows[1:]:
        row.cells[1].paragraphs[0].runs[0].text = "Edited."
    document.save(str(path))


def lost_of(name: str, folder: Path, said: list[str]) -> list[str]:
    """What was shown, or lay there before, and is not there as it should be."""
    lost: list[str] = []
    if name in ("save", "import"):
        cells = {(r.work.id, c.column): c for r in project_folder.load(folder / "project").table.rows for c in r.cells}
    if name == "save":
        verdicts = dict(line.split() for line in said if " " in line)
        later = {Verdict.ACCEPTED.value: Verdict.REJECTED, Verdict.REJECTED.value: Verdict.ACCEPTED}
        for work, verdict in verdicts.items():
            found = cells[work, "Method"].verdict
            if found.value != verdict and found is not later[verdict]:
                lost.append(f"{work} is {found.value}, not {verdict}")
        wrong = [w for w, v in list(verdicts.items())[-ROWS:] if cells[w, "Method"].verdict.value != v]
        lost += wrong[1:]  # the one after the last that was said may be there already
    elif name == "fill":
        shown = {place: int(count) for place, count in (line.split() for line in said if line.startswith("filled"))}
        for place, count in shown.items():
            cells = project_folder.load(folder / place).table.cells
            kept = sum(c.status is not Status.WAITING for c in cells)
            lost += [f"{kept} cells are kept of {count} in {place}"] if kept < count else []
    elif name == "import":
        texts = {c.text for (_, column), c in cells.items() if column == "Method"}
        whole = len(cells) == 2 * ROWS and all(t == "Edited." or t.startswith("Method of work") for t in texts)
        lost += [] if whole else [f"cells {texts}"]
        if said[-1:] == ["taken"] and "Edited." in texts and len(texts) > 1:
            lost.append("some of the changes that were told to be taken over are not there")
    elif name == "export":
        bad = zipfile.ZipFile(folder / "report.docx").testzip()
        lost += [bad] if bad else []
    elif name == "index":
        shelf = LibraryIndex(paths.cache_folder() / service.FILE)
        for place, count in (line.split() for line in said):
            files_kept = [f for f in shelf.files([folder / place]) if not f.skipped and f.chunks]
            lost += (
                [f"{len(files_kept)} documents are kept of {place}"] if not len(files_kept) == int(count) == 6 else []
            )
        shelf.close()
        workbench = bench()
        begun = [library_of(folder / f"library{n}", n) for n in range(len(said) + 1)]
        done = workbench.library.add(begun).result()
        here = len([f for f in workbench.library.files() if not f.skipped])
        workbench.close()
        lost += (
            [f"{here} documents of {6 * len(begun)}, {done.faults}"] if here != 6 * len(begun) or done.faults else []
        )
    return lost


SCENARIOS: dict[str, Callable[[Path, Say], None]] = {
    "save": save, "fill": fill, "export": export_again, "index": index, "import": take_import,
}  # fmt: skip


def killed(name: str, folder: Path, after: float) -> list[str]:
    """What the process of a scenario had said when it was killed ``after`` so many seconds of work."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        quiet = os.open(folder / "said.txt", os.O_WRONLY | os.O_CREAT)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.environ[paths.VARIABLE] = str(folder / "data")
        try:
            SCENARIOS[name](folder, lambda line: os.write(theirs, f"{line}\n".encode()) and None)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(1)
    os.close(theirs)
    with os.fdopen(ours, encoding="utf-8") as pipe:
        first = pipe.readline()
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        said = [first, *pipe]
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"{name} ended by itself: {(folder / 'said.txt').read_text()[-800:]}"
    return [line.strip() for line in said[1:]]


def still_there(mark: str, within: float = 5.0) -> int:
    """How many processes that were started with ``mark`` in their environment live on after ``within`` seconds; 0 elsewhere than
    on Linux."""
    until = time.monotonic() + within
    while True:
        count = sum(mark.encode() in _environment(place) for place in Path("/proc").glob("[0-9]*/environ"))
        if not count or time.monotonic() > until:
            return count
        time.sleep(0.05)


def _environment(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError:  # of another person, or ended meanwhile
        return b""


def one(name: str, seed: int, pace: float = 1.0) -> tuple[int, list[str]]:
    """How much was shown before one kill, and what was lost by it."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        before = prepare(name, folder)
        said = killed(name, folder, random.Random(seed).uniform(0.0, pace * WINDOWS[name]))
        os.environ[paths.VARIABLE] = str(folder / "data")
        lost = lost_of(name, folder, said)
        lost += [f"{left} processes are left"] if (left := still_there(str(folder))) else []
        lost += [p for p, sha256 in before.items() if hashlib.sha256(Path(p).read_bytes()).hexdigest() != sha256]
        for path in folder.rglob(".citegrid-*.tmp"):
            os.utime(path, (0, 0))
            files._swept.clear()
            files.write_atomically(path.parent / "next.json", b"{}")
            lost += [f"{path} is left behind"] if path.exists() else []
    return len(said), lost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default=",".join(SCENARIOS))
    parser.add_argument(
        "--pace", type=float, default=1.0, help="how long each works before it is killed, beside the usual"
    )
    given = parser.parse_args()
    names = given.only.split(",")
    kills, shown, lost = Counter[str](), Counter[str](), list[str]()
    for n in range(given.times):
        name = names[n % len(names)]
        count, missing = one(name, given.seed * 10_000 + n, given.pace)
        kills[name] += 1
        shown[name] += count
        lost += [f"{name} {n}: {what}" for what in missing]
        print(f"\r{n + 1} of {given.times}, {len(lost)} losses", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for name in names:
        print(f"{name}: {kills[name]} kills, {shown[name]} times something was shown")
    print(f"{sum(kills.values())} kills, {len(lost)} losses", *lost, sep="\n")
    return bool(lost)


if __name__ == "__main__":
    sys.exit(main())
