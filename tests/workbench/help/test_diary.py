"""What was done is noted; no word, name or question of a person's work is, in the log or in a report of a problem."""

from __future__ import annotations

import pytest
from tests.planted import planted_paper
from tests.telling import COLUMNS, QUIET

from citegrid.core.errors import CiteGridError
from citegrid.core.table import Column
from citegrid.store.activity_log import ActivityLog
from citegrid.workbench.help.diary import Diary
from citegrid.workbench.help.problem_report import problem_report

#: Words of names, of the question, of a column, of the paper, and of what the double of the model says.
SECRETS = ("Zanzibar", "Quokka", "Okafor", "Checking Citations", "precision", "作者提出", "Xylophone")


@pytest.fixture
def log(workbench, tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    made = ActivityLog(tmp_path / "state")
    Diary(workbench.session, made)
    return made


def test_a_fill_leaves_no_word_of_it(workbench, loop, tmp_path, log):
    paper = planted_paper(tmp_path / "Zanzibar secret.pdf", "en", ())
    workbench.files.new(tmp_path / "Zanzibar project", "What of the Quokka?", "zh")
    loop.wait(workbench.papers.open(paper), QUIET)
    workbench.table.set_columns([*COLUMNS, Column("Xylophone", instruction="only the Quokka")])
    loop.wait(workbench.fill.start(), QUIET)
    broken = tmp_path / "Zanzibar broken.pdf"
    broken.write_bytes(b"%PDF-1.4 Quokka")
    with pytest.raises(CiteGridError):
        loop.wait(workbench.papers.add(broken), QUIET)
    text = problem_report(["a part: ✓"], log, "en")
    lines = log.tail()
    assert any(" done " in line and "cells=" in line for line in lines)
    assert any(" failed " in line for line in lines) and any("kind=" in line and "at0=" in line for line in lines)
    assert "paper1=.pdf:" in text and "a part: ✓" in text
    assert [word for word in SECRETS if word in text] == []
    assert str(tmp_path) not in text
