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
    titled = _with_start_of_title(tokens, _with_whole_title(tokens, _with_whole_names(tokens, labels)))
    return _with_two_names(tokens, titled)


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
    """The labels, where a number within a title, in brackets or before a colon, is no year, if the entry has another: "D(2030) as a
    cousin", "Figures of 2020: a survey"."""
    made = list(labels)
    for n in range(2, len(made) - 2):
        in_brackets = made[n - 2] == "T" and (tokens[n - 1].text, tokens[n + 1].text) == ("(", ")")
        before_colon = made[n - 1] == "T" and tokens[n + 1].text == ":"
        if made[n] == "Y" and made[n + 2] == "T" and made.count("Y") > 1 and (in_brackets or before_colon):
            made[n - in_brackets : n + 2] = "T" * (2 + in_brackets)
    return made


def _with_start_of_title(tokens: Sequence[EntryToken], labels: Sequence[str]) -> list[str]:
    """The labels, where a title begins right behind the authors, even if its first words were read as a family without given names or
    as a journal with its year: "Ba J. Adam: a method", "Ba J. Figures of 2020: a survey"."""
    made = "".join(labels)
    at = made.find("T") if "T" in made else made.find("C")
    stop = max((n for n in range(at) if tokens[n].text == "."), default=at - 1)
    behind_colon = at > 0 and tokens[at - 1].text == ":"
    opens = _opens_title(made[: stop + 1], made[stop + 1 : at - behind_colon], behind_colon * made[at:])
    first = stop + 1 if opens else at
    return [made[at] if first <= n < at else label for n, label in enumerate(made)]


def _opens_title(before: str, words: str, behind: str) -> bool:
    """Whether words were misread, by their labels, those before them and those behind a colon, if any: a family behind a whole
    name, or a journal where another stands behind."""
    is_family = {*words} == {"F"}, before.rstrip("G").endswith(tuple("FIB"))
    is_journal = {*words} in ({"C"}, {"C", "Y"}), {*behind} >= {"C", "Y"}
    return any(map(all, (is_family, is_journal)))


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
    return all(len(name) > 1 and name.isupper() for name in families) and all(map(str.istitle, given))
