"""One row of a run: its waiting cells asked, verified and made cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from citegrid.core.errors import ModelError
from citegrid.core.evidence import Passage, Selection
from citegrid.core.library import Background
from citegrid.core.paper import Paper
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status
from citegrid.pipeline.cells import cited_documents, passages
from citegrid.pipeline.cells.answer import CellAnswer, Draft
from citegrid.pipeline.cells.compare_accounts import side_by_side
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.from_tables import answer_by_table
from citegrid.pipeline.cells.generate import generate
from citegrid.pipeline.cells.reasons import not_stated, not_stated_in
from citegrid.pipeline.cells.score_passages import score
from citegrid.pipeline.cells.third_person import in_third_person
from citegrid.pipeline.cells.verify_answers import answer_by_title, say_as_it_stands, verify_answers
from citegrid.pipeline.cells.works import as_cited, pages_read, pages_searched, speaker_of
from citegrid.pipeline.evidence.patterns import TARGET

#: Cells that other documents may still answer.
_OPEN = (Status.NOT_STATED, Status.UNSUPPORTED)

#: Hears of a cell that is ready before its row is.
Heard = Callable[[Cell], object]


def _unheard(cell: Cell) -> None:
    """For who waits for the whole row."""


def fill_row(context: RunContext, row: Row, columns: Sequence[Column], heard: Heard = _unheard) -> Iterator[Cell]:
    """The row's waiting cells, asked of whoever can answer: the paper, the work itself, the papers that cite it.

    Those that nobody else will say another word on are ``heard`` as soon as they are there, and come once more in their order.
    """
    waiting = {c.column for c in row.cells if c.status is Status.WAITING}
    asked = [c for c in columns if c.name in waiting]
    if not asked:
        return
    work = row.work
    document, paper = context.own_document(work), context.paper_of(work)
    if context.selection is not None:
        yield from _of_selection(context, context.selection, work, asked)
    elif paper is not None:
        yield from _of_paper(context, paper, work, asked, heard)
    elif document is not None:
        yield from _of_document(context, document, work, asked)
    else:
        cells = answer_cells(context, work, asked, passages.for_row(context, work), heard)
        yield from _asked_of_library(context, work, asked, cells)


def _of_paper(context: RunContext, paper: Paper, work: Work, asked: Sequence[Column], heard: Heard) -> Iterator[Cell]:
    """The cells of a main paper in its own words; where another main paper cites it, what that says stands beside them."""
    cited = context.entries_of(work)
    final = not cited and not context.several
    own = answer_cells(context, work, asked, passages.for_row(context, work), heard if final else _unheard)
    if context.several:
        own = [_retold(cell, context.language) for cell in own]
    if not cited:
        yield from own
        return
    whole = [page.text for page in paper.document.pages]
    yield from _beside_citing_view(context, as_cited(work), asked, own, whole)


def _of_selection(context: RunContext, selection: Selection, work: Work, asked: Sequence[Column]) -> Iterator[Cell]:
    """The cells as a place says it that a person selected: who selects it for a work says that it speaks of it, cited there or not.
    That does not make them the work's own words."""
    words = context.selected(work, selection)
    told = work if any(TARGET in one.shown for one in words) else replace(work, kind=WorkKind.PAPER)
    for cell in answer_cells(context, told, asked, words):
        yield replace(
            cell, evidence=tuple(replace(one, first_hand=work.kind is WorkKind.PAPER) for one in cell.evidence)
        )


def _of_document(context: RunContext, document: Background, work: Work, asked: Sequence[Column]) -> Iterator[Cell]:
    """The cells of a work that lies in the library in its own words; where a paper cites it, what that says stands beside them."""
    words = passages.of_document(document)
    own = answer_cells(context, speaker_of(work, words), asked, words)
    own = [_retold(cell, context.language) for cell in own]
    if work.kind is WorkKind.LIBRARY:
        yield from own
        return
    yield from _beside_citing_view(context, work, asked, own, [c.text for c in document.chunks])


def _beside_citing_view(
    context: RunContext, work: Work, asked: Sequence[Column], own: Sequence[Cell], whole: Sequence[str]
) -> Iterator[Cell]:
    """A work's ``own`` cells with what the papers that cite it say; ``whole`` is the work's text, part by part."""
    citing = answer_cells(context, work, asked, passages.for_row(context, work))
    for mine, cited in zip(own, citing, strict=True):
        yield side_by_side(mine, cited, whole, context.language)


def _asked_of_library(
    context: RunContext, work: Work, asked: Sequence[Column], cells: Sequence[Cell]
) -> Iterator[Cell]:
    """``cells``, and for those that the papers do not answer what the library's documents say of the work."""
    unanswered = [column for column, cell in zip(asked, cells, strict=True) if cell.status in _OPEN]
    said = _said_in_library(context, work) if unanswered else ()
    found = answer_cells(context, work, unanswered, said) if said else []
    more = {cell.column: cell for cell in found if cell.status is Status.SUPPORTED}
    yield from (more.get(cell.column, cell) for cell in cells)


def _said_in_library(context: RunContext, work: Work) -> tuple[Passage, ...]:
    cited = context.entries_of(work)
    return (
        cited_documents.citing_sentences(context.library, cited[0][1]) if context.library is not None and cited else ()
    )


def answer_cells(
    context: RunContext,
    work: Work,
    asked: Sequence[Column],
    candidates: Sequence[Passage],
    heard: Heard = _unheard,
) -> list[Cell]:
    """A cell for each column, asked of ``candidates`` and verified by them; ``work`` is of kind PAPER for its own words."""
    searched = _searched(context, work, candidates)

    def hear(answer: CellAnswer) -> None:
        (verified,) = verify_answers(context, work, [answer])
        heard(_cell(context, work, verified, searched))

    try:
        answers = [CellAnswer(column, tuple(candidates)) for column in asked]
        answers = score(context, work, answers)
        answers = generate(context, work, answers, hear)
        answers = verify_answers(context, work, answers)
        answers = say_as_it_stands(context, work, answers)
        answers = answer_by_table(context, work, answers)
        answers = answer_by_title(context, work, answers)
    except ModelError as fault:
        return [Cell(c.name, status=Status.FAILED, reason=fault.whole, searched=searched) for c in asked]
    return [_cell(context, work, answer, searched) for answer in answers]


def _cell(context: RunContext, work: Work, answer: CellAnswer, searched: tuple[int, ...]) -> Cell:
    name, finding = answer.column.name, answer.finding
    if finding is None:
        near = context.evidence_of(answer.used, work)
        reason = not_stated_in(pages_read(context.papers, work)) if context.several else not_stated(searched)
        return Cell(name, status=Status.NOT_STATED, searched=searched, reason=reason, near=near)
    status = Status.SUPPORTED if finding.carried else Status.UNSUPPORTED
    cell = Cell(name, answer.text, status, searched=searched, reason=finding.reason, draft=answer.text)
    draft = answer.draft or Draft("")
    evidence = context.evidence_of(finding.used, work)
    return replace(cell, evidence=evidence, wording=draft.wording, doubts=draft.doubts)


def _searched(context: RunContext, work: Work, candidates: Sequence[Passage]) -> tuple[int, ...]:
    """The pages that were read for the row; none of several papers, where a number names no paper and the reason does."""
    if context.several:
        return ()
    pages = {s.page for p in candidates for s in p.spans}
    return tuple(sorted(pages | set(pages_searched(context.papers, work))))


def _retold(cell: Cell, language: str) -> Cell:
    """A cell in a work's own words, as one tells them of it."""
    text = in_third_person(cell.text, language)
    doubts = cell.doubts if len(text) == len(cell.text) else ((0, len(text)),) * bool(cell.doubts)
    return replace(cell, text=text, draft=text, doubts=doubts)
