"""What an update tells: which files were read, found again, skipped and why, in the reader's language."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from docx import Document

from citegrid import wiring
from citegrid.core.errors import InputError
from citegrid.core.messages import Message, say
from citegrid.pipeline.library.ingest import IngestReport, ingest
from citegrid.store.library_index import LibraryIndex

SAMPLE_PICTURE = Path(__file__).resolve().parents[3] / "resources" / "sample" / "table-en.png"
TEXT = "# Counting worms\n\nBy Ann Lee\n\nThe worms were counted twice in every field of the valley.\n"


@pytest.fixture
def index(tmp_path):
    made = LibraryIndex(tmp_path / "library.sqlite")
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    (made / "worms.md").write_text(TEXT)
    (made / "broken.docx").write_bytes(b"PK\x03\x04 and nothing more")
    (made / "~$worms.md").write_text("a lock file")
    (made / "picture.png").write_bytes(b"no text")
    return made


def update(index: LibraryIndex, folder: Path) -> IngestReport:
    return ingest(index, [folder], wiring.engines().open_document, None)


def test_files_are_read_once_and_known_by_their_bytes(index, folder):
    assert update(index, folder).read == 1
    again = update(index, folder)
    assert (again.read, again.unchanged, len(again.faults)) == (0, 2, 1)
    (folder / "worms.md").rename(folder / "moved.md")
    moved = update(index, folder)
    assert (moved.read, moved.moved, moved.gone) == (0, 1, 1)


def test_why_a_file_is_skipped_is_said_in_the_readers_language(index, folder):
    (told,) = update(index, folder).faults
    (kept,) = [file.fault for file in index.files([folder]) if file.fault]
    assert told == kept == "broken.docx is broken. Open it in a word processor and save it as .docx."
    assert say(kept, "zh") == "broken.docx 已损坏。请用文字处理软件打开并另存为 .docx。"


def test_an_index_of_before_holds_whole_sentences(index, folder, tmp_path):
    update(index, folder)
    with sqlite3.connect(tmp_path / "library.sqlite") as before:
        before.execute("UPDATE files SET fault = 'broken.docx is broken.' WHERE fault LIKE '%broken%'")
    before.close()
    assert "broken.docx is broken." in [file.fault for file in index.files([folder])]


def test_a_folder_that_is_gone_is_an_error_with_its_name(index, tmp_path):
    with pytest.raises(InputError) as caught:
        update(index, tmp_path / "nowhere")
    assert isinstance(caught.value.sentence, Message)
    assert caught.value.said("zh") == "nowhere 已不在原处。请重新选择背景文献所在的文件夹。"


def test_what_of_a_file_was_not_read_is_told_once_it_is_read_and_kept(index, tmp_path):
    document = Document()
    document.add_paragraph("Worms were counted twice in every field of the valley, as the picture shows.")
    document.add_picture(str(SAMPLE_PICTURE))
    document.save(str(tmp_path / "pictured.docx"))
    done = update(index, tmp_path)
    assert (done.read, done.faults) == (1, ())
    assert done.notes == ("pictured.docx: not read are pictures (1).",)
    (kept,) = index.files([tmp_path])
    assert kept.fault == done.notes[0]
    assert not kept.skipped
    again = update(index, tmp_path)
    assert (again.unchanged, again.notes, again.faults) == (1, done.notes, ())
