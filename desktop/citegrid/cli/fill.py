"""The commands that do the whole job: ``fill`` a table and write its review, and ``sample`` to try it."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from citegrid.cli.context import Context, add_library, check_library, opened
from citegrid.cli.export import may_replace, write_report
from citegrid.cli.glossary import take_glossary
from citegrid.cli.library import ZOTERO, take_cited
from citegrid.cli.progress import ProgressLine
from citegrid.cli.read import no_columns
from citegrid.cli.terminal import tell
from citegrid.core.edits.columns import column_of
from citegrid.core.errors import Cancelled, InputError, UsageError
from citegrid.core.messages import Message
from citegrid.core.project import DEFAULT_QUERY, Project
from citegrid.core.resources import resource
from citegrid.core.table import Status
from citegrid.store import paths, project_folder
from citegrid.store.files import sha256_of, write_atomically
from citegrid.store.model_files import models
from citegrid.workbench.workbench import Workbench


def run_fill(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid fill``: everything that can be wrong with the command is said before the long part."""
    _check(args)
    if args.out is not None:
        args.replace = may_replace(args.out, args.replace)
    model = models.chosen(args.model, args.elsewhere)
    if args.translator:
        models.chosen(args.translator, args.elsewhere)
    with opened(line) as context:
        workbench = context.workbench
        workbench.models.use_card(not args.no_gpu)
        workbench.models.translate_with(args.translator, args.elsewhere)
        _prepare(args, context)
        try:
            if args.library is not None:
                add_library(context, args.library)
            if args.cited:
                take_cited(context, args.cited)
            context.wait(workbench.fill.start(model, strict=args.strict))
            workbench.session.save()
        except Cancelled:
            workbench.session.save()
            raise Cancelled("Stopped as asked.", _kept(workbench)) from None
        _write_results(args, context)
    return 0


def _check(args: argparse.Namespace) -> None:
    if args.image is None and not args.columns and not args.template:
        hint = "Add --image, --columns or --template."
        raise UsageError("fill needs the picture of a table or the names of its columns.", hint)
    for out in (args.out, args.json):
        if out is not None and not out.parent.is_dir():
            raise InputError(
                Message("The folder of {out} does not exist.", out=out), "Make it first or choose another place."
            )
    check_library(args.library)
    check_library(Path(args.cited) if args.cited not in ("", ZOTERO) else None)


def _kept(workbench: Workbench) -> Message:
    """What to say of the cells that are there when a fill is stopped."""
    kept = sum(c.status is not Status.WAITING for r in workbench.project.table.rows for c in r.cells)
    return Message(
        "{kept} cells are kept in {folder}; the same command with --project and that folder goes on from there.",
        kept=kept,
        folder=workbench.folder,
    )


def _prepare(args: argparse.Namespace, context: Context) -> None:
    """Open or begin the project, then its papers, and settle the columns."""
    folder, workbench = args.project, context.workbench
    goes_on = folder is not None and project_folder.exists(folder)
    if goes_on:
        workbench.files.open(folder)
    else:
        name = f"{args.pdf[0].stem[:60]}-{time.strftime('%Y%m%d-%H%M%S')}"
        workbench.files.new(folder or paths.data_folder() / "projects" / name)
    old = workbench.project
    _set_wishes(args, workbench, old if goes_on else Project(language=old.language))
    if goes_on:
        _check_same_paper(args.pdf[0], old, folder)
    _open_papers(args, context)
    if args.glossary is not None:
        take_glossary(workbench, args.glossary)
    set_columns(args, context, bool(goes_on and old.table.columns))
    workbench.session.save()  # a folder that cannot be written is told before the long part


def _set_wishes(args: argparse.Namespace, workbench: Workbench, old: Project) -> None:
    """The query and the limits: as given, else as in the project that is gone on with."""
    query = args.query or old.query
    language = args.language or ("" if query else old.language)
    workbench.table.set_query(query or DEFAULT_QUERY[language or "zh"], language)
    workbench.table.set_limits(args.rows, args.words)


def _check_same_paper(first: Path, old: Project, folder: Path) -> None:
    if old.paper is not None and first.is_file() and sha256_of(first) != old.paper.sha256:
        raise InputError(
            Message(
                "The project in {folder} belongs to {paper}, which is not the same file as {name}.",
                folder=folder,
                paper=old.paper.name,
                name=first.name,
            ),
            "Choose another --project folder.",
        )


def _open_papers(args: argparse.Namespace, context: Context) -> None:
    """The first paper, the further ones that the project knows (wherever they lie now), then the new ones."""
    workbench, first, further = context.workbench, args.pdf[0], args.pdf[1:]
    context.wait(workbench.papers.open(first, args.password))
    given = {sha256_of(path): path for path in further if path.is_file()}
    for file in workbench.project.also:
        place = given.get(file.sha256, Path(file.path))
        before = workbench.papers.rebound
        context.wait(workbench.papers.reopen(replace(file, path=str(place)), args.password))
        if workbench.papers.rebound is not before:
            _tell_relocated(workbench)
    known = {file.sha256 for file in workbench.project.also}
    for path in further:
        if not (path.is_file() and sha256_of(path) in known):
            context.wait(workbench.papers.add(path, args.password))


def _tell_relocated(workbench: Workbench) -> None:
    found = workbench.papers.rebound
    if found is not None:
        tell(
            Message(
                "{name} was changed since its citations were made: {kept} stand where they stood, {moved} elsewhere, "
                "{lost} nowhere.",
                name=found.name,
                kept=found.kept,
                moved=found.moved,
                lost=found.lost,
            )
        )


def set_columns(args: argparse.Namespace, context: Context, known: bool) -> None:
    """The columns: of the picture (unless they are ``known``), of a template, as typed; the last that is given counts."""
    workbench = context.workbench
    if args.image is not None and not known:
        context.wait(workbench.picture.open(args.image))
        template = workbench.project.template
        if not (args.columns or args.template) and (template is None or not template.columns):
            raise no_columns(args.image, template)
    if args.template:
        workbench.table.use_template(args.template)
    if args.columns:
        workbench.table.set_columns([column_of(text) for text in args.columns.split("|")])


def _write_results(args: argparse.Namespace, context: Context) -> None:
    workbench = context.workbench
    if args.out is not None:
        began = time.perf_counter()
        write_report(args, context)
        tell(Message("Report: {path}", path=args.out.resolve()))
        workbench.fill.note_seconds("export", time.perf_counter() - began)
    if args.json is not None:
        write_atomically(args.json, workbench.reports.result())
    elif args.out is None:
        sys.stdout.write(workbench.reports.result().decode())
    _tell_summary(workbench.project, workbench.folder)


def _tell_summary(project: Project, folder: Path | None) -> None:
    cells = [c for r in project.table.rows for c in r.cells]
    by = {s: sum(c.status is s for c in cells) for s in Status}
    tell(
        Message(
            "{works} works × {columns} columns: {supported} cells supported, {unsupported} unsupported, {not_stated} not "
            "stated, {failed} failed.",
            works=len(project.table.rows),
            columns=len(project.table.columns),
            supported=by[Status.SUPPORTED],
            unsupported=by[Status.UNSUPPORTED],
            not_stated=by[Status.NOT_STATED],
            failed=by[Status.FAILED],
        )
    )
    if project.to_be_checked:
        tell(
            Message("Translations to be checked: {count}; they are marked in the report.", count=project.to_be_checked)
        )
    for check in project.checks:
        mark = "✓" if check.passed else "!"
        tell(Message("  {mark} {name}: {detail}", mark=mark, name=check.name, detail=check.detail))
    if folder is not None:
        tell(Message("Project: {folder}", folder=folder))


def run_sample(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid sample``: the same as ``fill`` with the files that come with CiteGrid."""
    from citegrid.cli.parser import make_parser

    folder, out, language = resource("sample"), args.out, args.language
    out.mkdir(parents=True, exist_ok=True)
    report = out / f"report-{language}.docx"
    given = ["--pdf", folder / "paper.pdf", "--image", folder / f"table-{language}.png", "--language", language]
    given += [
        "--out",
        report,
        "--json",
        out / f"result-{language}.json",
        *(["--model", args.model] if args.model else []),
        *(["--elsewhere"] if args.elsewhere else []),
        *(["--no-gpu"] if args.no_gpu else []),
    ]
    code = run_fill(make_parser().parse_args(["fill", *map(str, given)]), line)
    print(report.resolve())
    return code
