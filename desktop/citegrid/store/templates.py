"""Saved templates: the columns of a table under a name, one JSON file each in the data folder."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from citegrid.core.edits.columns import check_names
from citegrid.core.errors import CiteGridError, InputError, UsageError
from citegrid.core.messages import Message
from citegrid.core.serialisation.column_json import column_from_json, column_to_json
from citegrid.core.serialisation.fields import Field
from citegrid.core.table import Column
from citegrid.store import paths
from citegrid.store.files import BE_READ, storage_error, write_atomically

VERSION = 1
_HINT = "Save the template again, or remove the file."


@dataclass(frozen=True, slots=True)
class SavedTemplate:
    """A template as listed: its name, its file, and its columns or the fault that keeps it from being used."""

    name: str
    path: Path
    columns: tuple[Column, ...] = ()
    fault: str = ""


def save(name: str, columns: Sequence[Column]) -> Path:
    """Keep ``columns`` under ``name``, in place of an older template of that name; the file.

    Their places in a picture are left out, as they belong to that picture alone.  Raises UsageError or StorageError.
    """
    name = " ".join(name.split())
    if not name:
        raise UsageError("The template needs a name.", "Type one.")
    if not columns:
        raise UsageError("The table has no columns yet.", "Open a picture of the table, or type the column names.")
    check_names(columns)
    bare = [replace(c, box=None, confidence=1.0) for c in columns]
    data = {"version": VERSION, "name": name, "columns": [column_to_json(c) for c in bare]}
    path = path_of(name)
    write_atomically(path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))
    return path


def load(name: str) -> tuple[Column, ...]:
    """The columns of the template ``name``; raises InputError when there is none, or it cannot be read."""
    path = path_of(name)
    if not path.is_file():
        known = ", ".join(t.name for t in saved()) or Message("none yet")
        raise InputError(
            Message("There is no template “{name}”.", name=name),
            Message("Choose one of those saved: {known}.", known=known),
        )
    return _read(path).columns


def saved() -> tuple[SavedTemplate, ...]:
    """All templates by name; damaged ones are listed under the name of their file, with the fault."""
    try:
        files = sorted(paths.templates_folder().glob("*.json"))
    except OSError:
        return ()
    return tuple(sorted((_listed(path) for path in files), key=lambda t: t.name.casefold()))


def path_of(name: str) -> Path:
    """Where the template ``name`` lies; names that a file cannot bear get a sum of their letters instead."""
    name = " ".join(name.split())
    safe = re.sub(r'[\\/:*?"<>|#%\x00-\x1f\ud800-\udfff]+', " ", name).strip(" .")[:60]
    if safe != name:
        safe = f"{safe} {hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}".strip()
    return paths.templates_folder() / f"{safe}.json"


def _listed(path: Path) -> SavedTemplate:
    try:
        return _read(path)
    except CiteGridError as error:
        return SavedTemplate(path.stem, path, fault=error.sentence)


def _read(path: Path) -> SavedTemplate:
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise storage_error(path, error, BE_READ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(Message("{name} is no template that can be read.", name=path.name), _HINT) from error
    root = Field(data, "", path.name, _HINT)
    version = root.whole("version")
    if version > VERSION:
        raise InputError(
            Message("{name} was written by a newer CiteGrid.", name=path.name), "Install the newest version."
        )
    columns = tuple(column_from_json(c) for c in root.items("columns", needed=True))
    try:
        check_names(columns)
    except UsageError as error:
        raise root.fault("columns", Message("holds a name that is empty or double")) from error
    if not columns:
        raise root.fault("columns", Message("is empty"))
    return SavedTemplate(root.text("name", path.stem), path, columns)
