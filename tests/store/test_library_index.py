"""What the library's index keeps of a file that could not be read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from citegrid.core.errors import PasswordNeeded
from citegrid.core.library import Shelved
from citegrid.core.messages import Message, say
from citegrid.store.library_index import LibraryIndex


def test_a_fault_is_kept_with_its_key_and_values(tmp_path: Path) -> None:
    fault = PasswordNeeded(Message("{name} is encrypted.", name="a.pdf"), "Save a copy without its password.").whole
    index = LibraryIndex(tmp_path / "library.sqlite")
    index.note(Shelved(str(tmp_path / "a.pdf"), 1, 1, "", fault))
    (kept,) = index.files([tmp_path])
    index.close()
    assert kept.fault == "a.pdf is encrypted. Save a copy without its password."
    assert say(kept.fault, "zh") == "a.pdf 已加密。请另存一份不带密码的副本。"


def test_a_fault_of_an_older_version_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    LibraryIndex(path).close()
    db = sqlite3.connect(path)
    db.execute("INSERT INTO files VALUES (?, 1, 1, '', 'a.pdf is damaged.')", (str(tmp_path / "a.pdf"),))
    db.commit()
    db.close()
    index = LibraryIndex(path)
    assert [file.fault for file in index.files([tmp_path])] == ["a.pdf is damaged."]
    index.close()
