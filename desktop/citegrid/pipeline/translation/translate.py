"""A sentence of a paper in another language, and how sure that is.

Sentences are prepared (``prepare``), asked with several samples, mended by rule, and the candidate that looks most certain is
taken; what came in the wrong language is asked once more by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from citegrid.core.glossary import Glossary
from citegrid.core.table import Doubts
from citegrid.pipeline.translation.candidates import (
    Candidate,
    TranslationFeatures,
    doubts_in,
    features,
    in_language,
    moved,
)
from citegrid.pipeline.translation.certainty import certainty
from citegrid.pipeline.translation.clauses import joined
from citegrid.pipeline.translation.editing import edited
from citegrid.pipeline.translation.glossed import glossed
from citegrid.pipeline.translation.names import left_over, with_names_as_written
from citegrid.pipeline.translation.numbers import mend
from citegrid.pipeline.translation.prepare import Prepared, prepare
from citegrid.pipeline.translation.question import plain_question, question
from citegrid.pipeline.translation.say_terms import say_left_terms
from citegrid.ports import NEVER, Answer, Ask, Cancel, LanguageModel

#: Share of certainty from which a translation needs no check.
SURE = 0.85
#: How sure one of a model counts that did not pass its examination in translation.
UNTRUSTED = 0.5
#: Answers to each part of a sentence: the likeliest and others that are drawn, which share the work on its question: three cost
#: 1.25 times the seconds of one (1.6 times those of the processor).
SAMPLES = 3
_STOPS = "。.；;，, "


@dataclass(frozen=True, slots=True)
class Translation:
    """``text`` in the wanted language, empty only where the model said nothing; ``sure`` from 0 to 1; the ``doubts`` in it."""

    text: str
    sure: float = 0.0
    doubts: Doubts = ()

    @property
    def trusted(self) -> bool:
        """Whether it needs no check."""
        return bool(self.text) and self.sure >= SURE


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate for one piece: its text, how sure it is, its doubts, and what was seen of it."""

    text: str
    sure: float
    doubts: Doubts
    seen: TranslationFeatures | None = None


def translate(
    sentences: Sequence[str],
    language: str,
    model: LanguageModel,
    *,
    glossary: Glossary = (),
    samples: int = SAMPLES,
    cancel: Cancel = NEVER,
    told: Callable[[int, Translation], None] = lambda number, translation: None,
) -> list[Translation]:
    """``sentences`` (plain, without marks of citations, in the other language) in ``language`` (``"zh"`` or ``"en"``).

    Each is ``told`` with its number as soon as all its parts are there, while the model is still at others.

    ``glossary`` are the terms of the project and those learnt from its documents, the most binding first; they come before
    those of the term base.  Sentences of one text are best given together: they tell its field.  Raises ``ModelError`` or
    ``Cancelled``.
    """
    prepared = prepare(sentences, language, glossary)
    parts = [[i for i, piece in enumerate(prepared.pieces) if piece.sentence == n] for n in range(len(sentences))]
    chosen: dict[int, Chosen] = {}

    def whole(number: int) -> Translation:
        one = _whole([(prepared.pieces[i].joint, chosen[i]) for i in parts[number]])
        return one if language in model.info.translates else _unsure(one)

    def take(at: int, one: Chosen) -> None:
        chosen[at] = one
        number = prepared.pieces[at].sentence
        if chosen.keys() >= set(parts[number]):
            told(number, whole(number))

    choose_all(prepared, language, model, samples, cancel, take)
    return list(map(whole, range(len(sentences))))


def choose_all(
    prepared: Prepared,
    language: str,
    model: LanguageModel,
    samples: int,
    cancel: Cancel,
    take: Callable[[int, Chosen], None],
) -> None:
    """Have the candidate for each piece taken among several answers, each as it comes: how far they agree is what tells most of
    a translation.

    What came in the wrong language is asked once more without anything around it.
    """
    heard: set[int] = set()
    again: dict[int, Ask] = {}

    def hear(at: int, answer: Answer, *, last: bool = False) -> None:
        heard.add(at)
        surest, *_ = _ranked(_candidates(answer, at, prepared, language), at, prepared, language)
        if surest.seen is not None or last:
            take(at, surest)
        else:
            again[at] = plain_question(prepared.pieces[at], language)

    asks = [question(piece, language, samples) for piece in prepared.pieces]
    answers = model.answer(asks, on_answer=hear, cancel=cancel)
    for at in set(range(len(asks))) - heard:
        hear(at, answers[at])
    for at, answer in zip(again, model.answer(list(again.values()), cancel=cancel), strict=True):
        hear(at, answer, last=True)


def _candidates(answer: Answer, at: int, prepared: Prepared, language: str) -> list[Candidate]:
    """What was answered to one piece, mended; only what is in the wanted language."""
    piece = prepared.pieces[at]
    found = []
    for said in (answer, *answer.others):
        text = edited(mend(edited(said.text, language), piece.text, language), language)
        text = with_names_as_written(text, piece.text)
        text = say_left_terms(text, piece.text, language, prepared.base, prepared.fields)
        if in_language(text, language):
            found.append(Candidate(text, said.likelihood, said.ended, moved(said.doubted, said.text, text)))
    return found


def _ranked(candidates: Sequence[Candidate], at: int, prepared: Prepared, language: str) -> list[Chosen]:
    """The candidates for one piece, each once, the most certain first; where there is none, its words one by one."""
    piece = prepared.pieces[at]
    if not candidates:
        text = glossed(piece.text, language, prepared.base, prepared.fields)
        return [Chosen(text, 0.0, ((0, len(text)),))]
    found: dict[str, Chosen] = {}
    for i, one in enumerate(candidates):
        others = [other for j, other in enumerate(candidates) if j != i]
        seen = features(one, others, piece, prepared.entries[at], language)
        doubts = doubts_in(one, others, left_over(piece.text, one.text, language))
        found.setdefault(one.text, Chosen(one.text, certainty(seen), doubts, seen))
    return sorted(found.values(), key=lambda one: -one.sure)


def _whole(own: Sequence[tuple[str, Chosen]]) -> Translation:
    """One sentence from its parts, each with what joins it: as sure as the least sure of them; doubts keep their places."""
    text = joined([(joint, one.text) for joint, one in own])
    sure = min((one.sure for _, one in own), default=0.0)
    doubts = _moved_doubts([one for _, one in own], text)
    unsure = sure < SURE and not doubts
    return Translation(text, sure, ((0, len(text)),) if unsure else doubts)


def _unsure(one: Translation) -> Translation:
    """A translation of a model that is not trusted with them: all of it is to be checked, where nothing is doubted more."""
    return Translation(one.text, min(one.sure, UNTRUSTED), one.doubts or ((0, len(one.text)),))


def _moved_doubts(parts: Sequence[Chosen], text: str) -> Doubts:
    """The doubts of all parts as places in ``text``, which they make up in order."""
    doubts: list[tuple[int, int]] = []
    start = 0
    for part in parts:
        at = text.lower().find(part.text.rstrip(_STOPS).lower(), start)
        if at >= 0:
            doubts += [(at + a, min(at + b, len(text))) for a, b in part.doubts if at + a < len(text)]
            start = at
    return tuple(doubts)
