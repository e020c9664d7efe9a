"""``citegrid doctor``: versions, folders, memory, and a small real task for each part; ``citegrid report``: a text about a problem."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from citegrid import wiring
from citegrid.cli.progress import ProgressLine
from citegrid.cli.terminal import show, tell
from citegrid.core.messages import Message
from citegrid.screen import system_language
from citegrid.store.activity_log import ActivityLog
from citegrid.store.files import write_atomically
from citegrid.store.paths import state_folder
from citegrid.workbench.help.problem_report import problem_report
from citegrid.workbench.help.self_test import facts, fence, trials


def run_doctor(args: argparse.Namespace, line: ProgressLine) -> int:
    """Print everything; exit code 0 when each part works, 1 otherwise."""
    for fact in facts():
        show(fact)
    working = True
    parts = wiring.caged_engines()
    try:
        for found in trials(parts):
            show(found.said)
            working = working and found.works
    finally:
        parts.close()
    for found in fence():
        show(found.said)
    return 0 if working else 1


def run_report(args: argparse.Namespace, line: ProgressLine) -> int:
    """Print a text that can be read before it is given away, or write it to a file; nothing is sent."""
    parts = wiring.caged_engines()
    try:
        found = [*facts(), *(one.said for one in (*trials(parts, load_model=args.model), *fence()))]
    finally:
        parts.close()
    text = problem_report(found, ActivityLog(state_folder()), system_language())
    if args.out is None:
        sys.stdout.write(text)
        return 0
    write_atomically(Path(args.out), text.encode("utf-8"), private=True)
    tell(Message("{name} is written. Read it before you give it away; nothing was sent.", name=args.out.name))
    print(args.out.resolve())
    return 0
