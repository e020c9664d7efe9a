"""A project where nothing can be written is read there, and kept elsewhere once something changes."""

from __future__ import annotations

import errno

import pytest
from tests.doubles.drawn_engines import DrawnEngines
from tests.store.test_project_saver import TABLE

from citegrid.core.project import Project
from citegrid.core.table import Verdict
from citegrid.store import locking, project_folder
from citegrid.store.files import storage_error
from citegrid.workbench.workbench import Workbench


@pytest.fixture
def read_only(tmp_path, monkeypatch):
    """A project on a read-only disk, and a place beside it where one can write."""
    folder = tmp_path / "on a DVD"
    folder.mkdir()
    project_folder.save(folder, Project("What is known?", table=TABLE))

    def refuse(path):
        if path.parent == folder:
            raise storage_error(path, OSError(errno.EROFS, "Read-only file system"))
        return locking.take(path)

    monkeypatch.setattr(project_folder, "take", refuse)
    return folder


def test_it_opens_for_reading_and_a_copy_is_kept_elsewhere(read_only, tmp_path):
    before = sorted((p.name, p.read_bytes()) for p in read_only.iterdir())
    bench = Workbench(DrawnEngines().engines())
    try:
        bench.files.open(read_only)
        assert bench.project.table == TABLE
        assert bench.files.read_only == read_only
        assert bench.folder is None
        assert bench.files.is_as_opened
        bench.cells.judge("r1", "A", Verdict.ACCEPTED)
        assert not bench.files.is_as_opened
        bench.files.settle(tmp_path / "copy")
        assert bench.files.read_only is None
        bench.files.close()
    finally:
        bench.close()
    assert sorted((p.name, p.read_bytes()) for p in read_only.iterdir()) == before
    assert project_folder.load(tmp_path / "copy").table.rows[0].cells[0].verdict is Verdict.ACCEPTED
