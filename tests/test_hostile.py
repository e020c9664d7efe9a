"""Damaged and hostile files of every kind end well; ``tests/benchmarks/hostile.py`` gives hundreds of them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.benchmarks.hostile import MOST_MEMORY, MOST_PROCESSOR, Outcome

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "tests" / "benchmarks" / "hostile.py"
REFUSED = Outcome(Path("a.pdf"), 3, 1.0, 1.0, 1e8, 0.0, "citegrid: a.pdf is broken. Open another file.\n", 0)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the script looks for what is left in /proc")
def test_one_file_of_each_kind_and_a_stop():
    given = [
        "--pdf",
        "1",
        "--picture",
        "1",
        "--docx",
        "1",
        "--gguf",
        "1",
        "--project",
        "2",
        "--stops",
        "1",
        "--seed",
        "5",
    ]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *given],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'desktop'}{os.pathsep}{ROOT}"}, capture_output=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    assert "7 files, " in done.stdout, done.stderr
    slow = done.stdout.count("s from Ctrl-C to the end")  # a busy machine
    assert f"7 files, {slow} faults" in done.stdout, done.stdout


def test_what_must_not_be_is_found():
    assert not [*REFUSED.faults]
    assert not [*replace(REFUSED, code=130, stopping=0.9).faults]
    for wrong in (
        replace(REFUSED, code=70), replace(REFUSED, code=-9), replace(REFUSED, said=""), replace(REFUSED, said=REFUSED.said * 2),
        replace(REFUSED, said="Traceback (most recent call last):"), replace(REFUSED, processor=MOST_PROCESSOR + 1),
        replace(REFUSED, memory=MOST_MEMORY + 1), replace(REFUSED, stopping=1.5), replace(REFUSED, left=1),
    ):  # fmt: skip
        assert [*wrong.faults]
