"""Zotero's database, read from a copy: Zotero keeps its own locked while it runs, and nothing is ever written to it.

The copy holds the journal or write-ahead log, too, so that what Zotero committed last is in it; it lies in a folder of its own
and goes when it has been read.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from citegrid.core.errors import ManagerClosed
from citegrid.core.holdings import Holdings, ItemCollection, LibraryItem
from citegrid.core.messages import Message
from citegrid.ports import NEVER, SILENT, Cancel, Progress
from citegrid.store.files import BE_READ, CHUNK, storage_error
from citegrid.store.zotero.fields import NOT_WORKS, PDF, Attachment, name_of, with_files, work_of
from citegrid.store.zotero.profile import DATABASE, ZoteroProfile

#: Bytes of the largest database; times it is copied where Zotero writes meanwhile.
MOST_BYTES, TIMES = 8 << 30, 3
_BESIDE = ("", "-wal", "-journal")
#: A linked file and a web link, as Zotero counts the ways a file is attached.
_LINKED_FILE, _LINKED_URL = 2, 3
_STORED, _NAMED_FROM = "storage:", "attachments:"
COPYING = Message("Copying Zotero's database (MB)")
_MB = 1 << 20

_ITEMS = """SELECT i.itemID, i.libraryID, i.key, t.typeName FROM items i JOIN itemTypesCombined t USING (itemTypeID)
    JOIN libraries l USING (libraryID) WHERE l.type IN ('user', 'group') AND i.itemID NOT IN (SELECT itemID FROM deletedItems)"""
_FIELDS = """SELECT d.itemID, f.fieldName, v.value FROM itemData d JOIN fieldsCombined f USING (fieldID)
    JOIN itemDataValues v USING (valueID) WHERE f.fieldName IN
    ('title', 'date', 'DOI', 'url', 'extra', 'archiveID', 'caseName', 'subject', 'nameOfAct')"""
_CREATORS = """SELECT i.itemID, t.creatorType, c.lastName, c.firstName FROM itemCreators i JOIN creators c USING (creatorID)
    JOIN creatorTypes t USING (creatorTypeID) ORDER BY i.itemID, i.orderIndex"""
_FILES = "SELECT itemID, parentItemID, linkMode, path FROM itemAttachments WHERE contentType = ?"
_IN_COLLECTIONS = "SELECT itemID, collectionID FROM collectionItems"
_COLLECTIONS = """SELECT c.collectionID, c.collectionName, c.parentCollectionID, c.libraryID FROM collections c
    WHERE c.collectionID NOT IN (SELECT collectionID FROM deletedCollections) ORDER BY c.collectionName COLLATE NOCASE"""
_GROUPS = "SELECT libraryID, name FROM groups"
#: Tables that older versions lack or call otherwise: they are made as views of the copy.
_OLDER = {
    "itemTypesCombined": "CREATE TEMP VIEW itemTypesCombined AS SELECT itemTypeID, typeName FROM itemTypes",
    "fieldsCombined": "CREATE TEMP VIEW fieldsCombined AS SELECT fieldID, fieldName FROM fields",
    "deletedCollections": "CREATE TEMP TABLE deletedCollections (collectionID INTEGER)",
}


class ZoteroDatabase:
    """A ``ports.ReferenceManager`` over a copy of the database in Zotero's data folder."""

    def __init__(self, profile: ZoteroProfile) -> None:
        self._profile = profile

    @property
    def path(self) -> Path:
        """Where the database lies."""
        return self._profile.data / DATABASE

    def holdings(self, progress: Progress = SILENT, cancel: Cancel = NEVER) -> Holdings:
        """All works and PDFs of the person's library and of the groups; raises ManagerClosed for a database that cannot be read."""
        with tempfile.TemporaryDirectory(prefix="citegrid-zotero-") as folder:
            self._copy(Path(folder), progress, cancel)
            try:
                with closing(sqlite3.connect(Path(folder) / DATABASE, isolation_level=None)) as db:
                    db.set_progress_handler(cancel.cancelled, 100_000)
                    return self._read(db)
            except (sqlite3.Error, TypeError, ValueError, UnicodeError) as fault:
                cancel.check()
                sentence = Message(
                    "{path} cannot be read as Zotero's database ({reason}).", path=self.path, reason=fault
                )
                raise ManagerClosed(sentence, "Start Zotero, and try again.") from fault

    def _copy(self, folder: Path, progress: Progress, cancel: Cancel) -> None:
        """Copy the database as it is at one moment: again where it was written to meanwhile."""
        for _ in range(TIMES):
            before = self._state()
            for end in _BESIDE:
                (folder / (DATABASE + end)).unlink(missing_ok=True)
                self._copy_one(self.path.with_name(DATABASE + end), folder / (DATABASE + end), progress, cancel)
            if self._state() == before:
                return
        raise ManagerClosed(
            "Zotero is writing to its database.", "Wait until it has nothing else to do, and try again."
        )

    def _state(self) -> list[tuple[int, int]]:
        found = []
        for end in _BESIDE:
            try:
                state = self.path.with_name(DATABASE + end).stat()
            except FileNotFoundError:
                continue
            except OSError as fault:
                raise storage_error(self.path, fault, BE_READ) from fault
            found.append((state.st_size, state.st_mtime_ns))
        if sum(size for size, _ in found) > MOST_BYTES:
            raise ManagerClosed(
                Message("{path} is too large to be copied.", path=self.path), "Start Zotero, and try again."
            )
        return found

    def _copy_one(self, path: Path, to: Path, progress: Progress, cancel: Cancel) -> None:
        try:
            with path.open("rb") as source, to.open("wb") as copy:
                while chunk := source.read(CHUNK):
                    cancel.check()
                    copy.write(chunk)
                    progress.report(COPYING, copy.tell() // _MB, 0)
        except FileNotFoundError as fault:
            to.unlink(missing_ok=True)
            if path == self.path:
                sentence = Message("There is no database of Zotero in {folder}.", folder=self._profile.data)
                raise ManagerClosed(sentence, "Choose the data folder that Zotero's settings name.") from fault
        except OSError as fault:
            raise storage_error(path, fault, BE_READ) from fault

    # -- of the copy ---------------------------------------------------------------------------------------------------

    def _read(self, db: sqlite3.Connection) -> Holdings:
        db.text_factory = lambda data: data.decode("utf-8", "replace")
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        for name, made in _OLDER.items():
            if name not in tables:
                db.execute(made)
        groups = dict(db.execute(_GROUPS)) if "groups" in tables else {}
        kinds = {item: (library, key, kind) for item, library, key, kind in db.execute(_ITEMS)}
        shelved = _shelved(db, {item: library for item, (library, _, _) in kinds.items() if library in groups})
        works = list(_works(db, kinds, shelved))
        files = list(self._files(db, kinds, shelved))
        return Holdings(with_files(works, files), tuple(_collections(db, groups)), copied=True)

    def _files(
        self, db: sqlite3.Connection, kinds: dict[int, tuple[int, str, str]], shelved: dict[int, list[str]]
    ) -> Iterator[Attachment]:
        for item, parent, mode, path in db.execute(_FILES, (PDF,)):
            gone = item not in kinds or (parent is not None and parent not in kinds)
            if gone or mode == _LINKED_URL or not path:
                continue
            key = kinds[item][1]
            place = self._place(key, mode, str(path))
            if place:
                above = kinds[parent][1] if parent is not None else ""
                yield Attachment(key, above, place, collections=tuple(shelved.get(item, ())))

    def _place(self, key: str, mode: int, path: str) -> str:
        """Where a file lies: in the storage of Zotero, or where it is linked to; empty where that is not known."""
        if path.startswith(_STORED):
            inside = self._profile.data / "storage" / key
            place = inside / path.removeprefix(_STORED)
            return str(place) if place.parent == inside else ""
        if path.startswith(_NAMED_FROM):
            return str(Path(self._profile.linked) / path.removeprefix(_NAMED_FROM)) if self._profile.linked else ""
        return path if mode == _LINKED_FILE and Path(path).is_absolute() else ""


def _shelved(db: sqlite3.Connection, grouped: dict[int, int]) -> dict[int, list[str]]:
    """The keys of the collections that each item lies in; what is of a group lies in it."""
    found: dict[int, list[str]] = {item: [_group_key(library)] for item, library in grouped.items()}
    for item, collection in db.execute(_IN_COLLECTIONS):
        found.setdefault(item, []).append(_key(collection))
    return found


def _works(
    db: sqlite3.Connection, kinds: dict[int, tuple[int, str, str]], shelved: dict[int, list[str]]
) -> Iterator[LibraryItem]:
    fields: dict[int, dict[str, str]] = {}
    creators: dict[int, list[tuple[str, str]]] = {}
    for item, name, value in db.execute(_FIELDS):
        fields.setdefault(item, {})[name] = str(value)
    for item, kind, last, first in db.execute(_CREATORS):
        creators.setdefault(item, []).append((kind, name_of(last or "", first or "")))
    for item, (_, key, kind) in kinds.items():
        if kind not in NOT_WORKS:
            yield work_of(key, fields.get(item, {}), creators.get(item, ()), shelved.get(item, ()))


def _collections(db: sqlite3.Connection, groups: dict[int, str]) -> Iterator[ItemCollection]:
    for collection, name, parent, library in db.execute(_COLLECTIONS):
        above = _key(parent) if parent is not None else _group_key(library) if library in groups else ""
        yield ItemCollection(_key(collection), name, above)
    yield from (ItemCollection(_group_key(library), name) for library, name in groups.items())


def _key(collection: int) -> str:
    return f"collection {collection}"


def _group_key(library: int) -> str:
    return f"group {library}"
