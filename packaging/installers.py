"""From the bundle of ``bundle.py``: a Debian package and one file that installs anywhere on Linux, in ``dist/``."""

from __future__ import annotations

import datetime
import hashlib
import os
import platform
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import contents
from bundle import BUILD, BUNDLE, size_of
from run_pip import ROOT

LINUX = ROOT / "packaging" / "linux"
DIST = ROOT / "dist"
DESKTOP, METAINFO = "citegrid.desktop", "org.citegrid.CiteGrid.metainfo.xml"
#: What the bundle's libraries ask of the system, because it belongs to the graphics driver or the display server, and the data that they read: fonts,
#: keyboards, names of characters on X11.  All else is in the bundle (the libraries that its own ask for, read off their dynamic sections).
OF_THE_SYSTEM = (
    "libegl1",
    "libgl1",
    "libxcb1",
    "libwayland-client0",
    "libwayland-cursor0",
    "fontconfig-config",
    "xkb-data",
    "libx11-data",
)
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def architecture() -> str:
    """Debian's name of this processor's kind."""
    return _ARCHITECTURES.get(platform.machine(), platform.machine())


def c_library() -> str:
    """``libc6 (>= 2.36)``: a program built here does not run with an older one than here."""
    return f"libc6 (>= {platform.libc_ver()[1]})"


def depends() -> str:
    """The packages that the program needs on a Debian system."""
    return ", ".join([c_library(), *OF_THE_SYSTEM])


def filled(name: str, **values: object) -> str:
    """The file of ``linux/`` with its ``@NAMES@`` filled in."""
    text = (LINUX / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", str(value))
    return text


def put(text: str, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def date() -> str:
    """The day of this release: that of the newest change, so that the same sources give the same package."""
    seconds = (
        os.environ.get("SOURCE_DATE_EPOCH")
        or subprocess.run(
            ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
        ).stdout.strip()
    )
    when = (
        datetime.datetime.fromtimestamp(int(seconds), datetime.UTC) if seconds else datetime.datetime.now(datetime.UTC)
    )
    return when.date().isoformat()


def shared_files(share: Path) -> None:
    """Below ``share``: what a desktop shows of the program, and the licences of all parts."""
    version = contents.version(ROOT)
    put(filled(DESKTOP), share / "applications" / DESKTOP)
    put(filled(METAINFO, VERSION=version, DATE=date()), share / "metainfo" / METAINFO)
    for picture in sorted((BUILD / "icons").glob("citegrid-*.png")):
        size = picture.stem.removeprefix("citegrid-")
        place = share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "citegrid.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, place)
    scalable = share / "icons" / "hicolor" / "scalable" / "apps" / "citegrid.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ROOT / "resources" / "icons" / "citegrid.svg", scalable)
    words = "Licence: AGPL-3.0-or-later\nThe texts of the licences of all parts, and their list (SBOM): /usr/lib/citegrid/licences\n\n"
    put(words + (ROOT / "LICENSE").read_text(encoding="utf-8"), share / "doc" / "citegrid" / "copyright")


def check_desktop_files(share: Path) -> None:
    """Both are looked at by the tools of their makers where those are installed; raises CalledProcessError on a fault."""
    for command, place in (
        (["desktop-file-validate"], share / "applications" / DESKTOP),
        (["appstreamcli", "validate", "--no-net"], share / "metainfo" / METAINFO),
    ):
        if shutil.which(command[0]):
            subprocess.run([*command, str(place)], check=True)


def make_deb() -> Path:
    """``dist/citegrid_VERSION_ARCHITECTURE.deb``."""
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    library = tree / "usr" / "lib" / "citegrid"
    shutil.copytree(BUNDLE, library, symlinks=True)
    shared_files(tree / "usr" / "share")
    check_desktop_files(tree / "usr" / "share")
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "citegrid").symlink_to("../lib/citegrid/citegrid")
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)
    control = filled(
        "control",
        VERSION=contents.version(ROOT),
        ARCHITECTURE=architecture(),
        KIB=size_of(tree) // 1024,
        DEPENDS=depends(),
    )
    put(control, tree / "DEBIAN" / "control")
    put(checksums(tree), tree / "DEBIAN" / "md5sums")
    DIST.mkdir(exist_ok=True)
    made = DIST / f"citegrid_{contents.version(ROOT)}_{architecture()}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z14", "--build", str(tree), str(made)],
        check=True,
        stdout=sys.stderr,
    )
    return made


def checksums(tree: Path) -> str:
    """The lines of ``md5sums``, by which dpkg can tell whether a file was damaged."""
    files = [path for path in sorted((tree / "usr").rglob("*")) if path.is_file() and not path.is_symlink()]
    sums = [hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest() for path in files]
    return "".join(f"{one}  {path.relative_to(tree).as_posix()}\n" for one, path in zip(sums, files, strict=True))


def make_run_file() -> Path | None:
    """``dist/citegrid-VERSION-MACHINE.run``, which installs into a person's home; None where makeself is not installed.

    Compressed with gzip, the one that no system lacks.
    """
    if not shutil.which("makeself"):
        print("makeself is not installed (apt-get install makeself): no .run file.", file=sys.stderr)
        return None
    tree = BUILD / "run"
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir()
    shutil.copytree(BUNDLE, tree / "citegrid", symlinks=True)
    for source in (LINUX / "setup.sh", LINUX / DESKTOP, BUILD / "icons" / "citegrid-256.png"):
        shutil.copy(source, tree)
    made = DIST / f"citegrid-{contents.version(ROOT)}-{platform.machine()}.run"
    command = [
        "makeself",
        "--gzip",
        "--quiet",
        "--sha256",
        "--tar-quietly",
        str(tree),
        str(made),
        "CiteGrid",
        "./setup.sh",
    ]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return made


def main() -> int:
    if not sys.platform.startswith("linux"):
        print(
            "The installers of Windows and macOS are made by packaging/windows/citegrid.iss and packaging/macos/dmg.sh."
        )
        return 0
    for made in (make_deb(), make_run_file()):
        if made:
            print(f"{made}  {made.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
