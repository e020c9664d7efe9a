"""A workbench on real engines with a double for the model, and the loop that its jobs come back through."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.telling import Telling

from citegrid import wiring
from citegrid.cli.progress import Loop
from citegrid.store.model_files import models
from citegrid.workbench.workbench import Workbench


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def workbench(loop, tmp_path, monkeypatch):
    real = wiring.engines()
    monkeypatch.setattr(models, "resolve", lambda name=None: tmp_path / "fake.gguf")
    monkeypatch.setattr("citegrid.workbench.session.checksum", lambda path, **_: "0" * 64)
    doubles = replace(real, load_model=lambda path, sha256, cancel: Telling())
    made = Workbench(doubles, loop.post)
    yield made
    made.close()


@pytest.fixture
def made(loop, tmp_path, monkeypatch):
    """A maker of workbenches on the double of the model; all are closed in the end."""
    monkeypatch.setattr(models, "resolve", lambda name=None: tmp_path / "fake.gguf")
    monkeypatch.setattr("citegrid.workbench.session.checksum", lambda path, **_: "0" * 64)
    benches: list[Workbench] = []

    def make() -> Workbench:
        benches.append(
            Workbench(replace(wiring.engines(), load_model=lambda path, sha256, cancel: Telling()), loop.post)
        )
        return benches[-1]

    yield make
    for workbench in benches:
        workbench.close()
