"""Passage, Match and Evidence: words that stand in a source, and how well they were found there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from citegrid.core.document import Box, Span


class Match(Enum):
    """How a quote was found.  NOT_FOUND is a value: what was not found is never shown as supported."""

    EXACT = "exact"
    NORMALISED = "normalised"
    FUZZY = "fuzzy"
    OCR = "ocr"
    NOT_FOUND = "not found"


class SourceKind(Enum):
    """A main paper (pages) or a background document (chunks)."""

    DOCUMENT = "document"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source that can be given to the model as evidence.

    ``text`` is what stands in the source with its lines joined; ``shown`` is
    what the model sees, with the row's work marked ⟦TARGET⟧ and other works'
    citations ⟦OTHER⟧.  ``alone`` is false when it is one of many that are cited together, and ``beside`` how many others are.
    """

    kind: SourceKind
    source: str
    page: int | None
    text: str
    spans: tuple[Span, ...] = ()
    shown: str = ""
    section: str = ""
    chunk: int | None = None
    alone: bool = True
    beside: int = 0
    entry: bool = False
    title: str = ""
    sha256: str = ""

    @property
    def readable(self) -> str:
        """Its words with the marks of citations, where there are any."""
        return self.shown or self.text


@dataclass(frozen=True, slots=True)
class Selection:
    """Words that a person selected in a paper: its name, and where they stand."""

    source: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote with its place: what a citation shows when it is clicked.

    ``ratio`` is the share of the quote's characters found in the source (1.0
    unless ``match`` is FUZZY or OCR).  ``first_hand`` is true when the work
    itself speaks, false when another work speaks about it.  ``sha256`` names the
    background document, whatever its title or place is by now; empty for a main paper.
    """

    kind: SourceKind
    source: str
    quote: str
    match: Match
    page: int | None = None
    page_label: str = ""
    boxes: tuple[Box, ...] = ()
    chunk: int | None = None
    ratio: float = 1.0
    first_hand: bool = True
    sha256: str = ""


def quotes_of(evidence: Sequence[Evidence]) -> list[str]:
    """The words that a text cites, in order."""
    return [one.quote for one in evidence]


def original_of(evidence: Sequence[Evidence]) -> str:
    """The words that a text was made from: its quotes in order, each once, parted by an ellipsis."""
    return " … ".join(dict.fromkeys(one.quote for one in evidence if one.quote))
