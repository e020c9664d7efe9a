"""The pip of ``.venv/``, its chatter turned into one line of progress.

Standard library only, and it must parse under old Pythons (see ``environment``).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from machine import Missing, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def pip(*arguments: str) -> list[str]:
    return [str(venv_python()), "-m", "pip", "--disable-pip-version-check", *arguments]


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


class Ticker:
    """Says in one line what is being done, how far it is and how long it took; off a terminal, a line every 10 s."""

    def __init__(self, what: str) -> None:
        self.what, self.started, self.last = what, time.monotonic(), -1e9
        self.live = sys.stderr.isatty()

    def show(self, detail: str, last: bool = False) -> None:
        now = time.monotonic()
        if not last and now - self.last < (0.2 if self.live else 10.0):
            return
        self.last = now
        minutes, seconds = divmod(int(now - self.started), 60)
        line = f"{self.what}: {detail} ({minutes}:{seconds:02d})"
        if self.live:
            sys.stderr.write("\r\x1b[K" + line[: shutil.get_terminal_size().columns - 1] + ("\n" if last else ""))
            sys.stderr.flush()
        else:
            say(line)


def compiled(line: str) -> str:
    """How far a build is, from a line of ninja (``[12/85] /usr/bin/c++ …``) or make (``[ 14%] Building …``)."""
    match = re.match(r"\s*\[\s*(\d+)(?:/(\d+)|%)\] \S", line)
    if not match:
        return ""
    return f"compiled {match.group(1)} of {match.group(2)} files" if match.group(2) else f"compiled {match.group(1)} %"


def run_pip(what: str, arguments: list[str], total: int, env: dict[str, str] | None = None) -> None:
    """Runs pip, turning its chatter into one line of progress; its last words become the error."""
    ticker, said, seen = Ticker(what), [], set()
    process = subprocess.Popen(
        pip(*arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=env
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            said.append(line.rstrip())
            share = compiled(line)
            if share:
                ticker.show(share)
            elif line.startswith("Collecting "):
                seen.add(line.split()[1])
                ticker.show(f"{len(seen)} of {total}, {line.split()[1].split('==')[0]}")
            elif line.startswith("Installing collected"):
                ticker.show("unpacking", last=not ticker.live)
        code = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if code:
        (VENV / "citegrid-environment.log").write_text("\n".join(said) + "\n", encoding="utf-8")
        errors = [line for line in said if re.match(r"\s*(ERROR|error):", line)]
        raise Missing(
            f"{what} failed: {last_line(chr(10).join(errors or said))} — the whole output is in "
            f"{VENV.name}/citegrid-environment.log; check the network and the registry pip is set up for, "
            "then run the same command again."
        )
    ticker.show("done", last=True)
