"""``citegrid doctor``: versions, folders, memory, and a small real task for each part."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from citegrid import __version__, screen, wiring
from citegrid.cli.progress import ProgressLine
from citegrid.cli.terminal import show
from citegrid.concurrency.fence import trial
from citegrid.concurrency.remote_work import RemoteWork
from citegrid.core.errors import CiteGridError, UsageError
from citegrid.core.messages import Message, as_message
from citegrid.core.resources import resource
from citegrid.ports import Ask
from citegrid.store import paths
from citegrid.store.checksums import checksum
from citegrid.store.model_files import models
from citegrid.workbench.language_models import where_said

_PACKAGES = ("PySide6-Essentials", "PyMuPDF", "rapidocr", "llama-cpp-python", "python-docx")


def run_doctor(args: argparse.Namespace, line: ProgressLine) -> int:
    """Print everything; exit code 0 when each part works, 1 otherwise."""
    print(f"CiteGrid {__version__}, Python {platform.python_version()} on {platform.platform()}")
    for package in _PACKAGES:
        show(Message("  {package} {version}", package=package, version=_version(package)))
    show(_machine())
    for name, folder in (
        (Message("data"), paths.data_folder()),
        (Message("cache"), paths.cache_folder()),
        (Message("settings"), paths.config_folder()),
    ):
        key = "  {name}: {folder}" if _writable(folder) else "  {name}: {folder}  (not writable)"
        show(Message(key, name=name, folder=folder))
    tests = (
        (Message("window"), _window),
        (Message("pages"), _pages),
        (Message("picture"), _picture),
        (Message("model"), _model),
    )
    working = [_works(name, test) for name, test in tests]  # all of them are run
    _show_fence()
    return 0 if all(working) else 1


def _machine() -> Message:
    memory = psutil.virtual_memory()
    return Message(
        "  {cores} cores ({features}), {free} of {total} GiB memory free",
        cores=os.cpu_count() or 1,
        features=_features(),
        free=f"{memory.available / 2**30:.1f}",
        total=f"{memory.total / 2**30:.1f}",
    )


def _works(name: Message, test: Callable[[], Message]) -> bool:
    """Run one test and say what came of it; whether the part works."""
    try:
        show(Message("  {mark} {name}: {detail}", mark="✓", name=name, detail=test()))
    except CiteGridError as error:
        show(Message("  {mark} {name}: {detail}", mark="!", name=name, detail=error.whole))
        return False
    return True


def _show_fence() -> None:
    """What holds the processes that read what others made, as tried just now."""
    with tempfile.NamedTemporaryFile(prefix="citegrid-") as own:
        found = trial.standings(RemoteWork(trial.nothing).run(trial.tried, own.name, parts=(trial.Tried,)))
    for one in found:
        name, what = Message("reading documents"), as_message(one.measure.value)
        if one.in_force:
            show(Message("  {mark} {name}: {what} ({by})", mark="✓", name=name, what=what, by=one.by))
        else:
            show(
                Message(
                    "  {mark} {name}: not in force here is {what} ({by})", mark="!", name=name, what=what, by=one.by
                )
            )


def _window() -> Message:
    lacking = screen.missing()
    if lacking is not None:
        raise UsageError(lacking)
    return Message("the system has what it needs")


def _pages() -> Message:
    parts = wiring.caged_engines()
    source = parts.open_document(resource("sample") / "paper.pdf")
    try:
        words = len(source.page(1).words)
        return Message(
            "{pages} pages of the sample paper, {words} words on the first", pages=source.page_count, words=words
        )
    finally:
        source.close()
        parts.close()


def _picture() -> Message:
    parts = wiring.caged_engines()
    try:
        lines = parts.ocr.read(parts.load_picture(resource("sample") / "table-zh.png"))
    finally:
        parts.close()
    return Message("{count} texts read from the sample picture", count=len(lines))


def _model() -> Message:
    path = models.resolve(None)
    model = wiring.engines().load_model(path, checksum(path))
    try:
        answer = model.answer([Ask("Answer in one word.", "", "Is water wet?", max_tokens=8)])[0]
        return Message(
            "{name} ({architecture}, context {context}) answers “{answer}”; {where}",
            name=model.info.name,
            architecture=model.info.architecture,
            context=model.info.context_length,
            answer=answer.text,
            where=where_said(model.info),
        )
    finally:
        model.close()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return Message("is missing")


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
