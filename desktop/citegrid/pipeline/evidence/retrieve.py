"""Evidence for a row: the sentences of the paper that speak about a work, and those of the paper itself.

For a reference these are its mention sentences and the sentences that go on about it; for the paper itself, its own
sentences.  What each of them says, and which answers a column, is for the classifier to tell (``statements``).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain, dropwhile, starmap, takewhile

from citegrid.core.document import Document, Span
from citegrid.core.evidence import Passage, SourceKind
from citegrid.core.language.lexicon import words
from citegrid.core.language.script import HAN
from citegrid.core.language.text import join_lines, key_text, sentences
from citegrid.core.reference import Mention, Reference
from citegrid.pipeline.document.layout.text_flow import Flow
from citegrid.pipeline.evidence import patterns
from citegrid.pipeline.evidence.citation_markers import is_its_subject, is_part_of_it, of_earlier_work, taken_up
from citegrid.pipeline.evidence.instructions import speaks_to_the_program
from citegrid.pipeline.evidence.passages import (
    LONGEST,
    SHORTEST,
    Cited,
    citations_of,
    of_entry,
    of_title,
    own_sentences,
    passage_of,
)
from citegrid.pipeline.evidence.patterns import NAMED_BY, OTHER, TARGET

__all__ = [
    "LONGEST",
    "MOST_PASSAGES",
    "SHORTEST",
    "Cited",
    "about_itself",
    "best",
    "citations_of",
    "not_of_others",
    "of_entry",
    "of_reference",
    "of_title",
    "own_sentences",
]

#: Sentences behind a citation that may go on about its work; and before or behind one that names its authors.
MOST_FOLLOWING, MOST_BESIDE = 2, 4
#: Sentences of evidence for one row; more only slows a small model down and confuses it.
MOST_PASSAGES = 16
#: Works beside one for which a fact is given that is still of each of them ("tissues behave like liquids [4–6]").
MOST_TOGETHER = 2
#: Letters from which a longer sentence is no better.
LONG_ENOUGH = 200
#: Other works that a sentence may name, stretches it may be torn into, and the share of it that must stand on its page.
MOST_OTHERS, MOST_SPANS, LEAST_SHARE = 4, 3, 0.6
#: Where a place is that stands in no running text.
_NOWHERE = Flow("", "", ())


def of_reference(document: Document, reference: Reference, cited: Cited) -> tuple[Passage, ...]:
    """What the paper says about ``reference``: the best sentences, at most MOST_PASSAGES, in reading order."""
    found: dict[tuple[Span, ...], Passage] = {}
    for passage in (
        *_by_name(document, reference, cited),
        *_mentioning(document, reference, cited),
    ):  # a name tells more
        found.setdefault(passage.spans, passage)
    kept = sorted(found.values(), key=_rank)[:MOST_PASSAGES]
    return tuple(sorted(kept, key=lambda p: (p.spans[0].page, p.spans[0].start)))


def _rank(passage: Passage) -> tuple[bool, bool, int]:
    """A sentence that cites the work alone comes before one that names others, whatever its length, and a longer one before
    a shorter one."""
    return not passage.alone, OTHER in passage.shown, -min(len(passage.text), LONG_ENOUGH)


def _mentioning(document: Document, reference: Reference, cited: Cited) -> Iterator[Passage]:
    """The sentences with a mention of the work, each with what leads up to it and goes on about it."""
    for mention in reference.mentions:
        passage = passage_of(document, _on_page(mention), cited, reference.id, mention.section)
        if passage is not None and not _tells_of_itself(passage, cited):
            yield from _told_at(document, mention, passage, cited, reference.id)


def _told_at(document: Document, mention: Mention, passage: Passage, cited: Cited, work: str) -> Iterator[Passage]:
    """The sentence of a mention (``passage``), where it is a statement, and what stands beside it about the work; else only what takes
    up its authors or what they made ("This was first done by ⟦TARGET⟧. In their method, …")."""
    alone = mention.beside == 0
    before = _leading(mention, cited, work) if alone else ()
    named = bool(before) or cited.is_named(work, passage.shown)
    states = _is_statement(mention, passage, named)
    shown = of_earlier_work(passage.shown) if work in cited.earlier else passage.shown
    if states:
        yield replace(passage, shown=shown, alone=mention.beside <= MOST_TOGETHER, beside=mention.beside)
    most = (MOST_BESIDE if named else MOST_FOLLOWING) * alone
    made = (
        passage_of(document, spans, cited, work, mention.section)
        for spans in (*before, *_following(mention, cited, most, work))
    )
    going_on = _going_on(passage, filter(None, made), closely=named)
    yield from going_on if states else filter(_is_marked, going_on)


def _is_marked(passage: Passage) -> bool:
    return TARGET in passage.shown


def _going_on(passage: Passage, beside: Iterable[Passage], *, closely: bool) -> Iterator[Passage]:
    """Those of the sentences beside a ``passage`` that go on about its work, the work marked where they take it up.

    After a mere note only "they" are its authors; "this approach" is the paper's own, or that of all the works before it.
    ``closely``: the authors are named.
    """
    closely = closely or is_its_subject(passage.shown)
    for more in beside:
        shown = taken_up(more.shown, of_work=closely)
        if not closely and (shown == more.shown or OTHER in passage.shown):
            return
        if patterns.ENDS.search(more.text):
            yield replace(more, shown=shown)


def _is_statement(mention: Mention, passage: Passage, named: bool) -> bool:
    """Whether a mention stands in a sentence about few works that is understood alone, as one that names its authors is (``named``),
    not in a row of a table or a list of names; most of the sentence must be on the mention's page."""
    torn = len(passage.text) < LEAST_SHARE * len(mention.sentence) or len(passage.spans) > MOST_SPANS
    if torn or passage.shown.count(OTHER) > MOST_OTHERS:
        return False
    if (patterns.UNRESOLVED.match(passage.text) and not named) or patterns.BORROWED.match(passage.text):
        return False
    return bool(patterns.BEGINS.match(passage.text) and patterns.ENDS.search(mention.sentence))


def _tells_of_itself(passage: Passage, cited: Cited) -> bool:
    """Whether the sentence is about what the paper itself presents, by its name, and only notes the work."""
    named = cited.itself and re.search(rf"(?<!\w){re.escape(cited.itself)}(?!\w)", passage.text)
    return bool(named) and not is_part_of_it(passage.shown)


def _on_page(mention: Mention) -> tuple[Span, ...]:
    """The sentence of a mention, as far as it stands on the mention's page: a citation names the page it is found on."""
    return tuple(s for s in mention.sentence_spans if s.page == mention.page)


def _following(mention: Mention, cited: Cited, most: int, work: str) -> Iterator[tuple[Span, ...]]:
    """The next sentences, as long as they cite and name nobody else and the paper does not speak of itself: they may go on about the work."""
    last = mention.sentence_spans[-1]
    flow, at = _place(cited, last.page, last.end - 1)
    behind = [(at + 1 + start, at + 1 + end) for start, end in sentences(flow.text[at + 1 :])[:most]]
    more = takewhile(lambda one: not _is_of_others(flow, one, cited, work), behind)
    return starmap(flow.spans, more)


def _is_of_others(flow: Flow, place: tuple[int, int], cited: Cited, work: str) -> bool:
    text = flow.text[slice(*place)]
    cites = any(map(cited.cites, flow.spans(*place)))
    of_itself, of_many = patterns.OWN.search(text), patterns.OF_MANY.search(text)
    return any((cites, cited.names_another(work, text), of_itself, of_many))


def _leading(mention: Mention, cited: Cited, work: str) -> tuple[tuple[Span, ...], ...]:
    """The sentences before a mention from the one that names the work's authors on ("Shi 等构建了…。结果…[20]。"); none where no
    sentence near before it does, or others are cited between."""
    first = mention.sentence_spans[0]
    flow, at = _place(cited, first.page, first.start)
    near = sentences(flow.text[:at])[-MOST_BESIDE:]
    told = dropwhile(lambda one: not cited.is_named(work, flow.text[slice(*one)]), near)
    found = tuple(flow.spans(*one) for one in told)
    return () if any(map(cited.cites, chain.from_iterable(found))) else found


def _place(cited: Cited, page: int, character: int) -> tuple[Flow, int]:
    """The flow that a character of a page stands in, and where; an empty one where it stands in none."""
    places = ((flow, flow.position(page, character)) for flow in cited.running)
    return next(((flow, at) for flow, at in places if at is not None), (_NOWHERE, 0))


def _by_name(document: Document, reference: Reference, cited: Cited) -> Iterator[Passage]:
    """Sentences whose subject is the work's own name, on pages that cite the work: "GLEU computes …".  A name that its title has
    stands for it on later pages as well; what is said there counts less."""
    names = _own_names(cited.names.get(reference.id, ()), reference)
    pages = {m.page for m in reference.mentions}
    first = min(pages, default=0)
    for flow in cited.running * bool(names):
        for start, end in sentences(flow.text):
            text, spans = join_lines(flow.text[start:end], flow.text), flow.spans(start, end)
            name = _subject(text, names)
            if name and _is_of_named(text) and not any(s.page < first or cited.cites(s) for s in spans):
                shown = text.replace(name, name + NAMED_BY, 1)
                near = all(s.page in pages for s in spans)
                if not near and name.casefold() not in reference.title.casefold():
                    continue
                yield Passage(
                    SourceKind.DOCUMENT, document.name, spans[0].page, text, spans, shown, flow.section, alone=near
                )


def _subject(text: str, names: Sequence[str]) -> str:
    """The one of ``names`` that ``text`` begins with, "RM-MEDA 采用 …" or "RM-MEDA采用 …"."""
    return next(
        (
            n
            for n in names
            if re.match(rf"(?:The )?{re.escape(n)}(?:[ ’'](?!\()|s\b|(?=[{HAN}]))(?!{patterns.AND_MORE})", text)
        ),
        "",
    )


def _own_names(names: Sequence[str], reference: Reference) -> tuple[str, ...]:
    """Those of the names beside a work's citations that stand for it; those of methods that many use ("SVM (25)") only from its title."""
    title, common = key_text(reference.title), words("evidence", "common_names")
    return tuple(name for name in names if key_text(name) in title or name.casefold() not in common)


def _is_of_named(text: str) -> bool:
    whole = SHORTEST <= len(text) <= LONGEST and patterns.ENDS.search(text)
    return bool(whole) and not patterns.OWN.search(text) and not speaks_to_the_program(text)


def not_of_others(own: Iterable[Passage], cited: Cited) -> Iterator[Passage]:
    """The paper's sentences without those that name the authors of others, and the next ones, unless the paper speaks of itself."""
    others = 0
    for passage in own:
        others = 1 + MOST_BESIDE if cited.names_another("", passage.text) else max(0, others - 1)
        if not others or patterns.SELF.search(passage.text):
            yield passage


def about_itself(own: Sequence[Passage]) -> tuple[Passage, ...]:
    """Those of the paper's sentences that may speak of the paper: they cite nobody, and are no formalities."""
    return tuple(p for p in own if OTHER not in p.shown and not patterns.FORMALITY.search(p.text))


def best(passages: Sequence[Passage], queries: Sequence[str], per_query: int = 3) -> tuple[Passage, ...]:
    """The passages that answer the queries best, in reading order."""
    matches = _bm25([p.text for p in passages], queries)
    chosen = {
        i for match in matches for i in sorted(range(len(passages)), key=lambda i: -match.get(i, 0.0))[:per_query]
    }
    return tuple(passages[i] for i in sorted(chosen))


def _bm25(texts: Sequence[str], queries: Sequence[str]) -> list[Mapping[int, float]]:
    """For each query the texts that share a word with it, by BM25 of SQLite's full-text index; two-character pieces stand
    for Chinese words."""
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute("CREATE VIRTUAL TABLE said USING fts5(words)")
        index.executemany("INSERT INTO said(rowid, words) VALUES (?, ?)", enumerate(map(_words_of, texts)))
        return [_matches(index, query) for query in queries]


def _matches(index: sqlite3.Connection, query: str) -> Mapping[int, float]:
    asked = " OR ".join(dict.fromkeys(_words_of(query).split()))
    if not asked:
        return {}
    return dict(index.execute("SELECT rowid, -bm25(said) FROM said WHERE said MATCH ?", (asked,)))


def _words_of(text: str) -> str:
    return " ".join(patterns.SEARCH_WORD.findall(text.casefold()))
