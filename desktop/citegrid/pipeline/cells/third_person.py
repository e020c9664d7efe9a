"""A work's words about itself, as one tells them of it."""

from __future__ import annotations

import re

from citegrid.core.language import lexicon
from citegrid.pipeline.cells.patterns import FIRST_PERSON, OWN_SUBJECT, phrase


def _pairs(own: str, theirs: str, language: str) -> dict[str, str]:
    held = lexicon.tables("cells")
    return dict(zip(held[own][language], held[theirs][language], strict=True))


_THEY = _pairs("we", "they", "en")
_THE_AUTHORS = phrase("their_authors", "zh")
_THEIRS_ZH = dict.fromkeys(lexicon.words("cells", "own_authors"), _THE_AUTHORS) | _pairs(
    "own_works", "their_works", "zh"
)


def in_third_person(text: str, language: str) -> str:
    """``We train our model`` → ``The authors train their model``, without the semicolon that its sentence went on behind."""
    text = text.rstrip("；; ")
    return _chinese(text) if language == "zh" else english_third_person(text)


def english_third_person(text: str) -> str:
    """The same of an English text as it stands; its first word gets a capital in any case."""

    def retold(match: re.Match[str]) -> str:
        word = _THEY[match.group()]
        return word[0].upper() + word[1:] if match.start() == 0 else word

    return FIRST_PERSON.sub(retold, text)


def _chinese(text: str) -> str:
    text = OWN_SUBJECT.sub(_THE_AUTHORS, text)
    for own, theirs in _THEIRS_ZH.items():
        text = text.replace(own, theirs)
    return text
