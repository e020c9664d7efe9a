"""What the entries of a list say of each other, for a list has one style: titles and publishers that were read as one thing with
what stands beside them, where most of the list has them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from citegrid.core.language import lexicon
from citegrid.pipeline.bibliography.entry.label_rules import TagRun

#: So large a share of the entries makes a habit.
_HABIT = 0.75
#: A publisher has at most so many words.
_WORDS_OF_HOUSE = 4
_BETWEEN = ", "
_OCCASIONS = tuple(f"{_BETWEEN}{words} " for words in lexicon.words("bibliography", "occasions"))

Entry = tuple[str, list[TagRun]]
Place = Callable[[str, list[TagRun]], int | None]


def in_one_style(texts: Sequence[str], entries: Sequence[list[TagRun]]) -> list[list[TagRun]]:
    """The runs of the entries of one list, parted as those of the others are."""
    pairs = list(zip(texts, entries, strict=True))
    if _is_habit(pairs, beside="L", wanted="U"):
        pairs = _all_parted(pairs, "TU", _house_at)
    if _is_habit(pairs, beside="C", wanted="T"):
        pairs = _all_parted(pairs, "TC", _journal_at)
    return [runs for _, runs in _all_parted(pairs, "TK", _occasion_at)]


def _all_parted(pairs: Sequence[Entry], labels: str, place: Place) -> list[Entry]:
    return [(text, _parted(text, runs, labels, place)) for text, runs in pairs]


def _is_habit(pairs: Sequence[Entry], *, beside: str, wanted: str) -> bool:
    """Whether most entries that have one label have another, too."""
    told = [any(run.label == wanted for run in runs) for _, runs in pairs if any(run.label == beside for run in runs)]
    return len(told) > 1 and sum(told) >= _HABIT * len(told)


def _parted(text: str, runs: list[TagRun], labels: str, place: Place) -> list[TagRun]:
    """The runs, the one in which ``place`` finds a place parted there in two of these labels."""
    at = place(text, runs)
    if at is None:
        return runs
    made: list[TagRun] = []
    for run in runs:
        parts = [TagRun(labels[0], run.start, at), TagRun(labels[1], at + len(_BETWEEN), run.end)]
        made += parts if run.start < at < run.end else [run]
    return made


def _house_at(text: str, runs: list[TagRun]) -> int | None:
    """Where a publisher begins that was read as the end of the title before its place: "Title, House, Town"."""
    labels = "".join(run.label for run in runs).replace("O", "")
    title = _first(runs, "T")
    if title is None or "TL" not in labels or set(labels) & {"U", "C"}:
        return None
    at = text.rfind(_BETWEEN, title.start, title.end)
    house = text[at + len(_BETWEEN) : title.end].split()
    return at if at > 0 and len(house) <= _WORDS_OF_HOUSE and all(word[:1].isupper() for word in house) else None


def _journal_at(text: str, runs: list[TagRun]) -> int | None:
    """Where the journal begins in what was read as one without a title."""
    journal = _first(runs, "C")
    if journal is None or {"T", "U"} & {run.label for run in runs}:
        return None
    at = text.rfind(_BETWEEN, journal.start, journal.end)
    return at if at > 0 else None


def _occasion_at(text: str, runs: list[TagRun]) -> int | None:
    """Where a title ends and it is told on which occasion it was spoken."""
    title = _first(runs, "T")
    if title is None:
        return None
    places = (text.lower().find(words, title.start, title.end) for words in _OCCASIONS)
    return min(filter(_is_place, places), default=None)


def _is_place(at: int) -> bool:
    return at > 0


def _first(runs: Sequence[TagRun], label: str) -> TagRun | None:
    """The first run with a label."""
    return next((run for run in runs if run.label == label), None)
