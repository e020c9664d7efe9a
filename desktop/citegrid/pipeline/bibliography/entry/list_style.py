"""What the entries of a list say of each other, for a list has one style: titles and publishers that were read as one thing with
what stands beside them, where most of the list has them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from citegrid.core.language import lexicon
from citegrid.pipeline.bibliography.entry.label_rules import TagRun

#: So large a share of the entries makes a habit.
_HABIT = 0.75
#: A publisher has at most so many words.
_WORDS_OF_HOUSE = 4
_BETWEEN = ", "
_OCCASIONS = tuple(f"{_BETWEEN}{words} " for words in lexicon.words("bibliography", "occasions"))

#: Where the run of an entry's text is parted, by the labels of the entry; -1 for nowhere.
Place = Callable[[str, TagRun, str], int]


def in_one_style(texts: Sequence[str], entries: Sequence[list[TagRun]]) -> list[list[TagRun]]:
    """The runs of the entries of one list, parted as those of the others are."""
    made = list(entries)
    if _is_habit(made, beside="L", wanted="U"):
        made = list(map(partial(_parted, label="T", into="TU", place=_house_at), texts, made))
    if _is_habit(made, beside="C", wanted="T"):
        made = list(map(partial(_parted, label="C", into="TC", place=_journal_at), texts, made))
    return list(map(partial(_parted, label="T", into="TK", place=_occasion_at), texts, made))


def _is_habit(entries: Sequence[list[TagRun]], *, beside: str, wanted: str) -> bool:
    """Whether most entries that have one label have another, too."""
    labels = list(map(_labels, entries))
    told = [wanted in of_entry for of_entry in labels if beside in of_entry]
    return len(told) > 1 and sum(told) >= _HABIT * len(told)


def _labels(runs: Sequence[TagRun]) -> str:
    return "".join(run.label for run in runs if run.label != "O")


def _parted(text: str, runs: list[TagRun], *, label: str, into: str, place: Place) -> list[TagRun]:
    """The runs, the first with ``label`` parted where ``place`` says, in two with these labels."""
    found = next((n for n, run in enumerate(runs) if run.label == label), len(runs))
    at = [place(text, run, _labels(runs)) for run in runs[found : found + 1]]
    if max(at, default=-1) < 0:
        return runs
    first, last = runs[found].start, runs[found].end
    parts = [TagRun(into[0], first, at[0]), TagRun(into[1], at[0] + len(_BETWEEN), last)]
    return [*runs[:found], *parts, *runs[found + 1 :]]


def _house_at(text: str, title: TagRun, labels: str) -> int:
    """Where a publisher begins that was read as the end of the title before its place, "Title, House, Town"; -1 for nowhere."""
    at = text.rfind(_BETWEEN, title.start, title.end)
    house = text[at + len(_BETWEEN) : title.end].split()
    apart = "TL" in labels and not set(labels) & {"U", "C"}
    return at if apart and len(house) <= _WORDS_OF_HOUSE and all(word[:1].isupper() for word in house) else -1


def _journal_at(text: str, journal: TagRun, labels: str) -> int:
    """Where the journal begins in what was read as one without a title; -1 for nowhere."""
    return -1 if set(labels) & {"T", "U"} else text.rfind(_BETWEEN, journal.start, journal.end)


def _occasion_at(text: str, title: TagRun, _: str) -> int:
    """Where a title ends and it is told on which occasion it was spoken; -1 for nowhere."""
    printed = text[: title.end].lower()
    places = [printed.find(words, title.start) for words in _OCCASIONS]
    return min(filter(title.start.__le__, places), default=-1)
