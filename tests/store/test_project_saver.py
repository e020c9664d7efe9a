"""The project is written beside its owner's thread: the newest state, every cell noted at once, failures heard of."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from citegrid import __version__
from citegrid.cli.progress import Loop
from citegrid.core.errors import InternalError, StorageError
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.project import Changed, Part, Project, SetCell, SourceFile, apply
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence, Unit
from citegrid.core.serialisation.result import to_json
from citegrid.core.table import Cell, Column, Row, Status, Table
from citegrid.store import cell_notes, project_folder
from citegrid.store import project_saver as saving
from citegrid.store.project_saver import Saver

CELL = Changed(frozenset({Part.CELL}), (("r1", "A"),))
TABLE = Table((Column("A"), Column("B")), (Row(Work(WorkKind.REFERENCE, "r1", "One"), (Cell("A"), Cell("B"))),))


def with_cell(project: Project, text: str) -> Project:
    return apply(project, SetCell("r1", Cell("A", text, Status.SUPPORTED), by_person=True))[0]


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def heard() -> list:
    return []


@pytest.fixture
def saver(loop, heard):
    made = Saver(loop.post, heard.append)
    yield made
    made.close()


class Gate:
    """Holds the writing thread inside ``project_folder.save`` until it is opened; counts what it wrote."""

    def __init__(self, monkeypatch) -> None:
        self.open, self.inside = threading.Event(), threading.Event()
        self.written: list[Project] = []
        self.fault: Exception | None = None
        real = project_folder.save

        def save(folder: Path, project: Project, noted: int = 0, rows: object = None) -> None:
            self.inside.set()
            assert self.open.wait(10)
            if self.fault is not None:
                raise self.fault
            real(folder, project, noted)
            self.written.append(project)

        monkeypatch.setattr(project_folder, "save", save)


def test_putting_returns_at_once_and_of_what_waits_only_the_newest_is_written(saver, tmp_path, monkeypatch):
    gate = Gate(monkeypatch)
    saver.put(tmp_path, Project(query="1"))
    assert gate.inside.wait(10)
    for number in range(2, 50):
        saver.put(tmp_path, Project(query=str(number)))
    assert saver.busy
    gate.open.set()
    saver.flush()
    assert not saver.busy
    assert [p.query for p in gate.written] == ["1", "49"]
    assert project_folder.load(tmp_path).query == "49"


def test_a_cell_is_on_the_disk_before_the_project_that_holds_it(saver, tmp_path, monkeypatch):
    project = Project(table=TABLE)
    project_folder.save(tmp_path, project)
    gate = Gate(monkeypatch)
    saver.put(tmp_path, with_cell(project, "first"), CELL)
    saver.put(tmp_path, with_cell(project, "second"), CELL)
    assert gate.inside.wait(10)
    cell = project_folder.load(tmp_path).table.rows[0].cells[0]  # as a program killed now would find it
    assert (cell.text, cell.status) == ("second", Status.SUPPORTED)
    gate.open.set()
    saver.flush()
    assert project_folder.load(tmp_path).table.rows[0].cells[0].text == "second"
    assert not list((tmp_path / cell_notes.FOLDER).iterdir()), "what the project holds needs no note"


def test_notes_that_the_project_holds_already_bring_nothing_back(saver, tmp_path, monkeypatch):
    """Killed between writing the project and dropping its notes, with the cell emptied in between."""
    monkeypatch.setattr(cell_notes, "forget", lambda folder, number: None)
    project = Project(table=TABLE)
    saver.put(tmp_path, with_cell(project, "old"), CELL)
    saver.put(tmp_path, project, Changed(frozenset({Part.ROWS})))
    saver.flush()
    assert list((tmp_path / cell_notes.FOLDER).iterdir())
    assert project_folder.load(tmp_path) == project


def test_a_half_written_note_and_one_of_a_row_that_is_gone_are_passed_over(tmp_path):
    project = Project(table=TABLE)
    project_folder.save(tmp_path, project, 5)
    cell_notes.note(tmp_path, 6, "r9", Cell("A", "nobody's"))
    cell_notes.note(tmp_path, 7, "r1", Cell("A", "kept", Status.SUPPORTED))
    note = tmp_path / cell_notes.FOLDER / "8.json"
    note.write_text((note.with_name("7.json")).read_text("utf-8").replace("kept", "torn")[:-9], "utf-8")
    assert project_folder.load(tmp_path).table.rows[0].cells[0].text == "kept"


def test_a_note_is_the_cell_it_was_made_from(tmp_path):
    cell = Cell("B", "十分之一\ud800", Status.UNSUPPORTED, reason="no", searched=(1, 4), draft="other", note="n")
    project = Project(table=TABLE)
    project_folder.save(tmp_path, project)
    cell_notes.note(tmp_path, 1, "r1", cell)
    assert project_folder.load(tmp_path).table.rows[0].cells[1] == replace(cell, text="十分之一?")


def test_a_failure_is_heard_once_and_flush_raises_it_until_it_can_be_written(saver, loop, heard, tmp_path, monkeypatch):
    gate = Gate(monkeypatch)
    gate.open.set()
    gate.fault = StorageError("The disk is full.", "Make room.")
    for number in range(3):
        saver.put(tmp_path, Project(query=str(number)))
        with pytest.raises(StorageError, match="full"):
            saver.flush()
    loop.drain()
    assert [job.error for job in heard] == [gate.fault]
    gate.fault = None
    saver.put(tmp_path, Project(query="at last"))
    saver.flush()
    gate.fault = StorageError("The disk is full.", "Make room.")
    saver.put(tmp_path, Project())
    with pytest.raises(StorageError):
        saver.flush()
    loop.drain()
    assert len(heard) == 2, "a new failure is news"


def test_a_fault_of_ours_is_heard_as_one(saver, loop, heard, tmp_path, monkeypatch):
    gate = Gate(monkeypatch)
    gate.open.set()
    gate.fault = TypeError("what is this")
    saver.put(tmp_path, Project())
    with pytest.raises(InternalError):
        saver.flush()
    loop.drain()
    assert isinstance(heard[0].error, InternalError)


def test_while_only_cells_arrive_a_large_project_is_written_less_often(saver, tmp_path, monkeypatch):
    written: list[float] = []

    def slow(folder: Path, project: Project, noted: int = 0, rows: object = None) -> None:
        time.sleep(0.05)
        written.append(time.monotonic())

    monkeypatch.setattr(project_folder, "save", slow)
    monkeypatch.setattr(saving, "REST", 200.0)  # ten seconds
    project = Project(table=TABLE)
    saver.put(tmp_path, project)
    saver.flush()
    end = time.monotonic() + 0.6
    while time.monotonic() < end:
        saver.put(tmp_path, with_cell(project, str(time.monotonic())), CELL)
        time.sleep(0.01)
    assert len(written) <= 2
    began = time.monotonic()
    saver.put(tmp_path, project, Changed(frozenset({Part.QUERY})))
    saver.flush()
    assert time.monotonic() - began < 5, "what is not noted does not wait for the rest"


def test_the_file_says_which_notes_it_holds(saver, tmp_path):
    saver.put(tmp_path, with_cell(Project(table=TABLE), "x"), CELL)
    saver.flush()
    noted = json.loads((tmp_path / project_folder.FILE).read_text("utf-8"))["noted"]
    saver.put(tmp_path, Project(table=TABLE), CELL)
    saver.flush()
    assert json.loads((tmp_path / project_folder.FILE).read_text("utf-8"))["noted"] > noted > 0


def test_of_a_large_table_only_the_rows_that_changed_are_put_into_words_anew(tmp_path, monkeypatch):
    made: list[str] = []
    real = project_folder.row_to_json
    monkeypatch.setattr(
        project_folder, "row_to_json", lambda row, *said: (made.append(row.work.id), real(row, *said))[1]
    )
    rows = tuple(Row(Work(WorkKind.REFERENCE, f"r{i}", f"Work {i}"), (Cell("A"), Cell("B"))) for i in range(30))
    project, known = Project(table=Table(TABLE.columns, rows)), project_folder.RowTexts()
    project_folder.save(tmp_path, project, rows=known)
    assert len(made) == 30
    made.clear()
    project = with_cell(project, "new")
    project_folder.save(tmp_path, project, rows=known)
    assert made == ["r1"]
    assert project_folder.load(tmp_path) == project
    made.clear()
    first, second = SourceFile("/a.pdf", "a.pdf", "1" * 64), SourceFile("/b.pdf", "b.pdf", "2" * 64)
    project = replace(project, paper=first, also=(second,))  # every citation names its paper's hash from now on
    project_folder.save(tmp_path, project, rows=known)
    assert len(made) == 30


def test_the_file_holds_the_result_as_it_is_given_away(tmp_path):
    quote = Evidence(SourceKind.DOCUMENT, "b.pdf", "words \ud800", Match.EXACT, 3, "iii")
    cells = (Cell("A", "x", Status.SUPPORTED, (quote,)), Cell("B"))
    files = SourceFile("/a.pdf", "a.pdf", "1" * 64), SourceFile("/b.pdf", "b.pdf", "2" * 64)
    review = Review((Sentence("So it is.", Status.SUPPORTED, (quote,)),), 100, Unit.WORDS)
    table = Table(TABLE.columns, (replace(TABLE.rows[0], cells=cells),))
    for table_ in (table, Table(TABLE.columns), Table()):
        project = Project(paper=files[0], also=files[1:], table=table_, review=review)
        project_folder.save(tmp_path, project)
        data = json.loads((tmp_path / project_folder.FILE).read_text("utf-8"))
        assert data["result"] == to_json(project, __version__)
