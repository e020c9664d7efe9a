"""The commands that hand a report out and take it back: ``export`` and ``import``, and what ``fill`` shares with them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from citegrid import wiring
from citegrid.cli.progress import Loop, ProgressLine
from citegrid.core.document import Document
from citegrid.core.edits.compare import differences
from citegrid.core.errors import InputError, UsageError, WouldReplace
from citegrid.core.project import Project
from citegrid.core.serialisation.result import from_json
from citegrid.core.table import Cell
from citegrid.pipeline.export.word.read_changes import Change
from citegrid.store import models, project_folder
from citegrid.store.files import sha256_of
from citegrid.workbench import export_service
from citegrid.workbench.workbench import Workbench


def open_workbench() -> tuple[Loop, Workbench]:
    loop = Loop()
    return loop, wiring.build(loop.post)


def load_result(path: Path) -> Project:
    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as fault:
        raise InputError(f"{path.name} cannot be opened ({fault.strerror}).", "Check its name and place.") from fault
    except ValueError as fault:
        raise InputError(
            f"{path.name} is not a result of `citegrid fill --json` ({fault}).", "Choose another file."
        ) from fault
    project = from_json(data)
    return replace(project, query=project.query or "")


def run_export(args: argparse.Namespace, line: ProgressLine) -> int:
    loop, workbench = open_workbench()
    try:
        workbench.files.take(load_result(args.result))
        if args.pdf is not None:
            result = workbench.project
            open_papers(args.pdf, args.password, result, loop, workbench, line)
            workbench.files.take(result)
        args.replace = leave(args.out, args.replace)
        send(args, loop, workbench, line)
    finally:
        workbench.close()
    print(args.out.resolve())
    return 0


def run_compare(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid compare``: exit code 1 when the two results differ."""
    first, second = load_result(args.first), load_result(args.second)
    found = differences(first.table, second.table)
    if args.json:
        data = [
            {"work": {"id": d.work.id, "title": d.work.title}, "column": d.column, "first": a, "second": b}
            for d in found
            for a, b in [(_cell_json(d.first), _cell_json(d.second))]
        ]
        print(json.dumps(data, ensure_ascii=False, indent=1))
    for work, of in groupby(() if args.json else found, lambda d: d.work):
        print(work.title)
        for d in of:
            print(f"  {d.column}\n    1  {_cell_line(d.first)}\n    2  {_cell_line(d.second)}")
    print(f"{len(found)} cells differ.", file=sys.stderr)
    return 1 if found else 0


def _cell_json(cell: Cell | None) -> dict[str, object] | None:
    if cell is None:
        return None
    pages = sorted({e.page for e in cell.evidence if e.page is not None})
    return {"text": cell.text, "status": cell.status.value, "pages": pages}


def _cell_line(cell: Cell | None) -> str:
    if cell is None:
        return "(no such cell)"
    pages = ", ".join(str(p) for p in sorted({e.page for e in cell.evidence if e.page is not None}))
    return f"{cell.text or cell.reason} ({cell.status.value.replace('_', ' ')}{f', page {pages}' if pages else ''})"


def open_papers(
    paths: Sequence[Path], password: str, project: Project, loop: Loop, workbench: Workbench, line: ProgressLine
) -> tuple[Document, ...]:
    """Open the papers of a result, whatever their files are called; the further ones as ``project`` names them.

    Of several, each is known by its hash; raises InputError for one that the result does not know or that is missing.
    """
    if not project.also:
        if len(paths) > 1:
            raise UsageError("The result was made from one paper.", "Give --pdf once.")
        loop.wait(workbench.papers.open(paths[0], password), line)
        return ()
    files = {sha256_of(path): path for path in paths if path.is_file()}
    unknown = [p for sha256, p in files.items() if sha256 not in {f.sha256 for f in project.papers}]
    absent = [p for p in paths if not p.is_file()]
    if unknown or absent:
        name = (absent or unknown)[0].name
        why = "cannot be opened" if absent else "is not a paper of this result"
        raise InputError(f"{name} {why}.", f"It was made from {', '.join(f.name for f in project.papers)}.")
    missing = [f.name for f in project.papers if f.sha256 not in files]
    if missing:
        raise InputError(f"The result rests on {missing[0]}, too.", "Name each of its papers with a --pdf of its own.")
    assert project.paper is not None
    workbench.files.take(Project(paper=project.paper, also=project.also))
    loop.wait(workbench.papers.open(files[project.paper.sha256], password), line)
    for file in project.also:
        loop.wait(workbench.papers.reopen(replace(file, path=str(files[file.sha256])), password), line)
    return workbench.papers.documents[1:]


def leave(path: Path, given: bool) -> bool:
    """Whether a file at ``path`` may be replaced; asks on a terminal, raises WouldReplace where it cannot ask."""
    reason = "" if given else export_service.ask_before(path)
    if not reason:
        return given
    if not sys.stdin.isatty():
        raise WouldReplace(reason, "Choose another name, or allow it to be replaced with --replace.")
    print(f"{reason} Replace it? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "是"):
        raise WouldReplace(f"{path.name} was left as it is.", "Choose another name.")
    return True


def send(args: argparse.Namespace, loop: Loop, workbench: Workbench, line: ProgressLine) -> None:
    """Write the report, and say what in it nobody has proved before it leaves the house."""
    options = export_service.ExportOptions(args.style, args.word_template, args.comments, args.replace)
    loop.wait(workbench.reports.export(args.out, options), line)
    cells, sentences = export_service.doubts(workbench.project)
    if (cells or sentences) and export_service.tells(args.out):
        print(
            f"citegrid: {args.out.name} holds statements that no evidence carries (cells: {cells}, sentences: "
            f"{sentences}); check them before you pass it on.",
            file=sys.stderr,
        )


def run_import(args: argparse.Namespace, line: ProgressLine) -> int:
    if not project_folder.exists(args.project):
        raise InputError(f"{args.project} is not a project folder.", "Name the folder that `fill --project` made.")
    loop, workbench = open_workbench()
    try:
        workbench.files.open(args.project)
        paper = args.pdf or (Path(workbench.project.paper.path) if workbench.project.paper else None)
        if paper is not None and (args.pdf or paper.is_file()):
            loop.wait(workbench.papers.open(paper, args.password), line)
        for file in workbench.project.also:
            if Path(file.path).is_file():
                loop.wait(workbench.papers.reopen(file, args.password), line)
        model = models.resolve(args.model) if args.model or args.check else None
        back = loop.wait(workbench.reports.read_back(args.report, model), line)
        chosen = _chosen(args.take, len(back.changes))
        for i, change in enumerate(back.changes, 1):
            print("\n".join(_change_lines(i, change, workbench.project, i in chosen)))
        for note in back.notes:
            print(f"! {note}")
        if chosen:
            workbench.reports.take_back([c for i, c in enumerate(back.changes, 1) if i in chosen])
        left = len(back.changes) - len(chosen)
        print(f"{len(chosen)} of {len(back.changes)} changes taken over.", file=sys.stderr)
        if left and not args.take:
            print("Take them over with --take all, or some with --take 1,3.", file=sys.stderr)
    finally:
        workbench.close()
    return 0


def _chosen(take: str, count: int) -> set[int]:
    if take in ("", "none"):
        return set()
    if take == "all":
        return set(range(1, count + 1))
    parts = [part.strip() for part in take.split(",")]
    if not all(part.isdecimal() and 1 <= int(part) <= count for part in parts):
        raise UsageError(f"--take {take} does not name changes from 1 to {count}.", "Write all, none, or 1,3.")
    return {int(part) for part in parts}


def _change_lines(number: int, change: Change, project: Project, taken: bool) -> list[str]:
    if change.sentence is not None:
        where = f"sentence {change.sentence + 1} of the review"
    else:
        row = next(r for r in project.table.rows if r.work.id == change.work_id)
        where = f"{row.work.title[:40]} / {change.column}" if change.column else f"the row {row.work.title[:40]}"
    lines = [
        f"{number:>3} {where}{' · taken over' if taken else ''}",
        f"    was: {change.was}",
        f"    is:  {change.text or '(deleted)'}",
    ]
    if change.both:
        lines.append(f"    the project says today: {change.now}")
    if change.judged is not None and change.text:
        lines.append(
            f"    {change.judged.status.value}" + (f" ({change.judged.reason})" if change.judged.reason else "")
        )
    return lines


def report_options(parser: argparse.ArgumentParser) -> None:
    styles = ", ".join(export_service.STYLES)
    parser.add_argument("--style", default="", help=f"of the reference list: {styles}, a .csl file, or none")
    parser.add_argument(
        "--word-template", type=Path, metavar="FILE.docx", help="take styles and page from this Word file"
    )
    parser.add_argument("--comments", action="store_true", help="put the quotes of each cell into Word comments, too")
    parser.add_argument("--replace", action="store_true", help="replace a file that CiteGrid did not write")
