"""The library in the walk: which document is the cited work itself, its own sentences, what others there say of a work.

A work that lies in the library speaks for itself; what the main paper says of
it then stands beside its words, and a number that differs is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz

from citegrid.core.evidence import Evidence, Match, Passage, SourceKind
from citegrid.core.library import Background, Chunk
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.script import is_chinese
from citegrid.core.table import Cell, Status
from citegrid.core.terms import asked_terms, stem, terms_of
from citegrid.core.text import key_text, sentences
from citegrid.pipeline.evidence.claim_tokens import numbers_in
from citegrid.pipeline.evidence.patterns import OTHER, TARGET
from citegrid.pipeline.evidence.retrieve import LONGEST, SHORTEST
from citegrid.pipeline.library.search import Translate
from citegrid.ports import DocumentIndex

#: Ids of rows for background documents begin so.
PREFIX = "l:"
#: Percent from which two titles are one, and letters a title must have to stand for a work without its authors.
SAME_TITLE, LONG_TITLE = 93.0, 30
#: Terms of the paper's title, and their share, that a document of its topic holds.
TOPIC_TERMS, TOPIC_SHARE = 2, 0.25
#: Share of the words of the shorter of two sentences, and their number, that both hold when they speak of the same.
ALIKE, ALIKE_TERMS = 0.5, 5
_CITED = re.compile(
    r"\s*[(（][^()（）]{0,120}?\b(?:19|20)\d\d[a-z]?\b[^()（）]{0,80}[)）]|\s*\[\d+(?:\s*[,，–-]\s*\d+)*\]"
)
_BEGINS = re.compile(r"[A-ZÀ-Þ\u3400-\u9fff\d“\"‘'(（《]")
_ENDS = re.compile(r"[.!?。！？；;][”’\"')\]）」』\d]*$")
_WE = {"we": "the authors", "our": "their", "ours": "theirs", "us": "them"}
_OURS_ZH = (("我们", "作者"), ("笔者", "作者"), ("本文", "该文"), ("本研究", "该研究"), ("本论文", "该论文"))
_WE_ZH = re.compile(r"^(?:在)?(?:本文|本研究|本论文|我们|笔者)(?=[^的中])")


@dataclass(frozen=True, slots=True)
class Library:
    """The library of a walk: its shelf, its folders, its documents (without chunks), a translator of questions,
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

    def of_reference(self, reference: Reference) -> Background | None:
        """The whole document that is the cited work itself: by DOI, by title with authors or year; None without one."""
        for document in self.documents:
            if is_same_work(reference, document):
                return self.shelf.document(document.sha256)
        key = key_text(reference.title)
        if len(key) >= LONG_TITLE:  # a file that gives no title of its own prints it on its first page
            for hit in self.shelf.find(asked_terms(reference.title), self.roots, 5):
                opening = key_text(f"{hit.chunk.heading} {hit.chunk.text[: 2 * len(reference.title) + 200]}")
                if hit.chunk.number == 1 and key in opening:
                    return self.shelf.document(hit.sha256)
        return None


def is_same_work(reference: Reference, document: Background) -> bool:
    """Whether a document of the library is the work that an entry cites."""
    if reference.doi and document.doi:
        return reference.doi.casefold() == document.doi.casefold()
    title, other = key_text(reference.title), key_text(document.title)
    if not title or not other or fuzz.ratio(title, other) < SAME_TITLE:
        return False
    if reference.authors and document.authors:
        families = {key_text(a.split(",")[0]) for a in reference.authors}
        named = key_text(" ".join(document.authors))
        return any(f and f in named for f in families)
    near = reference.year is not None and document.year is not None and abs(reference.year - document.year) <= 1
    return near or len(title) >= LONG_TITLE or (len(title) >= 8 and is_chinese(title))


def works_for(library: Library, title: str, language: str, taken: Sequence[str]) -> list[Work]:
    """Documents of the paper's topic as works of kind LIBRARY, the closest first, without those in ``taken`` (hashes)
    and without the paper itself, whatever its file."""
    best: dict[str, tuple[float, int]] = {}
    for question in filter(None, (title, library.translate(title, "en" if is_chinese(title) else "zh"))):
        asked = set(map(stem, asked_terms(question)))
        for hit in library.shelf.find(asked_terms(question), library.roots, 60):
            there = {stem(t) for t in terms_of(f"{hit.title} {hit.chunk.heading} {hit.chunk.text}")}
            shared = len(asked & there)
            if shared >= TOPIC_TERMS and shared >= TOPIC_SHARE * len(asked):
                best[hit.sha256] = max(best.get(hit.sha256, (0.0, 0)), (shared / len(asked), shared))
    known = {d.sha256: d for d in library.documents if key_text(d.title) != key_text(title)}
    ranked = sorted(best.keys() & known.keys(), key=lambda sha256: (-best[sha256][0], known[sha256].title))
    reason = "背景文献，与本文主题相关" if language == "zh" else "background document on the topic of the paper"
    return [work_of(known[s], round(best[s][0], 3), reason) for s in ranked if s not in taken]


def work_of(document: Background, score: float = 0.0, *reasons: str) -> Work:
    """The work of a background document."""
    work_id = PREFIX + document.sha256[:16]
    return Work(WorkKind.LIBRARY, work_id, document.title, document.authors, document.year, score, reasons)


def own_sentences(document: Background) -> tuple[Passage, ...]:
    """The document's sentences as passages, other works' citations marked, in its order."""
    return tuple(
        _passage(document.sha256, document.title, chunk, text, _CITED.sub(f" {OTHER}", text))
        for chunk in document.chunks
        for text in _sentences(chunk)
    )


def said_of(library: Library, reference: Reference, limit: int = 4) -> tuple[Passage, ...]:
    """Sentences of the library that cite ``reference`` by its author and year, marked; the paper's own words come first."""
    if not reference.authors or reference.year is None:
        return ()
    family = re.escape(reference.authors[0].split(",")[0].strip())
    more = r"(?:\s*(?:et al\.?|等人?|and colleagues|(?:and|&|和|与)\s*[\w\-·]+))?"
    citation = re.compile(rf"[(（\[]?{family}{more}[,，]?\s*[(（\[]?{reference.year}[a-z]?[)）\]]*")
    found: list[Passage] = []
    terms = [t for t in terms_of(f"{family} {reference.year}") if t]
    for hit in library.shelf.find(terms, library.roots, 30):
        for text in _sentences(hit.chunk):
            shown, times = citation.subn(f" {TARGET} ", text, count=1)
            if times:
                shown = re.sub(r"\s+([,.;:，。；])", r"\1", " ".join(_CITED.sub(f" {OTHER}", shown).split()))
                found.append(_passage(hit.sha256, hit.title, hit.chunk, text, shown))
    return tuple(found[:limit])


def is_first_hand(passages: Sequence[Passage]) -> bool:
    """Whether passages are a library document's words about itself."""
    return bool(passages) and all(p.kind is SourceKind.LIBRARY and TARGET not in p.shown for p in passages)


def in_third_person(text: str, language: str) -> str:
    """A work's words about itself as one tells them of it: ``We train our model`` → ``The authors train their model``; without the
    semicolon that its sentence went on behind."""
    text = text.rstrip("；; ")
    if language == "zh":
        text = _WE_ZH.sub("作者", text)
        for own, told in _OURS_ZH:
            text = text.replace(own, told)
        return text

    def retold(match: re.Match[str]) -> str:
        word = _WE[match.group().lower()]
        return word[0].upper() + word[1:] if match.start() == 0 else word

    return re.sub(r"\b(?:[Ww]e|[Oo]urs?|us)\b", retold, text)


def front_evidence(document: Background, names: Sequence[str]) -> tuple[Evidence, ...]:
    """Proof of a document's title and authors: the title, and the line of its first chunk that names an author."""
    quotes = [(document.title, 1)]
    for chunk in document.chunks[:1]:
        lines = (line for line in chunk.text.split("\n\n") if len(line) < 300)
        named = next((line for line in lines if any(key_text(n) in key_text(line) for n in names if n)), "")
        quotes += [(named, chunk.number)] if named else []
    return tuple(
        Evidence(SourceKind.LIBRARY, document.title, quote, Match.EXACT, chunk=number, sha256=document.sha256)
        for quote, number in quotes
    )


def side_by_side(own: Cell, cited: Cell, whole: Sequence[str], language: str) -> Cell:
    """A cell in the work's own words, with the citing paper's view beside it and what contradicts between the two;
    the citing paper's cell where the work itself says nothing.  ``whole`` is the work's text, part by part."""
    if own.status is not Status.SUPPORTED:
        return cited
    zh, notes, evidence = language == "zh", [], own.evidence
    citing = [e.quote for e in (*cited.evidence, *cited.near) if not e.first_hand]
    differing = contradictions([e.quote for e in own.evidence], citing, whole)
    if differing and zh:
        pairs = "；".join(f"引用方 {theirs}，原文 {ours}" for theirs, ours in differing)
        notes.append(f"数字不一致（{pairs}）。")
    elif differing:
        pairs = "; ".join(f"{theirs} in the citing paper, {ours} in the work" for theirs, ours in differing)
        notes.append(f"The numbers differ ({pairs}).")
    if cited.status is Status.SUPPORTED:
        notes.append(f"引用方的说法：{cited.text}" if zh else f"The citing paper says: {cited.text}")
        evidence = (*evidence, *cited.evidence)
    return replace(own, evidence=evidence, note=("" if zh else " ").join(notes))


def contradictions(own: Sequence[str], citing: Sequence[str], whole: Sequence[str]) -> list[tuple[str, str]]:
    """Numbers with a unit that the citing sentences give, the whole work nowhere does, and its own sentences (``own``, and
    those of ``whole`` that speak of the same) give otherwise: ``(theirs, the work's)`` as printed."""
    known = {(value, unit) for text in whole for _, value, unit in numbers_in(text)}
    found: list[tuple[str, str]] = []
    for text in citing:
        ours = [number for words in (*_alike(text, whole), *own) for number in numbers_in(words)]
        for shown, value, unit in numbers_in(text):
            other = next((o for o, v, u in ours if u == unit and v != value), "")
            new = other not in {ours for _, ours in found}  # one figure of the work is the pair of one of theirs
            if unit is not None and other and new and (value, unit) not in known:
                found.append((shown, other))
    return found


def _alike(text: str, whole: Sequence[str]) -> list[str]:
    """The sentences of ``whole`` that speak of the same as ``text``, the closest first."""
    asked = {stem(t) for t in asked_terms(text)}
    scored = []
    for part in whole:
        for a, b in sentences(part):
            there = {stem(t) for t in asked_terms(part[a:b])}
            share = len(asked & there) / max(1, min(len(asked), len(there)))
            if share >= ALIKE and len(asked & there) >= ALIKE_TERMS:
                scored.append((-share, part[a:b]))
    return [words for _, words in sorted(scored)]


def _sentences(chunk: Chunk) -> list[str]:
    """The whole sentences of a chunk, as they stand in it."""
    found = (chunk.text[a:b] for a, b in sentences(chunk.text))
    return [
        s
        for s in found
        if (12 if is_chinese(s) else SHORTEST) <= len(s) <= LONGEST
        and _BEGINS.match(s)
        and _ENDS.search(s)
        and "\n" not in s
    ]


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
    candidates = [d.sha256 for d in documents if d.sha256 == evidence.sha256]
    candidates += [d.sha256 for d in documents if d.title == evidence.source and d.sha256 not in candidates]
    want = key_text(evidence.quote)
    for sha256 in candidates:
        document = shelf.document(sha256)
        if document is None or not want:
            continue
        ordered = sorted(document.chunks, key=lambda c: c.number != evidence.chunk)
        for chunk in ordered:
            title = document.title if chunk.number == 1 else ""
            if any(want in key_text(part) for part in (title, chunk.heading, chunk.text)):
                return document, chunk
    return None
