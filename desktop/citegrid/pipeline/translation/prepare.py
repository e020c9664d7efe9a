"""Sentences made ready to be asked: taken apart, with the terms and near examples that belong to each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.glossary import Glossary
from citegrid.pipeline.translation import memory, term_base
from citegrid.pipeline.translation.clauses import parts_of
from citegrid.pipeline.translation.english import is_acronym
from citegrid.pipeline.translation.names import author_renderings
from citegrid.pipeline.translation.numbers import renderings
from citegrid.pipeline.translation.question import Piece
from citegrid.pipeline.translation.term_base import PROJECT, Entry, TermBase, TermHit, fields_of, meant

_AND_OTHERS = "et al."
SOURCE = {"zh": "en", "en": "zh"}
#: Terms and examples that a question holds at most: each costs tokens, and more of them confuse more than they help.
_TERMS, _EXAMPLES = 6, 1


@dataclass(frozen=True, slots=True)
class Prepared:
    """The parts of all sentences in order, the terms of each, and what they were looked up in."""

    pieces: tuple[Piece, ...]
    entries: tuple[tuple[Entry, ...], ...]
    base: TermBase
    fields: tuple[str, ...]


def prepare(sentences: Sequence[str], language: str, glossary: Glossary) -> Prepared:
    """What is asked for ``sentences`` in ``language``; the field of the text is told by all of them together."""
    base, source = term_base.with_glossary(glossary), SOURCE[language]
    fields = fields_of(hit for sentence in sentences for hit in base.find(sentence, source))
    pieces: list[Piece] = []
    chosen: list[tuple[Entry, ...]] = []
    for number, sentence in enumerate(sentences):
        for joint, text in parts_of(sentence, language):
            entries = _chosen(base.find(text, source), fields)
            given = [(hit.text, entry.forms(language)[0]) for hit, entry in entries]
            authors = author_renderings(text, language)
            numbers = [(one.text, one.said) for one in renderings(text, language)]
            near = memory.shipped().near(text, source, _EXAMPLES)
            pieces.append(Piece(text, number, joint, (*authors, *numbers, *given), tuple(near)))
            chosen.append(tuple(entry for _, entry in entries))
    return Prepared(tuple(pieces), tuple(chosen), base, fields)


def _chosen(hits: Sequence[TermHit], fields: Sequence[str]) -> list[tuple[TermHit, Entry]]:
    """The terms that are given along, in the order of the sentence: those of the project, then the longest."""
    known = {
        hit.text: (hit, entry)
        for hit in hits
        if not is_acronym(hit.text) and not _is_mark(hit) and (entry := meant(hit, fields))
    }
    ranked = sorted(known.values(), key=lambda one: (one[1].field != PROJECT, -len(one[0].text)))
    return sorted(ranked[:_TERMS], key=lambda one: one[0].start)


def _is_mark(hit: TermHit) -> bool:
    """Whether it only marks that there are further authors, which the name of the first one says."""
    return all(entry.english == _AND_OTHERS for entry in hit.entries)
