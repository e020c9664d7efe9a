"""The run: from read papers and columns to a table and its review.

Rooms do not know each other; this module alone knows their order.  ``fill_table``
is the story; the functions below it are its steps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from citegrid.core.paper import Paper
from citegrid.core.project import Project, Run
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review
from citegrid.core.table import Cell, Column, Row, Status
from citegrid.pipeline.bibliography.coverage import losses_of
from citegrid.pipeline.bibliography.extract import find_references
from citegrid.pipeline.bibliography.mark import mark_entries
from citegrid.pipeline.bibliography.own_identifiers import with_own_identifiers
from citegrid.pipeline.cells.columns.titles import without_columns_of_titles
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.fill_row import fill_row
from citegrid.pipeline.cells.rows import rows_to_fill, unless_carried, waiting_row
from citegrid.pipeline.citations.hyperlinks import links_left_out
from citegrid.pipeline.citations.resolve import find_mentions
from citegrid.pipeline.citations.unresolved import unresolved_citations
from citegrid.pipeline.document.open import open_document
from citegrid.pipeline.document.read import read_document
from citegrid.pipeline.footnotes.resolve import read_footnotes
from citegrid.pipeline.review.write import write_review
from citegrid.ports import (
    NEVER,
    SILENT,
    Cancel,
    OcrEngine,
    OpenDocument,
    PageSource,
    Progress,
)

_FILLING = "Filling the table"


@dataclass(frozen=True, slots=True)
class RunListener:
    """Who wants to know what was found, as soon as it is found."""

    rows: Callable[[tuple[Row, ...]], None] = lambda rows: None
    cell: Callable[[str, Cell], None] = lambda work_id, cell: None
    review: Callable[[Review], None] = lambda review: None


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a table is filled.

    ``again``: cells that have an answer are asked once more.  ``anew``: the works are selected again although there are
    rows; those that are pinned or that a person decided on stay, and a row whose work is selected once more keeps its
    answers.  ``review``: whether the review is written.  ``strict``: what no evidence carries is not shown; its cell is
    not stated, its evidence the nearest miss.
    """

    again: bool = False
    anew: bool = False
    review: bool = True
    strict: bool = False


def open_source(path: Path, open_: OpenDocument, password: str = "") -> PageSource:
    """Open a paper; raises ``InputError`` or ``PasswordNeeded``."""
    return open_document(path, open_, password)


def read_paper(
    source: PageSource, ocr: OcrEngine | None, *, progress: Progress = SILENT, cancel: Cancel = NEVER
) -> Paper:
    """Read the pages, the reference list and the in-text citations."""
    began = time.perf_counter()
    document = read_document(source, ocr, progress=progress, cancel=cancel)
    progress.report("Finding references", 0, 0)
    footnotes = read_footnotes(document, find_references(document))
    lost = losses_of(document, footnotes.entries)
    document = with_own_identifiers(mark_entries(document, footnotes.entries))
    links = source.links()
    references = find_mentions(document, footnotes.references, links, footnotes.marks)
    doubts = (*lost, *footnotes.warnings, *unresolved_citations(document, references), *links_left_out(links))
    document = replace(document, warnings=(*document.warnings, *doubts))
    return Paper(document, references, time.perf_counter() - began)


def choose_rows(context: RunContext, project: Project, options: RunOptions) -> tuple[Row, ...]:
    """The rows to fill, with what their entries print; the model is asked for no more than the words of a library in another
    language.

    Several papers fill one table; a work that they share is one row.  Documents of the library become rows and
    speak for the works that they are.
    """
    return tuple(rows_to_fill(context, project, again=options.again, anew=options.anew))


def fill_table(
    context: RunContext,
    project: Project,
    listener: RunListener,
    options: RunOptions | None = None,
    rows: tuple[Row, ...] | None = None,
) -> Run:
    """Select the works, fill each row's waiting cells, write the review; what was used for it.

    ``rows`` are those that were chosen before, which the listener knows.
    """
    options = options or RunOptions()
    watch: dict[str, float] = {}
    used = _counts(context)
    if rows is None:
        rows = choose_rows(context, project, options)
        listener.rows(rows)
    with _timed(watch, "fill"):
        answered = tuple(_filled(context, rows, project.table.columns, listener, options.strict))
        filled = _without_columns_of_titles(answered, listener)
    if options.review:
        with _timed(watch, "review"):
            listener.review(write_review(context, filled))
    return _run(context, watch, used)


def fill_own_row(context: RunContext, columns: Sequence[Column], *, strict: bool = False) -> Row:
    """The row of the one paper of ``context``, from its own words; titles that only stand in for answers are taken back once
    all rows of a table are there (``settled``)."""
    (paper,) = context.papers
    document = paper.document
    work = Work(WorkKind.PAPER, paper.own_id, document.called, document.authors, document.year)
    row = waiting_row(context.papers, work, columns, context.language)
    (filled,) = _filled(context, (row,), columns, RunListener(), strict)
    return filled


def settled(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows that were filled apart, as those of one table."""
    return without_columns_of_titles(rows)


def _filled(
    context: RunContext, rows: Sequence[Row], columns: Sequence[Column], listener: RunListener, strict: bool
) -> Iterator[Row]:
    """The rows with their answers, each cell told as it comes."""
    tally = _Tally(context.progress, sum(len(r.cells) for r in rows))
    tally.done = sum(c.status is not Status.WAITING for r in rows for c in r.cells)
    for row in rows:
        context.cancel.check()
        tally.begin(row)

        def tell(found: Cell, work: Work = row.work) -> Cell:
            cell = unless_carried(found) if strict else found
            if tally.told.get(cell.column) != cell:
                listener.cell(work.id, cell)
            tally.count(cell, work)
            return cell

        for found in fill_row(context, row, columns, tell):
            row = _with_cell(row, tell(found))
        yield row


@dataclass(slots=True)
class _Tally:
    """Counts the cells that are there, each once: ``told`` are those of the row that is being filled."""

    progress: Progress
    total: int
    done: int = 0
    told: dict[str, Cell] = field(default_factory=dict)

    def begin(self, row: Row) -> None:
        """Another row is filled."""
        self.told.clear()
        self.progress.report(_FILLING, self.done, self.total, row.work.title)

    def count(self, cell: Cell, work: Work) -> None:
        """A cell is there, or there again."""
        self.done += cell.column not in self.told
        self.told[cell.column] = cell
        self.progress.report(_FILLING, self.done, self.total, work.title)


def _without_columns_of_titles(rows: Sequence[Row], listener: RunListener) -> tuple[Row, ...]:
    """The rows without the answers that are only titles in most of them; the listener hears of each cell that changed."""
    kept = without_columns_of_titles(rows)
    for before, after in zip(rows, kept, strict=True):
        for old, new in zip(before.cells, after.cells, strict=True):
            if new is not old:
                listener.cell(after.work.id, new)
    return kept


def _with_cell(row: Row, cell: Cell) -> Row:
    return replace(row, cells=tuple(cell if c.column == cell.column else c for c in row.cells))


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    began = time.perf_counter()
    try:
        yield
    finally:
        seconds[step] = seconds.get(step, 0.0) + time.perf_counter() - began


def _counts(context: RunContext) -> tuple[int, int, int]:
    """The models' counts before a run, to be taken from those after it."""
    used = [model.usage for model in (context.model, context.translator) if model is not None]
    counts = ((one.prompt_tokens, one.cached_tokens, one.generated_tokens) for one in used)
    prompt, cached, generated = map(sum, zip(*counts, strict=True))
    return prompt, cached, generated


def _run(context: RunContext, watch: dict[str, float], before: tuple[int, int, int]) -> Run:
    info = context.model.info
    prompt, cached, generated = (now - then for now, then in zip(_counts(context), before, strict=True))
    seconds = {"read": sum(p.seconds for p in context.papers), **watch}
    spent = tuple((step, round(of, 2)) for step, of in seconds.items())
    run = Run(info.name, info.sha256, 0, prompt, cached, generated, spent)
    if context.translator is None:
        return run
    return replace(run, translator=context.translator.info.name, translator_sha256=context.translator.info.sha256)
