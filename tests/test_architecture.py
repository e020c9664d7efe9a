"""The house's rules are tests: the contracts hold (``make check`` runs them), and here, that each of them can fail."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import grimp
import pytest
from importlinter.application.use_cases import read_user_options
from importlinter.application.user_options import UserOptions
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "desktop" / "citegrid"

# contract, a module, and what it is made to import; nothing where the module itself is the breach
BREACHES = [
    ("The house is built in layers", "citegrid.core.document", "citegrid.concurrency.jobs"),
    ("The house is built in layers", "citegrid.store.paths", "citegrid.pipeline"),
    ("The house is built in layers", "citegrid.concurrency.jobs", "citegrid.store"),
    ("The house is built in layers", "citegrid.batch.run", "citegrid.workbench.engines"),
    ("The house is built in layers", "citegrid.pipeline.run", "citegrid.batch.run"),
    ("The house is built in layers", "citegrid.attic", ""),
    ("A batch is told from its papers upwards", "citegrid.batch.run", "citegrid.batch.scheduler"),
    ("The pipeline is built in floors", "citegrid.pipeline.document.read", "citegrid.pipeline.bibliography.extract"),
    (
        "The pipeline is built in floors",
        "citegrid.pipeline.bibliography.extract",
        "citegrid.pipeline.citations.resolve",
    ),
    ("The pipeline is built in floors", "citegrid.pipeline.citations.resolve", "citegrid.pipeline.evidence.verify"),
    ("The pipeline is built in floors", "citegrid.pipeline.evidence.verify", "citegrid.pipeline.cells.fill_row"),
    ("The pipeline is built in floors", "citegrid.pipeline.library.search", "citegrid.pipeline.citations.keys"),
    ("The pipeline is built in floors", "citegrid.pipeline.footnotes.parse", "citegrid.pipeline.cells.selection.query"),
    ("The pipeline is built in floors", "citegrid.pipeline.translation.translate", "citegrid.pipeline.cells.generate"),
    ("The pipeline is built in floors", "citegrid.pipeline.translation.prepare", "citegrid.pipeline.evidence.readable"),
    ("The pipeline is built in floors", "citegrid.pipeline.document.read", "citegrid.pipeline.translation.numbers"),
    (
        "The pipeline is built in floors",
        "citegrid.pipeline.evidence.statements.classifier",
        "citegrid.pipeline.cells.columns.column_intents",
    ),
    ("The pipeline is built in floors", "citegrid.pipeline.cells.fill_row", "citegrid.pipeline.review.plan"),
    ("The pipeline is built in floors", "citegrid.pipeline.review.write", "citegrid.pipeline.export.formats"),
    ("The pipeline is built in floors", "citegrid.pipeline.answers.answer", "citegrid.pipeline.review.write"),
    ("The pipeline is built in floors", "citegrid.pipeline.cells.fill_row", "citegrid.pipeline.answers.answer"),
    ("The pipeline is built in floors", "citegrid.pipeline.export.formats", "citegrid.pipeline.run"),
    ("The pipeline is built in floors", "citegrid.pipeline.recheck", "citegrid.pipeline.relocate"),
    ("The pipeline is built in floors", "citegrid.pipeline.run", "citegrid.pipeline.read_remote"),
    ("The pipeline is built in floors", "citegrid.pipeline.table_image.header", "citegrid.pipeline.document.read"),
    ("The pipeline is built in floors", "citegrid.pipeline.attic", ""),
    (
        "The table's picture is read by itself",
        "citegrid.pipeline.cells.selection.query",
        "citegrid.pipeline.table_image.header",
    ),
    (
        "The table's picture is read by itself",
        "citegrid.pipeline.translation.term_base",
        "citegrid.pipeline.table_image.header",
    ),
    ("No Qt below the window", "citegrid.pipeline.run", "PySide6"),
    ("No Qt below the window", "citegrid.cli.main", "citegrid.gui"),
    ("core imports only the standard library", "citegrid.core.table", "numpy"),
    ("core imports only the standard library", "citegrid.core.statement", "onnxruntime"),
    ("Only wiring knows the engines", "citegrid.workbench.workbench", "citegrid.engines.language_model.llama"),
    ("Only wiring knows the engines", "citegrid.pipeline.cells.context", "citegrid.engines.sentence_encoder"),
    ("A third-party engine is known to one module", "citegrid.store.model_files.models", "llama_cpp"),
    (
        "A third-party engine is known to one module",
        "citegrid.pipeline.evidence.statements.classifier",
        "onnxruntime",
    ),
    (
        "What a sentence says is read before it is retrieved or verified",
        "citegrid.pipeline.evidence.statements.lines",
        "citegrid.pipeline.evidence.retrieve",
    ),
    (
        "What a sentence says is read before it is retrieved or verified",
        "citegrid.pipeline.evidence.passages",
        "citegrid.pipeline.evidence.statements.classifier",
    ),
    (
        "The rooms within the rooms lie below them",
        "citegrid.pipeline.bibliography.entry.parse",
        "citegrid.pipeline.bibliography.extract",
    ),
    (
        "A document is read from pages and from their layout",
        "citegrid.pipeline.document.layout.lines",
        "citegrid.pipeline.document.metadata.front",
    ),
    (
        "Works are selected before cells are filled",
        "citegrid.pipeline.cells.selection.query",
        "citegrid.pipeline.cells.fill_row",
    ),
    ("Word is one of the formats", "citegrid.pipeline.export.word.write", "citegrid.pipeline.export.formats"),
    ("The nouns do not know their files", "citegrid.core.table", "citegrid.core.serialisation.result"),
    ("The window is built in layers", "citegrid.gui.items.table_items", "citegrid.gui.panes.table_pane"),
    ("The window is built in layers", "citegrid.gui.widgets.pane", "citegrid.gui.controllers.files"),
    ("Panes do not know each other", "citegrid.gui.panes.planted_a", "citegrid.gui.panes.planted_b"),
]


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


CONTRACTS = {
    "layers": LayersContract,
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Who imports whom in the house as it stands."""
    return grimp.build_graph("citegrid", include_external_packages=True, cache_dir=None)


@pytest.fixture(scope="module")
def options() -> UserOptions:
    configure()
    return read_user_options(str(ROOT / "pyproject.toml"))


def is_kept(name: str, graph: grimp.ImportGraph, options: UserOptions) -> bool:
    """import-linter's verdict on one contract; it may change ``graph``."""
    asked = next(c for c in options.contracts_options if c["name"] == name)
    contract = CONTRACTS[asked["type"]](name, options.session_options, asked)
    return bool(contract.check(graph, verbose=False).kept)


def test_every_contract_has_a_planted_breach() -> None:
    assert {contract["name"] for contract in contracts()} == {name for name, _, _ in BREACHES}


@pytest.mark.parametrize(("contract", "place", "imported"), BREACHES)
def test_a_planted_breach_is_seen(
    graph: grimp.ImportGraph, options: UserOptions, contract: str, place: str, imported: str
) -> None:
    planted = deepcopy(graph)
    assert is_kept(contract, deepcopy(planted), options)
    if imported:
        for module in (place, imported):
            if module not in planted.modules:
                planted.add_module(module, is_squashed=not module.startswith("citegrid"))
        planted.add_import(importer=place, imported=imported, line_number=1, line_contents=f"import {imported}")
    else:
        planted.add_module(place)
    assert not is_kept(contract, planted, options)


@pytest.mark.slow
def test_the_command_that_checks_finds_a_breach_in_a_file(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "desktop" / "citegrid", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "desktop" / "citegrid" / "core" / "table.py").open("a", encoding="utf-8") as module:
        module.write("\nimport numpy\n")
    answer = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))",
        ],
        cwd=tmp_path,
        env=dict(os.environ, PYTHONPATH=str(tmp_path / "desktop"), COLUMNS="200", NO_COLOR="1"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "core imports only the standard library BROKEN" in answer.stdout


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


def test_init_files_hold_nothing_but_the_story_of_their_package() -> None:
    bodies = {
        path: ast.parse(path.read_text("utf-8")).body for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE
    }
    assert not [path for path, body in bodies.items() if any(not isinstance(node, ast.Expr) for node in body)]


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
