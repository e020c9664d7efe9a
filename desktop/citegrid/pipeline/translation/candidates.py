"""Candidates: several translations of one piece, what can be seen of each without understanding it, and the one chosen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from citegrid.core.language.script import count_han, is_chinese
from citegrid.core.table import Doubts
from citegrid.pipeline.translation.constructions import NEGATION, lost
from citegrid.pipeline.translation.names import left_over, missing_names
from citegrid.pipeline.translation.numbers import disagreeing
from citegrid.pipeline.translation.question import Piece
from citegrid.pipeline.translation.term_base import PROJECT, Entry

#: Characters that a run of an example must have to be one that only the example can have said.
_LEAK = {"zh": 7, "en": 28}
#: How alike two candidates mostly are.
USUAL_AGREEMENT = 0.7
#: An example that is as like the sentence as this may be repeated.
_ALIKE = 0.5
_SOURCE = {"zh": "en", "en": "zh"}
#: Characters of the translation for one word of the source, as they mostly are; for one ideograph, of an English one.
_USUAL = {"zh": 1.75, "en": 3.4}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation as printed, the mean logarithm of the probabilities that the model gave to its tokens, and ``doubted``,
    the places of the tokens that it gave a small one."""

    text: str
    likelihood: float = 0.0
    ended: bool = True
    doubted: Doubts = ()


@dataclass(frozen=True, slots=True)
class TranslationFeatures:
    """What is seen of a candidate; each is 0 where all is well, but for ``agreement``, which is 1 then.

    ``unlikely`` is the likelihood turned round, ``doubted`` the root of the count of tokens that were unlikely; ``terms`` the share
    of terms that are not used, ``glossary`` the count of those that the project binds; ``negation``, other ``constructions``, ``numbers``, ``names`` and ``foreign`` count what is
    lost, came in or is left over;
    ``length`` is how far it is from the usual length (logarithm); ``leak`` whether words of an example came in; ``long``
    grows with the source; ``cut`` is whether it ended before its end; ``agreement`` is the mean
    likeness to the other candidates, and what it mostly is where there are none.
    """

    unlikely: float = 0.0
    doubted: float = 0.0
    agreement: float = USUAL_AGREEMENT
    terms: float = 0.0
    glossary: float = 0.0
    negation: float = 0.0
    constructions: float = 0.0
    numbers: float = 0.0
    names: float = 0.0
    foreign: float = 0.0
    length: float = 0.0
    leak: float = 0.0
    long: float = 0.0
    cut: float = 0.0


def in_language(text: str, language: str) -> bool:
    """Whether ``text`` is written in ``language`` at all."""
    return bool(text) and _IS_IN[language](text)


def _is_english(text: str) -> bool:
    """Whether hardly an ideograph is left."""
    return count_han(text) <= len(text) // 20


_IS_IN = {"zh": is_chinese, "en": _is_english}


def features(
    candidate: Candidate, others: Sequence[Candidate], piece: Piece, entries: Sequence[Entry], language: str
) -> TranslationFeatures:
    """What is seen of ``candidate`` beside the ``others``; ``entries`` are the terms of the piece."""
    text = candidate.text
    gone = lost(piece.text, text, language)
    unused = [entry for entry in entries if not _is_used(entry, text, language)]
    return TranslationFeatures(
        unlikely=-candidate.likelihood,
        agreement=_agreement(text, others),
        doubted=math.sqrt(len(candidate.doubted)),
        terms=len(unused) / len(entries) if entries else 0.0,
        glossary=float(sum(entry.field == PROJECT for entry in unused)),
        negation=float(sum(NEGATION in name for name in gone)),
        constructions=float(sum(NEGATION not in name for name in gone)),
        numbers=float(len(disagreeing(piece.text, text))),
        names=float(len(missing_names(piece.text, text))),
        foreign=float(len(left_over(piece.text, text, language))),
        length=abs(_length_ratio(piece.text, text, language)),
        leak=float(_leaks(text, piece, language)),
        long=len(piece.text.split()) / 10 if language == "zh" else count_han(piece.text) / 20,
        cut=float(not candidate.ended),
    )


def _agreement(text: str, others: Sequence[Candidate]) -> float:
    """How alike a text is to the other candidates; the usual where there are none."""
    return sum(likeness(text, other.text) for other in others) / len(others) if others else USUAL_AGREEMENT


def _is_used(entry: Entry, text: str, language: str) -> bool:
    """Whether a term stands in ``text`` in one of its forms."""
    return any(used(form, text) for form in entry.forms(language))


def used(form: str, text: str) -> bool:
    """Whether a term stands in ``text``; one with an open place (得到……支持) by its parts in order, an adjective also bare."""
    at = 0
    lower = text.lower()
    for part in form.lower().rstrip("的地").split("……"):
        found = lower.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def likeness(one: str, other: str) -> float:
    """How alike two translations are, from 0 to 1: runs of one to four characters that both have (as chrF counts)."""
    shares = [share for size in range(1, 5) if (share := _shared(one, other, size)) is not None]
    return sum(shares) / len(shares) if shares else float(one == other)


def _shared(one: str, other: str, size: int) -> float | None:
    a, b = _runs(one, size), _runs(other, size)
    both = a.total() + b.total()
    return 2 * (a & b).total() / both if both else None


def _runs(text: str, size: int) -> Counter[str]:
    text = "".join(text.split())
    return Counter(text[i : i + size] for i in range(len(text) - size + 1))


def _length_ratio(source: str, text: str, language: str) -> float:
    size = len(source.split()) if language == "zh" else count_han(source)
    return math.log(max(1, len(text)) / max(1.0, size * _USUAL[language]))


def _leaks(text: str, piece: Piece, language: str) -> bool:
    """Whether a run of an example stands in ``text`` that the sentence gives no reason for."""
    for pair in piece.examples:
        said = pair.said(language)
        match = SequenceMatcher(None, said, text, autojunk=False).find_longest_match()
        if match.size >= _LEAK[language] and likeness(pair.said(_SOURCE[language]), piece.text) < _ALIKE:
            return True
    return False


def moved(places: Doubts, said: str, printed: str) -> Doubts:
    """``places`` in what the model ``said``, as places in what is ``printed`` of it; what was mended is no longer doubted."""
    blocks = SequenceMatcher(None, said, printed, autojunk=False).get_matching_blocks()
    moves = [
        (max(start, block.a) - block.a + block.b, min(end, block.a + block.size) - block.a + block.b)
        for start, end in places
        for block in blocks
    ]
    return tuple((start, end) for start, end in moves if start < end)


def doubts_in(candidate: Candidate, others: Sequence[Candidate], foreign: Sequence[tuple[int, int]]) -> Doubts:
    """The places of a candidate that the model doubted or that most of the others say otherwise, and its ``foreign`` words."""
    text = candidate.text
    marked = _said_otherwise(text, others)
    for start, end in (*candidate.doubted, *foreign):
        marked[start:end] = list(map(str.isalnum, text[start:end]))
    return _spans(marked)


def _said_otherwise(text: str, others: Sequence[Candidate]) -> list[bool]:
    agreed = [0] * len(text)
    for other in others:
        for block in SequenceMatcher(None, text, other.text, autojunk=False).get_matching_blocks():
            for at in range(block.a, block.a + block.size):
                agreed[at] += 1
    return [
        bool(others) and count * 2 < len(others) and char.isalnum() for count, char in zip(agreed, text, strict=True)
    ]


def _spans(marked: Sequence[bool]) -> Doubts:
    """The runs of marked places; those with one unmarked place between are one."""
    spans: list[tuple[int, int]] = []
    for at, is_marked in enumerate(marked):
        if not is_marked:
            continue
        if spans and at - spans[-1][1] <= 1:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return tuple(spans)
