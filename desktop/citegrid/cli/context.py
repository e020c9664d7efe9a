"""What the commands share: a workbench with the real engines while one runs, its papers and library, results as files."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from citegrid import wiring
from citegrid.cli.progress import Loop, ProgressLine
from citegrid.cli.terminal import tell
from citegrid.concurrency.jobs import Job
from citegrid.core.document import Document
from citegrid.core.errors import InputError, UsageError
from citegrid.core.messages import Message
from citegrid.core.project import Project
from citegrid.core.serialisation.result import from_json
from citegrid.store.activity_log import ActivityLog
from citegrid.store.files import sha256_of
from citegrid.store.paths import state_folder
from citegrid.workbench.help.diary import Diary
from citegrid.workbench.workbench import Workbench

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """A workbench, and the way to wait for its jobs while their progress is shown."""

    workbench: Workbench
    _loop: Loop
    _line: ProgressLine

    def wait(self, job: Job[T]) -> T:
        """The job's result; see ``Loop.wait``."""
        return self._loop.wait(job, self._line)


@contextmanager
def opened(line: ProgressLine) -> Iterator[Context]:
    """The context of one command; its workbench is closed at the end."""
    loop = Loop()
    workbench = wiring.build(loop.post)
    Diary(workbench.session, ActivityLog(state_folder()))
    try:
        yield Context(workbench, loop, line)
    finally:
        workbench.close()


def open_papers(context: Context, paths: Sequence[Path], password: str, project: Project) -> tuple[Document, ...]:
    """Open the papers of a result, whatever their files are called; the further ones as ``project`` names them.

    Of several, each is known by its hash; raises InputError for one that the result does not know or that is missing.
    """
    workbench = context.workbench
    if not project.also:
        if len(paths) > 1:
            raise UsageError("The result was made from one paper.", "Give --pdf once.")
        context.wait(workbench.papers.open(paths[0], password))
        return ()
    files = _papers_by_hash(paths, project)
    assert project.paper is not None
    workbench.files.take(Project(paper=project.paper, also=project.also))
    context.wait(workbench.papers.open(files[project.paper.sha256], password))
    for file in project.also:
        context.wait(workbench.papers.reopen(replace(file, path=str(files[file.sha256])), password))
    return workbench.papers.documents[1:]


def _papers_by_hash(paths: Sequence[Path], project: Project) -> dict[str, Path]:
    """The files of a result of several papers; raises InputError unless there is one for each, and no other."""
    made_from = Message("It was made from {papers}.", papers=", ".join(f.name for f in project.papers))
    files = {_hash_of(path, made_from): path for path in paths}
    known = {f.sha256: f.name for f in project.papers}
    unknown = [path.name for sha256, path in files.items() if sha256 not in known]
    if unknown:
        raise InputError(Message("{name} is not a paper of this result.", name=unknown[0]), made_from)
    missing = [name for sha256, name in known.items() if sha256 not in files]
    if missing:
        raise InputError(
            Message("The result rests on {missing}, too.", missing=missing[0]),
            "Name each of its papers with a --pdf of its own.",
        )
    return files


def _hash_of(path: Path, hint: Message) -> str:
    if not path.is_file():
        raise InputError(Message("{name} cannot be opened.", name=path.name), hint)
    return sha256_of(path)


def check_library(folder: Path | None) -> None:
    """Raises InputError for a library that is not there, before anything else is done."""
    if folder is not None and not folder.exists():
        raise InputError(Message("The library {folder} does not exist.", folder=folder), "Check its name and place.")


def add_library(context: Context, folder: Path) -> None:
    """Read a folder of background documents; those that cannot be read are named on stderr."""
    done = context.wait(context.workbench.library.add([folder]))
    for fault in done.faults:
        tell(Message("  skipped: {fault}", fault=fault))
    for note in done.notes:
        tell(note)
    count = len([f for f in context.workbench.library.files() if not f.skipped])
    tell(
        Message(
            "Library: {count} documents, {read} read now, {skipped} skipped.",
            count=count,
            read=done.read,
            skipped=len(done.faults),
        )
    )


def load_result(path: Path) -> Project:
    """The result in a file of ``fill --json``; raises InputError."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as fault:
        raise InputError(
            Message("{name} cannot be opened ({reason}).", name=path.name, reason=fault.strerror),
            "Check its name and place.",
        ) from fault
    except (ValueError, RecursionError) as fault:
        raise InputError(
            Message("{name} is not a result of `citegrid fill --json` ({reason}).", name=path.name, reason=fault),
            "Choose another file.",
        ) from fault
    return from_json(data)


def print_json(data: Any) -> None:
    """Write ``data`` to stdout as JSON, for a program to read."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    sys.stdout.flush()


#: What runs a command: its arguments and the line to show progress on; the exit code.
Command = Callable[[Any, ProgressLine], int]
