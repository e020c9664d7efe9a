"""A model server in the terminal: tested, and refused where it is another computer and nobody agreed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.doubles.model_server import Served, serving

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def citegrid(tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(*arguments: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
        environment = dict(
            os.environ, PYTHONPATH=str(ROOT / "desktop"), CITEGRID_DATA=str(tmp_path), LANG="C", LC_ALL="C"
        )
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)  # a keyring of whoever runs the tests
        environment.pop("CITEGRID_SERVER_KEY", None)
        command = [sys.executable, "-m", "citegrid", *map(str, arguments)]
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, env=environment, check=False, timeout=120
        )

    return run


def test_a_server_is_tested(citegrid) -> None:  # type: ignore[no-untyped-def]
    with serving(Served()) as served:
        told = citegrid("models", "test", f"{served.endpoint}#big")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("  small\n  big\nbig (http://127.0.0.1:") and "It tells likelihoods" in told.stdout
    told = citegrid("models", "test", served.endpoint)
    assert told.returncode == 4 and "No model server answers" in told.stderr


def test_another_computer_needs_leave(citegrid, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    sample = ROOT / "resources" / "sample" / "paper.pdf"
    told = citegrid("fill", "--pdf", sample, "--columns", "方法", "--model", "http://203.0.113.9/v1")
    assert told.returncode == 2 and "would leave it" in told.stderr and "--elsewhere" in told.stderr
    assert not list(tmp_path.glob("projects/*"))


@pytest.mark.skipif(sys.platform != "linux", reason="the other systems always have a keyring")
def test_a_key_is_not_kept_in_a_file(citegrid, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """On a system without a keyring it is said, and what was typed is nowhere."""
    told = citegrid("models", "key", "https://models.example/v1", stdin="secret-key\n")
    assert told.returncode == 2 and "no keyring" in told.stderr and "CITEGRID_SERVER_KEY" in told.stderr
    assert "secret-key" not in told.stdout + told.stderr
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"secret-key" in path.read_bytes()]
    told = citegrid("models", "key", "https://models.example/v1")
    assert told.returncode == 0 and "forgotten" in told.stdout
