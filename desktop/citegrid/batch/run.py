"""The story of a batch: what is left out, what is known already, what is done now, and what became of each paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from citegrid.batch.finished_rows import FinishedRows
from citegrid.batch.wishes import Begun, FoundPaper, PaperRow, Scheduler, Wishes
from citegrid.core.document import PaperDetails
from citegrid.core.edits.rows import title_key
from citegrid.core.messages import Message
from citegrid.core.outcome.account import Account, Fate, PaperFate
from citegrid.ports import NEVER, SILENT, Cancel, Progress

#: Characters of a title's key from which on it may tell that two papers are one work.
TELLING = 20


@dataclass
class Batch:
    """The papers of a batch, and what is known of each: its row by hash, those at work, those a person excluded (reason by hash)."""

    found: tuple[FoundPaper, ...] = ()
    rows: dict[str, PaperRow] = field(default_factory=dict)
    at_work: set[str] = field(default_factory=set)
    excluded: dict[str, str] = field(default_factory=dict)

    def account(self) -> Account:
        """What became of each paper so far, in the order in which they were found."""
        told: list[PaperFate] = []
        first: dict[str, str] = {}
        for paper in self.found:
            fate, reason = self._fate(paper, first)
            told.append(PaperFate(paper.name, paper.sha256, fate, reason))
        return tuple(told)

    def _fate(self, paper: FoundPaper, first: dict[str, str]) -> tuple[Fate, str]:
        """The fate of one paper and its reason; ``first`` are the names of papers by what tells them apart."""
        if paper.sha256 in self.excluded:
            return Fate.EXCLUDED, self.excluded[paper.sha256]
        if not paper.sha256:
            return Fate.FAILED, paper.reason
        row = self.rows.get(paper.sha256)
        twin = _twin(paper, row, first)
        if twin is not None:
            return Fate.DUPLICATE, twin
        for key in _keys(paper, row):
            first[key] = paper.name
        if row is None:
            return (Fate.AT_WORK if paper.sha256 in self.at_work else Fate.WAITING), ""
        return (Fate.READ, "") if row.row is not None else (Fate.FAILED, row.reason)

    def to_do(self) -> tuple[FoundPaper, ...]:
        """The papers that have no row yet, each file once."""
        waiting = (Fate.WAITING, Fate.AT_WORK)
        return tuple(p for p, one in zip(self.found, self.account(), strict=True) if one.fate in waiting)


def _twin(paper: FoundPaper, row: PaperRow | None, first: Mapping[str, str]) -> Message | None:
    """Which earlier paper is the same work, and by what it is told; None where there is none."""
    key = next((key for key in _keys(paper, row) if key in first), "")
    match key.partition(":")[0]:
        case "file":
            return Message("the same file as {name}", name=first[key])
        case "doi":
            return Message("the same DOI as {name}", name=first[key])
        case "title":
            return Message("the same title and first author as {name}", name=first[key])
    return None


def _keys(paper: FoundPaper, row: PaperRow | None) -> list[str]:
    """What tells a paper from others: its bytes, its DOI, its title with its first author."""
    keys = [f"file:{paper.sha256}"]
    if row is None or row.row is None:
        return keys
    if row.doi:
        keys.append(f"doi:{row.doi.casefold()}")
    title, authors = title_key(row.title), row.row.work.authors
    if len(title) >= TELLING and authors:
        keys.append(f"title:{title}|{title_key(authors[0].partition(',')[0])}")
    return keys


def run_batch(
    batch: Batch,
    wishes: Wishes,
    scheduler: Scheduler,
    kept: FinishedRows,
    *,
    resume: bool,
    heard: Callable[[], None] = lambda: None,
    progress: Progress = SILENT,
    cancel: Cancel = NEVER,
) -> None:
    """Fill what of ``batch`` has no row yet; ``heard`` is called after each change of it, on this thread.

    With ``resume`` rows that were finished before are taken, also those of other batches, and papers that cannot be read are not
    tried again.  A cancel leaves what was finished, on disk as well.
    """
    if resume:
        _take_finished(batch, batch.to_do(), wishes, kept, cancel)
        heard()
    waiting = batch.to_do()
    total, done = len(waiting), 0
    details = {paper.sha256: paper.details for paper in waiting}
    progress.report("Filling the rows", done, total)
    try:
        for one in scheduler.rows(waiting, wishes, cancel) if waiting else ():
            if isinstance(one, Begun):
                batch.at_work.add(one.sha256)
            else:
                done += 1
                _take(batch, one, wishes, kept, details.get(one.sha256))
            heard()
            progress.report("Filling the rows", done, total)
    finally:
        batch.at_work.clear()
        heard()


def _take_finished(
    batch: Batch, papers: Sequence[FoundPaper], wishes: Wishes, kept: FinishedRows, cancel: Cancel
) -> None:
    for paper in papers:
        cancel.check()
        row = kept.get(paper.sha256, wishes, paper.details)
        if row is not None and not row.again:
            batch.rows[paper.sha256] = row


def _take(batch: Batch, row: PaperRow, wishes: Wishes, kept: FinishedRows, details: PaperDetails | None = None) -> None:
    batch.at_work.discard(row.sha256)
    batch.rows[row.sha256] = row
    kept.put(row, wishes, details)
