"""Several main papers in one table: which works they share, and which rows they get.

Each paper has a row of its own.  Then come the works that several of them cite, as one row each, then what each paper
cites alone, grouped by paper; the papers take turns, so that a long one does not crowd out a short one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from citegrid.core.messages import Message
from citegrid.core.paper import Paper
from citegrid.core.papers import ids_of
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
    own = [_own_row(paper, papers) for paper in papers]
    taken = _ids(own)
    cited = list(_in_turn(papers, request, weights, taken))[: max(0, request.max_rows - len(own))]
    home = {one: i for i, paper in enumerate(papers) for one in paper.ids()}
    return [*own, *sorted(cited, key=lambda w: (not w.also, home[w.id]))]


def joined(
    works: Sequence[Work], papers: Sequence[Paper], request: Request, weights: Mapping[str, float]
) -> list[Work]:
    """The works of a table's rows once further papers came: rows gain what is the same in them, and each paper that has no
    row yet brings its own and its share of cited works."""
    there = _ids(works)
    new = [p for p in papers if not there & p.ids()]
    if len(papers) == 1 or not new:
        return list(works)
    grown = [_grown(work, papers, new) for work in works]
    taken = _ids(grown)
    own = [_own_row(p, papers) for p in new if p.own_id not in taken]
    taken |= _ids(own)
    share = max(1, request.max_rows // len(papers) - 1) * len(new)
    fresh = list(_in_turn(new, request, weights, taken, papers))[:share]
    first = sum(w.kind is WorkKind.PAPER for w in grown[: len(papers)])
    return [*grown[:first], *own, *grown[first:], *fresh]


def _ids(works: Sequence[Work]) -> set[str]:
    return {one for work in works for one in ids_of(work)}


def _own_row(paper: Paper, papers: Sequence[Paper]) -> Work:
    """The row of a main paper, with the entries of the others that cite it."""
    document = paper.document
    citing = [r for other in papers if other is not paper for r in other.references if is_document(r, document)]
    title = document.title or document.name
    work = Work(WorkKind.PAPER, paper.own_id, title, document.authors, document.year)
    return replace(work, also=tuple(r.id for r in citing), reasons=_reasons((), citing, papers))


def _in_turn(
    papers: Sequence[Paper],
    request: Request,
    weights: Mapping[str, float],
    taken: set[str],
    among: Sequence[Paper] = (),
) -> Iterator[Work]:
    """What ``papers`` cite, the most important first and paper by paper in turn, each work once; ``among`` are all papers
    in which the same work is looked for."""
    everything, seen = among or papers, set(taken)
    for turn in zip_longest(*(_cited_by(paper, request, weights) for paper in papers)):
        works = []
        for one in turn:
            if one is not None and one.id not in seen:
                works.append(_shared(one, everything, seen))
                seen |= set(ids_of(works[-1]))
        yield from sorted(works, key=lambda w: -len(w.also))


def _cited_by(paper: Paper, request: Request, weights: Mapping[str, float]) -> list[Work]:
    """All works that a paper cites, the most important first."""
    everything = rank_works.select(paper.document, paper.references, replace(request, max_rows=ALL), weights)
    return [work for work in everything if work.kind is WorkKind.REFERENCE]


def _shared(work: Work, papers: Sequence[Paper], seen: set[str]) -> Work:
    """``work`` with the ids of the same work in the other papers."""
    entry = next(e for p in papers if (e := p.reference(work.id)) is not None)
    others = [r for p in papers if p.reference(work.id) is None for r in _same_in(entry, papers, p) if r.id not in seen]
    return replace(work, also=tuple(r.id for r in others), reasons=_reasons(work.reasons, [entry, *others], papers))


def _same_in(entry: Reference, papers: Sequence[Paper], paper: Paper) -> Iterator[Reference]:
    home = next(p.references for p in papers if p.reference(entry.id) is not None)
    found = same_in(entry, home, paper.references)
    if found is not None:
        yield found


def _grown(work: Work, papers: Sequence[Paper], new: Sequence[Paper]) -> Work:
    """A work of the table with its ids in ``new`` papers; it becomes a paper's row where it is one of them."""
    if work.kind is WorkKind.PAPER:
        return replace(work, also=(*work.also, *_citing(work, papers, new)))
    entry = _entry_of(work, papers)
    if entry is None:
        return work
    more = [r.id for p in new for r in _same_in(entry, papers, p)]
    itself = next((p for p in new if is_document(entry, p.document)), None)
    if itself is not None:
        return replace(work, kind=WorkKind.PAPER, id=itself.own_id, also=(*ids_of(work), *more))
    return replace(work, also=(*work.also, *more))


def _entry_of(work: Work, papers: Sequence[Paper]) -> Reference | None:
    """The first entry of a work in any of the papers' lists."""
    found = (paper.reference(one) for paper in papers for one in ids_of(work))
    return next((entry for entry in found if entry is not None), None)


def _citing(work: Work, papers: Sequence[Paper], new: Sequence[Paper]) -> list[str]:
    """The entries of ``new`` papers that are the main paper of a row."""
    own = next((p for p in papers if p.own_id == work.id), None)
    if own is None:
        return []
    return [r.id for p in new for r in p.references if is_document(r, own.document)][: len(new)]


def _reasons(reasons: Sequence[str], entries: Sequence[Reference], papers: Sequence[Paper]) -> tuple[str, ...]:
    """``reasons``, and which papers cite the work."""
    names = [p.document.name for e in entries for p in papers if p.reference(e.id) is not None]
    if not names:
        return tuple(reasons)
    listed = names[0]
    for name in names[1:]:
        listed = Message("{names}, {last}", names=listed, last=name)
    return (*reasons, Message("cited in {names}", names=listed))
