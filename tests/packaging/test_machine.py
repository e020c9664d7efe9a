"""What the machine lacks is said with the command that brings it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import machine  # noqa: E402


def test_old_python_is_told_the_version_it_needs() -> None:
    with pytest.raises(machine.Missing, match=r"needs Python 3\.11 or newer, this is 3\.10\.14"):
        machine.check_python((3, 10, 14))
    machine.check_python((3, 11, 0))


def test_full_disk_is_told_how_much_is_missing(tmp_path: Path) -> None:
    with pytest.raises(machine.Missing, match=r"needs 1000000000\.0 GB .* only"):
        machine.check_disk(tmp_path / "not" / "yet", 10**18)
    machine.check_disk(tmp_path, 1)


def test_a_library_that_cannot_be_loaded_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "LIBRARIES_ALWAYS", {"libc.so.6": "libc6", "libnosuch.so.9": "libnosuch9"})
    assert machine.missing_libraries(with_window=False) == ["libnosuch9"]
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(machine.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(machine.Missing, match=r"Type: sudo apt-get install libnosuch9$"):
        machine.check_libraries(with_window=False)


def test_root_on_debian_gets_the_libraries_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a small program in the place of apt-get, so that nothing is installed here."""
    said = tmp_path / "said"
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$@" >> {said}\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    answers = iter([["libnosuch9"], []])
    monkeypatch.setattr(machine, "missing_libraries", lambda with_window: next(answers))
    machine.check_libraries(with_window=False)
    update, install = said.read_text().splitlines()
    assert update.startswith("update")
    assert install.startswith("install -y") and install.endswith(" libnosuch9")


def test_a_python_without_venv_is_told_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "can_make_venvs", lambda: False)
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    with pytest.raises(machine.Missing, match=r"apt-get install python3\.12-venv$"):
        machine.check_python((3, 12, 1))
