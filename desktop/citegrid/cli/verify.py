"""The commands that look at results again: ``verify`` their citations, ``compare`` two of them."""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path

from citegrid.cli.context import add_library, check_library, load_result, open_papers, opened, print_json
from citegrid.cli.progress import ProgressLine
from citegrid.cli.terminal import said, show, tell
from citegrid.core.edits.compare import Difference, differences
from citegrid.core.messages import Message, as_message
from citegrid.core.table import Cell


def run_verify(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid verify``: exit code 1 when a citation no longer holds."""
    from citegrid.pipeline.recheck import verify

    project = load_result(args.result)
    check_library(args.library)
    with opened(line) as context:
        others = open_papers(context, args.pdf, args.password, project)
        if args.library is not None:
            add_library(context, args.library)
        workbench = context.workbench
        assert workbench.shown_paper.document is not None
        in_library = workbench.library.place_of if args.library is not None else None
        total, faults = verify(project, workbench.shown_paper.document, in_library, others)
    for fault in faults:
        show(fault)
    tell(Message("{holding} of {total} citations hold.", holding=total - len(faults), total=total))
    return 1 if faults else 0


def run_compare(args: argparse.Namespace, line: ProgressLine) -> int:
    """``citegrid compare``: exit code 1 when the two results differ."""
    first, second = load_result(Path(args.first)), load_result(Path(args.second))
    found = differences(first.table, second.table)
    if args.json:
        print_json([_difference_json(one) for one in found])
    else:
        _print_differences(found)
    tell(Message("{count} cells differ.", count=len(found)))
    return 1 if found else 0


def _difference_json(one: Difference) -> dict[str, object]:
    return {
        "work": {"id": one.work.id, "title": one.work.title},
        "column": one.column,
        "first": _cell_json(one.first),
        "second": _cell_json(one.second),
    }


def _cell_json(cell: Cell | None) -> dict[str, object] | None:
    return None if cell is None else {"text": cell.text, "status": cell.status.value, "pages": _pages(cell)}


def _print_differences(found: tuple[Difference, ...]) -> None:
    for work, of in groupby(found, lambda d: d.work):
        print(work.title)
        for one in of:
            print(f"  {one.column}\n    1  {said(_cell_line(one.first))}\n    2  {said(_cell_line(one.second))}")


def _cell_line(cell: Cell | None) -> Message:
    if cell is None:
        return Message("(no such cell)")
    text, status = cell.text or cell.reason, as_message(cell.status.value.replace("_", " "))
    if pages := ", ".join(map(str, _pages(cell))):
        return Message("{text} ({status}, page {pages})", text=text, status=status, pages=pages)
    return Message("{text} ({status})", text=text, status=status)


def _pages(cell: Cell) -> list[int]:
    return sorted({e.page for e in cell.evidence if e.page is not None})
