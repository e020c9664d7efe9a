"""Which entries fit the names before a year: candidates with features, and one table of weights that chooses.

The words before the year are read backwards as long as they may be names of the list; each entry whose first author is
among them is a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from citegrid.core.language.text import matched
from citegrid.pipeline.citations.keys import EntryNames, NameIndex, without_particles, word_key
from citegrid.pipeline.citations.patterns import (
    AFTER_ASIAN_NAMES,
    ANOTHER_BEFORE,
    ASIAN_AND,
    CONNECTORS,
    DOTTED,
    INITIAL_AFTER,
    INITIAL_BEFORE,
    NAME_WORD,
    NAMES_GO_ON,
    PARTICLES,
)


class YearMatch(Enum):
    """How the year of a citation and that of an entry agree."""

    SAME = "the year of the entry"
    PRINTED = "another year that the entry prints"
    NONE = "neither has a year"
    NEAR = "one year off, or the entry has none"


class AuthorMatch(Enum):
    """How many authors of an entry a citation names."""

    ALL = "all authors"
    ONE_LEFT_OUT = "all authors but one"
    SEVERAL_LEFT_OUT = "fewer authors, without et al."
    MANY = "et al., of three or more"
    TWO = "et al., of two"
    ONE = "et al., of one"


class LetterMatch(Enum):
    """How the letters behind the years agree."""

    SAME = "the same letter"
    ONE_SIDE = "a letter on one side only"
    NONE = "no letters"


#: The weight of each feature of a candidate, and of each unit of those that count.
WEIGHTS = {
    YearMatch.SAME: 4.0,
    YearMatch.PRINTED: 2.0,
    YearMatch.NONE: 2.0,
    YearMatch.NEAR: 0.0,
    AuthorMatch.ALL: 2.0,
    AuthorMatch.ONE_LEFT_OUT: -1.0,
    AuthorMatch.SEVERAL_LEFT_OUT: -1.5,
    AuthorMatch.MANY: 2.0,
    AuthorMatch.TWO: 0.0,
    AuthorMatch.ONE: -1.0,
    LetterMatch.SAME: 3.0,
    LetterMatch.ONE_SIDE: -1.0,
    LetterMatch.NONE: 0.0,
    "authors named beside et al.": 0.25,
    "whole family name": 1.0,
    "further words of the family name": 0.5,  # "Valle Nunes" is not "Nunes"
    "initial": 1.0,
    "initial is missing where the paper prints it": -0.5,
    "hyperlink": 2.5,
}
#: What may stand between the words before a year, and where it is the authors that semicolons part: ``(SILVA; SOUZA, 2020)``.
_BETWEEN = " \t\n,.'&*/[]-"
BETWEEN_PARTED = " \t\n,.'&*/;-"
#: Characters before the first name in which an initial or another author is looked for, and those that Asian names take.
_HEAD, _ASIAN_REACH = 40, 60


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word before a year: its characters and its key."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class AuthorYearCandidate:
    """An entry that the names before a year may mean, and what speaks for it; its names begin at ``start``."""

    entry: EntryNames
    start: int
    year: YearMatch
    authors: AuthorMatch
    named: int
    whole_name: bool
    name_words: int = 1
    initial: bool = False

    @property
    def is_believable(self) -> bool:
        """Whether enough authors are named to forgive a wrong year."""
        return self.year is not YearMatch.NEAR or self.named > 1 or self.authors in (AuthorMatch.MANY, AuthorMatch.TWO)

    def score(self, letter: LetterMatch, linked: bool, initial_expected: bool) -> float:
        """The sum of the weights of its features, where the citation bears a letter, a hyperlink or no initial."""
        counted: dict[str, float] = {
            "authors named beside et al.": max(0, self.named - 1) if self.authors in _ABBREVIATED else 0,
            "whole family name": self.whole_name,
            "further words of the family name": max(0, self.name_words - 1),
            "initial": self.initial,
            "initial is missing where the paper prints it": initial_expected and not self.initial,
            "hyperlink": linked,
        }
        features = sum(WEIGHTS[feature] for feature in (self.year, self.authors, letter))
        return features + sum(WEIGHTS[name] * value for name, value in counted.items())


_ABBREVIATED = (AuthorMatch.MANY, AuthorMatch.TWO, AuthorMatch.ONE)


def rivals(candidates: Sequence[AuthorYearCandidate]) -> list[AuthorYearCandidate]:
    """The candidates that may be meant: a wrong year is forgiven where only one entry can be."""
    exact = [c for c in candidates if c.year is not YearMatch.NEAR]
    return exact or (list(candidates) if len(candidates) == 1 else [])


def choose(
    candidates: Sequence[AuthorYearCandidate], letter: str, linked: Collection[int], with_initials: Collection[int]
) -> AuthorYearCandidate | None:
    """The candidate with the highest score; None when two entries fit equally well.

    ``linked`` are entries that a hyperlink names here, ``with_initials`` those that the text cites with initials.
    """
    scored: list[tuple[float, AuthorYearCandidate]] = []
    for candidate in candidates:
        entry = candidate.entry
        agreement = _letters_agree(letter, entry.letter)
        if agreement is not None:
            score = candidate.score(agreement, entry.index in linked, entry.index in with_initials)
            scored.append((score, candidate))
    top = max((score for score, _ in scored), default=0.0)
    return _only([candidate for score, candidate in scored if score == top], letter)


def _letters_agree(printed: str, own: str) -> LetterMatch | None:
    """How the letter of a citation and that of an entry agree; None where they contradict."""
    if printed and own:
        return LetterMatch.SAME if printed == own else None
    return LetterMatch.ONE_SIDE if printed or own else LetterMatch.NONE


def _only(tied: Sequence[AuthorYearCandidate], letter: str) -> AuthorYearCandidate | None:
    """The one that is meant of those with the same score: the same work, or the one at the letter's place of the list."""
    if len(tied) > 1 and letter and not tied[0].entry.letter:
        position = ord(letter) - ord("a")
        return tied[position] if position < len(tied) else None
    return tied[0] if len({c.entry.key for c in tied}) == 1 else None


def candidates_of(
    text: str,
    low: int,
    high: int,
    names: NameIndex,
    years: Collection[int],
    between: str = _BETWEEN,
) -> list[AuthorYearCandidate]:
    """Entries whose first author, and nobody who is not an author, is named right before the year; ``years`` as printed."""
    words = _names_before(text, low, high, names, between)
    indices = dict.fromkeys(index for word in words for index in names.by_word.get(word.key, ()))
    found = (_candidate(text, words, names.entries[index], years) for index in indices)
    return [candidate for candidate in found if candidate is not None and candidate.is_believable]


def _names_before(text: str, low: int, high: int, names: NameIndex, between: str) -> list[NameWord]:
    """The words before a year, the last first, as long as they may be names of the list."""
    found: list[NameWord] = []
    right = high
    for match in reversed(list(NAME_WORD.finditer(text, low, high))):
        key = word_key(match.group()) or match.group()
        if found and found[-1].key == "al":
            key = _without_lost_space(key, names)
        if not _is_joined(text, match.end(), right, between) or not _may_be_name(key, names):
            break
        if key == "in" and not _is_polish(text[low : match.start()]):
            break
        found.append(NameWord(match.start(), match.end(), key))
        right = match.start()
    return found


def _without_lost_space(key: str, names: NameIndex) -> str:
    """ "Torreset al.": a space lost in print."""
    return key[:-2] if key.endswith("et") and key[:-2] in names.vocabulary else key


def _is_joined(text: str, end: int, right: int, between: str) -> bool:
    """Whether the word that ends at ``end`` belongs to what begins at ``right``: a full stop parts them."""
    gap = text[end:right]
    return not gap.strip(between) and ("." not in gap or bool(DOTTED.search(text[max(0, end - 4) : end])))


def _may_be_name(key: str, names: NameIndex) -> bool:
    is_letter = len(key) == 1 and key.isalpha()
    return is_letter or key in names.vocabulary or key in CONNECTORS or key in PARTICLES


def _is_polish(before: str) -> bool:
    """Whether "in" is that of "i in.", and not the English word."""
    return before.rstrip().endswith((" i", "\ni"))


def _candidate(
    text: str, words: Sequence[NameWord], entry: EntryNames, years: Collection[int]
) -> AuthorYearCandidate | None:
    """The entry as one that the names before a year may mean; None where they, the year or an initial contradict."""
    year = _year_of(entry, years)
    start, used = _named(words, entry)
    if year is None or start < 0 or ANOTHER_BEFORE.search(text, max(0, start - _HEAD), start):
        return None
    initial = _initial_at(text, start)
    if entry.initial and initial not in ("", entry.initial):
        return None
    named = sum(not without_particles(f).isdisjoint(used) for f in entry.families) or 1
    count = len(entry.families) + 2 * entry.abbreviated
    authors = _authors(named, count, bool(NAMES_GO_ON.search(text, start, words[0].end + 1)))
    return AuthorYearCandidate(
        entry, start, year, authors, named, _is_whole(entry, used), _family_words(entry, used), bool(initial)
    )


def _is_whole(entry: EntryNames, used: frozenset[str]) -> bool:
    """Whether the first author's whole family name is among ``used``, or another name of theirs."""
    return entry.first_family | entry.aliases <= used or not entry.aliases.isdisjoint(used)


def _family_words(entry: EntryNames, used: frozenset[str]) -> int:
    """How many words of the first author's family name are among ``used``."""
    return len(entry.first_family & used - entry.aliases)


def _initial_at(text: str, start: int) -> str:
    """The initial that stands beside the family name at ``start``: "Wang Y.", "Y. Wang"."""
    return matched(INITIAL_AFTER.match(text, start) or INITIAL_BEFORE.search(text, max(0, start - _HEAD), start), 1)


def _year_of(entry: EntryNames, years: Collection[int]) -> YearMatch | None:
    """How the printed years, or none, agree with those of ``entry``; None where they contradict."""
    if not years:
        return YearMatch.NONE if entry.unpublished or entry.year is None else None
    if entry.year in years:
        return YearMatch.SAME
    if not entry.years.isdisjoint(years):
        return YearMatch.PRINTED
    near = any(abs(entry.year - y) == 1 for y in years) if entry.year is not None else not entry.years
    return YearMatch.NEAR if near else None


def _named(words: Sequence[NameWord], entry: EntryNames) -> tuple[int, frozenset[str]]:
    """Where the name of the first author begins, and the words of the entry's authors; -1 where it is not named."""
    core = entry.first_family | entry.aliases
    own = entry.words | entry.aliases
    used: set[str] = set()
    start = -1
    for word in words:
        if word.key in own:
            used.add(word.key)
            if word.key in core or (start >= 0 and word.key in entry.first_author):
                start = word.start
        elif _ends_names(word.key, start >= 0):
            break
    return start, frozenset(used)


def _ends_names(key: str, first_found: bool) -> bool:
    """Whether a word that no author of the entry bears ends its names, read backwards."""
    if key in CONNECTORS:
        return False
    return first_found if key in PARTICLES else len(key) > 1


def _authors(named: int, count: int, abbreviated: bool) -> AuthorMatch:
    """What it says that ``named`` of ``count`` authors are named, with or without "et al."."""
    if abbreviated:
        return AuthorMatch.MANY if count >= 3 else AuthorMatch.TWO if count == 2 else AuthorMatch.ONE
    if named >= count:
        return AuthorMatch.ALL
    return AuthorMatch.ONE_LEFT_OUT if count - named == 1 else AuthorMatch.SEVERAL_LEFT_OUT


def asian_candidates(
    text: str, low: int, high: int, names: NameIndex, years: Collection[int]
) -> Iterator[AuthorYearCandidate]:
    """Entries by Chinese, Japanese or Korean authors, whose whole name is right before the year."""
    start = max(low, high - _ASIAN_REACH)
    tail = text[start:high]
    for entry in (names.entries[index] for index in names.chinese):
        if entry.chinese[0][0] not in tail or (
            years and _year_of(entry, years) not in (YearMatch.SAME, YearMatch.PRINTED)
        ):
            continue
        found = _asian_names(entry.chinese).search(tail)
        if found is not None:
            named = 1 + sum(name[0] in found.group(1) for name in entry.chinese[1:])
            year = YearMatch.SAME if entry.year in years else YearMatch.PRINTED
            authors = _authors(named, len(entry.chinese), bool(found.group(2)))
            yield AuthorYearCandidate(entry, start + found.start(), year, authors, named, True)


def _asian_names(names: Sequence[str]) -> re.Pattern[str]:
    """The pattern of an entry's first author, of others behind it (group 1) and of "et al." (group 2), up to the year."""
    first, *others = (r"\s*".join(map(re.escape, name)) for name in names)
    more = rf"(?:\s*{ASIAN_AND}\s*(?:{'|'.join(others)}))*" if others else ""
    return re.compile(f"{first}({more}){AFTER_ASIAN_NAMES}")
