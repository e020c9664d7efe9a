"""Several main papers in one table: which works they share, and which rows they get.

Each paper has a row of its own.  Then come the works that several of them cite, as one row each, then what each paper
cites alone, grouped by paper; the papers take turns, so that a long one does not crowd out a short one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from citegrid.core.document import Document
from citegrid.core.messages import Message
from citegrid.core.paper import Paper, ids_of
from citegrid.core.reference import Reference, Work, WorkKind
from citegrid.pipeline.cells.selection import rank_works
from citegrid.pipeline.cells.selection.match_works import is_document, same_in
from citegrid.pipeline.cells.selection.query import Request

#: More rows than any list of references has.
ALL = 10_000


def works_of(papers: Sequence[Paper], request: Request, weights: Mapping[str, float]) -> list[Work]:
    """The rows of a table over ``papers``, at most ``request.max_rows`` but at least the papers themselves;
    ``weights`` says for each cited reference how much is said of it (see ``passages.mention_weights``)."""
    if len(papers) == 1:
        return list(rank_works.select(papers[0].document, papers[0].references, request, weights))
    merged = MergedPapers(tuple(papers))
    own = list(map(merged.row_of, papers))
    cited = [_cited_by(paper, request, weights) for paper in papers]
    shared = list(merged.in_turn(cited, _ids(own)))[: max(0, request.max_rows - len(own))]
    order = {paper.key: place for place, paper in enumerate(papers)}
    return [*own, *sorted(shared, key=lambda w: (not w.also, order[merged.home(w.id).key]))]


def joined(
    works: Sequence[Work], papers: Sequence[Paper], request: Request, weights: Mapping[str, float]
) -> list[Work]:
    """The works of a table's rows once further papers came: rows gain what is the same in them, and each paper that has no
    row yet brings its own and its share of cited works."""
    there = _ids(works)
    new = [p for p in papers if not there & p.ids()]
    if len(papers) == 1 or not new:
        return list(works)
    merged = MergedPapers(tuple(papers))
    grown = [merged.grown(work, new) for work in works]
    taken = _ids(grown)
    own = [merged.row_of(p) for p in new if p.own_id not in taken]
    share = max(1, request.max_rows // len(papers) - 1) * len(new)
    cited = [_cited_by(paper, request, weights) for paper in new]
    fresh = list(merged.in_turn(cited, taken | _ids(own)))[:share]
    first = sum(w.kind is WorkKind.PAPER for w in grown[: len(papers)])
    return [*grown[:first], *own, *grown[first:], *fresh]


@dataclass(frozen=True)
class MergedPapers:
    """All main papers of a table, and which works are the same in them."""

    papers: tuple[Paper, ...]

    @cached_property
    def entries(self) -> dict[str, tuple[Paper, Reference]]:
        """Each entry of their lists with the paper that prints it, by its id."""
        return {entry.id: (paper, entry) for paper in self.papers for entry in paper.references}

    def home(self, entry_id: str) -> Paper:
        """The paper that prints an entry."""
        return self.entries[entry_id][0]

    def row_of(self, paper: Paper) -> Work:
        """The row of a main paper, with the entries of the others that cite it."""
        document = paper.document
        citing = _citing(document, [other for other in self.papers if other is not paper])
        work = Work(WorkKind.PAPER, paper.own_id, document.called, document.authors, document.year)
        return self._cited_in(work, citing)

    def in_turn(self, ranked: Sequence[Sequence[Work]], taken: set[str]) -> Iterator[Work]:
        """What papers cite (``ranked``, the most important first), paper by paper in turn, each work once."""
        seen = set(taken)
        for turn in zip_longest(*ranked):
            works = []
            for work in filter(None, turn):
                if work.id not in seen:
                    works.append(self._shared(work, seen))
                    seen |= set(ids_of(works[-1]))
            yield from sorted(works, key=lambda w: -len(w.also))

    def grown(self, work: Work, new: Sequence[Paper]) -> Work:
        """A work of the table with its ids in ``new`` papers; it becomes a paper's row where it is one of them."""
        if work.kind is WorkKind.PAPER:
            return _also(work, self._citing_row(work, new))
        known = [self.entries[one][1] for one in ids_of(work) if one in self.entries]
        if not known:
            return work
        work = _also(work, self._same(known[0], new))
        itself = next((p for p in new if is_document(known[0], p.document)), None)
        if itself is None:
            return work
        return replace(work, kind=WorkKind.PAPER, id=itself.own_id, also=ids_of(work))

    def _citing_row(self, work: Work, new: Sequence[Paper]) -> list[Reference]:
        """The entries of ``new`` papers that are the main paper of a row."""
        own = next((p.document for p in self.papers if p.own_id == work.id), None)
        return _citing(own, new)[: len(new)] if own is not None else []

    def _shared(self, work: Work, seen: set[str]) -> Work:
        """``work`` with the ids of the same work in the other papers."""
        home, entry = self.entries[work.id]
        others = self._same(entry, [p for p in self.papers if p is not home])
        others = [other for other in others if other.id not in seen]
        return self._cited_in(work, [entry, *others])

    def _same(self, entry: Reference, papers: Sequence[Paper]) -> list[Reference]:
        """The entries of ``papers`` that are the same work."""
        home = self.home(entry.id).references
        return list(filter(None, (same_in(entry, home, paper.references) for paper in papers)))

    def _cited_in(self, work: Work, entries: Sequence[Reference]) -> Work:
        """``work`` with its ids in other papers, and with the names of those that cite it as a reason."""
        names = [self.home(entry.id).document.name for entry in entries]
        also = tuple(entry.id for entry in entries if entry.id != work.id)
        reasons = (Message("cited in {names}", names=_listed(names)),) if names else ()
        return replace(work, also=also, reasons=(*work.reasons, *reasons))


def _ids(works: Sequence[Work]) -> set[str]:
    return {one for work in works for one in ids_of(work)}


def _also(work: Work, entries: Sequence[Reference]) -> Work:
    return replace(work, also=(*work.also, *(entry.id for entry in entries)))


def _cited_by(paper: Paper, request: Request, weights: Mapping[str, float]) -> list[Work]:
    """All works that a paper cites, the most important first."""
    everything = rank_works.select(paper.document, paper.references, replace(request, max_rows=ALL), weights)
    return [work for work in everything if work.kind is WorkKind.REFERENCE]


def _citing(document: Document, papers: Sequence[Paper]) -> list[Reference]:
    """The entries of ``papers`` that are a main paper."""
    return [entry for paper in papers for entry in paper.references if is_document(entry, document)]


def _listed(names: Sequence[str]) -> str:
    listed = names[0]
    for name in names[1:]:
        listed = Message("{names}, {last}", names=listed, last=name)
    return listed
