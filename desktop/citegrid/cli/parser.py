"""The commands and their options: one function for each command; the help is English, as that of other commands is."""

from __future__ import annotations

import argparse
from pathlib import Path

from citegrid import __version__
from citegrid.cli import doctor
from citegrid.cli.ask import run_ask, run_check_text
from citegrid.cli.batch import exclusion, run_batch
from citegrid.cli.context import Command
from citegrid.cli.export import run_export, run_import
from citegrid.cli.fill import run_fill, run_sample
from citegrid.cli.glossary import run_glossary
from citegrid.cli.guide import run_guide
from citegrid.cli.library import run_library
from citegrid.cli.models import run_models
from citegrid.cli.read import run_columns, run_read
from citegrid.cli.verify import run_compare, run_verify
from citegrid.workbench.export_service import STYLES

LANGUAGES = ["zh", "en"]


class Commands:
    """The parser under construction."""

    def __init__(self) -> None:
        self.parser = argparse.ArgumentParser(
            prog="citegrid",
            description="Fill a table about the literature of a paper, every cell proved by its place in the PDF. Offline.",
            epilog="`citegrid` alone, or `citegrid open PROJECT`, opens the window.",
        )
        self.parser.add_argument("--version", action="version", version=f"citegrid {__version__}")
        self.parser.add_argument("-q", "--quiet", action="store_true", help="no progress on stderr")
        self._commands = self.parser.add_subparsers(required=True, metavar="COMMAND")

    def add(self, name: str, run: Command, text: str) -> argparse.ArgumentParser:
        """The parser of one more command, which ``run`` carries out."""
        command = self._commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command


def make_parser() -> argparse.ArgumentParser:
    """The parser of the command line; what it parsed has the command's function as ``run``."""
    commands = Commands()
    for add in (
        _read, _columns, _fill, _batch, _sample, _ask, _check_text, _library, _verify, _compare, _export, _import, _glossary, _models, _doctor, _report, _guide,
    ):  # fmt: skip
        add(commands)
    return commands.parser


def _read(commands: Commands) -> None:
    read = commands.add("read", run_read, "read a paper: its pages, references and in-text citations")
    read.add_argument("pdf", type=Path)
    read.add_argument("--json", action="store_true", help="print JSON")
    _password(read)


def _columns(commands: Commands) -> None:
    columns = commands.add("columns", run_columns, "read the columns from the picture of a table")
    columns.add_argument("image", type=Path)
    columns.add_argument(
        "--frame",
        type=_frame,
        metavar="X0,Y0,X1,Y1",
        help="the part of the picture that holds the table, in its pixels",
    )
    columns.add_argument("--json", action="store_true", help="print JSON")


def _frame(text: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    x0, y0, x1, y1 = map(float, text.split(","))
    if not (0 <= x0 < x1 and 0 <= y0 < y1):
        raise ValueError(text)
    return x0, y0, x1, y1


def _fill(commands: Commands) -> None:
    fill = commands.add("fill", run_fill, "fill the table and write the review")
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
        "--cited",
        default="",
        metavar="FOLDER|zotero",
        help="find the cited works themselves in a folder of PDFs or in Zotero; their own words fill their rows",
    )
    fill.add_argument(
        "--query", default="", help="what is asked for; length, language and number of works are read from it"
    )
    _model(fill)
    fill.add_argument(
        "--translator",
        default="",
        metavar="ID|FILE.gguf|http://…",
        help="another model that translates; --model does all else",
    )
    fill.add_argument("--rows", type=int, default=0, help="at most this many works, the paper included")
    fill.add_argument("--words", type=int, default=0, help="length of the review, in characters (zh) or words (en)")
    fill.add_argument("--language", choices=LANGUAGES, default="", help="of the answers (default: the query's)")
    fill.add_argument(
        "--glossary",
        type=Path,
        metavar="FILE.csv|.tbx",
        help="how terms are to be said; they are kept with the project",
    )
    fill.add_argument(
        "--strict",
        action="store_true",
        help='write "not stated" where a cell\'s evidence does not carry what the model said',
    )
    fill.add_argument("--project", type=Path, metavar="FOLDER", help="keep the project here, or go on with it")
    fill.add_argument("--out", type=Path, metavar="REPORT.docx", help="write the report (.docx, .md, …)")
    fill.add_argument("--json", type=Path, metavar="RESULT.json", help="write the result as JSON")
    _password(fill)
    _report_options(fill)


def _batch(commands: Commands) -> None:
    batch = commands.add("batch", run_batch, "fill one table over many papers: a row for each, from its own words")
    batch.add_argument(
        "papers",
        type=Path,
        metavar="FOLDER|LIST|zotero:COLLECTION",
        help="a folder of PDFs, a .txt with a path a line, or a collection of Zotero (its name, or its path with slashes)",
    )
    batch.add_argument(
        "--zotero-data", type=Path, metavar="FOLDER", help="read a copy of the database in this data folder"
    )
    batch.add_argument("--image", type=Path, help="the picture of the table")
    batch.add_argument("--columns", default="", metavar='"A|B|C"', help="the columns, as for fill")
    batch.add_argument("--template", default="", metavar="NAME", help="the columns of a template saved in the window")
    batch.add_argument(
        "--out", type=Path, required=True, metavar="TABLE.xlsx", help="write the table (.xlsx, .docx, …)"
    )
    batch.add_argument("--query", default="", help="what is asked for; the language of the answers is read from it")
    batch.add_argument("--language", choices=LANGUAGES, default="", help="of the answers (default: the query's)")
    batch.add_argument(
        "--model",
        metavar="ID|FILE.gguf|http://…",
        help="a GGUF chat model (default: the one of `citegrid models fetch`), or with --scheduler a server that all workers ask",
    )
    _elsewhere(batch)
    batch.add_argument("--workers", type=int, default=0, metavar="N", help="processes (default: by cores and memory)")
    batch.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="fill the rows on a cluster of Dask (tcp://host:8786), in a network that you trust",
    )
    batch.add_argument("--resume", action="store_true", help="keep the rows that were finished before")
    batch.add_argument(
        "--exclude",
        type=exclusion,
        action="append",
        default=[],
        metavar="NAME=REASON",
        help="leave a paper out, and say why in the account; remembered for this folder",
    )
    batch.add_argument("--strict", action="store_true", help='write "not stated" where no evidence carries an answer')
    _report_options(batch)


def _sample(commands: Commands) -> None:
    sample = commands.add("sample", run_sample, "do the whole job on the sample project")
    sample.add_argument("--out", type=Path, default=Path("sample-out"), metavar="FOLDER")
    sample.add_argument("--language", choices=LANGUAGES, default="zh")
    _model(sample)


def _library(commands: Commands) -> None:
    text = "match a folder of PDFs, or Zotero, with the reference list of a paper: which cited works are here, which are missing"
    library = commands.add("library", run_library, text)
    library.add_argument("action", choices=["match"])
    library.add_argument("pdf", type=Path, metavar="PAPER.pdf")
    place = library.add_mutually_exclusive_group(required=True)
    place.add_argument("--folder", type=Path, help="look in the PDFs of this folder")
    place.add_argument(
        "--zotero", action="store_true", help="ask Zotero on this computer, or read a copy of its database"
    )
    place.add_argument(
        "--zotero-data", type=Path, metavar="FOLDER", help="read a copy of the database in this data folder of Zotero"
    )
    library.add_argument("--json", action="store_true", help="print JSON")
    _password(library)


def _ask(commands: Commands) -> None:
    text = "answer a question in sentences of a paper and of background documents, each with its place; exit code 1 when none answers"
    ask = commands.add("ask", run_ask, text)
    ask.add_argument("pdf", type=Path, metavar="PAPER.pdf")
    ask.add_argument("question")
    _against(ask)
    ask.add_argument("--model", help="let this GGUF model (or `default`) translate an answer in another language")


def _check_text(commands: Commands) -> None:
    text = "set each sentence of a text against a paper and background documents; exit code 1 when one is contradicted"
    check = commands.add("check-text", run_check_text, text)
    check.add_argument("pdf", type=Path, metavar="PAPER.pdf")
    check.add_argument("text", type=Path, metavar="TEXT.docx|.md|.txt", help="the text; - reads it from standard input")
    _against(check)


def _against(command: argparse.ArgumentParser) -> None:
    command.add_argument("--library", type=Path, metavar="FOLDER", help="background documents beside the paper")
    command.add_argument("--json", action="store_true", help="print JSON")
    _password(command)


def _verify(commands: Commands) -> None:
    text = "check every citation of a result again; exit code 1 when one no longer holds"
    verify = commands.add("verify", run_verify, text)
    verify.add_argument("result", type=Path, metavar="RESULT.json")
    verify.add_argument(
        "--pdf", type=Path, required=True, action="append", help="the paper; again for each further one of the result"
    )
    verify.add_argument("--library", type=Path, metavar="FOLDER", help="check the citations of its documents too")
    _password(verify)


def _compare(commands: Commands) -> None:
    text = "lay two results side by side: the cells that a second run answered otherwise"
    compare = commands.add("compare", run_compare, text)
    compare.add_argument("first", type=Path, metavar="FIRST.json")
    compare.add_argument("second", type=Path, metavar="SECOND.json")
    compare.add_argument("--json", action="store_true", help="print JSON")


def _export(commands: Commands) -> None:
    export = commands.add("export", run_export, "write a result in another format, chosen by the suffix of --out")
    export.add_argument("result", type=Path, metavar="RESULT.json")
    export.add_argument("--out", type=Path, required=True)
    export.add_argument(
        "--pdf",
        type=Path,
        action="append",
        help="the paper (again for each further one), for pictures of the quoted lines and for a .pdf with highlights",
    )
    _password(export)
    _report_options(export)


def _import(commands: Commands) -> None:
    text = "read back a Word report that others have edited, and take over what they changed"
    back = commands.add("import", run_import, text)
    back.add_argument("report", type=Path, metavar="REPORT.docx")
    back.add_argument("--project", type=Path, required=True, metavar="FOLDER", help="the project it was made from")
    back.add_argument(
        "--take", default="", metavar="all|none|1,3", help="the changes to take over (default: only show)"
    )
    back.add_argument("--pdf", type=Path, help="the paper, where it has moved")
    _password(back)
    back.add_argument("--check", action="store_true", help="let the default language model weigh the changes, too")
    _model(back)


def _glossary(commands: Commands) -> None:
    glossary = commands.add("glossary", run_glossary, "export or import the terms that hold for all projects")
    glossary.add_argument("action", choices=["export", "import"])
    glossary.add_argument("file", type=Path, metavar="FILE.csv|.tbx")


def _models(commands: Commands) -> None:
    model = commands.add(
        "models",
        run_models,
        "list, fetch, verify, add or examine language models, or test a server of one, or keep its key",
    )
    model.add_argument("action", choices=["list", "fetch", "verify", "add", "test", "key", "examine", "recommend"])
    model.add_argument("name", nargs="?", default="", metavar="ID|FILE.gguf|http://…")
    _elsewhere(model)


def _doctor(commands: Commands) -> None:
    commands.add("doctor", doctor.run_doctor, "print versions and folders, and test the parts")


def _report(commands: Commands) -> None:
    text = "write down versions, a test of the parts and the end of the log, to read and give to who helps; nothing is sent"
    report = commands.add("report", doctor.run_report, text)
    report.add_argument("--out", type=Path, metavar="FILE.txt", help="write it to a file (default: print it)")
    report.add_argument("--model", action="store_true", help="load the default language model and ask it, too")


def _guide(commands: Commands) -> None:
    guide = commands.add(
        "guide", run_guide, "print a page of the guide: the index, the page named, or the one that speaks of the words"
    )
    guide.add_argument("topic", nargs="*", metavar="TOPIC")
    guide.add_argument("--language", choices=LANGUAGES, default="", help="of the guide (default: the system's)")


def _model(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--model",
        metavar="ID|FILE.gguf|http://…",
        help="a GGUF chat model, or a server that speaks OpenAI's protocol (http://127.0.0.1:8080/v1#name); default: the one of "
        "`citegrid models fetch`",
    )
    command.add_argument("--no-gpu", action="store_true", help="leave a graphics card alone")
    _elsewhere(command)


def _elsewhere(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--elsewhere", action="store_true", help="the server may be another computer: what the papers say goes there"
    )


def _password(command: argparse.ArgumentParser) -> None:
    command.add_argument("--password", default="", help="of an encrypted PDF")


def _report_options(command: argparse.ArgumentParser) -> None:
    styles = ", ".join(STYLES)
    command.add_argument("--style", default="", help=f"of the reference list: {styles}, a .csl file, or none")
    command.add_argument(
        "--word-template", type=Path, metavar="FILE.docx", help="take styles and page from this Word file"
    )
    command.add_argument("--comments", action="store_true", help="put the quotes of each cell into Word comments, too")
    command.add_argument(
        "--citations",
        choices=["long", "style", "footnotes"],
        default="long",
        help="in a Word report: the file and its page (default), as --style has it, or in footnotes",
    )
    command.add_argument(
        "--no-evidence",
        dest="evidence",
        action="store_false",
        help="no list of the quotes at the end of a Word report; they stand in comments or footnotes instead",
    )
    command.add_argument(
        "--track",
        action="store_true",
        help="mark as tracked changes what the review says otherwise than in the Word report that is replaced",
    )
    command.add_argument("--replace", action="store_true", help="replace a file that CiteGrid did not write")
