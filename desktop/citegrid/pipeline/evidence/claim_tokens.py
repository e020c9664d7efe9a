"""What the words of a statement claim: numbers with their units, Latin names and acronyms, places, and denial.

Each must stand in the quotes that are to prove the statement, whatever the
language model thinks of it.  Units, numerals and places are lists in ``resources/lexicon``.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from citegrid.core.language.lexicon import alternatives, pattern_of, phrase_pattern, tables, words
from citegrid.core.language.script import HAN
from citegrid.core.language.text import matched
from citegrid.pipeline.evidence.patterns import cue, cues

#: Digits behind a letter belong to a name (ELI5, T5), which is looked for as a whole.
_NUMBER = re.compile(r"(?<![A-Za-z\d])(?<!\d[.,])\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
#: A number in a formula of which the model translated the element.
_FORMULA = re.compile(rf"[{HAN}]\d+(?:[.,]\d+)*(?=[+(A-Z−])")
_LETTER = r"A-Za-z\u00c0-\u024f"
_NAME = re.compile(rf"(?<![{_LETTER}0-9])(?=[{_LETTER}0-9\-]*[A-Z0-9])[{_LETTER}][{_LETTER}0-9\-]+(?![{_LETTER}0-9])")
_LATIN = re.compile(rf"[{_LETTER}0-9]+")
#: Words of a name that a line may break it into.
_BROKEN_INTO = 4
#: Words with a capital that carry no claim.
_PLAIN = frozenset(words("evidence", "capitals_without_claim"))

_COUNTS = {word: value for value, word in enumerate(words("numerals", "counts"))}
_NUMERALS = words("numerals", "numerals")
_COUNTED = re.compile(rf"(?<![\d.])(\d{{1,2}})(?=\s*{pattern_of('numerals', 'classifiers')})")


def _unit_pattern(unit: str) -> re.Pattern[str]:
    """A unit behind a number; one in letters ends with them, though an ideograph may follow, and is no part of another (km/h)."""
    end = rf"(?![^\W{HAN}]|/\w)"
    forms = (
        phrase_pattern(form) + (end if form[-1].isascii() and form[-1] != "%" else "") for form in words("units", unit)
    )
    return re.compile(rf"\s*[-–]?\s*(?:{'|'.join(forms)})")


_UNITS = {unit: _unit_pattern(unit) for unit in tables("units")}
_PLACES = {
    words("places", place, "zh")[0]: re.compile(rf"\b{alternatives(words('places', place, 'en'))}(?!\w)", re.I)
    for place in tables("places")
}
_DENIAL = re.compile(rf"{cue('denial')}|n[’']t\b", re.I)
_NO_DENIAL = cues("no_denial")
#: Words that begin with a negative: "unsupported", "insignificant", "impossible", "irrelevant".
_NEGATIVE_PREFIX = re.compile(r"\b(?:un\w{4,}|in\w{3,}(?:ible|able|ent|ate|ility|icant)|im\w{3,}ble|ir\w{4,})\b", re.I)
_LACK = cues("lack")


@dataclass(frozen=True)
class _Basis:
    """The words that are to prove a statement, in NFKC."""

    text: str

    @cached_property
    def numbers(self) -> dict[float, set[str | None]]:
        """The units with which each value stands in the text."""
        found: dict[float, set[str | None]] = {}
        for number in _NUMBER.finditer(self.text):
            found.setdefault(_value(number.group()), set()).add(_unit(self.text, number.end()))
        return found

    @cached_property
    def key(self) -> str:
        return _letters(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The Latin words as letters, and those made of up to four neighbours: lines break names ("ER-RANT")."""
        found = list(map(_letters, _LATIN.findall(self.text)))
        joined = {"".join(found[i : i + n]) for i in range(len(found)) for n in range(1, _BROKEN_INTO + 1)}
        raised = {w.rstrip("0123456789") for w in found}  # "Mtega1": the mark of a place behind an author's name
        return frozenset(joined | {w.rstrip("s") for w in joined} | raised)

    def has_number(self, number: str, unit: str | None) -> bool:
        value = _value(number)
        if math.isnan(value):
            return _letters(number) in self.key  # a version such as 3.5.1: only the letters can match
        units = self.numbers.get(value)
        if not units:
            return False
        return unit is None or unit in units or units == {None}

    def has_in_formula(self, number: str) -> bool:
        """Whether the number stands behind an element: "镁2+" is "Mg2+"."""
        return re.search(rf"[A-Za-z]{re.escape(number)}(?![\d.])", self.text) is not None

    def has_name(self, name: str) -> bool:
        """Whether the name stands there as a whole word, in the singular or the plural."""
        return bool({name, name.rstrip("s"), name + "s"} & self.words)


def words_missing(statement: str, sources: Iterable[str]) -> list[str]:
    """Numbers (with their units), Latin names and Chinese names of countries of ``statement`` that stand in none of
    ``sources``.

    Numbers are compared as values ("1,000" is "1000"), names as whole words without case; a plural is its singular.
    """
    basis, text = _Basis(_nfkc(" ".join(sources))), _nfkc(statement)
    return [*_numbers_missing(text, basis), *_names_missing(text, basis), *_places_missing(text, basis)]


def _numbers_missing(text: str, basis: _Basis) -> Iterator[str]:
    for found in _NUMBER.finditer(text):
        number = found.group()
        if basis.has_number(number, _unit(text, found.end())):
            continue
        in_formula = _FORMULA.match(text, max(found.start() - 1, 0))
        if not (in_formula and basis.has_in_formula(number)):
            yield number


def _names_missing(text: str, basis: _Basis) -> Iterator[str]:
    yield from (name for name, _ in names_at(text) if not basis.has_name(_letters(name)))


def names_at(text: str) -> Iterator[tuple[str, int]]:
    """The Latin names and acronyms of a text in NFKC, each with its first character."""
    for found in _NAME.finditer(text):
        letters = _letters(found.group())
        if len(letters) >= 2 and letters not in _PLAIN:
            yield found.group(), found.start()


def lacking_names(names: Iterable[str], source: str) -> list[str]:
    """Those of ``names`` that are no words of ``source``, in the singular or the plural, with or without hyphens."""
    basis = _Basis(_nfkc(source))
    return [name for name in names if not basis.has_name(_letters(name))]


def _places_missing(text: str, basis: _Basis) -> Iterator[str]:
    for place, english in _PLACES.items():
        if place in text and place not in basis.text and not english.search(basis.text):
            yield place


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number of a text: as printed with its unit, its value, the unit's name in ``units.toml``, and its own characters."""

    text: str
    value: float
    unit: str | None
    start: int
    end: int


def numbers_at(plain: str) -> list[PrintedNumber]:
    """The numbers of a text in NFKC, in order, with their places."""
    found = []
    for number in _NUMBER.finditer(plain):
        unit, value = _unit(plain, number.end()), _value(number.group())
        end = _UNITS[unit].match(plain, number.end()) if unit is not None else None
        if not math.isnan(value):
            found.append(PrintedNumber(number.group() + matched(end), value, unit, number.start(), number.end()))
    return found


def numbers_in(text: str) -> list[tuple[str, float, str | None]]:
    """The numbers of ``text``: each as printed with its unit, its value, and the unit's name in ``units.toml``."""
    return [(number.text, number.value, number.unit) for number in numbers_at(_nfkc(text))]


def denies_alone(statement: str, sources: Iterable[str]) -> bool:
    """Whether ``statement`` denies something while nothing in ``sources`` denies, lacks or fails anything."""
    return _denies(statement) and not any(_denies(s) or _lacks(s) for s in sources)


def _denies(text: str) -> bool:
    return bool(_DENIAL.search(_NO_DENIAL.sub(" ", text)))


def _lacks(text: str) -> bool:
    return bool(_LACK.search(text) or _NEGATIVE_PREFIX.search(text))


def spell_counts(statement: str, sources: Iterable[str]) -> str:
    """``3个`` becomes ``三个`` when the sources say "three": a number then reads as its source does."""
    basis = " ".join(sources)
    digits = set(map(_value, _NUMBER.findall(_nfkc(basis))))
    spelled = {_COUNTS[word] for word in re.findall(r"[a-z]+", basis.casefold()) if word in _COUNTS}

    def as_in_source(match: re.Match[str]) -> str:
        value = int(match.group(1))
        return _NUMERALS[value] if value in spelled - digits and value < len(_NUMERALS) else match.group(0)

    return _COUNTED.sub(as_in_source, statement)


def _unit(text: str, end: int) -> str | None:
    """The name of the unit that stands behind a number that ends at ``end``; None when none does."""
    return next((name for name, unit in _UNITS.items() if unit.match(text, end)), None)


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, _nfkc(text).casefold()))


def _value(number: str) -> float:
    text = number.replace(",", "" if _THOUSANDS.fullmatch(number) else ".")
    try:
        return float(text)
    except ValueError:
        return math.nan
