"""What the machine must have before anything is installed: Python, room, Qt's libraries of the system, a compiler, a font.

Standard library only, and it must parse under old Pythons (see ``environment``).
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)

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


def has_compiler() -> bool:
    named = os.environ.get("CXX", "").split()
    return any(shutil.which(name) for name in (named[:1] or ["c++", "g++", "clang++"])) and any(
        shutil.which(name) for name in ("cc", "gcc", "clang", *os.environ.get("CC", "").split()[:1])
    )
