"""The quotes of a cell as a Word comment on it."""

from __future__ import annotations

from docx.text.run import Run

from citegrid.core.citation import cite
from citegrid.core.table import Cell
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word.ooxml import Element, el
from citegrid.pipeline.export.word.report import WordReport


def comment(report: WordReport, text: Element, cell: Cell) -> None:
    """Put the quotes of ``cell`` into a comment on the paragraph ``text``."""
    runs = [Run(r, None) for r in text.iter(el("r").tag)]
    lines = [
        f"[{report.evidence.number(e)}] “{clean(e.quote)}” {cite(e, report.words.language)}" for e in cell.evidence
    ]
    report.document.add_comment([runs[0], runs[-1]], "\n".join(lines), author="CiteGrid", initials="CG")
