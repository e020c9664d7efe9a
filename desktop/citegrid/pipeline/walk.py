"""The walk: from a read paper and columns to a table and its review.

Rooms do not know each other; this module alone knows their order.  ``walk``
is the story; the functions below it are its steps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from citegrid.core.document import Document
from citegrid.core.errors import ModelError
from citegrid.core.evidence import Evidence, Passage
from citegrid.core.library import Background
from citegrid.core.project import Check, Project, Run
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Column, Row, Status, Verdict
from citegrid.core.terms import is_chinese
from citegrid.pipeline import ask, bibliography, compose, first_hand, forms, ground, passages, select
from citegrid.pipeline.claim_words import spell_counts
from citegrid.pipeline.first_hand import Library
from citegrid.pipeline.intake import open_document
from citegrid.pipeline.mentions import find_mentions
from citegrid.pipeline.read import read_document
from citegrid.pipeline.references import find_references, mark_entries
from citegrid.pipeline.request import Request, read_request
from citegrid.pipeline.selfcheck import self_check
from citegrid.pipeline.topics import told_by_title
from citegrid.ports import (
    NEVER,
    SILENT,
    Cancel,
    LanguageModel,
    OcrEngine,
    OpenDocument,
    PageSource,
    Progress,
    Stopwatch,
)

#: What the paper's own best sentences are looked for by, when the review needs more.
_TELLING = (
    "we propose present method approach 方法 提出",
    "results show find 结果 表明",
    "conclude future limitation 结论 未来",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A read paper: its document, and its references with their mentions."""

    document: Document
    references: tuple[Reference, ...]
    seconds: float = 0.0

    def reference(self, work_id: str) -> Reference | None:
        """The reference a work stands for; None for the paper itself."""
        return next((r for r in self.references if r.id == work_id), None)


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


@dataclass(slots=True)
class _Walk:
    """What every step of one walk needs."""

    paper: Paper
    request: Request
    model: LanguageModel
    progress: Progress
    cancel: Cancel
    cited: passages.Cited
    library: Library | None = None
    watch: Stopwatch = field(default_factory=Stopwatch)
    keywords: dict[str, str] = field(default_factory=dict)
    own: tuple[Passage, ...] = ()
    scale: ask.Scale = field(default_factory=ask.Scale)
    shelved: dict[str, Background | None] = field(default_factory=dict)

    def own_document(self, work: Work) -> Background | None:
        """The document of the library that is the work itself."""
        if self.library is None or work.kind is WorkKind.PAPER:
            return None
        if work.id not in self.shelved:
            reference = self.paper.reference(work.id)
            found = self.library.of_work(work) if reference is None else self.library.of_reference(reference)
            self.shelved[work.id] = found
        return self.shelved[work.id]

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.watch.add(step, time.perf_counter() - began)


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
    listed = find_references(document)
    document = mark_entries(document, listed)
    references = find_mentions(document, listed, source.links())
    return Paper(document, references, time.perf_counter() - began)


def walk(
    paper: Paper,
    project: Project,
    model: LanguageModel,
    hear: Hear,
    *,
    again: bool = False,
    library: Library | None = None,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> Outcome:
    """Select the works, fill each row's waiting cells (all of them with ``again``), write the review.

    Documents of ``library`` become rows and speak for the works that they are.
    """
    request = read_request(project.query, language=project.language, max_rows=project.max_rows, target=project.target)
    used = _counts(model)
    step = _Walk(
        paper, request, model, progress, cancel, passages.citations_of(paper.document, paper.references), library
    )
    rows = list(_rows(step, project, again))
    hear.rows(tuple(rows))
    with step.timed("fill"):
        total = sum(len(r.cells) for r in rows)
        done = sum(c.status is not Status.WAITING for r in rows for c in r.cells)
        for i, row in enumerate(rows):
            cancel.check()
            progress.report("Filling the table", done, total, row.work.title)
            for cell in _fill_row(step, row, project.table.columns):
                hear.cell(row.work.id, cell)
                row = replace(row, cells=tuple(cell if c.column == cell.column else c for c in row.cells))
                done += 1
                progress.report("Filling the table", done, total, row.work.title)
            rows[i] = row
    with step.timed("review"):
        hear.review(_review(step, rows))
    return Outcome(_run(step, used))


def checks_of(project: Project, paper: Paper) -> tuple[Check, ...]:
    """The self-check of a project as it stands."""
    wanted = project.template.columns if project.template and project.template.columns else project.table.columns
    return self_check(project.table, project.review, wanted, len(paper.document.pages), project.language)


def waiting_row(
    paper: Paper, work: Work, columns: Sequence[Column], language: str, library: Library | None = None
) -> Row:
    """A row whose bibliographic cells are filled and whose other cells wait to be asked."""
    reference = paper.reference(work.id)
    if reference is not None:
        source = bibliography.of_reference(paper.document, work, reference)
    elif work.kind is WorkKind.LIBRARY:
        document = library.of_work(work) if library is not None else None
        evidence = first_hand.front_evidence(document, work.authors) if document is not None else ()
        source = bibliography.of_library(work, evidence, document.doi if document is not None else "")
    else:
        source = bibliography.of_paper(paper.document, work)
    cells = []
    for column in columns:
        fields = bibliography.fields_of(column.name)
        cell = bibliography.fill(column.name, fields, source, language) if fields else Cell(column.name)
        text, reason = forms.shaped(cell.text, column, language)
        if reason:
            cell = replace(cell, status=Status.UNSUPPORTED, reason=reason)
        cells.append(replace(cell, text=text))
    return Row(work, tuple(cells))


def work_of(reference: Reference, language: str) -> Work:
    """The work of a reference that a person adds by hand."""
    return select.work_of(reference, language)


def check_edit(
    paper: Paper,
    work: Work,
    cell: Cell,
    model: LanguageModel | None,
    language: str,
    *,
    library: Library | None = None,
    cancel: Cancel = NEVER,
) -> Cell:
    """A person's text judged by the same verifier as the model's; without a model only its words are checked
    and it stays unsupported until it has been."""
    if not cell.text:
        return replace(cell, status=Status.NOT_STATED, evidence=(), reason="")
    known = _passages_of(paper, work, passages.citations_of(paper.document, paper.references), library)
    quotes = {e.quote for e in cell.evidence}
    used = [p for p in known if p.text in quotes] or list(passages.best(known, [cell.text], 2))
    voice = _voice(work, used)
    finding = ground.check([(cell.text, used)], voice, known, model, language=language, cancel=cancel)[0]
    evidence = ground.evidence_of(paper.document, finding.used, voice)
    status = Status.SUPPORTED if finding.carried and model is not None else Status.UNSUPPORTED
    reason = finding.reason
    if finding.carried and model is None:
        reason = "人工修改，尚待核对" if language == "zh" else "edited by hand, not yet checked"
    return replace(cell, status=status, evidence=evidence, reason=reason)


def _rows(step: _Walk, project: Project, again: bool) -> Iterator[Row]:
    """The rows to fill: those of the project, or new ones for the works that matter; waiting cells are empty."""
    old = {row.work.id: row for row in project.table.rows}
    works = [row.work for row in project.table.rows]
    if not works:
        works = _works(step)
    for work in works:
        fresh = waiting_row(step.paper, work, project.table.columns, step.request.language, step.library)
        kept = {c.column: c for c in old[work.id].cells} if work.id in old else {}
        yield replace(fresh, cells=tuple(_kept(kept.get(c.column), c, again) for c in fresh.cells))


def _works(step: _Walk) -> list[Work]:
    """The paper, the references that matter most, and documents of the library on its topic: a third of the rows, or
    what the references leave."""
    works = list(select.select(step.paper.document, step.paper.references, step.request))
    if step.library is None:
        return works
    taken = {step.paper.document.sha256, *(d.sha256 for w in works if (d := step.own_document(w)) is not None)}
    title = step.paper.document.title or step.paper.document.name
    found = first_hand.works_for(step.library, title, step.request.language, tuple(taken))
    most = max((step.request.max_rows - 1) // 3, step.request.max_rows - len(works))
    return [*works[: step.request.max_rows - len(found[:most])], *found[:most]]


def _voice(work: Work, used: Sequence[Passage]) -> Work:
    """``work`` as it is asked and judged: as the paper itself where its own words are the evidence."""
    return replace(work, kind=WorkKind.PAPER) if first_hand.is_first_hand(used) else work


def _kept(old: Cell | None, fresh: Cell, again: bool) -> Cell:
    if old is None or old.status in (Status.WAITING, Status.FAILED):
        return fresh
    if again and old.verdict is Verdict.OPEN:
        return fresh
    return old


def _fill_row(step: _Walk, row: Row, columns: Sequence[Column]) -> Iterator[Cell]:
    """Ask and ground the row's waiting cells."""
    waiting = {c.column for c in row.cells if c.status is Status.WAITING}
    asked = [c for c in columns if c.name in waiting]
    if not asked:
        return
    work, language = row.work, step.request.language
    document = step.own_document(work)
    if document is None:
        cells = list(_answers(step, work, asked, _evidence(step, work, asked)))
        yield from _said_elsewhere(step, work, asked, cells)
        return
    words = _own_words(step, document, asked)
    own = [
        replace(cell, text=(told := first_hand.in_third_person(cell.text, language)), draft=told)
        for cell in _answers(step, _voice(work, words), asked, words)
    ]
    if work.kind is WorkKind.LIBRARY:
        yield from own
        return
    for mine, cited in zip(own, _answers(step, work, asked, _evidence(step, work, asked)), strict=True):
        yield first_hand.side_by_side(mine, cited, document, language)


def _said_elsewhere(step: _Walk, work: Work, asked: Sequence[Column], cells: Sequence[Cell]) -> Iterator[Cell]:
    """``cells``, and for those that the paper does not answer what the library's documents say of the work."""
    reference = step.paper.reference(work.id)
    open_ = [c for c, cell in zip(asked, cells, strict=True) if cell.status in (Status.NOT_STATED, Status.UNSUPPORTED)]
    said = first_hand.said_of(step.library, reference) if step.library and reference and open_ else ()
    more = {cell.column: cell for cell in _answers(step, work, open_, said)} if said else {}
    for cell in cells:
        other = more.get(cell.column)
        yield other if other is not None and other.status is Status.SUPPORTED else cell


def _answers(step: _Walk, work: Work, asked: Sequence[Column], evidence: Sequence[Passage]) -> Iterator[Cell]:
    """A cell for each column, asked of ``evidence`` and grounded in it; ``work`` is of kind PAPER for its own words."""
    language = step.request.language
    pages = {s.page for p in evidence for s in p.spans} | set(_pages_searched(step, work))
    searched = tuple(sorted(pages))
    try:
        drafts = ask.ask_cells(work, evidence, asked, language, step.model, scale=step.scale, cancel=step.cancel)
        statements = [(spell_counts(d.text, (p.text for p in d.used)), d.used) for d in drafts]
        judged = [i for i, d in enumerate(drafts) if not d.nothing and not forms.has_form(asked[i])]
        findings = ground.check(
            [statements[i] for i in judged], work, evidence, step.model, language=language, cancel=step.cancel
        )
        _say_plainly(step, work, drafts, statements, findings, judged)
        found = dict(zip(judged, findings, strict=True))
        for i, column in enumerate(asked):
            if forms.has_form(column) and not drafts[i].nothing:
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
            near = ground.evidence_of(step.paper.document, statements[i][1], work)
            reason = _not_stated(searched, language)
            yield Cell(column.name, status=Status.NOT_STATED, searched=searched, reason=reason, near=near)
            continue
        yield Cell(
            column.name,
            text,
            Status.SUPPORTED if finding.carried else Status.UNSUPPORTED,
            ground.evidence_of(step.paper.document, finding.used, work),
            finding.reason,
            searched,
            draft=text,
        )


def _by_title(
    step: _Walk, work: Work, asked: Sequence[Column], found: Mapping[int, ground.Finding]
) -> list[tuple[int, str, ground.Finding]]:
    """Where no sentence answers a column that the work's title does, its title: at most one ``(column, text, finding)``."""
    reference = step.paper.reference(work.id) if work.kind is WorkKind.REFERENCE else None
    open_ = [
        i
        for i, column in enumerate(asked)
        if told_by_title(column, work.title) and not (i in found and found[i].carried)
    ]
    title = passages.of_title(step.paper.document, reference) if reference is not None and open_ else None
    if title is None:
        return []
    return [(open_[0], ask.by_title(title, step.request.language), ground.Finding(True, "", (title,)))]


def _in_form(
    step: _Walk, work: Work, column: Column, draft: ask.Draft, evidence: Sequence[Passage]
) -> tuple[tuple[str, tuple[Passage, ...]], ground.Finding]:
    """An answer of a form (a number, a year, yes or no) and its judgement; one that is not of the form is not carried."""
    language = step.request.language
    text, reason = forms.shaped(draft.text, column, language)
    if reason:
        return (text, draft.used), ground.Finding(False, reason, draft.used)
    claim, facts = forms.claim_of(text, column), forms.facts_of(column, (p.text for p in draft.used))
    judged = ground.check(
        [(claim, draft.used)], work, evidence, step.model, facts=facts, language=language, cancel=step.cancel
    )
    return (text, draft.used), judged[0]


def _say_plainly(
    step: _Walk,
    work: Work,
    drafts: Sequence[ask.Draft],
    statements: list[tuple[str, tuple[Passage, ...]]],
    findings: list[ground.Finding],
    judged: Sequence[int],
) -> None:
    """Where a narrowed statement is not carried, say what the whole sentence says and let that be judged once."""
    doubted = [(n, i) for n, i in enumerate(judged) if not findings[n].carried and drafts[i].narrowed]
    language = step.request.language
    texts = ask.say([drafts[i].used[0] for _, i in doubted], language, step.model, cancel=step.cancel)
    plain = [(text, drafts[i].used) for text, (_, i) in zip(texts, doubted, strict=True)]
    judgements = ground.check(plain, work, (), step.model, language=language, cancel=step.cancel)
    for (n, i), statement, finding in zip(doubted, plain, judgements, strict=True):
        if finding.carried and statement[0]:
            statements[i], findings[n] = statement, finding


def _evidence(step: _Walk, work: Work, columns: Sequence[Column]) -> tuple[Passage, ...]:
    reference = step.paper.reference(work.id)
    if reference is not None:
        return passages.of_reference(step.paper.document, reference, step.cited)
    return passages.best(_own(step), _queries(step, columns))[: 2 * passages.MOST_PASSAGES]


def _queries(step: _Walk, columns: Sequence[Column]) -> list[str]:
    """For each column the words that sentences about it hold."""
    missing = [c for c in columns if c.name not in step.keywords]
    if missing:
        step.keywords.update(ask.search_words(missing, step.model, cancel=step.cancel))
    return [step.keywords[c.name] for c in columns]


def _own_words(step: _Walk, document: Background, columns: Sequence[Column]) -> tuple[Passage, ...]:
    """The sentences of a work that lies in the library which answer the columns best, in either language."""
    said = passages.about_itself(first_hand.own_sentences(document))
    queries = _queries(step, columns)
    if step.library is not None and said and is_chinese(said[0].text):
        library = step.library
        names = [c.name if is_chinese(c.name) else library.translate(c.name, "zh") for c in columns]
        queries = [f"{query} {name} {library.words(query, 'zh')}" for query, name in zip(queries, names, strict=True)]
    return passages.best(said, queries)[: 2 * passages.MOST_PASSAGES]


def _own(step: _Walk) -> tuple[Passage, ...]:
    if not step.own:
        step.own = passages.about_itself(passages.own_sentences(step.paper.document, step.cited))
    return step.own


def _passages_of(
    paper: Paper, work: Work, cited: passages.Cited, library: Library | None = None
) -> tuple[Passage, ...]:
    if work.kind is WorkKind.LIBRARY:
        document = library.of_work(work) if library is not None else None
        return first_hand.own_sentences(document) if document is not None else ()
    reference = paper.reference(work.id)
    if reference is None:
        return passages.own_sentences(paper.document, cited)
    return (*passages.of_reference(paper.document, reference, cited), *passages.of_entry(paper.document, reference))


def _pages_searched(step: _Walk, work: Work) -> list[int]:
    if work.id.startswith(first_hand.PREFIX):
        return []
    reference = step.paper.reference(work.id)
    if reference is None:
        return [p.number for p in step.paper.document.pages]
    return sorted({m.page for m in reference.mentions} | {s.page for s in reference.spans})


def _not_stated(searched: Sequence[int], language: str) -> str:
    if not searched:
        return "未提及（已查背景文献）" if language == "zh" else "not stated (the background document was searched)"
    pages = ", ".join(map(str, searched[:12])) + (" …" if len(searched) > 12 else "")
    return f"未提及（已查第{pages}页）" if language == "zh" else f"not stated (pages {pages} searched)"


def _review(step: _Walk, rows: Sequence[Row]) -> Review:
    language = step.request.language

    def judge(
        statements: Sequence[tuple[str, Sequence[Passage]]], work: Work
    ) -> list[tuple[bool, str, tuple[Passage, ...]]]:
        voice = _voice(work, [p for _, used in statements for p in used])
        found = ground.check(statements, voice, (), step.model, language=language, cancel=step.cancel)
        return [(f.carried, f.reason, f.used) for f in found]

    def cite(used: Sequence[Passage], work: Work) -> tuple[Evidence, ...]:
        return ground.evidence_of(step.paper.document, used, work)

    def write(used: Sequence[Passage]) -> list[str]:
        texts = ask.say(used, language, step.model, cancel=step.cancel)
        return [
            first_hand.in_third_person(text, language) if first_hand.is_first_hand([passage]) else text
            for text, passage in zip(texts, used, strict=True)
        ]

    phase = "Writing the review"
    step.progress.report(phase, 0, 0)
    return compose.compose(
        _plan(step, rows),
        language=language,
        target=step.request.target,
        unit=step.request.unit,
        write=write,
        judge=judge,
        cite=cite,
        on_sentence=lambda done, total: step.progress.report(phase, min(done, total), total),
        cancel=step.cancel,
    )


def _plan(step: _Walk, rows: Sequence[Row]) -> compose.Plan:
    """Themes are the columns that say something of several works; the paper opens and closes."""
    language = step.request.language
    themes: dict[str, list[compose.Point]] = {}
    opening: list[compose.Point] = []
    for row in rows:
        who = compose.who_of(row.work, bibliography.short_authors(row.work, language == "zh"), language)
        known = _known(step, row.work)
        by_text = {p.text: p for p in known}
        for cell in row.cells:
            if cell.status is not Status.SUPPORTED or bibliography.fields_of(cell.column):
                continue
            used = tuple(by_text[e.quote] for e in cell.evidence if e.quote in by_text)
            if not used:
                continue
            point = compose.Point(row.work, who, cell.column, used, cell.text)
            if row.work.kind is WorkKind.PAPER:
                opening.append(point)
            else:
                themes.setdefault(cell.column, []).append(point)
    half = (len(opening) + 1) // 2
    ordered = tuple((n, tuple(p)) for n, p in themes.items())
    compared = tuple(_comparison(step, rows))
    return compose.Plan(tuple(opening[:half]), ordered, tuple(opening[half:]), tuple(_more(step, rows)), compared)


def _known(step: _Walk, work: Work) -> Sequence[Passage]:
    """Every passage that a cell of the work may have been written from."""
    document, reference = step.own_document(work), step.paper.reference(work.id)
    said = list(first_hand.own_sentences(document)) if document is not None else []
    if reference is not None:
        said += first_hand.said_of(step.library, reference) if step.library is not None else ()
        said += _evidence(step, work, ())
    return said or _own(step)


def _comparison(step: _Walk, rows: Sequence[Row]) -> Iterator[Sentence]:
    """What the table shows of the works as a whole: from when they are, and which one the paper leans on most."""
    language, document = step.request.language, step.paper.document
    zh = language == "zh"
    cited = [(row.work, reference) for row in rows if (reference := step.paper.reference(row.work.id))]

    def who(work: Work) -> str:
        return compose.who_of(work, bibliography.short_authors(work, zh), language)

    dated = sorted(((w, r) for w, r in cited if w.year and w.authors), key=lambda pair: pair[0].year or 0)
    if len(dated) >= 3 and dated[0][0].year != dated[-1][0].year:
        (first, _), (last, _) = dated[0], dated[-1]
        text = (
            f"表中所列文献发表于{first.year}年至{last.year}年之间，最早的是{who(first)}，最近的是{who(last)}。"
            if zh
            else f"The works listed were published from {first.year} to {last.year}, the earliest being {who(first)} and the latest {who(last)}."
        )
        entries = [bibliography.of_reference(document, w, r).evidence for w, r in (dated[0], dated[-1])]
        yield Sentence(text, Status.SUPPORTED, tuple(e for evidence in entries for e in evidence))
    by_count = sorted(cited, key=lambda pair: -len(pair[1].mentions))
    if len(by_count) >= 3 and len(by_count[0][1].mentions) > len(by_count[1][1].mentions) >= 1:
        work, reference = by_count[0]
        text = f"其中{who(work)}被引用的次数最多。" if zh else f"Among them {who(work)} is cited most often."
        spans = [span for mention in reference.mentions for span in mention.spans]
        quotes = tuple(dict.fromkeys(ground.quote_at(document, span, first_hand=False) for span in spans))
        yield Sentence(text, Status.SUPPORTED, quotes)


def _more(step: _Walk, rows: Sequence[Row]) -> Iterator[compose.Point]:
    """What the table does not say yet: sentences about one work alone, then the paper's own best sentences."""
    language = step.request.language
    said = {e.quote for row in rows for cell in row.cells if cell.status is Status.SUPPORTED for e in cell.evidence}
    for row in rows:
        if row.work.kind is WorkKind.PAPER:
            continue
        who = compose.who_of(row.work, bibliography.short_authors(row.work, language == "zh"), language)
        document = step.own_document(row.work)
        own = passages.about_itself(first_hand.own_sentences(document)) if document is not None else ()
        cited = _evidence(step, row.work, ()) if row.work.kind is WorkKind.REFERENCE else ()
        for passage in (*passages.most_telling(passages.best(own, _TELLING))[:4], *cited):
            if passage.text not in said and passage.alone and ask.tells(passage):
                yield compose.Point(row.work, who, "", (passage,))
    for row in rows[:1]:
        if row.work.kind is WorkKind.PAPER:
            queries = (*_TELLING, *step.keywords.values())
            for passage in passages.most_telling(passages.best(_own(step), queries, per_query=20)):
                if passage.text not in said:
                    yield compose.Point(row.work, compose.who_of(row.work, "", language), "", (passage,))


def _counts(model: LanguageModel) -> tuple[int, int, int]:
    """The model's counts before a walk, to be taken from those after it."""
    return model.usage.prompt_tokens, model.usage.cached_tokens, model.usage.generated_tokens


def _run(step: _Walk, before: tuple[int, int, int]) -> Run:
    usage, info = step.model.usage, step.model.info
    return Run(
        info.name,
        info.sha256,
        0,
        usage.prompt_tokens - before[0],
        usage.cached_tokens - before[1],
        usage.generated_tokens - before[2],
        (("read", round(step.paper.seconds, 2)), *((k, round(v, 2)) for k, v in step.watch.seconds.items())),
    )
