"""``citegrid guide`` and what is noted of each command."""

from __future__ import annotations

import pytest

from citegrid.cli.main import main
from citegrid.store.activity_log import ActivityLog
from citegrid.store.paths import state_folder


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path))


def test_the_guide_prints_a_page_and_names_the_others(capsys):
    assert main(["guide", "--language", "en", "checking"]) == 0
    assert capsys.readouterr().out.startswith("# Checking what the table says")
    assert main(["guide", "--language", "en", "zotero", "folder"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("# The cited works themselves") and "citegrid guide " in shown
    assert main(["guide", "--language", "zh"]) == 0
    assert capsys.readouterr().out.startswith("# 使用指南")


def test_a_command_is_noted_with_its_end_and_nothing_it_was_given(capsys, tmp_path):
    assert main(["guide", "mine", "xyzzy"]) == 2
    assert "mine xyzzy" in capsys.readouterr().err
    lines = ActivityLog(state_folder()).tail()
    assert any("kind=UsageError" in line for line in lines) and "run=run_guide code=2" in lines[-1]
    assert not any("xyzzy" in line for line in lines)
