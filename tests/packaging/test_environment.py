"""The bootstrap script: it must say in one sentence what is missing, and know when nothing is to be done."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import environment  # noqa: E402
import lock  # noqa: E402


def test_no_compiler_matters_only_when_the_engine_must_be_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "has_compiler", lambda: False)
    monkeypatch.setattr(environment, "engine_needs_compiler", lambda version: True)
    with pytest.raises(environment.Missing, match=r"No C\+\+ compiler.*apt-get install g\+\+ make"):
        environment.check_compiler("0.3.36")
    monkeypatch.setattr(environment, "engine_needs_compiler", lambda version: False)
    environment.check_compiler("0.3.36")


def test_the_engine_is_built_without_the_tile_registers_of_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    flags: list[str] = []

    def pip(what: str, arguments: list[str], total: int, env: dict[str, str] | None = None) -> None:
        if "llama-cpp-python==0.3.36" in arguments and env is not None:
            flags.extend((env["CFLAGS"], env["CXXFLAGS"]))

    monkeypatch.setattr(environment.os, "name", "posix")
    monkeypatch.setenv("CXXFLAGS", "-O2")
    monkeypatch.setattr(environment, "installed", dict)
    monkeypatch.setattr(environment, "check_compiler", lambda version: None)
    monkeypatch.setattr(environment, "run_pip", pip)
    environment.install({"llama-cpp-python": "0.3.36"})
    assert flags == ["-U__AMX_INT8__", "-O2 -U__AMX_INT8__"]


def test_the_engine_is_built_anew_for_another_backend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    built: list[tuple[str, bool]] = []

    def pip(what: str, arguments: list[str], total: int, env: dict[str, str] | None = None) -> None:
        if env is not None:
            built.append((env.get("CMAKE_ARGS", ""), "--no-cache-dir" in arguments))

    monkeypatch.delenv("CMAKE_ARGS", raising=False)
    monkeypatch.setattr(environment, "BUILT_FOR", tmp_path / "backend")
    monkeypatch.setattr(environment, "installed", lambda: {"llama-cpp-python": "0.3.36"})
    monkeypatch.setattr(environment, "check_compiler", lambda version: None)
    monkeypatch.setattr(environment, "run_pip", pip)
    pins = {"llama-cpp-python": "0.3.36"}
    environment.install(pins, "cpu")
    assert built == [] and environment.wanted_backend() == "cpu"
    environment.install(pins, "vulkan")
    environment.install(pins, environment.wanted_backend())  # as `make env` alone asks
    environment.install(pins, "cpu")
    assert built == [("-DGGML_VULKAN=ON", True), ("", True)]
    assert environment.stamp_of("a", "b", (3, 11), "cuda") != environment.stamp_of("a", "b", (3, 11), "vulkan")
    monkeypatch.setenv("BACKEND", "abacus")
    with pytest.raises(environment.Missing, match="vulkan"):
        environment.wanted_backend()


def test_the_lock_is_exact_and_holds_every_wish() -> None:
    pins = environment.read_lock((ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8"))
    wishes = lock.wishes((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert len(wishes) > 10
    named = {environment.normalised(re.split(r"[<>=!~\[; ]", wish, maxsplit=1)[0]) for wish in wishes}
    assert named <= set(pins)


@pytest.mark.parametrize("line", ["numpy>=2", "numpy", "-r other.txt", "numpy==2.* ; extra"])
def test_a_lock_that_is_not_exact_is_refused(line: str) -> None:
    with pytest.raises(environment.Missing, match="line 2"):
        environment.read_lock(f"# comment\n{line}\n")


def test_the_stamp_changes_with_lock_wishes_and_python() -> None:
    stamps = {
        environment.stamp_of(pins, wishes, version)
        for pins in ("a==1", "a==2")
        for wishes in ("x", "y")
        for version in ((3, 11), (3, 12))
    }
    assert len(stamps) == 8
