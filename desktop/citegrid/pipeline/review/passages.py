"""What the papers say beyond the table: of one work, of several works together, and of themselves.

Each comes as a ``Saying``: a sentence of a source, of certain works, with the statement that the classifier reads in it;
``write`` puts it into the language of the review only where it is needed.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.document import Span
from citegrid.core.evidence import Passage
from citegrid.core.paper import Paper, ids_of
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.script import language_of
from citegrid.core.statement import Kind, Speaker, Statement
from citegrid.core.table import Row
from citegrid.pipeline.cells import cited_documents, passages, score_passages
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.evidence import patterns, retrieve
from citegrid.pipeline.evidence.citation_markers import about_target
from citegrid.pipeline.evidence.passages import passage_of
from citegrid.pipeline.evidence.patterns import OTHER, TARGET
from citegrid.pipeline.evidence.readable import plain
from citegrid.pipeline.review.phrases import CONNECTIVE, LEANS, OWN_VOICE, POINTS_BACK, is_closed

#: The most works, of the table and beside it, of which one sentence says the same.
MOST_TOGETHER = 5
#: Of a work that lies in the library, the sentences that may be told.
MOST_OF_DOCUMENT = 4
#: Of what the paper did with one work.
MOST_USES = 1
#: From which shares on a sentence is told: that it speaks of those it is told of, that it matters, and that it is understood
#: without its neighbours; and the share of the work as its speaker from which a result is reported as what the work found.
LEAST_TOLD, LEAST_CENTRAL, LEAST_ALONE, LEAST_FOUND = 0.7, 0.5, 0.5, 0.9
#: The same two shares for a work of which nothing else is told (where what holds in general counts, for which it is given),
#: and for what the paper did with a work.
LEAST_OF_UNTOLD, LEAST_OF_USE = (0.7, 0.1), (0.7, 0.35)
#: From which shares on a sentence about several works is told: that it is understood without its neighbours, and matters.
LEAST_OF_SEVERAL = (0.3, 0.1)
#: Stands where a sentence about what the paper did has the name of the work.
HERE = "⟦HERE⟧"
#: What a sentence says that tells nothing in a review.
_UNTOLD = (Kind.NOTHING, Kind.DETAIL)


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of a source about ``works``; ``text`` is the sentence without marks of citations.

    ``by_paper``: it tells what the paper itself did with the work, whose name is to stand at ``HERE``.
    """

    works: tuple[Work, ...]
    statement: Statement
    passage: Passage
    text: str
    by_paper: bool = False


def is_found(statement: Statement) -> bool:
    """Whether a statement is a result that the marked work itself found."""
    return statement.kind is Kind.RESULT and statement.of(Speaker.TARGET) >= LEAST_FOUND


def stands(statement: Statement, speaker: Speaker, least: tuple[float, float] = (LEAST_TOLD, LEAST_CENTRAL)) -> bool:
    """Whether a sentence of ``speaker`` can be told among others; ``least`` are the shares of ``LEAST_TOLD`` and
    ``LEAST_CENTRAL``."""
    speakers = (speaker, Speaker.GENERAL) if least is LEAST_OF_UNTOLD else (speaker,)
    matters = statement.of(*speakers) >= least[0] and statement.central >= least[1]
    return matters and statement.alone >= LEAST_ALONE and statement.kind not in _UNTOLD


def says_something_of_several(statement: Statement) -> bool:
    """Whether a sentence about several works can be told: it seldom matters to one of them as much as what is said of one alone."""
    alone, central = LEAST_OF_SEVERAL
    return statement.alone >= alone and statement.central >= central and statement.kind not in _UNTOLD


def statements_of_rows(context: RunContext, rows: Sequence[Row]) -> dict[tuple[str, str], Statement]:
    """What the sentences say that the rows may rest on, by the id of the work and the sentence."""
    found: dict[tuple[str, str], Statement] = {}
    for row in rows:
        known = passages.for_row(context, row.work)
        said = context.statements_of(known, own=row.work.kind is WorkKind.PAPER)
        found |= {(row.work.id, passage.text): statement for passage, statement in zip(known, said, strict=True)}
    return found


# -- of several works --------------------------------------------------------------------------------------------------


def of_several(context: RunContext, rows: Sequence[Row]) -> tuple[Saying, ...]:
    """The papers' own sentences that say one thing of two works of the table or more, in reading order."""
    works = {one: row.work for row in rows if row.work.kind is WorkKind.REFERENCE for one in ids_of(row.work)}
    return tuple(saying for paper in context.papers for saying in _together(context, paper, works))


def _together(context: RunContext, paper: Paper, works: dict[str, Work]) -> Iterator[Saying]:
    cited = context.citations(paper)
    for spans, entries in _shared_sentences(paper).items():
        about = tuple(dict.fromkeys(works[e.id] for e in entries if e.id in works))
        passage = passage_of(paper.document, spans, cited, entries[0].id, "")
        if len(about) < 2 or len(entries) > MOST_TOGETHER or passage is None:
            continue
        (statement,) = context.statements_of([passage], own=False)
        text = _of_all(passage)
        if text and says_something_of_several(statement):
            yield Saying(about, statement, passage, text)


def _shared_sentences(paper: Paper) -> dict[tuple[Span, ...], list[Reference]]:
    """The sentences on one page that cite two works or more in one bracket."""
    found: dict[tuple[Span, ...], list[Reference]] = {}
    for reference in paper.references:
        for mention in reference.mentions:
            if mention.beside and all(s.page == mention.page for s in mention.sentence_spans):
                found.setdefault(mention.sentence_spans, []).append(reference)
    return {spans: list(dict.fromkeys(entries)) for spans, entries in sorted(found.items(), key=_place) if entries}


def _place(found: tuple[tuple[Span, ...], list[Reference]]) -> tuple[int, int]:
    return found[0][0].page, found[0][0].start


def _of_all(passage: Passage) -> str:
    """What a sentence says of all the works in its one bracket; empty where it leans on other sentences, speaks of its own
    paper, or has citations in several places."""
    shown = passage.shown
    marks = patterns.MARKS.findall(shown)
    if len(marks) != 1 or not patterns.BEGINS.match(passage.text) or not patterns.ENDS.search(passage.text):
        return ""
    text = _unconnected(plain(shown))
    if leans(text) or OWN_VOICE.search(text) or not patterns.FINITE.search(text):
        return ""
    return text


def leans(text: str) -> bool:
    """Whether a sentence cannot be understood without those before it, or breaks off in a bracket."""
    said = _unconnected(text)
    return bool(LEANS.match(said) or POINTS_BACK.search(said)) or not is_closed(said)


def _unconnected(text: str) -> str:
    return CONNECTIVE[language_of(text)].sub("", text)


# -- of one work -------------------------------------------------------------------------------------------------------


def of_each(context: RunContext, rows: Sequence[Row], told: Container[str]) -> Iterator[Saying]:
    """What the table does not say yet of its works: sentences about one of them alone that can stand among others, the most
    central first; at last what the paper did with the work.  ``told`` holds the ids of the works that have facts."""
    said = quotes_in(rows)
    for row in rows:
        if row.work.kind is not WorkKind.PAPER:
            yield from _of_document(context, row.work, said)
            of_work = _of_work(context, row.work, said, (LEAST_TOLD, LEAST_CENTRAL))
            yield from of_work if of_work or row.work.id in told else _of_work(context, row.work, said, LEAST_OF_UNTOLD)


def _of_document(context: RunContext, work: Work, said: set[str]) -> Iterator[Saying]:
    """What a work that lies in the library says of itself."""
    document = context.own_document(work)
    if document is not None:
        own = retrieve.about_itself(cited_documents.own_sentences(document))
        yield from _told(context, work, _not_in(said, own), Speaker.CITING)[:MOST_OF_DOCUMENT]


def _of_work(context: RunContext, work: Work, said: set[str], least: tuple[float, float]) -> list[Saying]:
    """What the papers say of a work, and what they did with it."""
    if work.kind is not WorkKind.REFERENCE:
        return []
    about = [p for p in _not_in(said, passages.for_row(context, work)) if TARGET in p.shown]
    alone = [p for p in about if p.alone and OTHER not in p.shown and score_passages.is_about(p)]
    told = [one for one in _told(context, work, alone, Speaker.TARGET, least) if not OWN_VOICE.search(one.text)]
    return told + _uses(context, work, about)[:MOST_USES]


def _told(
    context: RunContext,
    work: Work,
    said: Sequence[Passage],
    speaker: Speaker,
    least: tuple[float, float] = (LEAST_TOLD, LEAST_CENTRAL),
) -> list[Saying]:
    """The sentences of ``speaker`` that can stand among others, the most central first."""
    statements = context.statements_of(said, own=speaker is Speaker.CITING)
    found = []
    for passage, statement in sorted(zip(said, statements, strict=True), key=lambda pair: -pair[1].central):
        text = plain(about_target(passage.shown) or passage.text)
        whole = patterns.FINITE.search(text) and not leans(text)
        if whole and stands(statement, speaker, least):
            found.append(Saying((work,), statement, passage, text))
    return found


def _uses(context: RunContext, work: Work, said: Sequence[Passage]) -> list[Saying]:
    """What the paper did with a work, the most central first."""
    statements = context.statements_of(said, own=False)
    found = []
    for passage, statement in sorted(zip(said, statements, strict=True), key=lambda pair: -pair[1].central):
        text = plain(passage.shown.replace(TARGET, HERE))
        one_place = passage.alone and passage.shown.count(TARGET) == 1 and HERE in text
        if one_place and OWN_VOICE.search(text) and not leans(text) and stands(statement, Speaker.CITING, LEAST_OF_USE):
            found.append(Saying((work,), statement, passage, text, by_paper=True))
    return found


def _not_in(said: set[str], sentences: Sequence[Passage]) -> list[Passage]:
    return [passage for passage in sentences if passage.text not in said]


# -- of the papers themselves ------------------------------------------------------------------------------------------


def of_papers(context: RunContext, rows: Sequence[Row]) -> Iterator[Saying]:
    """The main papers' own best sentences that the table does not say yet."""
    said = quotes_in(rows)
    for row in rows if context.several else rows[:1]:
        paper = context.paper_of(row.work)
        own = context.own_sentences(paper) if paper is not None else ()
        yield from _told(context, row.work, _not_in(said, own), Speaker.CITING)


def quotes_in(rows: Sequence[Row]) -> set[str]:
    """The quotes that the table shows."""
    return {e.quote for row in rows for cell in row.cells for e in cell.evidence}
