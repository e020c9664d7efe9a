"""Term and glossary: how a word of one language is to be said in another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A pair of words that mean the same in the texts at hand.

    ``english`` as it stands within a sentence (singular, small letters unless it is a name), ``chinese`` as it is to be said.
    ``source`` says where the pair is from: a correction of the person's, a paper, a background document, a file.
    """

    english: str
    chinese: str
    source: str = ""

    def said(self, language: str) -> str:
        """The term in ``language``: ``"zh"`` or anything else for English."""
        return self.chinese if language == "zh" else self.english


#: Terms, those that come first before those that follow where they name the same.
Glossary = tuple[Term, ...]
