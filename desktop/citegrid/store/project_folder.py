"""The project folder: ``project.json`` with everything but the sources, which stay where they are.

Sources are named by absolute path, by path relative to the folder, and by
SHA-256, so that a folder moved together with its PDF still finds it.  The
relative path counts only where the very bytes lie there: beside a copy lie
other files of the same name.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from citegrid import __version__
from citegrid.core.errors import InputError, StorageError
from citegrid.core.messages import Message, to_json
from citegrid.core.messages import from_json as message_from_json
from citegrid.core.project import Project, SourceFile
from citegrid.core.serialisation.answers_json import found_from_json, found_to_json
from citegrid.core.serialisation.column_json import column_from_json, column_to_json
from citegrid.core.serialisation.fields import Field
from citegrid.core.serialisation.result import frame_to_json, from_json, hashes_of, row_to_json
from citegrid.core.table import Row, Template
from citegrid.store import cell_notes
from citegrid.store.files import sha256_of, write_atomically
from citegrid.store.locking import Lock, holder_of, take

FILE = "project.json"
LOCK = ".lock"
#: 1: the first.  2: columns have hints (absent before, which is none).  3: ``also``, further main papers (absent before).
#: 4: pinned rows, dropped works, and cells noted beside the file (absent before; an older CiteGrid would lose them).
#: 5: the last answers and checked texts (absent before).
VERSION = 5
#: Bytes of a project file at most; one of 2,000 rows has 30 million.
_MOST_BYTES = 1 << 30
#: Bytes of the name of a file that systems take.
_LONGEST_NAME = 255
_BACKUP = "Restore it from a backup."
#: How the file ends: the result's bracket and its own.
_END = "\n }\n}"


def create(folder: Path) -> Path:
    """Make the folder when it is missing; raises StorageError when that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise StorageError(
            Message("The project folder {folder} cannot be made ({reason}).", folder=folder, reason=fault.strerror),
            "Choose a folder you may write to.",
        ) from fault
    return folder.resolve()


def hold(folder: Path) -> Lock:
    """Keep other windows out of the project until the lock is released; raises InputError while another has it."""
    held = take(folder / LOCK)
    if held is None:
        raise _held_elsewhere(folder)
    return held


def held_or_read_only(folder: Path) -> Lock | None:
    """The same; None where the place can only be read (a read-only disk, another person's folder)."""
    try:
        return hold(folder)
    except StorageError:
        return None


def _held_elsewhere(folder: Path) -> InputError:
    holder = holder_of(folder / LOCK)
    where = Message("The project “{name}” is open in another window.", name=folder.name)
    if holder.is_elsewhere:
        where = Message("The project “{name}” is open on {computer}.", name=folder.name, computer=holder.computer)
    return InputError(where, "Close it there; two windows would overwrite each other's work.")


def exists(folder: Path) -> bool:
    """Whether ``folder`` holds a project."""
    return (folder / FILE).is_file()


class RowTexts:
    """The rows as they were written last: of a large table only what changed is put into words anew."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Row, str]] = {}
        self._frame: object = None

    def of(self, project: Project) -> list[str]:
        """The rows of ``project`` as JSON, a text each."""
        hashes = hashes_of(project)
        frame = (hashes, project.language)
        known = self._known if frame == self._frame else {}
        made: dict[int, tuple[Row, str]] = {}
        for row in project.table.rows:
            old = known.get(id(row))  # a row is a frozen value, and one that is kept here keeps its id
            made[id(row)] = old or (row, json.dumps(row_to_json(row, hashes, project.language), ensure_ascii=False))
        self._known, self._frame = made, frame
        return [made[id(row)][1] for row in project.table.rows]


def save(folder: Path, project: Project, noted: int = 0, rows: RowTexts | None = None) -> None:
    """Write the project atomically; it holds the cells noted up to the number ``noted`` (see ``cell_notes``).

    ``rows`` remembers the rows from one writing to the next.  Raises StorageError (disk full, read-only).
    """
    result = frame_to_json(project, __version__)
    del result["rows"]
    data = {
        "version": VERSION,
        "noted": noted,
        "paper": _file_out(project.paper, folder),
        "also": [_file_out(f, folder) for f in project.also],
        "picture": _file_out(project.picture, folder),
        "library": [_file_out(f, folder) for f in project.library],
        "template": _template_out(project.template),
        "columns": [column_to_json(c) for c in project.table.columns],
        "max_rows": project.max_rows,
        "target": project.target,
        "answers": [found_to_json(found, project.language) for found in project.answers],
        "result": result,
    }
    frame = json.dumps(data, ensure_ascii=False, indent=1)
    lines = ",\n".join((rows or RowTexts()).of(project))
    # the result stands last in the file and its rows last in it, a line each
    text = f'{frame.removesuffix(_END)},\n  "rows": [\n{lines}\n  ]{_END}'
    write_atomically(folder / FILE, text.encode("utf-8", "replace"), private=True)


def load(folder: Path) -> Project:
    """The project as it was saved, with the cells that were noted since; raises InputError when it is not one or of a
    newer CiteGrid."""
    return load_numbered(folder)[0]


def load_numbered(folder: Path) -> tuple[Project, int]:
    """The same, and the number up to which its file holds what was noted."""
    path = folder / FILE
    data, version = _read(folder)
    if version > VERSION:
        raise InputError(Message("{path} was written by a newer CiteGrid.", path=path), "Install the newest version.")
    try:
        noted = Field(data, "", str(path), _BACKUP).whole("noted", 0, most=2**63 - 1)
        return cell_notes.replayed(folder, _project_in(data, folder), noted), noted
    except (KeyError, TypeError, ValueError, RecursionError) as fault:
        raise InputError(Message("{path} is damaged ({reason}).", path=path, reason=fault), _BACKUP) from fault


def _read(folder: Path) -> tuple[dict[str, Any], int]:
    """What the project file holds, and its version; raises InputError."""
    path = folder / FILE
    try:
        if not path.is_file():
            raise FileNotFoundError(path)
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError(Message("it is larger than any project"))
        data = json.loads(path.read_text("utf-8"))
        return data, Field(data, "", str(path), _BACKUP).whole("version")
    except FileNotFoundError as fault:
        raise InputError(
            Message("{folder} holds no project.", folder=folder), "Choose a folder that has a project.json."
        ) from fault
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise InputError(
            Message("{path} cannot be read as a project ({reason}).", path=path, reason=fault), _BACKUP
        ) from fault


def _project_in(data: dict[str, Any], folder: Path) -> Project:
    path = str(folder / FILE)
    root = Field(data, "", path, _BACKUP)
    project = from_json(data.get("result"), path)
    columns = tuple(column_from_json(c) for c in root.items("columns", needed=True))
    if [c.name for c in columns] != [c.name for c in project.table.columns]:
        raise root.fault("columns", Message("are not the columns of the table, in their order"))
    return replace(
        project,
        paper=_file_in(root.get("paper"), folder),
        also=_files_in(root.items("also"), folder),
        picture=_file_in(root.get("picture"), folder),
        library=_files_in(root.items("library"), folder),
        template=_template_in(root.get("template")),
        table=replace(project.table, columns=columns),
        max_rows=root.whole("max_rows", 0),
        target=root.whole("target", 0),
        answers=tuple(found_from_json(found) for found in root.items("answers")),
    )


def _file_out(file: SourceFile | None, folder: Path) -> dict[str, str] | None:
    if file is None:
        return None
    try:
        relative = os.path.relpath(file.path, folder)
    except ValueError:  # another drive
        relative = ""
    return {"path": file.path, "relative": relative, "name": file.name, "sha256": file.sha256}


def _file_in(data: Field, folder: Path) -> SourceFile | None:
    if data.missing:
        return None
    file = SourceFile(_path_in(data, "path"), data.text("name"), data.text("sha256", ""))
    relative = _path_in(data, "relative", "")
    beside = os.path.realpath(folder / relative) if relative else file.path
    return replace(file, path=beside) if beside != file.path and _holds(Path(beside), file.sha256) else file


def _path_in(data: Field, name: str, *missing: str) -> str:
    """The path ``name``; raises InputError for what no system takes for one."""
    data.text(name, *missing)
    path = str(data.get(name).value or "")  # as it is: the name of a file may hold anything but a zero
    if "\0" in path or any(len(os.fsencode(part)) > _LONGEST_NAME for part in Path(path).parts):
        raise data.fault(name, Message("is not a path"))
    return path


def _holds(path: Path, sha256: str) -> bool:
    """Whether a file with those bytes lies there; a folder of the library is looked for when it is read."""
    try:
        return bool(sha256) and path.is_file() and sha256_of(path) == sha256
    except (StorageError, OSError):
        return False


def _files_in(files: Sequence[Field], folder: Path) -> tuple[SourceFile, ...]:
    return tuple(file for file in (_file_in(data, folder) for data in files) if file is not None)


def _template_out(template: Template | None) -> dict[str, object] | None:
    if template is None:
        return None
    return {
        "columns": [column_to_json(c) for c in template.columns],
        "rows": [list(r) for r in template.rows],
        "rotation": template.rotation,
        "warnings": [to_json(w) for w in template.warnings],
    }


def _template_in(template: Field) -> Template | None:
    if template.missing:
        return None
    rows = (row.value for row in template.items("rows"))
    return Template(
        tuple(column_from_json(c) for c in template.items("columns", needed=True)),
        tuple(tuple(str(v) for v in row) for row in rows if isinstance(row, list)),
        template.number("rotation", 0.0),
        tuple(message_from_json(w.value) for w in template.items("warnings")),
    )
