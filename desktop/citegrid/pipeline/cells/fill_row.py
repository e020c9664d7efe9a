"""One row of the walk: its waiting cells asked, grounded and told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from citegrid.core.citation import pages_text
from citegrid.core.errors import ModelError
from citegrid.core.evidence import Passage
from citegrid.core.paper import Paper
from citegrid.core.reference import Work, WorkKind
from citegrid.core.table import Cell, Column, Row, Status
from citegrid.pipeline.cells import answer_types, cited_documents, generate, score_passages
from citegrid.pipeline.cells.column_intents import told_by_title
from citegrid.pipeline.cells.context import (
    Step,
    as_cited,
    entries_of,
    evidence_for,
    evidence_of,
    own_words,
    pages_of,
    pages_searched,
    paper_of,
)
from citegrid.pipeline.evidence import retrieve, verify
from citegrid.pipeline.evidence.claim_tokens import spell_counts


def fill_row(step: Step, row: Row, columns: Sequence[Column]) -> Iterator[Cell]:
    """Ask and ground the row's waiting cells."""
    waiting = {c.column for c in row.cells if c.status is Status.WAITING}
    asked = [c for c in columns if c.name in waiting]
    if not asked:
        return
    work, language = row.work, step.request.language
    document, paper = step.own_document(work), paper_of(step.papers, work)
    if paper is not None:
        yield from _of_paper(step, paper, work, asked)
        return
    if document is None:
        cells = list(_answers(step, work, asked, evidence_for(step, work, asked)))
        yield from _said_elsewhere(step, work, asked, cells)
        return
    words = own_words(step, document, asked)
    own = [
        replace(cell, text=(told := cited_documents.in_third_person(cell.text, language)), draft=told)
        for cell in _answers(step, speaker_of(work, words), asked, words)
    ]
    if work.kind is WorkKind.LIBRARY:
        yield from own
        return
    for mine, cited in zip(own, _answers(step, work, asked, evidence_for(step, work, asked)), strict=True):
        yield cited_documents.side_by_side(mine, cited, [c.text for c in document.chunks], language)


def _of_paper(step: Step, paper: Paper, work: Work, asked: Sequence[Column]) -> Iterator[Cell]:
    """The cells of a main paper in its own words; where another main paper cites it, what that says stands beside them."""
    own = list(_answers(step, work, asked, evidence_for(step, work, asked)))
    if len(step.papers) > 1:  # “we” and “this paper” would be several
        told = [cited_documents.in_third_person(cell.text, step.request.language) for cell in own]
        own = [replace(cell, text=text, draft=text) for cell, text in zip(own, told, strict=True)]
    if not entries_of(step.papers, work):
        yield from own
        return
    view = as_cited(work)
    whole = [page.text for page in paper.document.pages]
    for mine, cited in zip(own, _answers(step, view, asked, evidence_for(step, view, asked)), strict=True):
        yield cited_documents.side_by_side(mine, cited, whole, step.request.language)


def _said_elsewhere(step: Step, work: Work, asked: Sequence[Column], cells: Sequence[Cell]) -> Iterator[Cell]:
    """``cells``, and for those that the paper does not answer what the library's documents say of the work."""
    cited = entries_of(step.papers, work)
    reference = cited[0][1] if cited else None
    open_ = [c for c, cell in zip(asked, cells, strict=True) if cell.status in (Status.NOT_STATED, Status.UNSUPPORTED)]
    said = cited_documents.said_of(step.library, reference) if step.library and reference and open_ else ()
    more = {cell.column: cell for cell in _answers(step, work, open_, said)} if said else {}
    for cell in cells:
        other = more.get(cell.column)
        yield other if other is not None and other.status is Status.SUPPORTED else cell


def _answers(step: Step, work: Work, asked: Sequence[Column], evidence: Sequence[Passage]) -> Iterator[Cell]:
    """A cell for each column, asked of ``evidence`` and grounded in it; ``work`` is of kind PAPER for its own words."""
    language = step.request.language
    pages = {s.page for p in evidence for s in p.spans} | set(pages_searched(step, work))
    searched = tuple(sorted(pages)) if len(step.papers) == 1 else ()  # a number names no paper; the reason does
    try:
        drafts = score_passages.ask_cells(
            work, evidence, asked, language, step.model, scale=step.scale, cancel=step.cancel
        )
        statements = [(spell_counts(d.text, (p.text for p in d.used)), d.used) for d in drafts]
        judged = [i for i, d in enumerate(drafts) if not d.nothing and not answer_types.has_form(asked[i])]
        findings = verify.check([statements[i] for i in judged], work, evidence, step.model, cancel=step.cancel)
        _say_plainly(step, work, drafts, statements, findings, judged)
        found = dict(zip(judged, findings, strict=True))
        for i, column in enumerate(asked):
            if answer_types.has_form(column) and not drafts[i].nothing:
                statements[i], found[i] = _in_form(step, work, column, drafts[i], evidence)
        for i, text, by_title in _by_title(step, work, asked, found):
            statements[i], found[i] = (text, by_title.used), by_title
    except ModelError as fault:
        yield from (Cell(c.name, status=Status.FAILED, reason=str(fault), searched=searched) for c in asked)
        return
    for i, column in enumerate(asked):
        text = statements[i][0]
        finding = found.get(i)
        if finding is None:
            near = evidence_of(step.papers, statements[i][1], work)
            reason = _not_stated(searched, language) if len(step.papers) == 1 else _not_stated_in(step, work)
            yield Cell(column.name, status=Status.NOT_STATED, searched=searched, reason=reason, near=near)
            continue
        yield Cell(
            column.name,
            text,
            Status.SUPPORTED if finding.carried else Status.UNSUPPORTED,
            evidence_of(step.papers, finding.used, work),
            finding.reason,
            searched,
            draft=text,
        )


def _by_title(
    step: Step, work: Work, asked: Sequence[Column], found: Mapping[int, verify.Finding]
) -> list[tuple[int, str, verify.Finding]]:
    """Where no sentence answers a column that the work's title does, its title: at most one ``(column, text, finding)``."""
    cited = entries_of(step.papers, work) if work.kind is WorkKind.REFERENCE else []
    open_ = [
        i
        for i, column in enumerate(asked)
        if told_by_title(column, work.title) and not (i in found and found[i].carried)
    ]
    title = retrieve.of_title(cited[0][0].document, cited[0][1]) if cited and open_ else None
    if title is None:
        return []
    return [(open_[0], generate.by_title(title, step.request.language), verify.Finding(True, "", (title,)))]


def _in_form(
    step: Step, work: Work, column: Column, draft: score_passages.Draft, evidence: Sequence[Passage]
) -> tuple[tuple[str, tuple[Passage, ...]], verify.Finding]:
    """An answer of a form (a number, a year, yes or no) and its judgement; one that is not of the form is not carried."""
    language = step.request.language
    text, reason = answer_types.shaped(draft.text, column, language)
    if reason:
        return (text, draft.used), verify.Finding(False, reason, draft.used)
    claim, facts = answer_types.claim_of(text, column), answer_types.facts_of(column, (p.text for p in draft.used))
    judged = verify.check([(claim, draft.used)], work, evidence, step.model, facts=facts, cancel=step.cancel)
    return (text, draft.used), judged[0]


def _say_plainly(
    step: Step,
    work: Work,
    drafts: Sequence[score_passages.Draft],
    statements: list[tuple[str, tuple[Passage, ...]]],
    findings: list[verify.Finding],
    judged: Sequence[int],
) -> None:
    """Where the model's words are not carried, let what the whole sentence says be judged, if they were narrowed, and then the
    sentence itself."""
    language = step.request.language

    def judge(texts: Sequence[str], doubted: Sequence[tuple[int, int]]) -> None:
        plain = [(text, drafts[i].used) for text, (_, i) in zip(texts, doubted, strict=True)]
        judgements = verify.check(plain, work, (), step.model, cancel=step.cancel)
        for (n, i), statement, finding in zip(doubted, plain, judgements, strict=True):
            if finding.carried and statement[0]:
                statements[i], findings[n] = statement, finding

    doubted = [(n, i) for n, i in enumerate(judged) if not findings[n].carried and drafts[i].by_model]
    narrowed = [(n, i) for n, i in doubted if drafts[i].narrowed]
    judge(generate.say([drafts[i].used[0] for _, i in narrowed], language, step.model, cancel=step.cancel), narrowed)
    left = [(n, i) for n, i in doubted if not findings[n].carried]
    judge([generate.original(drafts[i].used[0], language) for _, i in left], left)


def speaker_of(work: Work, used: Sequence[Passage]) -> Work:
    """``work`` as it is asked and judged: as the paper itself where its own words are the evidence."""
    return replace(work, kind=WorkKind.PAPER) if cited_documents.is_first_hand(used) else work


def _not_stated(searched: Sequence[int], language: str) -> str:
    if not searched:
        return "未提及（已查背景文献）" if language == "zh" else "not stated (the background document was searched)"
    pages = ", ".join(map(str, searched[:12])) + (" …" if len(searched) > 12 else "")
    return f"未提及（已查第{pages}页）" if language == "zh" else f"not stated (pages {pages} searched)"


def _not_stated_in(step: Step, work: Work) -> str:
    """Which pages of which papers say nothing."""
    paper, zh = paper_of(step.papers, work), step.request.language == "zh"
    if paper is not None:
        looked = [(paper, [page.number for page in paper.document.pages])]
    else:
        looked = [(p, pages_of(entry)) for p, entry in entries_of(step.papers, work)]
    places = [f"{p.document.name} {pages_text(pages, 'zh' if zh else 'en')}" for p, pages in looked]
    if not places:
        return _not_stated((), step.request.language)
    return f"未提及（已查{'；'.join(places)}）" if zh else f"not stated ({'; '.join(places)} searched)"
