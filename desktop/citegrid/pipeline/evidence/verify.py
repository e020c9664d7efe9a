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
from functools import reduce

from citegrid.core.document import Document, Span, TextFrom, boxes_of
from citegrid.core.evidence import Evidence, Match, Passage, SourceKind
from citegrid.core.language.text import join_lines
from citegrid.core.messages import Message
from citegrid.core.reference import Work, WorkKind
from citegrid.pipeline.evidence.citation_markers import about_target
from citegrid.pipeline.evidence.claim_tokens import denies_alone, words_missing
from citegrid.pipeline.evidence.patterns import TARGET
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

#: Passages that may carry one statement, and missing words that its reason names.
MOST_USED, MOST_NAMED = 3, 4

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
    """What the verifier found: carried or not, why not (a Message), and the passages that were needed."""

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
    cancel: Cancel = NEVER,
) -> list[Finding]:
    """Judge each ``(statement, its passages)`` about ``work``.

    A number or name that its own passages lack is looked for in ``spare`` and the passage that has it is added.
    Without a model only the words are checked, and a statement then needs the reader's own judgement.
    """
    known = (work.title, *work.authors, str(work.year or ""), *facts)
    findings = [_check_words(statement, tuple(used), spare, known) for statement, used in statements]
    open_ = [i for i, finding in enumerate(findings) if finding.carried]
    if model is None or not open_:
        return findings
    asks = [claim(statements[i][0], findings[i].used, work) for i in open_]
    for i, (yes, no) in zip(open_, model.weigh(asks, ("Yes", "No"), cancel=cancel), strict=True):
        findings[i] = _weighed(findings[i], _share(yes - no), model.info.carried)
    return findings


def _weighed(finding: Finding, share: float, carried: float) -> Finding:
    """``finding`` with the model's judgement: the share of Yes, and the one from which on it counts."""
    if share >= carried:
        return finding
    reason = Message("the evidence may not say this of the work ({share} likely)", share=f"{share:.0%}")
    return replace(finding, carried=False, reason=reason)


def _check_words(statement: str, used: tuple[Passage, ...], spare: Sequence[Passage], known: Sequence[str]) -> Finding:
    if not used:
        return Finding(False, Message("no evidence was named"), ())
    used, missing = _with_spare(statement, used, spare, known)
    if missing:
        return Finding(False, Message("not in the quotes: {words}", words=_listed(missing[:MOST_NAMED])), used)
    if denies_alone(statement, (p.text for p in used)):
        return Finding(False, Message("the quotes do not deny this"), used)
    return Finding(True, "", used)


def _with_spare(
    statement: str, used: tuple[Passage, ...], spare: Sequence[Passage], known: Sequence[str]
) -> tuple[tuple[Passage, ...], list[str]]:
    """``used`` with those of ``spare`` that hold what is missing, at most MOST_USED in all; and what is missing still."""
    missing = words_missing(statement, [*(p.text for p in used), *known])
    for passage in spare:
        if not missing or len(used) >= MOST_USED:
            break
        fewer = words_missing(statement, [*(p.text for p in used), passage.text, *known])
        if passage not in used and len(fewer) < len(missing):
            used, missing = (*used, passage), fewer
    return used, missing


def _listed(words: Sequence[str]) -> str:
    """Words in a row, parted as each language does."""
    first, *others = words
    return reduce(lambda listed, word: Message("{listed}, {word}", listed=listed, word=word), others, first)


def claim(statement: str, passages: Sequence[Passage], work: Work) -> Ask:
    """The yes-or-no question whose first token is weighed."""
    own = work.kind is WorkKind.PAPER
    evidence = "\n".join(about_target(p.shown) or p.readable for p in passages)
    question = "Does the evidence state this?" if own else "Does the evidence state this about ⟦TARGET⟧?"
    return _judgement(_JUDGE_OWN if own else _JUDGE, evidence, statement, question)


def share_of_yes(claims: Sequence[tuple[str, str]], model: LanguageModel, cancel: Cancel = NEVER) -> list[float]:
    """How likely the model finds each ``(statement, evidence)`` about a marked work; for its examination."""
    question = "Does the evidence state this about ⟦TARGET⟧?"
    asks = [_judgement(_JUDGE, about_target(of) or of, statement, question) for statement, of in claims]
    return [_share(yes - no) for yes, no in model.weigh(asks, ("Yes", "No"), cancel=cancel)]


def _judgement(system: str, evidence: str, statement: str, question: str) -> Ask:
    return Ask(system, "Evidence: ", f"{evidence}\nClaim: {statement}\n{question} Yes or No?", max_tokens=1)


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


def quote_at(document: Document, span: Span, *, first_hand: bool) -> Evidence:
    """The words at ``span``, as a citation."""
    page = document.page(span.page)
    return Evidence(
        SourceKind.DOCUMENT,
        document.name,
        join_lines(page.text[span.start : span.end], page.text).strip(),
        Match.OCR if page.text_from is TextFrom.OCR else Match.EXACT,
        page.number,
        page.label,
        boxes_of(page, span.start, span.end),
        first_hand=first_hand,
    )


def _share(likelihood: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, likelihood))))
