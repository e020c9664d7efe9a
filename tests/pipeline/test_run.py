"""A run: rows, cells and a review, heard as they come, and what was used for them."""

from __future__ import annotations

from dataclasses import replace

from tests.doubles.engines import FakeModel, ToldEncoder
from tests.papers import document, mention, reference

from citegrid.core.paper import Paper
from citegrid.core.project import Project
from citegrid.core.review import Review
from citegrid.core.table import Cell, Column, Row, Status, Table, Verdict
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.selection.query import request_of
from citegrid.pipeline.run import RunListener, RunOptions, fill_table

SENTENCE = "Gao et al. (2023) propose a method that trains small models on 12 corpora of news."
DOC = document([SENTENCE], title="Our paper")
GAO = reference("gao", [mention(DOC, "Gao et al. (2023)", SENTENCE, narrative=True)], title="Enabling", year=2023)
PROJECT = Project(language="en", max_rows=2, table=Table((Column("Title"), Column("Method"))))


class Ears:
    """Keeps what a run says."""

    def __init__(self) -> None:
        self.rows: tuple[Row, ...] = ()
        self.cells: list[tuple[str, Cell]] = []
        self.reviews: list[Review] = []

    def listener(self) -> RunListener:
        def rows(found: tuple[Row, ...]) -> None:
            self.rows = found

        return RunListener(rows, lambda work_id, cell: self.cells.append((work_id, cell)), self.reviews.append)


def fill(project: Project, options: RunOptions | None = None) -> tuple[Ears, FakeModel]:
    ears, model = Ears(), FakeModel()
    context = RunContext((Paper(DOC, (GAO,), 1.5),), request_of(project), model)
    run = fill_table(context, project, ears.listener(), options)
    assert (run.model, run.generated_tokens) == (model.info.name, model.usage.generated_tokens)
    assert dict(run.seconds)["read"] == 1.5
    return ears, model


def test_works_are_chosen_and_their_cells_heard_one_by_one() -> None:
    ears, _ = fill(PROJECT)
    assert [row.work.id for row in ears.rows] == ["paper", "gao"]
    assert [c.status for c in ears.rows[1].cells] == [Status.UNSUPPORTED, Status.WAITING]
    assert [(work, cell.column) for work, cell in ears.cells] == [("paper", "Method"), ("gao", "Method")]
    assert len(ears.reviews) == 1


def test_no_review_is_written_where_none_is_wished() -> None:
    assert fill(PROJECT, RunOptions(review=False))[0].reviews == []


def test_a_filled_row_is_asked_again_only_on_request_and_never_where_a_person_decided() -> None:
    rows = fill(PROJECT)[0].rows
    answered = tuple(replace(c, text="x", status=Status.SUPPORTED) for c in rows[1].cells)
    decided = tuple(replace(c, verdict=Verdict.ACCEPTED) for c in answered)
    for cells, options, asked in (
        (answered, RunOptions(), 1),
        (answered, RunOptions(again=True), 2),
        (decided, RunOptions(again=True), 1),
    ):
        table = replace(PROJECT.table, rows=(rows[0], replace(rows[1], cells=cells)))
        assert len(fill(replace(PROJECT, table=table), options)[0].cells) == asked


def test_the_number_of_a_row_is_never_asked() -> None:
    project = replace(PROJECT, table=Table((Column("No."), Column("序号"))))
    ears, model = fill(project, RunOptions(review=False))
    assert {c.status for row in ears.rows for c in row.cells} == {Status.LINK}
    assert (ears.cells, model.asked) == ([], [])


def test_a_column_that_titles_alone_answer_is_taken_back() -> None:
    title = "Evaluating small models on the news of every day"
    pages = document([SENTENCE, *(f"Bee {n}. {title} {n}." for n in range(3))], title="Our paper")
    text = pages.page(1).text
    entries = []
    for n in range(3):
        at = text.index(f"{title} {n}")
        place = replace(GAO.mentions[0].spans[0], start=at, end=at + len(title) + 2)
        cites = mention(pages, "Gao et al. (2023)", SENTENCE, narrative=True)
        entries.append(reference(f"r{n}", [cites], title=f"{title} {n}", year=2023, spans=(place,)))
    silent = ToldEncoder({})
    papers = (Paper(pages, tuple(entries), 1.5),)
    ears, context = Ears(), RunContext(papers, request_of(PROJECT), FakeModel(), encoder=silent)
    project = replace(PROJECT, max_rows=4, table=Table((Column("Research aim"),)))
    fill_table(replace(context, request=request_of(project)), project, ears.listener(), RunOptions(review=False))
    last = dict(ears.cells)
    by_title = [cell for _, cell in ears.cells if cell.text.startswith("By its title")]
    assert len(by_title) == 3
    assert [last[f"r{n}"].status for n in range(3)] == [Status.NOT_STATED] * 3
