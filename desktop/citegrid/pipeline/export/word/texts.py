"""What a cell or a sentence says, as runs: its words, the doubtful ones underlined, and what the report says of them."""

from __future__ import annotations

from citegrid.core.review import Sentence
from citegrid.core.table import Cell, stretches
from citegrid.pipeline.export.plain_text import allowed, clean
from citegrid.pipeline.export.word.ooxml import Element, run
from citegrid.pipeline.export.word.report import WordReport


def own_runs(report: WordReport, said: Cell | Sentence) -> list[Element]:
    """The text of a cell or sentence; behind a translation that is to be checked, that it is."""
    made = [run(text, "CiteGridToCheck" if doubtful else "") for text, doubtful in _pieces(said)]
    return made + _mark(report, said)


def unsupported_runs(report: WordReport, said: Cell | Sentence) -> list[Element]:
    """A text that no evidence carries: its sign, the text, and why."""
    why = report.words.in_parentheses(report.words.unsupported(said.reason))
    text = run(clean(said.text), "CiteGridDoubted")
    return [run("! ", "CiteGridSign"), text, *_mark(report, said), run(why, "CiteGridReason")]


def _mark(report: WordReport, said: Cell | Sentence) -> list[Element]:
    mark = report.words.to_check(said)
    return [run(mark, "CiteGridReason")] if mark else []


def _pieces(said: Cell | Sentence) -> list[tuple[str, bool]]:
    """The text on one line, in stretches; cleaned piece by piece, so that the offsets of its doubts hold until then."""
    if not said.open_doubts:
        return [(clean(said.text), False)]
    pieces = [(_one_line(text), doubtful) for text, doubtful in stretches(said.text, said.open_doubts)]
    return pieces if "".join(text for text, _ in pieces) == clean(said.text) else [(clean(said.text), False)]


def _one_line(text: str) -> str:
    """``text`` with every white space as one space; those at its ends stay, for words go on beyond it."""
    return "".join(" " if char.isspace() else char for char in allowed(text))
