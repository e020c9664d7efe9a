"""A sentence word by word: what stands where the model gave no translation, so that nothing is left in the source language.

It is no translation, is never trusted, and the reader sees the original beneath it.
"""

from __future__ import annotations

from collections.abc import Sequence

from citegrid.pipeline.translation.english import tokens_of
from citegrid.pipeline.translation.names import names_of
from citegrid.pipeline.translation.question import prompts
from citegrid.pipeline.translation.term_base import TermBase, meant


def glossed(text: str, language: str, base: TermBase, fields: Sequence[str]) -> str:
    """The terms and names of ``text`` in ``language``, in order, after a word that says what they are."""
    source = {"zh": "en", "en": "zh"}[language]
    hits = [(hit.start, entry.forms(language)[0]) for hit in base.find(text, source) if (entry := meant(hit, fields))]
    names = [
        (token.start, token.text)
        for token in tokens_of(text)
        if token.text in names_of(text) or token.text[0].isdigit()
    ]
    said = list(dict.fromkeys(word for _, word in sorted({*hits, *names})))
    words = prompts()[language]
    return (
        words["glossed"].format(words=prompts()["between"][f"words_{language}"].join(said))
        if said
        else words["nothing"]
    )


def is_glossed(text: str, language: str) -> bool:
    """Whether ``text`` is no translation but what stands in place of one."""
    words = prompts()[language]
    return text == words["nothing"] or text.startswith(words["glossed"].partition("{")[0])
