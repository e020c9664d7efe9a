"""Zotero without Zotero: a data folder with a database of its schema, and a server that answers as its local API does.

The tables are those of Zotero 7 (userdata and system schema) as far as they are read; the answers have the shape that Zotero 7
gives them.  ``Faulty`` servers close, hang, redirect, babble.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

SCHEMA = """
CREATE TABLE libraries (libraryID INTEGER PRIMARY KEY, type TEXT NOT NULL, editable INT NOT NULL, filesEditable INT NOT NULL,
    version INT NOT NULL DEFAULT 0, storageVersion INT NOT NULL DEFAULT 0, lastSync INT NOT NULL DEFAULT 0, archived INT NOT NULL DEFAULT 0);
CREATE TABLE groups (groupID INTEGER PRIMARY KEY, libraryID INT NOT NULL UNIQUE, name TEXT NOT NULL, description TEXT NOT NULL,
    version INT NOT NULL);
CREATE TABLE itemTypesCombined (itemTypeID INT NOT NULL, typeName TEXT NOT NULL, display INT DEFAULT 1 NOT NULL, custom INT NOT NULL,
    PRIMARY KEY (itemTypeID));
CREATE TABLE fieldsCombined (fieldID INT NOT NULL, fieldName TEXT NOT NULL, label TEXT, fieldFormatID INT, custom INT NOT NULL,
    PRIMARY KEY (fieldID));
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE items (itemID INTEGER PRIMARY KEY, itemTypeID INT NOT NULL, dateAdded TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    dateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, clientDateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    libraryID INT NOT NULL, key TEXT NOT NULL, version INT NOT NULL DEFAULT 0, synced INT NOT NULL DEFAULT 0, UNIQUE (libraryID, key));
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value UNIQUE);
CREATE TABLE itemData (itemID INT, fieldID INT, valueID, PRIMARY KEY (itemID, fieldID));
CREATE TABLE itemAttachments (itemID INTEGER PRIMARY KEY, parentItemID INT, linkMode INT, contentType TEXT, charsetID INT, path TEXT,
    syncState INT DEFAULT 0, storageModTime INT, storageHash TEXT, lastProcessedModificationTime INT);
CREATE TABLE itemNotes (itemID INTEGER PRIMARY KEY, parentItemID INT, note TEXT, title TEXT);
CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT, UNIQUE (lastName, firstName, fieldMode));
CREATE TABLE itemCreators (itemID INT NOT NULL, creatorID INT NOT NULL, creatorTypeID INT NOT NULL DEFAULT 1, orderIndex INT NOT NULL DEFAULT 0,
    PRIMARY KEY (itemID, creatorID, creatorTypeID, orderIndex), UNIQUE (itemID, orderIndex));
CREATE TABLE collections (collectionID INTEGER PRIMARY KEY, collectionName TEXT NOT NULL, parentCollectionID INT DEFAULT NULL,
    clientDateModified TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, libraryID INT NOT NULL, key TEXT NOT NULL, version INT NOT NULL DEFAULT 0,
    synced INT NOT NULL DEFAULT 0, UNIQUE (libraryID, key));
CREATE TABLE collectionItems (collectionID INT NOT NULL, itemID INT NOT NULL, orderIndex INT NOT NULL DEFAULT 0, PRIMARY KEY (collectionID, itemID));
CREATE TABLE deletedItems (itemID INTEGER PRIMARY KEY, dateDeleted DEFAULT CURRENT_TIMESTAMP NOT NULL);
CREATE TABLE deletedCollections (collectionID INTEGER PRIMARY KEY, dateDeleted DEFAULT CURRENT_TIMESTAMP NOT NULL);
INSERT INTO libraries (libraryID, type, editable, filesEditable) VALUES (1, 'user', 1, 1), (2, 'group', 1, 1), (3, 'feed', 0, 0);
INSERT INTO groups VALUES (77, 2, 'Reading group', '', 1);
INSERT INTO itemTypesCombined VALUES (3, 'attachment', 1, 0), (22, 'journalArticle', 1, 0), (28, 'note', 1, 0), (31, 'preprint', 1, 0);
INSERT INTO fieldsCombined (fieldID, fieldName, custom) VALUES (1, 'title', 0), (6, 'date', 0), (13, 'url', 0), (16, 'extra', 0), (59, 'DOI', 0),
    (117, 'archiveID', 0);
INSERT INTO creatorTypes VALUES (8, 'author'), (10, 'editor');
"""
IMPORTED_FILE, LINKED_FILE, LINKED_URL = 0, 2, 3
_LINK_MODES = {IMPORTED_FILE: "imported_file", LINKED_FILE: "linked_file", LINKED_URL: "linked_url"}


@dataclass
class Item:
    """A work in the double's library, with its PDF: a name in the storage, an absolute path, or ``attachments:…``."""

    key: str
    title: str = ""
    creators: tuple[tuple[str, str], ...] = ()
    date: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    pdf: str = ""
    mode: int = IMPORTED_FILE
    collections: tuple[str, ...] = ()
    deleted: bool = False
    group: bool = False

    @property
    def file_key(self) -> str:
        return f"F{self.key[1:]}"


@dataclass(frozen=True)
class Folder:
    """A collection of the double's library."""

    key: str
    name: str
    parent: str = ""


class ZoteroData:
    """A data folder with ``zotero.sqlite`` and ``storage/KEY/…``; ``home`` holds a profile that names it and ``port``."""

    def __init__(self, home: Path, items: Sequence[Item], folders: Sequence[Folder] = (), linked: str = "") -> None:
        self.home, self.data = home, home / "Zotero data"
        self.items, self.folders, self.linked = items, folders, linked
        (self.data / "storage").mkdir(parents=True)
        self.write_settings()
        self.write_database()

    @property
    def database(self) -> Path:
        return self.data / "zotero.sqlite"

    def write_settings(self, port: int = 1) -> None:
        profile = self.home / ".zotero" / "zotero" / "abc.default"
        profile.mkdir(parents=True, exist_ok=True)
        settings = {
            "dataDir": str(self.data),
            "useDataDir": True,
            "httpServer.port": port,
            "baseAttachmentPath": self.linked,
        }
        lines = [f'user_pref("extensions.zotero.{name}", {json.dumps(value)});' for name, value in settings.items()]
        (profile / "prefs.js").write_text("// Mozilla User Preferences\n" + "\n".join(lines), "utf-8")

    def path_of(self, item: Item) -> Path:
        """Where an item's PDF lies."""
        if item.mode == IMPORTED_FILE:
            return self.data / "storage" / item.file_key / item.pdf
        return (
            Path(self.linked) / item.pdf.removeprefix("attachments:")
            if item.pdf.startswith("attachments:")
            else Path(item.pdf)
        )

    def write_database(self) -> None:
        with closing(sqlite3.connect(self.database)) as db, db:
            db.execute("PRAGMA synchronous = OFF")
            db.executescript(f"BEGIN;{SCHEMA}COMMIT;")
            for number, one in enumerate(self.folders, 1):
                parent = next((n for n, f in enumerate(self.folders, 1) if f.key == one.parent), None)
                values = (number, one.name, parent, 1, one.key)
                db.execute(
                    "INSERT INTO collections (collectionID, collectionName, parentCollectionID, libraryID, key) VALUES (?,?,?,?,?)",
                    values,
                )
            for item in self.items:
                self._insert(db, item)

    def _insert(self, db: sqlite3.Connection, item: Item) -> None:
        library = 2 if item.group else 1
        insert = "INSERT INTO items (itemTypeID, libraryID, key) VALUES (?, ?, ?)"
        parent = db.execute(insert, (22, library, item.key)).lastrowid if item.title else None
        named = {"title": item.title, "date": _multipart(item.date), **item.fields} if item.title else {}
        for name, value in named.items():
            db.execute("INSERT OR IGNORE INTO itemDataValues (value) VALUES (?)", (value,))
            (value_id,) = db.execute("SELECT valueID FROM itemDataValues WHERE value = ?", (value,)).fetchone()
            (field_id,) = db.execute("SELECT fieldID FROM fieldsCombined WHERE fieldName = ?", (name,)).fetchone()
            db.execute("INSERT INTO itemData VALUES (?, ?, ?)", (parent, field_id, value_id))
        for order, (first, last) in enumerate(item.creators):
            db.execute(
                "INSERT OR IGNORE INTO creators (firstName, lastName, fieldMode) VALUES (?, ?, 0)", (first, last)
            )
            found = db.execute(
                "SELECT creatorID FROM creators WHERE firstName = ? AND lastName = ?", (first, last)
            ).fetchone()
            db.execute("INSERT INTO itemCreators VALUES (?, ?, 8, ?)", (parent, found[0], order))
        top = parent
        if item.pdf:
            file = db.execute(insert, (3, library, item.file_key)).lastrowid
            path = f"storage:{item.pdf}" if item.mode == IMPORTED_FILE else item.pdf
            columns = "(itemID, parentItemID, linkMode, contentType, path)"
            values = (file, parent, item.mode, "application/pdf", path)
            db.execute(f"INSERT INTO itemAttachments {columns} VALUES (?, ?, ?, ?, ?)", values)
            top = parent or file
        for key in item.collections:
            number = next(n for n, f in enumerate(self.folders, 1) if f.key == key)
            db.execute("INSERT INTO collectionItems (collectionID, itemID) VALUES (?, ?)", (number, top))
        if item.deleted:
            db.execute("INSERT INTO deletedItems (itemID) VALUES (?)", (top,))


def _multipart(date: str) -> str:
    """A date as the database holds it: what it means, then what was typed."""
    year = next((part for part in date.replace("-", " ").split() if len(part) == 4 and part.isdecimal()), "0000")
    return f"{year}-00-00 {date}"


# -- the local API ----------------------------------------------------------------------------------------------------


def item_json(item: Item, data: ZoteroData) -> Iterator[dict[str, object]]:
    """An item and its attachment as the local API gives them."""
    library = "groups/77" if item.group else "users/0"
    place = {"library": {"type": "group" if item.group else "user", "id": 77 if item.group else 0}, "version": 1}
    if item.title:
        creators = [{"creatorType": "author", "firstName": first, "lastName": last} for first, last in item.creators]
        about = {"key": item.key, "version": 1, "itemType": "journalArticle", "title": item.title, "creators": creators}
        more = {"date": item.date, "tags": [], "relations": {}, "collections": list(item.collections), **item.fields}
        year = _multipart(item.date)[:4]
        yield {"key": item.key, **place, "meta": {"parsedDate": year, "numChildren": 1}, "data": {**about, **more}}
    if item.pdf:
        links: dict[str, object] = {"self": {"href": f"http://localhost:23119/api/{library}/items/{item.file_key}"}}
        if item.mode != LINKED_URL:
            links["enclosure"] = {"type": "application/pdf", "href": data.path_of(item).as_uri(), "title": item.pdf}
        about = {
            "key": item.file_key,
            "version": 1,
            "itemType": "attachment",
            "linkMode": _LINK_MODES[item.mode],
            "title": "Full Text PDF",
        }
        parent = {"parentItem": item.key} if item.title else {"collections": list(item.collections)}
        yield {
            "key": item.file_key,
            **place,
            "links": links,
            "meta": {},
            "data": {**about, "contentType": "application/pdf", **parent},
        }


class _Handler(BaseHTTPRequestHandler):
    server: ZoteroServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        fault = self.server.fault
        if fault == "off":
            self.answer(403, b"Local API is not enabled", "text/plain")
        elif fault == "old":
            self.answer(404, b"No endpoint found", "text/plain")
        elif fault == "babble":
            self.answer(200, b"<html>It works!</html>", "text/html")
        elif fault == "odd":
            self.answer(200, json.dumps([{"data": [1, 2]}, {"data": {"itemType": 7}}, {}]).encode())
        elif fault == "endless":
            self.answer(200, json.dumps([{"key": "A", "data": {"key": "A", "itemType": "book"}}] * 250).encode())
        elif fault == "redirect":
            self.send_response(302)
            self.send_header("Location", self.server.elsewhere + self.path)
            self.end_headers()
        elif fault == "hang":
            self.server.let_go.wait(10)
        elif fault == "huge":
            self.send_response(200)
            self.end_headers()
            while not self.server.let_go.is_set():
                self.wfile.write(b" " * 65536)
        else:
            self.answer(200, json.dumps(self.found()).encode())

    def found(self) -> list[dict[str, object]]:
        parts = urlsplit(self.path)
        asked = parse_qs(parts.query)
        start, limit = int(asked["start"][0]), int(asked["limit"][0])
        data = self.server.data
        group = "/groups/77/" in parts.path
        if parts.path.endswith("/groups"):
            some: list[dict[str, object]] = [{"id": 77, "version": 1, "data": {"id": 77, "name": "Reading group"}}]
        elif parts.path.endswith("/collections"):
            shown = [] if group else data.folders
            some = [
                {"key": f.key, "data": {"key": f.key, "name": f.name, "parentCollection": f.parent or False}}
                for f in shown
            ]
        else:
            items = [item for item in data.items if item.group == group and not item.deleted]
            some = [one for item in items for one in item_json(item, data)]
        return some[start : start + limit]

    def answer(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Zotero-API-Version", "3")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return None


class ZoteroServer(ThreadingHTTPServer):
    """Answers as Zotero does for ``data``, or as ``fault`` says; ``asked`` are the paths that were."""

    daemon_threads = True

    def __init__(self, data: ZoteroData, fault: str = "", elsewhere: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.data, self.fault, self.elsewhere = data, fault, elsewhere
        self.asked: list[str] = []
        self.let_go = threading.Event()

    def handle_error(self, *_: object) -> None:
        return None  # the client has had enough


@contextmanager
def serving(data: ZoteroData, fault: str = "", elsewhere: str = "") -> Iterator[ZoteroServer]:
    """A server for ``data``, whose profile names its port."""
    server = ZoteroServer(data, fault, elsewhere)
    data.write_settings(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()
