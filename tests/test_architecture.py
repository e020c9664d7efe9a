"""The house's rules are tests: the contracts hold (``make check`` runs them), and here, that each of them can fail."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "desktop" / "citegrid"

# contract → a file of the copy, and the line planted into it
BREACHES = [
    ("The house is built in layers", "core/document.py", "import citegrid.concurrency.jobs"),
    ("The house is built in layers", "store/paths.py", "import citegrid.pipeline"),
    ("The house is built in layers", "concurrency/jobs.py", "import citegrid.store"),
    ("The house is built in layers", "attic.py", '"""A module that no layer knows."""'),
    ("The pipeline is built in floors", "pipeline/document/read.py", "import citegrid.pipeline.bibliography.extract"),
    (
        "The pipeline is built in floors",
        "pipeline/bibliography/extract.py",
        "import citegrid.pipeline.citations.resolve",
    ),
    ("The pipeline is built in floors", "pipeline/citations/resolve.py", "import citegrid.pipeline.evidence.verify"),
    ("The pipeline is built in floors", "pipeline/evidence/verify.py", "import citegrid.pipeline.cells.fill_row"),
    ("The pipeline is built in floors", "pipeline/library/search.py", "import citegrid.pipeline.citations.keys"),
    ("The pipeline is built in floors", "pipeline/footnotes/parse.py", "import citegrid.pipeline.cells.query"),
    ("The pipeline is built in floors", "pipeline/cells/fill_row.py", "import citegrid.pipeline.review.plan"),
    ("The pipeline is built in floors", "pipeline/review/write.py", "import citegrid.pipeline.export.formats"),
    ("The pipeline is built in floors", "pipeline/export/formats.py", "import citegrid.pipeline.run"),
    ("The pipeline is built in floors", "pipeline/recheck.py", "import citegrid.pipeline.relocate"),
    ("The pipeline is built in floors", "pipeline/run.py", "import citegrid.pipeline.read_remote"),
    ("The pipeline is built in floors", "pipeline/table_image/header.py", "import citegrid.pipeline.document.read"),
    ("The pipeline is built in floors", "pipeline/attic/__init__.py", '"""A package that no floor knows."""'),
    ("The table's picture is read by itself", "pipeline/cells/query.py", "import citegrid.pipeline.table_image.header"),
    ("No Qt below the window", "pipeline/run.py", "import PySide6.QtCore"),
    ("No Qt below the window", "cli/main.py", "import citegrid.gui"),
    ("core imports only the standard library", "core/table.py", "import numpy"),
    ("Only wiring knows the engines", "workbench/workbench.py", "import citegrid.engines.llama"),
    ("A third-party engine is known to one module", "store/models.py", "import llama_cpp"),
    ("Panes do not know each other", "gui/panes/planted_a.py", "import citegrid.gui.panes.planted_b"),
]


def lint(folder: Path) -> tuple[int, dict[str, str]]:
    """import-linter on the copy in ``folder``: its exit code and the verdict on each contract."""
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    answer = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env=dict(os.environ, PYTHONPATH=str(folder / "desktop"), COLUMNS="200", NO_COLOR="1"),
        capture_output=True,
        text=True,
        check=False,
    )
    names = [contract["name"] for contract in contracts()]
    verdicts = dict(re.findall(rf"^({'|'.join(map(re.escape, names))}) (KEPT|BROKEN)", answer.stdout, re.MULTILINE))
    assert verdicts, answer.stdout + answer.stderr
    return answer.returncode, verdicts


def contracts() -> list[dict[str, Any]]:
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = configured["tool"]["importlinter"]["contracts"]
    return found


# modules that each “forbidden” contract rightly leaves out
EXEMPT = {
    "No Qt below the window": {"gui", "__main__"},
    "Only wiring knows the engines": {"engines", "wiring"},
    "A third-party engine is known to one module": {"engines", "__main__"},
}


@pytest.mark.parametrize("contract", [contract for contract in contracts() if contract["name"] in EXEMPT])
def test_no_module_is_forgotten_by_a_contract(contract: dict[str, Any]) -> None:
    exempt = EXEMPT[str(contract["name"])]
    modules = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert modules - exempt - {"__init__"} == {name.removeprefix("citegrid.") for name in contract["source_modules"]}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGE, tmp_path / "desktop" / "citegrid", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_has_a_planted_breach() -> None:
    assert {contract["name"] for contract in contracts()} == {name for name, _, _ in BREACHES}


@pytest.mark.slow
@pytest.mark.parametrize(("contract", "place", "line"), BREACHES)
def test_a_planted_breach_is_seen(copy: Path, contract: str, place: str, line: str) -> None:
    file = copy / "desktop" / "citegrid" / place
    file.parent.mkdir(exist_ok=True)
    if place.startswith("gui/panes/"):
        (file.parent / "planted_b.py").write_text("")
    with file.open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    code, verdicts = lint(copy)
    assert code == 1
    assert verdicts[contract] == "BROKEN"


@pytest.mark.slow
def test_the_house_as_it_stands_keeps_every_contract(copy: Path) -> None:
    code, verdicts = lint(copy)
    assert set(verdicts.values()) == {"KEPT"}
    assert code == 0


def imported_by(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found


def test_core_imports_only_the_standard_library_and_itself() -> None:
    allowed = {*sys.stdlib_module_names, "citegrid"}
    foreign = [
        f"{path.name}: {name}"
        for path in sorted((PACKAGE / "core").rglob("*.py"))
        for name in imported_by(path)
        if name.split(".")[0] not in allowed or (name.startswith("citegrid") and not name.startswith("citegrid.core"))
    ]
    assert not foreign


def test_init_files_stay_empty() -> None:
    filled = [path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE and path.read_text().strip()]
    assert not filled


def test_the_second_lock_refuses_qt() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", "import tests.no_qt, PySide6.QtCore"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "PySide6 is blocked in this run" in answer.stderr
