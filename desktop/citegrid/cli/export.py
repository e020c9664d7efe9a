"""The commands that hand a report out and take it back: ``export`` and ``import``, and what ``fill`` shares with them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from pathlib import Path

from citegrid.cli.context import Context, load_result, open_papers, opened
from citegrid.cli.progress import ProgressLine
from citegrid.cli.terminal import said, show, tell
from citegrid.core.errors import InputError, UsageError, WouldReplace
from citegrid.core.messages import Message, as_message
from citegrid.core.project import Project
from citegrid.pipeline.export.word.changes import Change, ReadBack
from citegrid.store import project_folder
from citegrid.store.model_files import models
from citegrid.workbench import export_service

#: What a person may answer for “yes”.
_YES = ("y", "yes", "是")


def run_export(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid export``: a result in another format."""
    with opened(line) as context:
        workbench = context.workbench
        result = load_result(args.result)
        workbench.files.take(result)
        if args.pdf is not None:
            open_papers(context, args.pdf, args.password, result)
            workbench.files.take(result)
        args.replace = may_replace(args.out, args.replace)
        write_report(args, context)
    print(args.out.resolve())
    return 0


def may_replace(path: Path, given: bool) -> bool:
    """Whether a file at ``path`` may be replaced; asks on a terminal, raises WouldReplace where it cannot ask."""
    reason = "" if given else export_service.ask_before(path)
    if not reason:
        return given
    if not sys.stdin.isatty():
        raise WouldReplace(reason, "Choose another name, or allow it to be replaced with --replace.")
    question = said(Message("{reason} Replace it? [y/N] ", reason=reason))
    print(question, end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in _YES:
        raise WouldReplace(Message("{name} was left as it is.", name=path.name), "Choose another name.")
    return True


def write_report(args: argparse.Namespace, context: Context) -> None:
    """Write the report, and say what in it nobody has proved before it leaves the house."""
    options = export_service.ExportOptions(
        args.style, args.word_template, args.comments, args.replace, args.citations, args.evidence, args.track
    )
    context.wait(context.workbench.reports.export(args.out, options))
    cells, sentences = export_service.doubts(context.workbench.project)
    if (cells or sentences) and export_service.tells(args.out):
        tell(
            Message(
                "citegrid: {name} holds statements that no evidence carries (cells: {cells}, sentences: {sentences}); "
                "check them before you pass it on.",
                name=args.out.name,
                cells=cells,
                sentences=sentences,
            )
        )


def run_import(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid import``: what others changed in a Word report, shown and, where wished, taken over."""
    if not project_folder.exists(args.project):
        raise InputError(
            Message("{project} is not a project folder.", project=args.project),
            "Name the folder that `fill --project` made.",
        )
    with opened(line) as context:
        workbench = context.workbench
        workbench.files.open(args.project)
        _open_known_papers(args, context)
        workbench.models.use_card(not args.no_gpu)
        model = models.chosen(args.model, args.elsewhere) if args.model or args.check else None
        back = context.wait(workbench.reports.read_back(args.report, model))
        chosen = _chosen(args.take, len(back.changes))
        _show_changes(back, workbench.project, chosen)
        if chosen:
            workbench.reports.take_back([c for i, c in enumerate(back.changes, 1) if i in chosen])
            workbench.session.save()  # what is told to be taken over is on the disk
    tell(Message("{taken} of {count} changes taken over.", taken=len(chosen), count=len(back.changes)))
    if len(chosen) < len(back.changes) and not args.take:
        tell("Take them over with --take all, or some with --take 1,3.")
    return 0


def _show_changes(back: ReadBack, project: Project, taken: Collection[int]) -> None:
    for i, change in enumerate(back.changes, 1):
        for shown in _change_lines(i, change, project, i in taken):
            show(shown)
    for note in back.notes:
        show(Message("! {note}", note=as_message(note)))


def _open_known_papers(args: argparse.Namespace, context: Context) -> None:
    """The project's papers, as far as their files are there."""
    workbench = context.workbench
    paper = args.pdf or (Path(workbench.project.paper.path) if workbench.project.paper else None)
    if paper is not None and (args.pdf or paper.is_file()):
        context.wait(workbench.papers.open(paper, args.password))
    for file in workbench.project.also:
        if Path(file.path).is_file():
            context.wait(workbench.papers.reopen(file, args.password))


def _chosen(take: str, count: int) -> set[int]:
    """The numbers of the changes that ``--take`` names."""
    if take in ("", "none"):
        return set()
    if take == "all":
        return set(range(1, count + 1))
    parts = [part.strip() for part in take.split(",")]
    if not all(part.isdecimal() and 1 <= int(part) <= count for part in parts):
        raise UsageError(
            Message("--take {take} does not name changes from 1 to {count}.", take=take, count=count),
            "Write all, none, or 1,3.",
        )
    return {int(part) for part in parts}


def _change_lines(number: int, change: Change, project: Project, taken: bool) -> list[Message]:
    """A change as it is shown: where, what it was, what it is, and how it was judged."""
    place, where = f"{number:>3}", _place_of(change, project)
    lines = [
        Message("{number} {where} · taken over" if taken else "{number} {where}", number=place, where=where),
        Message("    was: {text}", text=change.was),
        Message("    is:  {text}", text=change.text or Message("(deleted)")),
    ]
    if change.both:
        lines.append(Message("    the project says today: {text}", text=change.now))
    if change.judged is not None and change.text:
        status, reason = as_message(change.judged.status.value), change.judged.reason
        judged = Message("    {status} ({reason})", status=status, reason=as_message(reason))
        lines.append(judged if reason else Message("    {status}", status=status))
    return lines


def _place_of(change: Change, project: Project) -> Message:
    if change.sentence is not None:
        return Message("sentence {number} of the review", number=change.sentence + 1)
    row = next(r for r in project.table.rows if r.work.id == change.work_id)
    title = row.work.title[:40]
    if change.column:
        return Message("{title} / {column}", title=title, column=change.column)
    return Message("the row {title}", title=title)
