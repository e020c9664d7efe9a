"""A report of a problem: what a developer needs, and nothing of what the person works on.  It is shown first, and sent by nobody else.

Home folders and the names of the person are left out of it, and so is whatever stands in quotation marks in an error.
"""

from __future__ import annotations

import platform
import re
import sys
import traceback
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from citegrid import __version__
from citegrid.core.messages import Message, say
from citegrid.store.activity_log import ActivityLog

#: Quoted stretches and file names may hold words of the paper.
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'")
#: Lines of the log that a report takes along.
LINES = 120


def report_of(fault: BaseException) -> str:
    """Versions, kinds of errors and the lines of our code they came through, the cause before its consequence.

    The words of the errors are left out where they quote something, and the person's home folder everywhere.
    """
    lines = [
        f"CiteGrid {__version__}",
        f"Python {platform.python_version()} · Qt {_qt()} · {platform.platform()} · {platform.machine()}",
        "",
    ]
    for one in _chain(fault):
        lines.append(f"{type(one).__name__}: {QUOTED.sub('“…”', str(one))}")
        lines += (f"  {_place(f.filename)}:{f.lineno} in {f.name}" for f in traceback.extract_tb(one.__traceback__))
        lines.append("")
    return _without_home("\n".join(lines))


def problem_report(found: Iterable[str], log: ActivityLog, language: str) -> str:
    """A text in ``language`` with what ``doctor`` found, a line each, and the end of ``log``; room for the person's own words
    comes first."""
    heads = (
        Message("What I did, what I expected, and what happened instead:"),
        Message("-- versions and parts --"),
        Message("-- the log: what was done, without words, names or places of documents --"),
    )
    own, parts, noted = (say(head, language) for head in heads)
    lines = [own, "", "", parts, *(say(one, language) for one in found), "", noted, *(log.tail(LINES) or ["-"]), ""]
    return _without_home("\n".join(lines))


def _without_home(text: str) -> str:
    return text.replace(str(Path.home()), "~")


def _qt() -> str:
    try:
        return version("PySide6-Essentials")
    except PackageNotFoundError:
        return "-"


def _chain(fault: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    one: BaseException | None = fault
    while one is not None and one not in found:
        found.insert(0, one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found


def _place(filename: str) -> str:
    """The file from the package's root on: where the program lies is nobody's business."""
    for root in sorted((p for p in sys.path if p), key=len, reverse=True):
        if filename.startswith(root):
            return filename[len(root) :].lstrip("/\\")
    return Path(filename).name
