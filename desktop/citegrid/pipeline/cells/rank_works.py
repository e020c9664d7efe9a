"""Which literature matters: the works a paper cites often, in many places, alone and for what they did."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from citegrid.core.document import Document
from citegrid.core.edits.rows import title_key
from citegrid.core.papers import PAPER_ID
from citegrid.core.reference import Intent, Reference, Work, WorkKind
from citegrid.pipeline.cells.query import Request

#: What a mention is worth by its intent.  A work the paper builds on or measures against matters more than one in passing.
_INTENT = {Intent.USES: 1.5, Intent.EXTENDS: 1.6, Intent.COMPARES: 1.4, Intent.CONTRASTS: 1.4, Intent.BACKGROUND: 1.0}
_INTENT_ZH = {Intent.USES: "被使用", Intent.EXTENDS: "被扩展", Intent.COMPARES: "被比较", Intent.CONTRASTS: "被对照"}
_INTENT_EN = {
    Intent.USES: "used",
    Intent.EXTENDS: "extended",
    Intent.COMPARES: "compared",
    Intent.CONTRASTS: "contrasted",
}

#: What each sentence that tells of a work adds to its score, as a share, and how many of them count: a table can say most
#: of the works that the paper describes.
TOLD, TOLD_MOST = 0.35, 4.0


def select(
    document: Document, references: Sequence[Reference], request: Request, told: Mapping[str, float] | None = None
) -> tuple[Work, ...]:
    """The paper itself first, then at most ``request.max_rows - 1`` references, the most important first.

    References that the text never cites, or that lie outside the asked years, are left out.  ``told``: how many sentences
    tell of each reference, by its id; one that only notes it counts less than 1.
    """
    paper = Work(WorkKind.PAPER, PAPER_ID, document.title or document.name, document.authors, document.year)
    ranked = sorted(
        (
            work_of(r, request.language, (told or {}).get(r.id, 0.0))
            for r in references
            if r.mentions and _in_years(r, request)
        ),
        key=lambda w: (-w.score, w.id),
    )
    return (paper, *_distinct(ranked)[: request.max_rows - 1])


def work_of(reference: Reference, language: str = "zh", told: float = 0.0) -> Work:
    """The work of a reference, with its score and the reasons for it; ``told`` as for ``select``."""
    mentions = reference.mentions
    score = 0.0
    for mention in mentions:
        share = 1.0 if mention.beside == 0 else 1.0 / math.sqrt(1 + mention.beside)
        said = min(len(mention.sentence), 240) / 160  # a bare list of names says nothing about a work
        score += share * _INTENT[mention.intent] * (1.8 if mention.narrative else 1.0) * (0.4 + said)
    sections = {m.section for m in mentions if m.section}
    score *= 1 + 0.15 * max(0, len(sections) - 1)
    score *= 1 + TOLD * min(told, TOLD_MOST)
    title = reference.title or reference.raw[:80]
    return Work(
        WorkKind.REFERENCE,
        reference.id,
        title,
        reference.authors,
        reference.year,
        round(score, 3),
        _reasons(reference, len(sections), int(told), language),
    )


def _reasons(reference: Reference, sections: int, told: int, language: str) -> tuple[str, ...]:
    zh = language == "zh"
    count = len(reference.mentions)
    alone = sum(m.beside == 0 for m in reference.mentions)
    reasons = [f"引用{count}次" if zh else f"cited {count} time{'s' * (count > 1)}"]
    if sections > 1:
        reasons.append(f"见于{sections}个章节" if zh else f"in {sections} sections")
    if alone:
        reasons.append(f"{alone}次单独引用" if zh else f"{alone} time{'s' * (alone > 1)} alone")
    if told:
        reasons.append(f"{told}句专门谈及" if zh else f"{told} sentence{'s' * (told > 1)} about it")
    names = _INTENT_ZH if zh else _INTENT_EN
    for intent, times in Counter(m.intent for m in reference.mentions).most_common():
        if intent in names:
            reasons.append(f"{names[intent]}{times}次" if zh else f"{names[intent]} {times}×")
    return tuple(reasons)


def _in_years(reference: Reference, request: Request) -> bool:
    if request.since is None and request.until is None:
        return True
    year = reference.year
    return year is not None and (request.since or 0) <= year <= (request.until or 9999)


def _distinct(works: Sequence[Work]) -> list[Work]:
    """``works`` without later entries of the same title (a list printed twice, a preprint and its journal form)."""
    seen: set[str] = set()
    kept = []
    for work in works:
        key = title_key(work.title)
        if key not in seen:
            seen.add(key)
            kept.append(work)
    return kept
