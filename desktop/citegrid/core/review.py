"""Sentence and Review, and how a review's length is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from citegrid.core.evidence import Evidence
from citegrid.core.table import Doubts, Status, Wording

_MARK = re.compile(r"\[[^\]]*\]")


class Unit(Enum):
    """Chinese is counted in characters without white space, other languages in words."""

    CHARACTERS = "characters"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the review, without its citation marks; ``paragraph`` counts from 0, ``wording`` and ``doubts`` are
    as in a cell, and ``works`` are the ids of the works that it speaks of."""

    text: str
    status: Status
    evidence: tuple[Evidence, ...] = ()
    paragraph: int = 0
    reason: str = ""
    wording: Wording = Wording.PRINTED
    doubts: Doubts = ()
    works: tuple[str, ...] = ()

    @property
    def to_be_checked(self) -> bool:
        """Whether the text is a translation that a person is still to compare with its quotes."""
        return self.wording is Wording.TO_BE_CHECKED and bool(self.text)

    @property
    def open_doubts(self) -> Doubts:
        """The places that a person is still to look at: all of it where the translation names none."""
        return (self.doubts or ((0, len(self.text)),)) if self.to_be_checked else ()


@dataclass(frozen=True, slots=True)
class Review:
    """The written review: its sentences in order and the length that was asked for; ``edited`` once a person wrote in it."""

    sentences: tuple[Sentence, ...] = ()
    target: int = 1000
    unit: Unit = Unit.CHARACTERS
    edited: bool = False


def count(text: str, unit: Unit) -> int:
    """The length of ``text`` in ``unit``; citation marks ``[…]`` are not counted."""
    text = _MARK.sub("", text)
    if unit is Unit.WORDS:
        return len(re.findall(r"\b\w+\b", text))
    return len(re.sub(r"\s", "", text))


def confirmed(sentence: Sentence) -> Sentence:
    """``sentence`` once a person has read it beside its quotes, or written it: nothing in it is left to be checked."""
    if sentence.wording is not Wording.TO_BE_CHECKED:
        return replace(sentence, doubts=())
    return replace(sentence, wording=Wording.TRANSLATED, doubts=())
