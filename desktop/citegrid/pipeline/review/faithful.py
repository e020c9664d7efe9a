"""Whether words of a model say what they were made of and nothing else: numbers, names, denial, direction, content.

It is asked of every sentence that a model wrote for a review, whatever the model.
"""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.core.language.script import has_han, language_of
from citegrid.pipeline.evidence.claim_tokens import denies_alone, numbers_in, words_missing
from citegrid.pipeline.review.phrases import NAME, phrases
from citegrid.pipeline.review.terms import content_in

#: Share of the content that must be kept, and of the model's own that must come from what it was given.
KEPT, GIVEN = {"zh": 0.8, "en": 0.8}, {"zh": 0.93, "en": 1.0}


def is_faithful(text: str, sources: Sequence[str], language: str) -> bool:
    """Whether ``text``, in ``language``, says what all of ``sources`` say and nothing beside them."""
    return invents_nothing(text, sources, language) and keeps_all(text, sources, language)


def invents_nothing(text: str, sources: Sequence[str], language: str) -> bool:
    """Whether every number, name, denial, direction and word of content of ``text`` stands in ``sources``."""
    if language_of(text) != language or words_missing(text, sources) or denies_alone(text, sources):
        return False
    given = " ".join(sources)
    if _directions(text, language) - _directions(given, language):
        return False
    said, known = content_in(text, language), content_in(given, language)
    return not said or len(said & known) >= GIVEN[language] * len(said)


def keeps_all(text: str, sources: Sequence[str], language: str) -> bool:
    """Whether the numbers, names and denials of ``sources`` stand in ``text``, the names in their order, with most of the
    content."""
    given = " ".join(sources)
    if not numbers_kept(text, sources) or _directions(given, language) - _directions(text, language):
        return False
    if any(denies_alone(source, [text]) for source in sources):
        return False
    if list(dict.fromkeys(NAME.findall(text))) != list(dict.fromkeys(NAME.findall(given))):
        return False
    known = content_in(given, language)
    return len(known & content_in(text, language)) >= KEPT[language] * len(known)


def numbers_kept(text: str, sources: Sequence[str]) -> bool:
    """Whether every number of ``sources`` stands in ``text``."""
    return _numbers(" ".join(sources)) <= _numbers(text)


def _numbers(text: str) -> set[float]:
    return {value for _, value, _ in numbers_in(text)}


def _directions(text: str, language: str) -> set[str]:
    """The words of ``text`` that say in which direction something differs."""
    small = text.casefold()
    found = (word for table in ("less", "more_so") for word in phrases(table, language))
    return {word for word in found if word in small and has_han(word) == (language == "zh")}
