"""The walk: from read papers and columns to a table and its review.

Rooms do not know each other; this module alone knows their order.  ``walk``
is the story; the functions below it are its steps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from citegrid.core.edits.rows import chosen_anew
from citegrid.core.paper import Paper
from citegrid.core.papers import ids_of
from citegrid.core.project import Check, Project, Run
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.review import Review
from citegrid.core.table import Cell, Column, Row, Status, Verdict
from citegrid.pipeline.bibliography.coverage import losses_of
from citegrid.pipeline.bibliography.extract import find_references
from citegrid.pipeline.bibliography.mark import mark_entries
from citegrid.pipeline.cells import answer_types, bibliographic, cited_documents, merge_papers, rank_works
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.context import Step, entries_of, paper_of, told_of
from citegrid.pipeline.cells.fill_row import fill_row
from citegrid.pipeline.cells.query import read_request
from citegrid.pipeline.citations.resolve import find_mentions
from citegrid.pipeline.citations.unresolved import unresolved_citations
from citegrid.pipeline.document.open import open_document
from citegrid.pipeline.document.read import read_document
from citegrid.pipeline.footnotes.resolve import read_footnotes
from citegrid.pipeline.quality_checks import self_check
from citegrid.pipeline.review.write import write_review
from citegrid.ports import (
    NEVER,
    SILENT,
    Cancel,
    LanguageModel,
    OcrEngine,
    OpenDocument,
    PageSource,
    Progress,
)


@dataclass(frozen=True, slots=True)
class Hear:
    """Who wants to know what was found, as soon as it is found."""

    rows: Callable[[tuple[Row, ...]], None] = lambda rows: None
    cell: Callable[[str, Cell], None] = lambda work_id, cell: None
    review: Callable[[Review], None] = lambda review: None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a walk used."""

    run: Run


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
    document = mark_entries(document, footnotes.entries)
    references = find_mentions(document, footnotes.references, source.links(), footnotes.marks)
    doubts = (*lost, *footnotes.warnings, *unresolved_citations(document, references))
    document = replace(document, warnings=(*document.warnings, *doubts))
    return Paper(document, references, time.perf_counter() - began)


def walk(
    papers: Sequence[Paper],
    project: Project,
    model: LanguageModel,
    hear: Hear,
    *,
    again: bool = False,
    anew: bool = False,
    review: bool = True,
    strict: bool = False,
    library: Library | None = None,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> Outcome:
    """Select the works, fill each row's waiting cells (all of them with ``again``), write the ``review``.

    With ``anew`` the works are selected again although there are rows: those that are pinned or that a person decided on
    stay, and a row whose work is selected once more keeps its answers.

    With ``strict`` what no evidence carries is not shown: its cell is not stated, its evidence the nearest miss.

    Several papers fill one table; a work that they share is one row.  Documents of ``library`` become rows and
    speak for the works that they are.
    """
    request = read_request(project.query, language=project.language, max_rows=project.max_rows, target=project.target)
    used = _counts(model)
    step = Step(tuple(papers), request, model, progress, cancel, library)
    rows = list(_rows(step, project, again, anew))
    hear.rows(tuple(rows))
    with step.timed("fill"):
        total = sum(len(r.cells) for r in rows)
        done = sum(c.status is not Status.WAITING for r in rows for c in r.cells)
        for i, row in enumerate(rows):
            cancel.check()
            progress.report("Filling the table", done, total, row.work.title)
            for found in fill_row(step, row, project.table.columns):
                cell = unless_carried(found, project.language) if strict else found
                hear.cell(row.work.id, cell)
                row = replace(row, cells=tuple(cell if c.column == cell.column else c for c in row.cells))
                done += 1
                progress.report("Filling the table", done, total, row.work.title)
            rows[i] = row
    if review:
        with step.timed("review"):
            hear.review(write_review(step, rows))
    return Outcome(_run(step, used))


def unless_carried(cell: Cell, language: str) -> Cell:
    """``cell`` as it is, or where nothing carries its text, as not stated; the text stays as the draft."""
    if cell.status is not Status.UNSUPPORTED or cell.verdict is not Verdict.OPEN:
        return cell
    said = (
        "未提及（有说法，但引文不支持）"
        if language == "zh"
        else "not stated (something was said, but no quote carries it)"
    )
    return Cell(
        cell.column,
        status=Status.NOT_STATED,
        reason=f"{said}: {cell.reason}" if cell.reason else said,
        searched=cell.searched,
        draft=cell.draft or cell.text,
        near=cell.evidence,
    )


def checks_of(project: Project, papers: Sequence[Paper]) -> tuple[Check, ...]:
    """The self-check of a project as it stands."""
    wanted = project.template.columns if project.template and project.template.columns else project.table.columns
    pages = {p.document.name: len(p.document.pages) for p in papers}
    most = len(papers[0].document.pages)
    return self_check(project.table, project.review, wanted, most, project.language, pages_of=pages)


def waiting_row(
    papers: Sequence[Paper], work: Work, columns: Sequence[Column], language: str, library: Library | None = None
) -> Row:
    """A row whose bibliographic cells are filled and whose other cells wait to be asked."""
    paper, cited = paper_of(papers, work), entries_of(papers, work)
    if paper is not None:
        source = bibliographic.of_paper(paper.document, work)
    elif cited:
        source = bibliographic.of_reference(cited[0][0].document, work, cited[0][1])
        more = [bibliographic.of_reference(p.document, work, entry) for p, entry in cited[1:]]
        source = replace(source, evidence=(*source.evidence, *(e for s in more for e in s.evidence)))
    elif work.kind is WorkKind.LIBRARY:
        document = library.of_work(work) if library is not None else None
        evidence = cited_documents.front_evidence(document, work.authors) if document is not None else ()
        source = bibliographic.of_library(work, evidence, document.doi if document is not None else "")
    else:
        source = bibliographic.of_paper(papers[0].document, work)
    cells = []
    for column in columns:
        fields = bibliographic.fields_of(column.name)
        cell = bibliographic.fill(column.name, fields, source, language) if fields else Cell(column.name)
        text, reason = answer_types.shaped(cell.text, column, language)
        if reason:
            cell = replace(cell, status=Status.UNSUPPORTED, reason=reason)
        cells.append(replace(cell, text=text))
    return Row(work, tuple(cells))


def work_of(reference: Reference, language: str) -> Work:
    """The work of a reference that a person adds by hand."""
    return rank_works.work_of(reference, language)


def _rows(step: Step, project: Project, again: bool, anew: bool) -> Iterator[Row]:
    """The rows to fill: those of the project, or new ones for the works that matter; waiting cells are empty."""
    rows = {one: row for row in project.table.rows for one in ids_of(row.work)}
    works = [row.work for row in project.table.rows]
    if anew or not works:
        most = step.request.max_rows
        wide = replace(step, request=replace(step.request, max_rows=most + len(project.dropped)))
        works = chosen_anew(project.table.rows, _works(wide), project.dropped, most) or _works(step)
    elif len(step.papers) > 1:
        works = merge_papers.joined(works, step.papers, step.request, told_of(step))
    for work in works:
        fresh = waiting_row(step.papers, work, project.table.columns, step.request.language, step.library)
        old = next((rows[one] for one in ids_of(work) if one in rows), None)
        kept = {c.column: c for c in old.cells} if old is not None else {}
        more = old is not None and set(ids_of(work)) != set(ids_of(old.work))  # another paper speaks of it, too
        cells = tuple(_kept(kept.get(c.column), c, again or more) for c in fresh.cells)
        yield replace(fresh, cells=cells, pinned=old is not None and old.pinned)


def _works(step: Step) -> list[Work]:
    """The papers, the references that matter most, and documents of the library on its topic: a third of the rows, or
    what the references leave."""
    works = merge_papers.works_of(step.papers, step.request, told_of(step))
    if step.library is None:
        return works
    taken = {
        *(p.document.sha256 for p in step.papers),
        *(d.sha256 for w in works if (d := step.own_document(w)) is not None),
    }
    title = step.papers[0].document.title or step.papers[0].document.name
    found = cited_documents.works_for(step.library, title, step.request.language, tuple(taken))
    most = max((step.request.max_rows - 1) // 3, step.request.max_rows - len(works))
    return [*works[: step.request.max_rows - len(found[:most])], *found[:most]]


def _kept(old: Cell | None, fresh: Cell, again: bool) -> Cell:
    if old is None or old.status in (Status.WAITING, Status.FAILED):
        return fresh
    if again and old.verdict is Verdict.OPEN:
        return fresh
    return old


def _counts(model: LanguageModel) -> tuple[int, int, int]:
    """The model's counts before a walk, to be taken from those after it."""
    return model.usage.prompt_tokens, model.usage.cached_tokens, model.usage.generated_tokens


def _run(step: Step, before: tuple[int, int, int]) -> Run:
    usage, info = step.model.usage, step.model.info
    return Run(
        info.name,
        info.sha256,
        0,
        usage.prompt_tokens - before[0],
        usage.cached_tokens - before[1],
        usage.generated_tokens - before[2],
        (
            ("read", round(sum(p.seconds for p in step.papers), 2)),
            *((k, round(v, 2)) for k, v in step.watch.seconds.items()),
        ),
    )
