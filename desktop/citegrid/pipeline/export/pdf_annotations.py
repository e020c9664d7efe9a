"""What an annotated copy of the paper says on its pages: each piece of evidence with the cells and sentences it carries."""

from __future__ import annotations

from collections.abc import Callable

from citegrid.core.evidence import Evidence, SourceKind
from citegrid.core.project import Project
from citegrid.core.table import Status, Verdict
from citegrid.pipeline.export import strings as words
from citegrid.pipeline.export.evidence_list import Entry, EvidenceList, Use
from citegrid.pipeline.export.plain_text import clean
from citegrid.ports import Highlight


def highlights_of(project: Project, of_paper: Callable[[Evidence], bool] = lambda evidence: True) -> list[Highlight]:
    """A highlight for each piece of evidence of the paper, with the number it has in the report; ``of_paper`` tells which
    are of this one of several papers."""
    say = words.labels_for(project.language)
    return [
        _highlight(project, entry, say)
        for entry in EvidenceList(project).entries
        if entry.evidence.kind is SourceKind.DOCUMENT and entry.evidence.boxes and of_paper(entry.evidence)
    ]


def _highlight(project: Project, entry: Entry, say: words.Labels) -> Highlight:
    evidence = entry.evidence
    columns = [c.name for c in project.table.columns]
    lines = []
    proved = False
    for use in entry.uses:
        text, carried = _said(project, use, say)
        proved = proved or carried
        lines.append(f"{say.use(use.row, use.column, columns)}{say.colon}{text}")
    hand = say.first_hand if evidence.first_hand else say.second_hand
    title = f"[{entry.number}] {say.matched(evidence)}{say.between}{hand}"
    return Highlight(evidence.boxes, title, "\n".join([title, *lines]), proved)


def _said(project: Project, use: Use, say: words.Labels) -> tuple[str, bool]:
    """What the cell or sentence of ``use`` says, and whether its evidence carries it."""
    if use.row is None:
        assert project.review is not None
        sentence = project.review.sentences[use.column]
        carried = sentence.status in (Status.SUPPORTED, Status.LINK)
        why = "" if carried else words.parenthesis(words.unsupported(sentence.reason, say), say)
        return clean(sentence.text) + why, carried
    cell = project.table.rows[use.row].cells[use.column]
    return words.plain_cell(cell, say), cell.status is Status.SUPPORTED and cell.verdict is not Verdict.REJECTED
