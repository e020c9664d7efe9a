"""Term and glossary: how a word of one language is to be said in another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from citegrid.core.language.script import has_han

#: Letters of one side of a term; what is longer is a sentence.
LONGEST = 120


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

    @property
    def key(self) -> tuple[str, str]:
        """Two terms with the same key are one, whatever their source."""
        return self.english.casefold(), self.chinese

    @property
    def usable(self) -> bool:
        """Whether both sides are words of their language."""
        short = 0 < len(self.english) <= LONGEST and 0 < len(self.chinese) <= LONGEST
        return short and any(c.isalpha() for c in self.english) and not has_han(self.english) and has_han(self.chinese)


#: Terms, those that come first before those that follow where they name the same.
Glossary = tuple[Term, ...]


def tidied(term: Term) -> Term:
    """``term`` with single spaces and nothing around its words."""
    english, chinese, source = (" ".join(part.split()) for part in (term.english, term.chinese, term.source))
    return replace(term, english=english, chinese=chinese, source=source)


def joined(glossaries: Iterable[Sequence[Term]]) -> Glossary:
    """The terms of several glossaries, the most binding first, each pair of words once and none that is not usable."""
    found: dict[tuple[str, str], Term] = {}
    for term in (tidied(one) for glossary in glossaries for one in glossary):
        if term.usable:
            found.setdefault(term.key, term)
    return tuple(found.values())
