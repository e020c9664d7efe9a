"""Reference, Mention and Work: what a paper cites, where it cites it, and what a row is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from citegrid.core.document import Box, Span


class Intent(Enum):
    """Why the text cites a work, read from the words around the citation."""

    USES = "uses"
    EXTENDS = "extends"
    COMPARES = "compares"
    CONTRASTS = "contrasts"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Mention:
    """One in-text citation of one reference.

    ``spans`` are the characters of the citation itself (two when it crosses a
    page), ``boxes`` its places, one per line.  ``sentence`` is the text of the
    sentence it stands in with lines joined, ``sentence_spans`` its characters.
    ``beside`` counts the other references cited in the same bracket; a mention
    is ``narrative`` when the citation is part of the sentence ("Smith (2020) shows").
    """

    page: int
    text: str
    boxes: tuple[Box, ...]
    spans: tuple[Span, ...]
    sentence: str
    sentence_spans: tuple[Span, ...]
    section: str = ""
    beside: int = 0
    narrative: bool = False
    intent: Intent = Intent.BACKGROUND


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an entry prints of its work's place beside the venue; empty where it does not, or where that is in doubt.

    ``mark`` is the kind of the work as GB/T 7714 marks it (``J``, ``EB/OL``); ``mixed`` that two works may stand in the entry.
    """

    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    place: str = ""
    mark: str = ""
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a bibliography, as printed (``raw``) and parsed; authors are ``"Family, Given"``; ``venue`` is the journal or
    the book that holds the work, or else its publisher with the place."""

    id: str
    label: str
    raw: str
    page: int
    boxes: tuple[Box, ...]
    spans: tuple[Span, ...]
    authors: tuple[str, ...] = ()
    title: str = ""
    year: int | None = None
    venue: str = ""
    doi: str = ""
    arxiv: str = ""
    url: str = ""
    mentions: tuple[Mention, ...] = ()
    imprint: Imprint = field(default_factory=Imprint)

    @property
    def first_author(self) -> str:
        """The first of its authors; empty without any."""
        return next(iter(self.authors), "")


class WorkKind(Enum):
    """The paper itself, an entry of its reference list, or a background document."""

    PAPER = "paper"
    REFERENCE = "reference"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class Work:
    """What a row is about.  ``reasons`` say, in one phrase each, why it was selected; ``also`` are the ids of the same work in
    other main papers (see ``core.paper``)."""

    kind: WorkKind
    id: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def first_author(self) -> str:
        """The first of its authors; empty without any."""
        return next(iter(self.authors), "")
