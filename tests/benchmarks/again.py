"""Measures what a second fill costs, as shares of the first in one run: ``python tests/benchmarks/again.py [--model FILE.gguf]``.

The sample paper, five works and five columns: filled; filled again when nothing has changed; filled after one column asks something
else; opened again from its folder and filled.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from citegrid import wiring
from citegrid.cli.progress import Loop, ProgressLine
from citegrid.core.table import Column
from citegrid.store.model_files import models

PAPER = Path(__file__).resolve().parents[2] / "resources" / "sample" / "paper.pdf"
COLUMNS = [Column(name) for name in ("文献名称", "作者与年份", "主要方法", "核心结论", "局限")]
QUIET = ProgressLine(quiet=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure what a second fill costs.")
    parser.add_argument("--model", help="a GGUF chat model (default: the default one)")
    model = models.resolve(parser.parse_args().model)
    with tempfile.TemporaryDirectory() as place:
        os.environ["CITEGRID_DATA"] = str(Path(place) / "data")
        folder = Path(place) / "project"
        loop = Loop()
        workbench = wiring.build(loop.post)
        seconds: dict[str, float] = {}

        def fill(name: str) -> None:
            began = time.perf_counter()
            loop.wait(workbench.fill.start(model), QUIET)
            seconds[name] = time.perf_counter() - began

        workbench.files.new(folder)
        loop.wait(workbench.papers.open(PAPER), QUIET)
        workbench.table.set_limits(5, 400)
        workbench.table.set_columns(COLUMNS)
        fill("first fill (with the loading of the model)")
        fill("again, nothing changed")
        workbench.table.set_columns([*COLUMNS[:4], replace(COLUMNS[4], instruction="只写数据方面的局限")])
        fill("one of five columns asks something else")
        workbench.close()

        began = time.perf_counter()
        workbench = wiring.build(loop.post)
        workbench.files.open(folder)
        for job in workbench.files.reopen_sources():
            loop.wait(job, QUIET)
        seconds["opened again from its folder, without a model"] = time.perf_counter() - began
        fill("and filled again, nothing changed")
        workbench.close()
    first = next(iter(seconds.values()))
    print("| | seconds | share of the first fill |\n|---|---|---|")
    for name, value in seconds.items():
        print(f"| {name} | {value:.1f} | {value / first:.2f} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
