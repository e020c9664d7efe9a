"""The session: who may change the project, what can be undone, and what is dropped once another project is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.doubles.engines import FakeModel, FakeOcr

from citegrid.core.errors import InternalError
from citegrid.core.project import Part, Project, SetFields
from citegrid.ports import Pixels
from citegrid.workbench.engines import Engines
from citegrid.workbench.session import UNDO_DEPTH, Session
from citegrid.workbench.workbench import Workbench


def no_engines() -> Engines:
    """Engines for use-cases that need none."""

    def refuse(*args: object, **more: object) -> object:
        raise AssertionError("no engine is needed")

    return Engines(
        refuse,
        FakeOcr(),
        lambda path: Pixels(1, 1, b"\0\0\0"),
        lambda path, sha256, cancel: FakeModel(),
        refuse,
        refuse,
    )  # type: ignore[arg-type]


@pytest.fixture
def session() -> Iterator[Session]:
    made = Session(no_engines())
    yield made
    made.close_project()
    made.close_queues()
    made.close_engines()


def asking(query: str) -> SetFields:
    return SetFields((("query", query),), frozenset({Part.QUERY}))


def test_the_project_cannot_be_assigned_from_outside(session: Session) -> None:
    with pytest.raises(AttributeError):
        session.project = Project(query="mine")  # type: ignore[misc]
    workbench = Workbench(no_engines())
    try:
        with pytest.raises(AttributeError):
            workbench.project = Project(query="mine")  # type: ignore[misc]
        with pytest.raises(AttributeError):
            workbench.folder = None  # type: ignore[misc]
    finally:
        workbench.close()


def test_an_edit_changes_it_and_is_told_and_undone_and_redone(session: Session) -> None:
    heard: list[frozenset[Part]] = []
    session.watch(lambda changed: heard.append(changed.parts))
    before = session.project
    session.apply(asking("What is known?"))
    after = session.project
    assert after.query == "What is known?" and session.can_undo and not session.can_redo
    session.undo()
    assert session.project == before and session.can_redo
    session.redo()
    assert session.project == after
    assert heard == [frozenset({Part.QUERY})] * 3


def test_an_edit_that_cannot_be_undone_leaves_the_steps_before_it(session: Session) -> None:
    session.apply(asking("first"))
    session.apply(asking("second"), undoable=False)
    session.undo()
    assert session.project.query != "second" and not session.can_undo


def test_no_more_steps_are_kept_than_can_be_wanted(session: Session) -> None:
    for number in range(UNDO_DEPTH + 5):
        session.apply(asking(str(number)))
    while session.can_undo:
        session.undo()
    assert session.project.query == "4"


def test_followers_are_called_before_anybody_hears(session: Session) -> None:
    order: list[str] = []
    session.watch(lambda changed: order.append("told"))
    session.follow(lambda before, *, stepped: order.append("stepped" if stepped else "followed"))
    session.apply(asking("one"))
    session.undo()
    assert order == ["followed", "told", "stepped", "told"]


def test_another_project_forgets_the_steps_of_the_one_before(session: Session) -> None:
    session.apply(asking("one"))
    session.take_project(Project(query="other"))
    assert session.project.query == "other" and not session.can_undo and not session.can_redo


def test_what_was_begun_for_a_project_does_nothing_once_it_is_closed(session: Session) -> None:
    heard: list[str] = []
    call = session.for_this_project(heard.append)
    call("in time")
    session.close_project()
    call("too late")
    assert heard == ["in time"]


def test_a_short_job_is_heard_of_only_when_it_fails(session: Session) -> None:
    heard: list[str] = []
    session.watch_jobs(lambda job: heard.append(job.name))

    def fail(progress: object, cancel: object) -> None:
        raise RuntimeError("broken")

    session.start(session.queues.aside, "goes well", lambda progress, cancel: None, told=False).result(5)
    assert not heard
    with pytest.raises(InternalError):
        session.start(session.queues.aside, "breaks", fail, told=False).result(5)
    session.queues.aside.start("after it", lambda progress, cancel: None).result(5)
    assert heard == ["breaks"]
