"""The command line: the same use-cases as the window.

Data goes to stdout, progress and messages to stderr.  Every failure is one
sentence; the exit code says of what kind (see ``core.errors``).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from citegrid import __version__
from citegrid.cli.progress import Loop, ProgressLine
from citegrid.cli.report import (
    leave,
    load_result,
    open_papers,
    open_workbench,
    report_options,
    run_compare,
    run_export,
    run_import,
    send,
)
from citegrid.core.edits.columns import column_of
from citegrid.core.errors import Cancelled, CiteGridError, InputError, InternalError, UsageError
from citegrid.core.messages import say
from citegrid.core.project import DEFAULT_QUERY, Project
from citegrid.core.resources import resource
from citegrid.core.serialisation.result import to_json
from citegrid.core.table import Status
from citegrid.pipeline.relocate import Rebound
from citegrid.store import models, paths, project_folder
from citegrid.store.files import sha256_of, write_atomically
from citegrid.workbench.workbench import Workbench

#: Set to see a traceback; for developers only.
DEBUG = "CITEGRID_DEBUG"


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit code."""
    parser = _parser()
    args = parser.parse_args(argv)
    _utf8()
    line = ProgressLine(quiet=args.quiet)
    try:
        code = args.run(args, line)
    except KeyboardInterrupt:
        line.end()
        return _fail(Cancelled())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CiteGridError as error:
        line.end()
        return _fail(error)
    except Exception as fault:
        line.end()
        if os.environ.get(DEBUG):
            raise
        return _fail(InternalError(f"CiteGrid itself failed ({type(fault).__name__}: {fault}).", "Please report this."))
    return int(code or 0)


def _fail(error: CiteGridError) -> int:
    print(f"citegrid: {error}", file=sys.stderr)
    if os.environ.get(DEBUG) and error.__cause__ is not None:
        raise error
    return error.exit_code


def _utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


# -- commands ----------------------------------------------------------------------------------------------------------


def _read(args: argparse.Namespace, line: ProgressLine) -> int:
    from citegrid.pipeline.export.document_json import reading_to_json

    loop, workbench = open_workbench()
    try:
        loop.wait(workbench.papers.open(args.pdf, args.password), line)
        assert workbench.shown_paper.document is not None
        data = reading_to_json(workbench.shown_paper.document, workbench.shown_paper.references)
    finally:
        workbench.close()
    if args.json:
        _print_json(data)
        return 0
    print(
        f"{data['document']['title'] or args.pdf.name}: {len(data['pages'])} pages, {len(data['references'])} references"
    )
    for reference in data["references"]:
        pages = sorted({m["page"] for m in reference["mentions"]})
        where = f"cited {len(reference['mentions'])}× on page {', '.join(map(str, pages))}" if pages else "never cited"
        print(
            f"  {reference['id']:>5}  p.{reference['page']:<4} {(reference['title'] or reference['raw'])[:70]}  ({where})"
        )
    for warning in data.get("warnings", []):
        print(f"citegrid: {args.pdf.name}: {warning}", file=sys.stderr)
    return 0


def _columns(args: argparse.Namespace, line: ProgressLine) -> int:
    from citegrid.pipeline.table_image.read_template import template_to_json

    loop, workbench = open_workbench()
    try:
        loop.wait(workbench.picture.open(args.image), line)
        template = workbench.project.template
    finally:
        workbench.close()
    if template is None or not template.columns:
        raise _no_columns(args.image, template.warnings if template else ())
    if args.json:
        _print_json(template_to_json(template))
    else:
        print("\n".join(c.name for c in template.columns))
    return 0


def _no_columns(image: Path, warnings: Sequence[str]) -> InputError:
    why = warnings[0] if warnings else "no table header was found in it."
    return InputError(f"{image.name}: {why}", 'Type the columns instead: --columns "A|B|C".')


def _fill(args: argparse.Namespace, line: ProgressLine) -> int:
    if args.image is None and not args.columns and not args.template:
        hint = "Add --image, --columns or --template."
        raise UsageError("fill needs the picture of a table or the names of its columns.", hint)
    for out in (args.out, args.json):
        if out is not None and not out.parent.is_dir():
            raise InputError(f"The folder of {out} does not exist.", "Make it first or choose another place.")
    _check_library(args.library)
    if args.out is not None:
        args.replace = leave(args.out, args.replace)
    model = models.resolve(args.model)
    loop, workbench = open_workbench()
    try:
        _prepare(args, loop, workbench, line)
        try:
            if args.library is not None:
                _take_library(args.library, loop, workbench, line)
            loop.wait(workbench.fill.start(model, strict=args.strict), line)
            workbench.session.save()
        except Cancelled:
            workbench.session.save()
            kept = sum(c.status is not Status.WAITING for r in workbench.project.table.rows for c in r.cells)
            raise Cancelled(
                "Stopped as asked.",
                f"{kept} cells are kept in {workbench.folder}; the same command with --project "
                "and that folder goes on from there.",
            ) from None
        _write_results(args, loop, workbench, line)
    finally:
        workbench.close()
    return 0


def _prepare(args: argparse.Namespace, loop: Loop, workbench: Workbench, line: ProgressLine) -> None:
    """Open or begin the project, then the paper and the picture."""
    folder = args.project
    goes_on = folder is not None and project_folder.exists(folder)
    if goes_on:
        workbench.files.open(folder)
    else:
        name = f"{args.pdf[0].stem[:60]}-{time.strftime('%Y%m%d-%H%M%S')}"
        workbench.files.new(folder or paths.data_folder() / "projects" / name)
    old = workbench.project
    query = args.query or (old.query if goes_on else "")
    language = args.language or ("" if query else old.language)
    workbench.table.set_query(query or DEFAULT_QUERY[language or "zh"], language)
    workbench.table.set_limits(args.rows, args.words)
    first = args.pdf[0]
    if goes_on and old.paper is not None and first.is_file() and sha256_of(first) != old.paper.sha256:
        raise InputError(
            f"The project in {folder} belongs to {old.paper.name}, which is not the same file as {first.name}.",
            "Choose another --project folder.",
        )
    loop.wait(workbench.papers.open(first, args.password), line)
    given = {sha256_of(path): path for path in args.pdf[1:] if path.is_file()}
    for file in workbench.project.also:
        place = given.get(file.sha256, Path(file.path))
        told = workbench.papers.rebound
        loop.wait(workbench.papers.reopen(replace(file, path=str(place)), args.password), line)
        if workbench.papers.rebound is not None and workbench.papers.rebound is not told:
            _tell_rebound(workbench.papers.rebound)
    known = {file.sha256 for file in workbench.project.also}
    for path in args.pdf[1:]:
        if not (path.is_file() and sha256_of(path) in known):
            loop.wait(workbench.papers.add(path, args.password), line)
    if args.image is not None and not (goes_on and old.table.columns):
        loop.wait(workbench.picture.open(args.image), line)
        template = workbench.project.template
        if not (args.columns or args.template) and (template is None or not template.columns):
            raise _no_columns(args.image, template.warnings if template else ())
    if args.template:
        workbench.table.use_template(args.template)
    if args.columns:
        workbench.table.set_columns([column_of(text) for text in args.columns.split("|")])
    workbench.session.save()  # a folder that cannot be written is told before the long part


def _tell_rebound(rebound: Rebound) -> None:
    print(
        f"{rebound.name} was changed since its citations were made: {rebound.kept} stand where they stood, "
        f"{rebound.moved} elsewhere, {rebound.lost} nowhere.",
        file=sys.stderr,
    )


def _check_library(folder: Path | None) -> None:
    if folder is not None and not folder.exists():
        raise InputError(f"The library {folder} does not exist.", "Check its name and place.")


def _take_library(folder: Path, loop: Loop, workbench: Workbench, line: ProgressLine) -> None:
    """Read a folder of background documents; those that cannot be read are named on stderr."""
    done = loop.wait(workbench.library.add([folder]), line)
    for fault in done.faults:
        print(f"  skipped: {fault}", file=sys.stderr)
    count = len([f for f in workbench.library.files() if not f.fault])
    print(f"Library: {count} documents, {done.read} read now, {len(done.faults)} skipped.", file=sys.stderr)


def _write_results(args: argparse.Namespace, loop: Loop, workbench: Workbench, line: ProgressLine) -> None:
    if args.out is not None:
        began = time.perf_counter()
        send(args, loop, workbench, line)
        print(f"Report: {args.out.resolve()}", file=sys.stderr)
        workbench.fill.note_seconds("export", time.perf_counter() - began)
    data = to_json(workbench.project, __version__)
    if args.json is not None:
        write_atomically(args.json, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    elif args.out is None:
        _print_json(data)
    _summary(workbench.project, workbench.folder)


def _summary(project: Project, folder: Path | None) -> None:
    cells = [c for r in project.table.rows for c in r.cells]
    by = {s: sum(c.status is s for c in cells) for s in Status}
    print(
        f"{len(project.table.rows)} works × {len(project.table.columns)} columns: {by[Status.SUPPORTED]} cells supported, "
        f"{by[Status.UNSUPPORTED]} unsupported, {by[Status.NOT_STATED]} not stated, {by[Status.FAILED]} failed.",
        file=sys.stderr,
    )
    for check in project.checks:
        print(
            f"  {'✓' if check.passed else '!'} {say(check.name, project.language)}: {say(check.detail, project.language)}",
            file=sys.stderr,
        )
    if folder is not None:
        print(f"Project: {folder}", file=sys.stderr)


def _sample(args: argparse.Namespace, line: ProgressLine) -> int:
    folder = resource("sample")
    language = args.language or "zh"
    args.out.mkdir(parents=True, exist_ok=True)
    args.pdf, args.image = [folder / "paper.pdf"], folder / f"table-{language}.png"
    args.columns, args.template, args.query, args.password, args.rows, args.words, args.project = (
        "",
        "",
        "",
        "",
        0,
        0,
        None,
    )
    args.library, args.strict = None, False
    args.language = language
    args.style, args.word_template, args.comments, args.replace = "", None, False, False
    out = args.out
    args.out, args.json = out / f"report-{language}.docx", out / f"result-{language}.json"
    _fill(args, line)
    print(args.out.resolve())
    return 0


def _verify(args: argparse.Namespace, line: ProgressLine) -> int:
    from citegrid.pipeline.recheck import verify

    project = load_result(args.result)
    _check_library(args.library)
    loop, workbench = open_workbench()
    try:
        others = open_papers(args.pdf, args.password, project, loop, workbench, line)
        if args.library is not None:
            _take_library(args.library, loop, workbench, line)
        assert workbench.shown_paper.document is not None
        in_library = workbench.library.place_of if args.library is not None else None
        total, faults = verify(project, workbench.shown_paper.document, in_library, others)
    finally:
        workbench.close()
    for fault in faults:
        print(fault)
    print(f"{total - len(faults)} of {total} citations hold.", file=sys.stderr)
    return 1 if faults else 0


def _models(args: argparse.Namespace, line: ProgressLine) -> int:
    if args.action == "list":
        for model in models.list_models():
            print(model)
    elif args.action == "fetch":
        print(models.fetch(args.name or "", progress=line))
        line.end()
    elif args.action == "verify":
        print(models.verify(args.name or "", progress=line))
        line.end()
    else:
        print(models.add(Path(args.name)))
    return 0


def _doctor(args: argparse.Namespace, line: ProgressLine) -> int:
    from citegrid.cli import doctor

    return doctor.run(sys.stdout)


# -- plumbing ----------------------------------------------------------------------------------------------------------


def _print_json(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="citegrid",
        description="Fill a table about the literature of a paper, every cell proved by its place in the PDF. Offline.",
        epilog="`citegrid` alone, or `citegrid open PROJECT`, opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"citegrid {__version__}")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress on stderr")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace, ProgressLine], int], text: str
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    read = command("read", _read, "read a paper: its pages, references and in-text citations")
    read.add_argument("pdf", type=Path)
    read.add_argument("--json", action="store_true", help="print JSON")
    read.add_argument("--password", default="", help="of an encrypted PDF")

    columns = command("columns", _columns, "read the columns from the picture of a table")
    columns.add_argument("image", type=Path)
    columns.add_argument("--json", action="store_true", help="print JSON")

    fill = command("fill", _fill, "fill the table and write the review")
    fill.add_argument(
        "--pdf", type=Path, required=True, action="append", help="the paper; again for each further paper of the table"
    )
    fill.add_argument("--image", type=Path, help="the picture of the table")
    fill.add_argument(
        "--columns",
        default="",
        metavar='"A|B|C"',
        help="the columns, instead of the picture's; each may have an answer type (text, number, year, list, yes/no) and an "
        'instruction: "Title|Participants :: number :: only those who finished"',
    )
    fill.add_argument("--template", default="", metavar="NAME", help="the columns of a template saved in the window")
    fill.add_argument(
        "--library", type=Path, metavar="FOLDER", help="background documents: rows and evidence beside the paper"
    )
    fill.add_argument(
        "--query", default="", help="what is asked for; length, language and number of works are read from it"
    )
    fill.add_argument("--model", help="a GGUF chat model (default: the one of `citegrid models fetch`)")
    fill.add_argument("--rows", type=int, default=0, help="at most this many works, the paper included")
    fill.add_argument("--words", type=int, default=0, help="length of the review, in characters (zh) or words (en)")
    fill.add_argument("--language", choices=["zh", "en"], default="", help="of the answers (default: the query's)")
    fill.add_argument(
        "--strict",
        action="store_true",
        help='write "not stated" where a cell\'s evidence does not carry what the model said',
    )
    fill.add_argument("--project", type=Path, metavar="FOLDER", help="keep the project here, or go on with it")
    fill.add_argument("--out", type=Path, metavar="REPORT.docx", help="write the report (.docx, .md, …)")
    fill.add_argument("--json", type=Path, metavar="RESULT.json", help="write the result as JSON")
    fill.add_argument("--password", default="", help="of an encrypted PDF")
    report_options(fill)

    sample = command("sample", _sample, "do the whole job on the sample project")
    sample.add_argument("--out", type=Path, default=Path("sample-out"), metavar="FOLDER")
    sample.add_argument("--language", choices=["zh", "en"], default="zh")
    sample.add_argument("--model", help="a GGUF chat model")

    verify = command("verify", _verify, "check every citation of a result again; exit code 1 when one no longer holds")
    verify.add_argument("result", type=Path, metavar="RESULT.json")
    verify.add_argument(
        "--pdf", type=Path, required=True, action="append", help="the paper; again for each further one of the result"
    )
    verify.add_argument("--library", type=Path, metavar="FOLDER", help="check the citations of its documents too")
    verify.add_argument("--password", default="")

    compare = command(
        "compare", run_compare, "lay two results side by side: the cells that a second run answered otherwise"
    )
    compare.add_argument("first", type=Path, metavar="FIRST.json")
    compare.add_argument("second", type=Path, metavar="SECOND.json")
    compare.add_argument("--json", action="store_true", help="print JSON")

    export = command("export", run_export, "write a result in another format, chosen by the suffix of --out")
    export.add_argument("result", type=Path, metavar="RESULT.json")
    export.add_argument("--out", type=Path, required=True)
    export.add_argument(
        "--pdf",
        type=Path,
        action="append",
        help="the paper (again for each further one), for pictures of the quoted lines and for a .pdf with highlights",
    )
    export.add_argument("--password", default="")
    report_options(export)

    back = command(
        "import", run_import, "read back a Word report that others have edited, and take over what they changed"
    )
    back.add_argument("report", type=Path, metavar="REPORT.docx")
    back.add_argument("--project", type=Path, required=True, metavar="FOLDER", help="the project it was made from")
    back.add_argument(
        "--take", default="", metavar="all|none|1,3", help="the changes to take over (default: only show)"
    )
    back.add_argument("--pdf", type=Path, help="the paper, where it has moved")
    back.add_argument("--password", default="")
    back.add_argument("--check", action="store_true", help="let the default language model weigh the changes, too")
    back.add_argument("--model", help="let this GGUF model weigh them")

    model = command("models", _models, "list, fetch, verify or add language models")
    model.add_argument("action", choices=["list", "fetch", "verify", "add"])
    model.add_argument("name", nargs="?", default="", metavar="ID|FILE.gguf")

    command("doctor", _doctor, "print versions and folders, and test the parts")
    return parser
