"""The log is bounded, the person's alone, and holds nothing but keys of ours, numbers and short plain words."""

from __future__ import annotations

import os
import stat

import pytest

from citegrid.core.messages import Message
from citegrid.store import activity_log
from citegrid.store.activity_log import ActivityLog


@pytest.fixture
def log(tmp_path):
    return ActivityLog(tmp_path / "state")


def test_a_line_says_what_was_done_and_how_much(log):
    log.note("done", Message("Checking your text"), seconds=1.234, pages=12, paper1=".pdf:0123456789ab")
    (line,) = log.tail()
    assert line.endswith('done "Checking your text" seconds=1.23 pages=12 paper1=.pdf:0123456789ab')


def test_what_fills_a_sentence_is_left_out(log):
    log.note("error", Message("{name} is damaged.", name="My secret paper.pdf"), kind="InputError")
    log.note("error", "a sentence that nobody of us wrote", kind="ValueError: my secret", place="/home/me/My secret.py")
    text = "\n".join(log.tail())
    assert '"{name} is damaged."' in text and "kind=InputError" in text
    assert "secret" not in text and "nobody" not in text


def test_it_stays_small_and_its_newest_lines_come_last(log, monkeypatch):
    monkeypatch.setattr(activity_log, "BYTES", 400)
    for n in range(60):
        log.note("done", count=n)
    kept = sorted(log.path.parent.iterdir())
    assert [path.name for path in kept] == ["citegrid.log", "citegrid.log.1", "citegrid.log.2"]
    assert all(path.stat().st_size <= 400 for path in kept)
    assert log.tail(3)[-1].endswith("count=59") and len(log.tail(3)) == 3


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_it_is_for_the_person_alone(log):
    log.note("done")
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.path.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_it_follows_no_link_and_complains_to_nobody(log, tmp_path, capsys):
    other = tmp_path / "other.txt"
    other.write_text("theirs", "utf-8")
    log.path.parent.mkdir()
    log.path.symlink_to(other)
    log.note("done")
    assert other.read_text("utf-8") == "theirs"
    assert capsys.readouterr() == ("", "")
