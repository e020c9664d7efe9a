"""Nothing is lost to kills; ``tests/benchmarks/kills.py`` does it 200 times."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "tests" / "benchmarks" / "kills.py"


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the script forks")
def test_ten_kills_lose_nothing():
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--times", "10", "--seed", "7", "--pace", "0.4"],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'desktop'}{os.pathsep}{ROOT}"}, capture_output=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 kills, 0 losses" in done.stdout
