"""The library in a run: which document is the cited work itself, its own sentences, what others there say of a work.

A work that lies in the library speaks for itself; what the main paper says of
it then stands beside its words, and a number that differs is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from citegrid.core.evidence import Evidence, Match, Passage, SourceKind
from citegrid.core.holdings import LibraryItem
from citegrid.core.language.script import is_chinese
from citegrid.core.language.terms import asked_terms, stem, terms_of
from citegrid.core.language.text import key_text, sentences
from citegrid.core.library import Background, Chunk, Hit
from citegrid.core.messages import Message
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.pipeline.cells.patterns import (
    ANY_CITATION,
    BEGINS_SENTENCE,
    ENDS_SENTENCE,
    SPACE_BEFORE_SIGN,
    citation_by,
)
from citegrid.pipeline.cells.selection.match_items import LONG_TITLE_ZH, items_of
from citegrid.pipeline.evidence.instructions import speaks_to_the_program
from citegrid.pipeline.evidence.patterns import OTHER, TARGET
from citegrid.pipeline.evidence.retrieve import LONGEST, SHORTEST
from citegrid.pipeline.library.search import Translate
from citegrid.ports import DocumentIndex

#: Ids of rows for background documents begin so.
PREFIX = "l:"
#: How the names of files end that are read from pages.
PAGED = ".pdf"
#: Characters of a document's beginning, beyond twice a title, that the title is looked for in.
OPENING = 400
#: Terms of the paper's title, and their share, that a document of its topic holds.
TOPIC_TERMS, TOPIC_SHARE = 2, 0.25
#: Chunks that are looked at: for the topic, for who cites a work, and for the title of a document without one of its own.
MOST_HITS, MOST_CITING, MOST_TITLED = 60, 30, 5
#: Characters of the shortest Chinese sentence that says something.
SHORTEST_ZH = 12
#: Why a document of the library is a row.
ON_TOPIC = Message("background document on the topic of the paper")


@dataclass(frozen=True, slots=True)
class Library:
    """The library of a run: its shelf, its folders, its documents (without chunks), a translator of questions,
    and one of single words."""

    shelf: DocumentIndex
    roots: tuple[Path, ...]
    documents: tuple[Background, ...]
    translate: Translate
    words: Translate

    def of_work(self, work: Work) -> Background | None:
        """The whole document of a row of kind LIBRARY; None for other rows, and when it is gone."""
        if work.kind is not WorkKind.LIBRARY:
            return None
        sha256 = next((d.sha256 for d in self.documents if d.sha256.startswith(work.id.removeprefix(PREFIX))), "")
        return self.shelf.document(sha256) if sha256 else None

    def of_reference(self, reference: Reference, home: Sequence[Reference] = ()) -> Background | None:
        """The whole document that is the work of an entry of the list ``home``; None without one.  Its title, by which it is cited, is
        the one that it is known by: a person or a reference manager may have given it."""
        known = [item_of(document) for document in self.documents]
        opened = [self._opened(hit, reference) for hit in self._that_print(reference)]
        found = items_of([reference], [*known, *opened], home).get(reference.id)
        document = self.shelf.document(found.key) if found is not None else None
        return replace(document, title=found.title) if found is not None and document is not None else None

    def _that_print(self, reference: Reference) -> list[Hit]:
        """The first chunks that hold the words of a title: a file that gives no title of its own prints it on its first page."""
        if len(key_text(reference.title)) < LONG_TITLE_ZH:
            return []
        hits = self.shelf.find(asked_terms(reference.title), self.roots, MOST_TITLED)
        return [hit for hit in hits if hit.chunk.number == 1]

    def _opened(self, hit: Hit, reference: Reference) -> LibraryItem:
        opening = key_text(f"{hit.chunk.heading} {hit.chunk.text[: 2 * len(reference.title) + OPENING]}")
        known = next((item_of(d) for d in self.documents if d.sha256 == hit.sha256), LibraryItem(hit.sha256, hit.title))
        return replace(known, opening=opening)


def item_of(document: Background) -> LibraryItem:
    """A background document as an item that works are looked for among; its key is its hash.  What was read from pages is known
    by their words, too: a title page prints DOIs of other works."""
    opening = key_text(document.title) if document.name.casefold().endswith(PAGED) else ""
    about = (document.title, document.authors, document.year, document.doi)
    return LibraryItem(document.sha256, *about, files=(document.name,), opening=opening)


def works_for(library: Library, title: str, taken: Sequence[str]) -> list[Work]:
    """Documents of the paper's topic as works of kind LIBRARY, the closest first, without those in ``taken`` (hashes)
    and without the paper itself, whatever its file."""
    translated = library.translate(title, "en" if is_chinese(title) else "zh")
    best: dict[str, tuple[float, int]] = {}
    for question in filter(None, (title, translated)):
        for sha256, closeness in _on_topic(library, question):
            best[sha256] = max(best.get(sha256, (0.0, 0)), closeness)
    known = {d.sha256: d for d in library.documents if key_text(d.title) != key_text(title)}
    ranked = sorted(best.keys() & known.keys(), key=lambda sha256: (-best[sha256][0], known[sha256].title))
    return [work_of(known[s], round(best[s][0], 3), ON_TOPIC) for s in ranked if s not in taken]


def _on_topic(library: Library, question: str) -> Iterator[tuple[str, tuple[float, int]]]:
    """The documents that hold enough of the question's terms: hash, and share and number of these terms."""
    asked = set(map(stem, asked_terms(question)))
    for hit in library.shelf.find(asked_terms(question), library.roots, MOST_HITS):
        there = set(map(stem, terms_of(f"{hit.title} {hit.chunk.heading} {hit.chunk.text}")))
        shared = len(asked & there)
        if shared >= TOPIC_TERMS and shared >= TOPIC_SHARE * len(asked):
            yield hit.sha256, (shared / len(asked), shared)


def work_of(document: Background, score: float = 0.0, *reasons: str) -> Work:
    """The work of a background document."""
    work_id = PREFIX + document.sha256[:16]
    return Work(WorkKind.LIBRARY, work_id, document.title, document.authors, document.year, score, reasons)


def own_sentences(document: Background) -> tuple[Passage, ...]:
    """The document's sentences as passages, other works' citations marked, in its order."""
    return tuple(
        _passage(document.sha256, document.title, chunk, text, ANY_CITATION.sub(f" {OTHER}", text))
        for chunk in document.chunks
        for text in _sentences(chunk)
    )


def citing_sentences(library: Library, reference: Reference, limit: int = 4) -> tuple[Passage, ...]:
    """Sentences of the library that cite ``reference`` by its author and year, marked; the paper's own words come first."""
    if not reference.authors or reference.year is None:
        return ()
    family = reference.authors[0].split(",")[0].strip()
    citation = citation_by(family, reference.year)
    terms = list(filter(None, terms_of(f"{family} {reference.year}")))
    found: list[Passage] = []
    for hit in library.shelf.find(terms, library.roots, MOST_CITING):
        for text in _sentences(hit.chunk):
            shown, times = citation.subn(f" {TARGET} ", text, count=1)
            if times:
                found.append(_passage(hit.sha256, hit.title, hit.chunk, text, _others_marked(shown)))
    return tuple(found[:limit])


def _others_marked(shown: str) -> str:
    """A sentence with the citations of other works marked, and no space before its signs."""
    return SPACE_BEFORE_SIGN.sub(r"\1", " ".join(ANY_CITATION.sub(f" {OTHER}", shown).split()))


def is_first_hand(passages: Sequence[Passage]) -> bool:
    """Whether passages are a library document's words about itself."""
    return bool(passages) and all(p.kind is SourceKind.LIBRARY and TARGET not in p.shown for p in passages)


def front_evidence(document: Background, names: Sequence[str]) -> tuple[Evidence, ...]:
    """Proof of a document's title and authors: the title, and the line of its first chunk that names an author."""
    quotes = [(document.title, 1)]
    for chunk in document.chunks[:1]:
        lines = (line for line in chunk.text.split("\n\n") if len(line) < 300)
        named = next((line for line in lines if any(key_text(n) in key_text(line) for n in filter(None, names))), "")
        quotes += [(named, chunk.number)] if named else []
    return tuple(
        Evidence(SourceKind.LIBRARY, document.title, quote, Match.EXACT, chunk=number, sha256=document.sha256)
        for quote, number in quotes
    )


def sentences_in(hit: Hit) -> tuple[Passage, ...]:
    """The whole sentences of a chunk that a search found."""
    chunk = hit.chunk
    return tuple(_passage(hit.sha256, hit.title, chunk, text, "") for text in _sentences(chunk))


def _sentences(chunk: Chunk) -> list[str]:
    """The whole sentences of a chunk, as they stand in it."""
    return [text for text in (chunk.text[a:b] for a, b in sentences(chunk.text)) if _is_whole(text)]


def _is_whole(text: str) -> bool:
    """Whether a sentence begins and ends as one, on one line, and is neither a scrap nor a paragraph."""
    shortest = SHORTEST_ZH if is_chinese(text) else SHORTEST
    fits = shortest <= len(text) <= LONGEST and "\n" not in text
    whole = fits and bool(BEGINS_SENTENCE.match(text) and ENDS_SENTENCE.search(text))
    return whole and not speaks_to_the_program(text)


def _passage(sha256: str, title: str, chunk: Chunk, text: str, shown: str) -> Passage:
    return Passage(
        SourceKind.LIBRARY,
        title,
        chunk.page,
        text,
        shown=shown,
        section=chunk.heading,
        chunk=chunk.number,
        alone=OTHER not in shown,
        sha256=sha256,
    )


def chunk_of(
    shelf: DocumentIndex, evidence: Evidence, documents: Sequence[Background]
) -> tuple[Background, Chunk] | None:
    """Where a citation of the library stands now: by the document's hash, else by its title; None when it does not."""
    want = key_text(evidence.quote)
    named = [d for d in documents if d.sha256 == evidence.sha256 or d.title == evidence.source] if want else []
    for one in sorted(named, key=lambda d: d.sha256 != evidence.sha256):
        document = shelf.document(one.sha256)
        chunk = _chunk_with(document, want, evidence.chunk) if document is not None else None
        if document is not None and chunk is not None:
            return document, chunk
    return None


def _chunk_with(document: Background, words: str, number: int | None) -> Chunk | None:
    """The chunk that holds ``words`` (a key), that of ``number`` before the others."""
    for chunk in sorted(document.chunks, key=lambda c: c.number != number):
        title = document.title if chunk.number == 1 else ""
        if any(words in key_text(part) for part in (title, chunk.heading, chunk.text)):
            return chunk
    return None
