"""What pip says becomes one line of progress."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import run_pip  # noqa: E402


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  [12/85] /usr/bin/c++ -DGGML_BUILD -I/tmp/x -c ggml.c", "compiled 12 of 85 files"),
        ("[85/85] Linking CXX shared library", "compiled 85 of 85 files"),
        ("[ 14%] Building CXX object llama.cpp.o", "compiled 14 %"),
        ("  -- Looking for pthread [1] found", ""),
        ("Collecting numpy==2.4.6", ""),
    ],
)
def test_a_build_says_how_far_it_is(line: str, said: str) -> None:
    assert run_pip.compiled(line) == said
