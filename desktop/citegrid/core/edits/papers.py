"""What happens to a project when a further main paper is added, and to its table and review when one leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from citegrid.core.evidence import Evidence, SourceKind
from citegrid.core.paper import GONE, belongs, ids_of, key_of
from citegrid.core.project import Edit, Part, Project, SetFields, SourceFile
from citegrid.core.reference import WorkKind
from citegrid.core.review import Review
from citegrid.core.table import Cell, Row, Verdict


def added(project: Project, file: SourceFile) -> SetFields:
    """The edit that adds a further paper; its name must be distinct already."""
    return SetFields((("also", (*project.also, file)),), frozenset({Part.PAPER}))


def without(project: Project, name: str) -> Edit:
    """The edit that takes a paper out: its rows go; rows that it shares with others lose its evidence and are asked again,
    unless a person decided on them; sentences of the review that rest on it go.  Where it is the first one, the next takes
    its place.  Raises KeyError for another name, and for the only paper."""
    file = next((f for f in project.papers if f.name == name), None)
    if file is None or not project.also:
        raise KeyError(name)
    key = key_of(project, file)
    left = (_row_without(old, key, name) for old in project.table.rows)
    rows = tuple(row for row in left if row is not None)
    values = _without_first(project, rows) if file is project.paper else _without_further(project, rows, file)
    if project.review is not None:
        values["review"] = _review_without(project.review, name)
    if project.beside is not None:
        values["beside"] = _review_without(project.beside, name)
    return SetFields(tuple(values.items()), frozenset({Part.PAPER, Part.ROWS, Part.REVIEW}))


def _without_first(project: Project, rows: tuple[Row, ...]) -> dict[str, object]:
    """The fields of a project whose first paper goes: the next one takes its place, and its works their plain ids."""
    next_one = project.also[0]
    plain = key_of(project, next_one)
    return {
        "also": project.also[1:],
        "also_offsets": _offsets_without(project, next_one.name),
        "table": replace(project.table, rows=tuple(_row_plain(row, plain) for row in rows) if plain else rows),
        "paper": next_one,
        "label_offset": project.offset_of(next_one.name),
    }


def _without_further(project: Project, rows: tuple[Row, ...], file: SourceFile) -> dict[str, object]:
    return {
        "also": tuple(f for f in project.also if f is not file),
        "also_offsets": _offsets_without(project, file.name),
        "table": replace(project.table, rows=rows),
    }


def _offsets_without(project: Project, name: str) -> tuple[tuple[str, int], ...]:
    return tuple(offset for offset in project.also_offsets if offset[0] != name)


def _row_without(row: Row, key: str, name: str) -> Row | None:
    left = [one for one in ids_of(row.work) if not belongs(one, key)]
    if not left:
        return None
    cells = tuple(_cell_without(cell, name) for cell in row.cells)
    if len(left) == len(ids_of(row.work)):
        return row if cells == row.cells else replace(row, cells=cells)
    kind = WorkKind.REFERENCE if belongs(row.work.id, key) else row.work.kind
    return replace(row, work=replace(row.work, id=left[0], also=tuple(left[1:]), kind=kind), cells=cells)


def _row_plain(row: Row, key: str) -> Row:
    """The row where the paper with that key has become the first, whose ids begin with nothing."""
    ids = [
        (GONE if one.startswith(GONE) else "") + one.removeprefix(GONE).removeprefix(key) for one in ids_of(row.work)
    ]
    return replace(row, work=replace(row.work, id=ids[0], also=tuple(ids[1:])))


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
