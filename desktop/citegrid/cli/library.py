"""``citegrid library match``: which works of a paper's list lie in a folder or in Zotero, and which are missing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from citegrid.cli.context import Context, opened, print_json
from citegrid.cli.progress import ProgressLine
from citegrid.cli.terminal import show, tell
from citegrid.core.holdings import CitedFiles, link_of
from citegrid.core.messages import Message
from citegrid.core.reference import Reference

#: What ``--cited`` says for Zotero instead of a folder.
ZOTERO = "zotero"


def run_library(args: argparse.Namespace, line: ProgressLine) -> int:
    """Match a folder of PDFs, or what Zotero holds, with the reference list of a paper."""
    with opened(line) as context:
        context.wait(context.workbench.papers.open(args.pdf, args.password))
        cited = _found(context, args.folder, args.zotero_data)
    if args.json:
        print_json(_as_json(cited))
        return 0
    show(Message("{here} of {total} works are here.", here=len(cited.found), total=cited.total))
    for reference, file in cited.found:
        show(Message("  {sign} {title}  ({where})", sign="✓", title=_title(reference), where=file.path))
    for reference in cited.missing:
        missing = Message("  {sign} {title}", sign="–", title=_title(reference))
        where = link_of(reference)
        show(Message("{work}  ({where})", work=missing, where=where) if where else missing)
    for fault in cited.faults:
        tell(Message("  skipped: {fault}", fault=fault))
    return 0


def _found(context: Context, folder: Path | None, data: Path | None) -> CitedFiles:
    cited = context.workbench.cited
    return context.wait(cited.in_zotero(data) if folder is None else cited.in_folder(folder))


def take_cited(context: Context, place: str) -> None:
    """Find the cited works in a folder or in Zotero, and read them as sources."""
    cited = _found(context, None if place == ZOTERO else Path(place), None)
    context.wait(context.workbench.cited.take_in(cited))
    tell(Message("{here} of {total} works are here.", here=len(cited.found), total=cited.total))


def _title(reference: Reference) -> str:
    return (reference.title or " ".join(reference.raw.split()))[:90]


def _as_json(cited: CitedFiles) -> dict[str, Any]:
    here = [{**_named(one), "file": file.path, "sha256": file.sha256} for one, file in cited.found]
    missing = [{**_named(one), "link": link_of(one)} for one in cited.missing]
    return {"total": cited.total, "here": here, "missing": missing, "faults": list(map(str, cited.faults))}


def _named(reference: Reference) -> dict[str, Any]:
    about = {"title": reference.title, "authors": list(reference.authors), "year": reference.year}
    return {"reference": reference.id, **about, "doi": reference.doi, "arxiv": reference.arxiv}
