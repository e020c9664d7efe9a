"""Seconds and bytes of each format: ``python tests/benchmarks/exporting.py RESULT.json PAPER.pdf`` (a result of ``fill``)."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from citegrid.core.serialisation.result import from_json
from citegrid.engines.annotate import annotate
from citegrid.engines.crop import crop
from citegrid.engines.pdf import open_pdf
from citegrid.pipeline.export.evidence_list import EvidenceList
from citegrid.pipeline.export.formats import FORMATS
from citegrid.ports import NEVER, SILENT
from citegrid.workbench.export_service import ExportOptions, ExportSources, Helpers, write


def main(result: Path, paper: Path) -> None:
    """Print one line for each format."""
    project = from_json(json.loads(result.read_text("utf-8")))
    cells = sum(len(row.cells) for row in project.table.rows)
    print(f"{result.name}: {cells} cells, {len(EvidenceList(project).entries)} pieces of evidence")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CITEGRID_DATA"] = folder
        for suffix in FORMATS:
            began = time.perf_counter()
            sources = ExportSources(paper, "", open_pdf(paper))
            options = ExportOptions(comments=True)
            path = Path(folder) / f"report{suffix}"
            write(path, project, sources, Helpers(crop, annotate), options, SILENT, NEVER)
            print(f"{suffix:10} {time.perf_counter() - began:6.2f} s {path.stat().st_size / 1e6:6.2f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
