"""The phrases that hold a review together, and the patterns of what they are put to: ``resources/lexicon/review.toml``."""

from __future__ import annotations

import re

from citegrid.core import lexicon


def phrases(table: str, language: str) -> tuple[str, ...]:
    """The phrases of a table, in their order; a phrase may stand in it more than once."""
    return lexicon.tables("review")[table][language]


def phrase(table: str, language: str, **values: object) -> str:
    """The one phrase of a table, its ``{names}`` filled in."""
    (only,) = phrases(table, language)
    return only.format_map(values)


def _held(table: str, *languages: str) -> str:
    return lexicon.pattern_of("review", table, *languages)


#: The subject of a sentence about a work, in whose place its name can stand.
SUBJECTS = {"zh": re.compile("^" + _held("subjects", "zh")), "en": re.compile(rf"^{_held('subjects', 'en')}\b")}
#: A sentence that lacks only its subject.
WITHOUT_SUBJECT = re.compile(f"{_held('adverbs')}?{_held('verbs')}")
#: A sentence that has a joining word of its own.
JOINED = re.compile(_held("joined"))
#: Words at the beginning of an English sentence that are no names.
NO_NAME = re.compile(rf"{_held('no_names')}\b")
#: What keeps its capital inside a sentence: acronyms, and words made of names of places ("Brazilian").
KEEPS_CAPITAL = re.compile(
    r"[A-Z][\w\-]*[A-Z0-9]|[A-Z]\b|[A-Z]\w{2,}(?:ian|ean|ese|ican)s?\b|[A-Z]\w+[’']s\b|[A-Z][a-z]+ [A-Z][a-z]+\b"
)
#: An English word with a capital of its own, not an acronym.
CAPITAL_WORD = re.compile(r"[A-Z][a-z]")
