"""The last step of the walk: what the review says, from the cells that passed and the sentences that are left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from citegrid.core.evidence import Evidence, Passage
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.script import is_chinese
from citegrid.core.table import Row, Status
from citegrid.pipeline.cells import bibliographic, cited_documents, generate, score_passages
from citegrid.pipeline.cells.context import (
    Step,
    document_of,
    entries_of,
    evidence_for,
    evidence_of,
    known_of,
    own_sentences,
    paper_of,
)
from citegrid.pipeline.cells.fill_row import speaker_of
from citegrid.pipeline.evidence import retrieve, verify
from citegrid.pipeline.review import plan

#: What the paper's own best sentences are looked for by, when the review needs more.
_TELLING = (
    "we propose present method approach 方法 提出",
    "results show find 结果 表明",
    "conclude future limitation 结论 未来",
)


def write_review(step: Step, rows: Sequence[Row]) -> Review:
    language, several = step.request.language, len(step.papers) > 1

    def judge(
        statements: Sequence[tuple[str, Sequence[Passage]]], work: Work
    ) -> list[tuple[bool, str, tuple[Passage, ...]]]:
        voice = speaker_of(work, [p for _, used in statements for p in used])
        found = verify.check(statements, voice, (), step.model, cancel=step.cancel)
        return [(f.carried, f.reason, f.used) for f in found]

    def cite(used: Sequence[Passage], work: Work) -> tuple[Evidence, ...]:
        return evidence_of(step.papers, used, work)

    def write(used: Sequence[Passage]) -> list[str]:
        texts = generate.say(used, language, step.model, cancel=step.cancel)
        return [
            cited_documents.in_third_person(text, language)
            if cited_documents.is_first_hand([passage]) or several
            else text
            for text, passage in zip(texts, used, strict=True)
        ]

    phase = "Writing the review"
    step.progress.report(phase, 0, 0)
    return plan.compose(
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


def _plan(step: Step, rows: Sequence[Row]) -> plan.Plan:
    """Themes are the columns that say something of several works; the paper opens and closes, where there is one."""
    themes: dict[str, list[plan.Point]] = {}
    opening: list[plan.Point] = []
    originals: list[plan.Point] = []
    for row in rows:
        who = _who(step, row.work)
        known = known_of(step, row.work)
        by_quote = {q: p for p in known for q in verify.quotes_of(document_of(step.papers, p), p)}
        for cell in row.cells:
            if cell.status is not Status.SUPPORTED or bibliographic.fields_of(cell.column):
                continue
            used = tuple(dict.fromkeys(by_quote[e.quote] for e in cell.evidence if e.quote in by_quote))
            if not used:
                continue
            point = plan.Point(row.work, who, cell.column, used, cell.text)
            if generate.is_original(cell.text, step.request.language):
                originals.append(point)  # a review is in one language as long as it can
            elif point.own:
                opening.append(point)
            else:
                themes.setdefault(cell.column, []).append(point)
    half = (len(opening) + 1) // 2
    ordered = tuple((n, tuple(p)) for n, p in themes.items())
    compared = tuple(_comparison(step, rows))
    more = tuple(_more(step, rows))
    # the same once more, in the words of the source, for what no translation could be trusted with
    zh = step.request.language == "zh"
    foreign = [p for p in (*originals, *more) if is_chinese(p.passages[0].text) != zh]
    quoted = tuple(replace(p, text=p.passages[0].text, quoted=True) for p in foreign)
    return plan.Plan(tuple(opening[:half]), ordered, tuple(opening[half:]), (*more, *quoted), compared)


def _comparison(step: Step, rows: Sequence[Row]) -> Iterator[Sentence]:
    """What the table shows of the works as a whole: from when they are, and which one the paper leans on most."""
    zh = step.request.language == "zh"
    cited = [(row.work, entries) for row in rows if (entries := entries_of(step.papers, row.work))]

    def who(work: Work) -> str:
        return _who(step, work)

    dated = sorted(((w, e) for w, e in cited if w.year and w.authors), key=lambda pair: pair[0].year or 0)
    if len(dated) >= 3 and dated[0][0].year != dated[-1][0].year:
        (first, _), (last, _) = dated[0], dated[-1]
        text = (
            f"表中所列文献发表于{first.year}年至{last.year}年之间，最早的是{who(first)}，最近的是{who(last)}。"
            if zh
            else f"The works listed were published from {first.year} to {last.year}, the earliest being {who(first)} and the latest {who(last)}."
        )
        proofs = [bibliographic.of_reference(e[0][0].document, w, e[0][1]).evidence for w, e in (dated[0], dated[-1])]
        yield Sentence(text, Status.SUPPORTED, tuple(e for evidence in proofs for e in evidence))
    counted = [(sum(len(entry.mentions) for _, entry in entries), work, entries) for work, entries in cited]
    counted.sort(key=lambda one: -one[0])
    if len(counted) >= 3 and counted[0][0] > counted[1][0] >= 1:
        _, work, places = counted[0]
        text = f"其中{who(work)}被引用的次数最多。" if zh else f"Among them {who(work)} is cited most often."
        spans = [(p.document, span) for p, entry in places for mention in entry.mentions for span in mention.spans]
        quotes = dict.fromkeys(verify.quote_at(document, span, first_hand=False) for document, span in spans)
        yield Sentence(text, Status.SUPPORTED, tuple(quotes))


def _more(step: Step, rows: Sequence[Row]) -> Iterator[plan.Point]:
    """What the table does not say yet: sentences about one work alone, then the paper's own best sentences."""
    several = len(step.papers) > 1
    said = {e.quote for row in rows for cell in row.cells if cell.status is Status.SUPPORTED for e in cell.evidence}
    for row in rows:
        if row.work.kind is WorkKind.PAPER:
            continue
        who = _who(step, row.work)
        document = step.own_document(row.work)
        own = retrieve.about_itself(cited_documents.own_sentences(document)) if document is not None else ()
        cited = evidence_for(step, row.work, ()) if row.work.kind is WorkKind.REFERENCE else ()
        for passage in (*retrieve.most_telling(retrieve.best(own, _TELLING))[:4], *cited):
            if passage.text not in said and passage.alone and score_passages.tells(passage):
                yield plan.Point(row.work, who, "", (passage,))
    for row in rows if several else rows[:1]:
        paper = paper_of(step.papers, row.work)
        if paper is not None:
            queries = (*_TELLING, *step.keywords.values())
            for passage in retrieve.most_telling(retrieve.best(own_sentences(step, paper), queries, per_query=20)):
                if passage.text not in said:
                    yield plan.Point(row.work, _who(step, row.work), "", (passage,))


def _who(step: Step, work: Work) -> str:
    language = step.request.language
    authors = bibliographic.short_authors(work, language == "zh")
    return plan.who_of(work, authors, language, several=len(step.papers) > 1)
