from __future__ import annotations

from pathlib import Path

import pytest

from citegrid.core import resources
from citegrid.core.resources import resource
from citegrid.store import paths


def test_one_variable_moves_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path))
    assert paths.data_folder() == tmp_path
    assert {paths.cache_folder(), paths.config_folder(), paths.models_folder()} == {
        tmp_path / "cache",
        tmp_path / "config",
        tmp_path / "models",
    }


def test_an_empty_variable_means_the_places_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CITEGRID_DATA", " ")
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable, raising=False)
    folders = {paths.data_folder(), paths.cache_folder(), paths.config_folder()}
    assert all("citegrid" in folder.parts for folder in folders)
    assert paths.models_folder() == paths.data_folder() / "models"


def test_a_relative_variable_does_not_follow_the_working_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITEGRID_DATA", "here")
    assert paths.data_folder() == tmp_path / "here"


def test_resources_and_manifest_are_found_in_a_checkout() -> None:
    assert resource().name == "resources"
    assert resource().is_dir()
    assert paths.manifest_file().is_file()


def test_resources_and_manifest_are_found_when_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "citegrid"
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resource("sample", "paper.pdf") == package / "resources" / "sample" / "paper.pdf"
    assert paths.manifest_file() == package / "models" / "manifest.toml"
