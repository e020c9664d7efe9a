"""Measures the whole job on the sample project: ``make bench``.  Prints Markdown rows for RESULTS.md.

    python tests/benchmarks/run.py [--model FILE.gguf] [--language zh|en] [--times N]
    python tests/benchmarks/run.py --reading [PAPER.pdf ...]      time and peak memory of reading, and of a book of 500 pages

Each run is a process of its own with an empty cache folder, as a person meets it the first time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pymupdf

from citegrid.store.model_files import models

ROOT = Path(__file__).resolve().parents[2]


def measure(language: str, model: Path) -> tuple[float, dict[str, Any]]:
    """Wall seconds and the result of one run on the sample."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "citegrid", "sample", "--language", language, "--out", folder]
        began = time.perf_counter()
        subprocess.run(
            [*command, "--model", str(model)],
            env=dict(os.environ, CITEGRID_DATA=str(Path(folder) / "data")),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        seconds = time.perf_counter() - began
        return seconds, json.loads((Path(folder) / f"result-{language}.json").read_text(encoding="utf-8"))


def row(language: str, seconds: float, result: dict[str, Any]) -> str:
    cells = [cell for work in result["rows"] for cell in work["cells"]]
    supported = sum(cell["status"] == "supported" for cell in cells)
    usage, steps = result["usage"], result["usage"]["seconds"]
    passed = sum(bool(check["passed"]) for check in result["checks"])
    fill = float(steps.get("fill") or 0.0)
    figures = [
        language,
        f"{len(result['rows'])} × {len(result['columns'])}",
        f"{supported} of {len(cells)}",
        f"{result['review']['count']} of {result['review']['target']} {result['review']['unit']}",
        f"{passed} of {len(result['checks'])}",
        f"{usage['prompt_tokens']} + {usage['generated_tokens']}",
        f"{60 * len(cells) / fill:.0f}" if fill else "–",
        ", ".join(f"{name} {value:.1f}" for name, value in steps.items()),
        f"{seconds:.1f}",
    ]
    return "| " + " | ".join(figures) + " |"


def measure_reading(paper: Path) -> str:
    """A row: pages, wall seconds and peak memory (of the process, Unix only) of ``citegrid read``."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        began = time.perf_counter()
        with out.open("wb") as stdout:
            child = subprocess.Popen(
                [sys.executable, "-m", "citegrid", "read", str(paper), "--json"],
                env=dict(os.environ, CITEGRID_DATA=str(Path(folder) / "data")),
                stdout=stdout,
                stderr=subprocess.DEVNULL,
            )
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        if child.returncode:
            return f"| {paper.name} | failed with {child.returncode} | | | |"
        data = json.loads(out.read_text(encoding="utf-8"))
    peak = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    pages = len(data["pages"])
    return f"| {paper.name} | {pages} | {len(data['references'])} | {seconds:.1f} | {1000 * seconds / pages:.0f} | {peak:.0f} |"


def book(folder: Path, pages: int = 500) -> Path:
    """The sample paper again and again: far more entries than a real book has, thus the worst case."""
    path = folder / f"book-{pages}.pdf"
    with pymupdf.open(ROOT / "resources" / "sample" / "paper.pdf") as paper, pymupdf.open() as whole:
        while whole.page_count < pages:
            whole.insert_pdf(paper, to_page=min(paper.page_count, pages - whole.page_count) - 1)
        whole.save(path, garbage=3, deflate=True)
    return path


def reading(papers: Sequence[Path]) -> None:
    print("| paper | pages | entries | seconds | ms/page | peak MB |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for paper in [*papers, book(Path(folder))]:
            print(measure_reading(paper), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the whole job on the sample project.")
    parser.add_argument("--model", help="a GGUF chat model (default: the default one)")
    parser.add_argument("--language", choices=["zh", "en"], action="append", help="default: both")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--reading", type=Path, nargs="*", metavar="PAPER", help="measure reading only; needs no model")
    chosen = parser.parse_args()
    if chosen.reading is not None:
        reading(chosen.reading)
        return 0
    model = models.resolve(chosen.model)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {model.name}\n")
    print(
        "| language | table | supported | review | checks | tokens read + written | cells/min | seconds by step | all |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for language in chosen.language or ["zh", "en"]:
        for _ in range(chosen.times):
            print(row(language, *measure(language, model)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
