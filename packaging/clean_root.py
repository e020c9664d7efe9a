"""``make package-test``: the .deb on a Debian that has nothing else, from the installation to the Word report of the sample; then, where
it was made, the ZIP with the model (``make package-offline``), unpacked beside it.

As root, with debootstrap.  The root has no compiler, no Python and, while the two commands run, no network (a network
namespace of its own).  Only the packages that ours depends on are fetched beforehand, and the default model is copied in.

    clean_root.py [--model FILE] [--again]      --again: in the root of the last time
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from run_pip import ROOT

PLACE = ROOT / "build" / "clean-root"
SUITE, USER = "bookworm", "reader"
INSTALL = "apt-get install -y --no-install-recommends /citegrid.deb"
REPORT = "sample/report.docx"
SAMPLE = "citegrid sample --out sample"
ABSENT = ("python3", "gcc", "cc", "c++", "make", "pip")


class Failed(Exception):
    """What did not work; the message is what is printed."""


def inside(*command: str, network: bool = False, user: str = "") -> list[str]:
    """The command as it is run in the root: without a network unless it is asked for, as root unless a user is named."""
    apart = [] if network else ["unshare", "--net", "--ipc", "--fork", "--pid", f"--mount-proc={PLACE / 'proc'}"]
    rights = ["setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", "--no-new-privs"] if user else []
    home = f"/home/{user}" if user else "/root"
    clean = [
        "env",
        "-i",
        f"HOME={home}",
        "LANG=C.UTF-8",
        "DEBIAN_FRONTEND=noninteractive",
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
    ]
    return [*apart, "chroot", str(PLACE), *clean, *rights, "sh", "-c", " ".join(["cd", home, "&&", *command])]


def run(title: str, command: list[str]) -> float:
    """Run it, with its output shown; the seconds it took.  Raises Failed."""
    print(f"\n== {title}", flush=True)
    started = time.monotonic()
    code = subprocess.run(command, check=False).returncode
    seconds = time.monotonic() - started
    if code:
        raise Failed(f"{title}: exit code {code}")
    print(f"== {seconds:.1f} s", flush=True)
    return seconds


def mirror() -> str:
    """Where this machine's own packages come from."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)"], capture_output=True, text=True, check=True
    ).stdout.split()
    return next(
        (address for address in listed if address.rstrip("/").endswith("/debian")), "http://deb.debian.org/debian"
    )


def make_root() -> None:
    """A fresh minimal Debian with a person in it."""
    shutil.rmtree(PLACE, ignore_errors=True)
    run("A root with nothing in it", ["debootstrap", "--variant=minbase", SUITE, str(PLACE), mirror()])
    for settings in Path("/etc/apt/apt.conf.d").glob("*artifact*"):  # how this machine reaches its mirror
        shutil.copy(settings, PLACE / "etc/apt/apt.conf.d")
    for name in ("resolv.conf", "hosts"):
        shutil.copyfile(Path("/etc") / name, PLACE / "etc" / name)
    (PLACE / "etc/passwd").open("a").write(f"{USER}:x:1000:1000::/home/{USER}:/bin/sh\n")


def bring_package(package: Path) -> None:
    """The package, and what it depends on fetched and not installed."""
    shutil.copyfile(package, PLACE / "citegrid.deb")
    fetched = "apt-get update -q && apt-get install -y -q --download-only --no-install-recommends /citegrid.deb"
    run("What the package depends on is fetched", inside(fetched, network=True))


def bring_model(model: Path) -> None:
    """The default model, where the program looks for it."""
    folder = PLACE / "home" / USER / ".local/share/citegrid/models"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(model, folder / model.name)
    for path in (PLACE / "home" / USER, *(PLACE / "home" / USER).rglob("*")):
        os.chown(path, 1000, 1000)


def check_clean() -> None:
    """Raises Failed when the root holds what a laptop would not have."""
    found = [
        name
        for name in ABSENT
        if shutil.which(name, path=":".join(str(PLACE / folder) for folder in ("usr/bin", "usr/local/bin", "bin")))
    ]
    if found:
        raise Failed("The root is not clean: " + ", ".join(found))


def unpack(archive: Path) -> str:
    """The ZIP in the person's home, as a file manager unpacks it; its folder's name."""
    home = PLACE / "home" / USER
    top = zipfile.ZipFile(archive).namelist()[0].partition("/")[0]
    shutil.rmtree(home / top, ignore_errors=True)
    run(f"{archive.name} is unpacked", ["unzip", "-q", str(archive), "-d", str(home)])
    run("for the person", ["chown", "-R", "1000:1000", str(home / top)])
    return top


def check_report(folder: str = "") -> None:
    """Raises Failed when there is no Word report in ``folder`` of the home, or the program left anything of a telemetry behind."""
    home = PLACE / "home" / USER
    report = next(iter((home / folder).glob("sample/*.docx")), None)
    if report is None or "word/document.xml" not in zipfile.ZipFile(report).namelist():
        raise Failed("There is no Word report.")
    strangers = [
        str(path)
        for path in home.rglob("*")
        if any(word in path.name.lower() for word in ("onnx", "telemetry", "deviceid"))
        and "program" not in path.relative_to(home).parts
    ]
    if strangers:
        raise Failed("Left behind: " + ", ".join(strangers))
    print(f"Word report: {report.relative_to(PLACE)}  {report.stat().st_size / 1e3:.0f} kB")


def default_model() -> Path:
    """The default model of the person who runs this."""
    return Path.home() / ".local/share/citegrid/models/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"


def main() -> int:
    parser = argparse.ArgumentParser(description="Try the .deb on a clean Debian.")
    parser.add_argument("--model", type=Path, default=default_model())
    parser.add_argument("--again", action="store_true", help="use the root of the last time")
    args = parser.parse_args()
    packages = sorted((ROOT / "dist").glob("citegrid_*.deb"), key=lambda path: path.stat().st_mtime)
    if not packages or not args.model.is_file() or os.geteuid() != 0 or not shutil.which("debootstrap"):
        print(
            "Needs root, debootstrap, the .deb in dist/ (make package) and the default model (make model).",
            file=sys.stderr,
        )
        return 1
    try:
        if not args.again:
            make_root()
        bring_package(packages[-1])
        check_clean()
        bring_model(args.model)
        shutil.rmtree(PLACE / "home" / USER / "sample", ignore_errors=True)
        run(INSTALL, inside(INSTALL))
        check_clean()
        run("citegrid doctor", inside("citegrid doctor || true", user=USER))
        run(SAMPLE, inside(SAMPLE, user=USER))
        check_report()
        for archive in sorted((ROOT / "dist").glob("citegrid-*-offline.zip"))[-1:]:
            folder = unpack(archive)
            run(
                f"sh start.sh {' '.join(SAMPLE.split()[1:])}",
                inside("cd", folder, "&&", "sh", "start.sh", *SAMPLE.split()[1:], user=USER),
            )
            check_report(folder)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
