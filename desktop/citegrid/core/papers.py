"""Several main papers in one project: how they are told apart, and what happens to a table when one leaves.

A paper is known by its name in the project (the file's name, made distinct), which every citation of it carries.
Works of the first paper have plain ids (``r12``); those of a further one begin with its key (``1f3a9c02:r12``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from citegrid.core.evidence import Evidence, SourceKind
from citegrid.core.project import Edit, Part, Project, SetFields, SourceFile
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review
from citegrid.core.table import Cell, Row, Verdict

#: Characters of a paper's name in a project of several: it stands in every citation.
LONGEST_NAME = 32


def key_of(project: Project, paper: SourceFile) -> str:
    """What the ids of a paper's works begin with: nothing for the first, eight digits of its hash for a further one."""
    return "" if project.paper is not None and paper.sha256 == project.paper.sha256 else f"{paper.sha256[:8]}:"


def short_name(name: str, taken: Iterable[str]) -> str:
    """``name`` cut in its middle to LONGEST_NAME characters, with a number where another paper bears it already."""
    path = PurePath(name)
    stem, suffix = (path.stem, path.suffix) if path.suffix else (name, "")
    room = LONGEST_NAME - len(suffix)
    used = {one.casefold() for one in taken}
    number, mark = 1, ""
    while True:
        cut = stem if len(stem) + len(mark) <= room else f"{stem[: room - len(mark) - 9]}…{stem[-8:]}"
        if f"{cut}{mark}{suffix}".casefold() not in used:
            return f"{cut}{mark}{suffix}"
        number += 1
        mark = f" ({number})"


def ids_of(work: Work) -> tuple[str, ...]:
    """The work's ids in all papers, the row's own first."""
    return (work.id, *work.also)


def added(project: Project, file: SourceFile) -> SetFields:
    """The edit that adds a further paper; its name must be distinct already."""
    return SetFields((("also", (*project.also, file)),), frozenset({Part.PAPER}))


def without(project: Project, name: str) -> Edit:
    """The edit that takes a further paper out: its rows go; rows that it shares with others lose its evidence and are asked
    again, unless a person decided on them; sentences of the review that rest on it go.  Raises KeyError for another name."""
    file = next((f for f in project.also if f.name == name), None)
    if file is None:
        raise KeyError(name)
    key = key_of(project, file)
    rows = tuple(row for old in project.table.rows if (row := _row_without(old, key, name)) is not None)
    values: list[tuple[str, object]] = [
        ("also", tuple(f for f in project.also if f.name != name)),
        ("also_offsets", tuple(o for o in project.also_offsets if o[0] != name)),
        ("table", replace(project.table, rows=rows)),
    ]
    if project.review is not None:
        values.append(("review", _review_without(project.review, name)))
    return SetFields(tuple(values), frozenset({Part.PAPER, Part.ROWS, Part.REVIEW}))


def _row_without(row: Row, key: str, name: str) -> Row | None:
    left = [one for one in ids_of(row.work) if not one.startswith(key)]
    if not left:
        return None
    if len(left) == len(ids_of(row.work)):
        return row
    kind = WorkKind.REFERENCE if row.work.id.startswith(key) else row.work.kind
    cells = tuple(_cell_without(cell, name) for cell in row.cells)
    return replace(row, work=replace(row.work, id=left[0], also=tuple(left[1:]), kind=kind), cells=cells)


def _cell_without(cell: Cell, name: str) -> Cell:
    kept = _others(cell.evidence, name)
    if kept == cell.evidence and _others(cell.near, name) == cell.near:
        return cell
    if cell.verdict is Verdict.OPEN:
        return Cell(cell.column)
    return replace(cell, evidence=kept, near=_others(cell.near, name))


def _review_without(review: Review, name: str) -> Review:
    return replace(review, sentences=tuple(s for s in review.sentences if _others(s.evidence, name) == s.evidence))


def _others(evidence: Sequence[Evidence], name: str) -> tuple[Evidence, ...]:
    return tuple(e for e in evidence if e.kind is not SourceKind.DOCUMENT or e.source != name)
