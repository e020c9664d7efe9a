"""What a cell or a sentence says, as runs: its words, the doubtful ones underlined, and what the report says of them."""

from __future__ import annotations

from citegrid.core.review import Sentence
from citegrid.core.table import Cell, stretches
from citegrid.pipeline.export.plain_text import clean
from citegrid.pipeline.export.word.ooxml import Element, run
from citegrid.pipeline.export.word.report import WordReport


def own_runs(report: WordReport, said: Cell | Sentence) -> list[Element]:
    """The text of a cell or sentence; behind a translation that is to be checked, that it is."""
    pieces = stretches(said.text, said.open_doubts) if said.open_doubts else [(clean(said.text), False)]
    made = [run(text, "CiteGridToCheck" if doubtful else "") for text, doubtful in pieces]
    return made + _mark(report, said)


def unsupported_runs(report: WordReport, said: Cell | Sentence) -> list[Element]:
    """A text that no evidence carries: its sign, the text, and why."""
    why = report.words.in_parentheses(report.words.unsupported(said.reason))
    text = run(clean(said.text), "CiteGridDoubted")
    return [run("! ", "CiteGridSign"), text, *_mark(report, said), run(why, "CiteGridReason")]


def _mark(report: WordReport, said: Cell | Sentence) -> list[Element]:
    mark = report.words.to_check(said)
    return [run(mark, "CiteGridReason")] if mark else []
