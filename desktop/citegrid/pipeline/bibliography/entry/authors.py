"""The authors at the beginning of an entry: every reading of them as names or as an organisation, and the one that says most for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from citegrid.pipeline.bibliography.entry import name_forms as forms
from citegrid.pipeline.bibliography.entry.name_run import AuthorList, ends_list, read_names

#: Forms that stand behind the organisation for which they write.
_BEHIND_ORGANISATION = ("inverted", "initials", "vancouver", "family-first")
#: Forms that spell out the given name.
_SPELT_OUT = ("inverted-full", "full")
#: More characters than this no organisation has.
_LONGEST_NAME = 110

#: What each feature of a reading is worth.  What is known to be an organisation outweighs any names, these outweigh whatever else
#: stands where authors do; of two readings as names the one that ends where authors end, then the one that reads on.
WEIGHTS: Mapping[str, float] = {
    "known": 1e9,
    "names": 1e6,
    "ended": 1e5,
    "characters": 1.0,
    "initials": 0.5,
    "spelt_out": 0.0001,  # "Stefan Rash, Viktor Zhang" are two rather than one who is inverted
    "surety": 1.0,
}


@dataclass(frozen=True, slots=True)
class AuthorReading:
    """One reading of the beginning of an entry: ``way`` is a form of names or how an organisation was known."""

    way: str
    read: AuthorList
    features: Mapping[str, float]

    def score(self) -> float:
        """What its features are worth together."""
        return sum(WEIGHTS[name] * value for name, value in self.features.items())


#: Organisations that are known by their words, the surest first.
_KNOWN = {"team": forms.TEAM, "company": forms.COMPANY, "institution": forms.ORGANISATION}
#: What else may stand where authors do, the surest first.
_ELSE = {
    "Chinese organisation": forms.HAN_ORGANISATION,
    "organisation": forms.ORGANISATION,
    "before a year": forms.BEFORE_YEAR,
    "before a quote": forms.BEFORE_QUOTE,
}


def read_authors(text: str, italic: str = "") -> AuthorList:
    """The authors at the beginning of ``text``; an organisation is one author without a comma.

    ``italic`` are the first words in italics: a title or a venue, where no author stands.
    """
    names = _best(text)
    at = text.find(italic) if len(italic) > 5 else -1
    if 3 < at < names.end and (before := _best(text[:at])).authors:
        return replace(before, comma_style=text[before.end : before.end + 1] == ",")
    return names


def _best(text: str) -> AuthorList:
    best = max(candidates(text), key=AuthorReading.score, default=None)
    if best is None:
        return AuthorList((), 0)
    return _with_more(best.read, text) if best.way in _KNOWN else best.read


def candidates(text: str) -> Iterator[AuthorReading]:
    """Every reading of the beginning of ``text``."""
    for surety, (way, pattern) in enumerate(reversed(_KNOWN.items())):
        match = pattern.match(text)
        if match and (way != "institution" or _is_institution(match["name"])):
            yield AuthorReading(way, _organisation(match, text), {"known": 1, "surety": surety})
    for form in forms.FORMS:
        yield from _of_names(text, 0, form)
    for surety, (way, pattern) in enumerate(reversed(_ELSE.items())):
        match = pattern.match(text)
        if match and len(match["name"]) < _LONGEST_NAME and _may_write(way, text[match.end() :]):
            yield AuthorReading(way, _organisation(match, text), {"surety": surety})


def _of_names(text: str, at: int, form: str) -> Iterator[AuthorReading]:
    """The reading of ``text`` from ``at`` on as names whose first is in ``form``, if it is one."""
    read = read_names(text, at, form)
    if read.authors:
        spelt_out = form in _SPELT_OUT
        features = {
            "names": 1,
            "ended": ends_list(text, read.end),
            "characters": read.end,
            "initials": not spelt_out,
            "spelt_out": len(read.authors) if spelt_out else 0,
        }
        yield AuthorReading(form, read, features)


def _is_institution(name: str) -> bool:
    return "," not in name and forms.INSTITUTION.search(name) is not None


def _may_write(way: str, behind: str) -> bool:
    """Before a comma or a colon only what is an institution writes."""
    rest = behind.lstrip()
    parted = rest[:1] in (",", ":", ";") and (rest + " ")[1].isspace()
    return way != "organisation" or not (parted or not rest)


def _organisation(match: re.Match[str], text: str) -> AuthorList:
    return AuthorList((match["name"].strip(),), match.end(), text[match.end() : match.end() + 1] == ",")


def _with_more(first: AuthorList, text: str) -> AuthorList:
    """``first`` with what stands behind it: "Gaia Collaboration, Brown, A. G. A., et al. 2018"."""
    between = forms.BEHIND_FIRST.match(text, first.end)
    if not between:
        return first
    other = forms.ORGANISATION.match(text, between.end())
    if other and ";" in between.group() and forms.INSTITUTION.search(other["name"]):
        name = other["name"].strip()
        return _with_more(AuthorList((*first.authors, name), other.end(), first.comma_style), text)
    readings = [found for form in _BEHIND_ORGANISATION for found in _of_names(text, between.end(), form)]
    ended = [found for found in readings if found.features["ended"]]
    if not ended:
        return first
    best = max(ended, key=AuthorReading.score).read
    return replace(best, authors=(*first.authors, *best.authors))
