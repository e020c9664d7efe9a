"""Which rows a run fills, and what stands in them before the model is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from citegrid.core.edits.rows import chosen_anew
from citegrid.core.messages import Message
from citegrid.core.paper import Paper, ids_of
from citegrid.core.project import Project
from citegrid.core.reference import Work, WorkKind
from citegrid.core.statement import Kind
from citegrid.core.table import AnswerType, Cell, Column, Row, Status, Verdict
from citegrid.pipeline.cells import cited_documents
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.columns import answer_types, bibliographic, entry_data
from citegrid.pipeline.cells.columns.column_intents import asks_yes_or_no, intent_of
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.passages import mention_weights
from citegrid.pipeline.cells.patterns import phrase
from citegrid.pipeline.cells.selection import merge_papers
from citegrid.pipeline.cells.works import entries_of, paper_of

#: The forms of an answer that an address may have.
_SAID_OF_AN_ADDRESS = (AnswerType.TEXT, AnswerType.YES_NO)
#: One row in so many may be a document of the library on the topic of the paper.
LIBRARY_SHARE = 3


def rows_to_fill(context: RunContext, project: Project, *, again: bool = False, anew: bool = False) -> Iterator[Row]:
    """The rows to fill: those of the project, or new ones for the works that matter; the cells to be asked are empty.

    With ``again`` all cells are, but those that a person decided on; with ``anew`` the works are chosen again.
    """
    known = {one: row for row in project.table.rows for one in ids_of(row.work)}
    for work in _works(context, project, anew):
        fresh = waiting_row(context.papers, work, project.table.columns, context.language, context.library)
        old = next((known[one] for one in ids_of(work) if one in known), None)
        yield fresh if old is None else _with_answers(fresh, old, again)


def waiting_row(
    papers: Sequence[Paper], work: Work, columns: Sequence[Column], language: str, library: Library | None = None
) -> Row:
    """A row whose bibliographic cells are filled and whose other cells wait to be asked."""
    entry = _entry_data(papers, work, library)
    return Row(work, tuple(_waiting_cell(column, entry, language) for column in columns))


def unless_carried(cell: Cell) -> Cell:
    """``cell`` as it is, or where nothing carries its text, as not stated; the text stays as the draft."""
    if cell.status is not Status.UNSUPPORTED or cell.verdict is not Verdict.OPEN:
        return cell
    reason = Message("not stated (something was said, but no quote carries it)")
    if cell.reason:
        reason = Message("not stated (something was said, but no quote carries it): {reason}", reason=cell.reason)
    draft = cell.draft or cell.text
    return Cell(
        cell.column,
        status=Status.NOT_STATED,
        reason=reason,
        searched=cell.searched,
        draft=draft,
        near=cell.evidence,
    )


def _works(context: RunContext, project: Project, anew: bool) -> list[Work]:
    """The works of the rows: those of the project, with what further papers brought, or those that matter."""
    rows = project.table.rows
    if rows and not anew:
        works = [row.work for row in rows]
        weights = mention_weights(context) if context.several else {}
        return merge_papers.joined(works, context.papers, context.request, weights)
    most = context.request.max_rows
    wide = replace(context, request=replace(context.request, max_rows=most + len(project.dropped)))
    return chosen_anew(rows, _chosen(wide), project.dropped, most) or _chosen(context)


def _chosen(context: RunContext) -> list[Work]:
    """The papers, the references that matter most, and documents of the library on its topic: a third of the rows, or
    what the references leave."""
    context.progress.report("Choosing the works", 0, 0)
    most = context.request.max_rows
    works = merge_papers.works_of(context.papers, context.request, mention_weights(context))
    if context.library is None:
        return works
    own = map(context.own_document, works)
    taken = {*(p.document.sha256 for p in context.papers), *(d.sha256 for d in own if d is not None)}
    title = context.papers[0].document.called
    found = cited_documents.works_for(context.library, title, tuple(taken))
    found = found[: max((most - 1) // LIBRARY_SHARE, most - len(works))]
    return [*works[: most - len(found)], *found]


def _with_answers(fresh: Row, old: Row, again: bool) -> Row:
    """A fresh row with the answers of the old one that stay."""
    kept = {c.column: c for c in old.cells}
    grown = set(ids_of(fresh.work)) != set(ids_of(old.work))  # another paper speaks of it, too
    cells = tuple(_kept(kept.get(c.column), c, again or grown) for c in fresh.cells)
    return replace(fresh, cells=cells, pinned=old.pinned)


def _kept(old: Cell | None, fresh: Cell, again: bool) -> Cell:
    if old is None or old.status in (Status.WAITING, Status.FAILED):
        return fresh
    return fresh if again and old.verdict is Verdict.OPEN else old


def _entry_data(papers: Sequence[Paper], work: Work, library: Library | None) -> entry_data.EntryData:
    """A work's bibliographic data, from its own front page or from the entries of those that cite it."""
    paper, cited = paper_of(papers, work), entries_of(papers, work)
    if paper is not None:
        return entry_data.of_paper(paper.document, work)
    if cited:
        first, *more = (entry_data.of_reference(p.document, work, entry) for p, entry in cited)
        return replace(first, evidence=(*first.evidence, *(e for one in more for e in one.evidence)))
    if work.kind is WorkKind.LIBRARY:
        document = library.of_work(work) if library is not None else None
        evidence = cited_documents.front_evidence(document, work.authors) if document is not None else ()
        return entry_data.of_library(work, evidence, document.doi if document is not None else "")
    return entry_data.of_paper(papers[0].document, work)


def _waiting_cell(column: Column, entry: entry_data.EntryData, language: str) -> Cell:
    fields = bibliographic.fields_of(column.name)
    if not fields:
        return _kept_at(column, entry, language) or Cell(column.name)
    cell = bibliographic.fill(column.name, fields, entry, language)
    text, reason = answer_types.shaped(cell.text, column, language)
    return replace(cell, text=text, status=Status.UNSUPPORTED, reason=reason) if reason else replace(cell, text=text)


def _kept_at(column: Column, entry: entry_data.EntryData, language: str) -> Cell | None:
    """The cell of a column that asks for nothing but where code or data is kept, where that is printed."""
    if tuple(intent_of(column).kinds) != (Kind.AVAILABILITY,) or column.answer_type not in _SAID_OF_AN_ADDRESS:
        return None
    cell = bibliographic.fill(column.name, ("repository",), entry, language)
    if cell.status is not Status.SUPPORTED:
        return None
    said = phrase("printed_repository", language).format(link=cell.text)
    if asks_yes_or_no(column):
        said = phrase("yes_sign", language) + phrase("before_why", language) + said
    return replace(cell, text=said, draft=said)
