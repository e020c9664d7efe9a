"""What a person does to whole rows: pin them, drop them, move them; and which of them stay when rows are chosen anew.

Each gives the edit that does it, so that undo takes it back.  A dropped work is remembered by its title, because a paper
that was changed may number its entries anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from citegrid.core.paper import ids_of
from citegrid.core.project import Part, Project, SetFields, set_rows
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Row, Verdict


def title_key(title: str) -> str:
    """Two titles with the same key are one work, however they are spaced and pointed."""
    return "".join(c for c in title.casefold() if c.isalnum())[:80]


def pin(project: Project, work_ids: Collection[str], on: bool) -> SetFields:
    """The edit that pins rows, or lets them go again."""
    rows = tuple(replace(r, pinned=on) if r.work.id in work_ids else r for r in project.table.rows)
    return set_rows(rows, project.table)


def move(project: Project, work_id: str, to: int) -> SetFields:
    """The edit that moves a row to place ``to``, the first being 0."""
    rows = list(project.table.rows)
    at = next(i for i, r in enumerate(rows) if r.work.id == work_id)
    rows.insert(max(0, to), rows.pop(at))
    return set_rows(tuple(rows), project.table)


def drop(project: Project, work_ids: Collection[str]) -> SetFields:
    """The edit that removes rows; their works are not chosen again by themselves."""
    rows = tuple(r for r in project.table.rows if r.work.id not in work_ids)
    return _rows_and_dropped(project, rows, dropped_with(project, work_ids))


def dropped_with(project: Project, work_ids: Collection[str]) -> tuple[str, ...]:
    """What ``project`` remembers of dropped works once these rows are gone, too."""
    titles = (row.work.title for row in project.table.rows if row.work.id in work_ids)
    return tuple(dict.fromkeys((*project.dropped, *map(title_key, titles))))


def add(project: Project, row: Row) -> SetFields:
    """The edit that adds a row at the end; its work counts as dropped no longer."""
    dropped = tuple(key for key in project.dropped if key != title_key(row.work.title))
    return _rows_and_dropped(project, (*project.table.rows, row), dropped)


def _rows_and_dropped(project: Project, rows: tuple[Row, ...], dropped: tuple[str, ...]) -> SetFields:
    table = replace(project.table, rows=rows)
    return SetFields((("table", table), ("dropped", dropped)), frozenset({Part.ROWS}))


def stays(row: Row) -> bool:
    """Whether a row outlasts a new choice: it is pinned, or a person decided on one of its cells."""
    return row.pinned or any(cell.verdict is not Verdict.OPEN for cell in row.cells)


def chosen_anew(rows: Sequence[Row], ranked: Sequence[Work], dropped: Collection[str], most: int) -> list[Work]:
    """The works of a table of at most ``most`` rows: the papers, the rows that stay in their order, then the best of ``ranked``
    that were not dropped.  More than ``most`` only when more rows stay."""
    kept = [row.work for row in rows if stays(row)]
    fresh = _not_there(ranked, kept, dropped)
    papers = [w for w in fresh if w.kind is WorkKind.PAPER]
    others = [w for w in fresh if w.kind is not WorkKind.PAPER]
    return [*papers, *kept, *others[: max(0, most - len(kept) - len(papers))]]


def _not_there(ranked: Sequence[Work], kept: Sequence[Work], dropped: Collection[str]) -> list[Work]:
    """Those of ``ranked`` that no row has yet and that nobody dropped."""
    there = {one for work in kept for one in ids_of(work)}
    return [w for w in ranked if there.isdisjoint(ids_of(w)) and title_key(w.title) not in dropped]
