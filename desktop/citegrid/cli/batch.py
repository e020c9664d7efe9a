"""The command over many papers: ``batch`` fills one row for each paper of a folder."""

from __future__ import annotations

import argparse

from citegrid.cli.context import Context, opened
from citegrid.cli.export import may_replace, write_report
from citegrid.cli.fill import set_columns
from citegrid.cli.progress import ProgressLine
from citegrid.cli.terminal import tell
from citegrid.core.errors import Cancelled, InputError, UsageError
from citegrid.core.messages import Message, as_message
from citegrid.core.outcome.account import Account, Fate, summary
from citegrid.core.project import DEFAULT_QUERY, Project
from citegrid.store.model_files import models
from citegrid.workbench.many_papers import ManyPapers

#: How a collection of Zotero is named instead of a folder.
FROM_ZOTERO = "zotero:"
#: What stands before a paper that has no row.
_SIGNS = {Fate.FAILED: "!", Fate.DUPLICATE: "=", Fate.EXCLUDED: "–", Fate.WAITING: "·"}


def run_batch(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid batch``: one table over many papers, with what became of each."""
    if args.image is None and not args.columns and not args.template:
        hint = "Add --image, --columns or --template."
        raise UsageError("batch needs the picture of a table or the names of its columns.", hint)
    if not args.out.parent.is_dir():
        raise InputError(
            Message("The folder of {out} does not exist.", out=args.out), "Make it first or choose another place."
        )
    args.replace = may_replace(args.out, args.replace)
    model = models.chosen(args.model, args.elsewhere)
    with opened(line) as context:
        workbench, batch = context.workbench, context.workbench.many_papers
        query = args.query or DEFAULT_QUERY[args.language or "zh"]
        workbench.files.take(Project())
        workbench.table.set_query(query, args.language)
        set_columns(args, context, False)
        _find(args, context)
        _exclude(args.exclude, batch)
        try:
            context.wait(
                batch.start(model, resume=args.resume, strict=args.strict, workers=args.workers, address=args.scheduler)
            )
        except Cancelled:
            raise Cancelled("Stopped as asked.", "The rows that were finished are kept; go on with --resume.") from None
        _write(args, context)
    return 0


def _find(args: argparse.Namespace, context: Context) -> None:
    """Name the papers of a folder, a list, or a collection of Zotero (``zotero:NAME``; without a name all of them)."""
    batch, place = context.workbench.many_papers, str(args.papers)
    if not place.startswith(FROM_ZOTERO):
        context.wait(batch.find(args.papers))
        return
    holdings, name = (
        context.wait(context.workbench.cited.list_zotero(args.zotero_data)),
        place.removeprefix(FROM_ZOTERO),
    )
    found = holdings.collection_at(name) if name else None
    if name and found is None:
        names = ", ".join(sorted(holdings.path_of(one.key) for one in holdings.collections)[:12])
        raise UsageError(
            Message("Zotero has no collection {name}, or several.", name=name), Message("It has: {names}.", names=names)
        )
    context.wait(batch.find_collection(holdings, found.key if found is not None else ""))


def _exclude(given: list[str], batch: ManyPapers) -> None:
    """Leave out what ``--exclude NAME=REASON`` names."""
    by_name = {one.name: one.sha256 for one in batch.account}
    for text in given:
        name, _, reason = text.partition("=")
        if name not in by_name:
            raise UsageError(
                Message("--exclude: {name} is none of the papers.", name=name), "Write its path within the folder."
            )
        batch.exclude(by_name[name], reason)


def _write(args: argparse.Namespace, context: Context) -> None:
    made = context.workbench.many_papers.table
    assert made is not None
    _tell_account(made.account)
    context.workbench.files.take(made)
    write_report(args, context)
    tell(Message("Report: {path}", path=args.out.resolve()))


def _tell_account(account: Account) -> None:
    for one in account:
        if one.fate is not Fate.READ:
            tell(
                Message(
                    "  {mark} {name}: {detail}", mark=_SIGNS[one.fate], name=one.name, detail=as_message(one.reason)
                )
            )
    tell(summary(account))


def exclusion(text: str) -> str:
    """An argument of ``--exclude``: a name and its reason."""
    name, mark, reason = text.partition("=")
    if not (name and mark and reason.strip()):
        raise argparse.ArgumentTypeError("write NAME=REASON")
    return text
