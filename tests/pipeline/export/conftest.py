"""The sample projects for all export tests."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from citegrid.core.project import Project


def load_samples() -> ModuleType:
    """The module ``samples.py`` beside this file (tests are no package)."""
    name = "citegrid_export_samples"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("samples.py"))
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


SAMPLES: dict[str, Project] = load_samples().samples()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "any_project" in metafunc.fixturenames:
        metafunc.parametrize("any_project", [pytest.param(p, id=n) for n, p in SAMPLES.items()])


@pytest.fixture
def sample() -> Callable[[str], Project]:
    """A sample project by its name."""
    return SAMPLES.__getitem__
