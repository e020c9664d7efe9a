"""How evidence is printed: ``[doc: paper.pdf, page 6]``, ``[文档: paper.pdf, 第6页]``, ``[long_context: "title", chunk 3]``.

Pages and chunks of one source are merged (``page 2-6``, ``page 9, 14``).  A
printed page label stands beside the page where the two differ.  A mark holds
no square bracket of its own, so that ``core.review.count`` can leave it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from citegrid.core.evidence import Evidence, SourceKind
from citegrid.core.messages import Message, say

_DOCUMENT = Message("doc")
_PLAIN = str.maketrans({"[": "(", "]": ")", '"': "'", "\n": " ", "\r": " ", "\t": " "})


def cite(evidence: Evidence, language: str) -> str:
    """The citation of one piece of evidence; ``language`` is ``zh`` or ``en``."""
    return cite_all((evidence,), language)


def cite_all(evidence: Sequence[Evidence], language: str) -> str:
    """The citations of ``evidence``, one mark per source in order of first use; empty when there is none."""
    return "".join(mark for mark, _ in marks(evidence, language))


def marks(evidence: Sequence[Evidence], language: str) -> list[tuple[str, tuple[Evidence, ...]]]:
    """Each mark of ``cite_all`` with the evidence it stands for."""
    groups: dict[tuple[SourceKind, str], list[Evidence]] = {}
    for one in evidence:
        groups.setdefault((one.kind, one.source), []).append(one)
    return [(_mark(kind, source, group, language), tuple(group)) for (kind, source), group in groups.items()]


def _mark(kind: SourceKind, source: str, group: Sequence[Evidence], language: str) -> str:
    name = " ".join(source.translate(_PLAIN).split())
    if kind is SourceKind.LIBRARY:
        chunks = runs(e.chunk for e in group if e.chunk is not None)
        place = f"chunk {_runs_text(chunks)}" if chunks else _pages(group, "en")
        return f'[long_context: "{name}"{", " + place if place else ""}]'
    place = _pages(group, language)
    return f"[{say(_DOCUMENT, language)}: {name}{', ' + place if place else ''}]"


def _pages(group: Sequence[Evidence], language: str) -> str:
    """``第2-6页`` or ``page 2-6``, the printed labels behind it when one differs; empty without pages."""
    paged = [(e.page, e.page_label.translate(_PLAIN)) for e in group if e.page is not None]
    if not paged:
        return ""
    found = runs(page for page, _ in paged)
    label = {page: printed or str(page) for page, printed in paged}
    pages = _runs_text(found)
    printed = ", ".join(label[a] if a == b else f"{label[a]}-{label[b]}" for a, b in found)
    if printed == pages:
        return say(Message("page {pages}", pages=pages), language)
    return say(Message("page {pages} (printed {printed})", pages=pages, printed=printed), language)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Distinct numbers in rising order as runs: ``[2, 3, 4, 9]`` gives ``[(2, 4), (9, 9)]``."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def pages_text(pages: Iterable[int], language: str) -> str:
    """Pages for reading: ``第2-4, 9页`` or ``page 2`` or ``pages 2-4, 9``; empty when there are none."""
    found = runs(pages)
    if not found:
        return ""
    one = len(found) == 1 and found[0][0] == found[0][1]
    return say(Message("page {pages}" if one else "pages {pages}", pages=_runs_text(found)), language)


def _runs_text(found: Sequence[tuple[int, int]]) -> str:
    return ", ".join(_run(first, last) for first, last in found)


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
