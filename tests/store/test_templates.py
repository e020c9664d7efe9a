"""Saved templates: written whole, read back, and listed even where a file is damaged."""

from __future__ import annotations

import json

import pytest

from citegrid.core.errors import InputError, StorageError, UsageError
from citegrid.core.table import AnswerType, Column
from citegrid.store import paths, templates

COLUMNS = (
    Column("题目", box=(1, 2, 3, 4), confidence=0.5),
    Column("N", "only adults", AnswerType.NUMBER, hints=("12", "40")),
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "templates"


def test_a_template_is_read_back_without_its_place_in_the_picture(home):
    path = templates.save("  Clinical   trials ", COLUMNS)
    assert path == home / "Clinical trials.json"
    assert json.loads(path.read_text("utf-8"))["version"] == 1
    assert templates.load("Clinical trials") == (Column("题目"), COLUMNS[1])
    assert [p.name for p in home.iterdir()] == ["Clinical trials.json"]


def test_saving_again_replaces_it():
    templates.save("A", COLUMNS)
    templates.save("A", COLUMNS[:1])
    assert templates.load("A") == (Column("题目"),)
    assert [t.name for t in templates.saved()] == ["A"]


@pytest.mark.parametrize("name", ["a/b", "..", "a:b?*", "综述 #1", "x" * 300, "CON|", "\ud800"])
def test_any_name_can_be_saved_and_stays_in_the_folder(home, name):
    path = templates.save(name, COLUMNS)
    assert path.parent == home
    assert templates.load(name) == (Column("题目"), COLUMNS[1])


def test_names_that_look_alike_do_not_overwrite_each_other():
    templates.save("a/b", COLUMNS)
    templates.save("a:b", COLUMNS[:1])
    templates.save("a b", COLUMNS[1:])
    assert sorted(t.name for t in templates.saved()) == ["a b", "a/b", "a:b"]


def test_nothing_is_saved_without_name_or_columns():
    for name, columns in ((" ", COLUMNS), ("A", ()), ("A", (Column("x"), Column("x")))):
        with pytest.raises(UsageError):
            templates.save(name, columns)


def test_a_missing_template_names_those_that_are_there():
    assert templates.saved() == ()
    templates.save("Trials", COLUMNS)
    with pytest.raises(InputError, match="Trials"):
        templates.load("Other")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "no template"),
        (b"\xff\xfe{", "no template"),
        (b'{"version": 1, "columns": [{"na', "no template"),
        (b"[]", "object"),
        (b"{}", "version"),
        (b'{"version": 9, "columns": []}', "newer"),
        (b'{"version": 1, "name": "x", "columns": []}', "empty"),
        (b'{"version": 1, "name": "x", "columns": [{"name": "A"}, {"name": "A"}]}', "double"),
        (b'{"version": 1, "name": "x", "columns": [{"name": "A", "answer_type": "colour"}]}', "answer_type"),
        (b'{"version": 1, "name": "x", "columns": [{"name": "A", "box": [1]}]}', "box"),
        (b'{"version": 1, "name": 5, "columns": [{"name": "A"}]}', "name"),
        (b"[" * 100_000, "no template"),
    ],
)
def test_a_damaged_file_is_listed_with_its_fault_and_refused(home, content, word):
    home.mkdir(parents=True)
    (home / "bad.json").write_bytes(content)
    templates.save("Good", COLUMNS)
    bad = next(t for t in templates.saved() if t.name == "bad")
    assert word in bad.fault
    with pytest.raises(InputError) as told:
        templates.load("bad")
    assert "bad.json" in told.value.sentence
    assert told.value.hint
    assert len(templates.saved()) == 2


def test_a_template_of_before_hints_is_read(home):
    home.mkdir(parents=True)
    old = {"version": 1, "name": "old", "columns": [{"name": "A", "instruction": "i", "answer_type": "year"}]}
    (home / "old.json").write_text(json.dumps(old), "utf-8")
    assert templates.load("old") == (Column("A", "i", AnswerType.YEAR),)


def test_a_folder_that_cannot_be_made_is_one_sentence():
    paths.data_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.data_folder().write_text("a file")
    with pytest.raises(StorageError):
        templates.save("A", COLUMNS)
    assert templates.saved() == ()
