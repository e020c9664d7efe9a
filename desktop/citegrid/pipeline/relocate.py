"""A paper that was changed since its citations were made: each is looked for again, and what is lost is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from citegrid.core.annotation import Annotation
from citegrid.core.document import Document
from citegrid.core.evidence import Evidence, Match, SourceKind
from citegrid.core.language.text import TextIndex, key_text
from citegrid.core.messages import Message
from citegrid.core.outcome.answers import CheckedSentence, CheckedText, Found, Standing
from citegrid.core.paper import GONE, PAPER_ID, belongs, ids_of
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.core.review import Review, Sentence
from citegrid.core.table import Cell, Status, Table, Verdict

LOST = Message("the paper was changed, and the quoted words no longer stand in it")
NOT_CITED = Message("the paper was changed, and no longer cites this work")


@dataclass(frozen=True, slots=True)
class Rebound:
    """What became of the citations of a changed paper: how many stand where they stood, elsewhere, or nowhere; and how many of the
    person's highlights (``notes``) stand nowhere."""

    name: str
    kept: int
    moved: int
    lost: int
    notes: int = 0


class _Relocator:
    """Looks each citation of the paper ``old`` up in ``document``, and counts."""

    def __init__(self, document: Document, old: str) -> None:
        self.document, self.old = document, old
        self.index = TextIndex(document)
        self.kept = self.moved = self.lost = 0

    def bind(self, evidence: Evidence) -> Evidence:
        """The citation at its place of now; NOT_FOUND when it has none."""
        if evidence.kind is not SourceKind.DOCUMENT or evidence.source not in (self.old, self.document.name):
            return evidence
        here = [evidence.page] if evidence.page and evidence.page <= len(self.document.pages) else []
        found = self.index.find(evidence.quote, pages=here) or self.index.find(evidence.quote)
        if found is None:
            self.lost += 1
            return replace(evidence, source=self.document.name, match=Match.NOT_FOUND, boxes=())
        label = self.document.page(found.page).label
        if (found.page, label) == (evidence.page, evidence.page_label):
            self.kept += 1
        else:
            self.moved += 1
        return replace(
            evidence, source=self.document.name, match=found.match, page=found.page, page_label=label,
            boxes=found.boxes,
        )  # fmt: skip

    def cell(self, cell: Cell) -> Cell:
        """A cell with its citations bound; one that lost a citation is open again and says why."""
        evidence = tuple(map(self.bind, cell.evidence))
        bound = replace(cell, evidence=evidence, near=self._near(cell.near))
        if not any(e.match is Match.NOT_FOUND and old.match is not Match.NOT_FOUND
                   for e, old in zip(evidence, cell.evidence, strict=True)):  # fmt: skip
            return bound
        verdict = Verdict.OPEN if cell.verdict is Verdict.ACCEPTED else cell.verdict
        return replace(bound, status=Status.UNSUPPORTED, reason=LOST, verdict=verdict)

    def _near(self, near: Sequence[Evidence]) -> tuple[Evidence, ...]:
        counts = self.kept, self.moved, self.lost
        bound = tuple(e for e in map(self.bind, near) if e.match is not Match.NOT_FOUND)
        self.kept, self.moved, self.lost = counts  # what came near is no citation
        return bound

    def found(self, found: Found) -> Found:
        """An answer or a checked text with its places bound."""
        if isinstance(found, CheckedText):
            return CheckedText(tuple(map(self._checked, found.sentences)))
        sentences = (replace(one, evidence=tuple(map(self.bind, one.evidence))) for one in found.sentences)
        kept = tuple(one for one in sentences if not _lost(one.evidence))
        return replace(found, sentences=kept, reason=found.reason if kept or not found.sentences else LOST)

    def _checked(self, one: CheckedSentence) -> CheckedSentence:
        evidence = tuple(map(self.bind, one.evidence))
        if not _lost(evidence):
            return replace(one, evidence=evidence)
        return replace(one, standing=Standing.NOT_FOUND, reason=LOST, evidence=())

    def sentence(self, sentence: Sentence) -> Sentence:
        """A sentence of the review with its citations bound."""
        evidence = tuple(map(self.bind, sentence.evidence))
        if _lost(evidence):
            return replace(sentence, evidence=evidence, status=Status.UNSUPPORTED, reason=LOST)
        return replace(sentence, evidence=evidence)


def _lost(evidence: Sequence[Evidence]) -> bool:
    return any(one.match is Match.NOT_FOUND for one in evidence)


def relocate(
    table: Table,
    review: Review | None,
    document: Document,
    references: Sequence[Reference],
    old_name: str,
    *,
    old_key: str = "",
    key: str = "",
) -> tuple[Table, Review | None, Rebound]:
    """``table`` and ``review`` with every citation of the paper ``old_name`` looked for in ``document``.

    Rows follow their works to the entries of ``references``; a row whose work has none, there or in another paper, keeps
    its words, but its open cells say so.  In a project of several papers the ids of this one's works began with
    ``old_key`` and begin with ``key``, those of ``references`` included; the other papers' ids stay.
    """
    relocator = _Relocator(document, old_name)
    follow = _Follower(references, old_key, key)
    rows = []
    for row in table.rows:
        work = follow.work(row.work)
        cells = tuple(map(relocator.cell, row.cells))
        if work.id.startswith(GONE):
            cells = tuple(map(_not_cited, cells))
        rows.append(replace(row, work=work, cells=cells))
    if review is not None:
        review = replace(review, sentences=tuple(map(relocator.sentence, review.sentences)))
    count = Rebound(document.name, relocator.kept, relocator.moved, relocator.lost)
    return replace(table, rows=tuple(rows)), review, count


def _not_cited(cell: Cell) -> Cell:
    """A cell whose work the paper no longer cites; what a person decided on stays."""
    supported = cell.status is Status.SUPPORTED and cell.verdict is Verdict.OPEN
    return replace(cell, status=Status.UNSUPPORTED, reason=NOT_CITED) if supported else cell


def relocate_answers(answers: Sequence[Found], document: Document, old_name: str) -> tuple[Found, ...]:
    """Answers and checked texts with the places of the paper ``old_name`` looked for in ``document``; a sentence whose words no
    longer stand there is no answer any more, and no support."""
    relocator = _Relocator(document, old_name)
    return tuple(map(relocator.found, answers))


def relocate_annotations(
    annotations: Sequence[Annotation], document: Document, sha256: str
) -> tuple[tuple[Annotation, ...], int]:
    """Highlights and bookmarks of the file ``sha256`` at their places in ``document``, and how many highlights have none: those
    stay of the old file, and are seen again when it is back."""
    index, lost, placed = TextIndex(document), 0, []
    for one in annotations:
        new = _placed(one, index, document) if one.sha256 == sha256 else one
        lost += new is None
        placed.append(new or one)
    return tuple(placed), lost


def _placed(one: Annotation, index: TextIndex, document: Document) -> Annotation | None:
    if one.is_bookmark:
        return replace(one, sha256=document.sha256) if one.page <= len(document.pages) else None
    here = [one.page] if one.page <= len(document.pages) else []
    found = index.find(one.quote, pages=here) or index.find(one.quote)
    return replace(one, sha256=document.sha256, page=found.page, boxes=found.boxes) if found is not None else None


class _Follower:
    """Finds the works of a changed paper among its entries of now, each entry for one work only."""

    def __init__(self, references: Sequence[Reference], old_key: str, key: str) -> None:
        self._old_key, self._key = old_key, key
        self._entries = {r.id: key_text(r.raw) for r in references}
        self._by_title = {key_text(r.title): r.id for r in references if r.title}
        self._taken: set[str] = set()

    def work(self, work: Work) -> Work:
        """The work under its ids of now; under one that is GONE when no paper knows it any more."""
        ids = ids_of(work)
        mine = [one for one in ids if belongs(one, self._old_key)]
        if not mine:
            return work
        found = {one: self._found(one, work) for one in mine}
        left = [new for one in ids if (new := found.get(one, one)) is not None]
        if not left:
            return replace(work, id=f"{GONE}{self._key}{self._bare(ids[0])}", also=())
        return replace(work, id=left[0], also=tuple(left[1:]))

    def _bare(self, one: str) -> str:
        return one.removeprefix(GONE).removeprefix(self._old_key)

    def _found(self, one: str, work: Work) -> str | None:
        if self._bare(one) == PAPER_ID or (work.kind is WorkKind.PAPER and one == work.id):
            return f"{self._key}{self._bare(one)}"
        title = key_text(work.title)
        found = self._by_title.get(title) or next(
            (i for i, raw in self._entries.items() if title and title in raw), None
        )
        if found is None or found in self._taken:
            return None
        self._taken.add(found)
        return found
