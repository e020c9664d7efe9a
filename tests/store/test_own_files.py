"""What belongs to the person alone: private, no link followed, nothing left behind, whatever the clock says."""

from __future__ import annotations

import os
import stat
import sys
import time

import pytest
from tests.store.test_project_saver import CELL, TABLE, with_cell

from citegrid.cli.progress import Loop
from citegrid.core.project import Project
from citegrid.ports import OcrLine, Pixels
from citegrid.store import cell_notes, files, own_files, project_folder
from citegrid.store.library_index import LibraryIndex
from citegrid.store.locking import take
from citegrid.store.ocr_cache import CachedOcr
from citegrid.store.project_saver import Saver

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and permissions of POSIX")


class NoOcr:
    workers = 1

    def read(self, picture, *, cancel=None):
        return [OcrLine("words", ((0, 0), (1, 0), (1, 1), (0, 1)), 0.9)]


def mode(path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture
def foreign(tmp_path):
    """A folder with another program's files, named as ours are."""
    folder = tmp_path / "foreign"
    folder.mkdir()
    for name in ("1.json", "2.json", "project.json", ".lock", "notes.json"):
        (folder / name).write_text("precious", "utf-8")
    return folder


def untouched(folder) -> bool:
    return all(path.read_text("utf-8") == "precious" for path in folder.iterdir()) and len(list(folder.iterdir())) == 5


def test_a_folder_of_notes_that_is_a_link_is_not_followed(tmp_path, foreign):
    project = tmp_path / "project"
    project.mkdir()
    (project / cell_notes.FOLDER).symlink_to(foreign)
    cell_notes.forget(project, 10**18)
    assert cell_notes.replayed(project, Project(table=TABLE), 0) == Project(table=TABLE)
    cell_notes.note(project, 3, "r1", with_cell(Project(table=TABLE), "new").table.rows[0].cells[0])
    assert untouched(foreign)
    assert cell_notes.newest(project) == 3


def test_no_file_of_a_project_is_written_through_a_link(tmp_path, foreign):
    project = tmp_path / "project"
    project.mkdir()
    (project / ".lock").symlink_to(foreign / ".lock")
    (project / ".lock.owner.json").symlink_to(foreign / "notes.json")
    (project / "project.json").symlink_to(foreign / "project.json")
    held = take(project / ".lock")
    project_folder.save(project, Project(table=TABLE))
    held.release()
    assert untouched(foreign)
    assert project_folder.load(project).table == TABLE


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / ".lock.owner.json")
    held = take(tmp_path / ".lock")
    assert held is not None
    assert take(tmp_path / ".lock") is None
    held.release()


def test_a_full_cache_drops_none_but_its_own_files(tmp_path):
    (tmp_path / "notes.json").write_text("precious", "utf-8")
    ocr = CachedOcr(NoOcr(), tmp_path, "1", most_bytes=1)
    ocr.read(Pixels(1, 1, b"\0\0\0"))
    assert [path.name for path in tmp_path.iterdir()] == ["notes.json"]


def test_what_holds_the_text_of_papers_is_for_its_owner_alone(tmp_path):
    before = os.umask(0o022)
    try:
        CachedOcr(NoOcr(), tmp_path / "cache" / "ocr", "1").read(Pixels(1, 1, b"\0\0\0"))
        LibraryIndex(tmp_path / "data" / "library.sqlite").close()
        project = tmp_path / "project"
        project.mkdir()
        project_folder.save(project, Project(table=TABLE))
        cell_notes.note(project, 1, "r1", TABLE.rows[0].cells[0])
        files.write_atomically(tmp_path / "report.md", b"for others, too")
    finally:
        os.umask(before)
    made = [
        p for name in ("cache", "data", "project/.cells") for p in ((tmp_path / name), *(tmp_path / name).rglob("*"))
    ]
    assert {mode(p) for p in made if p.is_dir()} == {0o700}
    assert {mode(p) for p in made if p.is_file()} | {mode(project / "project.json")} == {0o600}
    assert mode(tmp_path / "report.md") == 0o644
    (project / "project.json").chmod(0o640)  # the person shares it
    project_folder.save(project, Project(table=TABLE))
    assert mode(project / "project.json") == 0o640


def test_a_cache_that_others_could_read_is_closed_to_them(tmp_path):
    (tmp_path / "ocr").mkdir(mode=0o755)
    own_files.private_folder(tmp_path / "ocr")
    assert mode(tmp_path / "ocr") == 0o700


def test_what_killed_programs_left_goes_and_nothing_else(tmp_path):
    old, now = time.time() - 120, time.time()
    kept = {
        f".citegrid-{os.getpid()}-aa.tmp": old,  # a program that runs is writing it
        ".citegrid-4194304999-bb.tmp": now,  # too young
        "report.tmp": old,
        ".citegrid-notes.json": old,
    }
    gone = {".citegrid-999999999-cc.tmp": old, ".citegrid-0123456789ab.tmp": now - 7200}
    for name, then in (kept | gone).items():
        (tmp_path / name).write_text("x", "utf-8")
        os.utime(tmp_path / name, (then, then))
    (tmp_path / ".citegrid-999999998-dd.tmp").symlink_to(tmp_path / "report.tmp")
    files.write_atomically(tmp_path / "new.json", b"{}")
    assert {p.name for p in tmp_path.iterdir()} == {*kept, "new.json", ".citegrid-999999998-dd.tmp"}
    assert (tmp_path / "report.tmp").read_text("utf-8") == "x"


def test_a_clock_that_was_set_back_loses_no_cell(tmp_path, monkeypatch):
    """The first program runs in 2030, and the second, which is killed before it saves, in 2020."""
    loop, project = Loop(), Project(table=TABLE)
    for year, text in ((60, "first"), (50, "second")):
        monkeypatch.setattr(time, "time_ns", lambda year=year: year * 365 * 86_400 * 10**9)
        saver = Saver(loop.post, lambda job: None)
        if year == 50:
            saver.go_on_after(max(project_folder.load_numbered(tmp_path)[1], cell_notes.newest(tmp_path)))
            monkeypatch.setattr(project_folder, "save", lambda *given: None)
            monkeypatch.setattr(cell_notes, "forget", lambda *given: None)
        saver.put(tmp_path, with_cell(project, text), CELL)
        saver.flush()
        saver.close()
        monkeypatch.undo() if year == 60 else None
    assert project_folder.load(tmp_path).table.rows[0].cells[0].text == "second"


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_what_is_written_is_on_the_disk_before_it_takes_its_place(tmp_path, monkeypatch, step):
    """The order that survives a power cut: bytes, their flush, the rename, the flush of the folder."""
    done: list[str] = []
    real_fsync, real_replace = os.fsync, type(tmp_path).replace

    def fsync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else f"file of {os.fstat(handle).st_size}")
        if step == "fsync" and "file" in done[-1]:
            raise OSError(28, "No space left on device")
        real_fsync(handle)

    def replace(path, target):
        done.append("rename")
        if step == "replace":
            raise OSError(30, "Read-only file system")
        return real_replace(path, target)

    files.write_atomically(tmp_path / "a.json", b"old")
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(type(tmp_path), "replace", replace)
    if step == "write":
        files.write_atomically(tmp_path / "a.json", b"newer")
        assert done == ["file of 5", "rename", "folder"]
    else:
        with pytest.raises(files.StorageError, match=r"a\.json cannot be written: the disk is (full|read-only)"):
            files.write_atomically(tmp_path / "a.json", b"newer")
        assert (tmp_path / "a.json").read_bytes() == b"old"
        assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
