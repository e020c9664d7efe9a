"""Two tables laid side by side: what a second run, or a second model, answered otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from citegrid.core.language.text import key_text
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Row, Table


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that the two tables answer differently; None where a table has no such row or column."""

    work: Work
    column: str
    first: Cell | None
    second: Cell | None


def differences(first: Table, second: Table) -> tuple[Difference, ...]:
    """The cells that differ in their text, their status or the pages they cite, by rows and columns of ``first``, then
    what only ``second`` has.  Rows are paired by the work's title, columns by their name."""
    return tuple(_differences(first, second))


def _differences(first: Table, second: Table) -> Iterator[Difference]:
    left, right = _rows(first), _rows(second)
    for key, row in left.items():
        yield from _in_row(row, right.get(key))
    for key, row in right.items():
        if key not in left:
            yield from (Difference(row.work, c.column, None, c) for c in row.cells)


def _in_row(one: Row, other: Row | None) -> Iterator[Difference]:
    here = {c.column: c for c in one.cells}
    there = {c.column: c for c in other.cells} if other is not None else {}
    for name in dict.fromkeys((*here, *there)):
        a, b = here.get(name), there.get(name)
        if a is None or b is None or _shown(a) != _shown(b):
            yield Difference(one.work, name, a, b)


def _rows(table: Table) -> dict[str, Row]:
    return {"" if r.work.kind is WorkKind.PAPER else key_text(r.work.title) or r.work.id: r for r in table.rows}


def _shown(cell: Cell) -> tuple[object, ...]:
    """What a reader sees of a cell."""
    return cell.text, cell.status, tuple((e.source, e.page, e.chunk) for e in cell.evidence)
