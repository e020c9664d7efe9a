"""Cells noted on the disk the moment they change, until the project that holds them is written.

Writing a whole project takes its time and is done beside the window; a note is one small file that is there at once, so
that a program which is killed loses no cell that was shown.  Notes carry rising numbers; the project file says up to
which number it holds them (see ``project_folder``).
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from citegrid.core.errors import CiteGridError
from citegrid.core.project import Project, SetCell, apply
from citegrid.core.serialisation.fields import Field
from citegrid.core.serialisation.result import cell_from_json, cell_to_json
from citegrid.core.table import Cell
from citegrid.store import own_files

FOLDER = ".cells"
#: What a note has at most: digits in its number, bytes.
_MOST_DIGITS, _MOST_BYTES = 19, 8 << 20


def note(folder: Path, number: int, work_id: str, cell: Cell) -> None:
    """Note a cell of the project in ``folder``; where that cannot be, writing the project will say why."""
    with contextlib.suppress(OSError):
        place = own_files.own_folder(folder, FOLDER)
        text = json.dumps({"work": work_id, "cell": cell_to_json(cell, "en")}, ensure_ascii=False)
        # not flushed to the disk as a project is: what a dead program wrote is kept by the system
        own_files.write_own(place / f"{number}.json", text)


def forget(folder: Path, number: int) -> None:
    """Drop the notes up to ``number``: the project file holds them now."""
    with contextlib.suppress(OSError):
        for known, path in _notes(folder):
            if known <= number:
                path.unlink(missing_ok=True)


def replayed(folder: Path, project: Project, number: int) -> Project:
    """``project`` with the cells that were noted after ``number``, in their order.  A note that is half written, or whose
    row is gone, is passed over."""
    for known, path in _notes(folder):
        if known <= number:
            continue
        with contextlib.suppress(OSError, ValueError, KeyError, CiteGridError):
            field = Field(json.loads(path.read_text("utf-8")), "", path.name, "")
            edit = SetCell(field.text("work"), cell_from_json(field.get("cell")), by_person=True)
            project = apply(project, edit)[0]
    return project


def newest(folder: Path) -> int:
    """The number of the newest note that lies there; 0 where there is none."""
    return max((number for number, _ in _notes(folder)), default=0)


def _notes(folder: Path) -> list[tuple[int, Path]]:
    """The notes and their numbers, in order.  A folder that is a link is none of ours: what it points to is not looked at."""
    place = folder / FOLDER
    try:
        if place.is_symlink():
            return []
        found = [path for path in place.glob("*.json") if path.stem.isdecimal() and len(path.stem) <= _MOST_DIGITS]
        return sorted((int(path.stem), path) for path in found if own_files.is_plain(path, _MOST_BYTES))
    except OSError:
        return []
