"""The report of a failure of our own: what a developer needs, and nothing of what the person works on."""

from __future__ import annotations

import platform
import re
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import qVersion

from citegrid import __version__

#: Quoted stretches and file names may hold words of the paper.
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'")


def report_of(fault: BaseException) -> str:
    """Versions, kinds of errors and the lines of our code they came through, the cause before its consequence.

    The words of the errors are left out where they quote something, and the person's home folder everywhere.
    """
    lines = [
        f"CiteGrid {__version__}",
        f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()} · {platform.machine()}",
        "",
    ]
    for one in _chain(fault):
        lines.append(f"{type(one).__name__}: {QUOTED.sub('“…”', str(one))}")
        lines += (f"  {_place(f.filename)}:{f.lineno} in {f.name}" for f in traceback.extract_tb(one.__traceback__))
        lines.append("")
    return "\n".join(lines).replace(str(Path.home()), "~")


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
