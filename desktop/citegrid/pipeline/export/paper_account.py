"""The account of a batch as every report tells it: each paper that was found, what became of it, and why."""

from __future__ import annotations

from citegrid.core.outcome.account import Fate, PaperFate, summary
from citegrid.core.project import Project
from citegrid.pipeline.export.strings import ReportWords

HEADING = "Papers found"
HEADS = ("Paper", "Result", "Reason", "SHA-256")
_FATES = {
    Fate.READ: "read",
    Fate.DUPLICATE: "duplicate",
    Fate.EXCLUDED: "excluded",
    Fate.FAILED: "not readable",
    Fate.WAITING: "not begun",
    Fate.AT_WORK: "not begun",
}


def summary_of(project: Project, words: ReportWords) -> str:
    """How many papers were found, and how many came to each end."""
    return words.sentence(summary(project.account))


def fate_in_words(one: PaperFate, words: ReportWords) -> str:
    """What became of a paper."""
    return words(_FATES[one.fate])


def told(one: PaperFate, words: ReportWords) -> str:
    """What became of a paper, with the reason."""
    return words.with_reason(fate_in_words(one, words), one.reason)


def without_row(project: Project) -> list[PaperFate]:
    """The papers that have no row, each of which needs its reason."""
    return [one for one in project.account if one.fate is not Fate.READ]
