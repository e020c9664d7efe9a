"""``citegrid library match``: "12 of 41 works are here", and what is missing, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.doubles.cited_pdfs import write_pdf
from tests.doubles.zotero import Item, ZoteroData
from tests.telling import SAMPLE

from citegrid.cli.main import main

BERT = "BERT: Pre-training of deep bidirectional transformers for language understanding"


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def test_a_folder_is_matched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pdf(tmp_path / "mine" / "x.pdf", BERT, ["Jacob Devlin"])
    monkeypatch.chdir(tmp_path)
    paper = str(SAMPLE / "paper.pdf")
    assert main(["-q", "library", "match", paper, "--folder", "mine"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 of 32 works are here."
    assert lines[1] == f"  ✓ {BERT}  ({tmp_path / 'mine' / 'x.pdf'})"
    assert len(lines) == 33
    assert main(["-q", "library", "match", paper, "--folder", "mine", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["total"], len(data["here"]), len(data["missing"])) == (32, 1, 31)
    assert data["here"][0]["doi"] == "10.18653/v1/N19-1423"
    assert data["missing"][0]["link"] == "https://arxiv.org/abs/2310.11511"


def test_zotero_is_matched_and_told_when_it_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = str(SAMPLE / "paper.pdf")
    data = ZoteroData(tmp_path / "home", [Item("IBERT001", BERT, (("J.", "Devlin"),), "2019", {}, "b.pdf")])
    write_pdf(data.path_of(data.items[0]), "Draft", ["A. N."])
    assert main(["-q", "library", "match", paper, "--zotero"]) == 0
    assert capsys.readouterr().out.startswith("1 of 32 works are here.")
    assert main(["-q", "library", "match", paper, "--zotero-data", str(tmp_path)]) == 3
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "no database of Zotero in" in said[0]
