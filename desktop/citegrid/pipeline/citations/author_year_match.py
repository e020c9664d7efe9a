"""Which entries fit the names before a year: read backwards, word by word, against the names of the list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from citegrid.pipeline.citations.keys import ASIAN, PARTICLES, WORD, EntryNames, Names, word_key

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
        "ve",
        "in",
        "vd",
        "ark",
        "др",
        "kol",
        *"等人和与及学者的在于研究",
    )
)
_ET_AL = re.compile(
    r"\bet\.?\s*al\b|等|\bcolleagues|\bco-?\s*workers|\band\s+others|\bi\s+in\b|\bvd\b|\bve\s+ark\b|\bи\s+др\b|\ba\s+kol\b",
    re.I,
)
_SOFT = re.compile(r"[\s,.'&*/\[\]-]*")
#: Where it is the authors that semicolons part: ``(SILVA; SOUZA, 2020)``.
SOFTER = re.compile(r"[\s,.'&*/;-]*")
#: Words before which a dot does not end a sentence.
_DOTTED = re.compile(r"(?:\bal|\bet|\bin|\bvd|\bark|\bдр|\bkol|\b[^\W\d_]|\b[JS]r|\beds?|\bSt)$", re.I)
_AND_BEFORE = re.compile(
    rf"(?:[A-ZÀ-Þ][\w'-]+(?:,?\s+(?:and|und|et|ve|i|y|e|&)|\s*/)|[{ASIAN}]\s*(?:[和与及・·]|와|과))\s*$"
)
#: Initials with the first author tell works of namesakes apart: "Wang Y. et al.", "Y. Wang".
_INITIAL_AFTER = re.compile(r"[^\W\d_][\w'-]+,?\s+([A-Z])\.")
_INITIAL_BEFORE = re.compile(r"(?<![\w.])([A-Z])\.\s?(?:-?[A-Z]\.\s?)*$")


@dataclass(frozen=True, slots=True)
class Fit:
    """An entry that fits the names before a year; they begin at ``start``."""

    entry: EntryNames
    start: int
    score: float
    near: bool
    initialled: bool = False


def best_of(fits: list[Fit], letter: str, hinted: set[int]) -> Fit | None:
    """The fit that the letter and the names speak for; None when two entries fit equally well."""
    scored: list[tuple[float, Fit]] = []
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


def fits_of(
    text: str, low: int, high: int, names: Names, year: int | None, other: int | None, soft: re.Pattern[str] = _SOFT
) -> list[Fit]:
    """Entries whose first author, and nobody who is not an author, is named right before the year."""
    run = _run(text, low, high, names, soft)
    seen: set[int] = set()
    fits: list[Fit] = []
    for _, _, key in run:
        for index in names.by_word.get(key, ()):
            if index not in seen:
                seen.add(index)
                fit = _fit(text, run, names.entries[index], year, other)
                if fit is not None:
                    fits.append(fit)
    return fits


def _run(text: str, low: int, high: int, names: Names, soft: re.Pattern[str]) -> list[tuple[int, int, str]]:
    """``(start, end, key)`` of the words before a year, the last first, as long as they may be names of the list."""
    run: list[tuple[int, int, str]] = []
    right = high
    for word in reversed(list(WORD.finditer(text, low, high))):
        gap = text[word.end() : right]
        if not soft.fullmatch(gap) or ("." in gap and not _DOTTED.search(text[max(0, word.end() - 4) : word.end()])):
            break
        key = word_key(word.group()) or word.group()
        if key == "in" and not text[low : word.start()].rstrip().endswith((" i", "\ni")):  # Polish "i in."
            break
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
) -> Fit | None:
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
    return Fit(entry, start, score + bool(printed), near, bool(printed))


def asian_fits(text: str, low: int, high: int, names: Names, year: int | None) -> list[Fit]:
    tail = text[max(low, high - 60) : high]
    fits = []
    for index in names.chinese:
        entry = names.entries[index]
        if entry.chinese[0][0] not in tail or (year is not None and year != entry.year and year not in entry.years):
            continue
        first, *rest = ("\\s*".join(map(re.escape, n)) for n in entry.chinese)
        more = rf"(?:\s*(?:[,和与及と&・·]|와|과)\s*(?:{'|'.join(rest)}))*" if rest else ""
        found = re.search(
            rf"{first}({more})\s*(等|ら|ほか|他|외|등)?\s*(?:\d*[人명]|学者|研究者|教授|博士|团队)?\s*[在于的은는의이가]?[\s,.]*$",
            tail,
        )
        if found is None:
            continue
        named = 1 + sum(found.group(1).count(n[0]) > 0 for n in entry.chinese[1:]) if found.group(1) else 1
        score = 4.0 if year == entry.year else 2.0
        if found.group(2):
            score += 2 if len(entry.chinese) >= 2 else -1
        else:
            score += 2 if named >= len(entry.chinese) else -1
        fits.append(Fit(entry, high - len(tail) + found.start(), score, False))
    return fits
