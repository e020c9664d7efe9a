"""The review: an opening, themes drawn from the table, and a closing, each sentence from named passages and verified.

The program decides what is said, of whom and from which passages.  A cell that
was verified gives its own words; for a passage that stands in no cell the model
is asked, and its sentence is verified like a cell.  Each sentence names its work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from citegrid.core.evidence import Evidence, Passage
from citegrid.core.reference import Work
from citegrid.core.review import Review, Sentence, Unit, count
from citegrid.core.table import Status
from citegrid.pipeline.cells.selection.query import Request
from citegrid.pipeline.evidence.verify import Finding
from citegrid.pipeline.review.framing import Paragraph, Parts, length_of, name_subject, quotation
from citegrid.pipeline.review.plan import Point, ReviewPlan
from citegrid.ports import NEVER, Cancel

#: What a sentence is expected to measure, for planning how many to write.
EXPECTED = {Unit.CHARACTERS: 44, Unit.WORDS: 24}
#: The fewest sentences a review is planned with, and what is reported beside the plan.
FEWEST, SPARE = 4, 2
#: Shares of the target: below the first the review is filled up, above the second it is cut.
ENOUGH, TOO_LONG = 0.95, 1.08
#: Percent from which two sentences say the same, and letters of a sentence that says anything.
ALIKE, SHORTEST = 80.0, 8


@dataclass(frozen=True, slots=True)
class Tools:
    """What the review is written with.

    ``write`` puts what each passage says into a sentence of the review's language, empty where that fails; ``judge``
    verifies statements, each with its passages, about one work; ``cite`` turns passages into citations.
    """

    write: Callable[[Sequence[Passage]], Sequence[str]]
    judge: Callable[[Sequence[tuple[str, Sequence[Passage]]], Work], Sequence[Finding]]
    cite: Callable[[Sequence[Passage], Work], tuple[Evidence, ...]]


OnSentence = Callable[[int, int], None]


def compose(
    plan: ReviewPlan, request: Request, tools: Tools, on_sentence: OnSentence | None = None, cancel: Cancel = NEVER
) -> Review:
    """Write the review; shorter than asked only when the sources give no more."""
    wanted = max(FEWEST, round(request.target / EXPECTED[request.unit]))
    writer = _SentenceWriter(request.language, tools, wanted + SPARE, on_sentence, cancel)
    opening = writer.write(plan.opening)
    themes = tuple((name, writer.write(points)) for name, points in plan.themes)
    parts = Parts(opening, themes, plan.comparison, writer.write(plan.closing))
    parts, taken = _trimmed(parts, request)
    parts = _put_back(parts, taken, request)
    parts = _filled_up(parts, plan.more, request, writer)
    return Review(_fitted(parts.paragraphs(request.language), request), request.target, request.unit)


@dataclass(slots=True)
class _SentenceWriter:
    """Makes sentences of points, never the same thing twice."""

    language: str
    tools: Tools
    expected: int
    on_sentence: OnSentence | None
    cancel: Cancel
    written: list[str] = field(default_factory=list)
    used: set[Passage] = field(default_factory=set)

    def write(self, points: Sequence[Point]) -> tuple[Sentence, ...]:
        """The sentences of those points that can be said, in order."""
        fresh = [point for point in points if not point.text]
        drafts = iter(self.tools.write([p for point in fresh for p in point.passages[:1]]) if fresh else ())
        sentences = []
        for point in points:
            self.cancel.check()
            text = point.text or next(drafts, "")
            sentence = self._said(point, text)
            if sentence is not None:
                sentences.append(sentence)
                self.written.append(_key(text))
            if self.on_sentence is not None:
                self.on_sentence(len(self.written), self.expected)
        return tuple(sentences)

    def _said(self, point: Point, text: str) -> Sentence | None:
        if self._is_known(text):
            return None
        if point.quoted:
            return self._quoted(point, text)
        used = point.passages if point.text else self._proof(point, text)
        if used is None:
            return None
        self.used |= set(used)
        whole = name_subject(text, point.who, self.language, own=point.own, turn=len(self.written))
        return Sentence(whole, Status.SUPPORTED, self.tools.cite(used, point.work))

    def _quoted(self, point: Point, text: str) -> Sentence | None:
        """The sentence of the source, unless another sentence says it already, or it is not about the work."""
        if self.used & set(point.passages) or self._proof(point, text) is None:
            return None
        cited = self.tools.cite(point.passages, point.work)
        return Sentence(quotation(text, point, self.language), Status.SUPPORTED, cited)

    def _proof(self, point: Point, text: str) -> tuple[Passage, ...] | None:
        """The passages that carry ``text``; None where they do not."""
        finding = self.tools.judge([(text, point.passages)], point.work)[0]
        return finding.used if finding.carried else None

    def _is_known(self, text: str) -> bool:
        """Whether a sentence says too little, or what another one said."""
        key = _key(text)
        return len(key) < SHORTEST or any(fuzz.ratio(key, other) > ALIKE for other in self.written)


def _key(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _trimmed(parts: Parts, request: Request) -> tuple[Parts, list[tuple[str, Sentence]]]:
    """Themes cut to what opening and closing leave by taking the last sentence of the longest one; what was taken, the most
    important first."""
    unit = request.unit
    room = request.target - length_of([parts.opening, parts.compared, parts.closing], unit)
    kept = [(name, list(sentences)) for name, sentences in parts.themes]
    taken: list[tuple[str, Sentence]] = []
    while kept and length_of([of for _, of in kept], unit) > room:
        name, longest = max(kept, key=lambda theme: length_of([theme[1]], unit))
        if len(longest) <= 1:
            break
        taken.insert(0, (name, longest.pop()))
    return replace(parts, themes=tuple((name, tuple(of)) for name, of in kept)), taken


def _is_short(parts: Parts, request: Request) -> bool:
    return length_of(parts.paragraphs(request.language), request.unit) < ENOUGH * request.target


def _put_back(parts: Parts, taken: Sequence[tuple[str, Sentence]], request: Request) -> Parts:
    """What was cut from the themes, as long as the review is too short."""
    for name, sentence in taken:
        if not _is_short(parts, request):
            break
        parts = replace(parts, themes=tuple((n, (*of, sentence) if n == name else of) for n, of in parts.themes))
    return parts


def _filled_up(parts: Parts, more: Sequence[Point], request: Request, writer: _SentenceWriter) -> Parts:
    """Further points, as many as are expected to be missing, as long as the review is too short."""
    while more and _is_short(parts, request):
        missing = request.target - length_of(parts.paragraphs(request.language), request.unit)
        size = max(1, round(missing / EXPECTED[request.unit]))
        batch = [p for p in more[:size] if not p.quoted] or more[:1]  # quotations are long
        more = more[len(batch) :]
        closing = writer.write([p for p in batch if p.own]) + parts.closing
        added = writer.write([p for p in batch if not p.own])
        parts = replace(parts, closing=closing, themes=_with_unnamed(parts.themes, added))
    return parts


def _with_unnamed(
    themes: Sequence[tuple[str, tuple[Sentence, ...]]], sentences: Sequence[Sentence]
) -> tuple[tuple[str, tuple[Sentence, ...]], ...]:
    """Sentences without a theme of their own stand in a last paragraph without a name."""
    named = [(name, of) for name, of in themes if name]
    unnamed = [s for name, of in themes if not name for s in of]
    return (*named, ("", (*unnamed, *sentences)))


def _fitted(paragraphs: Sequence[Paragraph], request: Request) -> tuple[Sentence, ...]:
    """Drop sentences until the length is within 8 % above the target: from the longest paragraphs first, then whole small
    ones but the opening."""
    kept = list(paragraphs)
    while length_of(kept, request.unit) > TOO_LONG * request.target:
        gone = _least_missed(kept, length_of(kept, request.unit) - request.target, request.unit)
        if gone is None:
            break
        kept = [[s for s in paragraph if s is not gone] for paragraph in kept]
        kept = [paragraph for paragraph in kept if _claims(paragraph)]
    return tuple(replace(s, paragraph=i) for i, paragraph in enumerate(kept) for s in paragraph)


def _least_missed(paragraphs: Sequence[Paragraph], over: int, unit: Unit) -> Sentence | None:
    """The sentence to drop: the one whose length comes nearest to what is too much; None where all must stay."""
    longest = _claims(max(paragraphs, key=lambda paragraph: len(_claims(paragraph))))
    spare = longest[1:] or [s for paragraph in paragraphs[1:] for s in _claims(paragraph)]
    return min(spare, key=lambda s: abs(count(s.text, unit) - over), default=None)


def _claims(paragraph: Sequence[Sentence]) -> list[Sentence]:
    return [s for s in paragraph if s.status is not Status.LINK]
