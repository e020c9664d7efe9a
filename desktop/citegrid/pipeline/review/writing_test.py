"""The writing test: whether a model may write whole paragraphs.

It writes from a handful of made-up facts in both languages; what counts is what a reader would never forgive: something
invented, a number lost, a wrong citation, the other language.  A model is tested once and its outcome remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.language.script import language_of
from citegrid.pipeline.review.faithful import invents_nothing, numbers_kept
from citegrid.pipeline.review.paragraphs import Drafted, draft
from citegrid.pipeline.review.prompts import Exercise, exercises
from citegrid.ports import NEVER, Cancel, LanguageModel, WritingRecord

#: Share of the points from which a model writes; no exercise may fall below the second.
PASSED, LEAST = 0.9, 0.75


@dataclass(frozen=True, slots=True)
class Points:
    """Shares (0 to 1): of sentences that invent nothing, of facts whose numbers are kept, of sentences that cite just the
    works of their facts, of sentences in the language that was asked for."""

    true: float = 0.0
    numbers: float = 0.0
    citations: float = 0.0
    language: float = 0.0

    @property
    def mean(self) -> float:
        """All four together."""
        return (self.true + self.numbers + self.citations + self.language) / 4


def may_write(model: LanguageModel, record: WritingRecord, cancel: Cancel = NEVER) -> bool:
    """Whether ``model`` writes paragraphs: as remembered, or by the test."""
    known = record.passed(model.info.identity)
    if known is None:
        known = passes(model, exercises(), cancel)
        record.keep(model.info.identity, known)
    return known


def passes(model: LanguageModel, tests: Sequence[Exercise], cancel: Cancel = NEVER) -> bool:
    """Whether ``model`` passes the test; it ends at the first exercise that is plainly failed."""
    means = []
    for exercise in tests:
        written = draft(exercise.topic, exercise.facts, exercise.language, model, cancel)
        means.append(points_of(written, exercise).mean)
        if means[-1] < LEAST:
            return False
    return sum(means) >= PASSED * len(means)


def points_of(written: Sequence[Drafted], exercise: Exercise) -> Points:
    """What a paragraph is worth."""
    if not written:
        return Points()
    pairs = [(one.text, _sources(one, exercise.facts)) for one in written]
    return Points(
        _share([bool(of) and invents_nothing(text, of, exercise.language) for text, of in pairs]),
        _share([_is_kept(fact, pairs) for fact in exercise.facts]),
        _share([bool(of) and _named(text, exercise) == _named(" ".join(of), exercise) for text, of in pairs]),
        _share([language_of(text) == exercise.language for text, _ in pairs]),
    )


def _is_kept(fact: str, pairs: Sequence[tuple[str, Sequence[str]]]) -> bool:
    """Whether a sentence that was made of a fact keeps its numbers."""
    return any(fact in of and numbers_kept(text, [fact]) for text, of in pairs)


def _sources(one: Drafted, facts: Sequence[str]) -> list[str]:
    return [facts[i] for i in one.facts if 0 <= i < len(facts)]


def _named(text: str, exercise: Exercise) -> set[str]:
    return {name for name in exercise.works if name in text}


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held)
