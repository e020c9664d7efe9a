"""The evidence of a project, numbered in the order a reader meets it, and where each piece is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citegrid.core.evidence import Evidence
from citegrid.core.project import Project

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """Where evidence is used: a cell (``row`` and ``column`` from 0) or, with ``row`` None, a sentence (from 0)."""

    row: int | None
    column: int


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One piece of evidence, its number from 1 and its uses."""

    number: int
    evidence: Evidence
    uses: tuple[Use, ...]


class EvidenceList:
    """The numbered evidence; the same words at the same place are one entry."""

    def __init__(self, project: Project) -> None:
        self._number: dict[_Key, int] = {}
        evidence: list[Evidence] = []
        uses: list[list[Use]] = []
        for use, one in _uses(project):
            key = _key(one)
            if key not in self._number:
                evidence.append(one)
                uses.append([])
                self._number[key] = len(evidence)
            places = uses[self._number[key] - 1]
            if use not in places:
                places.append(use)
        self.entries = tuple(
            EvidenceEntry(i, one, tuple(places)) for i, (one, places) in enumerate(zip(evidence, uses, strict=True), 1)
        )

    def number(self, evidence: Evidence) -> int:
        """The number of a piece of evidence; raises KeyError when the project does not hold it."""
        return self._number[_key(evidence)]

    def numbers(self, evidence: Sequence[Evidence]) -> list[int]:
        """Distinct numbers in the order of ``evidence``."""
        return list(dict.fromkeys(map(self.number, evidence)))


def _key(evidence: Evidence) -> _Key:
    quote = " ".join(evidence.quote.split())
    return evidence.kind, evidence.source, evidence.page, evidence.chunk, quote, evidence.boxes, evidence.first_hand


def _uses(project: Project) -> Iterator[tuple[Use, Evidence]]:
    for i, row in enumerate(project.table.rows):
        for j, cell in enumerate(row.cells):
            for evidence in cell.evidence:
                yield Use(i, j), evidence
    for i, sentence in enumerate(project.sentences):
        for evidence in sentence.evidence:
            yield Use(None, i), evidence
