"""The command line: the same use-cases as the window.

Data goes to stdout, progress and messages to stderr.  Every failure is one
sentence; the exit code says of what kind (see ``core.errors``).
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence

from citegrid.cli.interrupt import ending_for_certain
from citegrid.cli.parser import make_parser
from citegrid.cli.progress import ProgressLine
from citegrid.core.errors import Cancelled, CiteGridError, InternalError
from citegrid.screen import system_language
from citegrid.store.activity_log import ActivityLog, system
from citegrid.store.paths import state_folder
from citegrid.workbench.help.diary import note_error

#: Set to see a traceback; for developers only.
DEBUG = "CITEGRID_DEBUG"


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit code."""
    args = make_parser().parse_args(argv)
    _utf8()
    log, began = ActivityLog(state_folder()), time.monotonic()
    command = args.run.__name__
    code = _run(args, log)
    log.note("command", run=command, code=code, seconds=time.monotonic() - began, system=system())
    return code


def _run(args: argparse.Namespace, log: ActivityLog) -> int:
    """Carry out the command, and say in one sentence why it failed; the exit code."""
    line = ProgressLine(quiet=args.quiet)
    try:
        with ending_for_certain():
            return int(args.run(args, line) or 0)
    except KeyboardInterrupt:
        error: CiteGridError = Cancelled()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CiteGridError as fault:
        error = fault
    except Exception as fault:
        if os.environ.get(DEBUG):
            raise
        error = InternalError.of(fault)
    line.end()
    note_error(log, error)
    return _fail(error)


def _fail(error: CiteGridError) -> int:
    print(f"citegrid: {error.said(system_language())}", file=sys.stderr)
    if os.environ.get(DEBUG) and error.__cause__ is not None:
        raise error
    return error.exit_code


def _utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
