"""The library on disk: one SQLite file with full-text search, in the cache folder, for all projects of a person.

Terms are made by ``core.language.terms`` (pairs of ideographs, since neither of SQLite's
tokenizers finds Chinese words: ``unicode61`` takes a whole clause for one word
and ``trigram`` finds nothing shorter than three characters) and ranked by BM25.
The text stands once, in ``chunks``; the index holds only its terms.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from citegrid.core.errors import StorageError
from citegrid.core.language.terms import terms_of
from citegrid.core.library import Background, Chunk, Hit, IndexedFile
from citegrid.core.messages import Message, from_text, to_text
from citegrid.store.files import make_folder

VERSION = 1
#: How much a term counts in a document's title, a chunk's heading, its text.
WEIGHTS = (1.5, 1.5, 1.0)
#: Most terms of one question.
MOST_TERMS = 64
_SCHEMA = """
CREATE TABLE documents (sha256 TEXT PRIMARY KEY, name TEXT, title TEXT, authors TEXT, year INTEGER, doi TEXT);
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER, modified INTEGER, sha256 TEXT, fault TEXT);
CREATE TABLE chunks (id INTEGER PRIMARY KEY, sha256 TEXT, number INTEGER, text TEXT, heading TEXT, page INTEGER);
CREATE INDEX chunks_of ON chunks (sha256, number);
CREATE INDEX files_of ON files (sha256);
CREATE TABLE translations (text TEXT, language TEXT, by TEXT, translated TEXT, PRIMARY KEY (text, language, by));
CREATE VIRTUAL TABLE words USING fts5 (title, heading, text, content='', tokenize='porter unicode61 remove_diacritics 2');
"""


class LibraryIndex:
    """A ``ports.DocumentIndex``.  May be used by several threads and, through SQLite's own locks, by several processes."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        make_folder(path.parent, private=True)
        self._path = path
        with self._safely():
            try:
                self._db = self._open()
            except sqlite3.OperationalError:  # another process is at it, or the disk says no: nothing is wrong with it
                raise
            except sqlite3.DatabaseError:  # damaged or of another version: it can be made again
                for end in ("", "-wal", "-shm"):
                    path.with_name(path.name + end).unlink(missing_ok=True)
                self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))  # its log and its index are made like it
        db = sqlite3.connect(self._path, timeout=20, check_same_thread=False, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                version = self._made(db)
            if version != VERSION:
                raise sqlite3.DatabaseError(f"version {version}")
        except sqlite3.Error:
            db.close()
            raise
        return db

    @staticmethod
    def _made(db: sqlite3.Connection) -> int:
        """Make the tables, unless another process has just done so; the version that there is now."""
        db.execute("BEGIN IMMEDIATE")
        try:
            version: int = db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                for statement in filter(str.strip, _SCHEMA.split(";\n")):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {VERSION}")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
        return version or VERSION

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    @contextlib.contextmanager
    def _safely(self, write: bool = False) -> Iterator[None]:
        """One thread at a time; a write is whole or not at all; the disk's faults as one sentence."""
        with self._lock:
            try:
                if write:
                    self._db.execute("BEGIN IMMEDIATE")
                yield
                if write:
                    self._db.execute("COMMIT")
            except BaseException as fault:
                if write and self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if isinstance(fault, (sqlite3.Error, OSError)):
                    raise StorageError(
                        Message("The library's index {path} cannot be used ({reason}).", path=self._path, reason=fault),
                        "Make room on the disk, or delete that file: it is made again.",
                    ) from fault
                raise

    # -- files and documents -------------------------------------------------------------------------------------------

    def files(self, roots: Sequence[Path]) -> list[IndexedFile]:
        within = below(roots)
        with self._safely():
            rows = self._db.execute(
                "SELECT f.path, f.size, f.modified, f.sha256, f.fault, coalesce(d.title, ''), "
                "(SELECT count(*) FROM chunks c WHERE c.sha256 = f.sha256) "
                "FROM files f LEFT JOIN documents d ON d.sha256 = f.sha256 ORDER BY f.path"
            ).fetchall()
        return [_file(*row) for row in rows if within(row[0])]

    def document(self, sha256: str) -> Background | None:
        with self._safely():
            row = self._db.execute("SELECT * FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                return None
            chunks = self._db.execute(
                "SELECT number, text, heading, page FROM chunks WHERE sha256 = ? ORDER BY number", (sha256,)
            ).fetchall()
        return _background(row, tuple(Chunk(*c) for c in chunks))

    def documents(self, roots: Sequence[Path]) -> list[Background]:
        wanted = self._hashes(roots)
        with self._safely():
            rows = self._db.execute("SELECT * FROM documents ORDER BY title, sha256").fetchall()
        return [_background(row) for row in rows if row[0] in wanted]

    def _hashes(self, roots: Sequence[Path]) -> set[str]:
        within = below(roots)
        with self._safely():
            rows = self._db.execute("SELECT path, sha256 FROM files WHERE sha256 <> ''").fetchall()
        return {sha256 for path, sha256 in rows if within(path)}

    def put(self, document: Background) -> None:
        with self._safely(write=True):
            self._remove([document.sha256])
            title = self._free_title(document)
            facts = (json.dumps(document.authors, ensure_ascii=False), document.year, document.doi)
            self._db.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)", (document.sha256, document.name, title, *facts)
            )
            for chunk in document.chunks:
                values = (document.sha256, chunk.number, chunk.text, chunk.heading, chunk.page)
                made = self._db.execute(
                    "INSERT INTO chunks (sha256, number, text, heading, page) VALUES (?, ?, ?, ?, ?)", values
                )
                self._db.execute(
                    "INSERT INTO words (rowid, title, heading, text) VALUES (?, ?, ?, ?)",
                    (made.lastrowid, *_terms(title, chunk.heading, chunk.text)),
                )

    def _free_title(self, document: Background) -> str:
        stem, title, number = Path(document.name).stem, document.title, 1
        while self._db.execute("SELECT 1 FROM documents WHERE title = ?", (title,)).fetchone():
            title = f"{document.title} ({stem})" if number == 1 else f"{document.title} ({stem} {number})"
            number += 1
        return title

    def note(self, file: IndexedFile) -> None:
        with self._safely(write=True):
            old = self._db.execute("SELECT sha256 FROM files WHERE path = ?", (file.path,)).fetchone()
            values = (file.path, file.size, file.modified, file.sha256, to_text(file.fault))
            self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", values)
            if old is not None and old[0] != file.sha256:
                self._sweep([old[0]])

    def forget(self, paths: Sequence[str]) -> None:
        with self._safely(write=True):
            hashes = []
            for path in paths:
                row = self._db.execute("SELECT sha256 FROM files WHERE path = ?", (path,)).fetchone()
                hashes += [row[0]] if row is not None else []
                self._db.execute("DELETE FROM files WHERE path = ?", (path,))
            self._sweep(hashes)

    def _sweep(self, hashes: Iterable[str]) -> None:
        """Remove those documents that no file holds any more."""
        for sha256 in filter(None, hashes):
            if self._db.execute("SELECT 1 FROM files WHERE sha256 = ?", (sha256,)).fetchone() is None:
                self._remove([sha256])

    def _remove(self, hashes: Sequence[str]) -> None:
        for sha256 in hashes:
            rows = self._db.execute(
                "SELECT c.id, d.title, c.heading, c.text FROM chunks c JOIN documents d USING (sha256) WHERE sha256 = ?",
                (sha256,),
            ).fetchall()
            for row, *texts in rows:
                self._db.execute(
                    "INSERT INTO words (words, rowid, title, heading, text) VALUES ('delete', ?, ?, ?, ?)",
                    (row, *_terms(*texts)),
                )
            self._db.execute("DELETE FROM chunks WHERE sha256 = ?", (sha256,))
            self._db.execute("DELETE FROM documents WHERE sha256 = ?", (sha256,))

    # -- search --------------------------------------------------------------------------------------------------------

    def find(self, terms: Sequence[str], roots: Sequence[Path], limit: int) -> list[Hit]:
        if not terms:
            return []
        query = " OR ".join('"' + term.replace('"', "") + '"' for term in terms[:MOST_TERMS])
        wanted = self._hashes(roots)
        found: list[Hit] = []
        with self._safely():
            scored = self._db.execute(
                "SELECT rowid, -bm25(words, ?, ?, ?) AS score FROM words WHERE words MATCH ? ORDER BY score DESC, rowid",
                (*WEIGHTS, query),
            )
            for row, score in scored:
                sha256, title, *chunk = self._db.execute(
                    "SELECT c.sha256, d.title, c.number, c.text, c.heading, c.page "
                    "FROM chunks c JOIN documents d USING (sha256) WHERE c.id = ?",
                    (row,),
                ).fetchone()
                if sha256 in wanted:
                    found.append(Hit(sha256, title, Chunk(*chunk), score))
                    if len(found) == limit:
                        break
            scored.close()
        return found

    def translation(self, text: str, language: str, by: str) -> str | None:
        with self._safely():
            row = self._db.execute(
                "SELECT translated FROM translations WHERE text = ? AND language = ? AND by = ?", (text, language, by)
            ).fetchone()
        return str(row[0]) if row is not None else None

    def keep_translation(self, text: str, language: str, by: str, translated: str) -> None:
        with self._safely(write=True):
            self._db.execute(
                "INSERT OR REPLACE INTO translations VALUES (?, ?, ?, ?)", (text, language, by, translated)
            )


def _file(path: str, size: int, modified: int, sha256: str, fault: str, title: str, chunks: int) -> IndexedFile:
    return IndexedFile(path, size, modified, sha256, from_text(fault), title, chunks)


def below(roots: Iterable[Path]) -> Callable[[str], bool]:
    """Tells whether a file is one of ``roots`` or lies below one of them; quick for hundreds of roots, too."""
    places = frozenset(map(str, roots))
    beginnings = tuple(place.rstrip(os.sep) + os.sep for place in places)
    return lambda path: path in places or path.startswith(beginnings)


def _terms(*texts: str) -> tuple[str, ...]:
    return tuple(" ".join(terms_of(text)) for text in texts)


def _background(row: Sequence[object], chunks: tuple[Chunk, ...] = ()) -> Background:
    sha256, name, title, authors, year, doi = row
    names = tuple(json.loads(str(authors)))
    return Background(str(sha256), str(name), str(title), names, year, str(doi), chunks)  # type: ignore[arg-type]
