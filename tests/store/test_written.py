"""What may be replaced without asking."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from citegrid.store import written
from citegrid.store.written import Place, look, remember


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    path = tmp_path / "报告 #1 50%.docx"
    path.write_bytes(b"report")
    return path


def test_a_file_is_ours_until_somebody_changes_it(report: Path):
    assert look(report) is Place.FOREIGN
    remember(report, b"report")
    assert look(report) is Place.OURS
    report.write_bytes(b"edited")
    assert look(report) is Place.CHANGED


def test_nothing_and_an_empty_file_are_free(report: Path):
    assert look(report.parent / "none.docx") is Place.FREE
    assert look(report.parent / "no" / "none.docx") is Place.FREE
    report.write_bytes(b"")
    assert look(report) is Place.FREE


@pytest.mark.parametrize("lock", [".~lock.报告 #1 50%.docx#", "~$ #1 50%.docx", ".~报告 #1 50%.docx"])
def test_a_file_held_open_is_asked_about(report: Path, lock: str):
    remember(report, b"report")
    (report.parent / lock).touch()
    assert look(report) is Place.OPEN


def test_a_broken_ledger_means_asking_once_more(report: Path):
    remember(report, b"report")
    (report.parent / "data" / "exports.json").write_text("[1", "utf-8")
    assert look(report) is Place.FOREIGN
    remember(report, b"report")
    assert look(report) is Place.OURS


def test_the_oldest_are_forgotten(report: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(written, "MOST", 2)
    for name in ("a", "b", "c"):
        path = report.parent / name
        path.write_bytes(b"x")
        remember(path, b"x")
    assert [look(report.parent / n) for n in "abc"] == [Place.FOREIGN, Place.OURS, Place.OURS]


def test_a_word_file_tells_who_saved_it_last(report: Path):
    for application, place in (("CiteGrid", Place.OURS), ("LibreOffice/24.2", Place.FOREIGN)):
        with zipfile.ZipFile(report, "w") as archive:
            archive.writestr("docProps/app.xml", f"<Properties><Application>{application}</Application></Properties>")
        assert look(report) is place
    remember(report, b"what CiteGrid wrote")
    assert look(report) is Place.CHANGED
