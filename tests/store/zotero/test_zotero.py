"""Zotero through its local API and from a copy of its database: the same works, files and collections; and every way it fails."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from tests.doubles.zotero import ZoteroData, serving

from citegrid.core.errors import Cancelled, ManagerClosed
from citegrid.core.holdings import Holdings
from citegrid.ports import Flag
from citegrid.store.zotero import api, database
from citegrid.store.zotero.api import ZoteroApi, local_path
from citegrid.store.zotero.database import ZoteroDatabase
from citegrid.store.zotero.manager import Zotero, is_of_zotero
from citegrid.store.zotero.profile import PORT, profile_of_user


def told(holdings: Holdings) -> list[tuple[object, ...]]:
    """What is known of each work, without the manager's own keys of collections."""
    return sorted((i.key, i.title, i.authors, i.year, i.doi, i.arxiv, i.files, i.file_keys) for i in holdings.items)


def digest(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_api_and_the_database_tell_the_same(data: ZoteroData) -> None:
    copied = Zotero(home=data.home).holdings()  # nothing answers at the port
    with serving(data):
        asked = Zotero(home=data.home).holdings()
    assert told(asked) == told(copied)
    assert (asked.copied, copied.copied) == (False, True)
    assert copied.why.startswith("Zotero does not run")
    by_key = {item.key: item for item in asked.items}
    gao, wang = by_key["IAAAA001"], by_key["IAAAA002"]
    assert (gao.authors, gao.year, gao.doi) == (("Gao, Tianyu", "Yen, Howard"), 2023, "10.1/Ab")
    assert gao.files == (str(data.data / "storage" / "FAAAA001" / "Gao 2023 # citations.pdf"),)
    assert (wang.authors, wang.arxiv, wang.files) == (
        ("王明",),
        "2103.00001 [cs]",
        (str(Path(data.linked) / "sub/wang.pdf"),),
    )
    assert by_key["IAAAA003"].files == ()  # it lies in the web
    assert "IAAAA004" not in by_key
    assert by_key["FAAAA006"].title == ""


@pytest.mark.parametrize("running", [True, False])
def test_collections_hold_what_lies_in_those_below_them(data: ZoteroData, running: bool) -> None:
    if running:
        with serving(data):
            holdings = Zotero(home=data.home).holdings()
    else:
        holdings = Zotero(home=data.home).holdings()
    keys = {one.name: one.key for one in holdings.collections}
    assert set(keys) == {"Thesis", "Chapter 2", "空的", "Reading group"}

    def of(name: str) -> set[str]:
        return {item.key for item in holdings.within(keys[name])}

    assert of("Chapter 2") == {"IAAAA001", "FAAAA006"}
    assert of("Thesis") == {"IAAAA001", "IAAAA002", "FAAAA006"}
    assert of("空的") == set()
    assert of("Reading group") == {"IAAAA005"}
    assert len(holdings.within("")) == 5


def test_nothing_is_written_to_zotero(data: ZoteroData) -> None:
    before = digest(data.home)
    Zotero(home=data.home).holdings()
    assert digest(data.home) == before
    with serving(data) as server:
        Zotero(home=data.home).holdings()
    assert all(path.startswith("/api/") for path in server.asked)
    assert {k: v for k, v in digest(data.home).items() if "prefs" not in k} == {
        k: v for k, v in before.items() if "prefs" not in k
    }


def test_a_database_that_zotero_holds_locked_is_copied_with_its_log(data: ZoteroData) -> None:
    db = sqlite3.connect(data.database, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("BEGIN EXCLUSIVE")
    db.execute("UPDATE itemDataValues SET value = 'Named anew' WHERE value = 'A preprint'")
    db.execute("COMMIT")
    try:
        titles = {item.title for item in Zotero(home=data.home).holdings().items}
    finally:
        db.close()
    assert "Named anew" in titles
    assert "A preprint" not in titles


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("off", "does not let other programs read"),
        ("old", "older than Zotero 7"),
        ("babble", "does not answer as Zotero does"),
        ("odd", "does not answer as Zotero does"),
        ("endless", "does not answer as Zotero does"),
        ("huge", "does not answer as Zotero does"),
        ("hang", "did not answer within"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(
    data: ZoteroData, monkeypatch: pytest.MonkeyPatch, fault: str, sentence: str
) -> None:
    monkeypatch.setattr(api, "MOST_BYTES", 1 << 20)
    with serving(data, fault) as server, pytest.raises(ManagerClosed, match=sentence) as caught:
        ZoteroApi(server.server_port, patience=0.3).holdings()
    assert caught.value.hint


def test_a_redirect_is_not_followed_and_no_proxy_is_asked(data: ZoteroData, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(data) as foreign, serving(data, "redirect", f"http://127.0.0.1:{foreign.server_port}") as server:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{foreign.server_port}")
        monkeypatch.setenv("all_proxy", f"http://127.0.0.1:{foreign.server_port}")
        with pytest.raises(ManagerClosed, match="does not answer as Zotero"):
            ZoteroApi(server.server_port).holdings()
        assert server.asked
        assert not foreign.asked


@pytest.mark.parametrize(
    "address", ["http://evil.org/x.pdf", "file://evil.org/share/x.pdf", "smb://h/x", "", "file://[", "zotero://x"]
)
def test_only_files_of_this_computer_are_places(address: str) -> None:
    assert local_path(address) == ""


def test_a_file_address_is_a_place() -> None:
    path = Path("/data/a b#c/文献.pdf")
    assert local_path(path.as_uri()) == local_path(path.as_uri().replace("file://", "file://localhost")) == str(path)


@pytest.mark.parametrize("content", [b"", b"not a database" * 99, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_database_that_is_none_is_one_sentence(data: ZoteroData, content: bytes) -> None:
    data.database.write_bytes(content)
    with pytest.raises(ManagerClosed, match=r"zotero\.sqlite cannot be read"):
        Zotero(data.data, data.home).holdings()


def test_a_folder_without_a_database_says_so(data: ZoteroData, tmp_path: Path) -> None:
    with pytest.raises(ManagerClosed, match="no database of Zotero in"):
        Zotero(tmp_path, data.home).holdings()
    data.database.unlink()
    with pytest.raises(ManagerClosed, match="does not run"):
        Zotero(home=data.home).holdings()


def test_a_database_too_large_or_written_all_the_time_is_not_read(
    data: ZoteroData, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = ZoteroDatabase(profile_of_user(data.home))
    monkeypatch.setattr(database, "MOST_BYTES", 10)
    with pytest.raises(ManagerClosed, match="too large"):
        reader.holdings()
    monkeypatch.setattr(database, "MOST_BYTES", 1 << 30)
    ticks = iter(range(99))
    monkeypatch.setattr(ZoteroDatabase, "_state", lambda self: [(next(ticks), 0)])
    with pytest.raises(ManagerClosed, match="is writing"):
        reader.holdings()


def test_an_older_schema_is_read(data: ZoteroData) -> None:
    db = sqlite3.connect(data.database)
    for old, new in (("itemTypesCombined", "itemTypes"), ("fieldsCombined", "fields")):
        db.execute(f"ALTER TABLE {old} RENAME TO {new}")
    db.execute("DROP TABLE deletedCollections")
    db.commit()
    db.close()
    assert len(Zotero(home=data.home).holdings().items) == 5


def test_a_file_never_leaves_its_folder_in_the_storage(data: ZoteroData) -> None:
    db = sqlite3.connect(data.database)
    db.execute("UPDATE itemAttachments SET path = 'storage:../../secret.pdf' WHERE path LIKE 'storage:%'")
    db.commit()
    db.close()
    files = [file for item in Zotero(home=data.home).holdings().items for file in item.files]
    assert files == [str(Path(data.linked) / "sub/wang.pdf")]


def test_a_stop_is_heard(data: ZoteroData) -> None:
    flag = Flag()
    flag.set()
    with serving(data) as server, pytest.raises(Cancelled):
        ZoteroApi(server.server_port).holdings(cancel=flag)
    with pytest.raises(Cancelled):
        ZoteroDatabase(profile_of_user(data.home)).holdings(cancel=flag)


def test_a_stop_ends_the_wait_for_an_answer(data: ZoteroData) -> None:
    flag = Flag()
    with serving(data, "hang") as server:
        timer = threading.Timer(0.2, flag.set)
        timer.start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            ZoteroApi(server.server_port, patience=8).holdings(cancel=flag)
        assert time.monotonic() - began < 4
        timer.join()


def test_without_a_profile_the_usual_places_are_taken(tmp_path: Path) -> None:
    profile = profile_of_user(tmp_path)
    assert (profile.data, profile.port) == (tmp_path / "Zotero", PORT)
    odd = tmp_path / ".zotero/zotero/x.default"
    odd.mkdir(parents=True)
    (odd / "prefs.js").write_text(
        'user_pref("extensions.zotero.httpServer.port", "no");\nuser_pref("extensions.zotero.dataDir", oops);\n'
    )
    assert profile_of_user(tmp_path) == profile


def test_files_of_a_storage_are_known_as_zoteros(data: ZoteroData) -> None:
    assert is_of_zotero(data.data / "storage" / "FAAAA001" / "x.pdf")
    assert not is_of_zotero(data.home / "storage" / "FAAAA001" / "x.pdf")
    assert not is_of_zotero(Path("x.pdf"))
