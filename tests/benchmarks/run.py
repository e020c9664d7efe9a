"""Measures the whole job on the sample project: ``make bench``.  Prints Markdown rows for RESULTS.md.

    python tests/benchmarks/run.py [--model FILE.gguf] [--language zh|en] [--times N]

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
from pathlib import Path
from typing import Any

from citegrid.store import models


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


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the whole job on the sample project.")
    parser.add_argument("--model", help="a GGUF chat model (default: the default one)")
    parser.add_argument("--language", choices=["zh", "en"], action="append", help="default: both")
    parser.add_argument("--times", type=int, default=1)
    chosen = parser.parse_args()
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
