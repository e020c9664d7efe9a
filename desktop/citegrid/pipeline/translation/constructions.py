"""Turns of a sentence that must survive its translation, as cues in both languages (``lexicon/constructions.toml``).

They choose near examples for a sentence, and tell afterwards whether its negation, comparison, share or voice got lost.
"""

from __future__ import annotations

import re
from functools import cache

from citegrid.core.language.lexicon import any_of, tables, words

_CONSTRUCTIONS, _KEPT_WORDS = "constructions", "kept_words"
#: Tables with this beginning choose examples only.
STYLE = "style_"
#: A negation, however it is said, and the plain ones: those a translation must not have where its source has none.
NEGATION, PLAIN_NEGATION = "negation", "plain_negation"
#: English words that Chinese says with a negation ("unlabelled", "regardless", "free of").
_NEGATIVE_WORDS = words("negative_words", "negative_words", "en")
_SAID_WITH_NEGATION = re.compile(any_of(_NEGATIVE_WORDS), re.I)


def constructions_of(text: str, language: str) -> frozenset[str]:
    """The constructions that ``text`` (in ``language``) has a cue of."""
    return _found(_CONSTRUCTIONS, text, language)


def _found(lexicon: str, text: str, language: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _patterns(lexicon, language).items() if pattern.search(text))


def lost(source: str, translation: str, language: str) -> tuple[str, ...]:
    """The constructions and the words to be kept of ``source`` without a cue in its ``translation`` into ``language``, and a negation
    that came in."""
    before = constructions_of(source, _other(language))
    after = constructions_of(translation, language)
    gone = [name for name in sorted(before - after) if name != PLAIN_NEGATION and not name.startswith(STYLE)]
    came = PLAIN_NEGATION in after and NEGATION not in before and not _SAID_WITH_NEGATION.search(source)
    words_gone = _found(_KEPT_WORDS, source, _other(language)) - _found(_KEPT_WORDS, translation, language)
    gone += sorted(words_gone)
    return (*gone, "no_" + NEGATION) if came else tuple(gone)


def _other(language: str) -> str:
    return {"zh": "en", "en": "zh"}[language]


@cache
def _patterns(lexicon: str, language: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(any_of(words(lexicon, name, language)), re.I) for name in tables(lexicon)}
