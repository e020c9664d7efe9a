"""A person's own text set against the sources: each sentence supported, contradicted, or not found, with the place.

No model is asked: what a sentence claims is held against the sentences that say most of the same (``judge``).  A sentence is supported
only where one of them has all its numbers and names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citegrid.core.language.text import sentences
from citegrid.core.messages import Message
from citegrid.core.outcome.answers import CheckedSentence, CheckedText, Standing
from citegrid.core.paper import Paper
from citegrid.pipeline.answers.claims import Claim, claim_of
from citegrid.pipeline.answers.differences import difference, missing
from citegrid.pipeline.answers.judge import RESCUE, SAME, Judged, judge
from citegrid.pipeline.answers.sources import Shelf, places_of, shelf_for
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.cells.patterns import ANY_CITATION
from citegrid.ports import NEVER, SILENT, Cancel, Progress

#: Words of a sentence that claims something.
LEAST_WORDS = 3
#: From which likelihood what came nearest is worth showing.
_WORTH_SHOWING = 0.08
NOT_FOUND = Message("no sentence of the sources says this")


def check_text(
    text: str,
    papers: Sequence[Paper],
    library: Library | None = None,
    *,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> CheckedText:
    """Every sentence of ``text`` that claims something, in order; headings and scraps are left out."""
    said = [piece for line in text.splitlines() for piece in claims_in(line)]
    shelf = shelf_for(papers, library, said)
    return CheckedText(tuple(_checked(said, shelf, papers, progress, cancel)))


def claims_in(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph that claim something, in order."""
    pieces = (paragraph[start:end] for start, end in sentences(paragraph))
    yield from (piece for piece in pieces if _size(_claim(piece)) >= LEAST_WORDS)


def _size(claim: Claim) -> int:
    """How much a sentence says."""
    return len(claim.content) + len(claim.quantities) + len(claim.directions)


def _claim(sentence: str) -> Claim:
    """What a sentence claims, whomever it cites for it."""
    return claim_of(ANY_CITATION.sub("", sentence))


def _checked(
    said: Sequence[str], shelf: Shelf, papers: Sequence[Paper], progress: Progress, cancel: Cancel
) -> Iterator[CheckedSentence]:
    for done, sentence in enumerate(said):
        cancel.check()
        progress.report("Checking your text", done, len(said), sentence)
        yield _standing(sentence, judge(_claim(sentence), shelf), shelf, papers)


def _standing(sentence: str, judged: Sequence[Judged], shelf: Shelf, papers: Sequence[Paper]) -> CheckedSentence:
    """What the sentences that were judged come to."""
    if not judged:
        return CheckedSentence(sentence, Standing.NOT_FOUND, NOT_FOUND)
    first, best = judged[0], max(judged, key=lambda one: one.supports)
    if first.contradicts and best.supports < RESCUE * first.same:
        return CheckedSentence(
            sentence, Standing.CONTRADICTED, difference(first.pair), places_of(papers, shelf, first.number)
        )
    if best.supports >= SAME:
        return CheckedSentence(sentence, Standing.SUPPORTED, "", places_of(papers, shelf, best.number))
    near = places_of(papers, shelf, first.number) if first.same >= _WORTH_SHOWING else ()
    return CheckedSentence(sentence, Standing.NOT_FOUND, missing(first.pair) if first.same >= SAME else NOT_FOUND, near)
