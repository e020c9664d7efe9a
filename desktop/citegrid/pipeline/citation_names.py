"""Citations by names and year: ``(Smith et al., 2020a,b; Jones, 2019)``, ``Smith and Jones (2020)``, ``张三等（2020）``.

The year is found first; the names before it are then read backwards and held
against the entries of that year, so that only a work of the list is cited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from citegrid.pipeline.citations import Part, Stretch
from citegrid.pipeline.entry_names import CJK, PARTICLES, WORD, EntryNames, Names, word_key

_YEAR = re.compile(
    r"(?<![A-Za-z0-9/-])(?<!\d\.)(?P<year>(?:1[5-9]|20)\d\d)(?:/(?P<other>(?:1[5-9]|20)\d\d))?"
    r"(?P<letters>[a-z](?![a-zA-Z])(?:\s*(?:,|/|&|-|and\b)\s*[a-z](?![a-zA-Z.]))*)?(?!\d)"
    r"|\b(?P<none>n\.\s?d\.|in\s+press|forthcoming|to\s+appear|submitted|in\s+prep(?:aration|\.))",
)
_CONNECTORS = frozenset(
    (
        "and",
        "&",
        "et",
        "al",
        "with",
        "colleagues",
        "coworkers",
        "co",
        "workers",
        "others",
        "alii",
        "und",
        "eds",
        "ed",
        "jr",
        "sr",
        "ii",
        "iii",
        "'s",
        *"等人和与及学者的在于研究",
    )
)
_ET_AL = re.compile(r"\bet\.?\s*al\b|等|\bcolleagues|\bco-?\s*workers|\band\s+others", re.I)
_SOFT = re.compile(r"[\s,.'&*\[\]-]*")
#: Where it is the authors that semicolons part: ``(SILVA; SOUZA, 2020)``.
_SOFTER = re.compile(r"[\s,.'&*;-]*")
#: Words before which a dot does not end a sentence.
_DOTTED = re.compile(r"(?:\bal|\bet|\b[^\W\d_]|\b[JS]r|\beds?|\bSt)$", re.I)
_AND_BEFORE = re.compile(rf"(?:[A-ZÀ-Þ][\w'-]+,?\s+(?:and|&)|[{CJK}]\s*[和与及])\s*$")
_SAME_AUTHORS = re.compile(r"[\s,;&]*(?:and|und|et|和|与|及)?\s*")
#: Initials with the first author tell works of namesakes apart: "Wang Y. et al.", "Y. Wang".
_INITIAL_AFTER = re.compile(r"[^\W\d_][\w'-]+,?\s+([A-Z])\.")
_INITIAL_BEFORE = re.compile(r"(?<![\w.])([A-Z])\.\s?(?:-?[A-Z]\.\s?)*$")
#: As many characters before a year as a list of names may take.
_REACH = 240
#: A bracket that is still open after so many characters was never closed.
_LONGEST_BRACKET = 1500


@dataclass(frozen=True, slots=True)
class _Fit:
    """An entry that fits the names before a year; they begin at ``start``."""

    entry: EntryNames
    start: int
    score: float
    near: bool
    initialled: bool = False


@dataclass(frozen=True, slots=True)
class _Before:
    """The text before a year that may hold names, and how the citation is set.

    ``lowest`` is before ``low`` where a semicolon parts the names from what stands before.
    """

    low: int
    high: int
    bracket: int
    narrative: bool
    lowest: int = 0
    end: int = 0
    group: int = -1


def by_name(
    stretch: Stretch,
    names: Names,
    hinted: Callable[[int, int], set[int]] = lambda a, b: set(),
    told_apart: Collection[int] = (),
) -> Iterator[Part]:
    """Citations by names and year, in reading order.

    ``hinted`` gives the entries that hyperlinks name for a stretch of characters; they decide between like entries.
    ``told_apart`` are entries that the text cites with initials elsewhere, so that a bare name means a namesake.
    """
    text = stretch.plain
    brackets = _brackets(text)
    last: _Before | None = None
    last_year = 0
    for match in _YEAR.finditer(text):
        at = match.start()
        bracket, close = _enclosing(brackets, at)
        chained = last is not None and last.bracket == bracket and bool(_SAME_AUTHORS.fullmatch(text, last.end, at))
        before = last if chained and last is not None else _before(text, at, bracket, last_year)
        last_year = match.end()
        parts = list(_parts(match, before, names, text, chained, hinted, told_apart)) if before is not None else []
        if not parts or before is None:
            last = None
            continue
        group = before.group if chained else bracket if bracket >= 0 and not before.narrative else parts[0].start
        end = close + 1 if bracket >= 0 else match.end()
        last = replace(before, end=match.end(), group=group)
        for part in parts:
            yield replace(part, group=group, group_end=end, narrative=before.narrative)


def _brackets(text: str) -> list[tuple[int, int]]:
    """``(open, close)`` of each pair of brackets; one that is not closed ends where it has become too long."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in re.finditer(r"[()\[\]]", text):
        if match.group() in "([":
            stack.append(match.start())
        elif stack:
            pairs.append((stack.pop(), match.start()))
    pairs += [(at, min(len(text), at + 300)) for at in stack]
    return sorted(p for p in pairs if p[1] - p[0] < _LONGEST_BRACKET)


def _enclosing(brackets: list[tuple[int, int]], at: int) -> tuple[int, int]:
    """The innermost bracket around ``at``; (-1, -1) when there is none."""
    best = (-1, -1)
    for pair in brackets:
        if pair[0] >= at:
            break
        if pair[1] >= at:
            best = pair
    return best


def _before(text: str, at: int, bracket: int, last_year: int) -> _Before | None:
    if bracket < 0:
        low = max(last_year, at - _REACH)
        return _Before(low, at, -1, True, low)
    lowest = max(last_year, bracket + 1, at - _REACH)
    low = max(lowest, text.rfind(";", lowest, at) + 1)
    if any(c.isalpha() for c in text[low:at]) and not re.fullmatch(r"\s*(?:see|e\.g\.|cf\.|[,\s])+", text[low:at]):
        return _Before(low, at, bracket, False, lowest)
    if last_year > bracket:
        return None
    low = max(last_year, bracket - _REACH)
    return _Before(low, bracket, bracket, True, low)


def _parts(
    match: re.Match[str],
    before: _Before,
    names: Names,
    text: str,
    chained: bool,
    hinted: Callable[[int, int], set[int]],
    told_apart: Collection[int],
) -> Iterator[Part]:
    year = int(match["year"]) if match["year"] else None
    other = int(match["other"]) if match["other"] else None
    fits = [*_fits(text, before, names, year, other), *_chinese_fits(text, before, names, year)]
    if not fits and before.lowest < before.low:
        whole = replace(before, low=before.lowest)
        fits = [f for f in _fits(text, whole, names, year, other, _SOFTER) if not f.near]
    exact = [f for f in fits if not f.near]
    fits = exact or (fits if len(fits) == 1 else [])  # a wrong year is forgiven where only one entry can be meant
    if not fits:
        return
    fits = [replace(f, score=f.score - 0.5) if f.entry.index in told_apart and not f.initialled else f for f in fits]
    first = True
    for letter, start, end in _letters(match):
        from_names = min(f.start for f in fits) if first and not chained else start
        best = _best(fits, letter, hinted(from_names, end))
        if best is None:
            continue
        yield Part(best.start if first and not chained else start, end, best.entry.index, 0, 0)
        first = False


def _letters(match: re.Match[str]) -> list[tuple[str, int, int]]:
    """``(letter, start, end)`` of each work of a year: ``2020a,b`` are two, ``2020a-c`` three."""
    if not match["letters"]:
        return [("", match.start(), match.end())]
    found = [
        (m.group(), match.start("letters") + m.start(), match.start("letters") + m.end())
        for m in re.finditer(r"\b[a-z]\b|^[a-z]", match["letters"])
    ]
    result: list[tuple[str, int, int]] = []
    for i, (letter, start, end) in enumerate(found):
        if i and letter <= found[i - 1][0]:
            break
        between = match.string[found[i - 1][2] : start] if i else ""
        if "-" in between:
            result += [(chr(c), found[i - 1][1], end) for c in range(ord(found[i - 1][0]) + 1, ord(letter))]
        result.append((letter, match.start() if i == 0 else start, end))
    return result


def _best(fits: list[_Fit], letter: str, hinted: set[int]) -> _Fit | None:
    """The fit that the letter and the names speak for; None when two entries fit equally well."""
    scored: list[tuple[float, _Fit]] = []
    for fit in fits:
        own = fit.entry.letter
        if letter and own and letter != own:
            continue
        agreed = 3 if letter and own else -1 if own or letter else 0
        scored.append((fit.score + agreed + 2.5 * (fit.entry.index in hinted), fit))
    if not scored:
        return None
    top = max(s for s, _ in scored)
    tied = [f for s, f in scored if s == top]
    if len(tied) > 1 and letter and not tied[0].entry.letter:
        position = ord(letter) - ord("a")
        return tied[position] if position < len(tied) else None
    if len(tied) > 1 and len({f.entry.key for f in tied}) > 1:
        return None
    return tied[0]


def _fits(
    text: str, before: _Before, names: Names, year: int | None, other: int | None, soft: re.Pattern[str] = _SOFT
) -> list[_Fit]:
    """Entries whose first author, and nobody who is not an author, is named right before the year."""
    run = _run(text, before, names, soft)
    seen: set[int] = set()
    fits: list[_Fit] = []
    for _, _, key in run:
        for index in names.by_word.get(key, ()):
            if index not in seen:
                seen.add(index)
                fit = _fit(text, run, names.entries[index], year, other)
                if fit is not None:
                    fits.append(fit)
    return fits


def _run(text: str, before: _Before, names: Names, soft: re.Pattern[str]) -> list[tuple[int, int, str]]:
    """``(start, end, key)`` of the words before a year, the last first, as long as they may be names of the list."""
    run: list[tuple[int, int, str]] = []
    right = before.high
    for word in reversed(list(WORD.finditer(text, before.low, before.high))):
        gap = text[word.end() : right]
        if not soft.fullmatch(gap) or ("." in gap and not _DOTTED.search(text[max(0, word.end() - 4) : word.end()])):
            break
        key = word_key(word.group()) or word.group()
        if run and run[-1][2] == "al" and key.endswith("et") and key[:-2] in names.vocabulary:
            key = key[:-2]  # "Torreset al.": a space lost in print
        if (
            key not in names.vocabulary
            and key not in _CONNECTORS
            and key not in PARTICLES
            and not (len(key) == 1 and key.isalpha())
        ):
            break
        run.append((word.start(), word.end(), key))
        right = word.start()
    return run


def _fit(
    text: str, run: list[tuple[int, int, str]], entry: EntryNames, year: int | None, other: int | None
) -> _Fit | None:
    near = False
    score = 0.0
    if year is None:
        if not (entry.unpublished or entry.year is None):
            return None
        score = 2.0
    elif entry.year in (year, other) and entry.year is not None:
        score = 4.0
    elif year in entry.years:
        score = 2.0
    elif (abs(entry.year - year) == 1) if entry.year is not None else not entry.years:
        near = True
    else:
        return None
    first = set(entry.families[0]) if entry.families else set()
    core = (first - PARTICLES or first) | entry.aliases
    used: set[str] = set()
    start = -1
    for a, _, key in run:
        if key in entry.words or key in entry.aliases:
            used.add(key)
            if key in core or (start >= 0 and key in first):
                start = a
        elif key not in _CONNECTORS and (start >= 0 if key in PARTICLES else len(key) > 1):
            break
    if start < 0:
        return None
    head = text[max(0, start - 40) : start]
    if _AND_BEFORE.search(head):
        return None
    matched = sum(bool((set(f) - PARTICLES or set(f)) & used) for f in entry.families) or 1
    count = len(entry.families)
    many = bool(_ET_AL.search(text, start, run[0][1] + 1))
    if many:
        score += 2 if count >= 3 else 0 if count == 2 else -1
        score += 0.25 * (matched - 1)
    elif matched >= count:
        score += 2
    else:
        score -= 1 + 0.5 * (count - matched > 1)
    if core & used == core or entry.aliases & used:
        score += 1
    score += 0.5 * max(0, len(core & used - entry.aliases) - 1)  # "Valle Nunes" is not "Nunes"
    printed = _INITIAL_AFTER.match(text, start) or _INITIAL_BEFORE.search(head)
    if printed and entry.initial and printed.group(1) != entry.initial:
        return None
    if near and not (matched >= 2 or (many and count >= 2)):
        return None
    return _Fit(entry, start, score + bool(printed), near, bool(printed))


def _chinese_fits(text: str, before: _Before, names: Names, year: int | None) -> list[_Fit]:
    tail = text[max(before.low, before.high - 60) : before.high]
    fits = []
    for index in names.chinese:
        entry = names.entries[index]
        if entry.chinese[0][0] not in tail or (year is not None and year != entry.year and year not in entry.years):
            continue
        first, *rest = ("\\s*".join(map(re.escape, n)) for n in entry.chinese)
        more = rf"(?:\s*[,和与及&]\s*(?:{'|'.join(rest)}))*" if rest else ""
        found = re.search(rf"{first}({more})\s*(等)?\s*(?:人|学者|研究者|教授|博士|团队)?\s*[在于的]?[\s,.]*$", tail)
        if found is None:
            continue
        named = 1 + sum(found.group(1).count(n[0]) > 0 for n in entry.chinese[1:]) if found.group(1) else 1
        score = 4.0 if year == entry.year else 2.0
        if found.group(2):
            score += 2 if len(entry.chinese) >= 2 else -1
        else:
            score += 2 if named >= len(entry.chinese) else -1
        fits.append(_Fit(entry, before.high - len(tail) + found.start(), score, False))
    return fits
