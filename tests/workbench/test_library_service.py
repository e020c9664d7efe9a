"""The kept library: updates by hash, moves, cancel and resume, search in Chinese and English."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
from pathlib import Path

import pymupdf
import pytest
from tests.library_samples import SAMPLES, Section, write

from citegrid import wiring
from citegrid.core.errors import Cancelled, SourceLost, StorageError
from citegrid.core.language.terms import asked_terms, terms_of
from citegrid.core.library import Hit
from citegrid.core.project import SourceFile
from citegrid.pipeline.library.ingest import IngestReport, ingest
from citegrid.ports import NEVER, Flag
from citegrid.store.library_index import VERSION, LibraryIndex
from citegrid.workbench.library.service import LibraryService


@pytest.fixture
def shelf(tmp_path):
    made = LibraryIndex(tmp_path / "cache" / "library.sqlite")
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path) -> Path:
    write(tmp_path / "library")
    return tmp_path / "library"


def stock(shelf: LibraryIndex, folder: Path, **more: object) -> IngestReport:
    return ingest(shelf, [folder], wiring.engines().open_document, None, **more)  # type: ignore[arg-type]


def holds(hit: Hit, section: Section) -> bool:
    return "".join(section.text.split()) in "".join(hit.chunk.text.split())


def test_chinese_is_indexed_in_pairs_and_questions_lose_their_asking_words():
    assert terms_of("注意力机制 BERT-2") == ["注意", "意力", "力机", "机制", "bert", "2"]
    assert asked_terms("What is the cooling of parks?") == ["cooling", "parks"]
    assert asked_terms("公园的降温是多少？") == ["公园", "降温"]


def test_every_question_in_the_documents_own_language_finds_its_chunk(shelf, folder):
    assert stock(shelf, folder) == IngestReport(read=len(SAMPLES))
    asked = [(s.own, s) for sample in SAMPLES for s in sample.sections]
    found = [any(holds(h, s) for h in shelf.find(asked_terms(q), [folder], 5)) for q, s in asked]
    assert sum(found) >= 0.95 * len(asked)


def test_only_what_changed_is_read_again(shelf, folder):
    stock(shelf, folder)
    assert stock(shelf, folder) == IngestReport(unchanged=len(SAMPLES))
    before = shelf.documents([folder])
    (folder / "inner").mkdir()
    (folder / "heat.md").rename(folder / "inner" / "trees and heat.md")
    (folder / "tutor.txt").unlink()
    (folder / "sleep.txt").write_text("Naps\n\nA whole new text about dormice that hibernate in hollow oaks.\n")
    assert stock(shelf, folder) == IngestReport(read=1, moved=1, unchanged=len(SAMPLES) - 3, gone=2)
    after = shelf.documents([folder])
    kept = {d.sha256 for d in before if d.name not in ("tutor.txt", "sleep.txt")}
    assert {d.sha256 for d in after} > kept
    assert len(after) == len(SAMPLES) - 1
    assert [h.title for h in shelf.find(["dormice"], [folder], 5)] == ["Naps"]
    assert shelf.find(["spindles"], [folder], 5) == []
    assert shelf.find(asked_terms("hippocampus fractions"), [folder], 5) == []


def test_a_library_that_moved_as_a_whole_is_not_read_again(shelf, folder, tmp_path):
    stock(shelf, folder)
    shutil.copytree(folder, tmp_path / "elsewhere")
    assert stock(shelf, tmp_path / "elsewhere") == IngestReport(moved=len(SAMPLES))
    assert len(shelf.documents([folder, tmp_path / "elsewhere"])) == len(SAMPLES)


def test_a_touched_file_keeps_its_document(shelf, folder):
    stock(shelf, folder)
    before = [(d.sha256, d.title) for d in shelf.documents([folder])]
    os.utime(folder / "heat.md", ns=(1, 1))
    assert stock(shelf, folder).moved == 1
    assert [(d.sha256, d.title) for d in shelf.documents([folder])] == before


def test_a_stop_keeps_what_was_read_and_the_next_update_goes_on(shelf, folder):
    flag = Flag()

    class Stop:
        def report(self, phase: str, done: int, total: int, detail: str = "") -> None:
            if done == 5:
                flag.set()

    with pytest.raises(Cancelled):
        stock(shelf, folder, progress=Stop(), cancel=flag)
    kept = len(shelf.documents([folder]))
    assert 0 < kept < len(SAMPLES)
    assert stock(shelf, folder, cancel=NEVER) == IngestReport(read=len(SAMPLES) - kept, unchanged=kept)


def test_skipped_files_have_a_sentence_and_do_not_stop_the_others(shelf, folder):
    (folder / "empty.pdf").touch()
    (folder / "broken.docx").write_bytes(b"PK and nothing more")
    locked = pymupdf.open()
    locked.new_page().insert_text((50, 50), "A secret letter.")
    locked.save(folder / "locked.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    done = stock(shelf, folder)
    assert done.read == len(SAMPLES)
    assert len(done.faults) == 3
    assert "locked.pdf is encrypted. Save a copy without its password." in done.faults
    assert {f.path.rsplit(os.sep, 1)[1]: bool(f.fault) for f in shelf.files([folder])}["empty.pdf"]
    assert stock(shelf, folder).faults == done.faults


def test_a_changed_document_keeps_its_title(shelf, tmp_path):
    for words in ("first", "second"):
        (tmp_path / "report.md").write_text(f"# Report\n\nThe {words} report has words of its own in it.\n")
        assert stock(shelf, tmp_path).read == 1
    assert [d.title for d in shelf.documents([tmp_path])] == ["Report"]
    assert shelf.find(["first"], [tmp_path], 5) == []


def test_two_documents_of_one_title_are_told_apart(shelf, tmp_path):
    for name in ("first", "second"):
        (tmp_path / f"{name}.md").write_text(f"# Report\n\nThe {name} report has words of its own in it.\n")
    stock(shelf, tmp_path)
    assert sorted(d.title for d in shelf.documents([tmp_path])) == ["Report", "Report (second)"]


def test_a_search_sees_only_its_own_folders(shelf, folder, tmp_path):
    stock(shelf, folder)
    assert shelf.find(["spindles"], [folder], 5)
    assert shelf.find(["spindles"], [tmp_path / "other"], 5) == []
    assert shelf.find(['"quoted" OR', "near("], [folder], 5) == []


def test_a_damaged_index_is_made_again(tmp_path):
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"this is no database " * 100)
    shelf = LibraryIndex(path)
    assert shelf.documents([tmp_path]) == []
    shelf.close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    shelf = LibraryIndex(path)
    assert shelf.files([tmp_path]) == []
    shelf.close()


def test_a_library_read_in_another_process_is_the_same_and_this_one_sees_it(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    engines = wiring.caged_engines()
    try:
        assert engines.update_library is not None
        here = LibraryService(engines.open_document, None, engines.update_library)
        assert here.files([folder]) == []
        elsewhere = here.update([folder])
        assert elsewhere.read == len(here.files([folder])) > 0
        known = LibraryIndex(tmp_path / "compared" / "library.sqlite")
        assert stock(known, folder) == elsewhere
        assert here.index.documents([folder]) == known.documents([folder])
        assert here.update([folder]).read == 0
        known.close()
        here.close()
    finally:
        engines.close()


def test_an_index_that_another_process_holds_is_not_thrown_away(shelf, folder, tmp_path, monkeypatch):
    stock(shelf, folder)
    path = tmp_path / "cache" / "library.sqlite"
    held = shelf.files([folder])

    def locked(self):
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(LibraryIndex, "_open", locked)
    with pytest.raises(StorageError, match="locked"):
        LibraryIndex(path)
    monkeypatch.undo()
    again = LibraryIndex(path)
    assert again.files([folder]) == held != []
    again.close()


def test_two_that_make_the_index_at_once_make_one(tmp_path):
    path = tmp_path / "library.sqlite"
    first, second = (sqlite3.connect(path, isolation_level=None) for _ in range(2))
    assert [LibraryIndex._made(db) for db in (first, second)] == [VERSION, VERSION]
    for db in (first, second):
        db.close()
    index = LibraryIndex(path)
    assert index.files([tmp_path]) == []
    index.close()


@pytest.fixture
def service(tmp_path, monkeypatch):
    """A service whose index knows nothing yet."""
    monkeypatch.setenv("CITEGRID_DATA", str(tmp_path / "data"))
    made = LibraryService(wiring.engines().open_document, None)
    yield made
    made.close()


def source(service: LibraryService, folder: Path) -> SourceFile:
    """The folder as another computer's project names it: read there, and unknown here."""
    service.update([folder])
    made = service.sources_of([folder])[folder]
    service.index.forget([file.path for file in service.files([folder])])
    assert made.sha256
    return made


def test_a_folder_of_another_computer_is_read_only_where_it_holds_the_same_documents(service, folder, tmp_path):
    file = source(service, folder)
    assert service.home_of(file, None) == folder
    (folder / "foreign.txt").write_text("Storks\n\nA letter that has nothing to do with it.\n")
    with pytest.raises(SourceLost) as lost:
        service.home_of(file, None)
    assert lost.value.place == str(folder)
    assert pickle.loads(pickle.dumps(lost.value)).place == str(folder)


def test_a_folder_that_this_computer_reads_may_change(service, folder):
    service.update([folder])
    file = service.sources_of([folder])[folder]
    (folder / "more.txt").write_text("Storks\n\nA new text.\n")
    assert service.home_of(file, None) == folder


def test_a_folder_that_moved_with_its_project_is_found_by_its_documents(service, folder, tmp_path):
    file = source(service, folder)
    elsewhere = tmp_path / "desk" / "library"
    elsewhere.parent.mkdir()
    folder.rename(elsewhere)
    assert service.home_of(file, tmp_path / "desk" / "project") == elsewhere
    with pytest.raises(SourceLost):
        service.home_of(file, tmp_path / "attic" / "project")
