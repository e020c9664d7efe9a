"""The command line: the same use-cases as the window.

Data goes to stdout, progress and messages to stderr.  Every failure is one
sentence; the exit code says of what kind (see ``core.errors``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from citegrid.cli.interrupt import ending_for_certain
from citegrid.cli.parser import make_parser
from citegrid.cli.progress import ProgressLine
from citegrid.core.errors import Cancelled, CiteGridError, InternalError
from citegrid.screen import system_language

#: Set to see a traceback; for developers only.
DEBUG = "CITEGRID_DEBUG"


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit code."""
    args = make_parser().parse_args(argv)
    _utf8()
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
