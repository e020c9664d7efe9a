"""``citegrid doctor``: versions, folders, memory, and a small real task for each part."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TextIO

import psutil

from citegrid import __version__, wiring
from citegrid.core.errors import CiteGridError
from citegrid.core.resources import resource
from citegrid.ports import Ask
from citegrid.store import models, paths
from citegrid.store.checksums import checksum

_PACKAGES = ("PySide6-Essentials", "PyMuPDF", "rapidocr-onnxruntime", "llama-cpp-python", "python-docx")


def run(out: TextIO) -> int:
    """Print everything; exit code 0 when each part works, 1 otherwise."""
    print(f"CiteGrid {__version__}, Python {platform.python_version()} on {platform.platform()}", file=out)
    for package in _PACKAGES:
        print(f"  {package} {_version(package)}", file=out)
    memory = psutil.virtual_memory()
    print(
        f"  {os.cpu_count()} cores ({_features()}), {memory.available / 2**30:.1f} of {memory.total / 2**30:.1f} GiB memory free",
        file=out,
    )
    for name, folder in (
        ("data", paths.data_folder()),
        ("cache", paths.cache_folder()),
        ("settings", paths.config_folder()),
    ):
        print(f"  {name}: {folder}{'' if _writable(folder) else '  (not writable)'}", file=out)
    good = True
    for name, test in (("pages", _pages), ("picture", _picture), ("model", _model)):
        try:
            print(f"  ✓ {name}: {test()}", file=out)
        except CiteGridError as error:
            good = False
            print(f"  ! {name}: {error}", file=out)
    return 0 if good else 1


def _pages() -> str:
    source = wiring.engines().open_document(resource("sample") / "paper.pdf")
    try:
        words = len(source.page(1).words)
        return f"{source.page_count} pages of the sample paper, {words} words on the first"
    finally:
        source.close()


def _picture() -> str:
    parts = wiring.engines()
    lines = parts.ocr.read(parts.load_picture(resource("sample") / "table-zh.png"))
    return f"{len(lines)} texts read from the sample picture"


def _model() -> str:
    path = models.resolve(None)
    model = wiring.engines().load_model(path, checksum(path))
    try:
        answer = model.answer([Ask("Answer in one word.", "", "Is water wet?", max_tokens=8)])[0]
        return f"{model.info.name} ({model.info.architecture}, context {model.info.context_length}) answers “{answer.text}”"
    finally:
        model.close()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "is missing"


def _features() -> str:
    names = ("avx2", "avx512f", "avx512_vnni", "amx_int8", "asimd", "fma")
    try:
        flags = set(Path("/proc/cpuinfo").read_text("utf-8").split())
    except OSError:
        return platform.machine()
    return " ".join([platform.machine(), *(n for n in names if n in flags)])


def _writable(folder: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)
