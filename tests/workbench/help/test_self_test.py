"""The self-test opens what it draws, and tells of a part that does not work instead of failing with it."""

from __future__ import annotations

from dataclasses import replace

from citegrid import wiring
from citegrid.core.errors import InputError
from citegrid.workbench.help import self_test
from citegrid.workbench.help.self_test import DRAWN, drawn_pdf, facts, trials


def test_each_part_is_tried(tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path))
    found = {trial.name.key: trial for trial in trials(wiring.engines(), load_model=False)}
    assert [name for name, trial in found.items() if trial.works and name != "window"] == [
        "pages",
        "picture",
        "Word report",
    ]
    assert not found["model"].works and "models fetch" in found["model"].detail


def test_a_part_that_fails_is_one_line(monkeypatch):
    def refuse(path, password=""):
        raise InputError("{name} is damaged.", "Download it again.")

    def crash(path):
        raise ValueError("what nobody foresaw")

    broken = replace(wiring.engines(), open_document=refuse, load_picture=crash)
    found = {trial.name.key: trial for trial in trials(broken, load_model=False)}
    assert not found["pages"].works and not found["picture"].works and found["Word report"].works
    assert "Download it again." in found["pages"].said and "ValueError" in found["picture"].said


def test_a_fence_that_cannot_be_tried_is_one_line(monkeypatch):
    def refuse(*args, **more):
        raise RuntimeError("no process can be started")

    monkeypatch.setattr(self_test.RemoteWork, "run", refuse)
    (only,) = self_test.fence()
    assert not only.works and "no process can be started" in only.said


def test_the_drawn_page_is_a_whole_pdf():
    import pymupdf

    with pymupdf.open(stream=drawn_pdf(DRAWN), filetype="pdf") as document:
        assert not document.is_repaired
        assert document[0].get_text().split() == [DRAWN]


def test_facts_name_versions_and_folders():
    said = [str(fact) for fact in facts()]
    assert (
        said[0].startswith("CiteGrid ")
        and any("PyMuPDF" in one for one in said)
        and any("  log: " in one for one in said)
    )
