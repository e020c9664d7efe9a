"""``make package-offline``: the bundle and the default model in one ZIP in ``dist/``, to be unpacked on a machine without any network.

Started by its ``start.sh``, the program keeps all that it keeps in the unpacked folder.  The model is stored as it is, since nothing makes it
smaller; times are those of the release, so that the same parts give the same file.

    offline.py [--model FILE]
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import stat
import sys
import time
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import contents
from bundle import BUNDLE
from clean_root import default_model
from environment import ROOT
from installers import DIST, date, filled

PIECE = 1 << 20


def listed_model() -> dict[str, object]:
    """What the manifest says of the default model: file, sha256, licence."""
    manifest = tomllib.loads((ROOT / "models" / "manifest.toml").read_text(encoding="utf-8"))
    return next(model for model in manifest["model"] if model["id"] == manifest["default"])


def is_the_listed(model: Path, sha256: str) -> bool:
    """Whether a file has the sum that the manifest lists."""
    with model.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def files_of(bundle: Path) -> Iterator[tuple[str, Path]]:
    """``(place below the folder, file or link)`` of the program, in an order that stays."""
    for path in sorted(bundle.rglob("*")):
        if path.is_symlink() or path.is_file():
            yield f"program/{path.relative_to(bundle).as_posix()}", path


def entry(name: str, mode: int, day: str, *, stored: bool = False) -> zipfile.ZipInfo:
    """The head of one file in the archive, with ``mode`` as Unix has it."""
    year, month, of_month = time.strptime(day, "%Y-%m-%d")[:3]
    info = zipfile.ZipInfo(name, (year, month, of_month, 0, 0, 0))
    info.create_system, info.external_attr = 3, mode << 16
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return info


def put(archive: zipfile.ZipFile, head: zipfile.ZipInfo, source: Path) -> None:
    """Write a file in pieces: a model is larger than some machines' memory."""
    head.file_size = source.stat().st_size
    with archive.open(head, "w") as out, source.open("rb") as file:
        while piece := file.read(PIECE):
            out.write(piece)


def make_archive(bundle: Path, model: Path, made: Path, version: str, day: str, licence: str) -> Path:
    """``made``: a folder ``citegrid-VERSION`` with the program, the model and ``start.sh``; links stay links."""
    top = f"citegrid-{version}"
    texts = {
        "README.txt": filled("README.offline.txt", VERSION=version, LICENCE=licence),
        "start.sh": filled("start.sh"),
    }
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in texts.items():
            archive.writestr(
                entry(f"{top}/{name}", stat.S_IFREG | (0o755 if name.endswith(".sh") else 0o644), day), text
            )
        for place, path in files_of(bundle):
            mode = path.lstat().st_mode
            if path.is_symlink():
                archive.writestr(entry(f"{top}/{place}", mode, day), path.readlink().as_posix())
            else:
                put(archive, entry(f"{top}/{place}", mode, day), path)
        put(archive, entry(f"{top}/kept/models/{model.name}", stat.S_IFREG | 0o644, day, stored=True), model)
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description="Program and default model in one ZIP.")
    parser.add_argument("--model", type=Path, default=default_model())
    args = parser.parse_args()
    listed = listed_model()
    if not (BUNDLE / "citegrid").is_file() or not args.model.is_file():
        print("Needs the program in build/bundle (make package) and the default model (make model).", file=sys.stderr)
        return 1
    if not is_the_listed(args.model, str(listed["sha256"])):
        print(
            f"{args.model.name} is not the file that models/manifest.toml lists. Fetch it again: make model.",
            file=sys.stderr,
        )
        return 1
    DIST.mkdir(exist_ok=True)
    version = contents.version(ROOT)
    made = DIST / f"citegrid-{version}-{platform.machine()}-offline.zip"
    make_archive(BUNDLE, args.model, made, version, date(), str(listed["licence"]))
    print(f"{made}  {made.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
