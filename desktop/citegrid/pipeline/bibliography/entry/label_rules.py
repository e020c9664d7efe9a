"""What the signs of an entry say of its labels, whatever the tagger has learnt: what is one, a decimal or a title, bears one label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citegrid.core.language.script import has_han
from citegrid.pipeline.bibliography.entry.tokens import EntryToken

#: What a name is made of: organisation, family, comma, given names, generation.
OF_NAMES = "NFIGS"
#: Digits before and behind the point of a decimal; a volume with its pages, a day, have more.
_WHOLE_DIGITS, _DECIMALS = 2, 2
#: Two names whose families stand in capitals, as they are labelled where the second is taken for given names of the first.
_TAKEN_FOR_ONE, _TWO = "FFIGG", "FGBFG"


@dataclass(frozen=True, slots=True)
class TagRun:
    """Tokens of one label that follow each other: characters ``start`` to ``end``."""

    label: str
    start: int
    end: int


def bound(tokens: Sequence[EntryToken]) -> list[bool]:
    """Which tokens cannot bear another label than the one before: the point and the last digits of "2.32"."""
    found = [False] * len(tokens)
    for n in range(1, len(tokens) - 1):
        before, point, behind = tokens[n - 1 : n + 2]
        if point.text == "." and before.end == point.start and point.end == behind.start:
            found[n] = found[n + 1] = _is_short(before, _WHOLE_DIGITS) and _is_short(behind, _DECIMALS)
    return found


def _is_short(token: EntryToken, most: int) -> bool:
    return token.text.isdigit() and len(token.text) <= most


def whole(tokens: Sequence[EntryToken], labels: str) -> list[str]:
    """The labels, where neither a name nor a title is broken."""
    return _with_two_names(tokens, _with_whole_title(tokens, _with_whole_names(tokens, labels)))


def _with_whole_names(tokens: Sequence[EntryToken], labels: str) -> list[str]:
    """The labels, where no title begins between two ideographs of a name."""
    made = list(labels)
    for n in range(1, len(made)):
        before, token = tokens[n - 1], tokens[n]
        if (
            made[n] == "T"
            and made[n - 1] in OF_NAMES
            and before.end == token.start
            and has_han(before.text)
            and has_han(token.text)
        ):
            made[n] = made[n - 1]
    return made


def _with_whole_title(tokens: Sequence[EntryToken], labels: Sequence[str]) -> list[str]:
    """The labels, where a number in brackets within a title is no year, if the entry has another: "D(2030) as a cousin"."""
    made = list(labels)
    for n in range(2, len(made) - 2):
        within = made[n - 2] == made[n + 2] == "T" and (tokens[n - 1].text, tokens[n + 1].text) == ("(", ")")
        if made[n] == "Y" and within and made.count("Y") > 1:
            made[n - 1 : n + 2] = "TTT"
    return made


def _with_two_names(tokens: Sequence[EntryToken], labels: Sequence[str]) -> list[str]:
    """The labels, where "ZHANG San, LI Si" are two people."""
    made = list(labels)
    for n in range(len(made) - len(_TWO) + 1):
        if "".join(made[n : n + len(_TWO)]) == _TAKEN_FOR_ONE and _are_two(tokens[n : n + len(_TWO)]):
            made[n : n + len(_TWO)] = _TWO
    return made


def _are_two(tokens: Sequence[EntryToken]) -> bool:
    """Whether families in capitals stand before given names in small letters."""
    families, given = (tokens[0].text, tokens[3].text), (tokens[1].text, tokens[4].text)
    return all(len(name) > 1 and name.isupper() for name in families) and all(name.istitle() for name in given)
