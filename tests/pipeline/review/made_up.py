"""Works, quotes and facts made up for the tests of the review."""

from __future__ import annotations

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.statement import Kind, Statement
from citegrid.core.table import Cell, Row, Status, Wording
from citegrid.pipeline.review.facts import Fact
from citegrid.pipeline.review.marked_text import Marked

PAPER = Work(WorkKind.PAPER, "paper", "A survey of quoting", ("Own, Olga",), 2025)
NAMES = ("Abel, Ada", "Berg, Bea", "Cole, Cy", "Dorn, Di", "Ekel, Ed")


def work(number: int, year: int | None = None, title: str = "") -> Work:
    """Work number ``number`` (from 0), of two authors or more."""
    authors = (NAMES[number], "Xu, Xi", "Yu, Yi")
    return Work(WorkKind.REFERENCE, f"r{number}", title or f"Title number {number}", authors, year or 2020 + number)


def quote(text: str, page: int = 1) -> Evidence:
    """A quote of the paper."""
    return Evidence(SourceKind.DOCUMENT, "p.pdf", text, Match.EXACT, page, str(page))


def fact(of: Work, kind: Kind, text: str, wording: Wording = Wording.PRINTED) -> Fact:
    """What is said of a work, proved by a quote of the same words."""
    return Fact((of,), kind, Marked(text), (quote(text),), wording, "A column")


def row(of: Work, *cells: Cell) -> Row:
    """A row of the table."""
    return Row(of, cells)


def cell(column: str, text: str, **changes: object) -> Cell:
    """A supported cell, proved by a quote of the same words."""
    return Cell(column, text, **{"status": Status.SUPPORTED, "evidence": (quote(text),), **changes})  # type: ignore[arg-type]


def statement(kind: Kind, target: float, central: float = 0.8, alone: float = 0.9) -> Statement:
    """A sentence of a work with the share ``target``, else of the citing paper."""
    return Statement((target, 1 - target, 0.0, 0.0), tuple(float(k is kind) for k in Kind), central, alone)
