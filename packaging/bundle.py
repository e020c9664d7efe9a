"""Makes the program with all that it needs, Python too, in one folder: ``build/bundle/citegrid/``, or on macOS ``CiteGrid.app``.

PyInstaller works in an environment of its own, ``build/package-env/``, with the versions of the lock, so that nothing of the
developers' tools comes along.  What takes long (that environment, llama.cpp's arithmetic for each kind of processor) is kept.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

from environment import ENGINE, LOCK, NO_TILES, read_lock, stamp_of
from run_pip import ROOT

BUILD = ROOT / "build"
ENVIRONMENT = BUILD / "package-env"
BUNDLE = BUILD / "bundle" / "citegrid"
#: The same library without its own copy of Qt 5, which nothing here uses.
INSTEAD = {"opencv-python": "opencv-python-headless"}


def python() -> Path:
    """The interpreter of the packages' environment."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def tool(name: str) -> str:
    """A program that was installed into the packages' environment."""
    return str(python().parent / name)


def requirements(pyproject: str, lock: str) -> tuple[list[str], list[str]]:
    """``(what is installed, what holds its versions)``: the program's dependencies and the tools of the group ``packaging``."""
    asked = tomllib.loads(pyproject)
    pins = read_lock(lock)
    held = [f"{INSTEAD.get(name, name)}=={version}" for name, version in pins.items()]
    wanted = [
        "".join(wish.split()) for wish in [*asked["project"]["dependencies"], *asked["dependency-groups"]["packaging"]]
    ]
    return wanted, [*held, *(f"{name}=={pins[name]}" for name in INSTEAD if name in pins)]


def run(*command: str | Path, **more: str) -> None:
    """Run it, with ``more`` in its environment; raises CalledProcessError when it fails."""
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, env={**os.environ, **more})


def pip(*arguments: str | Path, **more: str) -> None:
    run(python(), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments, **more)


def make_environment() -> None:
    """``build/package-env/``, anew where the lock or pyproject.toml changed."""
    pyproject, lock = (ROOT / "pyproject.toml").read_text(encoding="utf-8"), LOCK.read_text(encoding="utf-8")
    stamp, place = stamp_of(lock, pyproject, sys.version_info[:2]), ENVIRONMENT / "stamp"
    if place.is_file() and place.read_text(encoding="utf-8") == stamp:
        return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    run(sys.executable, "-m", "venv", ENVIRONMENT)
    wanted, held = requirements(pyproject, lock)
    constraints = BUILD / "constraints.txt"
    constraints.write_text("\n".join(held) + "\n", encoding="utf-8")
    flags = {} if os.name == "nt" else {"CFLAGS": NO_TILES, "CXXFLAGS": NO_TILES}
    pip("install", "-c", constraints, *wanted, **flags)
    for whole, lean in INSTEAD.items():
        version = read_lock(lock)[whole]
        pip("uninstall", "-y", whole)
        pip("install", "--no-deps", "--force-reinstall", f"{lean}=={version}")
    place.write_text(stamp, encoding="utf-8")


def make_engine() -> None:
    """``build/engine/lib/``: ggml, and a library of its arithmetic for each kind of processor."""
    version = read_lock(LOCK.read_text(encoding="utf-8"))[ENGINE]
    stamp = BUILD / "engine" / "version"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == version:
        return
    sources = BUILD / "engine-source"
    shutil.rmtree(sources, ignore_errors=True)
    pip("download", "--no-deps", "--no-binary", ENGINE, "--dest", sources, f"{ENGINE}=={version}")
    (archive,) = sources.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(sources, filter="data")
    (ggml,) = sources.glob("*/vendor/llama.cpp/ggml")
    configure = ["-G", "Ninja", f"-DCMAKE_MAKE_PROGRAM={tool('ninja')}", f"-DGGML_SOURCE={ggml}"]
    flags = {} if os.name == "nt" else {"CFLAGS": f"{NO_TILES} -w", "CXXFLAGS": f"{NO_TILES} -w"}
    run(tool("cmake"), "-S", ROOT / "packaging" / "engine", "-B", BUILD / "engine", *configure, **flags)
    run(tool("cmake"), "--build", BUILD / "engine", "--target", "ggml", "--parallel", str(os.cpu_count() or 1))
    stamp.write_text(version, encoding="utf-8")


def make_bundle() -> Path:
    """The folder with the program; its size is printed."""
    run(python(), ROOT / "packaging" / "icons.py", BUILD / "icons", QT_QPA_PLATFORM="offscreen")
    places = ["--distpath", BUNDLE.parent, "--workpath", BUILD / "pyinstaller"]
    run(tool("pyinstaller"), "--noconfirm", "--log-level", "WARN", *places, ROOT / "packaging" / "bundle.spec")
    run(python(), ROOT / "packaging" / "sbom.py", BUNDLE / "licences")
    library = next((BUNDLE / "_internal").glob("libpython*.so.1.0"), None)
    if library and shutil.which("strip"):
        run("strip", "--strip-unneeded", library)  # what debuggers want of Python is most of it
    return BUNDLE


def size_of(folder: Path) -> int:
    """Bytes of all files in ``folder``, links not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main() -> int:
    BUILD.mkdir(exist_ok=True)
    make_environment()
    make_engine()
    made = make_bundle()
    print(f"{made}  {size_of(made) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
