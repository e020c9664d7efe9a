"""``citegrid glossary``: the terms of all projects out to a file and in from one; and a file's terms for one project."""

from __future__ import annotations

import argparse
from pathlib import Path

from citegrid.cli.progress import ProgressLine
from citegrid.cli.terminal import tell
from citegrid.core.glossary import joined
from citegrid.core.messages import Message
from citegrid.store import glossary as store
from citegrid.workbench.workbench import Workbench


def run_glossary(args: argparse.Namespace, line: ProgressLine) -> int:
    """Export the terms of all projects to a CSV or TBX file, or add those of one to them."""
    kept = store.shared()
    if args.action == "export":
        store.write(args.file, kept)
        tell(Message("{count} terms are written to {name}.", count=len(kept), name=args.file.name))
    else:
        known = joined([kept, store.read(args.file)])
        store.save_shared(known)
        tell(Message("{count} new terms of {name}.", count=len(known) - len(kept), name=args.file.name))
    return 0


def take_glossary(workbench: Workbench, path: Path) -> None:
    """Add the terms of a file to the project's."""
    count = workbench.glossary.take_in(path)
    tell(Message("{count} new terms of {name}.", count=count, name=path.name))
