"""The last step of a run: what the review says, from the cells that passed and the sentences that are left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from citegrid.core.evidence import Evidence, Passage
from citegrid.core.paper import Paper
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.script import is_chinese
from citegrid.core.table import Cell, Row, Status
from citegrid.pipeline.cells import cited_documents, generate, passages, score_passages
from citegrid.pipeline.cells.columns import bibliographic, entry_data
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.third_person import in_third_person
from citegrid.pipeline.cells.works import document_of, speaker_of
from citegrid.pipeline.evidence import retrieve, verify
from citegrid.pipeline.evidence.verify import Finding
from citegrid.pipeline.review.compose import Tools, compose
from citegrid.pipeline.review.phrases import phrase, phrases
from citegrid.pipeline.review.plan import Point, ReviewPlan, who_of

#: Of a work that lies in the library, the sentences that may fill a review up; of the main paper, those for each query.
MOST_OF_DOCUMENT, MOST_OF_QUERY = 4, 20
#: Works from which it says something when they are from, and which one is cited most.
ENOUGH_WORKS = 3

Cited = tuple[Work, list[tuple[Paper, Reference]]]


def write_review(context: RunContext, rows: Sequence[Row]) -> Review:
    """The review of a filled table."""
    phase = "Writing the review"
    context.progress.report(phase, 0, 0)
    return compose(
        _plan(context, rows),
        context.request,
        _tools(context),
        lambda done, total: context.progress.report(phase, min(done, total), total),
        context.cancel,
    )


def _tools(context: RunContext) -> Tools:
    """Writing, judging and citing as this run does them."""

    def write(used: Sequence[Passage]) -> list[str]:
        texts = generate.say(used, context.language, context.model, cancel=context.cancel)
        return [retold(text, passage) for text, passage in zip(texts, used, strict=True)]

    def retold(text: str, passage: Passage) -> str:
        other_voice = context.several or cited_documents.is_first_hand([passage])
        return in_third_person(text, context.language) if other_voice else text

    def judge(statements: Sequence[tuple[str, Sequence[Passage]]], work: Work) -> list[Finding]:
        return context.check(statements, speaker_of(work, [p for _, used in statements for p in used]))

    return Tools(write, judge, context.evidence_of)


# -- the plan ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Sorted:
    """The points of the cells by where they belong; what stands in the language of its source is no part of the text, which
    is in one language as long as it can be."""

    own: list[Point] = field(default_factory=list)
    themes: dict[str, list[Point]] = field(default_factory=dict)
    originals: list[Point] = field(default_factory=list)

    def add(self, point: Point, language: str) -> None:
        if generate.is_original(point.text, language):
            self.originals.append(point)
        elif point.own:
            self.own.append(point)
        else:
            self.themes.setdefault(point.theme, []).append(point)


def _plan(context: RunContext, rows: Sequence[Row]) -> ReviewPlan:
    """Themes are the columns that say something of several works; the paper opens and closes, where there is one."""
    found = _Sorted()
    for row in rows:
        for point in _points_of(context, row):
            found.add(point, context.language)
    half = (len(found.own) + 1) // 2
    more = [*_of_other_works(context, rows), *_of_papers(context, rows)]
    quoted = [_quoted(p) for p in (*found.originals, *more) if _is_foreign(p, context.language)]
    return ReviewPlan(
        tuple(found.own[:half]),
        tuple((name, tuple(points)) for name, points in found.themes.items()),
        tuple(found.own[half:]),
        (*more, *quoted),
        tuple(_comparison(context, rows)),
    )


def _points_of(context: RunContext, row: Row) -> Iterator[Point]:
    """What the cells of a row say, each from the passages that its quotes stand in."""
    by_quote = {
        quote: passage
        for passage in passages.known_of(context, row.work)
        for quote in verify.quotes_of(document_of(context.papers, passage), passage)
    }
    who = _who(context, row.work)
    for cell in filter(_is_told, row.cells):
        used = tuple(dict.fromkeys(by_quote[e.quote] for e in cell.evidence if e.quote in by_quote))
        if used:
            yield Point(row.work, who, cell.column, used, cell.text)


def _is_told(cell: Cell) -> bool:
    """Whether a review says what a cell does: not who wrote a work, and when."""
    return cell.status is Status.SUPPORTED and not bibliographic.fields_of(cell.column)


def _quoted(point: Point) -> Point:
    """The same once more, in the words of the source, for what no translation could be trusted with."""
    return replace(point, text=point.passages[0].text, quoted=True)


def _is_foreign(point: Point, language: str) -> bool:
    return is_chinese(point.passages[0].text) != (language == "zh")


def _of_other_works(context: RunContext, rows: Sequence[Row]) -> Iterator[Point]:
    """What the table does not say yet of the works: sentences about one of them alone."""
    said = _quotes_in(rows)
    for row in rows:
        if row.work.kind is not WorkKind.PAPER:
            for passage in (*_of_its_document(context, row.work), *_of_its_citations(context, row.work)):
                if passage.text not in said and passage.alone and score_passages.describes(passage):
                    yield Point(row.work, _who(context, row.work), "", (passage,))


def _of_its_document(context: RunContext, work: Work) -> Sequence[Passage]:
    document = context.own_document(work)
    own = retrieve.about_itself(cited_documents.own_sentences(document)) if document is not None else ()
    return retrieve.most_telling(retrieve.best(own, phrases("telling", "mul")))[:MOST_OF_DOCUMENT]


def _of_its_citations(context: RunContext, work: Work) -> Sequence[Passage]:
    return passages.for_row(context, work, ()) if work.kind is WorkKind.REFERENCE else ()


def _of_papers(context: RunContext, rows: Sequence[Row]) -> Iterator[Point]:
    """The main papers' own best sentences that the table does not say yet."""
    said = _quotes_in(rows)
    queries = (*phrases("telling", "mul"), *context.memo.search_words.values())
    for row in rows if context.several else rows[:1]:
        paper = context.paper_of(row.work)
        own = context.own_sentences(paper) if paper is not None else ()
        for passage in retrieve.most_telling(retrieve.best(own, queries, per_query=MOST_OF_QUERY)):
            if passage.text not in said:
                yield Point(row.work, _who(context, row.work), "", (passage,))


def _quotes_in(rows: Sequence[Row]) -> set[str]:
    """The quotes that the table shows."""
    shown = (cell for row in rows for cell in row.cells if cell.status is Status.SUPPORTED)
    return {e.quote for cell in shown for e in cell.evidence}


def _who(context: RunContext, work: Work) -> str:
    return who_of(work, context.language, several=context.several)


# -- what the table shows as a whole -----------------------------------------------------------------------------------


def _comparison(context: RunContext, rows: Sequence[Row]) -> Iterator[Sentence]:
    """What the table shows of the works as a whole: from when they are, and which one the paper leans on most."""
    cited = [(row.work, entries) for row in rows if (entries := context.entries_of(row.work))]
    yield from _when(context, cited)
    yield from _cited_most(context, cited)


def _when(context: RunContext, cited: Sequence[Cited]) -> Iterator[Sentence]:
    dated = sorted((one for one in cited if one[0].year and one[0].authors), key=lambda one: one[0].year or 0)
    if len(dated) < ENOUGH_WORKS or dated[0][0].year == dated[-1][0].year:
        return
    (first, _), (last, _) = ends = dated[0], dated[-1]
    said = {"from": first.year, "to": last.year, "first": _who(context, first), "last": _who(context, last)}
    proofs = [e for work, entries in ends for e in _printed_data(work, entries)]
    yield Sentence(phrase("published_between", context.language, **said), Status.SUPPORTED, tuple(proofs))


def _printed_data(work: Work, entries: Sequence[tuple[Paper, Reference]]) -> tuple[Evidence, ...]:
    """The first entry of a work, as it is printed."""
    paper, entry = entries[0]
    return entry_data.of_reference(paper.document, work, entry).evidence


def _cited_most(context: RunContext, cited: Sequence[Cited]) -> Iterator[Sentence]:
    counted = sorted(cited, key=lambda one: -_times(one))
    if len(counted) < ENOUGH_WORKS or not _times(counted[0]) > _times(counted[1]) >= 1:
        return
    work, entries = counted[0]
    text = phrase("cited_most", context.language, who=_who(context, work))
    yield Sentence(text, Status.SUPPORTED, tuple(dict.fromkeys(_citing_places(entries))))


def _citing_places(entries: Sequence[tuple[Paper, Reference]]) -> Iterator[Evidence]:
    for paper, entry in entries:
        for span in (span for mention in entry.mentions for span in mention.spans):
            yield verify.quote_at(paper.document, span, first_hand=False)


def _times(cited: Cited) -> int:
    """How often the papers cite a work."""
    return sum(len(entry.mentions) for _, entry in cited[1])
