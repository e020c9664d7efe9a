"""Terms that the model left in the source language, said by the term base."""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.core.language.text import overlap
from citegrid.pipeline.translation.names import left_over
from citegrid.pipeline.translation.term_base import TermBase, TermHit, meant

_JOINING = "-_/’'"
#: What the model says in Chinese around an adjective that it left in English, and the term says again.
_AROUND = ("可", "的")
_SOURCE = {"zh": "en", "en": "zh"}


def say_left_terms(text: str, source: str, language: str, base: TermBase, fields: Sequence[str]) -> str:
    """``text`` with the terms said in ``language`` that it still has in the language of ``source``.

    Where the fields of the text know a word not, any field's is better than none.
    """
    left = left_over(source, text, language)
    for hit in reversed(base.find(text, _SOURCE[language])):
        if any(overlap((hit.start, hit.end), one) for one in left) and _stands_alone(hit, text):
            said = _said(hit, language, fields)
            text = _without_spaces(text[: hit.start], said, text[hit.end :], language)
    return text


def _stands_alone(hit: TermHit, text: str) -> bool:
    """Whether it is no part of a longer word or of a symbol (``metal_compare``)."""
    around = text[max(0, hit.start - 1) : hit.start] + text[hit.end : hit.end + 1]
    return not any(char in _JOINING for char in around)


def _said(hit: TermHit, language: str, fields: Sequence[str]) -> str:
    entry = meant(hit, fields) or hit.entries[0]
    return entry.forms(language)[0]


def _without_spaces(before: str, said: str, behind: str, language: str) -> str:
    """Chinese has no spaces around its words, and says nothing twice; English has spaces."""
    if language == "zh":
        ahead, after = _AROUND
        before = before.rstrip().removesuffix(ahead) if said.startswith(ahead) else before.rstrip()
        behind = behind.lstrip().removeprefix(after) if said.endswith(after) else behind.lstrip()
        return before + said + behind
    return f"{before.rstrip()} {said} {behind.lstrip()}"
