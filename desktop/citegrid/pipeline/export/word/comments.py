"""Word comments: the quotes of a cell, the original of a translation that is to be checked, and why a text is not supported."""

from __future__ import annotations

from collections.abc import Sequence

from docx.text.run import Run

from citegrid.core.citation import cite
from citegrid.core.evidence import Evidence
from citegrid.core.messages import Message
from citegrid.core.review import Sentence
from citegrid.core.table import Cell, Status, Verdict
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word.ooxml import Element, el
from citegrid.pipeline.export.word.report import WordReport

_NO_EVIDENCE = Message("Nothing was found that carries this; check it or take it out.")
_TO_CHECK = "Translation to be checked against the original:"


def is_unproved(said: Cell | Sentence) -> bool:
    """Whether a text says something that no evidence carries."""
    rejected = getattr(said, "verdict", None) is Verdict.REJECTED  # a sentence has none
    return said.status is Status.UNSUPPORTED and bool(said.text) and not rejected


def is_commented(report: WordReport, said: Cell | Sentence) -> bool:
    """Whether a text has a comment whatever was chosen: a doubt, or quotes that stand nowhere else."""
    quoted = bool(said.evidence) and (said.to_be_checked or report.options.quotes_in_comments)
    return quoted or is_unproved(said)


def comment(report: WordReport, text: Element, said: Cell | Sentence) -> None:
    """Put the quotes of ``said`` into a comment on the runs of ``text``, a paragraph."""
    comment_on(report, list(text.iter(el("r").tag)), said)


def comment_on(report: WordReport, runs: Sequence[Element], said: Cell | Sentence) -> None:
    """Put the quotes of ``said`` into a comment on ``runs``, which stand in a paragraph."""
    lines = [report.words(_TO_CHECK)] if said.to_be_checked else []
    lines += [report.words.sentence(_NO_EVIDENCE), report.words.sentence(said.reason)] if is_unproved(said) else []
    lines += [f"{_number(report, e)}“{clean(e.quote)}” {cite(e, report.words.language)}" for e in said.evidence]
    first, last = Run(runs[0], None), Run(runs[-1], None)
    report.document.add_comment([first, last], "\n".join(filter(None, lines)), author="CiteGrid", initials="CG")


def _number(report: WordReport, evidence: Evidence) -> str:
    """The number of a quote in the evidence list; empty where the report has none."""
    return f"{report.evidence_label(report.evidence.number(evidence))} " if report.options.appendix else ""
