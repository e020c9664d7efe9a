"""What a review can say: points, each of one work and from named passages, by part of the review."""

from __future__ import annotations

from dataclasses import dataclass, field

from citegrid.core.evidence import Passage
from citegrid.core.reference import Work, WorkKind
from citegrid.core.review import Sentence
from citegrid.pipeline.cells.columns.bibliographic import short_authors
from citegrid.pipeline.review.phrases import phrase


@dataclass(frozen=True, slots=True)
class Point:
    """Something the review can say: of which work, under which theme (a column, or empty), from which passages.

    ``text`` are verified words that can stand in for the model's sentence; empty when there are none.  ``quoted``: the
    sentence of the source itself is quoted in its own language, unless another sentence says it already.
    """

    work: Work
    who: str
    theme: str
    passages: tuple[Passage, ...]
    text: str = ""
    quoted: bool = False

    @property
    def own(self) -> bool:
        """Whether the one main paper of a review speaks; one of several is named like any work."""
        return self.who in (phrase("itself", "zh"), phrase("itself", "en"))


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """Points by part of the review; ``more`` fill it up when it is too short; ``comparison`` are sentences ready made."""

    opening: tuple[Point, ...] = ()
    themes: tuple[tuple[str, tuple[Point, ...]], ...] = ()
    closing: tuple[Point, ...] = ()
    more: tuple[Point, ...] = ()
    comparison: tuple[Sentence, ...] = field(default=())


def who_of(work: Work, language: str, *, several: bool = False) -> str:
    """How a sentence names its work: ``Gao等（2023）``, ``Gao et al. (2023)``, ``本文``, or its title in quotes; with
    ``several`` main papers none of them is “this paper”."""
    if work.kind is WorkKind.PAPER and not several:
        return phrase("itself", language)
    name = short_authors(work, language) or phrase("untitled_authors", language, title=work.title)
    return phrase("dated", language, name=name, year=work.year) if work.year else name
