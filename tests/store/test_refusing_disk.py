"""A disk that is full or read-only at every place where something is written: one sentence, and what lay there stays."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.store.conftest import gguf_bytes
from tests.store.test_own_files import NoOcr
from tests.store.test_project_fuzz import whole

from citegrid.core.errors import StorageError
from citegrid.core.glossary import Term
from citegrid.core.library import IndexedFile
from citegrid.core.table import Column
from citegrid.pipeline.export.formats import export
from citegrid.ports import Pixels
from citegrid.store import cell_notes, checksums, files, glossary, project_folder, templates, written
from citegrid.store.library_index import LibraryIndex
from citegrid.store.model_files import models
from citegrid.store.model_files.writing_tests import WritingTests
from citegrid.store.ocr_cache import CachedOcr

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
LARGE = replace(whole(), query="What is known? " * 2000)


@contextlib.contextmanager
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No file may grow beyond a few bytes, as on a disk with as many left."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextlib.contextmanager
def read_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing can be opened for writing, made, linked or moved."""
    real = os.open

    def refuse(*given: object, **more: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    def opened(path, flags, *rest, **more):
        return refuse() if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) else real(path, flags, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", opened)
        for name in ("mkdir", "replace", "rename", "link"):
            patch.setattr(os, name, refuse)
        yield


def _refuse(*given: object) -> None:
    raise OSError(errno.EXDEV, "Invalid cross-device link")


def index(folder: Path) -> None:
    made = LibraryIndex(folder / "cache" / "library.sqlite")
    try:
        made.note(IndexedFile("x" * 5000, 1, 2, "0" * 64, "", "", 0))
    finally:
        made.close()


#: What writes, and whether a refusal is told: what can be made again, or is noted elsewhere, is only not kept.
WRITERS: dict[str, tuple[Callable[[Path], object], bool]] = {
    "project": (lambda folder: project_folder.save(folder / "project", LARGE), True),
    "note": (lambda folder: cell_notes.note(folder / "project", 9, "r1", whole().table.rows[0].cells[0]), False),
    "report": (lambda folder: files.write_atomically(folder / "report.docx", export(LARGE, ".docx")), True),
    "table": (lambda folder: files.write_atomically(folder / "table.csv", export(LARGE, ".csv") + b"x" * 999), True),
    "ledger": (lambda folder: written.remember(folder / "report.docx", b"x"), False),
    "template": (lambda folder: templates.save("Mine", [Column("x" * 500)]), True),
    "terms": (lambda folder: glossary.save_shared([Term("model " * 99, "模型")]), True),
    "glossary": (lambda folder: glossary.write(folder / "mine.csv", [Term("model " * 99, "模型")]), True),
    "index": (index, True),
    "ocr": (lambda folder: CachedOcr(NoOcr(), folder / "ocr", "1").read(Pixels(1, 1, b"\0\0\0")), False),
    "writing test": (lambda folder: WritingTests(folder).keep("0" * 64, True), False),
    "checksum": (lambda folder: checksums.remember(folder / "model.gguf", "0" * 64), True),
    "model": (lambda folder: models.add(folder / "model.gguf"), True),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder in which everything has been written once, while the disk was willing."""
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(os, "link", _refuse)  # as between two disks: a model is copied
    (tmp_path / "project").mkdir()
    (tmp_path / "model.gguf").write_bytes(gguf_bytes(template="{{ messages }}" * 20))
    project_folder.save(tmp_path / "project", whole())
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("disk", [full, read_only])
@pytest.mark.parametrize("name", WRITERS)
def test_a_disk_that_refuses_is_one_sentence_and_nothing_is_lost(folder, monkeypatch, disk, name):
    write, told = WRITERS[name]
    before = content(folder)
    with disk(monkeypatch):
        if told:
            with pytest.raises(StorageError) as caught:
                write(folder)
            assert "\n" not in caught.value.sentence
            assert caught.value.hint
        else:
            write(folder)
    after = content(folder)
    assert {path: after.get(path) for path in before} == before
    left = [path for path in after if path not in before and after[path] and not path.endswith((".json", ".sqlite"))]
    assert left == []
    write(folder)  # and all is well when there is room again
    assert project_folder.load(folder / "project").table
    for path in folder.rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    for path in folder.rglob("*.sqlite"):
        assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
