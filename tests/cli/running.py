"""The program in a process of its own, and how it must end where something cannot be used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"
CORPUS = ROOT.parent / "shared" / "corpus"


def run(*args: object, env: dict[str, str] | None = None, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "citegrid", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        env=dict(os.environ, PYTHONPATH=str(ROOT / "desktop"), LC_ALL="C.UTF-8", **(env or {})),
        timeout=timeout,
        check=False,
    )


def one_sentence(answer: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """The last line of stderr is the message; there is no traceback; stdout stays clean."""
    assert answer.returncode == code, answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""
    last = answer.stderr.strip().splitlines()[-1]
    assert last.startswith("citegrid: ")
    for word in words:
        assert word in last
