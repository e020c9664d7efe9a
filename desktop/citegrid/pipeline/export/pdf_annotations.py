"""What an annotated copy of the paper says on its pages: each piece of evidence with the cells and sentences it carries."""

from __future__ import annotations

from collections.abc import Callable

from citegrid.core.annotation import Highlight
from citegrid.core.evidence import Evidence, SourceKind
from citegrid.core.project import Project
from citegrid.core.table import Status, Verdict
from citegrid.pipeline.export.evidence_list import EvidenceEntry, EvidenceList, Use
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.strings import ReportWords, wording_in


def highlights_of(project: Project, of_paper: Callable[[Evidence], bool] = lambda evidence: True) -> list[Highlight]:
    """A highlight for each piece of evidence of the paper, with the number it has in the report; ``of_paper`` tells which
    are of this one of several papers."""
    words = wording_in(project.language)
    return [
        _highlight(project, entry, words)
        for entry in EvidenceList(project).entries
        if entry.evidence.kind is SourceKind.DOCUMENT and entry.evidence.boxes and of_paper(entry.evidence)
    ]


def _highlight(project: Project, entry: EvidenceEntry, words: ReportWords) -> Highlight:
    evidence = entry.evidence
    columns = project.table.names
    lines = []
    supported = False
    for use in entry.uses:
        text, supports = _text_of(project, use, words)
        supported = supported or supports
        lines.append(words.named(words.use(use.row, use.column, columns), text))
    title = f"[{entry.number}] {words.listed([words.matched(evidence), words.hand(evidence)])}"
    return Highlight(evidence.boxes, title, "\n".join([title, *lines]), supported)


def _text_of(project: Project, use: Use, words: ReportWords) -> tuple[str, bool]:
    """What the cell or sentence of ``use`` says, and whether its evidence supports it."""
    if use.row is None:
        assert project.review is not None
        sentence = project.review.sentences[use.column]
        supported = sentence.status in (Status.SUPPORTED, Status.LINK)
        why = "" if supported else words.in_parentheses(words.unsupported(sentence.reason))
        return clean(sentence.text) + words.to_check(sentence) + why, supported
    cell = project.table.rows[use.row].cells[use.column]
    return words.cell(cell), cell.status is Status.SUPPORTED and cell.verdict is not Verdict.REJECTED
