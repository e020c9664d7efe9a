"""A project file that others have touched: it opens, or is one sentence, and is left as it is."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from citegrid.core.document import Box, PaperDetails
from citegrid.core.errors import InputError
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.glossary import Term
from citegrid.core.messages import Message
from citegrid.core.project import Check, Project, Run, SourceFile
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import AnswerType, Cell, Column, Row, Status, Table, Template
from citegrid.pipeline.export.formats import export
from citegrid.store import cell_notes, project_folder

EVIDENCE = Evidence(SourceKind.DOCUMENT, "paper.pdf", "The words.", Match.FUZZY, 6, "vi", (Box(6, 1.0, 2.0, 3.0, 4.0),))
COLUMN = Column("N", "only adults", AnswerType.NUMBER, (1.0, 2.0, 3.0, 4.0), 0.5, ("12",))
REASON = Message("{a} of {b}", a=Message("the paper"), b=3)
WRONG: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, -(10**4000), 1e308, float("nan"), float("inf"), "", "x", "\x00\ud800\u202e", "x" * 100_000,
    [], [None], [[[]]], {}, {"key": "{a}" * 5000, "values": {"a": "x" * 5000}}, {"key": 3, "values": [1]},
)  # fmt: skip


def whole() -> Project:
    cell = Cell("N", "12", Status.SUPPORTED, (EVIDENCE,), REASON, (6,), near=(EVIDENCE,), doubts=((0, 1),))
    rows = (Row(Work(WorkKind.REFERENCE, "r1", "One", ("Gao, T.",), 2022, 1.5, (REASON,), ("r2",)), (cell,), True),)
    file = SourceFile("/home/someone/paper.pdf", "paper.pdf", "ab" * 32)
    return Project(
        "A query", "en", file, replace(file, name="t.png"), (replace(file, name="b.md"),),
        Template((COLUMN,), (("12",),), 1.5, (REASON,)), Table((COLUMN,), rows),
        Review((Sentence("It is so.", Status.SUPPORTED, (EVIDENCE,), 0, REASON, works=("r1",)),), 900),
        (Check("A check", True, REASON),), Run("m.gguf", "12" * 32, 7, 1, 2, 3, (("read", 1.25),)), 12, 900, 1,
        (replace(file, name="other.pdf", sha256="cd" * 32),), (("other.pdf", 2),), ("a title",),
        (Term("model", "模型"),), (("ab" * 32, PaperDetails("T", ("A",), 2020, "10.1/x")),),
    )  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value within ``value``."""
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in pairs:
        yield from places(part, (*path, key))


def changed(data: Any, path: tuple[Any, ...], value: Any, gone: bool = False) -> Any:
    if not path:
        return value
    data = copy.deepcopy(data)
    at = data
    for key in path[:-1]:
        at = at[key]
    if gone:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return data


def opened(folder: Path, text: str) -> bool:
    """Whether the project opens, and can then be written and exported; False where it is refused with a sentence."""
    file = folder / project_folder.FILE
    file.write_text(text, "utf-8", errors="surrogatepass")
    before = file.read_bytes()
    try:
        project = project_folder.load(folder)
    except InputError as error:
        assert project_folder.FILE in error.sentence
        assert len(error.sentence) < 1000
        assert "\n" not in error.sentence
        return False
    finally:
        assert file.read_bytes() == before
    again = folder / "again"
    again.mkdir(exist_ok=True)
    project_folder.save(again, project)
    project_folder.load(again)
    export(project, ".csv")
    return True


@pytest.fixture(autouse=True)
def _quick_disk(monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Any:
    folder = tmp_path_factory.mktemp("whole")
    project_folder.save(folder, whole())
    return json.loads((folder / project_folder.FILE).read_text("utf-8"))


def test_every_field_of_every_wrong_kind_is_one_sentence_or_opens(tmp_path, data):
    ways = list(places(data))
    assert len(ways) > 150
    outcomes = [opened(tmp_path, json.dumps(changed(data, path, WRONG[n % len(WRONG)]))) for n, path in enumerate(ways)]
    outcomes += [opened(tmp_path, json.dumps(changed(data, path, None, gone=True))) for path in ways[1:]]
    assert {True, False} == set(outcomes)


@pytest.mark.slow
def test_every_field_with_every_wrong_value(tmp_path, data):
    for n, path in enumerate(places(data)):
        for value in WRONG[n % 2 :: 2]:
            opened(tmp_path, json.dumps(changed(data, path, value)))


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "3", "[]", "{}", '{"version": 4}', "[" * 100_000, '{"version": 4, "result": ' + '{"a":' * 50_000,
        '{"version": 4, "version": 99}', "\ufeff{}", '{"version": "4"}', "NaN", '{"version": 1e400}', '"\\ud800"',
    ],
)  # fmt: skip
def test_what_is_no_project_is_one_sentence(tmp_path, text):
    assert not opened(tmp_path, text)


def test_a_row_or_a_column_that_stands_twice_is_one_sentence(tmp_path, data):
    twice = changed(data, ("result", "rows"), data["result"]["rows"] * 2)
    assert not opened(tmp_path, json.dumps(twice))
    columns = changed(data, ("columns",), data["columns"] * 2)
    assert not opened(tmp_path, json.dumps(columns))


def test_bytes_that_are_no_text_are_one_sentence(tmp_path):
    (tmp_path / project_folder.FILE).write_bytes(bytes(range(256)))
    with pytest.raises(InputError, match="cannot be read as a project"):
        project_folder.load(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / project_folder.FILE)
    with pytest.raises(InputError, match="holds no project"):
        project_folder.load(tmp_path)
    (tmp_path / project_folder.FILE).unlink()
    project_folder.save(tmp_path, whole())
    (tmp_path / cell_notes.FOLDER).mkdir()
    os.mkfifo(tmp_path / cell_notes.FOLDER / "99.json")
    (tmp_path / cell_notes.FOLDER / "100.json").symlink_to("/dev/zero")
    assert project_folder.load(tmp_path).table == whole().table
