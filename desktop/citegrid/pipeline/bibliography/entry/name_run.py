"""The names at the beginning of a text, read one after the other in the form of the first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from citegrid.core import lexicon
from citegrid.pipeline.bibliography.entry import name_forms as forms
from citegrid.pipeline.bibliography.entry.journal import is_place

#: More authors than this no work has.
_MOST = 1000
#: The most words a name has in the middle of a list, and at its beginning without a second look.
_LONGEST_NAME, _PLAIN_NAME = 6, 3
#: The most ideographs of one person's name.
_LONGEST_HAN = 6
#: Forms that spell out the given name, and what stands behind them within a list.
_SPELT_OUT = {"full": forms.BEHIND_FULL, "inverted-full": forms.BEHIND_INVERTED}
#: A name without initials in a list of names with initials.
_ALONE = {"vancouver": forms.LONE, "initials": forms.ONE_WORD}
#: Articles and prepositions that begin a title where a given name might stand.
_TITLE_WORDS = frozenset(lexicon.words("names", "title_words"))
_NO_FAMILY = frozenset(lexicon.words("names", "never_family"))
_TRANSLATORS = tuple(lexicon.words("names", "translators"))


@dataclass(frozen=True, slots=True)
class AuthorList:
    """The authors as ``"Family, Given"``, where they end in the entry, and whether commas alone part them from the title."""

    authors: tuple[str, ...]
    end: int
    comma_style: bool = False


@dataclass(frozen=True, slots=True)
class _OddName:
    """A name that no form fits, where it ends, and where the next begins."""

    name: str
    end: int
    following: int


def read_names(text: str, at: int, form: str) -> AuthorList:
    """The names from ``at`` on whose first is in ``form`` (a key of ``FORMS``); no authors where it is not."""
    return _NameRun(text, at, form).read()


def ends_list(text: str, end: int) -> bool:
    """Whether authors that end at ``end`` end where authors do: before a stop, a year, a colon, a quote."""
    return forms.AUTHORS_END.match(text, end) is not None or text[:end].rstrip().endswith(".")


class _NameRun:
    """What was read so far, and where the next name begins."""

    def __init__(self, text: str, at: int, form: str) -> None:
        self.text, self.at, self.form = text, at, form
        self.authors: list[str] = []
        self.ends: list[int] = []
        self.end = at
        self.last = False  # whether the next name stands behind "and"

    def read(self) -> AuthorList:
        while len(self.authors) < _MOST and self._step():
            pass
        if self.authors:
            self._drop_title()
            self._add_late()
            for behind in (forms.ET_AL, forms.FOR_GROUP, forms.EDITORS):
                self.end = _behind(behind, self.text, self.end)
        comma = self.text[self.end : self.end + 1] == ","
        return AuthorList(tuple(self.authors), self.end, bool(self.authors) and comma)

    def _step(self) -> bool:
        """Read the next name; whether another may follow."""
        fit = self._fit()
        if fit is None:
            return self._take_odd()
        form, match = fit
        if form == "han" and self.authors and (match["role"] or "").endswith(_TRANSLATORS):
            self.end = match.end()
            return False
        found = _persons(match, form)
        if not found or self._is_title(form, match):
            return False
        self.authors += found
        self.end = match.end()
        self.ends.append(self.end)
        return self._go_on()

    def _fit(self) -> tuple[str, re.Match[str]] | None:
        """The first form that the next name is printed in, of those that the list may mix."""
        may = (self.form, *forms.MIXED.get(self.form, ())) if self.authors else (self.form,)
        if self.form == "initials":
            may = ("two-letters", *may)
        fits = ((form, match) for form in may if (match := forms.FORMS[form].match(self.text, self.at)))
        fit = next(fits, None)
        return fit if fit and _is_name(self.text, fit[1], fit[0], not self.authors) else None

    def _is_title(self, form: str, match: re.Match[str]) -> bool:
        """Whether what looks like a full name behind others begins the title."""
        if form != "full" or not self.authors or self.last:
            return False
        if match["given"].split()[0] in _TITLE_WORDS:
            return True
        given_first = self.authors[0].partition(", ")[2]
        among_initials = self.form == "initials" or _are_initials(given_first)
        return among_initials and not _are_initials(match["given"]) and not _goes_on(self.text, match.end())

    def _go_on(self) -> bool:
        """Move on to the next name; whether there may be one."""
        between = forms.BETWEEN.match(self.text, self.end)
        if not between or between.end() == self.end or forms.ET_AL.match(self.text, self.end):
            return False
        is_last = _joins_last(between)
        if (self.last and not is_last) or is_place(self.text[between.end() :]):
            return False
        self.last, self.at = is_last, between.end()
        return True

    def _take_odd(self) -> bool:
        """Read a name that no form fits; whether another follows."""
        odd = _odd_name(self.text, self.at, self.form) if self.authors else None
        if odd is None:
            return False
        self.authors.append(odd.name)
        self.end, self.at = odd.end, odd.following
        return self.at != self.end

    def _drop_title(self) -> None:
        """Drop the second of two names that is a title: its place and publisher follow."""
        two = self.form == "full" and len(self.ends) == 2 and not self.last
        if two and forms.IMPRINT_BEHIND.match(self.text, self.end):
            self.authors, self.end = self.authors[:1], self.ends[0]

    def _add_late(self) -> None:
        """Add a last author in another form than the rest."""
        late = forms.LATE.match(self.text, self.end) if self.form == "vancouver" else None
        if late:
            self.authors += _persons(late, "initials")
            self.end = late.end()


def _behind(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _joins_last(between: re.Match[str]) -> bool:
    """Whether a conjunction stands among the signs between two names."""
    return any(char.isalpha() or char == "&" for char in between.group())


def _are_initials(given: str) -> bool:
    return bool(forms.ONLY_INITIALS.fullmatch(given) or forms.ONLY_INITIALS.fullmatch(given + " "))


def _persons(match: re.Match[str], form: str) -> list[str]:
    """The author that a form fits; two where the comma between them was lost: "Roe V South DR"; none for a title."""
    groups = match.groupdict()
    given = " ".join((groups.get("given") or "").split())
    family = " ".join(groups["family"].split())
    before: list[str] = []
    if form == "vancouver":
        before, family, given = _parted(family, given)
    if family in _NO_FAMILY or given in _NO_FAMILY:
        return []
    suffix = groups.get("suffix") or groups.get("inner") or ""
    suffix = suffix if suffix[:2].title() in ("Jr", "Sr") else suffix.rstrip(".")
    return [*before, ", ".join(filter(None, (family, given, suffix)))]


def _parted(family: str, given: str) -> tuple[list[str], str, str]:
    """Another author that stands in ``family``, the family itself, and the initials, also those that stand apart."""
    before: list[str] = []
    if joined := forms.JOINED.fullmatch(family):
        before, family = [f"{joined[1]}, {joined[2]}"], joined[3]
    if spaced := forms.SPACED_INITIALS.fullmatch(family):
        family, given = spaced[1], f"{spaced[2]} {given}".strip()
    return before, family, given


def _goes_on(text: str, at: int) -> bool:
    """Whether a list of names goes on or ends behind a full name amid initials, rather than a title: ``J. Smith, Anna Jones, …``."""
    if forms.FULL_NAME_ENDS.match(text, at):
        return True
    between = forms.BETWEEN.match(text, at)
    if between is None or between.end() == at:
        return False
    if forms.FORMS["initials"].match(text, between.end()):
        return True
    following = forms.FORMS["full"].match(text, between.end())
    return following is not None and (_joins_last(between) or _goes_on(text, following.end()))


def _odd_name(text: str, at: int, form: str) -> _OddName | None:
    """A name that no form fits, in a list that shows what it is: ``Marsh``, ``chielP``."""
    if form in _ALONE:
        alone = _ALONE[form].match(text, at)
        return _OddName(alone["family"], alone.end(), alone.end() + len(alone["between"] or "")) if alone else None
    dated = forms.LIST_DATE.search(text, at) if form in ("inverted", "full", "inverted-full") else None
    if dated is None or not _are_names(text[at : dated.start()]):
        return None
    piece = forms.ODD_NAME.match(text, at, dated.start())
    end = piece.end() if piece else dated.start()
    name = text[at:end].strip()
    if not 0 < len(name.split()) <= _LONGEST_NAME:
        return None
    return _OddName(name, end, _behind(forms.BETWEEN, text, end) if piece else end)


def _are_names(text: str) -> bool:
    """Whether ``text`` holds nothing but names: short pieces, hardly a stop, no digit and no quote."""
    if any(char.isdigit() or char in '“”":?!' for char in text):
        return False
    stops = len(forms.NAME_STOP.findall(text))
    longest = max(len(piece.split()) for piece in forms.NAME_SEPARATOR.split(text))
    return stops <= text.count(",") // 50 and longest <= _LONGEST_NAME


def _is_name(text: str, match: re.Match[str], form: str, first: bool) -> bool:
    """Whether what a form fits is a name, and not the beginning of a title or an organisation."""
    if form in ("han", "hangul"):
        return first or len(match["family"]) <= _LONGEST_HAN or "·" in match["family"]
    if form == "full" and _is_acronym(match["given"], match["family"]):
        return False
    if form not in _SPELT_OUT:
        return True
    return _begins_list(match, form) if first else _stands_in_list(text, match, form)


def _begins_list(match: re.Match[str], form: str) -> bool:
    """Whether a name that is spelt out begins a list, and not a title behind a name."""
    plain = form != "full" or len(match.group().split()) <= _PLAIN_NAME
    return plain or not forms.TITLE_BEHIND.match(match.group())


def _stands_in_list(text: str, match: re.Match[str], form: str) -> bool:
    """Whether a name that is spelt out ends as names within a list do."""
    if len(match.group().split()) > _LONGEST_NAME:
        return False
    return match.group().endswith(".") or _SPELT_OUT[form].match(text, match.end()) is not None


def _is_acronym(given: str, family: str) -> bool:
    """``LNCS Homepage`` or ``Research UK``, but ``JOHN SMITH``."""
    letters = given.replace(".", " ").replace("-", " ").split()
    if family.isupper():
        return len(family) <= 4 and not given.isupper()
    return any(part.isupper() and len(part) > 2 for part in letters)
