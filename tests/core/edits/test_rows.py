"""Rows that are pinned, dropped and moved, and what a new choice of the works leaves of them."""

from __future__ import annotations

from dataclasses import replace

from citegrid.core.edits import rows
from citegrid.core.project import Project, apply
from citegrid.core.reference import Work, WorkKind
from citegrid.core.serialisation.result import from_json, to_json
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict

PAPER = Work(WorkKind.PAPER, "paper", "The paper itself")
WORKS = [PAPER, *(Work(WorkKind.REFERENCE, f"r{n}", f"Work number {n}") for n in range(1, 9))]


def project(*works: Work) -> Project:
    made = tuple(Row(w, (Cell("Method", "said", Status.SUPPORTED),)) for w in works)
    return Project(table=Table((Column("Method"),), made))


def ids(these: Project) -> list[str]:
    return [r.work.id for r in these.table.rows]


def test_each_edit_of_rows_is_taken_back_by_its_inverse() -> None:
    before = project(*WORKS[:4])
    for edit in (
        rows.pin(before, ("r1", "r2"), True),
        rows.move(before, "r3", 0),
        rows.drop(before, ("r2",)),
        rows.add(replace(before, dropped=("worknumber8",)), Row(WORKS[8], (Cell("Method"),))),
    ):
        after, _, undo = apply(before, edit)
        assert after != before
        assert apply(after, undo)[0].table == before.table


def test_rows_move_where_they_are_sent() -> None:
    moved, _, _ = apply(project(*WORKS[:4]), rows.move(project(*WORKS[:4]), "r3", 1))
    assert ids(moved) == ["paper", "r3", "r1", "r2"]


def test_pins_and_dropped_works_outlast_the_file() -> None:
    one = project(*WORKS[:4])
    one, _, _ = apply(one, rows.pin(one, ("r2",), True))
    one, _, _ = apply(one, rows.drop(one, ("r1",)))
    back = from_json(to_json(one, "1"))
    assert [r.pinned for r in back.table.rows] == [False, True, False]
    assert back.dropped == one.dropped == (rows.title_key("Work number 1"),)


def test_a_new_choice_keeps_what_is_pinned_or_decided_and_brings_back_nothing_dropped() -> None:
    one = project(PAPER, WORKS[5], WORKS[6], WORKS[7], WORKS[8])
    one, _, _ = apply(one, rows.pin(one, ("r7",), True))
    one, _, _ = apply(one, rows.drop(one, ("r5",)))
    decided = replace(one.table.rows[-1], cells=(replace(one.table.rows[-1].cells[0], verdict=Verdict.REJECTED),))
    table = (*one.table.rows[:-1], decided)
    chosen = [w.id for w in rows.chosen_anew(table, WORKS, (*one.dropped, rows.title_key("WORK  number 2")), 5)]
    assert chosen == ["paper", "r7", "r8", "r1", "r3"]


def test_pinned_rows_stay_even_when_fewer_are_asked_for() -> None:
    one = project(*WORKS[:5])
    one, _, _ = apply(one, rows.pin(one, ("r2", "r3", "r4"), True))
    assert [w.id for w in rows.chosen_anew(one.table.rows, WORKS, (), 2)] == ["paper", "r2", "r3", "r4"]


def test_a_work_that_is_added_again_is_no_longer_dropped() -> None:
    one = project(*WORKS[:3])
    one, _, _ = apply(one, rows.drop(one, ("r1", "r2")))
    one, _, _ = apply(one, rows.add(one, Row(WORKS[1], (Cell("Method"),))))
    assert one.dropped == (rows.title_key("Work number 2"),)
