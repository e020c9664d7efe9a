"""Builds what can be given to others into ``dist/``: a wheel and a source archive; then looks whether they are whole.

What needs no Python is made by ``bundle.py`` and ``installers.py``.  Runs in the environment of ``make env``.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# One file of each kind that must have come along.
IN_WHEEL = (
    "citegrid/core/document.py",
    "citegrid/models/manifest.toml",
    "citegrid/models/ocr/PP-OCRv6_rec_small.onnx",
    "citegrid/resources/",
    "LICENSE",
    "entry_points.txt",
)
IN_SOURCE = (
    "pyproject.toml",
    "LICENSE",
    "README.md",
    "desktop/citegrid/core/document.py",
    "models/manifest.toml",
    "models/ocr/PP-OCRv6_rec_small.onnx",
    "resources/",
)


def lacking(names: list[str], wanted: tuple[str, ...]) -> list[str]:
    """The wanted files that no name in an archive stands for."""
    return [want for want in wanted if not any(want in name for name in names)]


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the wheel and the source archive.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="what is in this folder goes away")
    folder = parser.parse_args().out.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    (wheel,), (source,) = list(folder.glob("*.whl")), list(folder.glob("*.tar.gz"))
    with zipfile.ZipFile(wheel) as archive:
        faults = lacking(archive.namelist(), IN_WHEEL)
    with tarfile.open(source) as tar:
        faults += lacking(tar.getnames(), IN_SOURCE)
    for path in (wheel, source):
        print(f"{path}  {path.stat().st_size / 1e6:.1f} MB")
    if faults:
        print("Missing from the archives: " + ", ".join(faults), file=sys.stderr)
        return 1
    print(f"Install with: pip install {wheel}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
