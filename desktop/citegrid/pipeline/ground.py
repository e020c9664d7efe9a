"""The verifier: one judge for cells, review sentences and people's edits.

A statement is shown as supported only when (1) every number, year, Latin name
and acronym in it stands in its quotes or in the work's own entry, and (2) the
model's own likelihood that the quotes say this *of the marked work* passes a
threshold.  The quote, its page and its boxes come from the source, never from
the model.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from citegrid.core.document import Document, Span, TextFrom, boxes_of
from citegrid.core.evidence import Evidence, Match, Passage, SourceKind
from citegrid.core.reference import Work, WorkKind
from citegrid.core.text import join_lines
from citegrid.ports import NEVER, Ask, Cancel, LanguageModel

#: P(Yes) above which a statement counts as carried; measured in tests/benchmarks.
CARRIED = 0.74

#: Digits behind a letter belong to a name (ELI5, T5), which is looked for as a whole.
_NUMBER = re.compile(r"(?<![A-Za-z\d])(?<!\d[.,])\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z0-9\-]*[A-Z0-9])[A-Za-z][A-Za-z0-9\-]+(?![A-Za-z0-9])")
_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
_NUMERALS = "零一二三四五六七八九十"
#: Words with a capital that carry no claim.
_PLAIN = {"the", "this", "it", "in", "an", "for", "they", "their", "we", "its", "these", "and", "of", "on", "to", "by"}

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


def words_missing(statement: str, sources: Iterable[str]) -> list[str]:
    """Numbers and Latin names of ``statement`` that stand in none of ``sources``.

    Numbers are compared as values ("1,000" is "1000"), names letter by letter without case.
    """
    basis = " ".join(sources)
    key = _letters(basis)
    numbers = {_value(n) for n in _NUMBER.findall(_nfkc(basis))}
    missing = []
    for number in _NUMBER.findall(_nfkc(statement)):
        value = _value(number)
        if value not in numbers and not (math.isnan(value) and _letters(number) in key):
            missing.append(number)
    for name in _NAME.findall(_nfkc(statement)):
        plain = _letters(name)
        if len(plain) >= 2 and plain not in _PLAIN and plain not in key:
            missing.append(name)
    return missing


def spell_counts(statement: str, sources: Iterable[str]) -> str:
    """``3个`` becomes ``三个`` when the sources say "three": a number then reads as its source does."""
    basis = " ".join(sources)
    digits = {_value(n) for n in _NUMBER.findall(_nfkc(basis))}

    def spelled(match: re.Match[str]) -> str:
        value = int(match.group(1))
        said = any(n == value and re.search(rf"\b{word}\b", basis, re.I) for word, n in _COUNTS.items())
        return _NUMERALS[value] if said and float(value) not in digits and value <= 10 else match.group(0)

    return re.sub(r"(?<![\d.])(\d{1,2})(?=\s*[个种类项条篇次步名组套])", spelled, statement)


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
    return Finding(True, "", used)


def claim(statement: str, passages: Sequence[Passage], work: Work) -> Ask:
    """The yes-or-no question whose first token is weighed."""
    own = work.kind is WorkKind.PAPER
    evidence = "\n".join(p.shown or p.text for p in passages)
    question = "Does the evidence state this?" if own else "Does the evidence state this about ⟦TARGET⟧?"
    return Ask(
        _JUDGE_OWN if own else _JUDGE,
        "Evidence: ",
        f"{evidence}\nClaim: {statement}\n{question} Yes or No?",
        max_tokens=1,
    )


def evidence_of(document: Document, passages: Sequence[Passage], work: Work) -> tuple[Evidence, ...]:
    """The passages as citations: one for each page they stand on, quote and boxes read from the page."""
    result: list[Evidence] = []
    for passage in passages:
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
        join_lines(page.text[span.start : span.end]).strip(),
        Match.OCR if page.text_from is TextFrom.OCR else Match.EXACT,
        page.number,
        page.label,
        boxes_of(page, span.start, span.end),
        first_hand=first_hand,
    )


def _share(likelihood: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, likelihood))))


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _letters(text: str) -> str:
    return "".join(c for c in _nfkc(text).casefold() if c.isalnum())


def _value(number: str) -> float:
    text = number.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", number) else number.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return math.nan  # a version such as 3.5.1: then only the letters can match
