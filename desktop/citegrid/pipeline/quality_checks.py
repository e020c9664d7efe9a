"""The self-check: what the report promises, checked by the program and printed at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.messages import Message
from citegrid.core.paper import Paper
from citegrid.core.project import Check, Project
from citegrid.core.review import Sentence, Unit, count
from citegrid.core.table import Cell, Status
from citegrid.pipeline.cells.columns.hardly_answered import hardly_answered
from citegrid.pipeline.cells.reasons import listed

#: How far the review's length may be from what was asked for.
TOLERANCE = 0.10
_LENGTH = {Unit.CHARACTERS: "{length} / {target} characters", Unit.WORDS: "{length} / {target} words"}
_SHORT = {
    Unit.CHARACTERS: "{length} / {target} characters: the papers say no more that can be told for certain",
    Unit.WORDS: "{length} / {target} words: the papers say no more that can be told for certain",
}


@dataclass(frozen=True)
class CheckedProject:
    """A project as its report shows it, and how many pages each of its papers has; pages of an unknown name are those of
    the first."""

    project: Project
    pages: dict[str, int]

    @cached_property
    def cells(self) -> list[Cell]:
        return list(self.project.table.cells)

    @cached_property
    def statements(self) -> list[Sentence]:
        """The sentences of the review that claim something."""
        return [s for s in self.project.sentences if s.status is not Status.LINK]

    @cached_property
    def places(self) -> list[Evidence]:
        of_cells = (e for cell in self.cells for e in cell.evidence)
        return [*of_cells, *(e for sentence in self.statements for e in sentence.evidence)]

    def cells_of(self, status: Status) -> list[Cell]:
        return [cell for cell in self.cells if cell.status is status]

    def is_found(self, place: Evidence) -> bool:
        """Whether a citation leads to a page that there is, or into the library."""
        if place.match is Match.NOT_FOUND:
            return False
        pages = self.pages.get(place.source, next(iter(self.pages.values())))
        return place.kind is SourceKind.LIBRARY or (place.page is not None and 1 <= place.page <= pages)


def checks_of(project: Project, papers: Sequence[Paper]) -> tuple[Check, ...]:
    """The self-check of a project as it stands; ``papers`` are what it was filled from, the first one first."""
    report = CheckedProject(project, {p.document.name: len(p.document.pages) for p in papers})
    found = (check(report) for check in CHECKS)
    return tuple(filter(None, found))


def _columns_are_there(report: CheckedProject) -> Check:
    project = report.project
    wanted = (project.template.columns if project.template is not None else ()) or project.table.columns
    names = {column.name for column in project.table.columns}
    present = sum(column.name in names for column in wanted)
    return _share(Message("every column of the picture is a column of the table"), present, len(wanted))


def _cells_are_cited(report: CheckedProject) -> Check:
    shown = report.cells_of(Status.SUPPORTED)
    return _share(Message("every supported cell is cited"), sum(bool(c.evidence) for c in shown), len(shown))


def _review_is_cited(report: CheckedProject) -> Check:
    proved = sum(bool(s.evidence) for s in report.statements)
    return _share(Message("every statement of the review is cited"), proved, len(report.statements))


def _citations_resolve(report: CheckedProject) -> Check:
    resolved = sum(map(report.is_found, report.places))
    return _share(Message("every citation resolves to a place in the source"), resolved, len(report.places))


def _length_is_kept(report: CheckedProject) -> Check | None:
    review = report.project.review
    if review is None:
        return None
    length = count(" ".join(s.text for s in review.sentences), review.unit)
    short = all((length < (1 - TOLERANCE) * review.target, not review.edited))
    said = (_SHORT if short else _LENGTH)[review.unit]
    return Check(
        Message("the review's length is within 10 % of what was asked"),
        abs(length - review.target) <= TOLERANCE * review.target,
        Message(said, length=length, target=review.target),
    )


def _doubts_are_marked(report: CheckedProject) -> Check:
    silent, doubted = len(report.cells_of(Status.NOT_STATED)), len(report.cells_of(Status.UNSUPPORTED))
    return Check(
        Message("what is not supported is marked as such"),
        not report.cells_of(Status.WAITING),
        Message("{silent} not stated, {doubted} unsupported", silent=silent, doubted=doubted),
    )


def _columns_are_answered(report: CheckedProject) -> Check | None:
    """A column that the papers hardly answer is said once; no check where there is none."""
    found = hardly_answered(report.project.table)
    if not found:
        return None
    return Check(Message("every column is one that these papers answer"), False, listed(found))


#: What is checked, in the order in which it is printed.
CHECKS = (
    _columns_are_there,
    _cells_are_cited,
    _review_is_cited,
    _citations_resolve,
    _length_is_kept,
    _doubts_are_marked,
    _columns_are_answered,
)


def _share(name: Message, part: int, whole: int) -> Check:
    return Check(name, part == whole, Message("{part} of {whole}", part=part, whole=whole))
