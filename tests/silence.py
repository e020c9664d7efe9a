"""Watches what a program and its children say to the network: in a namespace without one, through ``strace``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_STRACE = ("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=network", "-e", "signal=none", "-s", "80")
#: Calls that begin to speak to an address, and how addresses of this machine are printed.
_SPEAKING = ("connect(", "sendto(", "sendmsg(", "sendmmsg(", "bind(")
_LOCAL = ('inet_addr("127.', 'inet_pton(AF_INET6, "::1"', "AF_UNIX", "AF_NETLINK")
_NAMES = "htons(53)"


@dataclass(frozen=True)
class Watched:
    """How a program ended, what it said, and each call by which it spoke to something that is not this machine."""

    code: int
    said: str
    attempts: tuple[str, ...]


@cache
def why_not() -> str:
    """Why nothing can be watched here; empty where it can."""
    if sys.platform != "linux":
        return "namespaces and strace are Linux's"
    for tool in ("unshare", "strace"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed"
    tried = subprocess.run(["unshare", "-rn", *_STRACE, "-o", os.devnull, "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else f"no namespace or no tracing here ({tried.stderr.decode()[:80].strip()})"


def watch(program: str, folder: Path, *arguments: str, seconds: float = 300.0) -> Watched:
    """Run ``program`` (Python) without a network, with ``folder`` as its home."""
    log, home = folder / "strace.txt", folder / "home"
    home.mkdir(exist_ok=True)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ORT_", "DO_NOT_"))}
    environment = kept | {
        "HOME": str(home), "PYTHONPATH": f"{ROOT / 'desktop'}{os.pathsep}{ROOT}", "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    environment.pop("CITEGRID_DATA", None)
    done = subprocess.run(
        ["unshare", "-rn", *_STRACE, "-o", str(log), sys.executable, "-c", program, *arguments],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
        timeout=seconds, check=False,
    )  # fmt: skip
    return Watched(done.returncode, done.stdout, attempts(log.read_text("utf-8", "replace")))


def attempts(log: str) -> tuple[str, ...]:
    """The calls in a log of ``strace`` that speak to another machine, or ask for its name."""
    calls = [line for line in log.splitlines() if any(call in line for call in _SPEAKING) and "sa_family=" in line]
    return tuple(line for line in calls if _NAMES in line or not any(local in line for local in _LOCAL))


def traces(folder: Path) -> list[str]:
    """The files that a watched program left in its home and that are not CiteGrid's."""
    home = folder / "home"
    files = (path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())
    return [name for name in files if "citegrid" not in name.casefold() and "fontconfig" not in name]
