"""The verifier: one judge for cells, review sentences and people's edits.

A statement is shown as supported only when (1) every number, year, Latin name
and acronym in it stands in its quotes or in the work's own entry, and (2) the
model's own likelihood that the quotes say this *of the marked work* passes a
threshold.  A statement that denies what no quote denies falls before that.
The quote, its page and its boxes come from the source, never from
the model.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citegrid.core.document import Document, Span, TextFrom, boxes_of
from citegrid.core.evidence import Evidence, Match, Passage, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.text import join_lines
from citegrid.pipeline.evidence.citation_markers import TARGET, about_target
from citegrid.pipeline.evidence.claim_tokens import denies_alone, words_missing
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

#: P(Yes) above which a statement counts as carried; measured in tests/benchmarks.
CARRIED = 0.70

_JUDGE = (
    "You check a literature table. ⟦TARGET⟧ is the work in question; ⟦OTHER⟧ are other works. "
    "Answer Yes only if the evidence itself states the claim about ⟦TARGET⟧, not about the citing paper or another work."
)
_JUDGE_OWN = (
    "You check a literature table. The evidence is the paper's own text; “we” is the paper. "
    "Answer Yes only if the evidence itself states the claim."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the verifier found: carried or not, why not, and the passages that were needed."""

    carried: bool
    reason: str
    used: tuple[Passage, ...]


def check(
    statements: Sequence[tuple[str, Sequence[Passage]]],
    work: Work,
    spare: Sequence[Passage],
    model: LanguageModel | None,
    *,
    facts: Sequence[str] = (),
    language: str = "zh",
    cancel: Cancel = NEVER,
) -> list[Finding]:
    """Judge each ``(statement, its passages)`` about ``work``.

    A number or name that its own passages lack is looked for in ``spare`` and the passage that has it is added.
    Without a model only the words are checked, and a statement then needs the reader's own judgement.
    """
    known = (work.title, *work.authors, str(work.year or ""), *facts)
    findings: list[Finding] = []
    for statement, used in statements:
        findings.append(_check_words(statement, tuple(used), spare, known, language))
    open_ = [i for i, f in enumerate(findings) if f.carried]
    if model is not None and open_:
        asks = [claim(statements[i][0], findings[i].used, work) for i in open_]
        for i, (yes, no) in zip(open_, model.weigh(asks, ("Yes", "No"), cancel=cancel), strict=True):
            if _share(yes - no) < CARRIED:
                zh = (
                    "证据是否这样说该文献，模型不能确认"
                    if language == "zh"
                    else "the evidence may not say this of the work"
                )
                findings[i] = replace(findings[i], carried=False, reason=f"{zh} ({_share(yes - no):.2f})")
    return findings


def _check_words(
    statement: str, used: tuple[Passage, ...], spare: Sequence[Passage], known: Sequence[str], language: str
) -> Finding:
    zh = language == "zh"
    if not used:
        return Finding(False, "没有指明证据" if zh else "no evidence was named", ())
    missing = words_missing(statement, [*(p.text for p in used), *known])
    for passage in spare:
        if not missing:
            break
        if passage not in used and len(used) < 3:
            fewer = words_missing(statement, [*(p.text for p in used), passage.text, *known])
            if len(fewer) < len(missing):
                used, missing = (*used, passage), fewer
    if missing:
        words = "、".join(missing[:4]) if zh else ", ".join(missing[:4])
        return Finding(False, f"引文中没有：{words}" if zh else f"not in the quotes: {words}", used)
    if denies_alone(statement, (p.text for p in used)):
        return Finding(False, "引文没有这样否定" if zh else "the quotes do not deny this", used)
    return Finding(True, "", used)


def claim(statement: str, passages: Sequence[Passage], work: Work) -> Ask:
    """The yes-or-no question whose first token is weighed."""
    own = work.kind is WorkKind.PAPER
    evidence = "\n".join(about_target(p.shown) or p.shown or p.text for p in passages)
    question = "Does the evidence state this?" if own else "Does the evidence state this about ⟦TARGET⟧?"
    return Ask(
        _JUDGE_OWN if own else _JUDGE,
        "Evidence: ",
        f"{evidence}\nClaim: {statement}\n{question} Yes or No?",
        max_tokens=1,
    )


def evidence_of(document: Document, passages: Sequence[Passage], work: Work) -> tuple[Evidence, ...]:
    """The passages as citations: one for each page they stand on, quote and boxes read from the page; a passage of the
    library is one, by its chunk, first-hand unless the work is only marked in it."""
    result: list[Evidence] = []
    for passage in passages:
        if passage.kind is SourceKind.LIBRARY:
            own = TARGET not in passage.shown
            place = (passage.page, str(passage.page or ""))
            one = Evidence(passage.kind, passage.source, passage.text, Match.EXACT, *place, chunk=passage.chunk)
            result.append(replace(one, first_hand=own, sha256=passage.sha256))
        for span in passage.spans:
            found = quote_at(document, span, first_hand=work.kind is WorkKind.PAPER)
            if found not in result:
                result.append(found)
    return tuple(result)


def quotes_of(document: Document, passage: Passage) -> tuple[str, ...]:
    """The quotes by which ``evidence_of`` cites a passage."""
    texts = (document.page(s.page).text[s.start : s.end] for s in passage.spans)
    return (passage.text, *(join_lines(text).strip() for text in texts))


def quote_at(document: Document, span: Span, *, first_hand: bool) -> Evidence:
    """The words at ``span``, as a citation."""
    page = document.page(span.page)
    return Evidence(
        SourceKind.DOCUMENT,
        document.name,
        join_lines(page.text[span.start : span.end]).strip(),
        Match.OCR if page.text_from is TextFrom.OCR else Match.EXACT,
        page.number,
        page.label,
        boxes_of(page, span.start, span.end),
        first_hand=first_hand,
    )


def _share(likelihood: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, likelihood))))
