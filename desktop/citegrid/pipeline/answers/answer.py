"""A question in plain words, answered in sentences of the sources.

The sentences that hold most of what the question is about are ranked by it and by whether they give what is asked for (a number, a
reason, a way of doing).  They are the answer as they are printed; a model, where there is one, puts them into the question's
language, by the same translation as a cell (``translated``).  Nothing else of the answer is anybody's own words; where no sentence
holds enough of the question, that is the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from citegrid.core.glossary import Glossary
from citegrid.core.language.lexicon import compiled
from citegrid.core.language.script import language_of
from citegrid.core.language.terms import without_asking
from citegrid.core.messages import Message
from citegrid.core.outcome.answers import AnswerSentence, QuestionAnswered
from citegrid.core.paper import Paper
from citegrid.core.table import Wording
from citegrid.pipeline.answers.claims import Claim, claim_of
from citegrid.pipeline.answers.compare import Comparison
from citegrid.pipeline.answers.sources import Shelf, places_of, shelf_for
from citegrid.pipeline.cells.cited_documents import Library
from citegrid.pipeline.evidence.patterns import OTHER
from citegrid.pipeline.translation.translate import Translation, translate
from citegrid.ports import NEVER, Cancel, LanguageModel

#: Sentences that are looked at, and that an answer has at most.
NEAREST, MOST = 48, 3
#: The share of a question that a sentence must hold to answer it; across languages fewer words can be recognised.
LEAST, LEAST_TRANSLATED = 0.5, 0.3
#: What giving a number or something else that is asked for adds, the same direction, saying little else, and the subject.
_NUMBER, _KIND, _SAME, _BRIEF, _SUBJECT = 0.6, 0.25, 0.2, 0.2, 0.06
#: What a sentence loses that cites others: a question is mostly about what the source itself did.
_OTHERS = 0.15
#: The share of the best that a further sentence must reach.
_AMONG = 0.8
#: Which cues answer which questions.
_KINDS = (("asks_reason", "reasons"), ("asks_method", "methods"))
NO_ANSWER = Message("The sources do not say. Ask in other words, or add the document that does to the library.")
NO_QUESTION = Message("Ask about something that a paper could say.")


@dataclass(frozen=True)
class _Found:
    """A sentence of the shelf, the share of the question that it holds, and how well it answers."""

    number: int
    held: float
    score: float


def answer(
    question: str,
    papers: Sequence[Paper],
    library: Library | None = None,
) -> QuestionAnswered:
    """The sentences that answer ``question``, the best first, each with its place; none, and why, where no sentence does."""
    asked = claim_of(without_asking(question))
    if not asked.content:
        return QuestionAnswered(question, (), NO_QUESTION)
    shelf = shelf_for(papers, library, [question])
    chosen = _chosen(_ranked(asked, question, shelf))
    if not chosen:
        return QuestionAnswered(question, (), NO_ANSWER)
    said = [AnswerSentence(shelf.passages[one.number].text, places_of(papers, shelf, one.number)) for one in chosen]
    return QuestionAnswered(question, tuple(said))


def _ranked(asked: Claim, question: str, shelf: Shelf) -> list[_Found]:
    """The sentences that hold enough of the question, the best first."""
    found = []
    for number in shelf.nearest(asked, NEAREST):
        pair = Comparison(asked, shelf.claims[number], shelf.weigh_all)
        least = LEAST_TRANSLATED if asked.chinese != pair.source.chinese else LEAST
        if pair.coverage >= least:
            found.append(
                _Found(
                    number, pair.coverage, _score(question, pair) - _OTHERS * (OTHER in shelf.passages[number].shown)
                )
            )
    return sorted(found, key=lambda one: (-one.score, one.number))


def _score(question: str, pair: Comparison) -> float:
    """How well a sentence answers: what it holds of the question, whether it gives what is asked for, has the same directions, says
    little else, and has what is asked about as its subject."""
    levels = {(d.opposition, d.level) for d in pair.source.directions}
    same = any((d.opposition, d.level) in levels for d in pair.claim.directions)
    subject = bool(pair.same[:, :1].any())
    gives, wanted = _gives(question, pair)
    return pair.coverage + gives * wanted + _SAME * same + _BRIEF * pair.coverage_back + _SUBJECT * subject


def _gives(question: str, pair: Comparison) -> tuple[float, float]:
    """How far a sentence gives what the question asks for (a number near what is counted, a reason, a way), and how much that counts."""
    number = compiled("answers", "asks_number").search(question)
    if number is not None:
        return max((pair.nearness(number.end(), q.start) for q in pair.source.quantities), default=0.0), _NUMBER
    return float(any(_asks(asks, question) and _asks(gives, pair.source.text) for asks, gives in _KINDS)), _KIND


def _asks(table: str, text: str) -> bool:
    return compiled("answers", table).search(text) is not None


def _chosen(ranked: Sequence[_Found]) -> list[_Found]:
    return [one for one in ranked[:MOST] if one.score >= _AMONG * ranked[0].score]


def translated(
    answered: QuestionAnswered, model: LanguageModel, *, glossary: Glossary = (), cancel: Cancel = NEVER
) -> QuestionAnswered:
    """The answer in the language of its question; what is in it already stays as it is printed."""
    said, language = list(answered.sentences), language_of(answered.question)
    foreign = [i for i, one in enumerate(said) if language_of(one.text) != language]
    made = translate([said[i].text for i in foreign], language, model, glossary=glossary, cancel=cancel)
    for i, translation in zip(foreign, made, strict=True):
        said[i] = _translated(said[i], translation)
    return replace(answered, sentences=tuple(said))


def is_foreign(answered: QuestionAnswered) -> bool:
    """Whether a sentence of the answer is in another language than its question."""
    return any(language_of(one.text) != language_of(answered.question) for one in answered.sentences)


def _translated(one: AnswerSentence, made: Translation) -> AnswerSentence:
    wording = Wording.TRANSLATED if made.trusted else Wording.TO_BE_CHECKED
    return AnswerSentence(made.text or one.text, one.evidence, wording, () if made.trusted else made.doubts)
