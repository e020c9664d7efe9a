"""Word comments: the quotes of a cell, and the original of a translation that is to be checked."""

from __future__ import annotations

from collections.abc import Sequence

from docx.text.run import Run

from citegrid.core.citation import cite
from citegrid.core.review import Sentence
from citegrid.core.table import Cell
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word.ooxml import Element, el
from citegrid.pipeline.export.word.report import WordReport

_TO_CHECK = "Translation to be checked against the original:"


def comment(report: WordReport, text: Element, said: Cell | Sentence) -> None:
    """Put the quotes of ``said`` into a comment on the runs of ``text``, a paragraph."""
    comment_on(report, list(text.iter(el("r").tag)), said)


def comment_on(report: WordReport, runs: Sequence[Element], said: Cell | Sentence) -> None:
    """Put the quotes of ``said`` into a comment on ``runs``, which stand in a paragraph."""
    lines = [report.words(_TO_CHECK)] if said.to_be_checked else []
    lines += [
        f"[{report.evidence.number(e)}] “{clean(e.quote)}” {cite(e, report.words.language)}" for e in said.evidence
    ]
    first, last = Run(runs[0], None), Run(runs[-1], None)
    report.document.add_comment([first, last], "\n".join(lines), author="CiteGrid", initials="CG")
