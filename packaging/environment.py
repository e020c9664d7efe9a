"""Makes ``.venv/`` with everything CiteGrid needs, or says in one sentence what is missing.

Standard library only, because it runs before anything is installed; it must
also *parse* under old Pythons, so that they can be told that they are too old.

    python3 packaging/environment.py     make or renew .venv/; nothing to do when the lock is unchanged

Exit code 0: the environment is ready; 1: something is missing (one sentence on stderr); 130: interrupted.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

from machine import (
    OLDEST,
    Missing,
    check_disk,
    check_libraries,
    check_python,
    has_compiler,
    has_display,
    say,
    warn_about_fonts,
)
from networks import bring_networks, networks_are_here
from run_pip import ROOT, VENV, last_line, pip, run_pip, venv_python

LOCK = ROOT / "packaging" / "requirements.lock"
STAMP = VENV / "citegrid-environment"
ENV_BYTES = 2_000_000_000  # .venv is 1.1 GB; pip unpacks and builds beside it
ENGINE = "llama-cpp-python"
ENGINE_MINUTES = 4  # measured on two cores
# Compiled by GCC before 13, or in a virtual machine, llama.cpp's code for the tile registers of server processors (AMX) crashes in
# the first batch (its issue 20824); no laptop has them.
NO_TILES = "-U__AMX_INT8__"
# What `make env BACKEND=…` builds the engine for; "cpu" goes back to the processor alone.
BACKENDS = {
    "cpu": "",
    "vulkan": "-DGGML_VULKAN=ON",
    "cuda": "-DGGML_CUDA=ON",
    "metal": "-DGGML_METAL=ON",
    "hip": "-DGGML_HIP=ON",
}
BUILT_FOR = VENV / "citegrid-backend"


# --- the lock -------------------------------------------------------------------------------------------------------


def read_lock(text: str) -> dict[str, str]:
    """Name → exact version; anything else in the file is an error of ours."""
    pins = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.split("#", 1)[0].strip()
        if not line:
            continue
        match = re.fullmatch(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([A-Za-z0-9.!+_-]+)", line)
        if not match:
            raise Missing(f"packaging/requirements.lock, line {number}, is not name==version: {line!r}")
        pins[normalised(match.group(1))] = match.group(2)
    return pins


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def stamp_of(lock: str, pyproject: str, version: tuple[int, ...], backend: str = "cpu") -> str:
    """What .venv was made from: a change in any of it makes it anew."""
    parts = [lock, pyproject, repr(tuple(version))] + ([] if backend == "cpu" else [backend])
    return hashlib.sha256("\0".join(parts).encode()).hexdigest() + "\n"


def built_for() -> str:
    """What the engine in .venv was built for."""
    return BUILT_FOR.read_text(encoding="utf-8").strip() if BUILT_FOR.exists() else "cpu"


def wanted_backend() -> str:
    """What the engine is to be built for: as asked, else as it was the last time."""
    backend = os.environ.get("BACKEND", "").strip().lower() or built_for()
    if backend not in BACKENDS:
        raise Missing("BACKEND is one of: " + ", ".join(BACKENDS) + ".")
    return backend


# --- the packages ---------------------------------------------------------------------------------------------------


def installed() -> dict[str, str]:
    answer = subprocess.run(pip("list", "--format=json"), capture_output=True, text=True, check=False)
    if answer.returncode:
        return {}
    return {normalised(entry["name"]): entry["version"] for entry in json.loads(answer.stdout)}


def make_venv() -> None:
    works = (
        venv_python().exists() and subprocess.run(pip("--version"), capture_output=True, check=False).returncode == 0
    )
    if works:
        asked = [str(venv_python()), "-c", "import sys; print(*sys.version_info[:2])"]
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
        works = tuple(int(part) for part in answer.stdout.split()) >= OLDEST
    if not works:
        say("Making .venv/ with " + sys.executable)
        shutil.rmtree(VENV, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
        if made.returncode:
            raise Missing(f"Python could not make {VENV}: {last_line(made.stdout + made.stderr)}")


def engine_needs_compiler(version: str) -> bool:
    """True when no wheel of the engine can be had: not in pip's cache of built wheels, not from the registry."""
    cached = subprocess.run(pip("cache", "list", ENGINE.replace("-", "_")), capture_output=True, text=True, check=False)
    if f"-{version}-" in cached.stdout:
        return False
    dry = pip("install", "--dry-run", "--no-deps", "--ignore-installed", "--only-binary", ":all:", "-q")
    return subprocess.run([*dry, f"{ENGINE}=={version}"], capture_output=True, check=False).returncode != 0


def check_compiler(version: str) -> None:
    if os.name != "nt" and not has_compiler() and engine_needs_compiler(version):
        raise Missing(
            "No C++ compiler: the language model engine is built on this machine. "
            "On Debian or Ubuntu type: apt-get install g++ make   (macOS: xcode-select --install)"
        )


def install(pins: dict[str, str], backend: str = "cpu") -> None:
    have, before = installed(), built_for()
    absent = {name: version for name, version in pins.items() if have.get(name) != version}
    if ENGINE in absent or backend != before:
        check_compiler(pins[ENGINE])
        cores = str(os.cpu_count() or 1)
        env = dict(os.environ, CMAKE_BUILD_PARALLEL_LEVEL=os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL", cores))
        if os.name != "nt":
            for flags in ("CFLAGS", "CXXFLAGS"):
                env[flags] = f"{env.get(flags, '')} {NO_TILES}".strip()
        what = f"Language model engine (built here once, about {ENGINE_MINUTES} minutes on two cores)"
        how = ["install", "--no-deps", "-v", "--progress-bar=off"]
        # The wheel that pip keeps is for the processor, or for whatever was asked before.
        if {backend, before} != {"cpu"}:
            env["CMAKE_ARGS"] = f"{env.get('CMAKE_ARGS', '')} {BACKENDS[backend]}".strip()
            how += ["--force-reinstall", "--no-cache-dir", "--no-binary", ENGINE]
        run_pip(what, [*how, f"{ENGINE}=={pins[ENGINE]}"], 1, env)
        if backend != before:
            BUILT_FOR.write_text(backend + "\n", encoding="utf-8")
    if absent:
        what = f"Packages ({len(absent)} of {len(pins)} to install)"
        run_pip(what, ["install", "--no-deps", "--progress-bar=off", "-r", str(LOCK)], len(pins))
    run_pip("CiteGrid itself", ["install", "--no-deps", "--no-build-isolation", "-e", str(ROOT)], 1)


def make_environment() -> None:
    check_python()
    check_libraries(has_display())
    lock, pyproject = LOCK.read_text(encoding="utf-8"), (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    backend = wanted_backend()
    stamp = stamp_of(lock, pyproject, sys.version_info[:2], backend)
    if venv_python().exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == stamp and networks_are_here():
        return
    pins = read_lock(lock)
    if not STAMP.exists():
        check_disk(VENV, ENV_BYTES)
    make_venv()
    bring_networks()
    install(pins, backend)
    STAMP.write_text(stamp, encoding="utf-8")
    warn_about_fonts()
    say("The environment is ready: .venv/bin/citegrid")


def main() -> int:
    try:
        make_environment()
    except Missing as missing:
        say(str(missing))
        return 1
    except KeyboardInterrupt:
        say("Stopped; run the same command again to go on.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
